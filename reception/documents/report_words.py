"""How a monthly report, or an export of any period, writes its figures, days and times, and what it is called."""

from __future__ import annotations

from datetime import date, time

from reception.customs import Customs
from reception.domain.local_time import said_clock
from reception.domain.reporting import Figure, MonthlyFigures, Row
from reception.domain.signal_words import said_span

UNKNOWN = "–"
HIDDEN = "hidden"


class Words:
    """Says the figures of one report, and when they are of."""

    def __init__(self, figures: MonthlyFigures, customs: Customs) -> None:
        self._figures = figures
        self._customs = customs

    # -- figures ---------------------------------------------------------------------------------------------

    def count(self, figure: Figure) -> str:
        """A number of visits."""
        if figure.is_hidden:
            return HIDDEN
        return self._customs.number(figure.value) if isinstance(figure.value, int | float) else UNKNOWN

    def share(self, figure: Figure, digits: int | None = None) -> str:
        """In percent, or how far it is told; to a tenth for the council and whole in what is published."""
        if figure.at_least is not None:
            return f"at least {self.whole_percent(figure.at_least)}"
        if figure.at_most is not None:
            return f"at most {self.whole_percent(figure.at_most)}"
        if figure.is_hidden:
            return HIDDEN
        if not isinstance(figure.value, int | float):
            return UNKNOWN
        return self._customs.percent(figure.value, (0 if self._figures.is_public else 1) if digits is None else digits)

    def minutes(self, figure: Figure, digits: int | None = None) -> str:
        """Whole, or to a tenth."""
        if figure.is_hidden:
            return HIDDEN
        return self.plain(figure.value, digits) if isinstance(figure.value, int | float) else UNKNOWN

    def plain(self, value: float, digits: int | None = None) -> str:
        """A number of minutes in figures."""
        is_whole = abs(value - round(value)) < 0.05
        return self._customs.number(value, (0 if is_whole else 1) if digits is None else digits)

    def visits(self, count: int, one: str = "walk-in", many: str = "walk-ins") -> str:
        return f"1 {one}" if count == 1 else f"{self.number(count)} {many}"

    def number(self, count: int) -> str:
        return self._customs.number(count)

    def whole_percent(self, share: float) -> str:
        return self._customs.percent(share, 0)

    def within(self, row: Row) -> str:
        """In which time: "within 15 minutes"."""
        target = row["target_min"].value
        if isinstance(target, int | float) and not self._figures.targets_changed:
            return f"within {self.plain(target)} {'minute' if target == 1 else 'minutes'}"
        return "within the target of their day"

    def is_promised(self, row: Row) -> bool:
        share = row["share_within_target"]
        return share.value is not None or share.is_hidden or row["target_min"].value is not None

    # -- when ------------------------------------------------------------------------------------------------

    def month(self, day: date, *, with_year: bool = True) -> str:
        name = self._customs.month(day)
        return f"{name} {day.year}" if with_year else name

    def period_of(self, key: str, *, with_year: bool = True) -> str:
        """Of a period's key: "October 2026", "5 to 11 October 2026"."""
        if len(key) == len("2026-10"):
            return self.month(date.fromisoformat(f"{key}-01"), with_year=with_year)
        first, _, last = key.partition("..")
        return said_span(date.fromisoformat(first), date.fromisoformat(last or first), True)

    def day(self, key: str) -> str:
        day = date.fromisoformat(key)
        return f"{day.day} {self._customs.month(day)}"

    def weekday(self, weekday: int) -> str:
        return self._customs.weekday(date(2024, 1, 1 + weekday))

    def hour(self, hour: int) -> str:
        """As people say it: "9am", "midday"."""
        return said_clock(time(hour))

    # -- the whole -------------------------------------------------------------------------------------------

    def heading(self) -> str:
        return f"{self._figures.of}, {self.period_of(self._figures.key)}"

    def title(self) -> str:
        kind = "published report" if self._figures.is_public else "monthly report"
        if self._figures.whole != "month":
            kind = f"figures by {self._figures.by}"
        return f"{self.heading()}: {kind}"

    def made(self) -> str:
        """When, and whether the month was over."""
        made = f"Made {self._customs.date_of(self._figures.made_on)}"
        return made if self._figures.is_over else f"{made}, before the {self._figures.whole} was over"
