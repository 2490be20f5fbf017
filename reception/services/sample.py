"""Makes the sample office: three offices, and at the main one a day that has been going on for 102 minutes.

The day is done through the door with a clock that is set, so a sample database is a database like any other; eight
weeks behind it are written in batches (`sample_past`). The same moment gives the same day, ticket codes included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, SECOND, Instant, Millis, SetClock, local_date, midnight_before
from reception.domain.booked import Mode
from reception.domain.office import Role
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.domain.workdays import working_day_after
from reception.services import commands as c
from reception.services import sample_office as office
from reception.services.playing import Agenda, Door, Ending, Play, Post, Visitor
from reception.services.sample_book import FILLED_BEFORE, SampleBook
from reception.services.sample_past import WEEKS, SamplePast, Store

OPEN_FOR: Millis = 102 * MINUTE
"""How long the day has been going on."""
_LAST_CROWD = 38
"""Minutes before the present at which the crowd of the morning ends."""
_TOMASZ_LEAVES = 23
_SEED = 15
_DAYS_TO_ANSWER = 5
_ABOUT = 300
"""So many steps it takes."""

EWANS = Post(office.COUNTER_1, office.EWAN, "Desk 1")
GRACES = Post(office.COUNTER_2, office.GRACE, "Desk 2")
TOMASZS = Post(office.COUNTER_3, office.TOMASZ, "Desk 3")

ADoor = TypeVar("ADoor", bound=Door)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sample:
    """What was made, for the person who opens it."""

    office_id: str
    office: str
    offices: tuple[str, ...]
    people: tuple[tuple[str, Role], ...]
    """Who works at the main office."""
    pin: str
    """Everyone's."""
    free_counter: str
    """The id of the counter that waits for somebody to sign in."""
    free_counter_name: str


@dataclass(frozen=True)
class _Party:
    """A visitor by the clock on the wall: minutes and seconds before the present."""

    before: float
    visitor: Visitor
    aside_before: float = 0.0
    """Set aside this long before the present; 0: not at all."""
    own_request: bool = False
    room_id: str = ""
    """Given to it while it waits."""
    interpreter_id: str = ""
    """Asked for by video, and awaited."""


def make_sample(
    door_on: Callable[[SetClock], ADoor],
    now: Instant,
    progress: Progress = lambda done, total: None,
    past: Callable[[ADoor], Store] | None = None,
) -> Sample:
    """Make the three offices and play the main one's day up to `now`, whatever time of day that is.

    `door_on` opens the door on the empty database that is to become the sample, with a clock that is set. With `past`,
    which says where past days are written, eight weeks of them come before.

    Until 1.44am the day is shorter: whoever came yesterday would be gone when the sample is opened. Closes the door.
    """
    rng = Random(_SEED)

    def new_id() -> str:
        return f"{rng.getrandbits(128):032x}"

    zone = ZoneInfo(office.ZONE)
    today = local_date(now, zone)
    opens = max(now - OPEN_FOR, min(now, midnight_before(today, zone) + 2 * MINUTE))
    filled = opens - FILLED_BEFORE
    first, day_of_filling = today - timedelta(weeks=WEEKS), local_date(filled, zone)
    # No past day is in the middle of being played when the book is filled.
    clock = SetClock(filled if past is None else midnight_before(first, zone))
    door = door_on(clock)
    try:
        for office_id, settings in office.OFFICES:
            door.do(c.SetUpOffice(id=new_id(), office_id=office_id, settings=settings()))
        steps = _Steps(progress)
        days = None if past is None else SamplePast(door, past(door), clock, zone)
        if days is not None:
            days.write(first, day_of_filling, steps)
            clock.at = midnight_before(day_of_filling, zone)
        book = SampleBook(door, now, opens, zone)
        book.fill()
        if days is not None:
            days.write(day_of_filling, today, steps)
        clock.at = opens - MINUTE
        parties = [each for each in (*_earlier(rng, today), *_present()) if now - _span(each.before) >= opens]
        agenda = Agenda(clock)
        play = Play(door, clock, office.CIVIC, agenda, new_id=new_id)
        for post in (EWANS, GRACES, TOMASZS):
            play.open(opens, post, office.PIN)
        play.close(now - _span(_TOMASZ_LEAVES), TOMASZS)
        for party in parties:
            play.arrive(now - _span(party.before), party.visitor, partial(_attend_to, play, party, now))
        book.play(agenda)
        agenda.run(steps, until=now)
    finally:
        door.close()
    civic = office.civic_offices()
    return Sample(
        office_id=office.CIVIC,
        office=civic.name,
        offices=tuple(settings().name for _, settings in office.OFFICES),
        people=tuple((entry.officer.name, entry.officer.role) for entry in civic.staff),
        pin=office.PIN,
        free_counter=TOMASZS.counter_id,
        free_counter_name=next(each.name for each in civic.counters if each.id == TOMASZS.counter_id),
    )


class _Steps:
    """Counts what happens, about."""

    def __init__(self, progress: Progress) -> None:
        self._total = _ABOUT
        self._done = 0
        self._progress = progress

    def __call__(self) -> None:
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total)


def _span(minutes: float) -> Millis:
    return round(minutes * MINUTE)


def _attend_to(play: Play, party: _Party, now: Instant, visit_id: str) -> None:
    """What is done for a party while it waits."""
    if party.aside_before:
        play.hold(now - _span(party.aside_before), visit_id, own_request=party.own_request)
    if party.room_id:
        play.assign_room(visit_id, party.room_id)
    if party.interpreter_id:
        play.request_interpreter(visit_id, party.visitor.person.spoken, Mode.VIDEO, party.interpreter_id)


# -- who came --------------------------------------------------------------------------------------------------------

_ENGLISH = "en"


def _named(name: str, spoken: str = "", written: str = "", *needs: Need) -> Person:
    return Person(name, spoken or _ENGLISH, written or spoken or _ENGLISH, frozenset(needs))


def _present() -> tuple[_Party, ...]:
    """Who is in the building now. Counter 1 and 2 serve; counter 3 is free for whoever opens the sample."""
    council_tax = partial(Visitor, office.COUNCIL_TAX, walk=50 * SECOND)
    return (
        # Being served since 21 and 6 minutes, and not finished.
        _Party(25.5, Visitor(office.HOUSING, None, _named("Rukhsana Aziz رخسانہ عزیز", "ur"), walk=60 * SECOND)),
        _Party(14.5, council_tax(None, _named("Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ", "pa", "pa", Need.LARGE_PRINT, Need.PRIVATE))),
        # Seen a while ago; the last of them kept counter 1 busy until 7 minutes ago.
        _Party(33.0, council_tax(_span(4), _named("Grace Adeyemi"))),
        _Party(28.6, Visitor(office.PARKING, _span(3), _named("Wiktor Nowak", "pl"), walk=30 * SECOND)),
        _Party(22.0, council_tax(_span(14.2), _named("Giulia Ferrari", "it"))),
        # Waiting: one promise lost, one nearly, the others in time.
        _Party(17.2, Visitor(office.HOUSING, _span(9), _named("Kwame Mensah"), walk=40 * SECOND)),
        _Party(12.4, council_tax(_span(6), _named("Joan Whitfield", "en", "en", Need.LARGE_PRINT))),
        _Party(9.3, Visitor(office.PARKING, _span(4), _named("Siân Llŷr"), walk=30 * SECOND)),
        _Party(
            7.1,
            Visitor(office.BENEFITS, _span(8), _named("Agnieszka Wójcik", "pl", "pl", Need.PRIVATE)),
            room_id=office.ROOM_1,
        ),
        _Party(6.2, Visitor(office.ADVICE, _span(12), _named("Nasrin Begum নাসরিন বেগম", "bn"))),
        _Party(
            5.3,
            Visitor(office.PLANNING, _span(9), _named("Peter Holloway", "bfi", "en", Need.BSL)),
            interpreter_id=office.BSL_VIDEO,
        ),
        _Party(
            2.2,
            council_tax(
                _span(5), _named("Omar Haddad عمر حداد", "ar", "ar", Need.CHILDREN, Need.STEP_FREE), party_size=3
            ),
        ),
        # On hold while a form is filled in, and stepped out to the car.
        _Party(
            13.6, Visitor(office.BENEFITS, _span(7), _named("Li Na 李娜", "yue", "zh-Hant", Need.INTERPRETER)), 11.0
        ),
        _Party(15.8, Visitor(office.PARKING, _span(3), _named("Darren Cole")), 13.2, own_request=True),
    )


_EARLIER_NAMES = (
    "Margaret Dunn",
    "Chidi Eze",
    "",
    "Zsófia Kovács",
    "Arthur Bell",
    "",
    "Amina Yusuf",
    "Paul Fenwick",
    "",
    "Jaswinder Gill",
    "Mary-Kate O’Leary",
    "",
    "Desmond Clarke",
    "",
    "Fatima Siddiqui",
    "Tom Ashby",
    "",
)


def _earlier(rng: Random, today: date) -> tuple[_Party, ...]:
    """Who came and went, from the opening on; drawn from a fixed seed."""
    mix = (
        *[office.COUNCIL_TAX] * 9,
        *[office.HOUSING] * 5,
        *[office.BENEFITS] * 4,
        *[office.PARKING] * 4,
        *[office.PLANNING] * 2,
        office.ADVICE,
    )
    parties: list[_Party] = []
    before = OPEN_FOR / MINUTE - 0.5
    while before > _LAST_CROWD:
        service = mix[int(rng.random() * len(mix))]
        takes = _span(min(11.0, max(1.5, rng.lognormvariate(1.45, 0.5))))
        name = _EARLIER_NAMES[len(parties) % len(_EARLIER_NAMES)]
        visitor = Visitor(service, takes, Person(name), walk=round((20 + rng.random() * 50) * SECOND))
        parties.append(_Party(round(before, 2), visitor))
        before -= 0.4 + rng.random() * 2.5
    return _endings(parties, today)


def _endings(parties: list[_Party], today: date) -> tuple[_Party, ...]:
    """Most are resolved. One answer is to follow, one visitor was sent on, one did not answer, one went away."""
    answer = Ending(End.TO_FOLLOW, working_day_after(today, _DAYS_TO_ANSWER), office.TOMASZ)
    sent_on = Ending(End.SIGNPOSTED, signpost_to="Police front counter, ground floor")
    changes: dict[str, dict[str, object]] = {
        office.BENEFITS: {"ending": answer, "person": _named("Ioana Popescu", "ro")},
        office.PLANNING: {"ending": sent_on},
        office.PARKING: {"answers": False},
    }
    changed = []
    for party in reversed(parties):
        change = changes.pop(party.visitor.service_id, {})
        changed.append(replace(party, visitor=replace(party.visitor, **change)))  # type: ignore[arg-type]
    return tuple(reversed(changed))
