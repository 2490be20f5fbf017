"""`pg_dump` and `pg_restore`, PostgreSQL's own programs: found, run, and told the password in private."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from reception.errors import Code, Refusal
from reception.storage.servers import tls_mode

_LONGEST_REMARK = 200
_Done = subprocess.CompletedProcess[bytes]


def tool(name: str, folder: str) -> Path:
    """The program, in the folder that was named, else on the PATH. Refuses NOT_POSSIBLE_NOW where there is none."""
    found = shutil.which(name, path=str(Path(folder).expanduser()) if folder.strip() else None)
    if found is None:
        where = f"in {folder}" if folder.strip() else "on the PATH"
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"There is no {name} {where}; a copy of a PostgreSQL database is made and put back by it.",
            "Install the server's client programs, or name their folder after --pg-tools or as postgresql_tools.",
        )
    return Path(found)


def run_tool(program: Path, url: URL, arguments: Sequence[str]) -> None:
    """Run it against a database.

    Refuses NOT_POSSIBLE_NOW with what `pg_dump` itself says; what `pg_restore` says may hold rows, and so names.

    The password goes by the environment, which other users cannot read; on a command line they could.
    """
    place: dict[str, str | int | None] = {"host": url.host, "port": url.port, "user": url.username}
    place |= {key: value for key, value in url.query.items() if isinstance(value, str)}
    if mode := tls_mode(url):
        place["sslmode"] = mode
    where = make_conninfo("", **place, dbname=url.database)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = _run(program, ["--no-password", f"--dbname={where}", *arguments], secret)
    if done.returncode:
        said = _remark(done.stderr.decode(errors="replace")) if program.stem == "pg_dump" else ""
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{program.stem} gave up{f': {said}' if said else ''}.",
            "Check that it is of the server's version or newer, that its user may do this, and that there is room.",
        )


def list_archive(program: Path, file: Path) -> str | None:
    """What `pg_restore` lists of a copy; None where it cannot read it."""
    done = _run(program, ["--list", str(file)])
    return None if done.returncode else done.stdout.decode(errors="replace")


def read_archive(program: Path, file: Path, to: str) -> bool:
    """Whether `pg_restore` can read a copy to its end, writing what it reads to the file `to`."""
    return _run(program, [f"--file={to}", str(file)]).returncode == 0


def _run(program: Path, arguments: Sequence[str], secret: Mapping[str, str] | None = None) -> _Done:
    try:
        return subprocess.run(
            [str(program), *arguments],
            env={**os.environ, "LC_ALL": "C", **(secret or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"{program} cannot be run.", "Check that you may run it.") from error


def _remark(text: str) -> str:
    lines = [line.partition("error: ")[2] for line in text.splitlines() if "error: " in line]
    return lines[-1].strip().rstrip(".")[:_LONGEST_REMARK] if lines else ""
