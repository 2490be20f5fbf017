"""Random lives of a queue: no visit lost, no illegal state, no negative wait, the identity always holds.

Once in memory, on the domain alone, and once through the door, where after each step the whole database is compared
with its journal.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SECOND, Instant, Millis, SetClock, from_datetime, local_date, midnight_after
from reception.domain import events as e
from reception.domain import lifecycle as life
from reception.domain import taking_back
from reception.domain.booked import DelayAnswer, DelayReason, Mode
from reception.domain.clocks import column_of, promise_wait, resolved_clock, resolved_time
from reception.domain.columns import AFTER, Column
from reception.domain.folding import evolve, visit_from
from reception.domain.office import Officer, Role
from reception.domain.person import Person
from reception.domain.standards import Promise
from reception.domain.visit import Visit
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.day_to_day import counters_at_work
from tests.services.bookkeeping import books, columns
from tests.support import (
    COUNCIL_TAX,
    COUNTER_1,
    COUNTER_2,
    COUNTER_3,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PIN,
    PLANNING,
    PRIYA,
    At,
    door_on,
)
from tests.support import settings as office_settings

TEN_O_CLOCK = from_datetime(datetime(2026, 3, 27, 10, tzinfo=UTC))
"""A Friday: two days on, London's clocks go forward."""
SERVICES = (HOUSING, COUNCIL_TAX, PLANNING)

# -- on the domain alone -----------------------------------------------------------------------------------------

TODAY = date(2026, 3, 27)
FIFTEEN = 15 * MINUTE
Step = Callable[[Visit, int], list[e.VisitFact]]
STEPS: tuple[Step, ...] = (
    lambda v, n: life.call(v, f"counter {n}", "priya", Why.CAN_BE_KEPT),
    lambda v, _: life.call_again(v),
    lambda v, _: life.withdraw_call(v),
    lambda v, _: life.start(v, "priya"),
    lambda v, _: life.start(v, "priya"),
    lambda v, n: life.no_show(v, after_calls=1 + n % 2),
    lambda v, _: life.reinstate(v, TODAY),
    lambda v, _: life.leave(v),
    lambda v, n: life.hold(v, own_request=n % 2 == 0),
    lambda v, _: life.end_hold(v),
    lambda v, _: life.return_to_queue(v),
    lambda v, _: life.hand_over(v),
    lambda v, n: life.transfer(v, SERVICES[n], ("", "priya")[n % 2], FIFTEEN, specialist_told=n == 2),
    lambda v, n: life.finish(
        v,
        (End.RESOLVED, End.TO_FOLLOW, End.SIGNPOSTED)[n],
        due=TODAY,
        owner_id="priya",
        signpost_to="Citizens Advice",
        today=TODAY,
        order_target=FIFTEEN,
    ),
    lambda v, _: life.finish(v, End.BOOKED, today=TODAY, order_target=FIFTEEN),
    lambda v, n: life.see_first(v, n % 2 == 0, has_reason=True),
    lambda v, _: life.close_day(v),
    lambda v, _: life.complete_follow_up(v),
    lambda _v, n: [e.DetailsChanged(n + 1)],
    lambda v, n: life.assign_room(v, f"room {n}"),
    lambda v, _: life.free_room(v),
    lambda v, n: life.request_interpreter(v, "bfi", Mode.IN_PERSON, ("", "sam", "ada")[n]),
    lambda v, _: life.interpreter_here(v),
    lambda v, _: life.call_without_interpreter(v),
    lambda v, n: life.tell(v, e.DelayTold(DelayReason.RUNNING_OVER, tuple(DelayAnswer)[n])),
)
UNDO = len(STEPS)

LEADS_TO: dict[type, tuple[set[State], set[State]]] = {
    e.VisitCalled: ({State.WAITING}, {State.CALLED}),
    e.VisitCalledAgain: ({State.CALLED}, {State.CALLED}),
    e.CallWithdrawn: ({State.CALLED}, {State.WAITING}),
    e.ServiceStarted: ({State.CALLED}, {State.SERVING}),
    e.VisitHeld: ({State.WAITING, State.CALLED, State.SERVING}, {State.ON_HOLD}),
    e.HoldEnded: ({State.ON_HOLD}, {State.WAITING, State.SERVING}),
    e.VisitReturned: ({State.SERVING, State.ON_HOLD}, {State.WAITING}),
    e.VisitTransferred: (
        {State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD},
        {State.WAITING, State.ON_HOLD},
    ),
    e.SpecialistTold: ({State.WAITING, State.ON_HOLD}, {State.WAITING, State.ON_HOLD}),
    e.VisitEnded: ({State.WAITING, State.CALLED, State.SERVING, State.ON_HOLD}, {State.ENDED}),
    e.VisitReinstated: ({State.ENDED}, {State.WAITING}),
}
"""From which states a fact may come, and to which it leads; what is not here changes no state."""


BACK_AGAIN = (e.HoldEnded, e.VisitReturned, e.VisitEnded)
"""What ends a stepping out."""


def wait_by_hand(facts: list[e.Recorded], now: Instant) -> Millis:
    """The promised wait, reckoned a second time, from the facts and nothing else."""
    undone = {item.fact.command_id for item in facts if isinstance(item.fact, e.CommandUndone)}
    arrived, until, out, out_since = facts[0].at, None, 0, None
    first_call: tuple[Instant, Millis] | None = None
    before_call = first_call
    by_first_call = False
    for item in facts[1:]:
        if item.command_id in undone or isinstance(item.fact, e.CommandUndone):
            continue
        fact = item.fact
        if isinstance(fact, BACK_AGAIN) and out_since is not None:
            out, out_since = out + item.at - out_since, None
        if isinstance(fact, e.VisitHeld) and fact.own_request:
            out_since = item.at
        elif isinstance(fact, e.VisitCalled):
            before_call = first_call
            first_call = first_call or (item.at, out)
        elif isinstance(fact, e.CallWithdrawn):
            first_call = before_call
        elif isinstance(fact, e.ServiceStarted):
            until = item.at
            break  # the first service: nothing after it changes the promised wait
        elif isinstance(fact, e.VisitEnded):
            until = item.at
            by_first_call = by_first_call or fact.end is End.NO_SHOW
        elif isinstance(fact, e.VisitReinstated):
            until = None
    if by_first_call and first_call is not None:
        return first_call[0] - arrived - first_call[1]
    if out_since is not None:
        out += max(0, now - out_since)
    return max(0, (now if until is None else until) - arrived - out)


class Story:
    """One visit in memory."""

    def __init__(self, at: Instant, promise: Promise, then: tuple[str, ...]) -> None:
        ticket = e.TicketTaken(
            "office", HOUSING, "H001", "RC-0000000000", TODAY, 10, 1, promise.seen, promise.resolved, FIFTEEN, then
        )
        self.facts = [e.Recorded(at, "command 0", ticket)]
        self.visit = visit_from("visit", self.facts)

    def step(self, number: int, choice: int, now: Instant) -> None:
        at = max(now, self.visit.last_at)  # no fact precedes the last fact of its visit
        command = f"command {len(self.facts)}"
        before, before_facts = self.visit, list(self.facts)
        undone = self.facts[-1 - choice % len(self.facts)].command_id
        refusal = None
        facts: list[e.VisitFact] = []
        try:
            if number == UNDO:
                taking_back.undo("H001", self.facts, undone, now, 5 * MINUTE)
                facts = [e.CommandUndone(undone)]
            else:
                facts = STEPS[number](self.visit, choice)
        except Refusal as caught:
            refusal = caught
        if refusal is not None:
            assert refusal.reason.endswith(".")
            assert self.facts == before_facts
            return
        for fact in facts:
            self.facts.append(e.Recorded(at, command, fact))
            if number != UNDO:
                was = self.visit.state
                self.visit = evolve(self.visit, self.facts[-1])
                comes_from, leads_to = LEADS_TO.get(type(fact), ({was}, {was}))
                assert was in comes_from
                assert self.visit.state in leads_to
        folded = visit_from("visit", self.facts)
        if number == UNDO:
            kept = [item for item in before_facts if item.command_id != undone]
            if undone == self.facts[0].command_id:
                assert folded.voided
            else:
                assert folded.state is visit_from("visit", kept).state
            self.visit = folded
        assert folded == self.visit, "step by step and all at once come to different visits"
        if facts and before.voided:
            assert all(isinstance(fact, e.DetailsChanged | e.CommandUndone) for fact in facts)

    def check(self, now: Instant) -> None:
        visit = self.visit
        if visit.voided:
            assert (visit.state, visit.end) == (State.ENDED, None)
            return
        wait = promise_wait(visit, now)
        assert wait == wait_by_hand(self.facts, now)
        assert wait >= 0
        assert visit.waited(now) >= 0
        assert visit.total_waited(visit.last_at) >= 0
        column = column_of(visit, now)
        assert (column is Column.SEEN) == visit.is_seen
        assert (column is Column.OPEN) == (not visit.is_seen and visit.end is None)
        target = visit.promise.seen
        if visit.end is not None and not visit.is_seen:
            assert (column in AFTER) == (target is not None and wait > target)
            assert column.value.startswith(visit.end.value)
        for leg, following in itertools.pairwise(visit.legs):
            assert leg.ended_at is not None
            assert leg.started_at is not None
            assert leg.since <= leg.started_at <= leg.ended_at == following.since
        resolved = resolved_time(visit)
        assert (resolved is not None) == (visit.end in (End.RESOLVED, End.BOOKED, End.SIGNPOSTED))
        assert resolved is None or resolved == resolved_clock(visit)
        assert (visit.hold is not None) == (visit.state is State.ON_HOLD)
        assert (visit.room_id, visit.is_ready, len(visit.told)) == self.held_by_hand()
        assert visit.is_open or not visit.room_id
        assert self.services_by_hand() == (*(leg.service_id for leg in visit.legs), *visit.then_services)

    def held_by_hand(self) -> tuple[str, bool, int]:
        """Its room, whether it may be called, and how often it was told, from the facts and nothing else."""
        undone = {item.fact.command_id for item in self.facts if isinstance(item.fact, e.CommandUndone)}
        room, ready, told = "", True, 0
        for item in self.facts:
            if item.command_id in undone:
                continue
            match item.fact:
                case e.RoomAssigned(room_id):
                    room = room_id
                case e.RoomFreed() | e.VisitEnded():
                    room = ""
                case e.InterpreterRequested():
                    ready = False
                case e.InterpreterArrived() | e.InterpreterWaived():
                    ready = True
                case e.VisitCalled():
                    assert ready
                case e.DelayTold():
                    told += 1
        return room, ready, told

    def services_by_hand(self) -> tuple[str, ...]:
        """What the legs are for, and what is still planned, from the facts and nothing else: nothing gets lost."""
        undone = {item.fact.command_id for item in self.facts if isinstance(item.fact, e.CommandUndone)}
        ticket = self.facts[0].fact
        assert isinstance(ticket, e.TicketTaken)
        legs, planned, started = [ticket.service_id], list(ticket.then_services), False
        for item in self.facts[1:]:
            fact = item.fact
            if item.command_id in undone:
                continue
            if isinstance(fact, e.ServiceStarted):
                started = True
            elif isinstance(fact, e.VisitReturned):
                legs, started = [*legs, legs[-1]], False
            elif isinstance(fact, e.VisitTransferred):
                legs, started = [*(legs if started else legs[:-1]), fact.service_id], False
                if fact.service_id in planned:
                    planned.remove(fact.service_id)
            elif isinstance(fact, e.VisitEnded) and fact.end in (End.TO_FOLLOW, End.SIGNPOSTED, End.BOOKED):
                assert not planned
        return (*legs, *planned)


@settings(max_examples=settings.default.max_examples * 3)
@given(
    promise=st.sampled_from([Promise(FIFTEEN, 10 * MINUTE, FIFTEEN), Promise(None, None, FIFTEEN)]),
    then=st.sampled_from([(), (), (COUNCIL_TAX,), (PLANNING, COUNCIL_TAX)]),
    steps=st.lists(
        st.tuples(
            st.integers(0, UNDO),
            st.integers(0, 2),
            st.sampled_from([0, 0, 1, 20 * SECOND, MINUTE, 5 * MINUTE, 20 * MINUTE, -HOUR]),
        ),
        max_size=25,
    ),
)
def test_whole_lives_in_memory(promise: Promise, then: tuple[str, ...], steps: list[tuple[int, int, Millis]]) -> None:
    now = TEN_O_CLOCK
    story = Story(now, promise, then)
    for number, choice, later in steps:
        now += later
        story.step(number, choice, now)
        story.check(now)


# -- through the door --------------------------------------------------------------------------------------------

COUNTERS = (COUNTER_1, COUNTER_2, COUNTER_3)
USUALLY = {COUNTER_1: PRIYA, COUNTER_2: EWAN, COUNTER_3: GRACE}
Command = Callable[..., c.Command]


def step_out(**who: str) -> c.Command:
    return c.Hold(**who, own_request=True)


def to_follow(**who: str) -> c.Command:
    return c.Finish(**who, end=End.TO_FOLLOW, due=date(2026, 4, 30), owner_id=EWAN)


def signpost(**who: str) -> c.Command:
    return c.Finish(**who, end=End.SIGNPOSTED, signpost_to="Citizens Advice", print_slip=False)


def book(**who: str) -> c.Command:
    return c.Finish(**who, end=End.BOOKED)


def see_first(**who: str) -> c.Command:
    return c.SeeFirst(**who, reason="ill")


def see_in_turn(**who: str) -> c.Command:
    return c.SeeFirst(**who, on=False)


def call_by_name(**who: str) -> c.Command:
    return c.CallVisit(**who, reason="ill")


def to_a_specialist(**who: str) -> c.Command:
    return c.Transfer(**who, service_id=PLANNING, specialist_told=True)


def to_grace(**who: str) -> c.Command:
    return c.Transfer(**who, service_id=HOUSING, named_officer_id=GRACE)


def correct(**who: str) -> c.Command:
    return c.ChangeDetails(**who, person=Person("Ada"), shown=Person(), party_size=3, shown_party_size=1)


POSSIBLE: dict[State, tuple[Command, ...]] = {
    State.WAITING: (call_by_name, call_by_name, step_out, c.Hold, c.Leave, see_first, to_a_specialist, signpost, book),
    State.CALLED: (c.CallAgain, c.CallAgain, c.NoShow, c.NoShow, c.StartService, c.WithdrawCall, step_out, c.Leave),
    State.SERVING: (c.Hold, c.Hold, c.ReturnToQueue, to_a_specialist, to_grace, to_follow, signpost, c.Leave),
    State.ON_HOLD: (c.EndHold, c.EndHold, c.EndHold, c.ReturnToQueue, to_grace, c.Leave, book, see_in_turn),
    State.ENDED: (c.Reinstate, c.Reinstate, c.CompleteFollowUp, c.Reprint, correct),
}
ON_VISIT: tuple[Command, ...] = (*dict.fromkeys(itertools.chain(*POSSIBLE.values())), c.Finish, c.FinishAndCallNext)
SIGN_IN_ONLY = {Code.WRONG_PIN, Code.PIN_LOCKED}
T = TypeVar("T")
_numbers = itertools.count()


class Pick(Protocol):
    """Chooses one of several; the whole of a life hangs on its choices."""

    def __call__(self, options: Sequence[T], /) -> T: ...


def is_at(visit: Visit, counter: str) -> bool:
    return visit.counter_id == counter and visit.state in (State.CALLED, State.SERVING)


class Town:
    """An office over several days, whose visitors and staff do whatever comes to mind."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.path = folder / f"{next(_numbers)}.db"
        shutil.copy(template, self.path)
        self.clock = SetClock(TEN_O_CLOCK)
        self.door = door_on(f"sqlite:///{self.path}", self.clock)
        self.zone = self.door.ask(q.Offices())[0].zone
        self.ids = itertools.count()
        self.taken: list[str] = []
        self.done: list[tuple[c.Command, c.Result]] = []
        self.told: list[str] = []
        self.at_work = {COUNTER_1: PRIYA}
        self.evacuations: set[Instant] = set()
        self.visits = books(self.door)
        self.checked = -1

    def close(self) -> None:
        self.door.close()
        for each in self.path.parent.glob(f"{self.path.name}*"):
            each.unlink()

    # -- doing ------------------------------------------------------------------------------------------------

    def who(self, counter: str) -> dict[str, str]:
        return {
            "office_id": OFFICE,
            "counter_id": counter,
            "officer_id": self.at_work.get(counter, PRIYA),
            "station": counter,
        }

    def do(self, command: c.Command) -> c.Result | None:
        """Done, or refused with a sentence and nothing changed."""
        before = self.door.changes(0)[0]
        refusal = None
        try:
            result = self.door.do(command)
        except Refusal as caught:
            refusal = caught
        if refusal is not None:
            self.told.append(f"{type(command).__name__}: {refusal}")
            assert refusal.reason.endswith(".")
            if refusal.code not in SIGN_IN_ONLY:
                assert self.door.changes(0)[0] == before
            return None
        self.told.append(f"{type(command).__name__} {result.number}")
        self.done.append((command, result))
        self.look_round()
        return result

    def look_round(self) -> None:
        """Who is at which counter, and how every visit stands. Everything must agree."""
        sequence = self.door.changes(0)[0]
        if sequence == self.checked:
            return
        self.checked = sequence
        self.visits = books(self.door)
        with self.door._database.read() as (connection, _head, _now):
            self.at_work = {each.counter_id: each.officer_id for each in counters_at_work(connection, OFFICE)}

    def check(self) -> None:
        """No visit is lost, and the identity holds."""
        self.look_round()
        assert set(self.visits) == set(self.taken), "a visit was lost"
        (report,) = self.door.ask(q.WaitReport(OFFICE, date(2026, 3, 1), date(2027, 3, 1)))
        counted = columns(self.visits)
        assert report.visits == sum(not stored.visit.voided for stored in self.visits.values())
        assert {column: getattr(report, column.value) for column in Column} == {
            column: counted[column] for column in Column
        }

    # -- the day as it goes -----------------------------------------------------------------------------------

    def take(self, **more: Any) -> None:
        # The same ids in every life: visits that are equal in all else are called in the order of their ids.
        same = sha256(str(next(self.ids)).encode()).hexdigest()[:32]
        ticket = c.TakeTicket(id=same, office_id=OFFICE, print_ticket=False, **more)
        self.taken.append(ticket.id)  # expected before it is done: the books are read at once
        if self.do(ticket) is None:
            self.taken.remove(ticket.id)

    def somebody_arrives(self, pick: Pick) -> None:
        self.take(
            service_id=pick(SERVICES),
            then_services=pick([(), (), (COUNCIL_TAX,), (PLANNING, HOUSING)]),
            named_officer_id=pick(["", "", "", GRACE, EWAN]),
            see_first_reason=pick(["", "", "", "ill"]),
            linked_to=pick(["", "", *self.taken[:2]]),
        )

    def time_passes(self, pick: Pick) -> None:
        """Mostly forward."""
        minutes = MINUTE
        self.clock.advance(pick([SECOND, 20 * SECOND, minutes, 4 * minutes, 11 * minutes, 30 * minutes, -7 * minutes]))

    def work(self, pick: Pick) -> None:
        """The next thing at a counter, as on any day."""
        counter = pick(COUNTERS)
        if counter not in self.at_work:
            self.do(c.SignIn(**{**self.who(counter), "officer_id": USUALLY[counter]}, pin=PIN))
            return
        present = next((each.visit for each in self.visits.values() if is_at(each.visit, counter)), None)
        if present is None:
            self.call_next(counter)
        elif present.state is State.CALLED:
            self.do(c.StartService(**self.who(counter), visit_id=present.id))
        else:
            finish: Command = pick([c.FinishAndCallNext, c.Finish])
            self.do(finish(**self.who(counter), visit_id=present.id))

    def call_next(self, counter: str) -> None:
        """Whom the desk shows as next is called, with the word that it shows; nobody else, and nobody twice."""
        today = local_date(self.clock.now(), self.zone)
        if any(each.visit.is_open and each.visit.local_day < today for each in self.visits.values()):
            # A desk closes the days before once a day; a clock that goes back and forth makes it twice.
            self.do(c.CloseDay(office_id=OFFICE))
        view = self.door.ask(q.Desk(OFFICE, counter, counter))
        self.look_round()
        waiting = {key for key, stored in self.visits.items() if stored.visit.state is State.WAITING}
        result = self.do(c.CallNext(**self.who(counter)))
        if result is None:
            assert view.next_for_me is None or view.present or view.evacuated_at or counter not in self.at_work
            return
        assert result.visit_id == view.next_for_me
        assert result.why == next(row.why for row in view.queue if row.visit_id == result.visit_id)
        assert result.visit_id in waiting

    def something_is_done(self, pick: Pick) -> None:
        """Something that may well be done with a visit, or that may not."""
        counter = pick(COUNTERS)
        here = [key for key, stored in self.visits.items() if stored.visit.counter_id == counter]
        open_ones = [key for key in here if self.visits[key].visit.is_open]
        visit_id = pick(pick([open_ones, open_ones, self.taken]) or self.taken)
        state = self.visits[visit_id].visit.state
        command: Command = pick(pick([POSSIBLE[state], POSSIBLE[state], POSSIBLE[state], ON_VISIT]))
        self.do(command(**self.who(counter), visit_id=visit_id))

    # -- twice, and back ---------------------------------------------------------------------------------------

    def taken_back(self, pick: Pick) -> None:
        command, _ = pick(self.done[-4:])
        self.do(c.Undo(**self.who(pick(COUNTERS)), command_id=command.id))

    def done_twice(self, pick: Pick) -> None:
        command, result = pick(self.done)
        before = self.door.changes(0)[0]
        assert self.door.do(command) == replace(result, already_done=True)
        assert self.door.changes(0)[0] == before

    # -- what happens now and then -----------------------------------------------------------------------------

    def now_and_then(self, pick: Pick) -> None:
        counter = pick(COUNTERS)
        match pick(["off", "off", "off", "in", "link", "fire", "target", "midnight", "hour back", "close"]):
            case "off":
                at_hand, close = pick([None, *c.AtHand]), pick([None, False, False, True])
                self.do(c.SignOff(**self.who(counter), at_hand=at_hand, close_day=close))
            case "in":
                who = {**self.who(counter), "officer_id": pick([PRIYA, EWAN, GRACE])}
                self.do(c.SignIn(**who, pin=PIN, take_over=pick([True, False])))
            case "link":
                self.do(c.LinkVisits(**self.who(counter), visit_id=pick(self.taken), other_id=pick(self.taken)))
            case "fire":
                self.evacuation(pick)
            case "target":
                new = office_settings(walk_in_seen=pick([None, 5, 15]))
                before = self.door.ask(q.SettingsOf(OFFICE))
                self.do(c.SetUpOffice(office_id=OFFICE, settings=new, before=before, administrator_id=PRIYA, pin=PIN))
            case "midnight":
                day = local_date(self.clock.now(), self.zone) + timedelta(days=pick([0, 1, 2]))
                self.clock.at = midnight_after(day, self.zone) + pick([-1, 0, 3 * MINUTE, 9 * HOUR])
            case "hour back":
                self.clock.advance(-HOUR)
            case "close":
                self.do(c.CloseDay(office_id=OFFICE))

    def evacuation(self, pick: Pick) -> None:
        """It may end at once, or with the next one, or never."""
        if pick([True, False]):
            while self.clock.now() in self.evacuations:
                self.clock.advance(1)
            self.evacuations.add(self.clock.now())
            self.do(c.Evacuate(**self.who(COUNTER_1)))
            self.clock.advance(MINUTE)
        if pick([True, True, False]):
            self.do(c.EndEvacuation(**self.who(COUNTER_1), resume=pick([True, True, False])))


class Lives(RuleBasedStateMachine):
    """Every choice is Hypothesis's, so that what goes wrong is told in as few steps as possible."""

    def __init__(self, template: Path, folder: Path) -> None:
        super().__init__()
        self.town = Town(template, folder)

    def teardown(self) -> None:
        self.town.close()

    @initialize(count=st.integers(1, 4))
    def the_doors_open(self, count: int) -> None:
        for _ in range(count):
            self.town.clock.advance(SECOND)
            self.town.take(service_id=HOUSING)

    @rule(
        what=st.sampled_from(
            [
                Town.work,
                Town.work,
                Town.something_is_done,
                Town.something_is_done,
                Town.time_passes,
                Town.somebody_arrives,
                Town.taken_back,
                Town.done_twice,
                Town.now_and_then,
            ]
        ),
        data=st.data(),
    )
    def something_happens(self, what: Callable[[Town, Pick], None], data: st.DataObject) -> None:
        self.town.told.clear()
        what(self.town, lambda options: data.draw(st.sampled_from(list(options))))
        for each in self.town.told:
            note(each)

    @invariant()
    def everything_agrees(self) -> None:
        self.town.check()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test office, with Priya at counter 1."""
    path = tmp_path_factory.mktemp("lives") / "template.db"
    door = door_on(f"sqlite:///{path}", SetClock(TEN_O_CLOCK))
    At(door, station=COUNTER_1).set_up().sign_in()
    door.close()
    return path


@pytest.mark.timeout(600)  # a failure is told in as few steps as possible, which takes its time to find
def test_whole_lives_through_the_door(template: Path, tmp_path: Path) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Lives(template, tmp_path),
        settings=settings(
            max_examples=max(1, settings.default.max_examples // 8),
            stateful_step_count=30,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


@settings(max_examples=max(1, settings.default.max_examples // 33))
@given(seed=st.integers(0, 2**32))
def test_long_lives_by_chance(seed: int, template: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same, longer and less tidy than Hypothesis likes: many visits deep in their second and third leg."""
    chance = random.Random(seed)
    town = Town(template, tmp_path_factory.mktemp("long"))
    for _ in range(3):
        town.take(service_id=HOUSING)
    for _ in range(100):
        what = chance.choices(
            [
                town.work,
                town.something_is_done,
                town.time_passes,
                town.somebody_arrives,
                town.taken_back,
                town.done_twice,
                town.now_and_then,
            ],
            [30, 30, 20, 8, 8, 4, 5],
        )[0]
        what(chance.choice)
        town.check()
    town.close()


def test_the_checks_are_not_blind(template: Path, tmp_path: Path) -> None:
    """A book-keeper who never finds anything is no use: a changed row is seen."""
    for number, change in enumerate(
        (
            "UPDATE visit SET overtaken = 1",
            "UPDATE visit SET state = 'ended'",
            "UPDATE visit SET promise_wait = 1",
            "UPDATE visit SET running = 2",
            "UPDATE leg SET called_at = 1",
            "UPDATE series SET last = 2",
            "DELETE FROM leg",
            "UPDATE journal_head SET last_at = 1",
        )
    ):
        path = tmp_path / f"{number}.db"
        shutil.copy(template, path)
        door = door_on(f"sqlite:///{path}", SetClock(TEN_O_CLOCK))
        door.do(c.TakeTicket(office_id=OFFICE, service_id=HOUSING))
        books(door)
        with door._database.engine.begin() as connection:
            connection.exec_driver_sql(change)
        with pytest.raises(AssertionError):
            books(door)
        door.close()


def test_the_officer_of_these_lives() -> None:
    """Grace serves housing and planning only, so that some are waited for by the wrong counter."""
    grace = next(entry.officer for entry in office_settings().staff if entry.officer.id == GRACE)
    assert grace == Officer(GRACE, grace.name, Role.OFFICER, frozenset({HOUSING, PLANNING}))
