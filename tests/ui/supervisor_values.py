"""Days as a supervisor sees them, made by hand: a busy one as in the picture, and every other kind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from reception.clock import MINUTE, Instant, Millis, from_datetime
from reception.domain.about_now import RoomRow
from reception.domain.booked import DelayAnswer, RoomState
from reception.domain.columns import Column
from reception.domain.desk_view import CounterRow
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.office import Office, Officer, Role, Service
from reception.domain.today_view import Attention, AttentionKind, DelayNow, Mark, ServiceNow, TodayView
from reception.domain.visit_states import State
from tests.ui.fake_door import OFFICE as DESK_OFFICE

TARGET = 15 * MINUTE
PARTNER = "Citizens Advice"
SERVICES = (
    Service("ctax", "Council Tax", "C"),
    Service("housing", "Housing", "H"),
    Service("benefits", "Benefits", "B"),
    Service("planning", "Planning", "P"),
    Service("parking", "Parking", "K"),
    Service("advice", PARTNER, "A", partner=PARTNER),
)
OFFICE = replace(
    DESK_OFFICE,
    services=SERVICES,
    staff=(*DESK_OFFICE.staff, Officer("morag", "Morag Sinclair", Role.SUPERVISOR)),
)
BUSHEY = replace(OFFICE, id="bushey", name="Bushey Centre", staff=(Officer("ann", "Ann Lee", Role.ADMINISTRATOR),))


def at(hour: int, minute: int = 0) -> Instant:
    """A time of Tuesday 24 November 2026, in London."""
    return from_datetime(datetime(2026, 11, 24, hour, minute, tzinfo=UTC))


NOW = at(14, 15)
_AFTER = {column for column in Column if column.value.endswith("_after")}


def minutes(waits: Sequence[float], tenths: int) -> float | None:
    """A quantile by linear interpolation."""
    if not waits:
        return None
    ordered = sorted(waits)
    place = (len(ordered) - 1) * tenths / 10
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def waits_of(marks: Sequence[Mark], group: str = "total") -> WaitSummary:
    """The summary of these marks, reckoned the plain way."""
    columns = {column.value: sum(mark.column is column for mark in marks) for column in Column}
    seen = [mark for mark in marks if mark.column is Column.SEEN]
    long = [mark.wait / MINUTE for mark in seen]
    targets = {mark.target for mark in marks}
    (target,) = targets if len(targets) == 1 else (None,)
    within = sum(mark.target is not None and mark.wait <= mark.target for mark in seen)
    judged = [m for m in marks if m.target is not None and (m.column is Column.SEEN or m.column in _AFTER)]
    return WaitSummary(
        group=group,
        visits=len(marks),
        **columns,
        mean_wait_min=sum(long) / len(long) if long else None,
        median_wait_min=minutes(long, 5),
        p90_wait_min=minutes(long, 9),
        longest_wait_min=max(long, default=None),
        target_min=None if target is None else target / MINUTE,
        within_target=within if any(mark.target is not None for mark in marks) else None,
        share_within_target=within / len(judged) if judged else None,
    )


def some_marks(
    count: int,
    *,
    until: Instant = NOW,
    target: Millis | None = TARGET,
    services: Sequence[Service] = SERVICES,
    seed: int = 5,
) -> tuple[Mark, ...]:
    """So many walk-ins since nine: most seen in time, some late, a few gone, the last ones still waiting."""
    chance = random.Random(seed)
    came = sorted(chance.randrange(at(9), until - 20 * MINUTE, MINUTE) for _ in range(count - 6))
    marks = []
    for number, arrived in enumerate(came):
        wait = min(round(chance.expovariate(1 / 6)), 26)
        column = Column.SEEN
        if number % 55 == 40:
            column, wait = Column.LEFT_BEFORE if target is None else Column.LEFT_AFTER, 19
        elif number % 55 == 20:
            column, wait = Column.LEFT_BEFORE, 7
        marks.append(_mark(arrived, wait * MINUTE, column, target, chance.choice(services)))
    marks += [
        _mark(until - waited * MINUTE, waited * MINUTE, Column.OPEN, target, chance.choice(services[:4]))
        for waited in (17, 9, 8, 7, 4, 2)
    ]
    return tuple(sorted(marks, key=lambda mark: mark.arrived_at))


def _mark(arrived: Instant, wait: Millis, column: Column, target: Millis | None, service: Service) -> Mark:
    return Mark(arrived, wait, target, column, service.id, is_partner=bool(service.partner))


COUNTERS = (
    CounterRow("c1", "Counter 1", "ewan", "Ewan Pritchard", "C051", "Council Tax", State.SERVING, NOW - 6 * MINUTE),
    CounterRow("c2", "Counter 2", "grace", "Grace Okafor", "H023", "Housing", State.SERVING, NOW - 14 * MINUTE),
    CounterRow("c3", "Counter 3", "priya", "Priya Nair", "", "", None, None),
    CounterRow("c4", "Counter 4", "", "", "", "", None, None),
)
ROOMS = (
    RoomRow("r1", "The Allum Room", frozenset(), 4, RoomState.IN_USE, "v1", "B020", NOW - 11 * MINUTE, at(15, 30)),
    RoomRow("r2", "Room 2", frozenset(), 4, RoomState.IN_USE, "", "", None, at(15, 0)),
)
ATTENTION = (
    Attention(
        AttentionKind.WILL_MISS,
        "Housing",
        "H024",
        waiting=3,
        officers=1,
        at=at(14, 21),
        expected_at=at(14, 24),
        could_serve=("Tomasz Zieliński", "Priya Nair"),
    ),
    Attention(
        AttentionKind.OVER,
        "Council Tax",
        "C050",
        waiting=2,
        officers=1,
        at=at(14, 13),
        told_at=at(14, 11),
        could_serve=("Priya Nair",),
    ),
    Attention(AttentionKind.INTERPRETER, "Benefits", at=at(15, 30), language="ukr"),
)


def today(
    marks: Sequence[Mark] = (),
    *,
    now: Instant = NOW,
    office: Office = OFFICE,
    appointments: tuple[int, int] = (0, 0),
    attention: Sequence[Attention] = (),
    told: tuple[int, int] = (0, 0),
    delayed: Sequence[DelayNow] = (),
    sequence: int = 1,
    is_closed: bool = False,
    at_work: bool = True,
) -> TodayView:
    """One office. `appointments`: (within, lost); `told`: (told, untold)."""
    own = [mark for mark in marks if not mark.is_partner]
    waiting = [mark for mark in own if mark.column is Column.OPEN]
    within, lost = appointments
    return TodayView(
        now=now,
        sequence=sequence,
        office=office,
        opens_at=None if is_closed else at(9),
        closes_at=None if is_closed else at(17),
        waits=waits_of(own),
        resolved=ResolvedSummary("total", 0, 0, 0, 0, 0, 0, 0, None, None, None, None, None, None, None, None, None),
        appointments=AppointmentSummary(
            "total",
            within + lost,
            within + lost,
            0,
            0,
            None,
            None,
            None,
            5.0 if within + lost else None,
            within if within + lost else None,
            within / (within + lost) if within + lost else None,
            0,
            lost,
            0,
            0,
        ),
        delays=DelaySummary("total", 0, 0, 0, 0, 0, 0, None),
        waiting=len(waiting),
        longest=max((mark.wait for mark in waiting), default=None),
        will_miss=sum(each.kind is AttentionKind.WILL_MISS for each in attention),
        over=sum(mark.target is not None and mark.wait > mark.target for mark in waiting),
        told=told[0],
        untold=told[1],
        services=tuple(_service(service, marks) for service in office.services),
        marks=tuple(marks),
        counters=COUNTERS if at_work else (),
        rooms=ROOMS if at_work else (),
        attention=tuple(attention),
        delayed=tuple(delayed),
    )


def _service(service: Service, marks: Sequence[Mark]) -> ServiceNow:
    its = [mark for mark in marks if mark.service_id == service.id]
    waiting = [mark.wait for mark in its if mark.column is Column.OPEN]
    return ServiceNow(
        service.id,
        service.name,
        service.partner,
        len(waiting),
        max(waiting, default=None),
        sum(each.column is Column.OPEN and each.target is not None and each.wait > each.target for each in its),
        waits_of(its, service.name),
    )


DELAYED = (
    DelayNow("B017", "Benefits", at(14, 9), True),
    DelayNow("H031", "Housing", at(14), True, at(13, 50), "Priya Nair", at(14, 10), DelayAnswer.WILL_WAIT),
    DelayNow("H029", "Housing", at(13, 55), False, at(13, 58), "Priya Nair", at(14, 20), DelayAnswer.LEAVES),
    DelayNow("B011", "Benefits", at(12), False, at(12), "Ewan Pritchard", at(12, 30), DelayAnswer.ANOTHER_TIME),
    DelayNow("K7R2QD", "Planning", at(11, 35), False, at(11, 20), "Grace Okafor", None, DelayAnswer.NOT_REACHED),
)


def busy(**more: object) -> TodayView:
    """The picture's afternoon."""
    values: dict[str, object] = {
        "appointments": (11, 1),
        "attention": ATTENTION,
        "told": (4, 1),
        "delayed": DELAYED,
        **more,
    }
    return today(some_marks(124), **values)  # type: ignore[arg-type]


def many_services() -> Office:
    """Fourteen services, some with long names."""
    names = ("Licensing and registration of premises", "Electoral services", "Environmental health", "Waste")
    more = tuple(Service(f"s{n}", f"{names[n % 4]}{'' if n < 4 else f' {n}'}", "LEXWMNOQRST"[n]) for n in range(8))
    return replace(OFFICE, services=(*SERVICES, *more))


def days() -> dict[str, TodayView]:
    """Every kind of day."""
    fourteen = many_services()
    over = tuple(
        Attention(AttentionKind.OVER, "Benefits", f"B{number:03}", waiting=9, at=NOW - number * MINUTE)
        for number in range(1, 10)
    )
    return {
        "busy": busy(),
        "empty": today(now=at(8, 50)),
        "open": today(now=at(9, 5)),
        "closed": today(is_closed=True, at_work=False),
        "crowded": today(
            some_marks(306, services=fourteen.services),
            office=fourteen,
            attention=(*ATTENTION, *over, Attention(AttentionKind.NOBODY_SERVES, "Planning", "P003", waiting=2)),
            appointments=(40, 7),
            told=(9, 12),
        ),
        "one-service": today(some_marks(40, services=SERVICES[:1]), office=replace(OFFICE, services=SERVICES[:1])),
        "no-promise": today(some_marks(60, target=None)),
    }
