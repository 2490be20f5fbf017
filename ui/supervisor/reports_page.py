"""Reports: a month of one office or of all, for the council or to be published, looked at and saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.domain.letter_snapshot import PageImage
from reception.domain.office import Office
from reception.domain.past_view import PastView
from reception.services.supervisor_queries import MonthlyReport, Past
from ui.book.letter_pages import Pages
from ui.link import Link
from ui.moments import month_words, plural
from ui.panels.in_sight import InSight
from ui.pulse import Pulse
from ui.refused import Refused
from ui.supervisor.newest import Newest
from ui.supervisor.page import Page
from ui.supervisor.past_words import is_empty, month_with_visits
from ui.supervisor.periods import Kind, around, last_whole, moved
from ui.supervisor.report_form import ReportForm
from ui.supervisor.report_making import ask_pages, ask_schedule, save_report
from ui.supervisor.report_words import MAKING
from ui.supervisor.scrolled import scrolled
from ui.theme import look_of
from ui.widgets import RING, Paragraph, Sheet
from ui.widgets.announcing import announce

_MARGIN = 16
_FORM_WIDTH = 440
_BESIDE_FROM = 1000
"""So wide a page, at 100 % text, has the preview beside the form."""
_LEAST_WIDTH = 400
_SHARPNESS = 1.5
"""Pixels of the picture for one of the screen."""
_PAGE_WIDTH = 595.28
"""Of A4, in points."""


class ReportsPage(Page):
    """Opened with last month. Alt with the arrow keys goes to another month, Page Down through the preview, Ctrl S
    saves."""

    title = "Reports"

    def __init__(self, link: Link, pulse: Pulse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link, self._pulse = link, pulse
        self._offices: tuple[Office, ...] = ()
        self._this_month: date | None = None
        self._first: date | None = None
        self._asked: MonthlyReport | None = None
        self.earlier = self._action("Earlier", "Alt+Left", lambda: self._go(-1))
        self.later = self._action("Later", "Alt+Right", lambda: self._go(1))
        self.nearest = self._action("", "Alt+L", self._go_nearest)
        self.nearest.setToolTip("The nearest month with visits, where nobody came")
        self._nearest: date | None = None
        self._asking = Newest(link, "reports")
        self.save = self._action("Save as…", "Ctrl+S", self._save)
        self._action("Preview up", "PgUp", lambda: self._scroll(-1))
        self._action("Preview down", "PgDown", lambda: self._scroll(1))
        self.form = ReportForm(self.earlier, self.later, self.nearest, self.save)
        self.preview = Pages(of="report")
        self.state = Paragraph(MAKING, token="text-muted")
        self._build()
        self.form.office.currentIndexChanged.connect(lambda _at: self._show())
        self.form.version.changed.connect(lambda _value: self._show())
        self.form.month_wanted.connect(self.show_month)
        pulse.subscribe(self, self._tick)

    def _action(self, words: str, key: str, slot: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # -- where things stand ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._row.setSpacing(_MARGIN)
        self._row.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._preview_sheet(), 1)
        content = QWidget()
        content.setLayout(self._row)
        self.area = scrolled(self, content)
        InSight(self.area, content)

    def _preview_sheet(self) -> QWidget:
        self.sheet = Sheet("Preview", lean=True)
        self.sheet.padded().addWidget(self.state)
        self.sheet.padded(rings=True).addWidget(self.preview)
        self.sheet.body.addStretch(1)
        return self.sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _arrange(self) -> None:
        """The preview beside the form, or below it where there is too little room."""
        look = look_of(self)
        is_beside = self.width() >= look.px(_BESIDE_FROM)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self._row.setAlignment(self.form, Qt.AlignmentFlag.AlignTop if is_beside else Qt.AlignmentFlag(0))
        self.form.setMaximumWidth(look.px(_FORM_WIDTH) if is_beside else self.maximumWidth())
        self.form.setMinimumWidth(look.px(_FORM_WIDTH) if is_beside else 0)

    def _scroll(self, pages: int) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    # -- what is asked ---------------------------------------------------------------------------------------

    def open_for(self, offices: tuple[Office, ...], all_offices: tuple[Office, ...]) -> None:
        self._offices = all_offices
        self.form.show_offices(all_offices, offices)
        ask_schedule(self._link, self.form.schedule.set_text)
        self._asked = None
        now = self._pulse.now()
        if now is not None:
            self._tick(now)
        self._show()

    def show_month(self, first: date) -> None:
        """Show the report of that month; `first` is its first day. Of which offices, :meth:`open_for` says."""
        self._first = first
        self._offer()
        self._show()

    def refresh(self) -> None:
        self._asked = None
        self._show()

    def leave(self) -> None:
        self._asked = None
        self._asking.let_go()

    def forget(self) -> None:
        self._offer_nearest(None)
        self.preview.show_pages(())
        self.state.set_text(MAKING)
        self.state.show()

    def _tick(self, now: Instant) -> None:
        """A month has begun; or it is known for the first time which one it is."""
        if not self._offices:
            return
        month = local_date(now, self._offices[0].zone).replace(day=1)
        if month == self._this_month:
            return
        self._this_month = month
        if self._first is None:
            self._first = last_whole(Kind.MONTH, month).first
            self._show()
        self._offer()

    def _go(self, months: int) -> None:
        if self._first is not None:
            self._first = moved(Kind.MONTH, around(Kind.MONTH, self._first), months).first
            self._offer()
            self._show()

    def _offer(self) -> None:
        is_past = self._first is not None and self._this_month is not None and self._first < self._this_month
        self.later.setEnabled(is_past)

    def _go_nearest(self) -> None:
        """The way out of a month in which nobody came."""
        if self._nearest is not None:
            had_focus = self.form.nearest_button.hasFocus()
            self.show_month(self._nearest)
            if had_focus:
                self.form.typed_month.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_nearest(self, month: date | None) -> None:
        self._nearest = month
        self.nearest.setText(f"Show {month_words(month)}" if month is not None else "")
        self.nearest.setEnabled(month is not None)
        self.form.nearest_button.setVisible(month is not None)

    def _look_for_visits(self, query: MonthlyReport) -> None:
        """A month with visits is offered where the one that is shown has none."""
        self._offer_nearest(None)

        def came(view: PastView) -> None:
            if query == self._asked and is_empty(view):
                self._offer_nearest(month_with_visits(view))

        self._asking.ask(Past(query.office_ids, around(Kind.MONTH, query.first)), came, lambda _no: None)

    def _show(self) -> None:
        """Make the preview, unless it is the one that is shown or under way."""
        if self._first is None or not self._offices:
            return
        query = self.form.query(self._first)
        if query == self._asked:
            return
        self._asked = query
        self.form.show_query(query)
        self.sheet.set_title(f"{month_words(query.first)}, {self.form.of(query)}")
        self.state.set_text(MAKING)
        self.state.show()
        self.save.setEnabled(False)
        width = max(_LEAST_WIDTH, self.preview.width() - 2 * RING)
        scale = width * self.devicePixelRatioF() * _SHARPNESS / _PAGE_WIDTH

        def came(pages: tuple[PageImage, ...]) -> None:
            if query == self._asked:
                self.state.hide()
                self.save.setEnabled(True)
                self.preview.show_pages(pages)
                announce(self, f"{month_words(query.first)}, {plural(len(pages), 'page')}.")

        def came_not(no: Refused) -> None:
            if query == self._asked:
                self.preview.show_pages(())
                self.state.set_text(f"{no.reason} {no.remedy}".strip())
                announce(self, self.state.text())

        ask_pages(query, scale, self._link, came, came_not)
        self._look_for_visits(query)

    # -- saving ----------------------------------------------------------------------------------------------

    def _save(self) -> None:
        query = self._asked
        if query is None:
            return

        def tell(words: str, is_bad: bool) -> None:
            self._say(words, "late-text" if is_bad else "text")

        save_report(query, self.form.of(query), self.form.format.value(), self._link, self, tell)

    def _say(self, words: str, token: str) -> None:
        self.form.say(words, token)
        announce(self, words, urgent=token != "text")
