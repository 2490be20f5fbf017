"""`pg_dump` and `pg_restore`, PostgreSQL's own programs: found, run, and told the password in private."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from reception.errors import Code, Refusal
from reception.storage.servers import tls_mode

_LONGEST_REMARK = 200


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
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(url.password)} if url.password else {})}
    try:
        done = subprocess.run(
            [str(program), "--no-password", f"--dbname={where}", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    except OSError as error:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"{program} cannot be run.", "Check that you may run it.") from error
    if done.returncode:
        said = _remark(done.stderr.decode(errors="replace")) if program.stem == "pg_dump" else ""
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{program.stem} gave up{f': {said}' if said else ''}.",
            "Check that it is of the server's version or newer, that its user may do this, and that there is room.",
        )


def _remark(text: str) -> str:
    lines = [line.partition("error: ")[2] for line in text.splitlines() if "error: " in line]
    return lines[-1].strip().rstrip(".")[:_LONGEST_REMARK] if lines else ""
