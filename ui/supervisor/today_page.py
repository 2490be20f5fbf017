"""Today as it goes: great figures, every walk-in as a mark, what asks for attention now, and the table by service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from reception.clock import MINUTE, Instant, local_date
from reception.domain.grouping import Period
from reception.domain.office import Office
from reception.domain.report_names import ALL_OFFICES
from reception.domain.stations import Contact, Reach
from reception.domain.today_view import AttentionKind, TodayView
from reception.services.supervisor_queries import Today
from ui import moments
from ui.link import Link
from ui.panels.in_sight import InSight
from ui.pulse import Pulse
from ui.supervisor.delays_table import delays_of
from ui.supervisor.great_figures import GreatFigures
from ui.supervisor.now_sheet import NowSheet
from ui.supervisor.now_words import Line, all_is_well, attention_line, facts
from ui.supervisor.page import Page
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.with_table import WithTable
from ui.supervisor.scrolled import scrolled
from ui.supervisor.table_sheets import TableSheet, titled
from ui.supervisor.today_tables import Rows, by_half_hour, by_office, by_service, counters_of, rooms_of
from ui.supervisor.today_words import apart_words, great_figures, plot_words
from ui.supervisor.walk_in_day import day_of
from ui.supervisor.walk_in_plot import WalkInChart
from ui.theme import look_of
from ui.widgets import Paragraph

_MARGIN = 16
_NOW_WIDTH, _PLOT_WIDTH = 484, 834
_BESIDE_FROM = 1000
"""Pixels at 100 % from which the plot and *now* stand side by side."""
_ROOMS_BESIDE_FROM = 1100
"""The same of counters and rooms, of which none is cut then."""
_MOST_ROWS = 40
_DELAY_ROWS = 8
"""Those to be told stand at the top; on a bad day the others scroll."""
_PLOT_ROWS = 5
"""So many rows of the plot's table, at least, are seen at once: it is no higher than the plot for it."""


class TodayPage(Page):
    """See the module. It asks again with every change, and each minute; between that only waits grow."""

    title = "Today"

    def __init__(self, link: Link, pulse: Pulse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link, self._pulse = link, pulse
        self._offices: tuple[Office, ...] = ()
        self._views: dict[str, TodayView] = {}
        self._contact = link.last_contact
        self._minute = 0
        self._is_open = False
        self.figures = GreatFigures()
        self.chart = WalkInChart()
        self.walk_ins = WithTable("Every walk-in today", self.chart, "walk-ins")
        self.now_sheet = NowSheet()
        self.services = FiguresTable("Today by service")
        self.delays = FiguresTable("Delays")
        self.counters, self.rooms = FiguresTable("Counters"), FiguresTable("Rooms")
        self._as_of = Paragraph(token="due-soon-text", weight=600)
        self._waiting = Paragraph("Today is being read.", token="text-muted")
        self._build()
        link.view_came.connect(self._take)
        link.contact.connect(self._hear)
        pulse.subscribe(self, self._tick)

    # -- where things stand ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._service_sheet = TableSheet(self.services)
        self._delay_sheet = titled("Delays", self.delays)
        self._counter_sheet, self._room_sheet = titled("Counters", self.counters), titled("Rooms", self.rooms)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row, parts in (
            (self._upper, ((self.walk_ins, _PLOT_WIDTH), (self.now_sheet, _NOW_WIDTH))),
            (self._lower, ((self._counter_sheet, _PLOT_WIDTH), (self._room_sheet, _NOW_WIDTH))),
        ):
            row.setSpacing(_MARGIN)
            for widget, share in parts:
                row.addWidget(widget, share)
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(0)
        column.addWidget(self._as_of)
        column.addWidget(self.figures)
        column.addSpacing(24)
        column.addLayout(self._upper)
        column.addSpacing(_MARGIN)
        below = QVBoxLayout()
        below.setSpacing(_MARGIN)
        below.addWidget(self._service_sheet)
        below.addWidget(self._delay_sheet)
        below.addLayout(self._lower)
        column.addLayout(below)
        column.addStretch(1)
        self.walk_ins.table.set_most_rows(_PLOT_ROWS)
        self.delays.set_most_rows(_DELAY_ROWS)
        for table in (self.services, self.counters, self.rooms):
            table.set_most_rows(_MOST_ROWS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._waiting.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 0)
        whole.addWidget(self._waiting)
        self.area = scrolled(self, self._content)
        InSight(self.area, self._content)
        self._as_of.hide()
        self.area.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row, least in ((self._upper, _BESIDE_FROM), (self._lower, _ROOMS_BESIDE_FROM)):
            beside = self.width() >= look_of(self).px(least)
            direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            if row.direction() != direction:
                row.setDirection(direction)

    # -- asking ----------------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        asked = [office.id for office in offices]
        if asked != [office.id for office in self._offices]:
            self._views.clear()
            self.area.hide()
            self._waiting.show()
        self._offices, self._is_open = offices, True
        self._show(self._pulse.now() or 0)
        self._link.watch(*(Today(office_id) for office_id in asked))

    def leave(self) -> None:
        self._is_open = False
        self._link.watch()

    def forget(self) -> None:
        self._views.clear()
        self.area.hide()
        self._waiting.show()
        self.figures.show_figures(())
        self.walk_ins.forget()
        self.now_sheet.show_now((), "", "")
        for table in (self.services, self.delays, self.counters, self.rooms):
            table.show_rows((), ())

    def _take(self, view: object) -> None:
        if not self._is_open or not isinstance(view, TodayView):
            return
        if view.office.id not in {office.id for office in self._offices}:
            return
        self._views[view.office.id] = view
        self._pulse.set_now(view.now)
        if len(self._views) == len(self._offices):
            self._show(view.now)

    def _hear(self, contact: Contact) -> None:
        self._contact = contact
        if self._is_open and self._views:
            self._show(self._pulse.now() or 0)

    def _tick(self, now: Instant) -> None:
        if not self._is_open or len(self._views) < len(self._offices):
            return
        minute, before = now // MINUTE, self._minute
        self._minute = minute
        if minute != before:
            self._link.refresh()
            self._show_day(now)
        self._show_waits(now)

    # -- what is shown ---------------------------------------------------------------------------------------

    def views(self) -> tuple[TodayView, ...]:
        """In the order of the offices."""
        return tuple(self._views[office.id] for office in self._offices if office.id in self._views)

    def as_of(self) -> str:
        """From when the figures are, where they are not of now."""
        return self._as_of.text() if self._as_of.isVisibleTo(self) else ""

    @property
    def _is_live(self) -> bool:
        return self._contact.reach is not Reach.LOST

    def _time_shown(self, now: Instant) -> Instant:
        """Waits grow between two answers, a minute at most: of what is out of reach nothing is known since."""
        read = min(view.now for view in self.views())
        return min(max(read, now), read + MINUTE) if self._is_live else read

    def _show(self, now: Instant) -> None:
        if not self._views or len(self._views) < len(self._offices):
            return
        views = self.views()
        zone = views[0].office.zone
        self._as_of.set_text(f"As of {moments.said_time(min(view.now for view in views), zone)}.")
        self._as_of.setVisible(not self._is_live)
        self.walk_ins.set_title("Every walk-in today" if len(views) == 1 else "Every walk-in today, all offices")
        today = local_date(now, zone)
        of = views[0].office.name if len(views) == 1 else ALL_OFFICES
        self.walk_ins.set_subject(of, Period(today, today), f"{moments.day_words(today)} {today.year}")
        self._show_day(now)
        self._show_waits(now)
        self._waiting.hide()
        self.area.show()

    def _show_waits(self, now: Instant) -> None:
        """What may grow with any second; what is the same as before is not painted again."""
        views, now = self.views(), self._time_shown(now)
        passed = now - min(view.now for view in views)
        self.figures.show_figures(great_figures(views, passed))
        _show_table(self.services, by_service(views[0], passed) if len(views) == 1 else by_office(views, passed))
        _show_table(self.counters, counters_of(views, now))

    def _show_day(self, now: Instant) -> None:
        """What changes with an answer, or with the minute."""
        views, now = self.views(), self._time_shown(now)
        passed = now - min(view.now for view in views)
        self.chart.show_day(day_of(views, now))
        words = plot_words(views)
        if words != self.chart.plot.accessibleDescription():
            has_marks = bool(self.chart.plot.day and self.chart.plot.day.marks)
            self.walk_ins.set_note(
                f"Wait in minutes, by time of arrival{apart_words(views)}" if has_marks else words, words
            )
        _show_table(self.walk_ins.table, by_half_hour(views, passed))
        _show_table(self.delays, delays_of(views))
        _show_table(self.rooms, rooms_of(views, now))
        self._delay_sheet.setVisible(any(view.delayed for view in views))
        self._counter_sheet.setVisible(any(view.counters for view in views))
        self._room_sheet.setVisible(any(view.rooms for view in views))
        quiet = all_is_well(views[0], now) if len(views) == 1 else "Nothing asks for attention."
        self.now_sheet.show_now(_attention(views, now), quiet, facts(views))


def _attention(views: Sequence[TodayView], now: Instant) -> list[Line]:
    several = len(views) > 1
    order = list(AttentionKind)
    found = [(view, about) for view in views for about in view.attention]
    if several:  # each office's are in order
        found.sort(key=lambda each: (order.index(each[1].kind), each[1].at or 0))
    return [attention_line(about, view, now, view.office.name if several else "") for view, about in found]


def _show_table(table: FiguresTable, shown: Rows) -> None:
    heads, rows = shown
    if (heads, rows) != (table.figures.heads, table.figures.rows):
        table.show_rows(heads, rows)
