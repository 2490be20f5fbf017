"""Looks another program's appointments over before any of them is written: which can be placed, which are set aside.

`docs/definitions.md`, "Importing appointments", is the law.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from reception.clock import MINUTE
from reception.documents.appointment_file import OWN, ForeignAppointment, Reason, SetAside
from reception.domain.booked import Kind
from reception.domain.booking import ObstacleKind, Place
from reception.domain.discreet import Discreet
from reception.domain.office import Office
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.services.appointment_commands import BroughtIn

OUR_OWN = "our_own"
"""Out of a calendar that this program wrote: it stands in a book already."""
UNKNOWN_SERVICE = "unknown_service"
UNKNOWN_OFFICER = "unknown_officer"
REASONS = (*Reason, OUR_OWN, UNKNOWN_SERVICE, UNKNOWN_OFFICER, *ObstacleKind)
"""Why entries are set aside, in the order in which they are told; others come after."""


class Aside(Discreet, frozen=True):
    """An entry that is not brought in, with its text as it is in the file."""

    personal = frozenset({"cells"})

    row: int
    reason: str
    cells: tuple[str, ...]


class AppointmentSurvey(Struct, frozen=True):
    """What a file holds, before anything is written: each entry is in one of the two."""

    placeable: tuple[tuple[ForeignAppointment, BroughtIn], ...]
    aside: tuple[Aside, ...]

    @property
    def read(self) -> int:
        return len(self.placeable) + len(self.aside)


def survey_appointments(
    taken: Iterable[ForeignAppointment], aside: Iterable[SetAside], office: Office
) -> AppointmentSurvey:
    """Services and officers are known by name, whatever its capitals; a name that two have is known to be neither."""
    services = _by_name((each.name, each.id) for each in office.services)
    officers = _by_name((each.name, each.id) for each in office.staff)
    left = [Aside(each.row, each.reason.value, each.cells) for each in aside]
    placeable = []
    for entry in taken:
        service_id = services.get(_plain(entry.service))
        officer_id = officers.get(_plain(entry.officer)) if entry.officer else ""
        if entry.uid.endswith(OWN):
            left.append(Aside(entry.row, OUR_OWN, entry.cells))
        elif service_id is None:
            left.append(Aside(entry.row, UNKNOWN_SERVICE, entry.cells))
        elif officer_id is None:
            left.append(Aside(entry.row, UNKNOWN_OFFICER, entry.cells))
        else:
            placeable.append((entry, _brought_in(entry, service_id, officer_id)))
    return AppointmentSurvey(tuple(placeable), tuple(sorted(left, key=lambda each: each.row)))


def told_reasons(aside: Sequence[Aside]) -> list[tuple[str, int]]:
    """How many were set aside for each reason, as they are told."""
    counts = Counter(each.reason for each in aside)
    known = [str(reason) for reason in REASONS]
    order = [*known, *sorted(set(counts) - set(known))]
    return [(reason, counts[reason]) for reason in dict.fromkeys(order) if counts[reason]]


def _brought_in(entry: ForeignAppointment, service_id: str, officer_id: str) -> BroughtIn:
    return BroughtIn(
        row_key=hashlib.sha256(entry.uid.encode("utf-8", "replace")).hexdigest()[:32],
        service_id=service_id,
        place=Place(entry.starts, entry.starts + entry.minutes * MINUTE, officer_id=officer_id),
        kind=Kind.OFFICE,
        visitor=Visitor(person=Person(name=entry.name), telephone=entry.telephone),
        local_day=entry.day,
    )


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    twice = set()
    for name, own in named:
        plain = _plain(name)
        if known.setdefault(plain, own) != own:
            twice.add(plain)
    return {name: own for name, own in known.items() if name not in twice}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
