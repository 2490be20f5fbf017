"""One visit, told step by step, for the tests of its life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from reception.clock import MINUTE, Instant, Millis
from reception.domain import events as e
from reception.domain import lifecycle as life
from reception.domain import taking_back
from reception.domain.clocks import column_of, promise_wait
from reception.domain.columns import Column
from reception.domain.folding import visit_from
from reception.domain.standards import Promise
from reception.domain.visit import Visit
from reception.domain.visit_states import End, Why
from reception.errors import Refusal

TODAY = date(2026, 3, 2)
TEN_O_CLOCK = 1_772_445_600_000
FIFTEEN = 15 * MINUTE
HERTSMERE = Promise(FIFTEEN, None, FIFTEEN)
HART = Promise(None, 10 * MINUTE, FIFTEEN)
NOTHING = Promise(None, None, FIFTEEN)


def at(minutes: float) -> Instant:
    """An instant, in minutes after ten o'clock."""
    return TEN_O_CLOCK + round(minutes * MINUTE)


class Life:
    """One visit, told minute by minute. Arrives at ten; every step is decided by the domain, and may be refused."""

    def __init__(
        self,
        promise: Promise = HERTSMERE,
        *,
        booked: float | None = None,
        arrived: float = 0,
        then: tuple[str, ...] = (),
        named: str = "",
    ) -> None:
        ticket = e.TicketTaken(
            office_id="office",
            service_id="housing",
            number="H001",
            code="RC-0000000000",
            local_day=TODAY,
            local_hour=10,
            party_size=1,
            seen_target=promise.seen,
            resolved_target=promise.resolved,
            order_target=promise.order_by,
            then_services=then,
            named_officer_id=named,
            booked_for=None if booked is None else at(booked),
        )
        self.facts: list[e.Recorded] = []
        self.now = at(arrived)
        self.commands = 0
        self.do(ticket)

    def at(self, minutes: float, milliseconds: Millis = 0) -> Life:
        self.now = at(minutes) + milliseconds
        return self

    def do(self, *facts: e.VisitFact) -> Life:
        """All these facts by one command."""
        self.commands += 1
        self.facts += [e.Recorded(self.now, f"command {self.commands}", fact) for fact in facts]
        return self

    @property
    def visit(self) -> Visit:
        return visit_from("visit", self.facts)

    def call(self, counter: str = "counter 1") -> Life:
        return self.do(*life.call(self.visit, counter, "priya", Why.CAN_BE_KEPT))

    def again(self) -> Life:
        return self.do(*life.call_again(self.visit))

    def withdraw(self) -> Life:
        return self.do(*life.withdraw_call(self.visit))

    def start(self) -> Life:
        return self.do(*life.start(self.visit, "priya"))

    def serve(self) -> Life:
        """Called and started at the same moment."""
        return self.call().start()

    def hold(self) -> Life:
        return self.do(*life.hold(self.visit, own_request=False))

    def step_out(self) -> Life:
        return self.do(*life.hold(self.visit, own_request=True))

    def back(self) -> Life:
        return self.do(*life.end_hold(self.visit))

    def send_back(self) -> Life:
        return self.do(*life.return_to_queue(self.visit))

    def transfer(self, service: str, officer: str = "", *, told: bool = False) -> Life:
        return self.do(*life.transfer(self.visit, service, officer, FIFTEEN, told))

    def finish(self, end: End = End.RESOLVED, **more: object) -> Life:
        details: dict[str, object] = {}
        if end is End.TO_FOLLOW:
            details = {"due": TODAY, "owner_id": "priya"}
        if end is End.SIGNPOSTED:
            details = {"signpost_to": "Citizens Advice"}
        return self.do(
            *life.finish(self.visit, end, today=TODAY, order_target=FIFTEEN, **{**details, **more})  # type: ignore[arg-type]
        )

    def leave(self) -> Life:
        return self.do(*life.leave(self.visit))

    def no_show(self) -> Life:
        return self.do(*life.no_show(self.visit, after_calls=1))

    def reinstate(self) -> Life:
        return self.do(*life.reinstate(self.visit, TODAY))

    def close(self) -> Life:
        return self.do(*life.close_day(self.visit))

    def undo(self, command: int | None = None) -> Life:
        undone = f"command {command or self.commands}"
        taking_back.undo("H001", self.facts, undone, self.now, 5 * MINUTE)
        return self.do(e.CommandUndone(undone))

    @property
    def wait(self) -> float:
        """The wait that the promise counts, in minutes."""
        return promise_wait(self.visit, self.now) / MINUTE

    @property
    def column(self) -> Column:
        return column_of(self.visit, self.now)


def refused(do: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    assert caught.value.reason.endswith(".")
    return caught.value
