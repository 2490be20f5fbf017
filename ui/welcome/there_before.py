"""What a database holds already where no office has been set up in it: visits that were imported."""

from __future__ import annotations

from datetime import date

from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import Group, PastView
from reception.services.supervisor_queries import Past
from ui.moments import short_day

ALL_VISITS = Past((), Period(date(1900, 1, 1), date(2199, 12, 31)), by=Grouping.OFFICE)


def there_before_words(view: PastView) -> str:
    """How many visits there are, of which days, of which office, and that they stay; empty for none.

    `view` answers :data:`ALL_VISITS`.
    """
    visits = sum(_visits(each) for each in (view.total, *view.partners))
    if view.first_visit is None or view.last_visit is None or not visits:
        return ""
    first, last = (short_day(day, date.min) for day in (view.first_visit, view.last_visit))
    days = f"of {first}" if first == last else f"from {first} to {last}"
    many = "1 visit" if visits == 1 else f"{visits:,} visits"
    return (
        f"{many} {days} {'is' if visits == 1 else 'are'} here already, under the name of {' and '.join(view.offices)}. "
        "All stays as it is: your office is set up beside it, under another name. A supervisor who has signed in can "
        "look at both."
    )


def _visits(group: Group) -> int:
    return group.waits.visits if group.waits is not None else 0
