"""The words of the queue: its rows, as they are seen and said, its caption, and who is next."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import Instant
from reception.domain.desk_view import DeskView, QueueRow
from reception.domain.visit_states import Why
from ui.codes import why_words
from ui.moments import (
    joined,
    judged_words,
    plural,
    said_time,
    short_time,
    time_left,
    time_left_aloud,
    waited_without_promise,
    whole_minutes,
)
from ui.needed import row_needs


def service_words(row: QueueRow) -> tuple[str, str]:
    """What a visit waits for, and how many services are planned after it: ("Housing", "+1"), ("Parking", "")."""
    return row.service, f"+{len(row.then_services)}" if row.then_services else ""


def services_in_full(row: QueueRow) -> str:
    """ "Housing, then Council Tax and Parking"."""
    return f"{row.service}, then {joined(row.then_services)}" if row.then_services else row.service


def came_words(row: QueueRow, zone: ZoneInfo) -> str:
    """ "10.28", "10.40 appt", "10.35 back"."""
    if row.leg > 1:
        return f"{short_time(row.since, zone)} back"
    if row.booked_for is not None:
        return f"{short_time(row.booked_for, zone)} appt"
    return short_time(row.arrived_at, zone)


def queue_caption(view: DeskView) -> str:
    """What parts those who can still be seen in time from those who can't. Some of these have a moment left, but less
    than it takes from call to start.

    It names the minutes only where every row below it has the same promise and the same guard.
    """
    past = view.queue[view.first_past_promise :] if view.first_past_promise is not None else ()
    targets = {row.target for row in past}
    guards = {row.guard_at - row.deadline + row.ordering_target for row in past}
    target, guard = (next(iter(values)) if len(values) == 1 else None for values in (targets, guards))
    if targets == {None}:
        order = "Waiting longest, and nothing is promised: called after the others"
    else:
        when = "in time" if target is None else f"within {plural(whole_minutes(target), 'minute')}"
        order = f"Can no longer be called and seated {when}: after those who still can"
    return order if guard is None else f"{order}, or on reaching {whole_minutes(guard)} min"


def row_aloud(row: QueueRow, zone: ZoneInfo, now: Instant) -> str:
    """One queue row as a screen reader says it. No name: the screen may be heard."""
    parts = [row.number, services_in_full(row)]
    if row.leg > 1:
        parts.append(f"back in the queue at {said_time(row.since, zone)}, came {said_time(row.arrived_at, zone)}")
    elif row.booked_for is not None:
        parts.append(f"appointment {said_time(row.booked_for, zone)}, came {said_time(row.arrived_at, zone)}")
    else:
        parts.append(f"came {said_time(row.arrived_at, zone)}")
    parts.extend(item.full for item in row_needs(row))
    if row.target is None:
        waited = plural(whole_minutes(now - row.since - row.stepped_out), "minute")
        parts.append(f"no promise, {waited} so far")
    elif row.judged is not None:
        parts.append(f"came back, {judged_words(row.judged, row.target)}")
    else:
        promise = "of" if now <= row.deadline else "the promise of"
        parts.append(f"{time_left_aloud(row.deadline, now)} {promise} {whole_minutes(row.target)}")
    if not row.mine:
        parts.append("not for you to serve")
    return ", ".join(parts)


def next_words(row: QueueRow, now: Instant, why: Why | None = None) -> str:
    """The second line of the main button: "C020 next: 1 min left, can still be kept".

    `why`: why it is next here, where that is something else than why it stands where it stands.
    """
    why = why or row.why
    if row.target is None:
        left = waited_without_promise(now - row.since - row.stepped_out)
        # Ordered by a target all the same, but nothing was promised that could be kept.
        if why in (Why.CAN_BE_KEPT, Why.PAST_PROMISE):
            return f"{row.number} next: {left}, no promise"
        if why is Why.GUARD_PASSED:
            return f"{row.number} next: {left}, has waited longest"
    elif row.judged is not None:
        return f"{row.number} next: came back, {judged_words(row.judged, row.target)}"
    else:
        left = time_left(row.deadline, now)
    return f"{row.number} next: {left}, {why_words(why)}"
