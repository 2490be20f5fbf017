"""When an office is open, and when an officer or an interpreter may be booked: spans of one local day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from reception.domain.booked import Kind
from reception.domain.booking import Span
from reception.domain.local_time import closes_at, opens_at
from reception.domain.office import Hours, Interpreter, Office, Officer
from reception.domain.workdays import Division, is_bank_holiday, working_day_after


def spans_of(hours: Iterable[Hours], day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """The hours of that day's weekday as instants, in order; those that follow one another without a gap are one."""
    spans: list[Span] = []
    for start, end in sorted((each.opens, each.closes) for each in hours if each.weekday == day.weekday()):
        span = Span(opens_at(day, start, zone), closes_at(day, end, zone))
        if spans and span.starts <= spans[-1].ends:
            last = spans.pop()
            span = Span(last.starts, max(last.ends, span.ends))
        if span.starts < span.ends:
            spans.append(span)
    return tuple(spans)


def is_closed_day(office: Office, day: date) -> bool:
    """A closure or a bank holiday: nothing is booked, of any kind."""
    return day in office.closures or is_bank_holiday(day, Division(office.division))


def hours_of_officer(office: Office, officer: Officer) -> tuple[Hours, ...]:
    """The working pattern; whoever has none works whenever the office is open."""
    return officer.hours or office.hours


def hours_of_interpreter(office: Office, interpreter: Interpreter) -> tuple[Hours, ...]:
    return interpreter.hours or office.hours


def hours_of_kind(office: Office, officer: Officer | None, kind: Kind) -> tuple[Hours, ...]:
    """What an appointment of that kind must lie within: a home visit goes by the officer alone."""
    if kind is Kind.HOME_VISIT and officer is not None:
        return hours_of_officer(office, officer)
    return office.hours


def first_day_with_notice(office: Office, today: date) -> date:
    """The first day of a visit or meeting that the council arranges today (Hertfordshire: 5 working days)."""
    if office.notice_days < 1:
        return today
    return working_day_after(today, office.notice_days, Division(office.division), office.closures)


def within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of the spans holds it whole."""
    return any(each.starts <= span.starts and span.ends <= each.ends for each in spans)


def meeting(span: Span, spans: Sequence[Span]) -> Span | None:
    """The first of the spans, in order, that shares an instant with it."""
    return next((each for each in spans if each.meets(span)), None)
