"""Median waits by weekday and hour: a table whose cells are the darker, the longer the wait, each with its figure."""

from __future__ import annotations

from collections.abc import Sequence

from reception.documents.letter_sheet import HEIGHT, base_of
from reception.documents.pages import Piece
from reception.documents.pen import Pen
from reception.documents.report_sheet import CHART, CHART_STRONG, HEAT, INNER, MARGIN, WHITE_ON, Sheets, put
from reception.documents.report_words import UNKNOWN, Words
from reception.documents.structure import Part
from reception.domain.figures import SMALL
from reception.domain.reporting import MonthlyFigures, Row, hour_of

_FAINT = 0.4
"""The grey of a figure that rests on few visits."""
_HEAD, _CELL, _NAMES, _WIDEST = 14.0, 18.0, 62.0, 72.0
_NAMED = 27.0
"""Cells wider than this have the hour as people say it above them: "midday" stands between shorter words."""


def heat_pieces(sheets: Sheets, figures: MonthlyFigures, words: Words) -> list[Piece]:
    """Median waits by weekday and hour: a table whose cells are the darker, the longer the wait."""
    cells = {hour_of(row.group): row for row in figures.rows("hour")}
    if not cells:
        return []
    hours = range(min(hour for _, hour in cells), max(hour for _, hour in cells) + 1)
    weekdays = sorted({weekday for weekday, _ in cells} | set(range(5)))
    medians = [
        value
        for row in cells.values()
        if isinstance(value := row["median_wait_min"].value, int | float) and not rests_on_few(row)
    ]
    longest = max(medians, default=0.0)
    table = sheets.document.add("Table")
    width = min(_WIDEST, (INNER - _NAMES) / len(hours))
    heads = table.add("TR")
    corner = heads.add("TH")
    tops = [heads.add("TH") for _ in hours]

    def head(pen: Pen, top: float) -> None:
        _centred(sheets, pen, "Day", (MARGIN, top, _NAMES, _HEAD), corner, left=True)
        for place, hour in enumerate(hours):
            text = words.hour(hour) if width > _NAMED else str(hour)
            _centred(sheets, pen, text, (MARGIN + _NAMES + place * width, top, width, _HEAD), tops[place])

    pieces = [Piece(_HEAD, head, 3, keep=True)]
    for weekday in weekdays:
        row = table.add("TR")
        name = row.add("TH")
        places = [(row.add("TD"), cells.get((weekday, hour))) for hour in hours]

        def draw(
            pen: Pen,
            top: float,
            weekday: int = weekday,
            name: Part = name,
            places: Sequence[tuple[Part, Row | None]] = places,
        ) -> None:
            _centred(sheets, pen, words.weekday(weekday), (MARGIN, top, _NAMES, _CELL), name, left=True)
            for place, (part, cell) in enumerate(places):
                box = (MARGIN + _NAMES + place * width, top, width, _CELL)
                _heat_cell(sheets, pen, box, part, cell, longest, words)

        pieces.append(Piece(_CELL, draw, keep=weekday != weekdays[-1]))
    return pieces


def rests_on_few(cell: Row) -> bool:
    """So few visits that it is not coloured; what is published leaves such cells out."""
    visits = cell["visits"].value
    return isinstance(visits, int) and visits < SMALL


def _heat_cell(
    sheets: Sheets,
    pen: Pen,
    box: tuple[float, float, float, float],
    part: Part,
    cell: Row | None,
    longest: float,
    words: Words,
) -> None:
    if cell is None:
        _centred(sheets, pen, UNKNOWN, box, part)
        return
    median = cell["median_wait_min"]
    if not isinstance(median.value, int | float):
        _centred(sheets, pen, UNKNOWN, box, part)
        return
    if rests_on_few(cell):
        with pen.marked(None):
            pen.canvas.setFillGray(_FAINT)
        _centred(sheets, pen, words.minutes(median, 0), box, part)
        with pen.marked(None):
            pen.canvas.setFillGray(0)
        return
    shade = min(len(HEAT) - 1, int(median.value / longest * len(HEAT))) if longest else 0
    left, top, width, height = box
    with pen.marked(None):
        pen.canvas.setFillColorRGB(*HEAT[shade])
        pen.canvas.rect(left + 0.5, HEIGHT - top - height + 0.5, width - 1, height - 1, stroke=0, fill=1)
        pen.canvas.setFillGray(0)
    _centred(sheets, pen, words.minutes(median, 0), box, part, white=shade >= WHITE_ON)


def _centred(
    sheets: Sheets,
    pen: Pen,
    text: str,
    box: tuple[float, float, float, float],
    part: Part,
    *,
    left: bool = False,
    white: bool = False,
) -> None:
    style = CHART_STRONG if white else CHART
    line = sheets.line(text, style)
    if line is not None:
        x = box[0] if left else box[0] + (box[2] - line.width) / 2
        put(pen, line, x, box[1] + (box[3] - style.leading) / 2 + base_of(style), part, white=white)
