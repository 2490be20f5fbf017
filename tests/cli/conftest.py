"""What the tests of the command line share: running it in this process, and small logs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reception.cli import ExtraCommand, main


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """The one sentence on standard error."""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.rstrip("\n")


Run = Callable[..., Answer]
Log = Callable[..., Path]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `reception` with these arguments."""

    def run_it(*argv: object, extra: tuple[ExtraCommand, ...] = ()) -> Answer:
        capsys.readouterr()
        code = main([str(each) for each in argv], extra)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run_it


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Writes a log."""

    def write(*lines: str, header: str = "arrived,started,finished", name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


COLUMNS = ("--arrived", "arrived", "--started", "started", "--finished", "finished")
