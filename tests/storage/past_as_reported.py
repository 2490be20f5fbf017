"""Whether a past period says what the four reports say, which reckon row by row."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from reception.app import Door
from reception.clock import MINUTE
from reception.domain.grouping import AppointmentGrouping, Grouping, Period
from reception.domain.past_view import LatenessSummary, PastView
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services.supervisor_queries import Past
from reception.storage.queries.book import appointment_figures
from tests.support import OFFICE, PIN, PRIYA

_SHARED = (Grouping.TOTAL, Grouping.DAY, Grouping.WEEKDAY, Grouping.HOUR, Grouping.SERVICE)
_REPORTS: dict[str, Any] = {
    "waits": q.WaitReport,
    "resolved": q.ResolvedReport,
    "appointments": aq.AppointmentReport,
    "delays": aq.DelayReport,
}


class _Asked(Struct, frozen=True):
    by: str
    kinds: tuple[str, ...]


def assert_as_reported(door: Door, office_id: str, period: Period, without_evacuations: bool = False) -> None:
    """Of an office without partners: by service they have lines of their own in the reports alone."""
    door.do(c.SignInSupervisor(office_id=OFFICE, officer_id=PRIYA, pin=PIN))
    asked = [_Asked(by.value, tuple(_REPORTS)) for by in _SHARED]
    asked.append(_Asked(AppointmentGrouping.OFFICER.value, ("appointments",)))
    for each in asked:
        past = Past((office_id,), period, by=Grouping(each.by), without_evacuations=without_evacuations)
        view: PastView = door.ask(past)
        for kind in each.kinds:
            report = door.ask(_REPORTS[kind](office_id, period.first, period.last, each.by, without_evacuations))
            found = [getattr(group, kind) for group in view.groups if getattr(group, kind) is not None]
            assert found == report, (kind, each.by)
    asked_of = aq.AppointmentReport(office_id, period.first, period.last, without_evacuations=without_evacuations)
    of_each = appointment_figures(door._database, asked_of)
    known = [booked.lateness for booked in of_each if booked.lateness is not None]
    total: PastView = door.ask(Past((office_id,), period, without_evacuations=without_evacuations))
    assert total.total.lateness == LatenessSummary(len(known), max(known) / MINUTE if known else None)
    judged = sum(booked.target is not None and (booked.lateness is not None or booked.is_lost) for booked in of_each)
    assert total.total.appointments is not None and total.total.appointments.judged == judged
