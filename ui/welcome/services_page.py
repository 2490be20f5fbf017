"""The section *Services*: what visitors come for, each with the letter of its tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from reception.domain.office import Service
from reception.services.commands import PRIORITIES, OfficeSettings, new_id
from ui.welcome.checks import fault_of, letter_fault, missing, proposed_letter
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, quoted, read_number
from ui.welcome.rows import remark
from ui.welcome.table import TableLine, TablePage
from ui.widgets import LineEdit, Tick


class ServiceLine(TableLine):
    """One service. Its letter is proposed from its name until somebody types one."""

    def __init__(self, page: ServicesPage, service: Service | None = None) -> None:
        super().__init__(service.id if service else new_id(), "service")
        self._page = page
        self.letter_is_proposed = service is None
        self.name = LineEdit(service.name if service else "")
        self.letter = LineEdit(service.letter if service else "")
        self.letter.setMaxLength(1)
        self.specialist = Tick("Specialist")
        self.specialist.setChecked(bool(service and service.specialist))
        self.partner = LineEdit(service.partner if service else "", "The council")
        self.priority = LineEdit(str(service.priority) if service else "0")
        self.add_cell(self.name, "Service", 152, 3)
        self.add_cell(self.letter, "Letter", 48)
        self.add_cell(self.specialist, "", 104)
        self.add_cell(self.partner, "Belongs to", 104, 1)
        self.add_cell(self.priority, "Priority", 56)
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

    def called(self) -> str:
        return quoted(self.name.text()) if as_typed(self.name.text()) else "a service without a name"

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
        self.name.setAccessibleName(f"Name of {of}" if as_typed(self.name.text()) else "Name of the service")
        self.letter.setAccessibleName(f"Letter of {of}")
        self.specialist.setAccessibleName(f"{of} is a specialist service")
        self.partner.setAccessibleName(f"Partner that {of} belongs to, empty for the council")
        self.priority.setAccessibleName(f"Priority of {of}")

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
        if self.letter_is_proposed:
            self.letter.setText(proposed_letter(self.name.text(), self._page.letters(other_than=self)))
        self._page.was_edited()

    def _letter_typed(self, text: str) -> None:
        self.letter_is_proposed = not text
        if text != text.upper() and len(text.upper()) == 1:
            self.letter.setText(text.upper())
        self._page.was_edited()

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.build()
        self.column.addSpacing(8)
        self.column.addWidget(
            remark(
                "The letter begins the service's ticket numbers. Specialist: may take longer than promised, once the "
                "visitor has been told so. A partner's visits are counted apart. Priority counts for the calling rule "
                "Staff priority alone."
            )
        )
        self.column.addStretch(1)

    def new_line(self) -> ServiceLine:
        return ServiceLine(self)

    def none_fault(self) -> str:
        return "" if self.lines else "The office has no service. Add at least one."

    def changed(self) -> None:
        self.edited.emit()

    def letters(self, *, other_than: ServiceLine) -> list[str]:
        return [line.letter.text() for line in self.lines if line is not other_than]

    def offered(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of every service that has a name."""
        return tuple((line.record_id, as_typed(line.name.text())) for line in self.lines if as_typed(line.name.text()))

    def fill(self, settings: OfficeSettings) -> None:
        self.put([ServiceLine(self, service) for service in settings.services])

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, services=tuple(line.service() for line in self.lines))
