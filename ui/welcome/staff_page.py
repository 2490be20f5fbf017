"""The section *Staff*: who works here, in what role, with which PIN.

A PIN is typed twice and shown as dots: nobody reads it over a shoulder, and no slip of a finger locks anybody out.
It stands in its two fields and nowhere else until it is saved or given up.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.office import Officer, Role
from reception.services.commands import new_id
from reception.services.office_settings import PIN_DIGITS, OfficeSettings, StaffEntry
from ui.welcome.checks import missing, pin_fault, pins_alike_fault
from ui.welcome.controls import KeptPinEdit
from ui.welcome.page import Field
from ui.welcome.reading import as_typed
from ui.welcome.rows import Row, remark
from ui.welcome.serving import ServingLine, ServingPage
from ui.welcome.words import ROLE_WORDS, ROLES
from ui.widgets import Drop, KeyButton, LineEdit

_PIN = 92


class StaffLine(ServingLine):
    """One member of staff; services, telephone and e-mail are behind *More*."""

    def __init__(self, page: StaffPage, officer: Officer, *, is_new: bool) -> None:
        super().__init__(page, officer.id, officer.name, officer.skills)
        self.has_pin = officer.has_pin and not is_new
        self.role = Drop("Role", ROLES)
        self.role.set_value(officer.role.value)
        self.pin, self.again = KeptPinEdit(PIN_DIGITS.high), KeptPinEdit(PIN_DIGITS.high)
        for field in (self.pin, self.again):
            field.setPlaceholderText("kept" if self.has_pin else "")
        self.telephone = LineEdit(officer.telephone)
        self.email = LineEdit(officer.email)
        self.details = QWidget()
        self._more_action = QAction("More", self)
        self._more_action.triggered.connect(lambda: self.open_more(on=self.details.isHidden()))
        self.more_button = KeyButton(self._more_action)
        self._build_details()

        self.add_cell(self.name, "Name", 160, 2)
        self.add_cell(self.role, "Role", 148)
        self.add_cell(self.pin, "PIN", _PIN)
        self.add_cell(self.again, "PIN again", _PIN, glued=True)
        self.add_cell(self.more_button, "", 68)
        self.add_cell(self.remove, "", 32, glued=True)
        for unused in (self.up, self.down):
            unused.setParent(self)
            unused.hide()
        self.set_more(self.details)
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.pin, lambda: pin_fault(self.pin.text(), self.has_pin), self.sentence),
            Field(self.again, self._again_fault, self.sentence),
            self.serves,
        )
        for edit in (self.pin, self.again, self.telephone, self.email):
            edit.textEdited.connect(page.was_edited)
        self.role.activated.connect(page.was_edited)

    def _build_details(self) -> None:
        column = QVBoxLayout(self.details)
        column.setContentsMargins(16, 0, 0, 8)
        column.setSpacing(0)
        self._serves = Row("Serves", self.picker.opener)
        column.addWidget(self._serves)
        column.addWidget(self.picker.area)
        self.picker.area.hide()
        column.addWidget(Row("Telephone", self.telephone))
        column.addWidget(
            Row("E-mail", self.email, "Both are printed on a slip when an answer is to follow from this person.")
        )

    def open_more(self, *, on: bool) -> None:
        self.details.setVisible(on)
        self._more_action.setText("Less" if on else "More")
        self.settle()

    def controls(self) -> Sequence[QWidget]:
        return (
            self.name,
            self.role,
            self.pin,
            self.again,
            self.more_button,
            self.remove,
            self.picker.opener,
            *self.picker.area.widgets(),
            self.telephone,
            self.email,
        )

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        fields = (self.name, self.telephone, self.email)
        was_pin_typed = bool(self.pin.text() or self.again.text())
        return (*(field.text() for field in fields), self.role.value(), was_pin_typed, self.picker.typed())

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.role.set_name(f"Role of {of}")
        for control, words in (
            (self.pin, "PIN of"),
            (self.again, "PIN again of"),
            (self.telephone, "Telephone of"),
            (self.email, "E-mail of"),
        ):
            control.setAccessibleName(f"{words} {of}")
        self.more_button.setAccessibleName(f"{self._more_action.text()} about {of}")

    def control_of(self, what: str) -> QWidget:
        return self.pin if what == "pin" else super().control_of(what)

    def is_administrator(self) -> bool:
        return self.role.value() == Role.ADMINISTRATOR

    def entry(self) -> StaffEntry:
        """What was typed, the PIN with it; only when nothing is wrong."""
        officer = Officer(
            self.record_id,
            as_typed(self.name.text()),
            Role(self.role.value()),
            self.picker.services(),
            as_typed(self.telephone.text()),
            as_typed(self.email.text()),
            self.has_pin or bool(self.pin.text()),
        )
        return StaffEntry(officer, self.pin.text())

    def _name_fault(self) -> str:
        return missing(self.name.text(), "A member of staff has no name. Enter the name, or remove the line.")

    def _again_fault(self) -> str:
        return pins_alike_fault(self.pin.text(), self.again.text())


class StaffPage(ServingPage[StaffLine]):
    title = "Staff"
    note = "who works here"
    kind = "member of staff"
    setting = "staff"
    keys = "Up and Down go from line to line. Alt with Delete removes one."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addWidget(
            remark(f"Everyone signs in with a PIN of {PIN_DIGITS.low} to {PIN_DIGITS.high} digits, typed twice here.")
        )
        self.build()
        self.column.addWidget(remark(ROLE_WORDS))
        self.column.addStretch(1)

    def new_line(self) -> StaffLine:
        return StaffLine(self, Officer(new_id(), "", Role.RECEPTIONIST, has_pin=False), is_new=True)

    def none_fault(self) -> str:
        if any(line.is_administrator() for line in self.lines):
            return ""
        return "Nobody could change these settings later. Make at least one person an administrator."

    def lines_of(self, settings: OfficeSettings) -> list[StaffLine]:
        return [StaffLine(self, entry.officer, is_new=not entry.officer.has_pin) for entry in settings.staff]

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, staff=tuple(line.entry() for line in self.lines))

    def forget_pins(self) -> None:
        """No PIN stays in any field, nor in a line that was removed."""
        for field in self.findChildren(KeptPinEdit):
            field.clear()

    def reveal(self, control: QWidget) -> None:
        line = self.line_of(control)
        if line is not None and line.details.isAncestorOf(control):
            line.open_more(on=True)
        super().reveal(control)
