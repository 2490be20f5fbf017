"""A button that opens the part under it, as a drop-down opens its list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import look_of
from ui.widgets import RING
from ui.widgets.drop import control_height, paint_drop
from ui.widgets.painting import text_width


class Opener(QPushButton):
    """A button that looks like a drop-down and shows or hides what is under it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._summary = ""
        self._fault = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._describe)
        self._describe()

    def set_name(self, name: str) -> None:
        self._name = name
        self._describe()

    def set_summary(self, words: str) -> None:
        """What is chosen, in a few words."""
        self._summary = words
        self._describe()
        self.update()

    def set_fault(self, sentence: str) -> None:
        self._fault = sentence
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._summary}")
        self.setToolTip(self._summary)
        state = "The choice is open below" if self.isChecked() else "Opens the choice"
        self.setAccessibleDescription(self._fault or state)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(text_width(self._summary, look) + look.px(18) + 40 + 2 * RING, control_height(look))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(96), control_height(look))

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_drop(self, self._summary, fault=bool(self._fault), open_=self.isChecked())
