"""Where no window can open, the desk says so in a sentence instead of letting Qt end the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SCREENS = {
    "none": {},
    "one that does not answer": {"DISPLAY": ":7654"},
    "an unknown platform": {"QT_QPA_PLATFORM": "carbon-paper"},
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_without_a_screen_there_is_one_sentence(tmp_path: Path, screen: dict[str, str]) -> None:
    blind = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in blind}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "ui", "--database", f"sqlite:///{tmp_path / 'reception.db'}", "desk"],
        capture_output=True,
        text=True,
        env={**environment, **screen, "PYTHONPATH": str(PROJECT)},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no screen here that a window can open on.")
    assert done.stderr.count("\n") == 1
