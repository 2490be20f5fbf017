"""One minute of one day, for every test and picture of the desk: Tuesday 24 November 2026, 10.42am."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import MINUTE, Instant, Millis, from_datetime
from reception.domain.desk_view import Aside, CounterRow, DeskView, QueueRow, Undoable, VisitCard
from reception.domain.office import Counter, Hours, Office, Officer, Role, Service
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State, Why

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 24)


def at(hour: int, minute: int, second: int = 0) -> Instant:
    """A time of the sample day, which is not in summer time."""
    return from_datetime(datetime(2026, 11, 24, hour, minute, second, tzinfo=UTC))


NOW = at(10, 42)

SERVICES = (
    Service("housing", "Housing", "H"),
    Service("council-tax", "Council Tax", "C"),
    Service("benefits", "Benefits", "B"),
    Service("planning", "Planning", "P", specialist=True),
    Service("parking", "Parking", "K"),
    Service("electoral", "Electoral services", "E"),
)
STAFF = (
    Officer("priya", "Priya Nair", Role.RECEPTIONIST),
    Officer("ewan", "Ewan Pritchard", Role.OFFICER),
    Officer("grace", "Grace Okafor", Role.OFFICER),
    Officer("tomasz", "Tomasz Zieliński", Role.OFFICER),
    Officer("li", "Li Wei", Role.SUPERVISOR),
)
OFFICE = Office(
    id="hertsmere",
    name="Civic Offices",
    council="Hertsmere Borough Council",
    timezone="Europe/London",
    hours=tuple(Hours(day, time(9), time(17)) for day in range(5)),
    services=SERVICES,
    counters=tuple(Counter(f"counter-{n}", f"Counter {n}") for n in range(1, 6)),
    staff=STAFF,
)
_LETTERS = {service.letter: service.name for service in SERVICES}


def row(
    number: str,
    came: Instant,
    *needs: Need,
    target: Millis | None = 15 * MINUTE,
    ordering: Millis = 15 * MINUTE,
    guard: float = 1.5,
    booked_for: Instant | None = None,
    spoken: str = "",
    mine: bool = True,
    why: Why = Why.CAN_BE_KEPT,
    **others: object,
) -> QueueRow:
    """A waiting visit; its service follows from the letter of its number."""
    since = max(came, booked_for or came)
    stepped_out = int(str(others.get("stepped_out", 0)))
    counted = target if target is not None else ordering
    plain = QueueRow(
        visit_id=number.lower(),
        number=number,
        service=_LETTERS[number[0]],
        person=Person(spoken=spoken, needs=frozenset(needs)),
        party_size=1,
        arrived_at=came,
        since=since,
        leg=1,
        booked_for=booked_for,
        target=target,
        ordering_target=counted,
        deadline=since + counted + stepped_out,
        guard_at=since + round(counted * guard) + stepped_out,
        stepped_out=0,
        why=why,
        see_first=False,
        named_officer="",
        mine=mine,
        linked=False,
    )
    return replace(plain, **others)  # type: ignore[arg-type]


def queue() -> tuple[QueueRow, ...]:
    """The picture's queue."""
    return (
        row("C020", at(10, 28), Need.LARGE_PRINT),
        row("H009", at(10, 34), Need.STEP_FREE, target=5 * MINUTE, ordering=5 * MINUTE, guard=2, booked_for=at(10, 40)),
        row("K004", at(10, 33)),
        row("B006", at(10, 35), Need.PRIVATE, spoken="pl"),
        row("P003", at(10, 37), Need.BSL, spoken="bfi"),
        row("C021", at(10, 40), Need.CHILDREN),
        row("H008", at(10, 25), why=Why.PAST_PROMISE),
    )


def mixed_queue() -> tuple[QueueRow, ...]:
    """Every kind of row at once."""
    return (
        row("B004", at(10, 30), see_first=True, why=Why.SEE_FIRST, party_size=3),
        row("H007", at(10, 12), why=Why.GUARD_PASSED),
        row("C020", at(10, 28), Need.LARGE_PRINT),
        row("C022", at(10, 29, 30), Need.INTERPRETER, Need.PRIVATE, Need.STEP_FREE, Need.CHILDREN, spoken="zh"),
        row("P003", at(10, 37), Need.BSL, spoken="bfi", mine=False, named_officer="Li Wei"),
        row("E001", at(10, 33), target=None),
        row("K005", at(10, 20), leg=2, since=at(10, 39), deadline=at(10, 54), guard_at=at(11, 1, 30)),
        row("C021", at(10, 36), Need.HEARING_LOOP, stepped_out=4 * MINUTE, linked=True),
        row("H011", at(10, 27, 20), why=Why.PAST_PROMISE),
        row("H010", at(10, 26, 30), why=Why.PAST_PROMISE),
        row("H008", at(10, 25), why=Why.PAST_PROMISE, mine=False),
    )


def present() -> VisitCard:
    """The visit at this counter."""
    return VisitCard(
        visit_id="c019",
        number="C019",
        code="C019-7KQ2",
        state=State.SERVING,
        end=None,
        service_id="council-tax",
        service="Council Tax",
        person=Person("Harpreet Kaur", "en", "pa", frozenset({Need.LARGE_PRINT, Need.PRIVATE})),
        party_size=1,
        arrived_at=at(10, 24),
        since=at(10, 24),
        leg=1,
        target=15 * MINUTE,
        resolved_target=None,
        first_wait=14 * MINUTE,
        waited=14 * MINUTE,
        called_at=at(10, 37),
        calls=1,
        started_at=at(10, 38),
        held_at=None,
        own_request=False,
        held_from_service=False,
        ended_at=None,
        counter="Counter 3",
        officer="Priya Nair",
        specialist=False,
        see_first=False,
        then_services=(),
        due=None,
        owner="",
        done_at=None,
        voided=False,
        reinstated=False,
        linked_numbers=(),
        total_wait=14 * MINUTE,
    )


def counters() -> tuple[CounterRow, ...]:
    return (
        CounterRow(
            "counter-1", "Counter 1", "ewan", "Ewan Pritchard", "C018", "Council Tax", State.SERVING, at(10, 36)
        ),
        CounterRow("counter-2", "Counter 2", "grace", "Grace Okafor", "H007", "Housing", State.CALLED, at(10, 41)),
        CounterRow("counter-3", "Counter 3", "priya", "Priya Nair", "C019", "Council Tax", State.SERVING, at(10, 38)),
        CounterRow("counter-4", "Counter 4", "tomasz", "Tomasz Zieliński", "", "", None, at(10, 30)),
        CounterRow("counter-5", "Counter 5", "", "", "", "", None, None),
    )


def asides() -> tuple[Aside, ...]:
    return (
        Aside("b005", "B005", "Benefits", "", State.ON_HOLD, None, True, at(10, 31), "", None, ""),
        Aside("k003", "K003", "Parking", "", State.ON_HOLD, None, False, at(10, 22), "Counter 2", None, ""),
        Aside("h006", "H006", "Housing", "", State.CALLED, None, False, at(10, 41), "Counter 1", None, ""),
        Aside(
            "p001",
            "P001",
            "Planning",
            "",
            State.ENDED,
            End.TO_FOLLOW,
            False,
            at(9, 40),
            "",
            date(2026, 11, 27),
            "Li Wei",
        ),
        Aside(
            "h001",
            "H001",
            "Housing",
            "",
            State.ENDED,
            End.TO_FOLLOW,
            False,
            at(9, 40) - 5 * 24 * 60 * MINUTE,
            "",
            date(2026, 11, 20),
            "Grace Okafor",
        ),
    )


def desk_view(rows: Iterable[QueueRow] | None = None, now: Instant = NOW, **others: object) -> DeskView:
    """The desk of Counter 3; without `rows` with the picture's queue. Where the caption stands follows from `why`."""
    shown = queue() if rows is None else tuple(rows)
    past = next((place for place, visit in enumerate(shown) if visit.why is Why.PAST_PROMISE), None)
    view = DeskView(
        now=now,
        sequence=120,
        office=OFFICE,
        counter_id="counter-3",
        counter_name="Counter 3",
        officer_id="priya",
        officer_name="Priya Nair",
        role=Role.RECEPTIONIST,
        queue=shown,
        order_valid_until=None,
        first_past_promise=past,
        next_for_me=shown[0].visit_id if shown else None,
        present=present(),
        counters=counters(),
        asides=asides(),
        seen_today=34,
        judged_today=36,
        within_today=34,
        longest_wait_since=min((visit.since for visit in shown), default=None),
        evacuated_at=None,
        undoable=Undoable("u", "Finish", "C018", at(10, 38), at(10, 43)),
        clock_went_back=0,
        unprinted=(),
    )
    return replace(view, **others)  # type: ignore[arg-type]
