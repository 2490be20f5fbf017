"""Whatever two desks do while they are cut off, and a third meanwhile: every ticket is there once, nothing is lost, and
no fact precedes the last fact of its visit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.clock import SECOND, SetClock
from reception.domain.questions import QuestionAnswer
from reception.errors import Refusal
from reception.services import commands as c
from reception.storage import schema as t
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.services.cut_off import Net
from tests.support import COUNTER_1, COUNTER_2, COUNTER_3, EWAN, GRACE, PRIYA, At, door_on

DESKS = (("Desk 1", COUNTER_1, PRIYA), ("Desk 2", COUNTER_2, EWAN), ("Desk 3", COUNTER_3, GRACE))
CUTTABLE = 2


@pytest.fixture(scope="module")
def prepared(sqlite_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with all three desks signed in, and the files of two of them."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copy(sqlite_office, folder / "reception.db")
    net = Net(f"sqlite:///{folder / 'reception.db'}", folder / "own", SetClock(TEN_O_CLOCK))
    for name, counter, officer in DESKS[:CUTTABLE]:
        net.desk(name, counter, officer).sign_in()
    door = door_on(net.url, net.clock)
    At(door, *DESKS[2][1:], DESKS[2][0]).sign_in()
    door.close()
    net.settle()
    net.close()
    return folder


class Office:
    """The office as the test plays it."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(TEN_O_CLOCK)
        self.net = Net(f"sqlite:///{folder / 'reception.db'}", folder / "own", self.clock)
        self.third = door_on(self.net.url, self.clock)
        self.desks = [self.net.desk(*desk) for desk in DESKS[:CUTTABLE]]
        name, counter, officer = DESKS[2]
        self.desks.append(At(self.third, counter, officer, name))
        self.tickets: dict[str, str] = {}
        self.answered: set[str] = set()
        """Ids of commands that were done, as far as whoever sent them knows."""

    def close(self) -> None:
        self.net.close()
        self.third.close()

    def present(self, desk: At) -> str:
        present = desk.view().present
        return present.visit_id if present is not None else ""

    def step(self, who: int, what: str) -> None:
        desk = self.desks[who]
        self.clock.advance(SECOND)
        try:
            result = STEPS[what](self, desk)
        except Refusal:
            return
        if result is not None:
            self.answered.add(result.command_id)

    def take(self, desk: At) -> c.Result:
        result = desk.take()
        self.tickets[result.visit_id] = result.number
        return result

    def undo(self, desk: At) -> c.Result | None:
        undoable = desk.view().undoable
        return desk.door.do(c.Undo(**desk.who, command_id=undoable.command_id)) if undoable is not None else None

    def on_present(self, kind: type[c.OnVisit], **more: object) -> Callable[[At], c.Result | None]:
        def step(desk: At) -> c.Result | None:
            visit_id = self.present(desk)
            return desk.on(kind, visit_id, **more) if visit_id else None

        return step

    def on_first(self, kind: type[c.OnVisit]) -> Callable[[At], c.Result | None]:
        def step(desk: At) -> c.Result | None:
            queue = desk.view().queue
            return desk.on(kind, queue[0].visit_id) if queue else None

        return step

    def cut(self, desk: At) -> None:
        if desk is not self.desks[2]:
            self.net.cut(desk.station)

    def mend(self, desk: At) -> None:
        if desk is not self.desks[2]:
            self.net.mend(desk.station)

    def lose_reply(self, desk: At) -> None:
        if desk is not self.desks[2] and not desk.door.is_cut_off:  # type: ignore[attr-defined]
            self.net.wires[desk.station].lose_reply = True

    def settle(self, desk: At) -> c.Result | None:
        questions = desk.view().questions
        if not questions:
            return None
        answer = QuestionAnswer.AS_THERE if len(self.tickets) % 2 else QuestionAnswer.AS_HERE
        return desk.door.do(c.AnswerQuestion(**desk.who, question_id=questions[0].id, answer=answer))


STEPS: dict[str, Callable[[Office, At], c.Result | None]] = {
    "take": Office.take,
    "next": lambda office, desk: desk.next(),
    "aloud": lambda office, desk: desk.next(aloud=True),
    "start": lambda office, desk: office.on_present(c.StartService)(desk),
    "finish": lambda office, desk: office.on_present(c.Finish, print_slip=False)(desk),
    "hold": lambda office, desk: office.on_present(c.Hold)(desk),
    "put back": lambda office, desk: office.on_present(c.WithdrawCall)(desk),
    "leave": lambda office, desk: office.on_first(c.Leave)(desk),
    "undo": Office.undo,
    "cut": Office.cut,
    "mend": Office.mend,
    "lose reply": Office.lose_reply,
    "settle": Office.settle,
}
MORE_OF = ("take", "next", "start", "finish", "cut")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, len(DESKS) - 1), st.sampled_from([*STEPS, *MORE_OF])), min_size=8, max_size=30
    )
)
def test_every_ticket_is_there_once_and_nothing_that_was_done_is_lost(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    office = Office(folder)
    try:
        for who, what in steps:
            office.step(who, what)
        office.net.mend()
        visits = books(office.third)
        for visit_id, number in office.tickets.items():
            assert number in (visits[visit_id].visit.number, visits[visit_id].visit.also)
        numbers = [each for stored in visits.values() for each in (stored.visit.number, stored.visit.also) if each]
        assert len(numbers) == len(set(numbers))
        with office.third.database.read() as (connection, _, _):
            known = set(connection.execute(sa.select(t.command.c.id)).scalars())
        assert office.answered <= known
        assert not list((folder / "own").glob("*not-joined*"))
        for desk in office.desks[:CUTTABLE]:
            assert [row.number for row in desk.view().queue] == [row.number for row in office.desks[2].view().queue]
    finally:
        office.close()
        shutil.rmtree(folder)
