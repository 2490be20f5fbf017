"""The plan of one office and day as it is being drawn: what is usual, what was changed, what it came to."""

from __future__ import annotations

from datetime import date

from reception.domain.forecasting import ArrivalsForecast
from reception.domain.office import Office
from reception.domain.staffing import Plan, StaffingAnswer, WhatIfResult


class Sketch:
    """Nothing of it is lost while the window is open: one for each office and day that was looked at."""

    def __init__(self, office: Office, day: date) -> None:
        self.office, self.day = office, day
        self.usual: Plan | None = None
        self.plan = Plan(())
        self.arrivals: ArrivalsForecast | None = None
        self.result: WhatIfResult | None = None
        """What the plan came to, or the one before it whose result was the last to be known."""
        self._results: dict[Plan, WhatIfResult] = {}
        self.least: StaffingAnswer | None = None
        self._before: list[Plan] = []

    def begin(self, usual: Plan) -> None:
        """The usual plan is known; it is the plan, unless one was drawn already."""
        if self.usual is None and not self._before:
            self.plan = usual
        self.usual = usual

    def forget(self) -> None:
        """What was found out goes; what was drawn stays, and what is usual is asked anew."""
        self.usual = self.arrivals = self.result = self.least = None
        self._results.clear()

    def change(self, plan: Plan) -> bool:
        """Another plan; False where it is the same."""
        if plan == self.plan:
            return False
        self._before.append(self.plan)
        self._show(plan)
        return True

    def undo(self) -> bool:
        """Back to the plan before the last change."""
        if not self._before:
            return False
        self._show(self._before.pop())
        return True

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self.result = self._results.get(plan, self.result)

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def is_usual(self) -> bool:
        return self.usual is not None and self.plan == self.usual

    @property
    def usual_result(self) -> WhatIfResult | None:
        """What the usual plan came to."""
        return self._results.get(self.usual) if self.usual is not None else None

    def take_result(self, result: WhatIfResult) -> None:
        """What a plan came to."""
        self._results[result.plan] = result
        self.result = self._results.get(self.plan, self.result or result)

    @property
    def is_worked_out(self) -> bool:
        """The figures are of the plan as it is."""
        return self.result is not None and self.result.plan == self.plan
