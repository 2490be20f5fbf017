"""The words of a monthly report, and of what is exported of any period: its finding, its figures, and what its charts
show to who does not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from reception.customs import Customs
from reception.documents.report_told import told_in_time_words
from reception.domain.columns import AFTER, Column
from reception.domain.imported_words import said_left_out
from reception.domain.local_time import said_clock
from reception.domain.reporting import Figure, MonthlyFigures, Row
from reception.domain.signal_words import said_chance, said_span

_UNSETTLED = (Column.SEEN, Column.OPEN)
BEFORE = tuple(each for each in Column if each not in (*AFTER, *_UNSETTLED))
"""The columns of who went unseen before the target: in no share."""
UNKNOWN = "–"
HIDDEN = "hidden"
_WAIT = (
    "Wait: arrival to the start of the first service; a wait of exactly the target is in time. Share: seen in time, of"
    " all seen or lost unseen after the target, rounded down; who left before it is counted apart."
)
_MEDIAN = (
    "Half waited no longer than the median, 9 in 10 no longer than the next figure. Each visit is judged by the target"
    " of its own day. A visit is one party, however many people or services."
)
DEFINED = (_WAIT, _MEDIAN)
"""What any figures are: `docs/definitions.md` in two paragraphs."""
PUBLIC = (
    "This report is published: what is fewer than 5, or would tell of fewer than 5, is “hidden”, and “at least” stands"
    " where fewer than 5 were late, “at most” where fewer than 5 were in time."
)


class Words:
    """Says the figures of one report."""

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
            return f"at least {self._customs.percent(figure.at_least, 0)}"
        if figure.at_most is not None:
            return f"at most {self._customs.percent(figure.at_most, 0)}"
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
        return f"1 {one}" if count == 1 else f"{self._customs.number(count)} {many}"

    # -- sentences -------------------------------------------------------------------------------------------

    def month(self, day: date, *, with_year: bool = True) -> str:
        name = self._customs.month(day)
        return f"{name} {day.year}" if with_year else name

    def period_of(self, key: str, *, with_year: bool = True) -> str:
        """Of a period's key: "October 2026", "5 to 11 October 2026"."""
        if len(key) == len("2026-10"):
            return self.month(date.fromisoformat(f"{key}-01"), with_year=with_year)
        first, _, last = key.partition("..")
        return said_span(date.fromisoformat(first), date.fromisoformat(last or first), True)

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

    def within(self, row: Row) -> str:
        """In which time: "within 15 minutes"."""
        target = row["target_min"].value
        if isinstance(target, int | float) and not self._figures.targets_changed:
            return f"within {self.plain(target)} {'minute' if target == 1 else 'minutes'}"
        return "within the target of their day"

    def is_promised(self, row: Row) -> bool:
        share = row["share_within_target"]
        return share.value is not None or share.is_hidden or row["target_min"].value is not None

    def finding(self) -> str:
        """The month, or the period, in a sentence."""
        row = self._figures.month()
        visits = row["visits"].value
        month = self.period_of(self._figures.key)
        if row.is_hidden:
            return f"Fewer than 5 walk-ins came in {month}, so no figures are published"
        if not isinstance(visits, int) or not visits:
            return f"No walk-in came in {month}"
        if not self.is_promised(row):
            return self._unpromised(row, visits)
        share = row["share_within_target"]
        if share.value is None and not share.is_hidden:
            return f"{self.visits(visits)} came; none was seen, and no promise was lost"
        if share.is_hidden and share.at_least is None and share.at_most is None:
            return f"{self.visits(visits)} came, too few to publish how many were seen {self.within(row)}"
        if share.rests_on == 1:
            return f"The one walk-in was {'' if share.value else 'not '}seen {self.within(row)}"
        of = f"{self._customs.number(share.rests_on)} walk-ins" if share.rests_on else "walk-ins"
        said = self.share(share)
        return f"{said[0].upper()}{said[1:]} of {of} were seen {self.within(row)}{self._compared()}"

    def _unpromised(self, row: Row, visits: int) -> str:
        median = row["median_wait_min"]
        if not isinstance(median.value, int | float):
            return f"{self.visits(visits)} came; no promise is made of how soon they are seen"
        minutes = self.plain(median.value)
        half = f"Half of {self.visits(visits)} were seen within {minutes} minutes"
        if visits == 1:
            half = f"The one walk-in was seen after {minutes} minutes"
        return f"{half}; no promise is made"

    def _compared(self) -> str:
        before = self._figures.before()
        if before is None or before["share_within_target"] == Figure(""):
            return ""
        share = before["share_within_target"]
        if share.value is None and share.at_least is None and share.at_most is None:
            return ""
        name = self.period_of(before.group, with_year=False)
        if before["target_min"] != self._figures.month()["target_min"]:
            return f", {name} {self.share(share)} by the targets of then{self._chance(share)}"
        return f", {name} {self.share(share)}{self._chance(share)}"

    def _chance(self, before: Figure) -> str:
        """Whether the two differ by more than chance explains; of bounds there is nothing to say."""
        now = self._figures.month()["share_within_target"]
        if now.value is None or before.value is None:
            return ""
        difference = self._figures.difference
        said = said_chance(difference)
        return f": {said}" if difference is None else f": the difference is {said}"

    def below_finding(self) -> str:
        """Every walk-in in one column: seen, gone unseen after the target, or before it, or still open."""
        row = self._figures.month()
        if self._figures.is_public or not row["visits"].value:
            return ""
        visits, seen, before, after, still_open = self._columns(row)
        words = [f"{self.visits(visits)}: {self._customs.number(seen)} seen"]
        if self.is_promised(row):
            words += [f"{after} gone unseen after the target, counted as lost", f"{before} before it, in no share"]
        else:
            words.append(f"{before + after} gone unseen")
        if still_open:
            words.append(f"{still_open} not settled yet")
        return f"{'; '.join(words)}."

    @staticmethod
    def _columns(row: Row) -> tuple[int, int, int, int, int]:
        """Visits, and the columns that they fall into: seen, gone unseen before the target, and after it, and open."""

        def count(name: str) -> int:
            value = row[name].value
            return value if isinstance(value, int) else 0

        before, after = (sum(count(each.value) for each in columns) for columns in (BEFORE, AFTER))
        return count("visits"), count("seen"), before, after, count("open")

    def defined(self) -> tuple[str, ...]:
        """What the figures are, and what they lack."""
        visits, known = self._figures.month()["visits"].value, self._figures.month("month_outcomes")["visits"].value
        if not isinstance(visits, int) or not isinstance(known, int):
            return DEFINED
        return (*DEFINED, *filter(None, (said_left_out(visits, known),)))

    def appointments(self) -> str:
        """What came of them."""
        row = self._figures.month("month_appointments")
        booked = row["appointments"].value
        if row.is_hidden:
            return "Fewer than 5 appointments, so none of their figures is published."
        if not isinstance(booked, int) or not booked:
            return "No appointment was booked for this month."
        share = row["share_within_target"]
        said = [f"{self.visits(booked, 'appointment', 'appointments')}."]
        if share.value is not None or share.is_hidden:
            target = row["target_min"].value
            time = f"within {self.plain(target)} minutes" if isinstance(target, int | float) else "within their target"
            kept = row["within_target"].value
            of = f" ({self._customs.number(kept)})" if isinstance(kept, int) else ""
            said.append(f"Seen {time} of booked time or arrival: {self.share(share)}{of}.")
        else:
            said.append("No promise is made of when they are seen.")
        said.append(f"Did not attend: {self.count(row['did_not_attend'])}. Cancelled: {self.count(row['cancelled'])}.")
        said.append(f"Visitors late: {self.count(row['visitors_late'])}.")
        return " ".join(said)

    def delays(self) -> str:
        """Who was told."""
        row = self._figures.month("month_delays")
        delayed = row["delayed"].value
        if self._figures.month().is_hidden:
            return ""
        if row.is_hidden:
            return "Hidden: fewer than 5 walk-ins, or fewer than 5 appointments, were delayed."
        if not isinstance(delayed, int) or not delayed:
            return self._no_delays()
        said = [
            f"{self.visits(delayed, 'promise was lost', 'promises were lost')}, to walk-ins and appointments together.",
            told_in_time_words(row, self.count, self.share),
            f"Told late: {self.count(row['told_late'])}. Never told: {self.count(row['never_told'])}.",
            f"Offered another time: {self.count(row['offered_another_time'])}.",
            f"Took another time: {self.count(row['took_another_time'])}.",
        ]
        return " ".join(said)

    def _no_delays(self) -> str:
        """None was lost, or nothing is known of who was told, as of imported visits."""
        share = self._figures.month()["share_within_target"]
        if share.value is None and not share.is_hidden:
            return "No promise was lost."
        if share.at_least is not None or share.value == 1:
            return "No promise was lost of which it is known who was told."
        return "It is not known who was told of a delay: an imported log does not say."

    def legs(self) -> str:
        """Second and later legs; nothing where there were none, and in what is published."""
        row = self._figures.month("month_legs")
        later = row["later_legs"].value
        if not isinstance(later, int):
            return ""
        if not later:
            return "Nobody waited for a second service."
        return (
            f"{self.visits(later, 'wait', 'waits')} for a second or later service, which no promise covers:"
            f" median {self.minutes(row['median_later_min'])} min, 9 in 10 within"
            f" {self.minutes(row['p90_later_min'])}, longest {self.minutes(row['longest_later_min'])}."
            f" All waits of a visit together: median {self.minutes(row['median_total_min'])},"
            f" 9 in 10 within {self.minutes(row['p90_total_min'])}."
        )

    def resolved(self) -> str:
        """The second clock, where it is promised."""
        row = self._figures.month("month_resolved")
        share, target = row["share_within_target"], row["target_min"].value
        if share.value is None or not isinstance(target, int | float):
            return ""
        return (
            f"Resolved within {self.plain(target)} minutes of arrival: {self.share(share)}; with those passed to a"
            f" specialist in time {self.share(row['share_with_exempt'])}."
        )

    # -- for who does not see the charts ---------------------------------------------------------------------

    def curve(self, rows: Sequence[Row]) -> str:
        """What the curve shows."""
        told = [
            f"{row.group} minutes {self.share(row['share_seen'])}"
            for row in rows
            if int(row.group) % 5 == 0 and isinstance(row["share_seen"].value, float)
        ]
        return f"A curve of the share seen within so many minutes: {'; '.join(told) or 'nothing to show'}."

    def day_by_day(self, rows: Sequence[Row]) -> str:
        """What the control chart shows."""
        shares = [row["share_within_target"] for row in rows]
        told = [(each.value, each.at_least, each.at_most) for each in shares]
        values = [value for each in told for value in each if isinstance(value, float)]
        if not values:
            return "A chart of each day's share, with nothing to show."
        low, high = self._customs.percent(min(values), 0), self._customs.percent(max(values), 0)
        beyond = ", ".join(self.day(row.group) for row in rows if row["signals"].value)
        return (
            f"A chart of each day's share seen in time, {len(values)} days, from {low} to {high}, with the limits of"
            f" what chance explains. {f'Days that stand out: {beyond}.' if beyond else 'No day stands out.'}"
        )

    def day(self, key: str) -> str:
        day = date.fromisoformat(key)
        return f"{day.day} {self._customs.month(day)}"

    def weekday(self, weekday: int) -> str:
        return self._customs.weekday(date(2024, 1, 1 + weekday))

    def hour(self, hour: int) -> str:
        """As people say it: "9am", "midday"."""
        return said_clock(time(hour))
