"""A station in a process of its own, as an office starts it, and somebody at it: `stations.py` says what they do.

Reads a line of JSON for each deed, [name, argument, ...], and answers each with a line, [true, answer] or [false, why].
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reception.config import load
from reception.domain.stations import StationKind
from ui.__main__ import start_program
from ui.kiosk.aid_button import AidButton
from ui.kiosk.button import KioskButton
from ui.kiosk.window import KioskWindow
from ui.program import Program
from ui.pulse import monotonic_millis
from ui.voice.voice import Voice

PATIENCE_S = float(os.environ.get("PATIENCE_S", "10"))
ISOLATES = re.compile("[\u2066-\u2069]")


class Somebody(QObject):
    """Hands and eyes at one station's window."""

    wanted = Signal(list)

    def __init__(self, application: QApplication, program: Program) -> None:
        super().__init__()
        self._application = application
        self._program = program
        self._device = QTest.createTouchDevice()
        self._last_key = ""
        self.wanted.connect(self._do, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.wanted.emit(json.loads(line))
        self.wanted.emit(["end"])

    def _do(self, deed: list[Any]) -> None:
        name, *arguments = deed
        if name == "end":
            self._application.exit(0)  # a kiosk lets nobody close it
            return
        try:
            answer = [True, getattr(self, name)(*arguments)]
        except Exception as error:  # noqa: BLE001  whoever asked is told
            answer = [False, f"{type(error).__name__}: {error}"]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    @property
    def window(self) -> QWidget:
        window = self._program.window
        assert window is not None, "no window yet"
        return window

    # -- eyes ----------------------------------------------------------------------------------------------------

    def started(self) -> None:
        """Its window stands."""
        self._until(lambda: self._program.window is not None, "a window")

    def sees(self, *texts: str) -> float:
        """Waits until each stands on the screen, as a screen reader finds it; the seconds that it took."""
        began = time.monotonic()
        self._until(lambda: all(text in self.screen() for text in texts), repr(texts))
        return time.monotonic() - began

    def loses(self, text: str) -> None:
        """Waits until it does not stand there any more."""
        self._until(lambda: text not in self.screen(), f"an end of {text!r}")

    def screen(self) -> str:
        """All words that are there to be seen; none before there is a window."""
        if self._program.window is None:
            return ""
        return ISOLATES.sub("", "\n".join(_words(QAccessible.queryAccessibleInterface(self.window))))

    def at(self, name: str) -> None:
        """Waits for a screen of the kiosk, and for as long as somebody needs before they touch it."""

        def there() -> bool:
            page = self._kiosk().page
            return page is not None and page.screen_shown.name == name

        self._until(there, f"the screen {name}")
        self._until(lambda: monotonic_millis() > self._kiosk()._settled_at, "a moment")

    def files(self, folder: str, count: int) -> list[str]:
        """Waits until so many whole files are in a folder; their names, the oldest first."""

        def there() -> list[Path]:
            found = [each for each in Path(folder).iterdir() if each.suffix in (".pdf", ".wav") and each.stat().st_size]
            return sorted(found, key=lambda each: each.stat().st_mtime_ns)

        self._until(lambda: len(there()) >= count, f"{count} files in {folder}")
        return [str(each) for each in there()]

    def picture(self, path: str) -> None:
        _go_on(150)
        self.window.grab().save(path)

    def _kiosk(self) -> KioskWindow:
        assert isinstance(self.window, KioskWindow)
        return self.window

    def _until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not come; there is: {self.screen()}")
            _go_on(20)

    # -- hands ---------------------------------------------------------------------------------------------------

    def touch(self, *keys: str) -> None:
        """A finger on what the kiosk offers under each key."""
        for key in keys:
            self._until(lambda key=key: bool(self._offered(key)), f"{key} to touch")  # type: ignore[misc]
            button = self._offered(key)[0]
            self._finger(button.mapTo(self.window, button.rect().center()))

    def aid(self, number: int) -> None:
        """A finger on one of the aids in a row: language, larger text, high contrast, read aloud."""
        page = self._kiosk().page
        assert page is not None
        button = page.findChildren(AidButton)[number]
        self._finger(button.mapTo(self.window, button.rect().center()))
        _go_on(400)

    def _offered(self, key: str) -> list[KioskButton]:
        page = self._kiosk().page
        buttons = page.findChildren(KioskButton) if page is not None else []
        return [each for each in buttons if each.choice.key == key and not each.isHidden()]

    def _finger(self, at: QPoint) -> None:
        QTest.touchEvent(self.window, self._device).press(0, at, self.window).commit()
        QTest.touchEvent(self.window, self._device).release(0, at, self.window).commit()
        _go_on(30)

    def keys(self, *names: str) -> None:
        """Keys by name, one after another: "F2", "Ctrl+F", "Return"."""
        for name in names:
            if name == self._last_key:
                _go_on(QApplication.doubleClickInterval())  # sooner, it would count as a slip of the finger
            self._last_key = name
            code = QKeySequence.fromString(name)[0]
            target = QApplication.activePopupWidget() or self.window
            QTest.keyClick(target.windowHandle(), code.key(), code.keyboardModifiers())
            _go_on(80)

    def write(self, text: str) -> None:
        """On a keyboard, no faster than a person."""
        for sign in text:
            shift = Qt.KeyboardModifier.ShiftModifier if sign.isupper() else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(self.window.windowHandle(), sign, shift)  # type: ignore[call-overload]
            _go_on(80)


def _go_on(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _words(interface: QAccessibleInterface | None) -> Iterator[str]:
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        if text := interface.text(kind):
            yield text
    for number in range(interface.childCount()):
        yield from _words(interface.child(number))


def main(kind: str, config_path: str, sounds: str) -> int:
    """Start the station; what its display says becomes WAV files in the folder `sounds`."""
    from ui.display import run as display

    display.Voice = partial(Voice, folder=Path(sounds))  # type: ignore[misc, assignment]
    path = Path(config_path)
    application, program = start_program(argparse.Namespace(config=path), load(path), StationKind(kind))
    somebody = Somebody(application, program)
    code = application.exec()
    if program.window is not None:
        program.window.close()
    del somebody
    program.end()
    return code or min(program.bugs, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
