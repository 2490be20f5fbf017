"""What a supervisor may ask. Each query's docstring says what its answer is.

Those of :data:`LongQuery` take seconds: :meth:`reception.app.Door.work_out` answers them, tells how far it is and can
be stopped.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.domain.grouping import Grouping, Period
from reception.domain.staffing import Plan


class Today(Struct, frozen=True):
    """A :class:`~reception.domain.today_view.TodayView`."""

    office_id: str


class Past(Struct, frozen=True):
    """A :class:`~reception.domain.past_view.PastView`. No `office_ids`: all offices.

    Refuses BAD_INPUT for a period that ends before it begins.
    """

    office_ids: tuple[str, ...]
    period: Period
    compared: Period | None = None
    by: Grouping = Grouping.SERVICE
    without_evacuations: bool = False
    is_public: bool = False
    """Small groups are left out of every grouping, as for a report that is published."""


class Forecast(Struct, frozen=True):
    """An :class:`~reception.domain.forecasting.ArrivalsForecast` of a day to come, by what is known now."""

    office_id: str
    day: date


class UsualPlan(Struct, frozen=True):
    """A :class:`~reception.domain.staffing.Plan` to begin with: who is usually at work on such a day, and the
    appointments that are booked for it."""

    office_id: str
    day: date


class WhatIf(Struct, frozen=True):
    """A :class:`~reception.domain.staffing.WhatIfResult`. The same seed gives the same answer."""

    office_id: str
    day: date
    plan: Plan
    runs: int = 500
    seed: int = 1


class Staffing(Struct, frozen=True):
    """A :class:`~reception.domain.staffing.StaffingAnswer`. `target_min` None: as promised."""

    office_id: str
    day: date
    target_min: float | None = None
    share: float = 0.9
    runs: int = 200
    seed: int = 1


class ComparePolicies(Struct, frozen=True):
    """A :class:`~reception.domain.staffing.PolicyComparison` over the recorded days of a period, a year at most.

    `date.min` stands for so many `weeks` before the last recorded day, `date.max` for that day.
    """

    office_id: str
    period: Period
    runs: int = 20
    seed: int = 1
    weeks: int = 8


class MonthlyReport(Struct, frozen=True):
    """A :class:`~reception.domain.past_view.PastView` by service of one month beside the one before, for paper.

    No `office_ids`: all offices together. `first`: the month's first day.
    """

    office_ids: tuple[str, ...]
    first: date
    is_public: bool = False


LongQuery = WhatIf | Staffing | ComparePolicies
SupervisorQuery = Today | Past | Forecast | UsualPlan | MonthlyReport | LongQuery
