"""The section *Closures*: days on which the office stays shut beside its weekly hours and the bank holidays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from reception.services.office_settings import OfficeSettings
from ui import moments
from ui.welcome.controls import IconButton
from ui.welcome.line import Line
from ui.welcome.page import Field, Page, Remark
from ui.welcome.reading import Unreadable, read_date
from ui.welcome.rows import part, remark
from ui.welcome.suggesting import PickEdit
from ui.widgets import ElidingLabel, KeyButton

_DAYS_OFFERED = 366


class ClosureLine(Line):
    """One day."""

    def __init__(self, day: date, words: str) -> None:
        super().__init__(words)
        self.day = day
        self.label = ElidingLabel(words)
        self.remove = IconButton("cross", f"Remove {words}")
        self.add_cell(self.label, "", 264, plain=True)
        self.add_cell(self.remove, "", 32)


class ClosuresPage(Page):
    title = "Closures"
    note = "days the office stays shut"

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.lines: list[ClosureLine] = []
        self.day = PickEdit(self._coming_days)
        self.day.setPlaceholderText("25 December or 25/12/2026")
        self.day.setAccessibleName("A day the office is closed")
        self.add = QAction("Add the day", self)
        self.add.triggered.connect(self.take_day)
        self.add_button = KeyButton(self.add)
        self._entry = Line("A day the office is closed")
        self._entry.set_first(True)
        self._entry.add_cell(self.day, "A day the office is closed", 264)
        self._entry.add_cell(self.add_button, "", 112)
        self._field = Field(self.day, self._fault, self._entry.sentence)
        self._none = remark("None yet.")
        self.column.addWidget(
            remark("Bank holidays are known and need not be entered. Add training days, moves and the like.")
        )
        self.column.addWidget(self._entry)
        self.column.addWidget(part("Closed on"))
        self.column.addWidget(self._none)
        self._at = self.column.count()
        self.column.addStretch(1)
        self.day.textEdited.connect(self.was_edited)
        self.attend(self.day)
        self.attend(self.add_button)

    def _coming_days(self) -> list[str]:
        return [_words(self._today() + timedelta(days=after)) for after in range(_DAYS_OFFERED)]

    def _fault(self) -> str:
        text = self.day.text()
        if not text.strip():
            return ""
        try:
            read_date(text, self._today())
        except Unreadable as answer:
            return str(answer)
        return ""

    def take_day(self) -> bool:
        """Add the day that was typed. False when it can't be read, or nothing was typed."""
        if not self.day.text().strip():
            self.day.setFocus()
            return False
        self._field.was_left = True
        if self._fault():
            self.day.setFocus()
            self.check()
            return False
        day = read_date(self.day.text(), self._today())
        words = _words(day)
        known = any(line.day == day for line in self.lines)
        if not known:
            self._put([*(line.day for line in self.lines), day])
        self.day.clear()
        self._field.was_left = False
        self.day.setFocus()
        self.was_edited()
        self.remarked.emit(
            Remark(f"{words} is on the list already.")
            if known
            else Remark(f"{words} is added.", "", lambda: self._drop(day))
        )
        return True

    def _drop(self, day: date) -> None:
        self._put([line.day for line in self.lines if line.day != day])
        self.was_edited()

    def _remove(self, line: ClosureLine) -> None:
        at = self.lines.index(line)
        days = [each.day for each in self.lines]
        self._drop(line.day)
        target = self.lines[min(at, len(self.lines) - 1)].remove if self.lines else self.day
        target.setFocus()

        def put_back() -> None:
            self._put(days)
            self.was_edited()

        self.remarked.emit(Remark(f"{line.accessibleName()} was removed.", "", put_back))

    def _put(self, days: Sequence[date]) -> None:
        for line in self.lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for at, day in enumerate(sorted(set(days))):
            line = ClosureLine(day, _words(day))
            line.remove.clicked.connect(lambda _=False, line=line: self._remove(line))
            self.attend(line.remove)
            self.column.insertWidget(self._at + at, line)
            self.lines.append(line)
        self._none.setVisible(not self.lines)
        self.rechain()

    def fill(self, settings: OfficeSettings) -> None:
        self._put(sorted(settings.closures))
        self.day.clear()

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        closures = {line.day for line in self.lines}
        if self.day.text().strip():
            # a day that was typed and not added was meant
            closures.add(read_date(self.day.text(), self._today()))
        return replace(settings, closures=frozenset(closures))

    def control_of(self, field: str) -> QWidget | None:
        return self.day if field == "closures" else None

    def typed(self) -> object:
        return (tuple(line.day for line in self.lines), self.day.text().strip())

    def fields(self) -> Sequence[Field]:
        return (self._field,)

    def stops(self) -> Sequence[QWidget]:
        return (self.day, self.add_button, *(line.remove for line in self.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = next((line for line in self.lines if line.remove.hasFocus()), None)
        if event.key() == Qt.Key.Key_Delete and line is not None:
            self._remove(line)
            return
        super().keyPressEvent(event)


def _words(day: date) -> str:
    return f"{moments.day_words(day)} {day.year}"
