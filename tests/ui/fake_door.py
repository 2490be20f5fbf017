"""A door with an office in memory: enough of a queue to drive the desk's window in tests.

It knows no fine rule (who is next is who came first); rules are tested where they live. What the window relies on is
here: states, refusals, stored results for repeated ids, undo, and a database or printer that fails when told to.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import MINUTE, Clock, Instant, SetClock, from_datetime
from reception.domain.about_now import AboutNow
from reception.domain.desk_view import Aside, CounterRow, DeskView, QueueRow, Undoable, VisitCard
from reception.domain.evacuation import EvacuationList
from reception.domain.office import Counter, Hours, Office, Officer, Role, Service
from reception.domain.person import Person
from reception.domain.stations import Beat, Contact
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.fake_feed import FakeFeed

ZONE = "Europe/London"
TARGET = 15 * MINUTE
GUARD = 22 * MINUTE + 30_000
USUAL_CALL_TO_START = MINUTE
PIN = "2580"
PIN_TRIES = 5
UNDO_FOR = 5 * MINUTE
GATE_S = 30
"""So long a door that is shut keeps whoever asks waiting."""

OFFICE = Office(
    id="civic",
    name="Civic Offices",
    council="Hertsmere Borough Council",
    timezone=ZONE,
    place="Ground floor, by the screen",
    telephone="020 8207 2277",
    hours=tuple(Hours(day, time(9), time(17, 15) if day < 4 else time(17)) for day in range(5)),
    services=(
        Service("ctax", "Council Tax", "C"),
        Service("housing", "Housing", "H", specialist=True),
        Service("benefits", "Benefits", "B"),
        Service("planning", "Planning", "P"),
        Service("parking", "Parking", "K"),
        Service("police", "Police front counter", "L", partner="Hertfordshire Constabulary"),
    ),
    counters=(Counter("c1", "Counter 1"), Counter("c2", "Counter 2"), Counter("c3", "Counter 3")),
    staff=(
        Officer("priya", "Priya Nair", Role.RECEPTIONIST, telephone="020 8207 2200", email="priya.nair@example.org"),
        Officer("ewan", "Ewan Pritchard", Role.OFFICER, telephone="020 8207 2201", email="ewan.pritchard@example.org"),
        Officer("grace", "Grace Okafor", Role.OFFICER, telephone="020 8207 2202", email="grace.okafor@example.org"),
        Officer("tomasz", "Tomasz Zieliński", Role.OFFICER, telephone="020 8207 2203", email="tomasz@example.org"),
        Officer("li", "Li Wei", Role.SUPERVISOR, telephone="020 8207 2204", email="li.wei@example.org"),
    ),
)
TUESDAY = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=ZoneInfo(ZONE)))


@dataclass
class Visit:
    """One visit as the fake keeps it."""

    id: str
    number: str
    service_id: str
    person: Person
    party_size: int
    arrived_at: Instant
    since: Instant
    code: str = ""
    leg: int = 1
    state: State = State.WAITING
    end: End | None = None
    called_at: Instant | None = None
    calls: int = 0
    started_at: Instant | None = None
    first_wait: int | None = None
    held_at: Instant | None = None
    own_request: bool = False
    held_from_service: bool = False
    stepped_out: int = 0
    ended_at: Instant | None = None
    counter_id: str = ""
    officer_id: str = ""
    named_officer_id: str = ""
    specialist: bool = False
    see_first: bool = False
    see_first_reason: str = ""
    marked_by: str = ""
    then_services: tuple[str, ...] = ()
    due: date | None = None
    owner_id: str = ""
    done_at: Instant | None = None
    voided: bool = False
    reinstated: bool = False
    linked: set[str] = field(default_factory=set)


def refuse(reason: str, remedy: str = "", code: Code = Code.NOT_POSSIBLE_NOW) -> Refusal:
    return Refusal(code, reason, remedy)


class FakeDoor:
    """See the module. Everything is guarded by one lock, as two threads of the link use it."""

    def __init__(self, office: Office = OFFICE, clock: Clock | None = None) -> None:
        self.office = office
        self.clock = clock or SetClock(TUESDAY)
        self.lock = threading.RLock()
        self.visits: dict[str, Visit] = {}
        self.signed_in: dict[str, tuple[str, str]] = {}
        """Counter to (officer, station)."""
        self.results: dict[str, c.Result] = {}
        self.done: list[c.Command] = []
        """Every command that was carried out, once each."""
        self.sequence = 0
        self.undo: dict[str, tuple[Undoable, dict[str, Visit]]] = {}
        self.wrong_pins: dict[str, int] = {}
        self.evacuated_at: Instant | None = None
        self.clock_went_back = 0
        self.order_valid_for: int | None = None
        self.print_jobs: dict[str, str] = {}
        self.printed: list[str] = []
        self.unprinted: list[str] = []
        self.evacuations: list[EvacuationList] = []
        self.asked: list[q.Query] = []
        self.closed = False
        # what is to go wrong
        self.fail_do: list[Exception] = []
        self.fail_ask: Exception | None = None
        self.fail_print: Exception | None = None
        self.lose_reply = False
        self.gate = threading.Event()
        """Cleared: the database takes its time."""
        self.gate.set()
        self.gate_is_loss = False
        """Whether a database that takes its time is out of reach."""
        self.hung_up = self.signed_out = 0
        self.print_gate = threading.Event()
        self.print_gate.set()

    # -- the door --------------------------------------------------------------------------------------------

    def do(self, command: c.Command) -> c.Result:
        self.gate.wait(GATE_S)
        with self.lock:
            if self.fail_do:
                raise self.fail_do.pop(0)
            if command.id in self.results:
                return replace(self.results[command.id], already_done=True)
            handler: Callable[[Any], c.Result] = getattr(self, "do_" + type(command).__name__)
            before = {key: dataclasses.replace(visit, linked=set(visit.linked)) for key, visit in self.visits.items()}
            result = handler(command)
            self.sequence += 1
            self.results[command.id] = result
            self.done.append(command)
            self._remember_undo(command, result, before)
            if self.lose_reply:
                self.lose_reply = False
                raise refuse("The database can't be reached.", "Try again.", Code.DATABASE_UNREACHABLE)
            return result

    def ask(self, query: q.Query) -> Any:
        self.gate.wait(GATE_S)
        with self.lock:
            self.asked.append(query)
            if self.fail_ask is not None:
                raise self.fail_ask
            match query:
                case q.Desk():
                    return self.view(query)
                case q.OneVisit():
                    return self.card(self.visit(query.visit_id))
                case q.SeeFirstReason():
                    return self.see_first_reason(query)
                case q.VisitByCode():
                    found = [visit for visit in self.visits.values() if visit.code == query.code]
                    return self.card(found[0]) if found else None
                case q.Search():
                    text = query.text.casefold()
                    found = [v for v in self.visits.values() if text in (v.number + " " + v.person.name).casefold()]
                    return tuple(self.card(visit) for visit in reversed(found))[:50]
                case q.Offices():
                    return (self.office,)
                case q.WorkingDays():
                    days = (query.start + timedelta(days=later) for later in range(1, 2 * query.count))
                    return tuple(day for day in days if day.weekday() < 5)[: query.count]
                case aq.AboutNowOf():
                    return AboutNow(self.clock.now(), self.sequence, (), (), (), (), ())
                case aq.Duties():
                    return ()
            raise AssertionError(f"the fake door knows no {type(query).__name__}")

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> FakeFeed:
        return FakeFeed(self._look, on_beat, on_contact)

    def _look(self) -> tuple[int, Instant] | None:
        if isinstance(self.fail_ask, Refusal) and self.fail_ask.code is Code.DATABASE_UNREACHABLE:
            raise self.fail_ask
        return (self.sequence, self.clock.now()) if self.gate.is_set() or not self.gate_is_loss else None

    def hang_up(self) -> None:
        self.hung_up += 1

    def sign_out_supervisor(self) -> None:
        self.signed_out += 1

    def print_job(self, job_id: str) -> None:
        self.print_gate.wait(GATE_S)
        number = self.print_jobs[job_id]
        if self.fail_print is not None:
            if number not in self.unprinted:
                self.unprinted.append(number)
            raise self.fail_print
        if number in self.unprinted:
            self.unprinted.remove(number)
        self.printed.append(number)

    def print_evacuation(self, evacuation: EvacuationList) -> None:
        if self.fail_print is not None:
            raise self.fail_print
        self.evacuations.append(evacuation)

    def close(self) -> None:
        self.closed = True

    # -- for tests -------------------------------------------------------------------------------------------

    def arrive(
        self, service_id: str = "ctax", minutes_ago: float = 0, *, code: str = "", at: Instant = 0, **person: Any
    ) -> Visit:
        """A visit that came earlier, from another window."""
        with self.lock:
            arrived = at or self.clock.now() - int(minutes_ago * MINUTE)
            letter = self.office.service(service_id).letter  # type: ignore[union-attr]
            count = sum(visit.number.startswith(letter) for visit in self.visits.values()) + 1
            key = f"v{len(self.visits) + 1}"
            visit = Visit(key, f"{letter}{count:03}", service_id, Person(**person), 1, arrived, arrived)
            visit.code = code or f"RC-{len(self.visits) + 1:010}"
            self.visits[key] = visit
            self.sequence += 1
            return visit

    def sign_in(self, counter_id: str = "c3", officer_id: str = "priya", station: str = "Desk 3") -> None:
        self.signed_in[counter_id] = (officer_id, station)
        self.sequence += 1

    def by_number(self, number: str) -> Visit:
        return next(visit for visit in self.visits.values() if visit.number == number)

    # -- views -----------------------------------------------------------------------------------------------

    def visit(self, visit_id: str) -> Visit:
        if visit_id not in self.visits:
            raise refuse("There is no such visit.", "Search for its number.", Code.UNKNOWN_VISIT)
        return self.visits[visit_id]

    def waiting(self) -> list[Visit]:
        now = self.clock.now()
        usual = USUAL_CALL_TO_START

        def place(visit: Visit) -> tuple[int, int]:
            over = now + usual > visit.since + visit.stepped_out + TARGET
            return (0 if visit.see_first else 2 if over else 1), visit.since

        return sorted((visit for visit in self.visits.values() if visit.state is State.WAITING), key=place)

    def view(self, query: q.Desk) -> DeskView:
        now = self.clock.now()
        officer_id, _ = self.signed_in.get(query.counter_id, ("", ""))
        officer = self.office.officer(officer_id)
        counter = self.office.counter(query.counter_id)
        waiting = self.waiting()
        rows = tuple(self.row(visit, now, officer_id) for visit in waiting)
        past = next((i for i, row in enumerate(rows) if row.why is Why.PAST_PROMISE), None)
        mine = [row.visit_id for row in rows if row.mine]
        seen = [visit for visit in self.visits.values() if visit.first_wait is not None]
        undoable = self.undo.get(query.counter_id, (None, {}))[0]
        return DeskView(
            now=now,
            sequence=self.sequence,
            office=self.office,
            counter_id=query.counter_id,
            counter_name=counter.name if counter else "",
            officer_id=officer_id,
            officer_name=officer.name if officer else "",
            role=officer.role if officer else None,
            queue=rows,
            order_valid_until=now + self.order_valid_for if self.order_valid_for else None,
            first_past_promise=past,
            next_for_me=mine[0] if mine and officer_id else None,
            present=self.card(present) if (present := self.at_counter(query.counter_id)) else None,
            counters=tuple(self.counter_row(counter) for counter in self.office.counters),
            asides=tuple(self.asides(query.counter_id)),
            seen_today=len(seen),
            judged_today=len(seen),
            within_today=sum((visit.first_wait or 0) <= TARGET for visit in seen),
            longest_wait_since=min((row.since for row in rows), default=None),
            evacuated_at=self.evacuated_at,
            undoable=undoable if undoable and undoable.until > now else None,
            clock_went_back=self.clock_went_back,
            unprinted=tuple(self.unprinted),
        )

    def row(self, visit: Visit, now: Instant, officer_id: str) -> QueueRow:
        deadline = visit.since + visit.stepped_out + TARGET
        why = Why.CAN_BE_KEPT if now + USUAL_CALL_TO_START <= deadline else Why.PAST_PROMISE
        named = self.office.officer(visit.named_officer_id)
        return QueueRow(
            visit_id=visit.id,
            number=visit.number,
            service=self.service_name(visit.service_id),
            person=visit.person,
            party_size=visit.party_size,
            arrived_at=visit.arrived_at,
            since=visit.since,
            leg=visit.leg,
            booked_for=None,
            target=TARGET,
            ordering_target=TARGET,
            deadline=deadline,
            guard_at=visit.since + visit.stepped_out + GUARD,
            stepped_out=visit.stepped_out,
            why=Why.SEE_FIRST if visit.see_first else why,
            see_first=visit.see_first,
            named_officer=named.name if named else "",
            mine=visit.named_officer_id in ("", officer_id),
            linked=bool(visit.linked),
            then_services=tuple(self.service_name(key) for key in visit.then_services),
        )

    def card(self, visit: Visit) -> VisitCard:
        now = self.clock.now()
        owner = self.office.officer(visit.owner_id)
        counter = self.office.counter(visit.counter_id)
        officer = self.office.officer(visit.officer_id)
        waited = (visit.started_at or visit.ended_at or now) - visit.since - visit.stepped_out
        return VisitCard(
            visit_id=visit.id,
            number=visit.number,
            code=visit.code,
            state=visit.state,
            end=visit.end,
            service_id=visit.service_id,
            service=self.service_name(visit.service_id),
            person=visit.person,
            party_size=visit.party_size,
            arrived_at=visit.arrived_at,
            since=visit.since,
            leg=visit.leg,
            target=TARGET,
            resolved_target=None,
            first_wait=visit.first_wait,
            waited=waited,
            called_at=visit.called_at,
            calls=visit.calls,
            started_at=visit.started_at,
            held_at=visit.held_at,
            own_request=visit.own_request,
            held_from_service=visit.held_from_service,
            ended_at=visit.ended_at,
            counter=counter.name if counter else "",
            officer=officer.name if officer else "",
            specialist=visit.specialist,
            see_first=visit.see_first,
            then_services=tuple(self.service_name(key) for key in visit.then_services),
            due=visit.due,
            owner=owner.name if owner else "",
            done_at=visit.done_at,
            voided=visit.voided,
            reinstated=visit.reinstated,
            linked_numbers=tuple(sorted(self.visits[key].number for key in visit.linked)),
            total_wait=waited,
        )

    def see_first_reason(self, query: q.SeeFirstReason) -> str:
        """For whoever marked or serves the visit, and for the supervisor."""
        visit = self.visit(query.visit_id)
        asking, _ = self.signed_in.get(query.counter_id, ("", ""))
        officer = self.office.officer(asking)
        if officer is None or not visit.see_first:
            return ""
        may = officer.role is Role.SUPERVISOR or asking in (visit.marked_by, visit.officer_id)
        return visit.see_first_reason if may else ""

    def counter_row(self, counter: Counter) -> CounterRow:
        officer_id, _ = self.signed_in.get(counter.id, ("", ""))
        officer = self.office.officer(officer_id)
        at = self.at_counter(counter.id)
        return CounterRow(
            counter_id=counter.id,
            name=counter.name,
            officer_id=officer_id,
            officer=officer.name if officer else "",
            number=at.number if at else "",
            service=self.service_name(at.service_id) if at else "",
            state=at.state if at else None,
            since=(at.started_at or at.called_at) if at else None,
        )

    def asides(self, counter_id: str) -> list[Aside]:
        found = []
        for visit in self.visits.values():
            held = visit.state is State.ON_HOLD
            elsewhere = visit.state is State.CALLED and visit.counter_id != counter_id
            to_follow = visit.end is End.TO_FOLLOW and visit.done_at is None
            if not (held or elsewhere or to_follow):
                continue
            card = self.card(visit)
            found.append(
                Aside(
                    visit_id=visit.id,
                    number=visit.number,
                    service=card.service,
                    name=visit.person.name,
                    state=visit.state,
                    end=visit.end,
                    own_request=visit.own_request,
                    since=visit.held_at or visit.called_at or visit.ended_at or visit.since,
                    counter=card.counter,
                    due=visit.due,
                    owner=card.owner,
                )
            )
        return found

    def at_counter(self, counter_id: str) -> Visit | None:
        if not counter_id:
            return None
        here = (State.CALLED, State.SERVING)
        return next((v for v in self.visits.values() if v.counter_id == counter_id and v.state in here), None)

    def service_name(self, service_id: str) -> str:
        service = self.office.service(service_id)
        return service.name if service else service_id

    # -- commands --------------------------------------------------------------------------------------------

    def _remember_undo(self, command: c.Command, result: c.Result, before: dict[str, Visit]) -> None:
        if isinstance(command, c.Undo):
            self.undo.pop(command.counter_id, None)
        elif not isinstance(command, c.SignIn | c.SignOff | c.Evacuate | c.EndEvacuation | c.Reprint):
            now = self.clock.now()
            number = result.finished_number or result.number
            done = Undoable(command.id, type(command).__name__, number, now, now + UNDO_FOR)
            self.undo[command.counter_id] = (done, before)

    def _result(self, command: c.Command, visit: Visit | None = None, **more: Any) -> c.Result:
        of_visit = {"visit_id": visit.id, "number": visit.number} if visit else {}
        return c.Result(command.id, at=self.clock.now(), **of_visit, **more)

    def _order_print(self, number: str) -> tuple[str, ...]:
        job = f"job{len(self.print_jobs) + 1}"
        self.print_jobs[job] = number
        return (job,)

    def do_TakeTicket(self, command: c.TakeTicket) -> c.Result:
        if self.evacuated_at:
            raise refuse("The building is being evacuated.", "Resume first.", Code.EVACUATED)
        if not 1 <= command.party_size <= 99:
            raise refuse("A party has 1 to 99 people.", "Correct the number.", Code.BAD_INPUT)
        visit = self.arrive(command.service_id)
        visit.person, visit.party_size = command.person, command.party_size
        visit.then_services, visit.named_officer_id = command.then_services, command.named_officer_id
        visit.see_first, visit.see_first_reason = bool(command.see_first_reason), command.see_first_reason
        visit.marked_by = command.officer_id
        if command.linked_to:
            self._link(visit, self.visit(command.linked_to))
        return self._result(command, visit, prints=self._order_print(visit.number) if command.print_ticket else ())

    def do_CallNext(self, command: c.CallNext) -> c.Result:
        self._ready(command)
        mine = [v for v in self.waiting() if v.named_officer_id in ("", command.officer_id)]
        if not mine:
            raise refuse("Nobody is waiting for you.", "", Code.NOBODY_WAITING)
        self._call(mine[0], command)
        return self._result(command, mine[0], why=Why.CAN_BE_KEPT.value)

    def do_CallVisit(self, command: c.CallVisit) -> c.Result:
        self._ready(command)
        visit = self._in(command.visit_id, State.WAITING)
        if not command.reason.strip():
            raise refuse("Calling out of turn needs a reason.", "Say why.", Code.REASON_NEEDED)
        self._call(visit, command)
        return self._result(command, visit)

    def _ready(self, command: c.Command) -> None:
        if self.evacuated_at:
            raise refuse("The building is being evacuated.", "Resume first.", Code.EVACUATED)
        if self.signed_in.get(command.counter_id, ("",))[0] != command.officer_id or not command.officer_id:
            raise refuse("You are not signed in at this counter.", "Sign in.", Code.NOT_SIGNED_IN)
        if self.at_counter(command.counter_id):
            raise refuse("There is a visit at this counter.", "Finish it first.", Code.COUNTER_BUSY)

    def _call(self, visit: Visit, command: c.Command) -> None:
        visit.state, visit.called_at, visit.calls = State.CALLED, self.clock.now(), 1
        visit.counter_id, visit.officer_id = command.counter_id, command.officer_id

    def _in(self, visit_id: str, *states: State) -> Visit:
        visit = self.visit(visit_id)
        if visit.state not in states:
            raise refuse(f"{visit.number} is {visit.state.value} now.", "Look at the queue.", Code.NOT_POSSIBLE_NOW)
        return visit

    def do_CallAgain(self, command: c.CallAgain) -> c.Result:
        visit = self._in(command.visit_id, State.CALLED)
        visit.calls += 1
        return self._result(command, visit)

    def do_StartService(self, command: c.StartService) -> c.Result:
        visit = self._in(command.visit_id, State.CALLED)
        visit.state, visit.started_at = State.SERVING, self.clock.now()
        if visit.first_wait is None:
            visit.first_wait = visit.started_at - visit.arrived_at - visit.stepped_out
        return self._result(command, visit)

    def do_WithdrawCall(self, command: c.WithdrawCall) -> c.Result:
        visit = self._in(command.visit_id, State.CALLED)
        self._to_queue(visit)
        return self._result(command, visit)

    def _to_queue(self, visit: Visit) -> None:
        visit.state, visit.counter_id, visit.officer_id = State.WAITING, "", ""
        visit.called_at, visit.calls = None, 0

    def do_NoShow(self, command: c.NoShow) -> c.Result:
        visit = self._in(command.visit_id, State.CALLED)
        if visit.calls < self.office.no_show_after_calls:
            raise refuse("Called once only.", "Call again first.", Code.TOO_SOON)
        self._end(visit, End.NO_SHOW)
        return self._result(command, visit)

    def _end(self, visit: Visit, end: End) -> None:
        visit.state, visit.end, visit.ended_at = State.ENDED, end, self.clock.now()

    def do_Reinstate(self, command: c.Reinstate) -> c.Result:
        visit = self._in(command.visit_id, State.ENDED)
        self._to_queue(visit)
        visit.end, visit.ended_at, visit.reinstated = None, None, True
        return self._result(command, visit)

    def do_Leave(self, command: c.Leave) -> c.Result:
        visit = self._in(command.visit_id, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
        self._end(visit, End.LEFT)
        return self._result(command, visit)

    def do_Hold(self, command: c.Hold) -> c.Result:
        visit = self._in(command.visit_id, State.WAITING, State.CALLED, State.SERVING)
        visit.held_from_service = visit.state is State.SERVING
        visit.state, visit.held_at, visit.own_request = State.ON_HOLD, self.clock.now(), command.own_request
        return self._result(command, visit)

    def do_EndHold(self, command: c.EndHold) -> c.Result:
        visit = self._in(command.visit_id, State.ON_HOLD)
        if visit.held_from_service:
            if self.at_counter(command.counter_id):
                raise refuse("There is a visit at this counter.", "Finish it first.", Code.COUNTER_BUSY)
            visit.state, visit.counter_id = State.SERVING, command.counter_id
        else:
            if visit.own_request and visit.held_at:
                visit.stepped_out += self.clock.now() - visit.held_at
            self._to_queue(visit)
        visit.held_at = None
        return self._result(command, visit)

    def do_ReturnToQueue(self, command: c.ReturnToQueue) -> c.Result:
        visit = self._in(command.visit_id, State.SERVING)
        self._to_queue(visit)
        visit.leg, visit.since, visit.started_at = visit.leg + 1, self.clock.now(), None
        return self._result(command, visit)

    def do_Transfer(self, command: c.Transfer) -> c.Result:
        visit = self._in(command.visit_id, State.WAITING, State.CALLED, State.SERVING)
        if visit.state is State.SERVING:
            visit.leg, visit.since, visit.started_at = visit.leg + 1, self.clock.now(), None
        visit.service_id, visit.named_officer_id = command.service_id, command.named_officer_id
        visit.specialist = visit.specialist or command.specialist_told
        self._to_queue(visit)
        return self._result(command, visit)

    def do_Finish(self, command: c.Finish) -> c.Result:
        visit = self._in(command.visit_id, State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD)
        if command.end is End.TO_FOLLOW and (command.due is None or not command.owner_id):
            raise refuse("An answer to follow needs a day and a person.", "Choose both.", Code.BAD_INPUT)
        if command.end is End.SIGNPOSTED and not command.signpost_to.strip():
            raise refuse("Say where the visitor was sent.", "Type the place.", Code.BAD_INPUT)
        if visit.then_services and not command.without_further:
            if command.end is End.TO_FOLLOW:
                raise refuse("It is still to be seen for another service.", "Transfer it.", Code.SERVICES_LEFT)
            visit.service_id, visit.then_services = visit.then_services[0], visit.then_services[1:]
            visit.leg, visit.since, visit.started_at = visit.leg + 1, self.clock.now(), None
            self._to_queue(visit)
            return self._result(command, finished_number=visit.number)
        self._end(visit, command.end)
        visit.due, visit.owner_id = command.due, command.owner_id
        slip = command.print_slip and command.end in (End.TO_FOLLOW, End.SIGNPOSTED)
        prints = self._order_print(visit.number) if slip else ()
        return self._result(command, finished_number=visit.number, prints=prints)

    def do_FinishAndCallNext(self, command: c.FinishAndCallNext) -> c.Result:
        visit = self._in(command.visit_id, State.SERVING)
        self._end(visit, End.RESOLVED)
        mine = [v for v in self.waiting() if v.named_officer_id in ("", command.officer_id)]
        if not mine:
            return self._result(command, finished_number=visit.number)
        self._call(mine[0], command)
        return self._result(command, mine[0], finished_number=visit.number, why=Why.CAN_BE_KEPT.value)

    def do_SeeFirst(self, command: c.SeeFirst) -> c.Result:
        visit = self._in(command.visit_id, State.WAITING, State.ON_HOLD)
        if command.on and not command.reason.strip():
            raise refuse("Seeing someone first needs a reason.", "Say why.", Code.REASON_NEEDED)
        visit.see_first, visit.see_first_reason = command.on, command.reason
        visit.marked_by = command.officer_id
        return self._result(command, visit)

    def do_ChangeDetails(self, command: c.ChangeDetails) -> c.Result:
        visit = self.visit(command.visit_id)
        if visit.person.clashes(command.shown, command.person):
            reason = f"Another desk has changed the name of {visit.number} meanwhile."
            raise refuse(reason, "Compare it with what you typed, then save again.", Code.ALREADY_TAKEN)
        visit.person = visit.person.corrected(command.shown, command.person)
        visit.party_size = command.party_size
        return self._result(command, visit)

    def _link(self, one: Visit, other: Visit) -> None:
        one.linked.add(other.id)
        other.linked.add(one.id)

    def do_LinkVisits(self, command: c.LinkVisits) -> c.Result:
        if command.other_id == command.visit_id:
            raise refuse("That is the same visit.", "Choose the other one.", Code.BAD_INPUT)
        self._link(self.visit(command.visit_id), self.visit(command.other_id))
        return self._result(command, self.visit(command.visit_id))

    def do_CompleteFollowUp(self, command: c.CompleteFollowUp) -> c.Result:
        visit = self.visit(command.visit_id)
        visit.done_at = self.clock.now()
        return self._result(command, visit)

    def do_GiveFeedback(self, command: c.GiveFeedback) -> c.Result:
        return c.Result(command.id, at=self.clock.now())

    def do_Reprint(self, command: c.Reprint) -> c.Result:
        visit = self.visit(command.visit_id)
        return self._result(command, visit, prints=self._order_print(visit.number))

    def do_Undo(self, command: c.Undo) -> c.Result:
        undoable, before = self.undo.get(command.counter_id, (None, {}))
        if undoable is None or undoable.command_id != command.command_id:
            raise refuse("There is nothing to take back.", "", Code.NOTHING_TO_UNDO)
        taken = {key for key in self.visits if key not in before}
        self.visits.update(before)
        for key in taken:
            if self.visits[key].number in self.unprinted:
                self.unprinted.remove(self.visits[key].number)
            self._end(self.visits[key], End.LEFT)
            self.visits[key].voided = True
        return c.Result(command.id, number=undoable.number, at=self.clock.now())

    def do_SignIn(self, command: c.SignIn) -> c.Result:
        if self.wrong_pins.get(command.officer_id, 0) >= PIN_TRIES:
            raise refuse("Five wrong PINs: locked for 15 minutes.", "Ask an administrator.", Code.PIN_LOCKED)
        if command.pin != PIN:
            self.wrong_pins[command.officer_id] = self.wrong_pins.get(command.officer_id, 0) + 1
            raise refuse("That PIN is not right.", "Try again.", Code.WRONG_PIN)
        held_by = self.office.officer(self.signed_in.get(command.counter_id, ("", ""))[0])
        if held_by is not None and held_by.id != command.officer_id and not command.take_over:
            remedy = "Choose another counter, or take it over."
            raise refuse(f"{held_by.name} is signed in there.", remedy, Code.COUNTER_TAKEN)
        self.wrong_pins.pop(command.officer_id, None)
        self.signed_in[command.counter_id] = (command.officer_id, command.station)
        return self._result(command)

    def do_SignOff(self, command: c.SignOff) -> c.Result:
        at = self.at_counter(command.counter_id)
        if at and at.state is State.SERVING and command.at_hand is None:
            raise refuse("There is a visit at this counter.", "Finish, hand over or hold it.", Code.COUNTER_BUSY)
        open_visits = [visit for visit in self.visits.values() if visit.state is not State.ENDED]
        if len(self.signed_in) == 1 and command.close_day is None and open_visits:
            raise refuse("This is the last counter.", "Close the day or only step away.", Code.LAST_COUNTER)
        if len(self.signed_in) > 1 and command.close_day:
            raise refuse("Somebody has signed in, so the day is not closed.", "Only step away.", Code.NOT_POSSIBLE_NOW)
        if at and (at.state is State.CALLED or command.at_hand is c.AtHand.HAND_OVER):
            self._to_queue(at)
        elif at and command.at_hand is c.AtHand.FINISH:
            self._end(at, End.RESOLVED)
        elif at and command.at_hand is c.AtHand.HOLD:
            at.state, at.held_at, at.held_from_service = State.ON_HOLD, self.clock.now(), True
        if command.close_day:
            for visit in self.visits.values():
                if visit.state is not State.ENDED:
                    self._end(visit, End.UNRESOLVED)
        self.signed_in.pop(command.counter_id, None)
        return self._result(command)

    def do_Evacuate(self, command: c.Evacuate) -> c.Result:
        self.evacuated_at = self.clock.now()
        return self._result(command)

    def do_EndEvacuation(self, command: c.EndEvacuation) -> c.Result:
        self.evacuated_at = None
        if not command.resume:
            for visit in self.visits.values():
                if visit.state is not State.ENDED:
                    self._end(visit, End.UNRESOLVED)
        return self._result(command)
