"""A visit and its legs, as they stand after their last fact. Facts make them (`folding`), rules move them on
(`lifecycle`), and `clocks` says what they are judged by.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.appointment import Told
from reception.domain.booked import Mode
from reception.domain.standards import Promise
from reception.domain.visit_states import End, State


class Leg(Struct, frozen=True):
    """One wait and one service of a visit. `since` is where its wait starts."""

    service_id: str
    since: Instant
    order_target: Millis
    named_officer_id: str = ""
    called_at: Instant | None = None
    """First call of this leg that was neither withdrawn nor answered without a service; a service follows the rest."""
    calls: int = 0
    started_at: Instant | None = None
    ended_at: Instant | None = None
    counter_id: str = ""
    officer_id: str = ""
    stepped_out: Millis = 0
    """Time out at the visitor's own request before the service, taken off the wait."""
    held: Millis = 0
    """Time on hold in the middle of the service."""

    def waited(self, now: Instant) -> Millis:
        """Start of the leg to start of service (or to `now`), waiting only; never below zero."""
        until = now if self.ended_at is None else self.ended_at
        if self.started_at is not None:
            until = self.started_at
        return max(0, until - self.since - self.stepped_out)

    @property
    def service_time(self) -> Millis | None:
        """Start to end of service, holds in between included; None when it is not known."""
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at


class Holding(Struct, frozen=True):
    """A hold that goes on."""

    since: Instant
    own_request: bool
    from_service: bool

    def lasted(self, leg: Leg, until: Instant) -> Millis:
        """How long a visitor was out of `leg`; before a booked time nothing waits yet, so nothing is paused."""
        return max(0, until - max(self.since, leg.since))


class Calls(Struct, frozen=True):
    """How far calling had come."""

    first_at: Instant | None
    """First call of the visit."""
    stepped_out: Millis
    """Time stepped out before that."""
    leg_at: Instant | None
    """First call of the leg."""
    of_leg: int


class Interpreting(Struct, frozen=True):
    """The interpreter that a visit needs. An empty `interpreter_id`: still to be found."""

    language: str
    mode: Mode
    interpreter_id: str = ""
    is_here: bool = False
    """In the office, or on the line."""
    waived: bool = False
    """Staff said that the visit may be called without."""


class Visit(Struct, frozen=True):
    """One party with one ticket, as it stands after its last fact."""

    id: str
    office_id: str
    number: str
    code: str
    local_day: date
    local_hour: int
    arrived_at: Instant
    booked_for: Instant | None
    party_size: int
    promise: Promise
    legs: tuple[Leg, ...]
    state: State
    last_at: Instant
    then_services: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    counter_id: str = ""
    """Where it is called to, served or held in service."""
    officer_id: str = ""
    hold: Holding | None = None
    first_called_at: Instant | None = None
    stepped_out_at_first_call: Millis = 0
    before_call: Calls | None = None
    """What stood before the last call: a call that is withdrawn counts for nothing."""
    exempt: bool = False
    see_first: bool = False
    end: End | None = None
    ended_at: Instant | None = None
    reinstated: int = 0
    judged_by_first_call: bool = False
    """Reinstated before it was seen: the promise is judged by the first call."""
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""
    signposted_service_id: str = ""
    """The service in place of which the visitor was signposted; the visit may have gone on with another."""
    done_at: Instant | None = None
    voided: bool = False
    appointment_id: str = ""
    """The appointment that was checked in as this visit."""
    room_id: str = ""
    """Where it is called to, or is; kept until it is freed, exchanged, or the visit ends."""
    interpreting: Interpreting | None = None
    told: tuple[Told, ...] = ()
    also: str = ""
    """The number before the one that the visitor holds."""

    @property
    def leg(self) -> Leg:
        return self.legs[-1]

    @property
    def is_open(self) -> bool:
        return self.state is not State.ENDED

    @property
    def is_ready(self) -> bool:
        """No interpreter is needed, or is there, or staff go on without."""
        return self.interpreting is None or self.interpreting.is_here or self.interpreting.waived

    @property
    def is_seen(self) -> bool:
        """A service has begun at least once."""
        return self.legs[0].started_at is not None

    @property
    def slip(self) -> End | None:
        """The end that a slip tells of: the visit's own, or signposting before it went on."""
        if self.end is End.TO_FOLLOW:
            return End.TO_FOLLOW
        return End.SIGNPOSTED if self.signpost_to else None

    @property
    def promise_starts(self) -> Instant:
        """A walk-in's arrival; for an appointment the later of booked time and arrival."""
        return self.arrived_at if self.booked_for is None else max(self.booked_for, self.arrived_at)

    def waited(self, now: Instant) -> Millis:
        """Wait of the present leg up to `now`; it stands still while the visitor has stepped out."""
        return max(0, self.leg.waited(now) - self.out_now(now))

    def out_now(self, now: Instant) -> Millis:
        """How long the visitor has been out who stepped out and is not back yet."""
        if self.hold is None or not self.hold.own_request:
            return 0
        return self.hold.lasted(self.leg, now)

    def total_waited(self, now: Instant) -> Millis:
        """All waits of all legs, up to `now`; it stands still while the visitor has stepped out."""
        return sum(leg.waited(now) for leg in self.legs[:-1]) + self.waited(now)
