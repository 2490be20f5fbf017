"""What the counter is in the middle of, and so what can be done: worked out from a view, shown by the counter sheet.

Only what would surely be refused is taken away beforehand; all else is asked and answered by the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field
from msgspec.structs import replace

from reception.clock import Instant
from reception.domain.desk_view import DeskView, QueueRow, VisitCard
from reception.domain.visit_states import State
from ui import moments, queue_words
from ui.desk.key_table import CALLED_ROW, PROVIDED_ROW, SERVING_ROW, Act, Stage, key_of

_EVERYWHERE = frozenset(
    {Act.MENU, Act.SETTINGS, Act.EVACUATE, Act.LARGER, Act.SMALLER, Act.USUAL_SIZE, Act.LINE_ONE, Act.LINE_TWO}
)
_SIGNED_IN = frozenset(
    {
        Act.NEW_WALK_IN,
        Act.CHECK_IN,
        Act.BOOK,
        Act.FIND,
        Act.QUESTIONS,
        Act.FEEDBACK,
        Act.QUEUE,
        Act.ASIDES,
        Act.ANNOUNCE,
        Act.UNDO,
        Act.SIGN_OFF,
    }
)
_FROZEN = "Calls are frozen"
_EVACUATED = "The building is being evacuated"
_NOT_NOW = f"{_FROZEN}: the building is being evacuated."


class MainDeed(Enum):
    """What the main key would do now."""

    CALL_NEXT = "Call next"
    START = "Start"
    FINISH = "Finish"
    FINISH_AND_CALL_NEXT = "Finish and call next"


class Main(Struct, frozen=True):
    """The main key: what it would do now, and the line that explains it."""

    deed: MainDeed
    detail: str = ""
    possible: bool = True
    instead: str = ""
    """What the key says in place of what it would do: while it can do nothing, or less."""

    @property
    def words(self) -> str:
        return self.instead or self.deed.value


class Situation(Struct, frozen=True):
    """See the module."""

    stage: Stage
    main: Main
    possible: frozenset[Act]
    reasons: Mapping[Act, str] = field(default_factory=dict)
    """Why an action that is shown can't be used now."""
    evacuated: bool = False
    """The building is being evacuated: nobody is called and no ticket is given."""
    walk_in_stands_out: bool = False
    """Nobody waits and nobody is here: taking the next walk-in is the one main action."""


def situation_of(view: DeskView | None, now: Instant) -> Situation:
    """The situation that a view describes; None before the first view."""
    if view is None or not view.officer_id:
        main = Main(MainDeed.CALL_NEXT, possible=False)
        evacuated = view is not None and view.evacuated_at is not None
        return Situation(Stage.SIGNED_OUT, main, _EVERYWHERE, evacuated=evacuated)
    if view.present is None:
        situation = _free(view, now)
    elif view.present.state is State.CALLED:
        situation = _called(view, view.present)
    else:
        situation = _serving(view, view.present, now)
    return situation if view.evacuated_at is None else _in_evacuation(situation)


def _in_evacuation(situation: Situation) -> Situation:
    """Nobody is called, again or at all, and no ticket is given; what goes on at a counter may end. Nor is anything
    taken back that was done before it: whoever presses that key did not mean the evacuation."""
    frozen = (Act.NEW_WALK_IN, Act.CHECK_IN, Act.CALL_AGAIN)
    return replace(
        situation,
        possible=situation.possible - {*frozen, Act.UNDO},
        reasons={**situation.reasons, **dict.fromkeys(frozen, _NOT_NOW)},
        evacuated=True,
    )


def next_row(view: DeskView) -> QueueRow | None:
    """The queue's row of the visit that *call next* would take here."""
    return next((row for row in view.queue if row.visit_id == view.next_for_me), None)


def held_here(view: DeskView) -> str:
    """The visit that is on hold at this counter, the first of several; empty for none."""
    here = view.counter_name
    return next(
        (each.visit_id for each in view.asides if here and each.state is State.ON_HOLD and each.counter == here), ""
    )


def _free(view: DeskView, now: Instant) -> Situation:
    row = (*SERVING_ROW, *PROVIDED_ROW)
    nobody = dict.fromkeys(row, f"No visitor is at this counter. Call the next one first: {key_of(Act.MAIN)}.")
    coming = next_row(view)
    if view.evacuated_at is not None:
        main = Main(MainDeed.CALL_NEXT, _EVACUATED, possible=False, instead=_FROZEN)
    elif coming is not None:
        wait = f"Wait for {moments.said_time(view.awaited.starts_at, view.office.zone)}" if view.awaited else ""
        main = Main(MainDeed.CALL_NEXT, _next_words(view, coming, now), instead=wait)
    elif (early := next((row for row in view.queue if row.mine and row.since > now), None)) is not None:
        due = moments.said_time(early.since, view.office.zone)
        main = Main(MainDeed.CALL_NEXT, f"{early.number} is here, and due at {due}", possible=False)
    elif view.queue:
        main = Main(MainDeed.CALL_NEXT, "Nobody is waiting for you", possible=False)
    else:
        main = Main(MainDeed.CALL_NEXT, "Nobody to call yet", possible=False)
    reasons = nobody if main.possible else {**nobody, Act.MAIN: _NOT_NOW if main.instead else f"{main.detail}."}
    return Situation(
        Stage.FREE,
        main,
        _EVERYWHERE | _SIGNED_IN | (frozenset({Act.MAIN}) if main.possible else frozenset()),
        reasons,
        walk_in_stands_out=not main.possible and view.evacuated_at is None,
    )


def _called(view: DeskView, present: VisitCard) -> Situation:
    possible = _EVERYWHERE | _SIGNED_IN | frozenset(CALLED_ROW) | {Act.MAIN, Act.DETAILS}
    reasons = {}
    missing = view.office.no_show_after_calls - present.calls
    if missing > 0:
        possible -= {Act.NO_SHOW}
        reasons[Act.NO_SHOW] = (
            f"{present.number} has been called {times(present.calls)}. "
            f"A no-show can be marked after {moments.plural(view.office.no_show_after_calls, 'call')}."
        )
    return Situation(Stage.CALLED, Main(MainDeed.START, f"When {present.number} has come"), possible, reasons)


def _serving(view: DeskView, present: VisitCard, now: Instant) -> Situation:
    possible = _EVERYWHERE | _SIGNED_IN | frozenset(SERVING_ROW) | {Act.MAIN, Act.DETAILS, Act.LEFT}
    coming = next_row(view)
    if view.evacuated_at is not None:
        main = Main(MainDeed.FINISH, _NOT_NOW.rstrip("."))
    elif present.then_services:
        goes_on = f"{present.number} then waits for {present.then_services[0]}"
        main = Main(MainDeed.FINISH_AND_CALL_NEXT, goes_on) if coming is not None else Main(MainDeed.FINISH, goes_on)
    elif coming is not None:
        # Whoever would be called only aloud, or only when that is confirmed, is asked about when this has finished.
        words = MainDeed.FINISH.value if view.next_is_aloud or view.awaited else ""
        main = Main(MainDeed.FINISH_AND_CALL_NEXT, _next_words(view, coming, now), instead=words)
    else:
        main = Main(MainDeed.FINISH, "Nobody to call after this")
    return Situation(Stage.SERVING, main, possible)


def _next_words(view: DeskView, coming: QueueRow, now: Instant) -> str:
    if view.next_is_aloud:
        return f"Then {coming.number}, only aloud"
    if view.awaited is not None:
        due = moments.said_time(view.awaited.starts_at, view.office.zone)
        return f"{view.awaited.service} at {due} is due with you"
    return queue_words.next_words(coming, now, view.next_why)


def times(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
