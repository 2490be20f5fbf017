"""The charts of a report: a curve of waits, and days with their limits.

What a line or point means never rests on its colour: the other month is dashed, days that stand out are filled, good
ones triangles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import hypot

from reception.documents.pages import Piece
from reception.documents.pen import Pen
from reception.documents.report_plot import Plot
from reception.documents.report_sheet import BAND, BESIDE, BLACK, CHART, CHART_STRONG, LINE, Ink, Sheets
from reception.documents.report_words import Words
from reception.domain.reporting import WITHIN_MINUTES, MonthlyFigures, Row

_PIECE = 3.0
Chart = Callable[[float], Piece]
"""A chart that is as high as it is told to be."""


def curve_chart(sheets: Sheets, figures: MonthlyFigures, words: Words) -> Chart:
    """The share seen within so many minutes, the promise as an upright line, the month before dashed."""
    rows = figures.rows("curve")
    part = sheets.document.add("Figure", alternative=_curve_aloud(rows, words))

    def draw(pen: Pen, top: float, height: float) -> None:
        plot = Plot(sheets, pen, top, height, (0, WITHIN_MINUTES), (0, 1))
        with plot.inside(part):
            plot.axes([(level / 4, f"{level * 25}%") for level in range(5)], [(m, str(m)) for m in range(0, 31, 5)])
            x, y = plot.at(WITHIN_MINUTES, 0)
            plot.words("minutes waited", x, y + 5, align=1, ground=True)
            _steps(plot, rows, "share_seen_before", 0.9, BESIDE, (2.5, 2.0))
            _steps(plot, rows, "share_seen", 1.8, LINE, None)
            _promise(plot, figures, words)

    return lambda height: Piece(height, lambda pen, top: draw(pen, top, height), 2)


def _steps(
    plot: Plot, rows: Sequence[Row], name: str, thickness: float, ink: Ink, dash: tuple[float, float] | None
) -> None:
    """Each minute's share holds until the next; what is not told is left out."""
    stretch: list[tuple[float, float]] = []
    for row in rows:
        value = row[name].value
        minute = float(row.group)
        if isinstance(value, float) and minute < WITHIN_MINUTES:
            stretch += [(minute, value), (minute + 1, value)]
    if stretch:
        plot.line(stretch, thickness, ink, dash)


def _curve_aloud(rows: Sequence[Row], words: Words) -> str:
    """What the curve shows."""
    told = [
        f"{row.group} minutes {words.share(row['share_seen'])}"
        for row in rows
        if int(row.group) % 5 == 0 and isinstance(row["share_seen"].value, float)
    ]
    return f"A curve of the share seen within so many minutes: {'; '.join(told) or 'nothing to show'}."


def _promise(plot: Plot, figures: MonthlyFigures, words: Words) -> None:
    row = figures.month()
    target = row["target_min"].value
    share = row["share_within_target"]
    value = next((each for each in (share.value, share.at_least, share.at_most) if isinstance(each, float)), None)
    lines = []
    compared = figures.before()
    has_before = any(row["share_seen_before"].value is not None for row in figures.rows("curve"))
    if isinstance(target, int | float) and target <= WITHIN_MINUTES and not figures.targets_changed:
        plot.line([(target, 0), (target, 1.03)], 1.4, BLACK)
        if value is not None:
            plot.ring(target, value, 3.2)
            lines.append((f"{words.share(share)} {words.within(row)}", CHART_STRONG))
    if compared is not None and has_before:
        month = words.month(date.fromisoformat(f"{compared.group}-01"), with_year=False)
        told = compared["share_within_target"]
        known = told.value is not None or told.is_hidden
        lines.append((f"{month} {words.share(told) if known else ''}".strip() + ", dashed", CHART))
    if not lines:
        return
    widest = max(plot.width_of(text, style) for text, style in lines)
    start = target if isinstance(target, int | float) else 15
    x, _ = plot.at(min(start, WITHIN_MINUTES), 0)
    x = x + 8 if x + widest + 12 < plot.left + plot.width else x - widest - 8
    level = 0.62 if value is None or value > 0.7 else 0.25 if value > 0.45 else 0.85
    _, y = plot.at(0, level)
    for number, (text, style) in enumerate(lines):
        plot.words(text, x, y - number * 12, style=style, ground=True)


def days_chart(sheets: Sheets, figures: MonthlyFigures, words: Words) -> Chart:
    """Each day's share with their usual range shaded; days that stand out are filled."""
    rows = [row for row in figures.rows("day") if told_share(row) is not None]
    part = sheets.document.add("Figure", alternative=_days_aloud(rows, words))

    def draw(pen: Pen, top: float, height: float) -> None:
        shares = [told_share(row) or 0.0 for row in rows]
        lows, highs = ([_value(row, name) for row in rows] for name in ("lower_limit", "upper_limit"))
        floor = max(0.0, min(0.9, int(min([*shares, *lows, 0.9]) * 10) / 10))
        every = 1 if floor >= 0.5 else 2
        floor = floor if every == 1 else int(floor * 5 + 0.01) / 5
        plot = Plot(sheets, pen, top, height, (-0.5, max(len(rows), 2) - 0.5), (floor, 1.0))
        steps = round((1 - floor) * 10)
        levels = [(1 - step / 10, f"{100 - step * 10}%") for step in range(0, steps + 1, every)]
        places = [(place, _short_day(row.group, words)) for place, row in _labelled(rows)]
        with plot.inside(part):
            upper = [(place + side, min(1.0, high)) for place, high in enumerate(highs) for side in (-0.5, 0.5)]
            lower = [(place + side, max(floor, low)) for place, low in enumerate(lows) for side in (-0.5, 0.5)]
            plot.area([*upper, *reversed(lower)], BAND)
            plot.axes(levels, places)
            for edge in (upper, lower):
                plot.line(edge, 0.5, BESIDE)
            centre = figures.month()["share_within_target"].value
            if isinstance(centre, float):
                plot.line([(-0.5, centre), (len(rows) - 0.5, centre)], 1.2, LINE)
            taken = [_about(plot.at(place, share)) for place, share in enumerate(shares)]
            for one, other in pairwise(enumerate(shares)):
                if not any(rows[place]["share_within_target"].is_hidden for place, _share in (one, other)):
                    plot.line([one, other], 0.6, BESIDE)
                    taken += _along(plot.at(*one), plot.at(*other))
            for place, (row, share) in enumerate(zip(rows, shares, strict=True)):
                _point(plot, place, share, row, is_good=is_good(figures, row))
            for place, (row, share) in enumerate(zip(rows, shares, strict=True)):
                if "beyond_limit" in str(row["signals"].value):
                    _label(plot, plot.at(place, share), row, words, taken)

    return lambda height: Piece(height, lambda pen, top: draw(pen, top, height), 2)


def _days_aloud(rows: Sequence[Row], words: Words) -> str:
    """What the control chart shows."""
    shares = [row["share_within_target"] for row in rows]
    told = [(each.value, each.at_least, each.at_most) for each in shares]
    values = [value for each in told for value in each if isinstance(value, float)]
    if not values:
        return "A chart of each day's share, with nothing to show."
    low, high = words.whole_percent(min(values)), words.whole_percent(max(values))
    beyond = ", ".join(words.day(row.group) for row in rows if row["signals"].value)
    return (
        f"A chart of each day's share seen in time, {len(values)} days, from {low} to {high}, with the usual"
        f" range of these days. {f'Days that stand out: {beyond}.' if beyond else 'No day stands out.'}"
    )


def _point(plot: Plot, place: int, share: float, row: Row, *, is_good: bool) -> None:
    """A ring; of a day that stands out a filled triangle where it is better, else a filled diamond."""
    figure = row["share_within_target"]
    if figure.is_hidden:  # it lies between its bound and the end of the axis
        plot.line([(place, share), (place, 1.0 if figure.at_least is not None else plot.lowest)], 1.2, BLACK)
    if not row["signals"].value:
        plot.ring(place, share, 2.6)
    elif is_good:
        plot.triangle(place, share, 4.6)
    else:
        plot.diamond(place, share, 4.6)


def _label(
    plot: Plot, point: tuple[float, float], row: Row, words: Words, taken: list[tuple[float, float, float, float]]
) -> None:
    """Which day and share it is, beside its point or under it, where that covers neither point nor line; the sentences
    above say it in any case."""
    share = row["share_within_target"]
    text = f"{_short_day(row.group, words)}: {words.share(share, 0)}"
    text += f" of {share.rests_on}" if share.rests_on else ""
    width = plot.width_of(text, CHART_STRONG)
    x, y = point
    _, floor = plot.at(0, plot.lowest)
    for left, middle in ((x + 8, y), (x - 8 - width, y), (x - width / 2, y - 15)):
        box = (left, middle - 6, left + width, middle + 7)
        is_free = all(box[0] > o[2] or box[2] < o[0] or box[1] > o[3] or box[3] < o[1] for o in taken)
        if is_free and plot.left <= left and left + width <= plot.left + plot.width and box[1] >= floor:
            plot.words(text, left, middle - 3, style=CHART_STRONG, ground=True)
            taken.append(box)
            return


def _along(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float, float, float]]:
    """What a line takes up, in short pieces; its ends belong to the points."""
    pieces = max(2, int(hypot(other[0] - one[0], other[1] - one[1]) / _PIECE))
    places = (
        (one[0] + (other[0] - one[0]) * at / pieces, one[1] + (other[1] - one[1]) * at / pieces)
        for at in range(1, pieces)
    )
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in places]


def _about(point: tuple[float, float]) -> tuple[float, float, float, float]:
    """What a point takes up."""
    x, y = point
    return (x - 5, y - 5, x + 5, y + 5)


def _short_day(key: str, words: Words) -> str:
    day, _, month = words.day(key).partition(" ")
    return f"{day} {month[:3]}"


def _labelled(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The first day, and the first of each week unless it is too near."""
    last = -10
    for place, row in enumerate(rows):
        week = date.fromisoformat(row.group).isocalendar().week
        begins = place == 0 or week != date.fromisoformat(rows[place - 1].group).isocalendar().week
        if begins and place - last >= 3:
            yield place, row
            last = place


def is_good(figures: MonthlyFigures, row: Row) -> bool:
    """Whether a day stands out for the better: by its own share, and where that or the month's is told as a bound by
    the first signal that it is in."""
    day, centre = date.fromisoformat(row.group), figures.month()["share_within_target"].value
    share = row["share_within_target"].value
    if isinstance(share, float) and isinstance(centre, float):
        return share > centre
    said = next((said for said in figures.signals if said.first <= day <= said.last), None)
    return said is not None and said.is_above


def told_share(row: Row) -> float | None:
    """The share of a day, or its bound; None where neither is told."""
    share = row["share_within_target"]
    return next((each for each in (share.value, share.at_least, share.at_most) if isinstance(each, float)), None)


def _value(row: Row, name: str) -> float:
    value = row[name].value
    return value if isinstance(value, float) else 0.0
