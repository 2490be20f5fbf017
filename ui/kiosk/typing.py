"""Keys that are pressed: by a person, one after another, or by a scanner, all at once."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QTimer, Signal

from ui.scanner import APPOINTMENT_CODE, TICKET_CODE

TOGETHER_MS = 50
"""Keys that follow one another so closely are one burst."""
OF_A_SCANNER = 7
"""Nobody types so many at once."""
ENDED_BY_ENTER = 4
"""So many, and Enter with them: a scanner too."""
ENTER = "\n"
_KEPT = 64
_OURS = re.compile(r"(?:(AP)-?)?([A-Z0-9]{8})|(RC)-?([A-Z0-9]{10})")
"""What a letter's square code holds, or its reference without the prefix; and what a ticket's holds."""


class Burst(QObject):
    """Holds what comes together, and then says what it was. Of a long code only the beginning is kept."""

    typed = Signal(str)
    """A sign that a person has typed; ENTER or a space may be meant for what has the focus."""
    scanned = Signal(str)
    """A scanner has read a code of ours that it did not end as scanners mostly do."""
    foreign = Signal()
    """A scanner has read a code that is none of ours."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signs: list[str] = []
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOGETHER_MS)
        self._timer.timeout.connect(self._flush)

    def put(self, sign: str) -> None:
        """One more key."""
        self._count += 1
        if len(self._signs) < _KEPT:
            self._signs.append(sign)
        self._timer.start()

    def _flush(self) -> None:
        signs, count = self._signs, self._count
        self._signs, self._count = [], 0
        by_enter = count >= ENDED_BY_ENTER and ENTER in signs[1:]
        if count >= OF_A_SCANNER or by_enter:
            code = _ours("".join(signs))
            if code:
                self.scanned.emit(code)
            else:
                self.foreign.emit()
            return
        for sign in signs:
            self.typed.emit(sign)


def _ours(text: str) -> str:
    """The code as letters and tickets print it; empty for what is none of ours."""
    found = _OURS.fullmatch(text.strip().upper())
    if found is None:
        return ""
    return f"{APPOINTMENT_CODE}{found[2]}" if found[2] else f"{TICKET_CODE}{found[4]}"
