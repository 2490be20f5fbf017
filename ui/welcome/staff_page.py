"""The section *Staff*: who works here, in what role, with which PIN.

A PIN is typed twice and shown as dots: nobody reads it over a shoulder, and no slip of a finger locks anybody out.
It stands in its two fields and nowhere else until it is saved or given up.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.office import Hours, Officer, Role
from reception.services.commands import new_id
from reception.services.office_settings import PIN_DIGITS, OfficeSettings, StaffEntry
from ui.welcome.checks import missing, pin_fault, pins_alike_fault
from ui.welcome.controls import KeptPinEdit
from ui.welcome.details import Details
from ui.welcome.page import Field
from ui.welcome.reading import as_typed
from ui.welcome.rows import Row, remark
from ui.welcome.serving import ServingLine, ServingPage
from ui.welcome.week import WeekPicker
from ui.welcome.words import ROLE_WORDS, ROLES
from ui.widgets import Drop, LineEdit, Tick

_PIN = 92


class StaffLine(ServingLine):
    """One member of staff; what is asked less often is behind *More*."""

    def __init__(self, page: StaffPage, officer: Officer, *, is_new: bool) -> None:
        super().__init__(page, officer.id, officer.name, officer.skills)
        self.has_pin = officer.has_pin and not is_new
        self.role = Drop("Role", ROLES)
        self.role.set_value(officer.role.value)
        self.pin, self.again = KeptPinEdit(PIN_DIGITS.high), KeptPinEdit(PIN_DIGITS.high)
        for field in (self.pin, self.again):
            field.setPlaceholderText("kept" if self.has_pin else "")
        self.title = LineEdit(officer.title, "Housing officer")
        self.telephone = LineEdit(officer.telephone)
        self.email = LineEdit(officer.email)
        self.takes_appointments = Tick("Takes appointments")
        self.takes_appointments.setChecked(officer.takes_appointments)
        self.week = WeekPicker(officer.hours, officer.breaks, has_breaks=True, parent=self)
        self.details = Details(self)
        self._build_details(self.details)

        self.add_cell(self.name, "Name", 160, 2)
        self.add_cell(self.role, "Role", 148)
        self.add_cell(self.pin, "PIN", _PIN)
        self.add_cell(self.again, "PIN again", _PIN, glued=True)
        self.add_cell(self.details.more, "", 68)
        self.add_cell(self.remove, "", 32, glued=True)
        self.hide_tools(self.up, self.down)
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.pin, lambda: pin_fault(self.pin.text(), self.has_pin), self.sentence),
            Field(self.again, self._again_fault, self.sentence),
            self.serves,
        )
        for edit in (self.pin, self.again, self.title, self.telephone, self.email):
            edit.textEdited.connect(page.was_edited)
        self.role.activated.connect(page.was_edited)
        self.takes_appointments.clicked.connect(page.was_edited)
        self.week.edited.connect(page.was_edited)
        self.week.remarked.connect(page.remarked)
        self.week.opened.connect(lambda: page.take_in(self))

    def _build_details(self, details: Details) -> None:
        details.add(
            Row("Title", self.title, "Stands under the name in letters and in the book."),
            Row("Serves", self.picker.opener),
            self.picker.area,
            Row("Telephone", self.telephone),
            Row("E-mail", self.email, "Both are printed on letters, and on a slip when an answer is to follow."),
            self.takes_appointments,
            Row("Working hours", self.week.opener),
            self.week.area,
        )
        self.picker.area.hide()

    def controls(self) -> Sequence[QWidget]:
        return (
            self.name,
            self.role,
            self.pin,
            self.again,
            self.details.more,
            self.remove,
            self.title,
            self.picker.opener,
            *self.picker.area.widgets(),
            self.telephone,
            self.email,
            self.takes_appointments,
            *self.week.controls(),
        )

    def faults(self) -> Sequence[Field]:
        return (*self._faults, *self.week.fields())

    def typed(self) -> object:
        fields = (self.name, self.title, self.telephone, self.email)
        was_pin_typed = bool(self.pin.text() or self.again.text())
        pattern = (self.takes_appointments.isChecked(), self.week.typed())
        return (*(field.text() for field in fields), self.role.value(), was_pin_typed, self.picker.typed(), pattern)

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.role.set_name(f"Role of {of}")
        for control, words in (
            (self.pin, "PIN of"),
            (self.again, "PIN again of"),
            (self.title, "Title of"),
            (self.telephone, "Telephone of"),
            (self.email, "E-mail of"),
        ):
            control.setAccessibleName(f"{words} {of}")
        self.details.set_owner(of)
        self.takes_appointments.setAccessibleName(f"{of} takes appointments")
        self.week.set_owner(of)

    def control_of(self, what: str) -> QWidget:
        if what.startswith(("hours/", "breaks/")):
            return self.week.control_of(what)
        controls: dict[str, QWidget] = {"pin": self.pin, "takes_appointments": self.takes_appointments}
        return controls.get(what) or super().control_of(what)

    def reveal(self, control: QWidget) -> None:
        super().reveal(control)
        if self.week.area.isAncestorOf(control):
            self.week.opener.setChecked(True)

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
            as_typed(self.title.text()),
            self.week.hours(),
            self.week.breaks(),
            self.takes_appointments.isChecked(),
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
        self._hours: tuple[Hours, ...] = ()
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

    def fill(self, settings: OfficeSettings) -> None:
        self._hours = settings.hours
        super().fill(settings)

    def offer_hours(self, hours: Sequence[Hours]) -> None:
        """When the office is open, as its section says."""
        self._hours = tuple(hours)
        self.changed()

    def changed(self) -> None:
        super().changed()
        for line in self.lines:
            line.week.offer_office(self._hours)

    def left(self, control: QWidget) -> None:
        line = self.line_of(control)
        if line is not None:
            line.week.tidy(control)
        super().left(control)
