"""What the form begins with for a new office: enough that only a name, a council and a PIN are missing."""

from __future__ import annotations

from datetime import time

from reception.domain.office import Counter, Hours, Officer, Role, Service
from reception.services.commands import new_id
from reception.services.office_settings import OfficeSettings, StaffEntry
from ui.welcome.office_page import USUAL_ZONE
from ui.welcome.words import OWN


def new_office() -> OfficeSettings:
    """Two services, three counters, one administrator; Monday to Friday, 9 to 5; no promise yet."""
    return OfficeSettings(
        name="",
        council="",
        timezone=USUAL_ZONE,
        preset=OWN,
        walk_in_seen=None,
        walk_in_resolved=None,
        appointment_seen=None,
        hours=tuple(Hours(weekday, time(9), time(17)) for weekday in range(5)),
        services=(Service(new_id(), "General enquiries", "G"), Service(new_id(), "Council Tax", "C")),
        counters=tuple(Counter(new_id(), f"Counter {number}") for number in (1, 2, 3)),
        staff=(StaffEntry(Officer(new_id(), "", Role.ADMINISTRATOR, has_pin=False)),),
        notice_days=0,
    )
