"""What is chosen of a report: month, office, for whom, which file; and what came of saving it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.domain.office import Office
from reception.domain.report_names import ALL_OFFICES, ReportFormat
from reception.services.supervisor_queries import MonthlyReport
from ui.moments import month_words
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.supervisor.report_words import PUBLIC_WORDS
from ui.typed import month_typed
from ui.widgets import Drop, ElidingLabel, KeyButton, KeyGrid, LineEdit, Paragraph, Segmented, Sheet
from ui.widgets.announcing import announce

_GAP = 8
_COUNCIL, _PUBLIC = "council", "public"
EVERY = "every"
"""All formats, in a folder."""
FORMATS = (
    (ReportFormat.PDF.value, "PDF"),
    (ReportFormat.XLSX.value, "Spreadsheet"),
    (ReportFormat.CSV.value, "CSV"),
    (ReportFormat.JSON.value, "JSON"),
    (EVERY, "All four"),
)


NO_MONTH = "Type a month, such as October 2018, 10/2018 or 2018-10."


class ReportForm(Sheet):
    """`earlier` and `later` go to another month, `nearest` to one with visits where it is offered; `save` saves."""

    month_wanted = Signal(object)
    """A date: the first day of the month that was typed."""

    def __init__(self, earlier: QAction, later: QAction, nearest: QAction, save: QAction) -> None:
        super().__init__("Monthly report", lean=True)
        self._offices: tuple[Office, ...] = ()
        self.month = ElidingLabel("", "lead", 600)
        self.office = Drop("Office")
        self.version = flowing(Segmented([(_COUNCIL, "The council"), (_PUBLIC, "The public")], "For"))
        self.format = Drop("File", FORMATS)
        self.nearest_button = KeyButton(nearest)
        self.save_button = KeyButton(save)
        self.save_button.set_accent(True)
        self.about_version = Paragraph("", token="text-muted")
        self.said = Paragraph()
        self.schedule = Paragraph("", token="text-muted")
        self.typed_month = LineEdit()
        self.typed_month.setPlaceholderText("Month and year")
        self.typed_month.returnPressed.connect(self._take_month)
        self.month_fault = Paragraph(token="late-text")
        self.month_fault.hide()
        self._month_row = FieldRow("Go to", self.typed_month)
        self.typed_month.setAccessibleName("Go to month")
        self._office_row = FieldRow("Office", self.office)
        self._put(self.month)
        self.body.addSpacing(_GAP)
        self._put(self._month_row, rings=True)
        self._put(self.month_fault)
        self._put(_months(earlier, later), self.nearest_button, self._office_row, rings=True)
        self._put(FieldRow("For", self.version), FieldRow("File", self.format), rings=True)
        self._put(self.about_version, gap=True)
        self._put(self.save_button, rings=True, gap=True)
        self._put(self.said, gap=True)
        self._put(self.schedule, gap=True)
        self.body.addSpacing(2 * _GAP)
        self.about_version.hide()
        self.said.hide()
        self.nearest_button.hide()

    def _take_month(self) -> None:
        """Enter goes to the month that is typed, which stays and is typed over; what is none stays, and is said."""
        first = month_typed(self.typed_month.text())
        fault = "" if first is not None else NO_MONTH
        self.typed_month.set_fault(fault)
        self.month_fault.set_text(fault)
        self.month_fault.setVisible(bool(fault))
        if first is None:
            announce(self, fault, urgent=True)
        else:
            self.typed_month.setText(month_words(first))
            self.typed_month.selectAll()
            self.month_wanted.emit(first)

    def _put(self, *widgets: QWidget, rings: bool = False, gap: bool = False) -> None:
        column = self.padded(rings=rings)
        for widget in widgets:
            if gap:
                column.addSpacing(_GAP)
            column.addWidget(widget)

    def show_offices(self, offices: tuple[Office, ...], chosen: Sequence[Office]) -> None:
        """Offer all offices, and all of them together; one that is the only one is not asked for."""
        self._offices = offices
        was_blocked = self.office.blockSignals(True)
        together = [("", ALL_OFFICES)] if len(offices) > 1 else []
        self.office.set_choices([*together, *((office.id, office.name) for office in offices)])
        self.office.set_value(chosen[0].id if len(chosen) == 1 else "")
        self.office.blockSignals(was_blocked)
        self._office_row.setVisible(len(offices) > 1)

    def query(self, first: date) -> MonthlyReport:
        """What is chosen."""
        chosen = self.office.value()
        return MonthlyReport((chosen,) if chosen else (), first, self.version.value() == _PUBLIC)

    def of(self, query: MonthlyReport) -> str:
        """Whose report it is."""
        return next((each.name for each in self._offices if each.id in query.office_ids), ALL_OFFICES)

    def show_query(self, query: MonthlyReport) -> None:
        """Say which month it is, and what a public report leaves out."""
        self.said.hide()
        self.month.set_text(month_words(query.first))
        if self.typed_month.text() and not self.typed_month.isModified():
            self.typed_month.setText(month_words(query.first))
            self.typed_month.selectAll()
        self.about_version.set_text(PUBLIC_WORDS if query.is_public else "")
        self.about_version.setVisible(query.is_public)

    def say(self, words: str, token: str) -> None:
        """What came of saving it."""
        self.said.set_style(token=token)
        self.said.set_text(words)
        self.said.show()


def _months(earlier: QAction, later: QAction) -> QWidget:
    months = QWidget()
    months.setAccessibleName("Month")
    line = QHBoxLayout(months)
    line.setContentsMargins(0, 0, 0, _GAP)
    keys = flowing(KeyGrid(2))
    for action in (earlier, later):
        keys.add(KeyButton(action))
    line.addWidget(keys)
    return months
