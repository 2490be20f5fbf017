"""A door with a book besides the queue: appointments, rooms, interpreters and delays, enough to drive the desk.

It knows no rule of the book; rules are tested where they live. What the window relies on is here: rows and cards,
refusals by code, a check-in that becomes a visit, slots that are given out as they are set.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import MINUTE, Instant, from_datetime, local_date
from reception.domain import book as b
from reception.domain.about_now import AboutNow, InterpreterRow, OfficerRow, OfficerState, RoomRow
from reception.domain.booked import (
    DelayAnswer,
    InterpreterStatus,
    Kind,
    Mode,
    RoomFeature,
    RoomState,
    Standing,
)
from reception.domain.booking import Place, Slot
from reception.domain.desk_view import Awaited, DeskView, QueueRow, VisitCard
from reception.domain.duties import Duty, DutyKind
from reception.domain.languages import code_of
from reception.domain.office import Interpreter, Office, Room
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code
from reception.services import appointment_commands as ac
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.fake_door import OFFICE, TUESDAY, ZONE, FakeDoor, Visit, refuse

ROOMS = (
    Room("r1", "Room 1", frozenset({RoomFeature.PRIVATE})),
    Room("r2", "Room 2", frozenset({RoomFeature.PRIVATE, RoomFeature.STEP_FREE})),
    Room("r3", "Room 3", frozenset({RoomFeature.HEARING_LOOP}), seats=8),
)
INTERPRETERS = (
    Interpreter("maria", "Maria Szabó", frozenset({"bfi"})),
    Interpreter("asif", "Asif Khan", frozenset({"urd", "pan"}), frozenset({Mode.IN_PERSON, Mode.VIDEO})),
    Interpreter(
        "line",
        "Language line",
        frozenset({"pol", "urd", "ara", "ron", "som"}),
        frozenset({Mode.TELEPHONE}),
        is_line=True,
        telephone="0845 310 9900",
        code="4471",
    ),
)
BOOK_OFFICE = replace(OFFICE, rooms=ROOMS, interpreters=INTERPRETERS)


def at(hour: int, minute: int, days: int = 0) -> Instant:
    """A local time of the sample day, or so many days later."""
    return from_datetime(datetime(2026, 11, 24, hour, minute, tzinfo=ZoneInfo(ZONE)) + timedelta(days=days))


def slot(starts: Instant, officer: str = "li", room: str = "r3", interpreter: str = "") -> Slot:
    """A free time of 20 minutes."""
    names = {each.id: each.name for each in (*BOOK_OFFICE.staff, *ROOMS, *INTERPRETERS)}
    place = Place(starts, starts + 20 * MINUTE, officer, room, interpreter)
    return Slot(place, names.get(officer, ""), names.get(room, ""), names.get(interpreter, ""))


SLOTS = (slot(at(14, 30)), slot(at(9, 30, 1)), slot(at(11, 0, 2), "grace", "r2"))


class BookDoor(FakeDoor):
    """See the module."""

    def __init__(self, office: Office = BOOK_OFFICE) -> None:
        super().__init__(office)
        self.appointments: dict[str, b.AppointmentRow] = {}
        self.visitors: dict[str, Visitor] = {}
        self.elsewhere: dict[str, str] = {}
        """Appointments of another office: its name."""
        self.slots: tuple[Slot, ...] = SLOTS
        self.duties: tuple[Duty, ...] = ()
        self.officer_states: dict[str, tuple[OfficerState, Instant | None]] = {}
        self.room_states: dict[str, RoomState] = {}
        self.next_in_room: dict[str, Instant] = {}
        self.due_here: str = ""
        """The service of an appointment that is about to begin: call next is refused until it is confirmed."""
        self.in_room: dict[str, str] = {}
        """Visit to room."""
        self.interpreting: dict[str, tuple[str, str, bool]] = {}
        """Visit to language, interpreter, and whether the wait for one is over."""
        self.appointment_of: dict[str, str] = {}
        self.told: dict[str, Instant] = {}
        self.unpromised = False
        """Whether this office makes no promise for appointments."""

    # -- for tests -------------------------------------------------------------------------------------------

    def book(
        self,
        starts: Instant,
        service_id: str = "planning",
        officer_id: str = "li",
        name: str = "Samuel Adebayo",
        **changes: Any,
    ) -> b.AppointmentRow:
        """An appointment that stands in the book."""
        with self.lock:
            key = f"a{len(self.appointments) + 1}"
            visitor = changes.pop("visitor", Visitor(person=Person(name=name), telephone="01707 555 0142"))
            officer = self.office.officer(officer_id)
            room = self.office.room(changes.get("room_id", ""))
            interpreter = self.office.interpreter(changes.get("interpreter_id", ""))
            row = b.AppointmentRow(
                id=key,
                version=1,
                reference=f"AP-{len(self.appointments) + 1:08}",
                kind=Kind.OFFICE,
                standing=Standing.BOOKED,
                service_id=service_id,
                service=self.service_name(service_id),
                starts=starts,
                ends=starts + 20 * MINUTE,
                set_up=0,
                officer_id=officer_id,
                officer=officer.name if officer else "",
                room_id="",
                room=room.name if room else "",
                interpreter_id="",
                interpreter=interpreter.name if interpreter else "",
                interpreter_status=None,
                language="",
                name=name,
                needs=frozenset(),
                party_size=1,
                by_council=False,
                named_officer=False,
                wants_earlier=False,
                came_late=False,
            )
            self.appointments[key] = replace(row, **changes)
            self.visitors[key] = visitor
            self.sequence += 1
            return self.appointments[key]

    # -- questions -------------------------------------------------------------------------------------------

    def ask(self, query: q.Query) -> Any:
        self.gate.wait(30)
        with self.lock:
            if self.fail_ask is None:
                match query:
                    case aq.AboutNowOf():
                        self.asked.append(query)
                        return self.about()
                    case aq.Book():
                        return self.book_view(query)
                    case aq.Duties():
                        return self.duties
                    case aq.SlotsLike() | aq.FreeSlots():
                        self.asked.append(query)
                        wish = query.first_day if isinstance(query, aq.SlotsLike) else query.wish.first_day
                        first = wish or date.min
                        return tuple(s for s in self.slots if local_date(s.place.starts, self.office.zone) >= first)[
                            : query.count
                        ]
                    case aq.OneAppointment():
                        return self.appointment_card(query.appointment_id)
                    case aq.AppointmentByCode():
                        found = [row for row in self.appointments.values() if row.reference == query.code]
                        return self.appointment_card(found[0].id) if found else None
                    case aq.FindAppointments():
                        return tuple(row for row in self.appointments.values() if self._is_found(row, query.text))
                    case aq.RoomsFor():
                        return tuple(self.room_row(room, query.visit_id) for room in self.office.rooms)
            return super().ask(query)

    def book_view(self, query: aq.Book) -> b.BookView:
        days = {query.first + timedelta(days=later) for later in range(query.days)}
        rows = [row for row in self.appointments.values() if local_date(row.starts, self.office.zone) in days]
        inside = tuple(sorted(map(self._as_it_is, rows), key=lambda row: row.starts))
        now = self.clock.now()
        return b.BookView(now, self.sequence, self.office, query.first, query.days, inside, (), (), frozenset(), 0)

    def _is_found(self, row: b.AppointmentRow, text: str) -> bool:
        visitor = self.visitors[row.id]
        born = f"{visitor.born:%d %m %Y}" if visitor.born else ""
        return text.casefold() in f"{row.name} {row.reference} {visitor.telephone} {born}".casefold()

    def appointment_card(self, appointment_id: str) -> b.AppointmentCard:
        row = self.appointments[appointment_id]
        return b.AppointmentCard(
            row=row,
            visitor=self.visitors[appointment_id],
            about="",
            home=HomeVisit(),
            features=frozenset(),
            seats=1,
            booked_at=TUESDAY,
            booked_by="",
            reason="",
            told=(),
            letters=(),
            here=appointment_id not in self.elsewhere,
            office_name=self.elsewhere.get(appointment_id, self.office.name),
        )

    def about(self) -> AboutNow:
        now = self.clock.now()
        today = local_date(now, self.office.zone)
        rows = [row for row in self.appointments.values() if local_date(row.starts, self.office.zone) == today]
        return AboutNow(
            now=now,
            sequence=self.sequence,
            appointments=tuple(sorted(map(self._as_it_is, rows), key=lambda row: row.starts)),
            rooms=tuple(self.room_row(room) for room in self.office.rooms),
            interpreters=tuple(self.interpreter_row(each) for each in self.office.interpreters),
            officers=tuple(self.officer_row(each.id) for each in self.office.staff),
            holds=(),
        )

    def _as_it_is(self, row: b.AppointmentRow) -> b.AppointmentRow:
        visit = self.visits.get(row.visit_id)
        if visit is None:
            return row
        return replace(row, visit_state=visit.state, seen_at=visit.started_at)

    def room_row(self, room: Room, visit_id: str = "") -> RoomRow:
        inside = next((key for key, where in self.in_room.items() if where == room.id), "")
        state = self.room_states.get(room.id, room.state)
        wants = (
            {RoomFeature(n.value) for n in self.visits[visit_id].person.needs if n in _ROOM_NEEDS}
            if visit_id
            else set()
        )
        fits = wants <= room.features and not inside and state is RoomState.IN_USE
        fitting = [
            each.id
            for each in self.office.rooms
            if wants <= each.features
            and each.id not in self.in_room.values()
            and self.room_states.get(each.id, each.state) is RoomState.IN_USE
        ]
        return RoomRow(
            id=room.id,
            name=room.name,
            features=room.features,
            seats=room.seats,
            state=state,
            visit_id=inside,
            number=self.visits[inside].number if inside else "",
            since=self.clock.now() - 11 * MINUTE if inside else None,
            next_at=self.next_in_room.get(room.id),
            fits=fits,
            suggested=bool(visit_id) and fitting[:1] == [room.id],
        )

    def interpreter_row(self, each: Interpreter) -> InterpreterRow:
        booked = [row for row in self.appointments.values() if row.interpreter_id == each.id]
        due = [row for row in booked if row.starts > self.clock.now()]
        busy = [key for key, (_, who, _) in self.interpreting.items() if who == each.id and not each.is_line]
        return InterpreterRow(
            id=each.id,
            name=each.name,
            languages=each.languages,
            modes=each.modes,
            is_line=each.is_line,
            telephone=each.telephone,
            code=each.code,
            with_number=self.visits[busy[0]].number if busy else "",
            free_until=due[0].starts if due and not each.is_line else None,
            works_now=True,
        )

    def officer_row(self, officer_id: str) -> OfficerRow:
        officer = self.office.officer(officer_id)
        assert officer is not None
        state, until = self.officer_states.get(officer_id, (OfficerState.IN, None))
        places = {who: self.office.counter(at) for at, (who, _) in self.signed_in.items()}
        counter = places.get(officer_id)
        place = counter.name if counter else ""
        return OfficerRow(officer.id, officer.name, officer.title, state, place, officer.telephone, until, None)

    def view(self, query: q.Desk) -> DeskView:
        view = super().view(query)
        ready = [row for row in view.queue if row.mine and not row.waits_for_interpreter]
        awaited = Awaited(self.due_here, TUESDAY + 3 * MINUTE) if self.due_here and ready else None
        return replace(view, next_for_me=ready[0].visit_id if ready and view.officer_id else None, awaited=awaited)

    def row(self, visit: Visit, now: Instant, officer_id: str) -> QueueRow:
        room = self.office.room(self.in_room.get(visit.id, ""))
        appointment = self.appointments.get(self.appointment_of.get(visit.id, ""))
        return replace(
            super().row(visit, now, officer_id),
            room=room.name if room else "",
            waits_for_interpreter=not self.interpreting.get(visit.id, ("", "", True))[2],
            appointment_id=appointment.id if appointment else "",
            booked_for=appointment.starts if appointment else None,
            told_at=self.told.get(visit.id),
        )

    def card(self, visit: Visit) -> VisitCard:
        room = self.office.room(self.in_room.get(visit.id, ""))
        language, interpreter_id, is_over = self.interpreting.get(visit.id, ("", "", True))
        interpreter = self.office.interpreter(interpreter_id)
        return replace(
            super().card(visit),
            appointment_id=self.appointment_of.get(visit.id, ""),
            named_officer_id=visit.named_officer_id,
            room_id=room.id if room else "",
            room=room.name if room else "",
            interpreting=language,
            interpreter=interpreter.name if interpreter else "",
            waits_for_interpreter=not is_over,
            told_at=self.told.get(visit.id),
        )

    # -- commands --------------------------------------------------------------------------------------------

    def do_CallNext(self, command: c.CallNext) -> c.Result:
        if self.due_here and not command.confirmed:
            raise refuse(self._is_due(), "Call the next anyway, or wait.", Code.DUE_WITH_YOU)
        return super().do_CallNext(command)

    def do_FinishAndCallNext(self, command: c.FinishAndCallNext) -> c.Result:
        if not self.due_here:
            return super().do_FinishAndCallNext(command)
        visit = self._in(command.visit_id, State.SERVING)
        self._end(visit, End.RESOLVED)
        return self._result(command, finished_number=visit.number, awaited=f"{self._is_due()} Call the next or wait.")

    def _is_due(self) -> str:
        return f"{self.due_here} at 10.45am is due with you."

    def _named(self, command: c.Command, row: b.AppointmentRow, **more: Any) -> c.Result:
        return self._result(command, appointment_id=row.id, reference=row.reference, **more)

    def _change(self, appointment_id: str, **changes: Any) -> b.AppointmentRow:
        row = self.appointments[appointment_id]
        self.appointments[appointment_id] = replace(row, version=row.version + 1, **changes)
        return self.appointments[appointment_id]

    def do_CheckIn(self, command: ac.CheckIn) -> c.Result:
        row = self.appointments[command.appointment_id]
        now = self.clock.now()
        if command.appointment_id in self.elsewhere:
            other = self.elsewhere[command.appointment_id]
            raise refuse(f"This appointment is at {other}.", f"Send the visitor to {other}.", Code.OTHER_OFFICE)
        if local_date(row.starts, self.office.zone) != local_date(now, self.office.zone):
            raise refuse("This appointment is on another day.", "Offer another time.", Code.OTHER_DAY)
        if row.standing is Standing.CHECKED_IN:
            raise refuse(f"It is checked in as {row.number}.", "Open it.", Code.ALREADY_CHECKED_IN)
        if row.standing is Standing.CANCELLED:
            raise refuse("This appointment was cancelled.", "Give a ticket.", Code.CANCELLED_APPOINTMENT)
        visit = self.arrive(row.service_id)
        visit.person = self.visitors[row.id].person
        visit.named_officer_id = row.officer_id if row.named_officer else ""
        visit.since = max(now, row.starts)
        self.appointment_of[visit.id] = row.id
        self._change(row.id, standing=Standing.CHECKED_IN, visit_id=visit.id, number=visit.number, checked_in_at=now)
        more = {"appointment_id": row.id, "reference": row.reference, "unpromised": self.unpromised}
        return self._result(command, visit, **more)

    def do_DidNotAttend(self, command: ac.DidNotAttend) -> c.Result:
        return self._named(command, self._change(command.appointment_id, standing=Standing.DID_NOT_ATTEND))

    def do_Attended(self, command: ac.Attended) -> c.Result:
        return self._named(command, self._change(command.appointment_id, standing=Standing.ATTENDED))

    def do_BookAppointment(self, command: ac.BookAppointment) -> c.Result:
        self._take(command.place)
        row = self.book(
            command.place.starts,
            command.service_id,
            command.place.officer_id,
            command.visitor.person.name,
            room_id=command.place.room_id,
            language=command.language,
            visitor=command.visitor,
        )
        if command.visit_id:
            self._end(self.visit(command.visit_id), End.BOOKED)
        return self._named(command, row)

    def do_MoveAppointment(self, command: ac.MoveAppointment) -> c.Result:
        row = self.appointments[command.appointment_id]
        if row.version != command.version:
            raise refuse("It was changed at another desk.", "Look again.", Code.ALREADY_TAKEN)
        self._take(command.place)
        place = command.place
        row = self._change(row.id, starts=place.starts, ends=place.ends, standing=Standing.BOOKED, moved=row.moved + 1)
        if command.visit_id:
            self._end(self.visit(command.visit_id), End.BOOKED)
        return self._named(command, row)

    def _take(self, place: Place) -> None:
        taken = [each for each in self.slots if each.place == place]
        if not taken:
            raise refuse("Somebody else has taken this time.", "Choose another.", Code.SLOT_TAKEN)
        self.slots = tuple(each for each in self.slots if each.place != place)

    def do_AssignRoom(self, command: ac.AssignRoom) -> c.Result:
        if command.room_id in self.in_room.values():
            raise refuse("That room is occupied.", "Choose another.", Code.ROOM_TAKEN)
        self.in_room[command.visit_id] = command.room_id
        return self._result(command, self.visit(command.visit_id))

    def do_FreeRoom(self, command: ac.FreeRoom) -> c.Result:
        self.in_room.pop(command.visit_id, None)
        return self._result(command, self.visit(command.visit_id))

    def do_SetRoomState(self, command: ac.SetRoomState) -> c.Result:
        self.room_states[command.room_id] = command.state
        return self._result(command)

    def do_RequestInterpreter(self, command: ac.RequestInterpreter) -> c.Result:
        self.interpreting[command.visit_id] = (command.language, command.interpreter_id, False)
        return self._result(command, self.visit(command.visit_id))

    def _interpreted(self, command: c.OnVisit) -> c.Result:
        language, who, _ = self.interpreting[command.visit_id]
        self.interpreting[command.visit_id] = (language, who, True)
        return self._result(command, self.visit(command.visit_id))

    def do_InterpreterHere(self, command: ac.InterpreterHere) -> c.Result:
        return self._interpreted(command)

    def do_CallWithoutInterpreter(self, command: ac.CallWithoutInterpreter) -> c.Result:
        return self._interpreted(command)

    def do_TellOfDelay(self, command: ac.TellOfDelay) -> c.Result:
        self.duties = tuple(
            each
            for each in self.duties
            if (each.visit_id or each.appointment_id) != (command.visit_id or command.appointment_id)
        )
        if not command.visit_id:
            return self._named(command, self.appointments[command.appointment_id])
        visit = self.visit(command.visit_id)
        self.told[visit.id] = self.clock.now()
        if command.answer is DelayAnswer.LEAVES:
            self._end(visit, End.LEFT)
        return self._result(command, visit)

    def do_AnnounceDelay(self, command: ac.AnnounceDelay) -> c.Result:
        return self._result(command)

    def duty(self, visit: Visit, minutes: int = 20, **changes: Any) -> Duty:
        """That a waiting visitor is to be told."""
        now = self.clock.now()
        plain = Duty(
            kind=DutyKind.WAITING,
            visit_id=visit.id,
            appointment_id="",
            number=visit.number,
            name=visit.person.name,
            service=self.service_name(visit.service_id),
            is_lost=False,
            promised_at=visit.since + 15 * MINUTE,
            expected_at=now + minutes * MINUTE,
            telephone="",
            leave_no_message=False,
            last_told_at=None,
            since=now,
        )
        return replace(plain, **changes)


_ROOM_NEEDS = frozenset({Need.PRIVATE, Need.STEP_FREE, Need.HEARING_LOOP})


def full_book() -> BookDoor:
    """A working day: the picture's appointments, one who is here, one who is not, rooms in every state, a duty."""
    door = BookDoor()
    door.arrive("ctax", 13.5, name="Joan Whitfield", needs=frozenset({Need.LARGE_PRINT}))
    door.arrive("housing", 17, name="Rosa Ferri")
    door.arrive("benefits", 7, needs=frozenset({Need.PRIVATE}), spoken="pl", name="Olena Bondar")
    urdu = door.arrive("planning", 5, needs=frozenset({Need.INTERPRETER}), spoken="ur", name="Nasreen Begum")
    door.interpreting[urdu.id] = (code_of("ur"), "asif", False)
    for number, counter, officer in (("C002", "c1", "ewan"), ("H002", "c2", "grace")):
        visit = door.arrive("ctax" if number[0] == "C" else "housing", 20)
        assert visit.number == number
        visit.state, visit.counter_id, visit.officer_id = State.SERVING, counter, officer
        visit.called_at = visit.started_at = TUESDAY - 6 * MINUTE
        visit.first_wait = 10 * MINUTE
        door.sign_in(counter, officer, "Desk elsewhere")
    held = door.arrive("parking", 25)
    held.state, held.held_at = State.ON_HOLD, TUESDAY - 10 * MINUTE
    seen = door.book(at(9, 30), "ctax", "ewan", "Joan White", room_id="r1")
    door._change(seen.id, standing=Standing.CHECKED_IN, visit_id="v5", number="C002", checked_in_at=at(9, 25))
    door.book(at(9, 45), "parking", "ewan", "Luca Ferri", standing=Standing.DID_NOT_ATTEND)
    door.book(at(10, 30), "planning", "li", "Peter Agyeman", room_id="r3")
    here = door.book(at(10, 40), "housing", "grace", "陈美玲", room_id="r2", named_officer=True)
    door.do_CheckIn(ac.CheckIn(office_id="civic", appointment_id=here.id))
    door._change(here.id, checked_in_at=at(10, 34))
    door.book(
        at(11, 0),
        "planning",
        "li",
        "Samuel Adebayo",
        room_id="r3",
        interpreter_id="maria",
        language="bfi",
        interpreter_status=InterpreterStatus.CONFIRMED,
    )
    door.book(at(11, 15), "benefits", "tomasz", "Nasreen Begum", room_id="r1", interpreter_id="line", language="urd")
    door.book(at(11, 30), "ctax", "ewan", "Ffion Rhys", kind=Kind.TELEPHONE)
    door.book(at(10, 0, 7), "planning", "li", "Wilhelmina Adebayo-Clarke")
    door.in_room["v6"] = "r2"
    door.next_in_room = {"r1": at(11, 15), "r3": at(10, 50)}
    door.room_states["r1"] = RoomState.CLEANING
    door.officer_states = {
        "li": (OfficerState.AWAY, at(14, 0)),
        "grace": (OfficerState.WITH_SOMEONE, at(10, 55)),
        "ewan": (OfficerState.WITH_SOMEONE, None),
    }
    return door
