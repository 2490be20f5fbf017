"""Who may be offered for a service; whether they may be booked is decided where a booking is made."""

from __future__ import annotations

from reception.domain.office import Officer


def may_take(officer: Officer, service_id: str) -> bool:
    """Whether an officer takes appointments for a service. One without skills of their own does so for every one;
    no service means any."""
    known = not officer.skills or not service_id or service_id in officer.skills
    return officer.takes_appointments and known
