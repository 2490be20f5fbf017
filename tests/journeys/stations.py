"""Stations of an office, each in a process of its own on one database, and what somebody does at each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from reception.config import save

END_WITHIN_S = 15.0


class Station:
    """One process. Every deed waits until it is done, and raises AssertionError where it can't be."""

    def __init__(self, kind: str, folder: Path, **settings: Any) -> None:
        folder.mkdir()
        self.papers, self.sounds = folder / "papers", folder / "sounds"
        self.papers.mkdir()
        self.sounds.mkdir()
        config = folder / "reception.toml"
        save(
            config,
            {
                "station": kind.title(),
                "log_folder": str(folder / "log"),
                "printer": {"kind": "folder", "address": str(self.papers)},
                **settings,
            },
        )
        home = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.a_station", kind, str(config), str(self.sounds)],
            env={**os.environ, **home},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    @property
    def exit_code(self) -> int | None:
        return self._process.returncode

    def __getattr__(self, name: str) -> Any:
        """A deed of `a_station.Somebody`."""
        return lambda *arguments: self._ask(name, *arguments)

    def prints(self, count: int) -> list[Path]:
        """Waits for so many papers."""
        return [Path(each) for each in self.files(str(self.papers), count)]

    def says(self, count: int) -> list[Path]:
        """Waits until so much was said aloud."""
        return [Path(each) for each in self.files(str(self.sounds), count)]

    def _ask(self, *deed: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(deed) + "\n")
        self._process.stdin.flush()
        is_done, answer = json.loads(self._process.stdout.readline() or '[false, "the station ended"]')
        assert is_done, answer
        return answer
