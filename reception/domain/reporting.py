"""What a monthly report tells, figure by figure, the same on paper, in a spreadsheet and for other programs; and what
is exported of any period.

Names are those of `docs/definitions.md`. Fields ending in `_min` are minutes and shares are 0 to 1. What is published
is made by :mod:`reception.statistics.publishing`, which leaves out what could point at a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import Curve, Difference, Group, PastView
from reception.domain.report_names import is_month
from reception.domain.signal_words import said_measure, said_share, said_signals

WITHIN_MINUTES = 30
"""How far the curve is drawn."""

Value = int | float | str | None


class Figure(Struct, frozen=True):
    """One figure. `value` None: nothing to tell, or hidden. `rests_on`: so many visits, appointments or delays.

    `at_least` and `at_most`: how far a hidden share is told.
    """

    name: str
    value: Value = None
    rests_on: int | None = None
    is_hidden: bool = False
    at_least: float | None = None
    at_most: float | None = None


NOTHING = Figure("")


class Row(Struct, frozen=True):
    """The figures of one group. `is_hidden`: none of them is told."""

    group: str
    figures: tuple[Figure, ...] = ()
    is_hidden: bool = False

    def __getitem__(self, name: str) -> Figure:
        """The figure of that name; one without a value where it is not told."""
        return next((figure for figure in self.figures if figure.name == name), NOTHING)


class Section(Struct, frozen=True):
    """One table."""

    name: str
    rows: tuple[Row, ...] = ()


class SignalSaid(Struct, frozen=True):
    """A signal of the days, in a sentence."""

    first: date
    last: date
    words: str
    value: str = ""
    """The share in them; empty where several days are meant."""
    is_above: bool = False
    """Above the usual range, or the mean."""


class MonthlyFigures(Struct, frozen=True):
    """All that a report tells. `of`: the office, or all of them; `made_on`: a local date.

    `by`: how it is grouped. `whole` and `groups`: the sections of all together, and of the groups; the names of those
    that tell more of them begin so.
    """

    of: str
    offices: tuple[str, ...]
    period: Period
    made_on: date
    is_public: bool
    targets_changed: bool
    sections: tuple[Section, ...]
    signals: tuple[SignalSaid, ...] = ()
    by: Grouping = Grouping.SERVICE
    whole: str = "month"
    groups: str = "service"
    difference: Difference | None = None
    """Of the shares of the period and what it is compared with; None where too few days tell."""
    widened: float | None = None
    """By how much more days' shares differ than chance alone would have them; None where there is no chart of them."""

    def rows(self, section: str) -> tuple[Row, ...]:
        """Of a section; none where there is no such section."""
        return next((each.rows for each in self.sections if each.name == section), ())

    def month(self, section: str = "") -> Row:
        """What a section, that of all together if none is named, says of the month itself."""
        return next((row for row in self.rows(section or self.whole) if row.group == self.key), Row(self.key))

    def before(self, section: str = "") -> Row | None:
        """What it says of the month before, or of what else it is compared with."""
        return next((row for row in self.rows(section or self.whole) if row.group != self.key), None)

    def said_measure(self) -> str:
        """What days are measured by, as :func:`reception.domain.signal_words.said_measure`."""
        return "" if self.widened is None else said_measure(self.widened, is_found=bool(self.signals))

    @property
    def key(self) -> str:
        """As :func:`period_key`."""
        return period_key(self.period)

    @property
    def is_over(self) -> bool:
        """All its days are past."""
        return self.made_on > self.period.last


def period_key(period: Period) -> str:
    """Of a month YYYY-MM, of one day YYYY-MM-DD, of others the first and the last day with `..` between."""
    if is_month(period):
        return f"{period.first:%Y-%m}"
    return period.first.isoformat() if period.first == period.last else f"{period.first}..{period.last}"


def monthly_figures(view: PastView, *, of: str, made_on: date) -> MonthlyFigures:
    """Everything of a view by service. Raises ValueError for groups of officers, which are in no report."""
    if view.by is not Grouping.SERVICE:
        raise ValueError(f"a report is by service, not by {view.by}")
    sections = [*_whole("month", view), *_sections("service", [(group.key, group) for group in view.groups])]
    return _figures_of(view, of, made_on, sections)


def period_figures(view: PastView, *, of: str, made_on: date) -> MonthlyFigures:
    """Everything of a view, by whatever it is grouped, beside what it is compared with. Raises ValueError for groups of
    officers, which are in no file."""
    if view.by is Grouping.OFFICER:
        raise ValueError("figures by officer are in no file")
    groups = f"by_{view.by}"
    sections = [*_whole("period", view), *_sections(groups, [(group.key, group) for group in view.groups])]
    if view.compared is not None:
        sections += _sections(f"{groups}_compared", [(group.key, group) for group in view.groups_before])
    found = _figures_of(view, of, made_on, sections)
    return replace(found, by=view.by, whole="period", groups=groups)


def _whole(kind: str, view: PastView) -> Iterator[Section]:
    of_all = [(period_key(view.period), view.total)]
    if view.compared is not None and view.total_before is not None:
        of_all.append((period_key(view.compared), view.total_before))
    return _sections(kind, of_all)


def _figures_of(view: PastView, of: str, made_on: date, sections: list[Section]) -> MonthlyFigures:
    """With what every report tells besides."""
    sections += _sections("partner", [(group.key, group) for group in view.partners])
    sections += [
        Section("day", tuple(_days(view))),
        Section("hour", tuple(_hours(view))),
        Section("curve", tuple(_curve(view.curve, view.curve_before))),
    ]
    return MonthlyFigures(
        of,
        view.offices,
        view.period,
        made_on,
        False,
        view.targets_changed,
        tuple(sections),
        _signals(view),
        difference=view.difference,
        widened=None if view.shares is None else view.shares.widened,
    )


def _signals(view: PastView) -> tuple[SignalSaid, ...]:
    if view.shares is None:
        return ()
    said = said_signals(view.shares, _percent)
    values = {point.day: _percent(point.value) for point in view.shares.points}
    return tuple(
        SignalSaid(
            f.first, f.last, f"{words}.", values[f.first] if f": {values[f.first]}," in words else "", f.is_above
        )
        for f, words in zip(view.shares.found, said, strict=True)
    )


def _percent(share: float) -> str:
    return said_share(share).replace(" ", "")


def _sections(kind: str, groups: list[tuple[str, Group]]) -> Iterator[Section]:
    """One for each summary that any of the groups has; that of waits bears the kind's own name."""
    for part in ("waits", "legs", "outcomes", "resolved", "appointments", "delays"):
        rows = tuple(
            Row(key, _figures(group, part), group.is_hidden)
            for key, group in groups
            if group.is_hidden or getattr(group, part) is not None
        )
        if part == "waits" or any(row.figures for row in rows):
            yield Section(kind if part == "waits" else f"{kind}_{part}", rows)


def _figures(group: Group, part: str) -> tuple[Figure, ...]:
    """Every field of one of its summaries, with what it rests on."""
    summary = getattr(group, part)
    if summary is None:
        return ()
    names = getattr(summary, "__struct_fields__", None) or tuple(field.name for field in fields(summary))
    if part == "delays" and not _is_known_who_was_told(group):
        return tuple(Figure(name) for name in names if name != "group")
    told = [Figure(name, getattr(summary, name), _rests_on(group, part, name)) for name in names if name != "group"]
    if part == "waits":
        told.append(Figure("judged", summary.judged))
    if part == "appointments" and group.lateness is not None:
        at = [figure.name for figure in told].index("mean_lateness_min")
        known, longest = group.lateness.lateness_known, group.lateness.longest_lateness_min
        told.insert(at + 3, Figure("longest_lateness_min", longest, known))
        told.insert(at, Figure("lateness_known", known))
    return tuple(told)


def _is_known_who_was_told(group: Group) -> bool:
    """Not where promises were lost of which none is on record as a delay: an imported log does not say who was told."""
    waits, delays = group.waits, group.delays
    if waits is None or delays is None or waits.share_within_target is None:
        return True
    return delays.delayed > 0 or waits.share_within_target == 1


_JUDGED = {
    "share_within_target": "judged",
    "share_with_exempt": "judged_with_exempt",
    "share_told_in_time": "delayed",
}
"""Of how many each share is, as their summaries call it."""


def _rests_on(group: Group, part: str, name: str) -> int | None:
    """How many were counted for a mean, a place in order or a share; None for counts and targets."""
    summary = getattr(group, part)
    if name in _JUDGED:
        judged: int | None = getattr(summary, _JUDGED[name])
        return judged
    if not name.endswith("_min") or name == "target_min":
        return None
    if "lateness" in name:
        return group.lateness.lateness_known if group.lateness is not None else None
    if "total" in name:
        return group.waits.seen if group.waits is not None else None
    return next(int(getattr(summary, each)) for each in ("seen", "resolved", "later_legs") if hasattr(summary, each))


def _days(view: PastView) -> Iterator[Row]:
    shares = {point.day: point for point in view.shares.points} if view.shares is not None else {}
    medians = {point.day: point for point in view.medians.points} if view.medians is not None else {}
    for day in sorted({*shares, *medians}):
        figures = []
        if day in shares:
            point = shares[day]
            figures = [
                Figure("share_within_target", point.value, point.visits),
                Figure("lower_limit", point.low),
                Figure("upper_limit", point.high),
                Figure("signals", ", ".join(signal.value for signal in point.signals)),
            ]
        if day in medians:
            figures.append(Figure("median_wait_min", medians[day].value, medians[day].visits))
        yield Row(day.isoformat(), tuple(figures))


def _hours(view: PastView) -> Iterator[Row]:
    for cell in sorted(view.heat, key=lambda cell: (cell.weekday, cell.hour)):
        yield Row(
            hour_key(cell.weekday, cell.hour),
            (
                Figure("visits", cell.visits),
                Figure("seen", cell.seen),
                Figure("median_wait_min", cell.median_wait_min, cell.seen),
                Figure("share_within_target", cell.share_within_target),
            ),
        )


def hour_key(weekday: int, hour: int) -> str:
    """Of a cell of the heat map, as "1-10": Monday is 1, as in ISO 8601."""
    return f"{weekday + 1}-{hour:02d}"


def hour_of(key: str) -> tuple[int, int]:
    """Weekday (Monday is 0) and hour of such a key."""
    weekday, _, hour = key.partition("-")
    return int(weekday) - 1, int(hour)


def _curve(curve: Curve, before: Curve | None) -> Iterator[Row]:
    for minute in range(WITHIN_MINUTES + 1):
        figures = [Figure("share_seen", _share(curve, minute), curve.judged)]
        if before is not None and before.judged:
            figures.append(Figure("share_seen_before", _share(before, minute), before.judged))
        yield Row(str(minute), tuple(figures))


def _share(curve: Curve, minute: int) -> float | None:
    if not curve.judged or not curve.within:
        return None
    return curve.within[min(minute, len(curve.within) - 1)] / curve.judged
