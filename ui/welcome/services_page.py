"""The section *Services*: what visitors come for, each with the letter of its tickets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.office import Service
from reception.services.commands import new_id
from reception.services.office_settings import (
    APPOINTMENT_MINUTES,
    PRIORITIES,
    SERVICE_ABOUT_LENGTH,
    SET_UP_MINUTES,
    TICKET_LETTERS,
    Limits,
    OfficeSettings,
)
from ui.welcome.checks import fault_of, length_fault, letter_fault, missing, proposed_letter
from ui.welcome.details import Details
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_number
from ui.welcome.rows import Row, Sentence, remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.table import TableLine, TablePage
from ui.widgets import LineEdit, Tick

_NARROW = 144
_USUAL_MINUTES = ("10", "15", "20", "30", "40", "45", "60", "90")
_USUAL_SET_UP = ("0", "5", "10", "15", "30")
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
        self.about = LineEdit(service.about, "Bills, discounts, moving home")
        self.priority = PickEdit(lambda: _ALL_PRIORITIES, str(service.priority))
        self.minutes = PickEdit(lambda: _USUAL_MINUTES, str(service.minutes))
        self.set_up = PickEdit(lambda: _USUAL_SET_UP, str(service.set_up_minutes))
        self.sensitive = Tick("Sensitive: letters say nothing of it")
        self.sensitive.setChecked(service.sensitive)
        self.details = Details(self)
        self._set_up = Row("Set-up before it", self.set_up, suffix="minutes", width=_NARROW)
        self._priority = Row("Priority", self.priority, "For the calling rule Staff priority alone.", width=_NARROW)
        about = Row("What it is about", self.about, "A few words for kiosk and display; in other languages: Languages.")
        self.details.add(
            about,
            Row("Belongs to", self.partner, "A partner's visits are counted apart."),
            self._set_up,
            self._priority,
            self.sensitive,
        )
        self.add_cell(self.name, "Service", 152, 3)
        self.add_cell(self.letter, "Letter", 64)
        self.add_cell(self.minutes, "Minutes", 80)
        self.add_cell(self.specialist, "", 104)
        self.add_cell(self.details.more, "", 68)
        self.add_tools()
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.letter, self._letter_fault, self.sentence),
            _number(self.minutes, APPOINTMENT_MINUTES, self.sentence),
            _number(self.set_up, SET_UP_MINUTES, self._set_up.sentence),
            _number(self.priority, PRIORITIES, self._priority.sentence),
            Field(self.about, lambda: length_fault(as_typed(self.about.text()), SERVICE_ABOUT_LENGTH), about.sentence),
        )
        self.name.textEdited.connect(self._name_typed)
        self.letter.textEdited.connect(self._letter_typed)
        for field in (self.about, self.partner, self.priority, self.minutes, self.set_up):
            field.textEdited.connect(page.was_edited)
        for tick in (self.specialist, self.sensitive):
            tick.clicked.connect(page.was_edited)

    def controls(self) -> Sequence[QWidget]:
        row = (self.name, self.letter, self.minutes, self.specialist, self.details.more, *self.tools())
        return (*row, self.about, self.partner, self.set_up, self.priority, self.sensitive)

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        fields = (self.name, self.letter, self.about, self.partner, self.priority, self.minutes, self.set_up)
        return (*(field.text() for field in fields), self.specialist.isChecked(), self.sensitive.isChecked())

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.letter.setAccessibleName(f"Letter of {of}")
        self.specialist.setAccessibleName(f"{of} is a specialist service")
        self.about.setAccessibleName(f"What {of} is about")
        self.partner.setAccessibleName(f"Partner that {of} belongs to, empty for the council")
        self.priority.setAccessibleName(f"Priority of {of}")
        self.minutes.setAccessibleName(f"Minutes of an appointment for {of}")
        self.set_up.setAccessibleName(f"Minutes of set-up before {of}")
        self.sensitive.setAccessibleName(f"Letters say nothing of {of}")
        self.details.set_owner(of)

    def control_of(self, what: str) -> QWidget:
        controls = {
            "letter": self.letter,
            "about": self.about,
            "priority": self.priority,
            "minutes": self.minutes,
            "set_up_minutes": self.set_up,
        }
        return controls.get(what) or super().control_of(what)

    def service(self) -> Service:
        """What was typed; only when nothing is wrong."""
        return replace(
            self._kept,
            name=as_typed(self.name.text()),
            letter=self.letter.text(),
            specialist=self.specialist.isChecked(),
            about=as_typed(self.about.text()),
            partner=as_typed(self.partner.text()),
            priority=read_number(self.priority.text(), PRIORITIES),
            minutes=read_number(self.minutes.text(), APPOINTMENT_MINUTES),
            set_up_minutes=read_number(self.set_up.text(), SET_UP_MINUTES),
            sensitive=self.sensitive.isChecked(),
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


def _number(field: LineEdit, limits: Limits, sentence: Sentence) -> Field:
    return Field(field, lambda: fault_of(lambda: read_number(field.text(), limits)), sentence)


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
                "The letter begins the service's ticket numbers. Minutes: how long an appointment for it is. "
                "Specialist: may take longer than promised, once the visitor has been told so."
            )
        )
        self.column.addSpacing(8)
        self.column.addWidget(
            remark(
                "Visitors who choose another language read these names, and where to wait, in English, unless you give "
                "them in that language: section Languages, at the end, now or later."
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

    def control_of(self, field: str) -> QWidget | None:
        """Its words in other languages stand in another section."""
        return None if field.endswith("/said") else super().control_of(field)

    def offered(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of every service that has a name."""
        return tuple((line.record_id, as_typed(line.name.text())) for line in self.lines if as_typed(line.name.text()))

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, services=tuple(line.service() for line in self.lines))
