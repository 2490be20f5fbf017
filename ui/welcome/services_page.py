"""The section *Services*: what visitors come for, each with the letter of its tickets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.office import Service
from reception.services.commands import new_id
from reception.services.office_settings import PRIORITIES, TICKET_LETTERS, OfficeSettings
from ui.welcome.checks import fault_of, letter_fault, missing, proposed_letter
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_number
from ui.welcome.rows import remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.table import TableLine, TablePage
from ui.widgets import LineEdit, Tick

_ALL_PRIORITIES = tuple(str(number) for number in range(PRIORITIES.low, PRIORITIES.high + 1))


class ServiceLine(TableLine):
    """One service. Its letter follows its name until somebody types one, unless tickets of today begin with it."""

    def __init__(self, page: ServicesPage, service: Service, *, letter_is_proposed: bool) -> None:
        super().__init__(page, service.id, service.name)
        self._page = page
        self._kept = service
        self._letter_is_proposed = letter_is_proposed
        self.letter = PickEdit(lambda: page.free_letters(self), service.letter)
        self.letter.setMaxLength(1)
        self.specialist = Tick("Specialist")
        self.specialist.setChecked(service.specialist)
        self.partner = LineEdit(service.partner, "The council")
        self.priority = PickEdit(lambda: _ALL_PRIORITIES, str(service.priority))
        self.add_cell(self.name, "Service", 152, 3)
        self.add_cell(self.letter, "Letter", 64)
        self.add_cell(self.specialist, "", 104)
        self.add_cell(self.partner, "Belongs to", 104, 1)
        self.add_cell(self.priority, "Priority", 72)
        self.add_tools()
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.letter, self._letter_fault, self.sentence),
            Field(self.priority, self._priority_fault, self.sentence),
        )
        self.name.textEdited.connect(self._name_typed)
        self.letter.textEdited.connect(self._letter_typed)
        for field in (self.partner, self.priority):
            field.textEdited.connect(page.was_edited)
        self.specialist.clicked.connect(page.was_edited)

    def controls(self) -> Sequence[QWidget]:
        return (self.name, self.letter, self.specialist, self.partner, self.priority, *self.tools())

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        fields = (self.name, self.letter, self.partner, self.priority)
        return (*(field.text() for field in fields), self.specialist.isChecked())

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.letter.setAccessibleName(f"Letter of {of}")
        self.specialist.setAccessibleName(f"{of} is a specialist service")
        self.partner.setAccessibleName(f"Partner that {of} belongs to, empty for the council")
        self.priority.setAccessibleName(f"Priority of {of}")

    def control_of(self, what: str) -> QWidget:
        return {"letter": self.letter, "priority": self.priority}.get(what) or super().control_of(what)

    def service(self) -> Service:
        """What was typed; only when nothing is wrong."""
        return Service(
            self.record_id,
            as_typed(self.name.text()),
            self.letter.text(),
            self.specialist.isChecked(),
            as_typed(self.partner.text()),
            read_number(self.priority.text(), PRIORITIES),
        )

    def _name_typed(self) -> None:
        if self._letter_is_proposed and not self._letter_stays():
            self.letter.setText(proposed_letter(self.name.text(), self._page.taken_letters(self)))
        self._say_why()
        self._page.was_edited()

    def _letter_typed(self, text: str) -> None:
        self._letter_is_proposed = not text
        if text != text.upper() and len(text.upper()) == 1:
            self.letter.setText(text.upper())
        self._say_why()
        self._page.was_edited()

    def _letter_stays(self) -> bool:
        """Tickets of today begin with it; so it is taken to be until the door has said otherwise."""
        in_use = self._page.letters_in_use
        return bool(self._kept.letter) and (in_use is None or self._kept.letter in in_use)

    def _say_why(self) -> None:
        letter = self.letter.text()
        renamed = as_typed(self.name.text()) != self._kept.name
        kept = renamed and letter == self._kept.letter and letter in (self._page.letters_in_use or ())
        self.word.tell(
            f"Tickets of today begin with {letter}, so the letter stays. Type another to change it." if kept else ""
        )

    def _name_fault(self) -> str:
        return missing(self.name.text(), "A service has no name. Enter its name, or remove it.")

    def _letter_fault(self) -> str:
        everyone = [(line.name.text(), line.letter.text()) for line in self._page.lines]
        return letter_fault(self.name.text(), self.letter.text(), everyone)

    def _priority_fault(self) -> str:
        return fault_of(lambda: read_number(self.priority.text(), PRIORITIES))


class ServicesPage(TablePage[ServiceLine]):
    title = "Services"
    note = "what visitors come for"
    kind = "service"
    setting = "services"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letters_in_use: frozenset[str] | None = None
        """The letters that tickets of today begin with; None while that is not known."""
        self.build()
        self.column.addWidget(
            remark(
                "The letter begins the service's ticket numbers. Specialist: may take longer than promised, once the "
                "visitor has been told so. A partner's visits are counted apart. Priority counts for the calling rule "
                "Staff priority alone."
            )
        )
        self.column.addStretch(1)

    def new_line(self) -> ServiceLine:
        return ServiceLine(self, Service(new_id(), "", ""), letter_is_proposed=True)

    def lines_of(self, settings: OfficeSettings) -> list[ServiceLine]:
        lines: list[ServiceLine] = []
        for service in settings.services:
            proposed = proposed_letter(service.name, [line.letter.text() for line in lines])
            lines.append(ServiceLine(self, service, letter_is_proposed=service.letter == proposed))
        return lines

    def none_fault(self) -> str:
        return "" if self.lines else "The office has no service. Add at least one."

    def changed(self) -> None:
        self.edited.emit()

    def taken_letters(self, line: ServiceLine) -> set[str]:
        """The letters that other services have, or that tickets of today begin with."""
        return {each.letter.text() for each in self.lines if each is not line} | (self.letters_in_use or frozenset())

    def free_letters(self, line: ServiceLine) -> list[str]:
        """The letters that a service may be given, its own with them."""
        taken = self.taken_letters(line) - {line.letter.text()}
        return [letter for letter in TICKET_LETTERS if letter not in taken]

    def offered(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of every service that has a name."""
        return tuple((line.record_id, as_typed(line.name.text())) for line in self.lines if as_typed(line.name.text()))

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, services=tuple(line.service() for line in self.lines))
