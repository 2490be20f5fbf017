"""What stands at the bottom line because of the state of things, worked out from a view."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from reception.clock import Instant, from_datetime, local_date, local_datetime
from reception.domain.desk_view import DeskView
from reception.domain.office import Office
from ui import moments
from ui.desk.said import Said
from ui.models.promise import nearest_to_lost


def promise_in_danger(view: DeskView, now: Instant) -> Said | None:
    """A promise is about to be lost, this officer could keep it, and nobody is at this counter."""
    if not view.officer_id or view.present is not None or view.evacuated_at is not None:
        return None
    visit_id = nearest_to_lost(view.queue, view.first_past_promise, now)
    row = next((row for row in view.queue if row.visit_id == visit_id and row.mine), None)
    if row is None:
        return None
    left = moments.time_left(row.deadline, now)
    return Said(f"{row.number}: {left}.", f"{row.service}. {view.counter_name} has no visitor.", "due-soon")


def clock_went_back(view: DeskView) -> Said | None:
    """The clock stands behind the last thing recorded."""
    if view.clock_went_back <= 0:
        return None
    behind = max(1, moments.whole_minutes(view.clock_went_back))
    return Said(
        f"The clock went back by {moments.plural(behind, 'minute')}.",
        "Nothing is lost. Set this computer's clock right; waits are wrong until then.",
        "due-soon",
    )


def opening_words(view: DeskView, now: Instant) -> Said:
    """The quiet line: until when the office is open today."""
    office = view.office
    today = local_date(now, office.zone)
    if today in office.closures:
        return Said("The office is closed today.")
    openings = [
        (_instant(now, office.zone, hours.opens), _instant(now, office.zone, hours.closes))
        for hours in sorted(office.hours, key=lambda hours: hours.opens)
        if hours.weekday == today.weekday()
    ]
    for opens, closes in openings:
        if now < opens:
            return Said(f"Opens at {moments.said_time(opens, office.zone)}.", _connected(view))
        if now < closes:
            return Said(f"Open until {moments.said_time(closes, office.zone)}.", _connected(view))
    return Said("Closed for today." if openings else "No opening hours today.", _connected(view))


def _instant(now: Instant, zone: ZoneInfo, at: time) -> Instant:
    return from_datetime(datetime.combine(local_datetime(now, zone).date(), at, tzinfo=zone))


def _connected(view: DeskView) -> str:
    staffed = sum(bool(row.officer) for row in view.counters)
    return f"{moments.plural(staffed, 'counter')} of {len(view.counters)} staffed." if view.counters else ""


def office_named(offices: tuple[Office, ...], name: str) -> Office | None:
    """The office that the settings name by name or id, or the only one there is."""
    if not name:
        return offices[0] if len(offices) == 1 else None
    wanted = name.casefold()
    return next((office for office in offices if wanted in (office.name.casefold(), office.id.casefold())), None)
