"""The last question before changed settings are saved: which administrator says so?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from reception.domain.office import Officer, Role
from reception.services.office_settings import PIN_DIGITS
from ui.welcome.rows import Row, remark
from ui.widgets import RING, Drop, KeyButton, PinEdit, PinPad
from ui.widgets.sheet import PADDING

_PAD_WIDTH = 232


class ConfirmPage(QScrollArea):
    """An administrator and a PIN. The PIN is gone as soon as it was sent, or the question is left."""

    title = "Save the changes"
    note = "an administrator says so"

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.setWidget(content)
        self.administrator = Drop("Administrator")
        self.pin = PinEdit(PIN_DIGITS.high)
        self.pin.setAccessibleName("PIN of the administrator")
        self._pin_row = Row("PIN", self.pin, width=_PAD_WIDTH)
        self.pad = PinPad(self.pin)
        self.confirm = QAction("Save changes", self)
        self.confirm.triggered.connect(self.confirmed)
        # the button shows the key; it is the form that listens for it
        self.confirm.setShortcut(QKeySequence("Return"))
        self.confirm.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.confirm_button = KeyButton(self.confirm)
        self.confirm_button.set_accent(True)
        column = QVBoxLayout(content)
        column.setContentsMargins(PADDING - RING, 0, PADDING - RING, PADDING - RING)
        column.setSpacing(0)
        column.addWidget(remark("The changes hold from today on. Days that are over keep what they were judged by."))
        column.addWidget(Row("Administrator", self.administrator))
        column.addWidget(self._pin_row)
        column.addWidget(Row("", self.pad, width=_PAD_WIDTH))
        column.addSpacing(8)
        column.addWidget(Row("", self.confirm_button, width=_PAD_WIDTH))
        column.addStretch(1)
        self.pin.textEdited.connect(lambda: self.say(""))

    def offer(self, staff: Sequence[Officer]) -> None:
        """Those who may: as the office knows them now, not as they are being changed."""
        self.administrator.set_choices(
            (officer.id, officer.name) for officer in staff if officer.role is Role.ADMINISTRATOR and officer.has_pin
        )

    def say(self, sentence: str) -> None:
        """What is wrong with the PIN; it has to be typed again."""
        self.pin.set_fault(sentence)
        self._pin_row.sentence.tell(sentence)

    def take_pin(self) -> str:
        """The PIN, which is gone from the field from then on."""
        pin = self.pin.pin()
        self.pin.clear()
        return pin

    def start(self) -> QWidget:
        return self.pin
