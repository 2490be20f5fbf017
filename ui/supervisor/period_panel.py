"""Where a period and what it is compared with are chosen: in words, by keys, or as dates that are typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.domain.grouping import Period
from ui.panels.fields import FieldRow
from ui.supervisor.choice_panel import ChoicePanel, typed_day
from ui.supervisor.periods import Beside, Kind, Pick, around
from ui.typed import day_typed, month_typed, year_typed
from ui.widgets.choices import Segmented
from ui.widgets.fields import LineEdit
from ui.widgets.tick import Tick

_KINDS = (
    (Kind.DAY, "Day"),
    (Kind.WEEK, "Week"),
    (Kind.MONTH, "Month"),
    (Kind.QUARTER, "Quarter"),
    (Kind.YEAR, "Year"),
    (Kind.DATES, "Dates"),
)
_BESIDES = (
    (Beside.BEFORE, "The one before"),
    (Beside.YEAR_BEFORE, "A year before"),
    (Beside.DATES, "Other dates"),
    (Beside.NOTHING, "Nothing"),
)
_WIDEST = 760
_NO_DAY = "Type a day, such as 3 March 2026 or 3/3/2026."
_NO_MONTH = "Type a month or a day, such as March 2026, 3/2026 or 3 March 2026."
_NO_YEAR = "Type a year, a month or a day, such as 2026, March 2026 or 3 March 2026."
_OF_MONTHS = frozenset({Kind.MONTH, Kind.QUARTER, Kind.YEAR})
_REVERSED = "The last day is before the first."


class _Dates(QWidget):
    """A first and a last day, typed."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self.first, self.last = LineEdit(), LineEdit()
        self.first.setAccessibleName(f"{of}: from")
        self.last.setAccessibleName(f"{of}: to")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, words in ((self.first, "from"), (self.last, "to")):
            field.setPlaceholderText(words)
            row.addWidget(field)

    def set_period(self, period: Period) -> None:
        self.first.setText(typed_day(period.first))
        self.last.setText(typed_day(period.last))

    def period(self, today: date) -> Period | str:
        """What was typed, or why it is none; the field at fault says so too."""
        first, last = day_typed(self.first.text(), today, past=True), day_typed(self.last.text(), today, past=True)
        self.first.set_fault("" if first is not None else _NO_DAY)
        self.last.set_fault("" if last is not None else _NO_DAY)
        if first is None or last is None:
            return _NO_DAY
        if last < first:
            self.last.set_fault(_REVERSED)
            return _REVERSED
        return Period(first, last)


class PeriodPanel(ChoicePanel):
    """See the module; what is picked is a :class:`Pick`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.kind = Segmented(_KINDS, "Period")
        self.day = LineEdit()
        self.dates = _Dates("Period")
        self.beside = Segmented(_BESIDES, "Compare with")
        self.other = _Dates("Compare with")
        self.without = Tick("Without days with an evacuation")
        self._day_row = FieldRow("A day in it", self.day)
        self._dates_row = FieldRow("From, to", self.dates)
        self._other_row = FieldRow("From, to", self.other)
        rows = (
            FieldRow("Period", self.kind),
            self._day_row,
            self._dates_row,
            FieldRow("Compare", self.beside),
            self._other_row,
            FieldRow("Count", self.without),
        )
        super().__init__("Which period", _WIDEST, rows, parent)
        self.kind.changed.connect(self._fit)
        self.beside.changed.connect(self._fit)
        self._fit()

    def open_with(self, pick: Pick, today: date) -> None:
        """Begin with what is shown now; the focus is on the kind of period."""
        self.kind.set_value(pick.kind)
        self.day.setText(typed_day(pick.period.first))
        self.dates.set_period(pick.period)
        self.beside.set_value(pick.beside)
        self.other.set_period(pick.other or pick.compared() or pick.period)
        self.without.setChecked(pick.without_evacuations)
        self._begin(today)
        self._fit()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        for choice in self.kind.controls():
            if choice.isChecked():  # type: ignore[attr-defined]
                choice.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self, *_: object) -> None:
        self._day_row.setVisible(self.kind.value() is not Kind.DATES)
        self._dates_row.setVisible(self.kind.value() is Kind.DATES)
        self._other_row.setVisible(self.beside.value() is Beside.DATES)

    def _fields(self) -> tuple[LineEdit, ...]:
        return (self.day, self.dates.first, self.dates.last, self.other.first, self.other.last)

    def _show(self) -> None:
        kind, beside = Kind(str(self.kind.value())), Beside(str(self.beside.value()))
        period = self._period(kind)
        other = self.other.period(self.today) if beside is Beside.DATES else None
        for found in (period, other):
            if isinstance(found, str):
                self._refuse(found)
                return
        assert isinstance(period, Period)
        assert not isinstance(other, str)
        self.picked.emit(Pick(kind, period, beside, other, self.without.isChecked()))

    def _period(self, kind: Kind) -> Period | str:
        if kind is Kind.DATES:
            return self.dates.period(self.today)
        fault = _NO_YEAR if kind is Kind.YEAR else _NO_MONTH if kind in _OF_MONTHS else _NO_DAY
        day = day_typed(self.day.text(), self.today, past=True)
        if kind is Kind.YEAR:
            day = year_typed(self.day.text()) or day
        if day is None and kind in _OF_MONTHS:
            day = month_typed(self.day.text())
        self.day.set_fault("" if day is not None else fault)
        return around(kind, day) if day is not None else fault
