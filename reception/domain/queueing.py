"""Who is next, and ticket numbers.

Each calling rule is one pure function behind one interface: entries in, the same entries ranked out. The rules
and their names are of product.md section 3, *Who is next*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.office import Counter, Officer
from reception.domain.visit_states import Why


class Kind(StrEnum):
    """What a waiting leg is: overtaking is counted among legs of one kind."""

    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"
    LATER_LEG = "later_leg"


class Entry(Struct, frozen=True):
    """One visit that may be called. `stepped_out` is taken off the wait, so it moves the deadline back."""

    visit_id: str
    kind: Kind
    service_id: str
    arrived_at: Instant
    since: Instant
    target: Millis
    order: int
    """Ticket order of the day, to part entries that are equal in all else."""
    stepped_out: Millis = 0
    overtaken: int = 0
    see_first: bool = False
    named_officer_id: str = ""
    priority: int = 0
    ready: bool = True
    """False while its interpreter is not there: nobody is called who could not be served."""

    @property
    def deadline(self) -> Instant:
        return self.since + self.target + self.stepped_out

    def waited(self, now: Instant) -> Millis:
        """Waiting only, and never below zero, though the clock be put back."""
        return max(0, now - self.since - self.stepped_out)


class RuleSettings(Struct, frozen=True):
    """What an office sets for its calling rule. Guards are multiples of the target."""

    walk_in_guard: float = 1.5
    appointment_guard: float = 2.0
    overtakes: int = 2
    call_to_start: Millis = MINUTE
    """The usual time from call to start of service."""

    def guard_at(self, entry: Entry) -> Instant:
        """The first instant at which the entry has waited past its guard."""
        factor = self.appointment_guard if entry.kind is Kind.APPOINTMENT else self.walk_in_guard
        return entry.since + entry.stepped_out + round(entry.target * factor) + 1

    def lost_from(self, entry: Entry) -> Instant:
        """The first instant at which a call can no longer lead to a service within the deadline."""
        return entry.deadline - self.call_to_start + 1


class Ranked(Struct, frozen=True):
    """An entry in its place, and the word that says why."""

    entry: Entry
    why: Why


Rule = Callable[[Sequence[Entry], Instant, RuleSettings], list[Ranked]]


Place = tuple[int | str, ...]
"""What entries of one group are ordered by. Each ends in the id, so that no two places are ever equal."""


def by_deadline(entry: Entry) -> Place:
    return (entry.deadline, entry.arrived_at, entry.order, entry.visit_id)


def by_arrival(entry: Entry) -> Place:
    return (entry.arrived_at, entry.order, entry.visit_id)


def keep_promises(entries: Sequence[Entry], now: Instant, settings: RuleSettings) -> list[Ranked]:
    """Keep the promises that can be kept, and let nobody wait without end.

    First those past their guard or overtaken too often, then those who can still be kept, then the rest;
    earliest deadline first within each.
    """

    def place(entry: Entry) -> tuple[int, Why]:
        if entry.see_first:
            return 0, Why.SEE_FIRST
        if now >= settings.guard_at(entry):
            return 1, Why.GUARD_PASSED
        if entry.overtaken >= settings.overtakes:
            return 1, Why.OVERTAKEN_TWICE
        if now < settings.lost_from(entry):
            return 2, Why.CAN_BE_KEPT
        return 3, Why.PAST_PROMISE

    return _ranked(entries, place, by_deadline)


def earliest_deadline(entries: Sequence[Entry], now: Instant, settings: RuleSettings) -> list[Ranked]:
    """The earliest deadline, whether it can still be kept or not."""
    return _ranked(entries, lambda entry: _first_or(entry, 1, Why.EARLIEST_DEADLINE), by_deadline)


def first_come(entries: Sequence[Entry], now: Instant, settings: RuleSettings) -> list[Ranked]:
    """By arrival at the office."""
    return _ranked(entries, lambda entry: _first_or(entry, 1, Why.FIRST_COME), by_arrival)


def appointments_first(entries: Sequence[Entry], now: Instant, settings: RuleSettings) -> list[Ranked]:
    """Appointments that are due before walk-ins; earliest deadline first, then by arrival."""

    def place(entry: Entry) -> tuple[int, Why]:
        if entry.kind is Kind.APPOINTMENT:
            return _first_or(entry, 1 if is_due(entry, now) else 3, Why.APPOINTMENT_FIRST)
        return _first_or(entry, 2, Why.FIRST_COME)

    return _ranked(entries, place, by_deadline)


def staff_priority(entries: Sequence[Entry], now: Instant, settings: RuleSettings) -> list[Ranked]:
    """By the priority that the office gave the service, the higher first; then by arrival."""
    return _ranked(
        entries,
        lambda entry: _first_or(entry, 1, Why.STAFF_PRIORITY),
        lambda e: (-e.priority, *by_arrival(e)),
    )


def _first_or(entry: Entry, group: int, why: Why) -> tuple[int, Why]:
    return (0, Why.SEE_FIRST) if entry.see_first else (group, why)


def _ranked(
    entries: Iterable[Entry],
    place: Callable[[Entry], tuple[int, Why]],
    within: Callable[[Entry], Place],
) -> list[Ranked]:
    placed = []
    for entry in entries:
        group, why = place(entry)
        placed.append((group, within(entry), why, entry))
    placed.sort()  # no two places are equal, so that what follows them is never compared
    return [Ranked(entry, why) for _, _, why, entry in placed]


RULES: Mapping[str, Rule] = {
    "keep_promises": keep_promises,
    "earliest_deadline": earliest_deadline,
    "first_come": first_come,
    "appointments_first": appointments_first,
    "staff_priority": staff_priority,
}


def is_due(entry: Entry, now: Instant) -> bool:
    """An appointment blocks nobody before it is due; it is due at the later of booked time and arrival."""
    return entry.kind is not Kind.APPOINTMENT or now >= entry.since


def may_serve(entry: Entry, officer: Officer, counter: Counter) -> bool:
    """Whether this officer may serve it now at this counter."""
    return may_serve_at(officer, counter, entry.service_id, entry.named_officer_id)


def may_serve_at(officer: Officer, counter: Counter, service_id: str, named_officer_id: str) -> bool:
    """Skills of both, and the officer asked for."""
    return (
        (not officer.skills or service_id in officer.skills)
        and (not counter.services or service_id in counter.services)
        and (not named_officer_id or named_officer_id == officer.id)
    )


def served_by(entries: Iterable[Entry], officer: Officer, counter: Counter) -> list[Entry]:
    """Those whom this officer may serve now at this counter, and who are ready for it."""
    return [entry for entry in entries if entry.ready and may_serve(entry, officer, counter)]


DUE_SOON: Millis = 5 * MINUTE
"""From so long before an appointment on, its officer takes a walk-in only when that is confirmed."""


class NextWith(Struct, frozen=True):
    """An appointment with an officer that is still to begin, whether its visitor is here or not."""

    starts_at: Instant
    service_id: str

    def is_awaited(self, now: Instant) -> bool:
        """Whether its officer takes a walk-in only when that is confirmed: until its time, the limit included.

        A visitor who comes later is late by their own doing, and nobody loses a promise for them.
        """
        return self.starts_at - DUE_SOON <= now <= self.starts_at


def gives_way(entry: Entry) -> bool:
    """Whether it waits for an appointment that is due with the officer: all do but appointments and *see first*."""
    return entry.kind is not Kind.APPOINTMENT and not entry.see_first


def whom_to_call(ranked: Sequence[Ranked], officer_id: str, now: Instant) -> Ranked | None:
    """Whom *call next* takes of those that may be served at an officer's counter, as the office's rule ranks them.

    It is the first; but an appointment with this officer that is here goes before whoever gives way to it, from
    `DUE_SOON` before its time.
    """
    first = next((each for each in ranked if is_due(each.entry, now)), None)
    if first is not None and not gives_way(first.entry):
        return first
    due = [
        each.entry
        for each in ranked
        if each.entry.kind is Kind.APPOINTMENT
        and each.entry.named_officer_id == officer_id
        and now >= each.entry.since - DUE_SOON
    ]
    return Ranked(min(due, key=by_deadline), Why.DUE_WITH_YOU) if due else first


def due_changes_at(entries: Iterable[Entry], after: NextWith | None, now: Instant) -> Instant | None:
    """The next instant at which time alone may change who goes before walk-ins at a counter, or whether one is asked
    about; None when it cannot. `after`: what its officer has next."""
    moments = [entry.since - DUE_SOON for entry in entries if entry.kind is Kind.APPOINTMENT]
    if after is not None:
        moments += [after.starts_at - DUE_SOON, after.starts_at + 1]
    return min((moment for moment in moments if moment > now), default=None)


def overtaken_by(called: Entry, waiting: Iterable[Entry], now: Instant) -> tuple[str, ...]:
    """The visits of the same kind with an earlier deadline that calling `called` passes over."""
    return tuple(
        entry.visit_id
        for entry in waiting
        if entry.visit_id != called.visit_id
        and entry.kind is called.kind
        and entry.deadline < called.deadline
        and is_due(entry, now)
    )


def order_valid_until(entries: Iterable[Entry], now: Instant, settings: RuleSettings) -> Instant | None:
    """The next instant at which time alone may change the order; None when it cannot."""
    first: Instant | None = None
    for entry in entries:
        for moment in (settings.guard_at(entry), settings.lost_from(entry), entry.since):
            if moment > now and (first is None or moment < first):
                first = moment
    return first


# -- numbers and codes -----------------------------------------------------------------------------------------

CODE_PREFIX = "RC-"
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


def ticket_number(letter: str, running: int, series: str = "") -> str:
    """A letter per service and a running number per office and day: H012, and H1000 after H999.

    `series`: the letters of a station that is cut off from the database, which counts for itself: HA01. No number of
    one kind is ever one of the other, for the second character tells them apart.
    """
    return f"{letter}{series}{running:02d}" if series else f"{letter}{running:03d}"


def visit_code(visit_id: str) -> str:
    """The code on the ticket: a prefix and ten characters (50 bits) of the visit's random id.

    Only A to Z, 0 to 9 and the hyphen, so that any keyboard layout of a scanner types it right.
    """
    bits = int(visit_id[:16], 16)
    characters = [CODE_ALPHABET[(bits >> (5 * place)) & 31] for place in range(CODE_LENGTH)]
    return CODE_PREFIX + "".join(characters)


REFERENCE_PREFIX = "AP-"
REFERENCE_LENGTH = 8


def appointment_reference(command_id: str) -> str:
    """What an appointment is found by: a prefix and eight characters (40 bits) drawn from the command's random id."""
    bits = int.from_bytes(sha256(command_id.encode()).digest()[:8])
    characters = [CODE_ALPHABET[(bits >> (5 * place)) & 31] for place in range(REFERENCE_LENGTH)]
    return REFERENCE_PREFIX + "".join(characters)
