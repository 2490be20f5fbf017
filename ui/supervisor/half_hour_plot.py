"""Half hour by half hour: the share that is seen in time or the wait, and under it the counters as steps."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from reception.domain.staffing import SLOT_MINUTES, WhatIfResult
from ui.moments import time_words
from ui.supervisor.plots.axes import Tick
from ui.supervisor.plots.plot import Plot
from ui.supervisor.plots.scales import nice_ticks
from ui.supervisor.plots.with_table import WithTable
from ui.supervisor.staffing_rows import slot_table
from ui.supervisor.staffing_words import busiest_of, fewest_words
from ui.theme import Look
from ui.widgets.segments import Segments

_SHARE, _WAIT = "share", "wait"
_BELOW = 0.42
"""How high the steps of counters are, of what is above them."""
_GAP = 0.1


class HalfHours(Struct, frozen=True):
    """What is drawn. `values` and `usual` are of each half hour; None where nobody came. `top`: the highest figure."""

    minutes: tuple[int, ...]
    values: tuple[float | None, ...]
    counters: tuple[int, ...]
    top: float
    ticks: tuple[Tick, ...]
    usual: tuple[float | None, ...] = ()
    usual_counters: tuple[int, ...] = ()


class HalfHourPlot(Plot):
    """See the module. What is usual is dashed, where it is another plan."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._half_hours: HalfHours | None = None

    def show_half_hours(self, shown: HalfHours | None) -> None:
        """Show others; what is the same is not drawn again."""
        if shown == self._half_hours:
            return
        self._half_hours = shown
        if shown is not None and shown.minutes:
            first, last = shown.minutes[0], shown.minutes[-1] + SLOT_MINUTES
            hours = range(-(-first // 60) * 60, last + 1, 60)
            self.set_x(first, last, [(float(minute), time_words(minute)) for minute in hours])
            self.set_y(-(_BELOW + _GAP) * shown.top, shown.top * 1.06, shown.ticks)
        self.redraw()

    def forget(self) -> None:
        self.show_half_hours(None)

    def draw(self, look: Look) -> None:
        shown = self._half_hours
        if shown is None or not shown.minutes:
            return
        self._draw_counters(shown, look)
        middles = [minute + SLOT_MINUTES / 2 for minute in shown.minutes]
        for xs, ys in _pieces(middles, shown.usual):
            self.line(xs, ys, "text-muted", 1.5, dashed=True)
        for xs, ys in _pieces(middles, shown.values):
            self.line(xs, ys, "chart-line", 2.5)
        known = [(x, value) for x, value in zip(middles, shown.values, strict=True) if value is not None]
        self.marks([x for x, _ in known], [y for _, y in known], "ring", "chart-line")

    def _draw_counters(self, shown: HalfHours, look: Look) -> None:
        floor = -(_BELOW + _GAP) * shown.top
        most = max([1, *shown.counters, *shown.usual_counters])
        unit = shown.top * (_BELOW - self.unit(look.line())[1] / shown.top) / most if shown.top else 0.0
        lefts, rights = list(shown.minutes), [minute + SLOT_MINUTES for minute in shown.minutes]
        self.bars(lefts, rights, [floor + count * unit for count in shown.counters], "chart-band")
        xs, ys = _stairs(shown.minutes, shown.counters, floor, unit)
        self.line(xs, ys, "chart-line", 2)
        if shown.usual_counters and shown.usual_counters != shown.counters:
            self.line(*_stairs(shown.minutes, shown.usual_counters, floor, unit), "text-muted", 1.5, dashed=True)
        for first, last, count in _runs(shown.minutes, shown.counters):
            self.words((first + last) / 2, floor + count * unit, str(count), at=(0.5, 1))


class HalfHourSheet(WithTable):
    """The plot on its sheet, with its table, and a switch from shares to waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = HalfHourPlot("By half hour")
        super().__init__("By half hour of arrival", self.plot, "half-hours", parent)
        self.switch = Segments([(_SHARE, "Share", ""), (_WAIT, "Wait", "")], "What is shown by half hour")
        self.switch.set_value(_SHARE)
        self.switch.chosen.connect(self._show)
        self.add_heading_widget(self.switch)
        self._result: WhatIfResult | None = None
        self._usual: WhatIfResult | None = None

    def show_result(self, result: WhatIfResult, usual: WhatIfResult | None) -> None:
        """`usual`: what the usual plan comes to, where it is another one and known."""
        self._result, self._usual = result, usual
        self._show()

    def forget(self) -> None:
        self._result = self._usual = None
        super().forget()

    def _show(self, *_: object) -> None:
        result, usual = self._result, self._usual
        if result is None:
            return
        is_share = self.switch.value() == _SHARE
        self.set_title("Seen in time, by half hour of arrival" if is_share else "9 in 10 wait no longer, in minutes")
        before = {slot.minute: slot for slot in usual.slots} if usual is not None and usual is not result else {}
        values = tuple(slot.share_kept if is_share else slot.p90_wait_min for slot in result.slots)
        was = tuple(
            None if slot is None else slot.share_kept if is_share else slot.p90_wait_min
            for slot in (before.get(each.minute) for each in result.slots)
        )
        ticks = _SHARES if is_share else tuple(nice_ticks(max([1.0, *_known(values), *_known(was)]), unit=" min"))
        usual_counters = tuple(before[each.minute].counters if each.minute in before else 0 for each in result.slots)
        self.plot.show_half_hours(
            HalfHours(
                tuple(slot.minute for slot in result.slots),
                values,
                tuple(slot.counters for slot in result.slots),
                ticks[-1][0],
                ticks,
                was if before else (),
                usual_counters if before else (),
            )
        )
        words = "Below: counters." + (" Dashed: as usual." if before else "")
        busiest = busiest_of(result)
        aloud = words
        if busiest is not None and busiest.share_kept is not None:
            fewest = fewest_words(result, busiest)
            aloud = f"{fewest}, with {busiest.counters} at the counters. {words}"
        self.set_note(words, aloud)
        self.set_rows(*slot_table(result, usual))


_SHARES: tuple[Tick, ...] = ((0.0, "0%"), (0.25, ""), (0.5, "50%"), (0.75, ""), (1.0, "100%"))


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _pieces(xs: Sequence[float], values: Sequence[float | None]) -> list[tuple[list[float], list[float]]]:
    """The runs between gaps."""
    pieces: list[tuple[list[float], list[float]]] = [([], [])]
    for x, value in zip(xs, values, strict=False):
        if value is None:
            pieces.append(([], []))
        else:
            pieces[-1][0].append(x)
            pieces[-1][1].append(value)
    return [piece for piece in pieces if piece[0]]


def _runs(minutes: Sequence[int], counts: Sequence[int]) -> list[tuple[int, int, int]]:
    """From when to when there are as many: (first, last, count)."""
    runs: list[tuple[int, int, int]] = []
    for minute, count in zip(minutes, counts, strict=True):
        if runs and runs[-1][2] == count:
            runs[-1] = (runs[-1][0], minute + SLOT_MINUTES, count)
        else:
            runs.append((minute, minute + SLOT_MINUTES, count))
    return runs


def _stairs(
    minutes: Sequence[int], counts: Sequence[int], floor: float, unit: float
) -> tuple[list[float], list[float]]:
    """Level through each half hour, upright between two."""
    xs: list[float] = []
    ys: list[float] = []
    for minute, count in zip(minutes, counts, strict=True):
        xs += [minute, minute + SLOT_MINUTES]
        ys += [floor + count * unit] * 2
    return xs, ys
