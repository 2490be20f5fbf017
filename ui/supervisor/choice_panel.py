"""A sheet over the figures in which a day or a period is typed. Enter shows it; Escape leaves all as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reception.domain.signal_words import said_span
from ui.panels.fields import FieldRow
from ui.theme import look_of
from ui.widgets.announcing import announce
from ui.widgets.fields import LineEdit
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING
from ui.widgets.sheet import Sheet


class ChoicePanel(Sheet):
    """See the module. What is typed is read by :meth:`_show`, which each kind of panel has."""

    picked = Signal(object)
    """What was chosen."""
    closed = Signal()

    def __init__(self, title: str, widest: int, rows: tuple[FieldRow, ...], parent: QWidget | None = None) -> None:
        """`widest`: in pixels at 100 % text."""
        super().__init__(title, lean=True, parent=parent)
        self._widest = widest
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.today = date.min
        """By which a day without a year is read."""
        self.fault = Paragraph(token="late-text")
        self.fault.hide()
        form = self.padded(rings=True)
        for row in rows:
            form.addWidget(row)
        told = QVBoxLayout()
        told.setContentsMargins(RING, 0, RING, 0)
        told.addWidget(self.fault)
        form.addLayout(told)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 4, 0, 8)
        buttons.setSpacing(2)
        self.show_button = KeyButton(self._action("Show", "Return", self._show))
        self.show_button.set_accent(True)
        buttons.addWidget(self.show_button)
        cancel = self._action("Cancel", "Esc", self.closed.emit)
        cancel.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # the focus may have gone to the window's tabs
        buttons.addWidget(KeyButton(cancel))
        buttons.addStretch(1)
        form.addLayout(buttons)
        self._limit()

    def _show(self) -> None:
        """Tell what is chosen, or what is wrong with it."""
        raise NotImplementedError

    def _fields(self) -> tuple[LineEdit, ...]:
        """What is typed in."""
        raise NotImplementedError

    def _begin(self, today: date) -> None:
        """No fault is known, and it is seen."""
        self.today = today
        for field in self._fields():
            field.set_fault("")
        self.fault.hide()
        self.show()

    def _refuse(self, why: str) -> None:
        """Say it, at the first field that has a fault."""
        self.fault.set_text(why)
        self.fault.show()
        announce(self, why, urgent=True)
        for field in self._fields():
            if field.isVisible() and field.fault():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)
        if isinstance(event, QEvent) and event.type() == QEvent.Type.StyleChange:
            self._limit()

    def _limit(self) -> None:
        self.setMaximumWidth(look_of(self).px(self._widest))

    def _action(self, words: str, key: str, done: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked: done())
        return action


def typed_day(day: date) -> str:
    """A day as it may be typed: "3 October 2026"."""
    return said_span(day, day, True)
