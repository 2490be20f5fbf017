"""Plays one recorded day again through the real commands: as it was, and as the calling rule would have had it."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from reception.clock import MINUTE, Instant, SetClock
from reception.domain.figures import WaitSummary
from reception.domain.office import Counter, Officer, Role, Service
from reception.domain.standards import PRESETS
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.import_survey import SERVICE_WITHOUT_NAME, choose_letter
from reception.services.office_settings import OfficeSettings, StaffEntry
from reception.services.playing import ARRIVING, CALLING, FINISHING, Agenda, Door, Play, Post, Visitor
from reception.services.recorded_day import RecordedDay, counters_needed, infer_counters, recorded_waits
from reception.statistics.visit_log import LoggedVisit

OFFICE = "0" * 32
MOST_COUNTERS = 99
_PIN = "0000"
_REASON = "As recorded."

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
DoorOn = Callable[[SetClock], Door]
"""Opens the door on a fresh, empty database, with a clock that is set."""


class PlainPins:
    """PINs kept as they are: nobody signs in to a replay but the replay itself."""

    def hash(self, pin: str) -> str:
        return pin

    def verify(self, pin_hash: str, pin: str) -> bool:
        return pin_hash == pin


@dataclass(frozen=True)
class Replay:
    """The same day twice."""

    recorded: WaitSummary
    ruled: WaitSummary
    at_once: int
    """The most visitors who were served at one time, by the record."""
    counters: int
    """Counters under the calling rule."""
    last_end: Instant
    """When the last visit ended under the calling rule."""


# -- playing it --------------------------------------------------------------------------------------------------


class _Steps:
    """Tells how far the two plays are, and gives up when asked to."""

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        self._total = total
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled

    def check(self) -> None:
        if self._cancelled():
            raise Refusal(Code.CANCELLED, "The replay was cancelled.", "Nothing of it is kept.")

    def ended(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def replay(
    day: RecordedDay,
    preset: str,
    counters: int | None,
    door_on: DoorOn,
    progress: Progress,
    cancelled: Cancelled,
) -> Replay:
    """Play the day as recorded and under the calling rule, each on a database of its own.

    Raises AssertionError when the real commands do not yield the recorded waits: that would be a bug. Refuses
    CANCELLED.
    """
    steps = _Steps(2 * len(day.visits), progress, cancelled)
    at_once = counters_needed(day.visits)
    number = infer_counters(day) if counters is None else counters
    recorded, _ = _played(day, preset, at_once, door_on, _play_as_recorded, steps)
    if recorded != recorded_waits(day, preset):
        raise AssertionError(f"the commands did not yield the recorded waits of {day.day.isoformat()}")
    ruled, last_end = _played(day, preset, number, door_on, _play_under_the_rule, steps)
    return Replay(recorded, ruled, at_once, number, last_end)


@dataclass(frozen=True)
class _Stage:
    """An office that is ready for its day."""

    day: RecordedDay
    door: Door
    clock: SetClock
    posts: tuple[Post, ...]
    services: dict[str, str]
    """The log's services to their ids."""
    steps: _Steps

    def service_of(self, visit: LoggedVisit) -> str:
        return self.services[visit.service or ""]

    def by(self, post: Post) -> dict[str, Any]:
        """Who does it and where, as every command says it."""
        return {
            "office_id": OFFICE,
            "counter_id": post.counter_id,
            "officer_id": post.officer_id,
            "station": post.station,
        }


def _played(
    day: RecordedDay,
    preset: str,
    counters: int,
    door_on: DoorOn,
    play: Callable[[_Stage], None],
    steps: _Steps,
) -> tuple[WaitSummary, Instant]:
    clock = SetClock(day.visits[0].arrived - MINUTE)
    door = door_on(clock)
    try:
        services, by_name = _services(day)
        posts = tuple(Post(f"counter-{n:02}", f"officer-{n:02}", f"Station {n}") for n in range(1, counters + 1))
        door.do(c.SetUpOffice(office_id=OFFICE, settings=_settings(day, preset, services, posts)))
        play(_Stage(day, door, clock, posts, by_name, steps))
        (summary,) = door.ask(q.WaitReport(OFFICE, date.min, date.max))
        return summary, clock.at
    finally:
        door.close()


def _services(day: RecordedDay) -> tuple[tuple[Service, ...], dict[str, str]]:
    services: list[Service] = []
    by_name: dict[str, str] = {}
    for name in dict.fromkeys(visit.service or "" for visit in day.visits):
        shown = name or SERVICE_WITHOUT_NAME
        letter = choose_letter(shown, {service.letter for service in services})
        by_name[name] = f"service-{letter}"
        services.append(Service(by_name[name], shown, letter))
    return tuple(services), by_name


def _settings(day: RecordedDay, preset: str, services: tuple[Service, ...], posts: tuple[Post, ...]) -> OfficeSettings:
    promised = PRESETS.get(preset)
    return OfficeSettings(
        name="Replay",
        council="Replay",
        timezone=day.zone.key,
        preset=preset,
        walk_in_seen=None if promised is None else promised.walk_in_seen,
        walk_in_resolved=None,
        appointment_seen=None,
        hours=(),
        services=services,
        counters=tuple(Counter(post.counter_id, f"Counter {n}") for n, post in enumerate(posts, start=1)),
        staff=tuple(
            StaffEntry(Officer(post.officer_id, f"Officer {n}", Role.ADMINISTRATOR), _PIN)
            for n, post in enumerate(posts, start=1)
        ),
    )


def _play_as_recorded(stage: _Stage) -> None:
    """Every visitor is called and served, or leaves, when the record says so, at the lowest counter that is free."""
    agenda = Agenda(stage.clock)
    free = list(range(len(stage.posts)))

    def arrive(visit: LoggedVisit) -> None:
        ticket = c.TakeTicket(office_id=OFFICE, service_id=stage.service_of(visit), print_ticket=False)
        visit_id = stage.door.do(ticket).visit_id
        if visit.started is not None:
            agenda.enter(visit.started, CALLING, lambda: start(visit, visit_id))
        elif visit.left is not None:
            agenda.enter(visit.left, FINISHING, lambda: leave(visit_id))

    def start(visit: LoggedVisit, visit_id: str) -> None:
        place = heapq.heappop(free)
        post = stage.posts[place]
        stage.door.do(c.CallVisit(**stage.by(post), visit_id=visit_id, reason=_REASON))
        stage.door.do(c.StartService(**stage.by(post), visit_id=visit_id))
        if visit.finished is None:
            stage.steps.ended()
        else:
            agenda.enter(visit.finished, FINISHING, lambda: finish(place, visit_id))

    def finish(place: int, visit_id: str) -> None:
        stage.door.do(c.Finish(**stage.by(stage.posts[place]), visit_id=visit_id))
        heapq.heappush(free, place)
        stage.steps.ended()

    def leave(visit_id: str) -> None:
        stage.door.do(c.Leave(office_id=OFFICE, visit_id=visit_id))
        stage.steps.ended()

    for post in stage.posts:
        stage.door.do(c.SignIn(**stage.by(post), pin=_PIN))
    for visit in stage.day.visits:
        agenda.enter(visit.arrived, ARRIVING, partial(arrive, visit))
    agenda.run(stage.steps.check)


def _play_under_the_rule(stage: _Stage) -> None:
    """Visitors arrive when they did and take as long as they took; the counters call whom the rule names."""
    agenda = Agenda(stage.clock)
    play = Play(stage.door, stage.clock, OFFICE, agenda, ended=stage.steps.ended)
    for post in stage.posts:
        play.open(stage.clock.at, post, _PIN)
    for visit in stage.day.visits:
        takes = stage.day.service_of(visit)
        play.arrive(visit.arrived, Visitor(stage.service_of(visit), takes, leaves_at=visit.left))
    agenda.run(stage.steps.check, until=stage.day.closes - 1)
    last_end = stage.clock.at
    stage.clock.at = stage.day.closes
    stage.door.do(c.CloseDay(office_id=OFFICE))
    stage.clock.at = last_end
