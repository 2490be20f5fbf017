"""Plays a day through the one door with a clock that is set: for the replay of a recorded day and the sample day.

Every step is a real command, done at the time that the clock is put to. Nothing is written but through the door.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, Protocol

from reception.clock import SECOND, Instant, Millis, SetClock
from reception.domain.booked import Mode
from reception.domain.person import Person
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q

Step = Callable[[], None]
"""Called before everything that happens; raises to give up."""


class Door(Protocol):
    """The one door, as far as a played day goes through it."""

    def do(self, command: c.Command) -> c.Result: ...

    def ask(self, query: q.Query) -> Any: ...

    def close(self) -> None: ...


class Agenda:
    """What is to happen when. At one instant the lower rank comes first, then what was entered first."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock
        self._entries: list[tuple[Instant, int, int, Callable[[], None]]] = []
        self._numbers = count()

    def enter(self, at: Instant, rank: int, action: Callable[[], None]) -> None:
        """An action may enter further ones; one in the past happens at once."""
        heapq.heappush(self._entries, (max(at, self._clock.at), rank, next(self._numbers), action))

    def run(self, step: Step, until: Instant | None = None) -> None:
        """Let everything happen up to and including `until`; the clock then stands at what happened last."""
        while self._entries and (until is None or self._entries[0][0] <= until):
            at, _, _, action = heapq.heappop(self._entries)
            step()
            self._clock.at = at
            action()


FINISHING, ARRIVING, CALLING = range(3)
"""Ranks: who finishes makes room for who is called at the same instant, and nobody is called before arriving."""


@dataclass(frozen=True)
class Ending:
    """How a visit is finished."""

    end: End = End.RESOLVED
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""


@dataclass(frozen=True)
class Visitor:
    """One party, as it will behave."""

    service_id: str
    takes: Millis | None
    """The length of its service; None: it is not over when the play ends."""
    person: Person = field(default=Person(), repr=False)
    party_size: int = 1
    walk: Millis = 0
    """From the call to the start of service."""
    ending: Ending = Ending()
    answers: bool = True
    """False: never comes when called."""
    leaves_at: Instant | None = None
    """Goes away unseen then, unless called before."""


@dataclass(frozen=True)
class Post:
    """A counter and who works at it, from which station."""

    counter_id: str
    officer_id: str
    station: str


CALLED_AGAIN_AFTER: Millis = 45 * SECOND
GIVEN_UP_AFTER: Millis = 90 * SECOND


class Play:
    """An office at work: visitors arrive when they do, and each counter calls whom the calling rule names.

    `ended` is called for each visit that has ended. `new_id` mints the ids of the commands: a play with the same ids
    writes the same day.
    """

    def __init__(
        self,
        door: Door,
        clock: SetClock,
        office_id: str,
        agenda: Agenda,
        *,
        ended: Callable[[], None] = lambda: None,
        new_id: Callable[[], str] = c.new_id,
    ) -> None:
        self._door = door
        self._clock = clock
        self._office_id = office_id
        self._agenda = agenda
        self._new_id = new_id
        self._visitors: dict[str, Visitor] = {}
        self._idle: dict[str, Post] = {}
        self._closing: set[str] = set()
        self._ended = ended

    def arrive(self, at: Instant, visitor: Visitor, then: Callable[[str], None] | None = None) -> None:
        """A party comes. `then` is given the id of its visit, before anyone is called."""
        self._agenda.enter(at, ARRIVING, lambda: self._take_ticket(visitor, then))

    def open(self, at: Instant, post: Post, pin: str) -> None:
        """Somebody signs in and calls from then on."""

        def sign_in() -> None:
            self._door.do(c.SignIn(**self._by(post), pin=pin))
            self._call_next(post)

        self._agenda.enter(at, CALLING, sign_in)

    def close(self, at: Instant, post: Post) -> None:
        """Somebody calls nobody from then on, and signs off when the last visit is finished."""

        def stop() -> None:
            self._closing.add(post.counter_id)
            if self._idle.pop(post.counter_id, None) is not None:
                self._sign_off(post)

        self._agenda.enter(at, FINISHING, stop)

    def hold(self, at: Instant, visit_id: str, *, own_request: bool) -> None:
        """A visit is set aside, or steps out, unless it has been called before."""

        def set_aside() -> None:
            if visit_id in self._visitors:
                self._door.do(
                    c.Hold(id=self._new_id(), office_id=self._office_id, visit_id=visit_id, own_request=own_request)
                )

        self._agenda.enter(at, FINISHING, set_aside)

    def assign_room(self, visit_id: str, room_id: str) -> None:
        """A visit that waits is given a room at once."""
        self._door.do(a.AssignRoom(id=self._new_id(), office_id=self._office_id, visit_id=visit_id, room_id=room_id))

    def request_interpreter(self, visit_id: str, language: str, mode: Mode, interpreter_id: str) -> None:
        """A visit waits for an interpreter from now on."""
        self._door.do(
            a.RequestInterpreter(
                id=self._new_id(),
                office_id=self._office_id,
                visit_id=visit_id,
                language=language,
                mode=mode,
                interpreter_id=interpreter_id,
            )
        )

    def _by(self, post: Post) -> dict[str, Any]:
        """Who does it and where, as every command says it, with an id of its own."""
        return {
            "id": self._new_id(),
            "office_id": self._office_id,
            "counter_id": post.counter_id,
            "officer_id": post.officer_id,
            "station": post.station,
        }

    def _do(self, command: c.Command) -> None:
        self._door.do(command)

    def _take_ticket(self, visitor: Visitor, then: Callable[[str], None] | None) -> None:
        command = c.TakeTicket(
            id=self._new_id(),
            office_id=self._office_id,
            service_id=visitor.service_id,
            person=visitor.person,
            party_size=visitor.party_size,
            print_ticket=False,
        )
        visit_id = self._door.do(command).visit_id
        self._visitors[visit_id] = visitor
        if visitor.leaves_at is not None:
            self._agenda.enter(visitor.leaves_at, FINISHING, lambda: self._leave(visit_id))
        if then is not None:
            then(visit_id)
        for post in list(self._idle.values()):
            self._call_next(post)

    def _leave(self, visit_id: str) -> None:
        if visit_id in self._visitors:
            self._door.do(c.Leave(id=self._new_id(), office_id=self._office_id, visit_id=visit_id))
            del self._visitors[visit_id]
            self._ended()

    def _call_next(self, post: Post) -> None:
        if post.counter_id in self._closing:
            self._sign_off(post)
            return
        try:
            visit_id = self._door.do(c.CallNext(**self._by(post), confirmed=True)).visit_id
        except Refusal as refusal:
            if refusal.code is not Code.NOBODY_WAITING:
                raise
            self._idle[post.counter_id] = post
            return
        self._idle.pop(post.counter_id, None)
        visitor = self._visitors.pop(visit_id)
        if visitor.answers:
            self._agenda.enter(self._clock.at + visitor.walk, CALLING, lambda: self._start(post, visit_id, visitor))
        else:
            again = c.CallAgain(**self._by(post), visit_id=visit_id)
            given_up = c.NoShow(**self._by(post), visit_id=visit_id)
            self._agenda.enter(self._clock.at + CALLED_AGAIN_AFTER, FINISHING, lambda: self._do(again))
            self._agenda.enter(self._clock.at + GIVEN_UP_AFTER, FINISHING, lambda: self._end(post, given_up))

    def _start(self, post: Post, visit_id: str, visitor: Visitor) -> None:
        self._door.do(c.StartService(**self._by(post), visit_id=visit_id))
        if visitor.takes is not None:
            self._agenda.enter(
                self._clock.at + visitor.takes,
                FINISHING,
                lambda: self._end(post, self._finish(post, visit_id, visitor.ending)),
            )

    def _finish(self, post: Post, visit_id: str, ending: Ending) -> c.Finish:
        return c.Finish(
            **self._by(post),
            visit_id=visit_id,
            end=ending.end,
            due=ending.due,
            owner_id=ending.owner_id,
            signpost_to=ending.signpost_to,
            print_slip=False,
        )

    def _end(self, post: Post, command: c.OnVisit) -> None:
        self._door.do(command)
        self._ended()
        self._call_next(post)

    def _sign_off(self, post: Post) -> None:
        self._door.do(c.SignOff(**self._by(post), close_day=False))
