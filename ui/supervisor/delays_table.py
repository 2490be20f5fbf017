"""Today's delays as a table: who is to be told, and of whom was told by whom, when, and what they chose."""

from __future__ import annotations

from collections.abc import Sequence

from reception.clock import Instant
from reception.domain.booked import DelayAnswer
from reception.domain.today_view import DelayNow, TodayView
from ui import moments
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.today_tables import Rows, placed
from ui.supervisor.today_words import NOTHING

_CHOSE = {
    DelayAnswer.WILL_WAIT: "waits on",
    DelayAnswer.ANOTHER_TIME: "another time",
    DelayAnswer.LEAVES: "left",
}


def delays_of(views: Sequence[TodayView]) -> Rows:
    """Of each delay one row; of several offices together, office by office."""
    heads = (
        Head("Number", is_figure=False),
        Head("Service", is_figure=False),
        Head("Promised by", is_figure=False),
        Head("Told", is_figure=False),
        Head("By", is_figure=False, aloud="Told by"),
        Head("Told to expect", is_figure=False, aloud="When service was said to begin"),
        Head("Chose", is_figure=False, aloud="What the visitor chose"),
    )
    return heads, tuple(_row(each, view, views) for view in views for each in view.delayed)


def _row(delay: DelayNow, view: TodayView, views: Sequence[TodayView]) -> Row:
    def at(instant: Instant | None) -> str:
        return "" if instant is None else moments.said_time(instant, view.office.zone)

    return Row(
        (
            placed(delay.number, view, views),
            delay.service,
            at(delay.promised_at),
            _told(delay, at(delay.told_at)),
            delay.officer,
            at(delay.until) or (NOTHING if delay.told_at is not None else ""),
            "" if delay.answer is None else _CHOSE.get(delay.answer, ""),
        )
    )


def _told(delay: DelayNow, at: str) -> str:
    if not at:
        return "not yet" if delay.is_to_be_told else "never"
    words = f"{at}, no answer" if delay.answer is DelayAnswer.NOT_REACHED else at
    return f"{words}, tell again" if delay.is_to_be_told else words
