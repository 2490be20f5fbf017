"""Who may read what is kept from most."""

from __future__ import annotations

from reception.domain.office import Officer, Role
from reception.domain.visit import Visit


def may_read_see_first_reason(officer: Officer, visit: Visit, marked_by: str) -> bool:
    """Whether `officer` may read why a visit is seen first.

    Supervisors and administrators may, whoever marked it (`marked_by`, an officer's id) may, and while the visit is
    open so may the officer who serves it, has called it, holds it in service, or is the one it waits for.
    """
    if officer.role.may_act_as(Role.SUPERVISOR) or officer.id == marked_by:
        return True
    return visit.is_open and officer.id in (visit.officer_id, visit.leg.named_officer_id)
