"""The section *Kiosk*: what a visitor is told where nobody is at the desk, and the PIN that a kiosk is left with.

The PIN is typed twice, and stands in its two fields and nowhere else until it is saved or given up.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.services.office_settings import PIN_DIGITS, TELEPHONE_LENGTH, WHO_COMES_LENGTH, OfficeSettings
from ui.welcome.checks import length_fault, pin_fault, pins_alike_fault
from ui.welcome.controls import KeptPinEdit
from ui.welcome.page import Field, Page
from ui.welcome.reading import as_typed
from ui.welcome.rows import Row, part, remark
from ui.widgets import LineEdit, LinesEdit, Tick

_NARROW = 144
_WHO_COMES = "Somebody from the housing team, within about a quarter of an hour."


class KioskPage(Page):
    title = "Kiosk"
    note = "an office with nobody at the desk, and the way out of a kiosk"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unstaffed = Tick("Nobody is at the desk here")
        self.who_comes = LinesEdit("Who comes", 3)
        self.who_comes.edit.setPlaceholderText(_WHO_COMES)
        self.help_telephone = LineEdit()
        self.pin, self.again = KeptPinEdit(PIN_DIGITS.high), KeptPinEdit(PIN_DIGITS.high)
        who = Row("Who comes", self.who_comes, "Said to visitors when they have their number, in these words.")
        help_row = Row("Number to ring for help", self.help_telephone, "Said wherever a visitor asks for help.")
        pin = Row(
            "PIN", self.pin, f"{PIN_DIGITS.low} to {PIN_DIGITS.high} digits. Empty: it stays as it is.", width=_NARROW
        )
        again = Row("PIN again", self.again, width=_NARROW)
        self.pin.setAccessibleName("PIN of the kiosks")
        self.again.setAccessibleName("PIN of the kiosks again")
        for widget in (
            part("An area office", top=0),
            remark("Visitors take a ticket at the kiosk and are told who comes to them, or what number to ring."),
            self.unstaffed,
            who,
            help_row,
            part("Leaving the kiosk"),
            remark("A kiosk fills its screen. Only this PIN leads out of it, for every kiosk of the office."),
            pin,
            again,
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._fields = (
            Field(self.who_comes.edit, self._who_fault, who.sentence),
            Field(self.help_telephone, self._telephone_fault, help_row.sentence),
            Field(self.pin, lambda: pin_fault(self.pin.text(), has_one=True), pin.sentence),
            Field(self.again, self._again_fault, again.sentence),
        )
        for control in self.stops():
            self.attend(control)
        self.unstaffed.clicked.connect(self.was_edited)
        self.who_comes.edited.connect(self.was_edited)
        for edit in (self.help_telephone, self.pin, self.again):
            edit.textEdited.connect(self.was_edited)

    def fill(self, settings: OfficeSettings) -> None:
        self.unstaffed.setChecked(settings.unstaffed)
        self.who_comes.set_text(settings.who_comes)
        self.help_telephone.setText(settings.help_telephone)
        self.forget_pins()

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(
            settings,
            unstaffed=self.unstaffed.isChecked(),
            who_comes=as_typed(self.who_comes.text()),
            help_telephone=as_typed(self.help_telephone.text()),
            kiosk_pin=self.pin.text(),
        )

    def typed(self) -> object:
        words = (self.who_comes.text(), self.help_telephone.text())
        return (self.unstaffed.isChecked(), *words, bool(self.pin.text() or self.again.text()))

    def fields(self) -> Sequence[Field]:
        return self._fields

    def stops(self) -> Sequence[QWidget]:
        return (self.unstaffed, self.who_comes.edit, self.help_telephone, self.pin, self.again)

    def control_of(self, field: str) -> QWidget | None:
        controls: dict[str, QWidget] = {
            "unstaffed": self.unstaffed,
            "who_comes": self.who_comes.edit,
            "help_telephone": self.help_telephone,
            "kiosk_pin": self.pin,
        }
        return controls.get(field)

    def forget_pins(self) -> None:
        self.pin.clear()
        self.again.clear()

    def _who_fault(self) -> str:
        who, telephone = as_typed(self.who_comes.text()), as_typed(self.help_telephone.text())
        if self.unstaffed.isChecked() and not (who or telephone):
            return (
                "Nobody is at the desk, and visitors are not told who comes or what number to ring. Enter one of them."
            )
        return length_fault(who, WHO_COMES_LENGTH)

    def _telephone_fault(self) -> str:
        return length_fault(as_typed(self.help_telephone.text()), TELEPHONE_LENGTH)

    def _again_fault(self) -> str:
        return pins_alike_fault(self.pin.text(), self.again.text())
