"""Panels that correct what is held: a visitor's details, and the link between two visits."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.person import Person
from reception.errors import Code
from reception.services.commands import ChangeDetails, LinkVisits
from ui import languages, moments
from ui.desk.person_form import PersonForm
from ui.panels.fields import FieldRow
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, Paragraph
from ui.widgets.drop import Drop
from ui.widgets.sheet import PADDING

NO_OTHER = Refused(Code.BAD_INPUT, "Choose the other visit.", "Type its number, or use the arrow keys.")


class DetailsPanel(Panel):
    """Name, needs, languages, party, note: as the visitor says them."""

    wants_room = True

    wants_card = Signal(str)
    """The visit as it stands now: another desk has changed it meanwhile. Answered with :meth:`show_card`."""

    def __init__(self, card: VisitCard, by: SentBy) -> None:
        super().__init__(f"{card.number}: details")
        self._card, self._by = card, by
        self.form = PersonForm(with_note=True)
        self.form.set_person(card.person, card.party_size)
        self.content.addWidget(self.form)
        self.end_content()
        self.held_now = Paragraph("")
        self.held_now.setContentsMargins(RING, 0, RING, PADDING)
        self.held_now.hide()
        self.foot.addWidget(self.held_now)
        self.set_main("Save details", self._save)
        self.start_with(self.form.name)

    def _save(self) -> None:
        self.sent.emit(
            ChangeDetails(
                id=self.ids.id_for("details"),
                **self._by,
                visit_id=self._card.visit_id,
                person=self.form.person(),
                shown=self._card.person,
                party_size=self.form.party_size(),
                shown_party_size=self._card.party_size,
            )
        )

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        if no.code is Code.ALREADY_TAKEN:
            self.wants_card.emit(self._card.visit_id)

    def show_card(self, card: VisitCard) -> None:
        """Show what is held now beside what was typed; what was not touched here is taken over."""
        before, typed, size = self._card, self.form.person(), self.form.party_size()
        clashes = card.person.clashes(before.person, typed)
        held = [_held_words(card.person, name) for name in clashes]
        if card.party_size not in (size, before.party_size) and size != before.party_size:
            held.append(f"{moments.plural(card.party_size, 'person', 'people')}")
        if size == before.party_size:
            size = card.party_size
        self.form.set_person(card.person.corrected(before.person, typed), size)
        self._card = card
        self.held_now.set_text(f"Held now: {moments.joined(held)}.")
        self.held_now.setVisible(bool(held))

    def is_worth_keeping(self) -> bool:
        return (self.form.person(), self.form.party_size()) != (self._card.person, self._card.party_size)


def _held_words(person: Person, name: str) -> str:
    """A field of a person as it is held: "name “Ann”", "reads Polish"."""
    match name:
        case "spoken":
            return f"speaks {languages.language_name(person.spoken)}" if person.spoken else "no spoken language"
        case "written":
            return f"reads {languages.language_name(person.written)}" if person.written else "no written language"
        case _:
            words = str(getattr(person, name))
            return f"{name} “{words}”" if words else f"no {name}"


class LinkPanel(Panel):
    """Two visits of one family with separate enquiries."""

    def __init__(self, card: VisitCard, view: DeskView, by: SentBy) -> None:
        super().__init__(f"{card.number}: came with")
        self._card, self._by = card, by
        self.add_words("One family with separate enquiries has a visit for each, linked so that every desk sees it.")
        others = [("", "Choose a visit")]
        others.extend((row.visit_id, f"{row.number} {row.service}") for row in view.queue)
        others.extend((aside.visit_id, f"{aside.number} {aside.service}") for aside in view.asides)
        if view.present is not None:
            others.append((view.present.visit_id, f"{view.present.number} at this counter"))
        self.other = Drop("Other visit", [other for other in others if other[0] != card.visit_id])
        self.content.addWidget(FieldRow("Other visit", self.other))
        self.end_content()
        self.set_main("Link the two", self._link)
        self.start_with(self.other)
        self.other.currentIndexChanged.connect(self.clear_problem)

    def _link(self) -> None:
        if not self.other.value():
            self.refuse(NO_OTHER)
            self.other.setFocus()
            return
        self.sent.emit(
            LinkVisits(
                id=self.ids.id_for("link"),
                **self._by,
                visit_id=self._card.visit_id,
                other_id=self.other.value(),
            )
        )
