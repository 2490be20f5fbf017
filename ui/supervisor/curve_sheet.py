"""The share seen within so many minutes, on its sheet with its table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reception.domain.past_view import Curve, PastView
from ui.supervisor.figure_words import count_words, minutes_words, share_words
from ui.supervisor.plots.curve import CurvePlot, Steps
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.with_table import WithTable

_LEAST_MINUTES, _MOST_MINUTES = 30, 240
_NEARLY_ALL = 0.985


class CurveSheet(WithTable):
    """The share seen within so many minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = CurvePlot("Share seen within so many minutes")
        super().__init__("Share seen within so many minutes", self.plot, "share-seen", parent)

    def show_view(self, view: PastView, called: str, called_before: str) -> None:
        """Show a period; `called` is what it and the one beside it are called."""
        waits = view.total.waits
        target = waits.target_min if waits is not None else None
        now = _shares(view.curve)
        then = _shares(view.curve_before) if view.curve_before is not None and view.curve_before.judged else ()
        longest = _longest(now, then, target)
        words = called
        if target is not None and waits is not None:
            words = f"{share_words(waits.share_within_target)} within {minutes_words(target)} min"
        before = None
        if then:
            figure = f" {_share_then(view, then, target)}" if target is not None else ""
            before = Steps(then, f"{called_before}{figure}, dashed")
        self.plot.show_steps(Steps(now, words), before, target, longest)
        rests_on = f"Of {count_words(view.curve.judged)} seen, or gone unseen after the promise"
        self.set_note(f"{rests_on}.", f"{rests_on}: {words}. {before.words if before is not None else ''}".strip())
        heads = [Head("Within, minutes", is_figure=False), Head("Visits"), Head("Share", is_strong=True)]
        if then:
            heads += [Head(called_before, aloud=f"Share in {called_before}")]
        rows = []
        for minute in range(longest + 1):
            cells = [str(minute), count_words(_count_at(view.curve, minute)), share_words(_at(now, minute))]
            rows.append(Row((*cells, share_words(_at(then, minute))) if then else tuple(cells)))
        self.set_rows(heads, rows)


def _shares(curve: Curve) -> tuple[float, ...]:
    return tuple(count / curve.judged for count in curve.within) if curve.judged else ()


def _count_at(curve: Curve, minute: int) -> int:
    return curve.within[min(minute, len(curve.within) - 1)] if curve.within else 0


def _at(shares: tuple[float, ...], minute: float | None) -> float | None:
    if not shares or minute is None:
        return None
    return shares[min(int(minute), len(shares) - 1)]


def _share_then(view: PastView, then: tuple[float, ...], target: float) -> str:
    """As the finding has it, where the same was promised."""
    waits = view.total_before.waits if view.total_before is not None else None
    if waits is not None and waits.target_min == target:
        return share_words(waits.share_within_target)
    return share_words(_at(then, target))


def _longest(now: tuple[float, ...], then: tuple[float, ...], target: float | None) -> int:
    """The last minute of the axis: nearly all were seen by then, and the promise stands within it."""
    least = max(_LEAST_MINUTES, round(2 * target) if target is not None else 0)
    for minute in range(least, _MOST_MINUTES, 10):
        if all((_at(shares, minute) or 1.0) >= _NEARLY_ALL * shares[-1] for shares in (now, then) if shares):
            return minute
    return _MOST_MINUTES
