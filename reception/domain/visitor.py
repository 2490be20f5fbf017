"""What an appointment holds of a person, beyond what a visit does. Shown to staff only; never logged."""

from __future__ import annotations

from datetime import date

from reception.domain.booked import SafeContact
from reception.domain.discreet import Discreet
from reception.domain.person import Person


class Visitor(Discreet, frozen=True):
    """A person who has an appointment. Names and addresses of every script and length are accepted as given."""

    personal = frozenset({"person", "born", "telephone", "email", "address"})

    person: Person = Person()
    born: date | None = None
    telephone: str = ""
    email: str = ""
    address: str = ""
    """Lines parted by line ends; where letters go, and where a home visit takes place."""
    safe: frozenset[SafeContact] = frozenset()


class HomeVisit(Discreet, frozen=True):
    """What the notice of a home visit says (Hertfordshire, Hart: identification, what is needed, what happens next)."""

    personal = frozenset({"password", "purpose"})

    purpose: str = ""
    password: str = ""
    """Agreed with the visitor; the officer says it at the door."""
    have_ready: str = ""
    what_next: str = ""
