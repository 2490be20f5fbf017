"""Which promises are lost or about to be, by playing the queue forward.

The counters are let go on as they are: each is free once the service under way has lasted as long as services for it
usually do, and calls whom the office's own rule names of those it may serve by then. Appointments still to come are
taken to arrive in time. Nobody new arrives. All times are instants; nothing here is of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import MINUTE, Instant, Millis
from reception.domain.book import DutyKind
from reception.domain.booking import Span
from reception.domain.office import Counter, Officer
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings, may_serve

SOON: Millis = 5 * MINUTE
"""So long before its promise ends a visitor who waits is told that it will be lost."""
BEFORE_LEAVING_HOME: Millis = 60 * MINUTE
"""So long before its promise ends a visitor who has not come yet is rung up."""
TRY_AGAIN: Millis = 10 * MINUTE
"""From ringing somebody up in vain to the next try."""
OVERRUN = 0.5
"""What a service that has lasted longer than usual is taken to last on, as a share of the usual time."""
USUAL: Millis = 10 * MINUTE
"""Of a service that nothing is known of."""
NEAREST_APPOINTMENT: Millis = 5 * MINUTE
"""An officer takes no walk-in so shortly before an appointment."""


class Telling(Struct, frozen=True):
    """What the visitor has been told of the delay so far (`telling` says it of a visit or an appointment)."""

    told_at: Instant | None = None
    told_until: Instant | None = None
    tried_at: Instant | None = None


class Waiting(Struct, frozen=True):
    """A visit that waits, or stepped out or was set aside and will go on waiting.

    `promised_at`: the end of its promise, None where none is made or a service has begun before. `ready_at`: from when
    on its room and interpreter are to be had; for an entry that is not ready, when its interpreter is expected.
    """

    entry: Entry
    promised_at: Instant | None
    appointment_id: str = ""
    ready_at: Instant = 0
    telling: Telling = Telling()


class Coming(Struct, frozen=True):
    """An appointment of today at the office that has not been checked in. `target`: what it is ordered by."""

    appointment_id: str
    service_id: str
    officer_id: str
    starts: Instant
    target: Millis
    promised_at: Instant | None
    ready_at: Instant = 0
    may_ring: bool = True
    """False: the visitor asked not to be rung."""
    telling: Telling = Telling()


class AtWork(Struct, frozen=True):
    """An open counter and its officer. `since`: from when on the present visit is served there; None when it is free.

    `away`: when the officer is not to be had today: leave, meetings, appointments by telephone and home visits.
    """

    counter: Counter
    officer: Officer
    service_id: str = ""
    since: Instant | None = None
    away: tuple[Span, ...] = ()


class Scene(Struct, frozen=True):
    """All that is known of the office at `now`. `usual`: how long a service usually lasts, by its id."""

    now: Instant
    counters: tuple[AtWork, ...]
    waiting: tuple[Waiting, ...]
    coming: tuple[Coming, ...] = ()
    usual: Mapping[str, Millis] = {}
    rule: str = "keep_promises"
    settings: RuleSettings = RuleSettings()


class Foreseen(Struct, frozen=True):
    """When a service is expected to begin; None where nobody at work may serve it, as things stand."""

    visit_id: str
    appointment_id: str
    expected_at: Instant | None


class Delay(Struct, frozen=True):
    """A visitor who is to be told. Of one whom nobody at work may serve, `expected_at` is a guess, `is_guess`."""

    kind: DutyKind
    visit_id: str
    appointment_id: str
    promised_at: Instant
    expected_at: Instant
    is_lost: bool
    last_told_at: Instant | None
    since: Instant
    """From when on the duty stands: the told time, or the promise, that has passed; else now."""
    is_guess: bool = False


def foresee(scene: Scene) -> tuple[Foreseen, ...]:
    """When each who waits or is still to come is expected to be served, in that order of the scene."""
    queue = _queue(scene)
    expected: dict[str, Instant] = {}
    counters = [(_free_at(each, scene), place) for place, each in enumerate(scene.counters)]
    heapify(counters)
    while counters and queue:
        at, place = heappop(counters)
        at_work = scene.counters[place]
        mine = [each for each in queue.values() if may_serve(each.entry, at_work.officer, at_work.counter)]
        if not mine:
            continue
        back = _back_at(at_work, at)
        if back > at:
            heappush(counters, (back, place))
            continue
        chosen = _next(mine, at_work.officer, at, scene)
        if chosen is None:
            heappush(counters, (_something_at(mine, at), place))
            continue
        del queue[chosen.entry.visit_id]
        started = at + scene.settings.call_to_start
        expected[chosen.entry.visit_id] = started
        heappush(counters, (started + scene.usual.get(chosen.entry.service_id, USUAL), place))
    return (
        *(Foreseen(w.entry.visit_id, w.appointment_id, expected.get(w.entry.visit_id)) for w in scene.waiting),
        *(Foreseen("", c.appointment_id, expected.get(_key(c))) for c in scene.coming),
    )


class _Queued(Struct, frozen=True):
    entry: Entry
    from_at: Instant
    """Not called before: it is not due, not here, or not ready."""


def _queue(scene: Scene) -> dict[str, _Queued]:
    queue = {}
    for each in scene.waiting:
        entry = replace(each.entry, ready=True)
        from_at = max(each.ready_at, entry.since if entry.kind is Kind.APPOINTMENT else 0)
        queue[entry.visit_id] = _Queued(entry, from_at)
    for number, coming in enumerate(scene.coming):
        since = max(coming.starts, scene.now)
        entry = Entry(
            visit_id=_key(coming),
            kind=Kind.APPOINTMENT,
            service_id=coming.service_id,
            arrived_at=since,
            since=since,
            target=coming.target,
            order=1_000_000 + number,
            named_officer_id=coming.officer_id,
        )
        queue[entry.visit_id] = _Queued(entry, max(since, coming.ready_at))
    return queue


def _key(coming: Coming) -> str:
    return f"appointment {coming.appointment_id}"


def _free_at(at_work: AtWork, scene: Scene) -> Instant:
    if at_work.since is None:
        return scene.now
    usual = scene.usual.get(at_work.service_id, USUAL)
    ends = at_work.since + usual
    return ends if ends > scene.now else scene.now + round(usual * OVERRUN)


def _back_at(at_work: AtWork, at: Instant) -> Instant:
    """When the officer is to be had again."""
    for span in at_work.away:
        if span.starts <= at < span.ends:
            at = span.ends
    return at


def _next(mine: Sequence[_Queued], officer: Officer, at: Instant, scene: Scene) -> _Queued | None:
    """Whom the rule names at that instant; nobody where an appointment with this officer is so near that they wait."""
    ready = [each for each in mine if each.from_at <= at]
    if not ready:
        return None
    ranked = RULES[scene.rule]([each.entry for each in ready], at, scene.settings)
    first = ranked[0].entry
    if not first.named_officer_id and any(
        each.entry.kind is Kind.APPOINTMENT
        and each.entry.named_officer_id == officer.id
        and at < each.from_at <= at + NEAREST_APPOINTMENT
        for each in mine
    ):
        return None
    return next(each for each in ready if each.entry is first)


def _something_at(mine: Iterable[_Queued], at: Instant) -> Instant:
    """The next instant at which one of them may be called."""
    return min(each.from_at for each in mine if each.from_at > at)


def to_tell(
    scene: Scene,
    foreseen: Sequence[Foreseen] | None = None,
    soon: Millis = SOON,
    before_leaving_home: Millis = BEFORE_LEAVING_HOME,
) -> tuple[Delay, ...]:
    """The visitors to be told of a delay now, most urgent first: whose promise ends first.

    Those whose promise is lost, or ends within `soon` (`before_leaving_home` for those who have not come yet) and is
    expected to be lost. Whoever was told is told again once the told time has passed.
    """
    expected = {(each.visit_id, each.appointment_id): each.expected_at for each in foreseen or foresee(scene)}
    delays = []
    for waiting in scene.waiting:
        key = (waiting.entry.visit_id, waiting.appointment_id)
        delay = _delay(scene, DutyKind.WAITING, key, waiting.promised_at, expected[key], waiting.telling, soon)
        delays.append(delay)
    for coming in scene.coming:
        key = ("", coming.appointment_id)
        if coming.may_ring:
            delay = _delay(
                scene, DutyKind.TELEPHONE, key, coming.promised_at, expected[key], coming.telling, before_leaving_home
            )
            delays.append(delay)
    return tuple(
        sorted(
            (each for each in delays if each is not None),
            key=lambda each: (each.promised_at, each.visit_id, each.appointment_id),
        )
    )


def _delay(
    scene: Scene,
    kind: DutyKind,
    who: tuple[str, str],
    promised_at: Instant | None,
    expected_at: Instant | None,
    telling: Telling,
    horizon: Millis,
) -> Delay | None:
    now = scene.now
    if promised_at is None or promised_at > now + horizon or not _is_to_be_told(telling, now):
        return None
    if expected_at is not None and expected_at <= promised_at:
        return None
    is_lost = promised_at < now
    passed = telling.told_until if telling.told_at is not None else None
    return Delay(
        kind=DutyKind.AGAIN if telling.told_at is not None else kind,
        visit_id=who[0],
        appointment_id=who[1],
        promised_at=promised_at,
        expected_at=max(now, promised_at) + USUAL if expected_at is None else expected_at,
        is_lost=is_lost,
        last_told_at=telling.told_at,
        since=passed if passed is not None else promised_at if is_lost else now,
        is_guess=expected_at is None,
    )


def _is_to_be_told(telling: Telling, now: Instant) -> bool:
    if telling.tried_at is not None and now < telling.tried_at + TRY_AGAIN:
        return False
    if telling.told_at is None:
        return True
    return telling.told_until is not None and telling.told_until <= now
