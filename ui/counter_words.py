"""The words of what is at the counters and aside, and of the day's figure."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, Millis
from reception.domain.desk_view import Aside, CounterRow, VisitCard
from reception.domain.visit_states import End, State
from ui.codes import end_words, state_words
from ui.moments import day_words, plural, said_time, span_words


def started_words(card: VisitCard, zone: ZoneInfo, now: Instant) -> str:
    """How long the present visit has been at the counter: "Started 10.38am, 4 min so far"."""
    if card.started_at is not None:
        return f"Started {said_time(card.started_at, zone)}, {_so_far(now - card.started_at)}"
    if card.called_at is not None:
        often = "" if card.calls < 2 else f" {plural(card.calls, 'time')}, last"
        return f"Called{often} {said_time(card.called_at, zone)}, {_ago(now - card.called_at)}"
    return state_words(card.state)


def _so_far(span: Millis) -> str:
    return "just now" if span < MINUTE else f"{span_words(span)} so far"


def _ago(span: Millis) -> str:
    return "just now" if span < MINUTE else f"{span_words(span)} ago"


def counter_words(row: CounterRow) -> str:
    """What goes on at a counter: "C018 Council Tax", "Free", "Closed"."""
    if row.number:
        return f"{row.number} {row.service}"
    return "Free" if row.officer else "Closed"


def counter_detail(row: CounterRow, now: Instant) -> str:
    """Since when and with whom: "6 min, Ewan Pritchard", "called 1 min ago, Ewan Pritchard"."""
    if not row.number or row.since is None:
        return row.officer
    span = span_words(now - row.since)
    when = f"called {_ago(now - row.since)}" if row.state is State.CALLED else span
    return f"{when}, {row.officer}" if row.officer else when


def aside_words(aside: Aside, today: date) -> str:
    """What is to become of a visit that is set aside."""
    if aside.end is End.TO_FOLLOW and aside.due is not None:
        by = f"{'To follow by' if aside.due >= today else 'Overdue since'} {day_words(aside.due, today)}"
        return f"{by}, {aside.owner}" if aside.owner else by
    if aside.end is not None:
        return end_words(aside.end)
    if aside.own_request:
        return "Stepped out"
    at = f" at {aside.counter}" if aside.counter else ""
    match aside.state:
        case State.CALLED:
            return f"Called to {aside.counter}" if aside.counter else "Called"
        case State.SERVING:
            return f"Being served{at}"
        case _:
            return f"On hold{at}"


def on_time_words(within: int, judged: int) -> tuple[str, str]:
    """The day's figure and what it rests on: ("94%", "on time today, 34 of 36").

    Rounded to the nearest whole, but never to 100 while one is missed nor to 0 while one is kept.
    """
    share = round(100 * within / judged)
    if within < judged:
        share = min(share, 99)
    if within:
        share = max(share, 1)
    return f"{share}%", f"on time today, {within} of {judged}"
