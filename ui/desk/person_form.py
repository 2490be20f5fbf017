"""What is held of a visitor, as a form: for a new walk-in and for correcting details."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.person import Person
from ui.panels.fields import (
    FieldRow,
    TickGrid,
    as_typed,
    need_offers,
    needs_of,
    party_choices,
    spoken_choices,
    written_choices,
)
from ui.widgets.drop import Drop
from ui.widgets.fields import LineEdit


class PersonForm(QWidget):
    """Name, needs, languages, party and a note. Every field may stay blank."""

    def __init__(self, *, with_note: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineEdit(placeholder="Only if it helps")
        self.needs = TickGrid("Needs", need_offers())
        self.spoken = Drop("Spoken language", spoken_choices())
        self.written = Drop("Written language", written_choices())
        self.party = Drop("People in the party", party_choices())
        self.note = LineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(FieldRow("Name", self.name))
        layout.addWidget(FieldRow("Needs", self.needs, label_above=True))
        layout.addWidget(FieldRow("Speaks", self.spoken))
        layout.addWidget(FieldRow("Reads", self.written))
        layout.addWidget(FieldRow("People", self.party))
        if with_note:
            layout.addWidget(FieldRow("Note", self.note))
        else:
            self.note.setParent(self)
            self.note.hide()

    def set_person(self, person: Person, party_size: int) -> None:
        """Fill the form in."""
        self.name.setText(person.name)
        self.needs.set_values(need.value for need in person.needs)
        self.spoken.set_value(person.spoken)
        self.written.set_value(person.written)
        self.party.set_value(str(party_size))
        self.note.setText(person.note)

    def person(self) -> Person:
        """What the form says."""
        return Person(
            name=as_typed(self.name.text()),
            spoken=self.spoken.value(),
            written=self.written.value(),
            needs=needs_of(self.needs.values()),
            note=as_typed(self.note.text()),
        )

    def party_size(self) -> int:
        return int(self.party.value())

    def is_filled_in(self) -> bool:
        """Whether anything was said of the visitor."""
        return self.person() != Person() or self.party_size() != 1
