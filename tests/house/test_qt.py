"""Qt itself, as it is installed here."""

from __future__ import annotations

import subprocess
import sys

# PySide6 6.12.0 on Python 3.11 loses a reference to True at every emit; after some 570 the interpreter aborts.
# Hence in a process of its own.
MANY_SIGNALS = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal(bool)

heard = 0

def listen(on):
    global heard
    heard += on

bell = Bell()
bell.rung.connect(listen)
for _ in range(5_000):
    bell.rung.emit(True)
print(heard)
"""


def test_five_thousand_signals_are_heard() -> None:
    done = subprocess.run([sys.executable, "-c", MANY_SIGNALS], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, f"ended with {done.returncode}:\n{done.stderr}"
    assert done.stdout.strip() == "5000"
