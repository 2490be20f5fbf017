"""Cancel, correct, and how far an interpreter's booking is: one question each."""

from __future__ import annotations

from reception.domain.book import AppointmentCard, AppointmentRow
from reception.domain.booked import InterpreterStatus, Kind
from reception.errors import Code
from reception.services.appointment_commands import CancelAppointment, CorrectAppointment, ProgressInterpreter
from ui.book.hands import BookPanel, Hands
from ui.book.picks import Pick, PickList
from ui.book.visitor_form import VisitorForm
from ui.book.words import status_words, when_words
from ui.isolated import isolated
from ui.languages import interpreted_name
from ui.moments import plural, said_time
from ui.panels.fields import FieldRow, as_typed
from ui.refused import Refused
from ui.widgets import LineEdit, Segmented
from ui.widgets.tick import Tick

BAD_DAY = Refused(Code.BAD_INPUT, "The date of birth can't be read.", "Write it as 9 3 1971, or leave it out.")
_VISITOR, _COUNCIL = "visitor", "council"


def about(hands: Hands, row: AppointmentRow) -> str:
    """An appointment in a heading: "Samuel Adebayo, 11am today"."""
    zone = hands.view().office.zone
    when = when_words(row.starts, hands.now(), zone)
    return f"{isolated(row.name) or row.reference}, {said_time(row.starts, zone)} {when}"


class CancelPanel(BookPanel):
    """Releases an appointment. Enter does it; Escape leaves all as it is."""

    def __init__(self, hands: Hands, row: AppointmentRow, card: AppointmentCard | None) -> None:
        super().__init__(hands, "Cancel this?", about(hands, row))
        self._row = row
        self.who = Segmented([(_VISITOR, "Visitor asked"), (_COUNCIL, "Council cancels")], "Who cancels")
        self.reason = LineEdit(placeholder="Only if it helps")
        self.series = Tick(f"With those after it, of {plural(len(card.series) + 1, 'booking') if card else ''}")
        self.content.addWidget(self.who)
        self.content.addWidget(FieldRow("Reason", self.reason))
        if card is not None and card.series:
            self.content.addWidget(self.series)
        self.end_content()
        self.start_with(self.set_main("Cancel appointment", self._cancel, "Its time, room and interpreter fall free"))

    def _cancel(self) -> None:
        self.sent.emit(
            CancelAppointment(
                id=self.ids.id_for("cancel"),
                **self.hands.by(),
                appointment_id=self._row.id,
                by_visitor=self.who.value() == _VISITOR,
                reason=as_typed(self.reason.text()),
                series=self.series.isChecked(),
            )
        )

    def is_worth_keeping(self) -> bool:
        return bool(as_typed(self.reason.text()))


class DetailsPanel(BookPanel):
    """Corrects what is held of the visitor."""

    def __init__(self, hands: Hands, card: AppointmentCard) -> None:
        super().__init__(hands, "Details", about(hands, card.row))
        self._card = card
        view = hands.view()
        self.form = VisitorForm(view.first)
        self.form.set_visitor(card.visitor, card.about, card.row.party_size)
        self.form.home.show_kind(at_home=card.row.kind is Kind.HOME_VISIT)
        self.form.home.set_home(card.home)
        zone = view.office.zone
        booked = f"{said_time(card.booked_at, zone)} {when_words(card.booked_at, hands.now(), zone)}"
        booked = f"{booked}, by {isolated(card.booked_by)}" if card.booked_by else booked
        self.add_facts([("Reference", card.row.reference), ("Booked", booked)])
        self.content.addWidget(self.form)
        self.end_content()
        self.set_main("Save", self._save)
        self.start_with(self.form.name)

    def _save(self) -> None:
        if (wrong := self.form.wrong_field()) is not None:
            self.refuse(BAD_DAY)
            wrong.setFocus()
            return
        self.sent.emit(
            CorrectAppointment(
                id=self.ids.id_for("correct"),
                **self.hands.by(),
                appointment_id=self._card.row.id,
                version=self._card.row.version,
                visitor=self.form.visitor(),
                about=self.form.about_words(),
                party_size=self.form.party_size(),
                home=self.form.home.home(),
            )
        )

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        self.form.show_refused(no)

    def is_worth_keeping(self) -> bool:
        card = self._card
        typed = (self.form.visitor(), self.form.about_words(), self.form.party_size(), self.form.home.home())
        return typed != (card.visitor, card.about, card.row.party_size, card.home)


class InterpreterPanel(BookPanel):
    """How far the booking of an interpreter has come."""

    def __init__(self, hands: Hands, row: AppointmentRow) -> None:
        super().__init__(hands, "Interpreter", about(hands, row))
        self._row = row
        who = hands.view().office.interpreter(row.interpreter_id)
        facts = [("Language", interpreted_name(row.language)), ("Interpreter", row.interpreter or "Still to be found")]
        if who is not None:
            facts += [("Telephone", who.telephone), ("E-mail", who.email)]
        self.add_facts([fact for fact in facts if fact[1]])
        self.status = PickList("How far it is")
        self.status.set_picks([Pick(each.value, status_words(each)) for each in InterpreterStatus])
        if row.interpreter_status is not None:
            self.status.set_value(row.interpreter_status.value)
        self.content.addWidget(self.status)
        self.end_content()
        self.set_main("Save", self._save)
        self.start_with(self.status)

    def _save(self) -> None:
        if not self.status.value():
            self.refuse(Refused(Code.BAD_INPUT, "Choose how far it is.", "Its figure is enough."))
            return
        self.sent.emit(
            ProgressInterpreter(
                id=self.ids.id_for(("interpreter", self.status.value())),
                **self.hands.by(),
                appointment_id=self._row.id,
                status=InterpreterStatus(self.status.value()),
            )
        )
