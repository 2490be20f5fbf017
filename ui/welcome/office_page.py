"""The section *Office*: whose document it works by, its name, where it is, and its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import available_timezones

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from reception.domain.standards import PRESETS
from reception.services.office_settings import LEAST_FIGURES, OfficeSettings
from ui.welcome.checks import missing
from ui.welcome.page import Field, Page
from ui.welcome.reading import as_typed, quoted
from ui.welcome.rows import Facts, Row, part, remark
from ui.welcome.suggesting import SearchEdit
from ui.welcome.words import DIVISIONS, OWN, PUBLISHERS, council_of, preset_facts, preset_names, preset_note
from ui.widgets import ChoiceGrid, Drop, LineEdit, LinesEdit, Offer

USUAL_ZONE = "Europe/London"
_OWN_WORDS = "Set your own targets in the next section. Where none is set, no promise is made, shown or reported."


def zone_names() -> list[str]:
    """Every time zone by its usual name, the usual one first."""
    known = available_timezones()
    places = sorted(name for name in known if "/" in name and not name.startswith(("Etc/", "posix/", "right/")))
    return [USUAL_ZONE, *(name for name in places if name != USUAL_ZONE), *(["UTC"] if "UTC" in known else [])]


class OfficePage(Page):
    title = "Office"
    note = "whose promises it keeps, and where it is"

    preset_chosen = Signal(str, str)
    """By which document the office worked and by which it is to, as the person chose: the keys of their presets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = ChoiceGrid(3, "Whose document does this office work by?")
        self.preset.set_offers([Offer(key, str(at), name) for at, (key, name) in enumerate(preset_names(), start=1)])
        # as high as its rows need where it has fewer columns
        policy = self.preset.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.preset.setSizePolicy(policy)
        self._works_by = OWN
        self.facts = Facts()
        self.facts_note = remark("")
        self.facts_note.setContentsMargins(self.facts_note.contentsMargins().left(), 8, 5, 8)
        self.name = LineEdit()
        self.council = LineEdit()
        self.place = LineEdit(placeholder="Ground floor, by the screen")
        self.address = LinesEdit("Address")
        self.telephone = LineEdit()
        self.zone = SearchEdit(zone_names())
        self.division = Drop("Bank holidays of", DIVISIONS)
        self._name = Row("Name of the office", self.name)
        self._council = Row("Council", self.council)
        self._telephone = Row("Telephone", self.telephone, "Printed on slips and letters.")
        self._kept_telephone = ""
        self._zone = Row("Time zone", self.zone, "Type any part of the name, or press Down for the whole list.")

        self.column.addWidget(part("Whose document does this office work by?", top=0))
        self.column.addWidget(self.preset)
        self.column.addSpacing(6)
        self.column.addWidget(self.facts)
        self.column.addWidget(self.facts_note)
        self.column.addSpacing(8)
        for row in (
            self._name,
            self._council,
            Row("Where visitors wait", self.place, "Printed on every ticket."),
            Row("Address", self.address, "Printed on letters: where to come."),
            self._telephone,
            self._zone,
            Row("Bank holidays of", self.division),
        ):
            self.column.addWidget(row)
        self.column.addStretch(1)

        self._fields = (
            Field(self.name, self._name_fault, self._name.sentence),
            Field(self.council, self._council_fault, self._council.sentence),
            Field(self.telephone, self._telephone_fault, self._telephone.sentence),
            Field(self.zone, self._zone_fault, self._zone.sentence),
        )
        for control in self.stops():
            self.attend(control)
        for field in (self.name, self.council, self.place, self.telephone, self.zone):
            field.textEdited.connect(self.was_edited)
        self.address.edited.connect(self.was_edited)
        self.zone.completer().activated.connect(self.was_edited)
        self.division.activated.connect(self.was_edited)
        self.preset.chosen.connect(self._choose)
        self.preset.changed.connect(self._show_facts)

    def fill(self, settings: OfficeSettings) -> None:
        self.put_preset(settings.preset if settings.preset in PRESETS else OWN)
        self.name.setText(settings.name)
        self.council.setText(settings.council)
        self.place.setText(settings.place)
        self.address.set_text(settings.address)
        self._kept_telephone = settings.telephone
        self.telephone.setText(settings.telephone)
        self.zone.setText(settings.timezone)
        self.division.set_value(settings.division)

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(
            settings,
            preset=self.preset.value() or OWN,
            name=as_typed(self.name.text()),
            council=as_typed(self.council.text()),
            place=as_typed(self.place.text()),
            # Another place is no longer what the other languages say.
            place_said=settings.place_said if as_typed(self.place.text()) == settings.place else {},
            address=as_typed(self.address.text()),
            telephone=as_typed(self.telephone.text()),
            timezone=self.zone.text(),
            division=self.division.value(),
        )

    def control_of(self, field: str) -> QWidget | None:
        controls = {"name": self.name, "council": self.council, "timezone": self.zone, "division": self.division}
        return controls.get(field)

    def typed(self) -> object:
        fields = (self.name, self.council, self.place, self.address, self.telephone, self.zone)
        return (self.preset.value(), *(field.text() for field in fields), self.division.value())

    def fields(self) -> Sequence[Field]:
        return self._fields

    def stops(self) -> Sequence[QWidget]:
        return (
            *self.preset.controls(),
            self.name,
            self.council,
            self.place,
            self.address.edit,
            self.telephone,
            self.zone,
            self.division,
        )

    def start(self) -> QWidget:
        return self.preset

    def left(self, control: QWidget) -> None:
        if control is self.zone:
            self.zone.settle()
        super().left(control)

    def put_preset(self, key: str) -> None:
        """Show by whose document it works; nothing else is changed."""
        self._works_by = key
        self.preset.set_value(key)

    def take_council(self, key: str) -> None:
        """The council whose document it is, where none was typed by hand."""
        ours = ("", *(publisher.council for publisher in PUBLISHERS.values()))
        if self.council.text().strip() in ours and council_of(key):
            self.council.setText(council_of(key))

    def _choose(self, key: str) -> None:
        before, self._works_by = self._works_by, key
        self.preset_chosen.emit(before, key)
        self.was_edited()

    def _show_facts(self, key: str) -> None:
        self.facts.set_facts(preset_facts(key))
        words = preset_note(key) if key in PRESETS else _OWN_WORDS
        if key in PRESETS:
            words = f"Stated in {PUBLISHERS[key].document}. {words}".strip()
        self.facts_note.set_text(words)

    def _name_fault(self) -> str:
        return missing(self.name.text(), "The office has no name. Enter it.")

    def _council_fault(self) -> str:
        return missing(self.council.text(), "The council has no name. Enter it.")

    def _telephone_fault(self) -> str:
        """What is kept stays as it is: it may be more than a number."""
        typed = as_typed(self.telephone.text())
        if not typed or typed == self._kept_telephone or sum(each.isdigit() for each in typed) >= LEAST_FIGURES:
            return ""
        return "That is no telephone number. Write all its figures, or leave it out."

    def _zone_fault(self) -> str:
        if not self.zone.text().strip():
            return "The time zone is missing. Choose one from the list, for example Europe/London."
        if not self.zone.is_known():
            return f"There is no time zone {quoted(self.zone.text())}. Choose one from the list."
        return ""
