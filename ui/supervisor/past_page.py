"""The past: any period, compared with another, as a finding, a curve, a heat map, day by day, and tables."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from reception.clock import Clock, SystemClock, local_date
from reception.domain.grouping import Grouping
from reception.domain.office import Office
from reception.domain.past_view import PastView
from reception.domain.report_names import ALL_OFFICES
from reception.services.supervisor_queries import Past
from ui.link import Link
from ui.moments import month_words
from ui.refused import Refused
from ui.supervisor.curve_sheet import CurveSheet
from ui.supervisor.days_sheet import DaysSheet
from ui.supervisor.figures_sheet import FiguresSheet
from ui.supervisor.finding_page import FindingPage
from ui.supervisor.heat_sheet import HeatSheet
from ui.supervisor.past_export import NOTHING, Export, save_figures
from ui.supervisor.past_words import (
    NOBODY_YET,
    comparison,
    finding,
    finding_detail,
    is_empty,
    left_out,
    month_with_visits,
    nothing,
)
from ui.supervisor.period_head import PeriodHead
from ui.supervisor.period_panel import PeriodPanel
from ui.supervisor.periods import Kind, Pick, around, last_whole, moved, period_words
from ui.supervisor.sheets import Sheets

_TOP = 10
_SETTLE_MS = 10_000
"""So long after news the period is asked again, where today belongs to it."""


class PastPage(FindingPage):
    """See the module."""

    title = "Past"
    lane = "past"
    panel: PeriodPanel

    def __init__(self, link: Link, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        self.period_head = PeriodHead()
        super().__init__(link, self.period_head, PeriodPanel(), parent)
        self._link = link
        self._clock = clock or SystemClock()
        self._offices: tuple[Office, ...] = ()
        self._office_ids: tuple[str, ...] = ()
        self._pick: Pick | None = None
        self._by = Grouping.SERVICE
        self._view: PastView | None = None
        self._called = ""
        """What the period is called that is shown."""
        self._is_without_evacuations = False
        """What is shown leaves out the days with one."""
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(_SETTLE_MS)
        self._stale.timeout.connect(self._ask)
        self.period_head.export.connect(self._export)
        self.finding.report_wanted.connect(self._show_report)
        self.finding.month_wanted.connect(self._show_month_with_visits)
        self.curve, self.heat, self.days, self.figures = CurveSheet(), HeatSheet(), DaysSheet(), FiguresSheet()
        self.figures.grouping_chosen.connect(self._group)
        self.sheets = Sheets((self.curve, self.heat, self.days, self.figures), self.figures)
        self.figures.table_changed.connect(self.sheets.place)
        self.sheets.hide()
        self._place(_TOP, self.sheets)

    # -- the page --

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        ids = () if len(offices) == len(all_offices) else tuple(office.id for office in offices)
        is_other = ids != self._office_ids
        self._offices, self._office_ids = offices, ids
        if self._pick is None:
            self._pick = Pick(Kind.MONTH, last_whole(Kind.MONTH, self._today()))
        self.period_head.show_period(period_words(self._pick.kind, self._pick.period))
        is_shown = self._view is not None and self._view.period == self._pick.period
        if is_other or not is_shown or self._holds_today():
            self._ask()

    def news(self) -> None:
        if self._holds_today() and not self._stale.isActive():
            self._stale.start()

    def refresh(self) -> None:
        self._stale.stop()
        self._ask()

    def leave(self) -> None:
        self._stale.stop()
        if self.asking.is_under_way:
            self._view = None  # it is not what was asked for last
        self.asking.let_go()

    def forget(self) -> None:
        self._view, self._called = None, ""
        self.finding.say("")
        self.sheets.hide()
        for sheet in (self.curve, self.heat, self.days, self.figures):
            sheet.forget()

    def query(self) -> Past | None:
        """What is asked now; None before the page was first opened."""
        pick = self._pick
        if pick is None:
            return None
        return Past(self._office_ids, pick.period, pick.compared(), self._by, pick.without_evacuations)

    def _today(self) -> date:
        return local_date(self._clock.now(), self._offices[0].zone)

    def _holds_today(self) -> bool:
        return self._pick is not None and bool(self._offices) and self._pick.period.last >= self._today()

    # -- which period --

    def _move(self, by: int) -> None:
        pick = self._pick
        if pick is not None:
            self._take(
                Pick(pick.kind, moved(pick.kind, pick.period, by), pick.beside, pick.other, pick.without_evacuations)
            )

    def _open_panel(self) -> None:
        if self._pick is not None:
            self.panel.open_with(self._pick, self._today())
            self._in_sight.unfolded(self.panel)

    def _group(self, by: Grouping) -> None:
        self._by = by
        self._ask()

    def _show_month_with_visits(self) -> None:
        """The way out of a period in which nobody came."""
        month = month_with_visits(self._view) if self._view is not None else None
        if month is not None:
            self._take(Pick(Kind.MONTH, around(Kind.MONTH, month)))
            self.period_head.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, pick: object) -> None:
        if isinstance(pick, Pick) and pick != self._pick:
            self._pick = pick
            self.period_head.show_period(period_words(pick.kind, pick.period))
            # Also where the focus is further down: whose figures still stand there is said at the top.
            self.area.verticalScrollBar().setValue(0)
            self._in_sight.unfolded(self.finding)
            self._ask()

    # -- to a file --

    def _export(self) -> None:
        """What is shown, not what is being worked out."""
        view = self._view
        if view is None or not self.sheets.isVisible():
            self.finding.tell(NOTHING, is_bad=True)
            return
        export = Export(view, self._office_ids, self._today(), self._is_without_evacuations)

        def tell(words: str, is_bad: bool) -> None:
            self.finding.tell(words, is_bad=is_bad, has_report=export.is_of_month and not is_bad)

        save_figures(export, self._link, self, tell)

    def _show_report(self) -> None:
        if self._view is not None:
            self.report_wanted.emit(self._view.period.first)

    # -- question and answer --

    def _ask(self) -> None:
        query, pick = self.query(), self._pick
        if query is None or pick is None:
            return
        words = period_words(pick.kind, pick.period)
        still = f" Still shown: {self._called}." if self._called and self._called != words else ""
        self.finding.working(f"Working out {words}.{still}")

        def refused(no: Refused) -> None:
            self.finding.refuse(no, f"Still shown: {self._called}." if self._called else "")
            if self._view is not None:
                self._by = self._view.by
                self.figures.show_by(self._by)

        self.asking.ask(query, lambda view: self._show(view, pick), refused)

    def _show(self, view: PastView, pick: Pick) -> None:
        self._view, self._is_without_evacuations = view, pick.without_evacuations
        self._called = period_words(pick.kind, view.period)
        waits = view.total.waits
        if view.total.is_hidden:
            self.finding.say("Fewer than 5 walk-ins, so their figures are not shown")
            self.sheets.hide()
            return
        if waits is None or is_empty(view):
            month = month_with_visits(view)
            offered = month_words(month) if month is not None else ""
            self.finding.say(
                nothing(view, self._today()), NOBODY_YET if view.first_visit is None else "", month=offered
            )
            self.sheets.hide()
            return
        called, before = self._called_both(view, pick)
        beside = ""
        if view.compared is not None:
            waits_before = view.total_before.waits if view.total_before is not None else None
            beside = comparison(waits, waits_before, before, view.difference)
        if pick.without_evacuations:
            beside = f"{beside} Days with an evacuation are left out.".strip()
        detail = f"{finding_detail(waits)} {left_out(view.total)}".strip()
        self.finding.say(finding(waits), detail, beside, self._called)
        of = view.offices[0] if len(view.offices) == 1 else ALL_OFFICES
        less = ", without days with an evacuation" if pick.without_evacuations else ""
        for sheet in (self.curve, self.heat, self.days):
            sheet.set_subject(of, view.period, f"{self._called}{less}")
        self.curve.setVisible(view.curve.judged > 0)
        if view.curve.judged:
            self.curve.show_view(view, called, before)
        self.heat.setVisible(bool(view.heat))
        self.heat.show_view(view)
        self.days.show_view(view)
        self.days.setVisible(not self.days.is_empty())
        self.figures.show_view(view, before)
        self.sheets.show()
        self.sheets.place()

    def _called_both(self, view: PastView, pick: Pick) -> tuple[str, str]:
        called = period_words(pick.kind, view.period, short=True)
        if view.compared is None:
            return called, ""
        kind = pick.kind if pick.other is None or view.compared != pick.other else Kind.DATES
        return called, period_words(kind, view.compared, short=True)
