"""When those who wait or are still to come will be served, by playing the queue forward; `delays` says who is told.

The counters are let go on as they are: each is free once the service under way has lasted as long as services for it
usually do, and calls whom the desk would call by then. Appointments still to come are taken to arrive in time, and
their officers to be there for them; for one that has not come in time nobody waits. Nobody new arrives. All times are
instants; nothing here is of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import MINUTE, Instant, Millis
from reception.domain.alike import Line, Queued, lines_of
from reception.domain.booking import Span
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import DUE_SOON, RULES, Entry, Kind, RuleSettings, gives_way, may_serve, whom_to_call

OVERRUN = 0.5
"""What a service that has lasted longer than usual is taken to last on, as a share of the usual time."""
USUAL: Millis = 10 * MINUTE
"""Of a service that nothing is known of."""
BELIEVABLE: Millis = 90 * MINUTE
"""A service is taken to last no longer: past it, it was most likely left open."""
LOOKS_AGAIN_AFTER: Millis = MINUTE
"""Whoever lets a walk-in wait for an appointment to come looks again meanwhile: once another counter has taken the
walk-in, an appointment that is here already may be first."""


def usual_time(lasted: Sequence[Millis]) -> Millis:
    """How long a service usually lasts, by some that ended: their mean, each counted for `BELIEVABLE` at most."""
    return round(sum(min(each, BELIEVABLE) for each in lasted) / len(lasted))


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
    """An appointment of today at the office that has not been checked in and is still within its grace period.

    `target`: what it is ordered by.
    """

    appointment_id: str
    service_id: str
    officer_id: str
    starts: Instant
    target: Millis
    promised_at: Instant | None
    """For one who comes in time; whoever is late already is promised as much from the arrival on."""
    ready_at: Instant = 0
    may_ring: bool = True
    """False: the visitor asked not to be rung."""
    telling: Telling = Telling()


class AtWork(Struct, frozen=True):
    """An open counter and its officer. `since`: from when on the present visit is served there; None when it is free.

    `away`: when the officer is not to be had today: leave, meetings, appointments by telephone and home visits.
    `only_named`: the officer is not signed in, and is there for their own appointments only.
    """

    counter: Counter
    officer: Officer
    service_id: str = ""
    since: Instant | None = None
    away: tuple[Span, ...] = ()
    free_since: Instant | None = None
    """When the last visit there ended, or the counter opened; None where that is not known."""
    only_named: bool = False

    def may_serve(self, entry: Entry) -> bool:
        if self.only_named and (entry.kind is not Kind.APPOINTMENT or entry.named_officer_id != self.officer.id):
            return False
        return may_serve(entry, self.officer, self.counter)


class Scene(Struct, frozen=True):
    """All that is known of the office at `now`. `usual`: how long a service lasts on average, by its id.

    The mean foresees more of what is lost than the median does: services have a long tail (`benchmarks/foresight.py`).
    """

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


def foresee(scene: Scene) -> tuple[Foreseen, ...]:
    """When each who waits or is still to come is expected to be served, in that order of the scene."""
    in_time = tuple(each for each in scene.coming if each.starts >= scene.now)
    expected = _played(scene, in_time)
    if len(in_time) < len(scene.coming):
        # What one who is late would be told, were they here now: nobody else's time rests on it.
        with_late = _played(scene, scene.coming)
        expected |= {key: with_late.get(key) for key in map(_key, scene.coming) if key not in expected}
    return (
        *(Foreseen(w.entry.visit_id, w.appointment_id, expected.get(w.entry.visit_id)) for w in scene.waiting),
        *(Foreseen("", c.appointment_id, expected.get(_key(c))) for c in scene.coming),
    )


def _played(scene: Scene, coming: Sequence[Coming]) -> dict[str, Instant | None]:
    """When each is served who is served at all, by visit or `_key`, if of those still to come these do."""
    queue = _queue(scene, coming)
    lines = lines_of(queue.values(), scene.now, scene.settings)
    expected: dict[str, Instant | None] = {}
    at_counters = (*scene.counters, *_not_signed_in(scene))
    served = [[line for line in lines if each.may_serve(line.entries[0])] for each in at_counters]
    counters = [(_free_at(each, queue, scene), place) for place, each in enumerate(at_counters)]
    heapify(counters)
    while counters:
        at, place = heappop(counters)
        at_work = at_counters[place]
        mine = served[place] = [line for line in served[place] if line.entries]
        if not mine:
            continue
        back = _back_at(at_work, at)
        if back > at:
            heappush(counters, (back, place))
            continue
        chosen = _next(mine, at_work.officer, at, scene)
        if chosen is None:
            heappush(counters, (_looks_again_at(mine, at), place))
            continue
        started = at + scene.settings.call_to_start
        expected[chosen.visit_id] = started
        heappush(counters, (started + scene.usual.get(chosen.service_id, USUAL), place))
    return expected


def _queue(scene: Scene, those_coming: Sequence[Coming]) -> dict[str, Queued]:
    queue = {}
    for each in scene.waiting:
        entry = replace(each.entry, ready=True)
        since = entry.since - (DUE_SOON if entry.named_officer_id else 0)
        from_at = max(each.ready_at, since if entry.kind is Kind.APPOINTMENT else 0)
        queue[entry.visit_id] = Queued(entry, from_at)
    for number, coming in enumerate(those_coming):
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
        queue[entry.visit_id] = Queued(entry, max(since, coming.ready_at))
    return queue


def _not_signed_in(scene: Scene) -> list[AtWork]:
    """The officers of appointments who are at no counter."""
    at_work = {each.officer.id for each in scene.counters}
    of_visits = (w.entry.named_officer_id for w in scene.waiting if w.entry.kind is Kind.APPOINTMENT)
    missing = dict.fromkeys((*of_visits, *(each.officer_id for each in scene.coming)))
    return [
        AtWork(Counter("", ""), Officer(each, "", Role.OFFICER), only_named=True)
        for each in missing
        if each and each not in at_work
    ]


def _key(coming: Coming) -> str:
    return f"appointment {coming.appointment_id}"


def _free_at(at_work: AtWork, queue: Mapping[str, Queued], scene: Scene) -> Instant:
    """A counter that has stood free for a while, though there was somebody to call, is taken to do so as long again.

    While it waited for an appointment there was nobody.
    """
    if at_work.since is None and at_work.free_since is None:
        return scene.now
    if at_work.since is None:
        to_call = [max(each.from_at, each.entry.since) for each in queue.values() if at_work.may_serve(each.entry)]
        awaited = [
            min(each.starts, scene.now)
            for each in scene.coming
            if each.officer_id == at_work.officer.id and each.starts - DUE_SOON <= scene.now
        ]
        idle_since = max(at_work.free_since or 0, min(to_call, default=scene.now), *awaited)
        return scene.now + max(0, scene.now - idle_since)
    usual = scene.usual.get(at_work.service_id, USUAL)
    ends = at_work.since + usual
    return ends if ends > scene.now else scene.now + round(usual * OVERRUN)


def _back_at(at_work: AtWork, at: Instant) -> Instant:
    """When the officer is to be had again."""
    for span in at_work.away:
        if span.starts <= at < span.ends:
            at = span.ends
    return at


def _next(mine: Sequence[Line], officer: Officer, at: Instant, scene: Scene) -> Entry | None:
    """Whom the desk would call at that instant, who is then taken out; nobody where the officer waits for an
    appointment."""
    near = {
        entry.visit_id: (entry, line)
        for line in mine
        if line.from_at <= at
        for entry in line.candidates(at, scene.settings.call_to_start)
    }
    ranked = RULES[scene.rule]([entry for entry, _ in near.values()], at, scene.settings)
    first = whom_to_call(ranked, officer.id, at)
    if first is None:
        return None
    entry = first.entry
    if gives_way(entry) and any(_is_awaited(line, officer, at) for line in mine):
        return None
    near[entry.visit_id][1].take(entry)
    return entry


def _is_awaited(line: Line, officer: Officer, at: Instant) -> bool:
    """Appointments with this officer that are about to begin, and cannot be called yet."""
    if line.kind is not Kind.APPOINTMENT or line.officer_id != officer.id or line.from_at <= at:
        return False
    return any(each.since - DUE_SOON <= at <= each.since for each in line.entries)


def _looks_again_at(mine: Sequence[Line], at: Instant) -> Instant:
    """When whoever calls nobody now looks again: as soon as one more may be called, and meanwhile too where somebody is
    here."""
    something_at = min(line.from_at for line in mine if line.from_at > at)
    is_here = any(line.from_at <= at for line in mine)
    return min(something_at, at + LOOKS_AGAIN_AFTER) if is_here else something_at
