"""Random days in the book through the door: whatever is done, nothing is booked twice and the books agree."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reception.clock import MINUTE, SetClock
from reception.domain.booked import DelayAnswer, InterpreterStatus
from reception.domain.booking import Place
from reception.errors import Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.services.the_book import ALEX, ROOM_1, ROOM_2, AtBook, place, when, with_a_book
from tests.support import EWAN, GRACE, PRIYA, door_on

PLACES = st.builds(
    place,
    st.sampled_from([when(hour, minute) for hour in (10, 11, 14) for minute in (0, 15, 30, 45)]),
    st.sampled_from([15, 30, 45]),
    st.sampled_from([GRACE, EWAN, ""]),
    st.sampled_from([ROOM_1, ROOM_2, ""]),
    st.sampled_from([ALEX, "", ""]),
)
ANY = st.integers(0, 6)


class Days(RuleBasedStateMachine):
    """Every rule may be refused; what is refused changes nothing."""

    office: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="reception-days-")
        path = Path(self.folder.name) / "reception.db"
        shutil.copy(self.office, path)
        self.clock = SetClock(TEN_O_CLOCK)
        self.desk = AtBook(door_on(f"sqlite:///{path}", self.clock))
        self.desk.change_settings(with_a_book())
        self.booked: list[str] = []
        self.visits: list[str] = []
        self.done: list[c.Result] = []
        self.holds: list[str] = []
        for starts in (when(10, 5), when(11)):
            self.booked.append(self.desk.book(place(starts, room=ROOM_1, interpreter=ALEX), language="bfi").command_id)

    def teardown(self) -> None:
        self.desk.door.close()
        self.folder.cleanup()

    def _do(self, command: type[c.Command], **more: Any) -> None:
        before = self.desk.door.changes(0)[0]
        try:
            result = self.desk.door.do(command(**{**self.desk.who, **more}))
        except Refusal:
            assert self.desk.door.changes(0)[0] == before
            return
        self.done.append(result)
        self.booked += [each for each in (result.appointment_id, *result.appointments) if each not in self.booked]
        if result.visit_id and result.visit_id not in self.visits:
            self.visits.append(result.visit_id)
        self.booked = [each for each in self.booked if each]

    def _one(self, known: list[str], which: int) -> str:
        return known[which % len(known)] if known else "0" * 32

    @rule(at=PLACES, which=ANY, held=ANY, from_visit=st.booleans(), weeks=st.sampled_from([0, 0, 1]))
    def book(self, at: Place, which: int, held: int, from_visit: bool, weeks: int) -> None:
        self._do(
            a.BookAppointment,
            service_id="housing",
            place=at,
            language="bfi" if at.interpreter_id else "",
            hold_id=self._one(self.holds, held),
            visit_id=self._one(self.visits, which) if from_visit and self.visits else "",
            repeat=a.Repeat(weeks, 2) if weeks else None,
            reason="so it is",
        )

    @rule(at=PLACES)
    def hold(self, at: Place) -> None:
        self._do(a.HoldSlot, place=at, service_id="housing", instead_of=self._one(self.holds, 0))
        if self.done:
            self.holds.append(self.done[-1].command_id)

    @rule(at=PLACES, which=ANY)
    def move(self, at: Place, which: int) -> None:
        booked = self._one(self.booked, which)
        version = len(self.desk._facts(booked)) if self.booked else 1
        self._do(a.MoveAppointment, appointment_id=booked, version=version, place=at, reason="so it is")

    @rule(which=ANY, series=st.booleans())
    def cancel(self, which: int, series: bool) -> None:
        self._do(a.CancelAppointment, appointment_id=self._one(self.booked, which), series=series)

    @rule(which=ANY)
    def check_in(self, which: int) -> None:
        self._do(a.CheckIn, appointment_id=self._one(self.booked, which), print_ticket=False)

    @rule(which=ANY, kind=st.sampled_from([a.DidNotAttend, a.Attended, a.WantEarlier]))
    def other(self, which: int, kind: type[a.OnAppointment]) -> None:
        self._do(kind, appointment_id=self._one(self.booked, which))

    @rule(which=ANY, status=st.sampled_from(InterpreterStatus))
    def progress(self, which: int, status: InterpreterStatus) -> None:
        self._do(a.ProgressInterpreter, appointment_id=self._one(self.booked, which), status=status)

    @rule(which=ANY, answer=st.sampled_from(DelayAnswer), here=st.booleans())
    def tell(self, which: int, answer: DelayAnswer, here: bool) -> None:
        name, known = ("visit_id", self.visits) if here else ("appointment_id", self.booked)
        self._do(a.TellOfDelay, **{name: self._one(known, which)}, answer=answer, expected_minutes=10)

    @rule()
    def take(self) -> None:
        self._do(c.TakeTicket, service_id="housing", print_ticket=False)

    @rule(which=ANY, room=st.sampled_from([ROOM_1, ROOM_2]), on=st.booleans())
    def room(self, which: int, room: str, on: bool) -> None:
        given = {"room_id": room} if on else {}
        self._do(a.AssignRoom if on else a.FreeRoom, visit_id=self._one(self.visits, which), **given)

    @rule(
        which=ANY,
        kind=st.sampled_from(
            [a.InterpreterHere, a.CallWithoutInterpreter, c.Leave, c.StartService, c.Finish, c.NoShow, c.Reinstate]
        ),
    )
    def visit(self, which: int, kind: type[c.OnVisit]) -> None:
        self._do(kind, visit_id=self._one(self.visits, which))

    @rule(confirmed=st.booleans())
    def call(self, confirmed: bool) -> None:
        self._do(c.CallNext, confirmed=confirmed, officer_id=PRIYA)

    @rule(which=ANY)
    def undo(self, which: int) -> None:
        self._do(c.Undo, command_id=self._one([each.command_id for each in self.done], -1 - which % 4))

    @rule(count=st.sampled_from([1, 4, 20]))
    def wait(self, count: int) -> None:
        self.clock.advance(count * MINUTE)

    @invariant()
    def the_books_agree(self) -> None:
        books(self.desk.door)


@pytest.mark.parametrize("steps", [40])
def test_random_days_in_the_book(sqlite_office: Path, steps: int) -> None:
    machine = type("DaysHere", (Days,), {"office": sqlite_office})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
