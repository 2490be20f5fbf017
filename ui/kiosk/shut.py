"""What of a kiosk is shut now, and who is told so instead of being asked."""

from __future__ import annotations

from reception.domain.kiosk import KioskView, NoTickets
from ui.kiosk.entered import At

_NEED_DOORS = frozenset({At.PURPOSE, At.CHECK_IN, At.SCAN, At.REFERENCE, At.NAME, At.BORN})


def may_check_in(view: KioskView) -> bool:
    """A full day turns away nobody who has an appointment."""
    return view.no_tickets in (None, NoTickets.DAY_IS_FULL)


def is_shut(view: KioskView, at: At) -> bool:
    """Whether a screen has nothing to ask now. Whoever must leave the building is told so wherever they are."""
    if at is At.PIN:
        return False
    if view.no_tickets is NoTickets.EVACUATED:
        return True
    if at is At.SERVICE:
        return view.no_tickets is not None
    return at in _NEED_DOORS and not may_check_in(view)
