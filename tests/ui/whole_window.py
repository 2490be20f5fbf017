"""A door that every page of the supervisor's window can be opened at, with values made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reception.config import Config
from reception.domain.forecasting import ArrivalsForecast
from reception.domain.letter_snapshot import PageImage
from reception.domain.past_view import PastView
from reception.domain.report_names import ReportFormat
from reception.domain.staffing import Plan
from reception.domain.today_view import TodayView
from reception.services import queries as q
from reception.services.supervisor_queries import Forecast, MonthlyReport, Past, Staffing, UsualPlan, WhatIf
from tests.ui import forecast_values, past_values, staffing_values
from tests.ui.supervisor_driver import SupervisorDoor
from tests.ui.supervisor_values import OFFICE, busy

_WHITE = PageImage(210, 297, bytes([255]) * (3 * 210 * 297))
PAGES = ("Today", "Past", "Forecast", "Staffing", "Reports")


class WholeDoor(SupervisorDoor):
    """Answers all five pages; whatever is written is written down in `written`."""

    def __init__(self, *views: TodayView, past: PastView | None = None) -> None:
        super().__init__(*(views or (busy(),)), offices=() if views else (OFFICE,))
        self.past = past or past_values.view()
        self.config = Config(report_folder="/srv/reports")
        self.written: list[Path] = []
        self.looked: list[MonthlyReport] = []

    def ask(self, query: q.Query) -> Any:
        if not isinstance(query, Past | Forecast | UsualPlan):
            return super().ask(query)
        with self.lock:
            self.asked.append(query)
            if self.fail_ask is not None:
                raise self.fail_ask
        return self._answer(query)

    def _answer(self, query: Past | Forecast | UsualPlan) -> PastView | ArrivalsForecast | Plan:
        match query:
            case Past():
                groups = self.past.groups if query.by is self.past.by else ()
                return replace(self.past, period=query.period, compared=query.compared, by=query.by, groups=groups)
            case Forecast():
                return forecast_values.forecast(query.day)
            case UsualPlan():
                return staffing_values.USUAL

    def work_out(self, query: Any, progress: Callable[[int, int], None]) -> Any:
        with self.lock:
            self.asked.append(query)
        progress(0, 1)
        match query:
            case WhatIf():
                return staffing_values.result(query.plan)
            case Staffing():
                return staffing_values.least()
            case _:
                return staffing_values.rules()

    def report_images(self, query: MonthlyReport, scale: float) -> tuple[PageImage, ...]:
        self.looked.append(query)
        return (_WHITE, _WHITE)

    def write_report(self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...]) -> tuple[Path, ...]:
        self.written.append(out)
        return (out,)

    def write_figures(self, view: PastView, made_on: date, out: Path, wanted: ReportFormat) -> Path:
        self.written.append(out)
        return out
