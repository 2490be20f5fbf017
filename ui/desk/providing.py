"""What a visit may be given beside a counter: a room, an interpreter, an appointment instead of the wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from reception.clock import local_date
from reception.domain.about_now import AboutNow, RoomRow
from reception.domain.book import AppointmentCard
from reception.domain.booking import Slot, Wish
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.duties import Duty, DutyKind
from reception.domain.person import Person
from reception.services import appointment_queries as q
from reception.services.queries import OneVisit
from ui.desk import rebooking
from ui.desk.errands import Errands, Sought, booking, moving
from ui.desk.interpreter_panel import InterpreterPanel
from ui.desk.key_table import Act
from ui.desk.panel_stack import PanelStack
from ui.desk.room_panel import RoomPanel
from ui.desk.said import Said, said_no
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.tell_panel import nearest_minutes
from ui.desk.visits import OpenPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.link import Link
from ui.panels.another_time import AnotherTimePanel, Booking, Telling
from ui.refused import Refused

CHOOSE_A_VISIT = Said("Choose a visit first.", "One in the queue, or call the next one.")


class Providing(QObject):
    """See the module. Each question opens with the visit as it stands now."""

    in_book_wanted = Signal(str)
    """The appointment whose time is to be looked for in the book, by eye; empty for none in particular."""
    person_in_book_wanted = Signal(object)
    """A time for a :class:`Sought` is to be looked for in the book."""

    def __init__(
        self, link: Link, state: DeskState, stack: PanelStack, speaker: Speaker, open_panel: OpenPanel
    ) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._open_panel = open_panel
        self._about: AboutNow | None = None
        self._errands = Errands(link, stack)

    def show_about(self, about: AboutNow) -> None:
        self._about = about
        for panel in self._stack.panels():
            if isinstance(panel, InterpreterPanel):
                panel.show_interpreters(about.interpreters)

    @property
    def rooms(self) -> tuple[RoomRow, ...]:
        """As they were last read."""
        return self._about.rooms if self._about is not None else ()

    def do(self, act: str, visit_id: str) -> None:
        """F11, F12 or Ctrl B of a visit; empty for none."""
        view = self._state.view
        if view is None:
            return
        if visit_id:
            over = self._stack.top() is not None
            self._with_card(visit_id, lambda card: self._open_for(Act(act), card, over=over))
        elif act == Act.ROOM:
            self._open_rooms(None, over=False)
        else:
            self._speaker.say(CHOOSE_A_VISIT)

    def _with_card(self, visit_id: str, then: Callable[[VisitCard], None]) -> None:
        view = self._state.view
        if view is not None and view.present is not None and view.present.visit_id == visit_id:
            then(view.present)
        else:
            self._link.ask(OneVisit(visit_id), then, self._say_no)

    def _open_for(self, act: Act, card: VisitCard, *, over: bool) -> None:
        match act:
            case Act.ROOM:
                self._open_rooms(card, over=over)
            case Act.INTERPRETER:
                self._open_interpreter(card, over=over)
            case _:
                self.another_time_of(card, over=over)

    # -- rooms and interpreters --------------------------------------------------------------------------------

    def _open_rooms(self, card: VisitCard | None, *, over: bool) -> None:
        view = self._state.view
        if view is None:
            return
        panel = RoomPanel(card, view, self._state.by())

        def came(rooms: tuple[RoomRow, ...]) -> None:
            if self._stack.holds(panel):
                panel.show_rooms(rooms)

        def came_not(no: Refused) -> None:
            if self._stack.holds(panel):
                panel.show_unknown(no)

        def ask() -> None:
            if card is not None:
                self._link.ask(q.RoomsFor(card.visit_id), came, came_not)
            else:
                self._link.ask(q.AboutNowOf(view.office.id), lambda about: came(about.rooms), came_not)

        panel.wants_rooms.connect(ask)
        self._open_panel(panel, over)
        ask()

    def _open_interpreter(self, card: VisitCard, *, over: bool) -> None:
        view = self._state.view
        if view is None:
            return
        interpreters = self._about.interpreters if self._about is not None else ()
        panel = InterpreterPanel(card, view, self._state.by(), interpreters)
        panel.later_wanted.connect(lambda language: self.another_time_of(card, over=True, language=language))
        self._open_panel(panel, over)

    # -- another time ------------------------------------------------------------------------------------------

    def another_time_of(
        self, card: VisitCard, *, over: bool = False, duty: Duty | None = None, language: str = ""
    ) -> None:
        """A visit that waits: its appointment is moved, or the walk-in becomes one, with this language interpreted."""
        view, by = self._state.view, self._state.by()
        if view is None:
            return
        telling = self._telling(duty) if duty is not None else None

        def move(appointment: AppointmentCard) -> None:
            command = rebooking.move_booking(appointment, by, card.visit_id)
            note = appointment.row.service
            panel = rebooking.another_time(card.number, note, view, command, moves=True, telling=telling)
            panel.book_wanted.connect(lambda: self.in_book_wanted.emit(appointment.row.id))
            self._errands.begin(panel, moving(appointment.row.id))
            self._offer(panel, self._slots_like(appointment_id=appointment.row.id), over)

        if card.appointment_id:
            self._link.ask(q.OneAppointment(card.appointment_id), move, self._say_no)
            return
        command = rebooking.walk_in_booking(card, by, language)
        panel = rebooking.another_time(card.number, card.service, view, command, moves=False, telling=telling)
        wanted = language or rebooking.language_of(card)
        sought = Sought(card.visit_id, card.service_id, card.named_officer_id, card.person, wanted, card.party_size)
        panel.book_wanted.connect(lambda: self.person_in_book_wanted.emit(sought))
        self._errands.begin(panel, booking(sought))
        if language and language != rebooking.language_of(card):
            wish = rebooking.wish_with(card, language, _today(view))
            self._offer(panel, q.FreeSlots(view.office.id, wish), over)
        else:
            self._offer(panel, self._slots_like(visit_id=card.visit_id), over)

    def another_time_of_appointment(self, appointment_id: str, duty: Duty | None = None) -> None:
        """An appointment whose visitor is not here, or came on the wrong day."""
        view, by = self._state.view, self._state.by()
        if view is None:
            return
        over = self._stack.top() is not None
        telling = self._telling(duty) if duty is not None else None

        def came(card: AppointmentCard) -> None:
            command = rebooking.move_booking(card, by)
            panel = rebooking.another_time(
                card.row.reference, card.row.service, view, command, moves=True, telling=telling
            )
            panel.book_wanted.connect(lambda: self.in_book_wanted.emit(appointment_id))
            self._errands.begin(panel, moving(appointment_id))
            self._offer(panel, self._slots_like(appointment_id=appointment_id), over)

        self._link.ask(q.OneAppointment(appointment_id), came, self._say_no)

    def instead_of_delay(self, duty: Duty, *, tell: bool) -> None:
        """The visitor that a duty is about takes another time; `tell`: and is told of the delay by it."""
        told = duty if tell else None
        if duty.visit_id:
            self._with_card(duty.visit_id, lambda card: self.another_time_of(card, duty=told))
        else:
            self.another_time_of_appointment(duty.appointment_id, told)

    def time_with(self, service_id: str, officer_id: str, person: Person, party_size: int) -> None:
        """A time for somebody who is here without a ticket, with the officer who can't be had now."""
        view = self._state.view
        if view is None:
            return
        by, named = self._state.by(), bool(officer_id)
        command = rebooking.person_booking(service_id, person, party_size, by, named=named)

        def naming(typed: str) -> Booking:
            return rebooking.person_booking(service_id, replace(person, name=typed), party_size, by, named=named)

        officer = view.office.officer(officer_id)
        service = view.office.service(service_id)
        name = officer.name if officer is not None else "Walk-in"
        panel = rebooking.another_time(
            name,
            service.name if service else "",
            view,
            command,
            moves=False,
            naming=None if person.name.strip() else naming,
        )
        wish = Wish(
            service_id=service_id,
            first_day=_today(view),
            officer_id=officer_id,
            features=rebooking.features_for(person),
            language=rebooking.language_for(person),
        )
        sought = Sought("", service_id, officer_id, person, rebooking.language_for(person), party_size)
        panel.book_wanted.connect(lambda: self.person_in_book_wanted.emit(sought))
        self._errands.begin(panel, booking(sought), self._stack.top())
        self._offer(panel, q.FreeSlots(view.office.id, wish), True)

    def free_time(self, wish: Wish, panel: WalkInPanel) -> None:
        """When the officer of a wish has time next, for a panel that says so."""
        view = self._state.view
        if view is None:
            return

        def came(slots: tuple[Slot, ...]) -> None:
            if self._stack.holds(panel):
                panel.show_free_time(wish, slots[0].place.starts if slots else None)

        self._link.ask_beside(q.FreeSlots(view.office.id, wish, 1), came)

    def _telling(self, duty: Duty) -> Telling:
        return rebooking.telling_of(
            self._state.by(),
            nearest_minutes(duty.expected_at - self._state.now()),
            visit_id=duty.visit_id,
            appointment_id="" if duty.visit_id else duty.appointment_id,
            by_telephone=duty.kind is DutyKind.TELEPHONE,
        )

    def _slots_like(self, *, visit_id: str = "", appointment_id: str = "") -> q.SlotsLike:
        view = self._state.view
        return q.SlotsLike(view.office.id if view is not None else "", appointment_id, visit_id)

    def _offer(self, panel: AnotherTimePanel, question: q.SlotsLike | q.FreeSlots, over: bool) -> None:
        def came(slots: tuple[Slot, ...]) -> None:
            if self._stack.holds(panel):
                panel.show_slots(slots)

        def came_not(no: Refused) -> None:
            if self._stack.holds(panel):
                panel.show_unknown(no)

        def ask() -> None:
            day = panel.first_day
            if day is None:
                asked = question
            elif isinstance(question, q.FreeSlots):
                asked = replace(question, wish=replace(question.wish, first_day=day))
            else:
                asked = replace(question, first_day=day)
            self._link.ask_beside(
                asked,
                lambda slots: came(slots) if panel.first_day == day else None,
                lambda no: came_not(no) if panel.first_day == day else None,
            )

        panel.wants_slots.connect(ask)
        self._open_panel(panel, over)
        ask()

    def slots_for(
        self, duty: Duty, came: Callable[[tuple[Slot, ...]], None], came_not: Callable[[Refused], None]
    ) -> None:
        """The nearest times that can be offered to whom a duty is about."""
        question = self._slots_like(visit_id=duty.visit_id, appointment_id="" if duty.visit_id else duty.appointment_id)
        self._link.ask_beside(question, came, came_not)

    def _say_no(self, no: Refused) -> None:
        self._speaker.say(said_no(no))


def _today(view: DeskView) -> date:
    return local_date(view.now, view.office.zone)
