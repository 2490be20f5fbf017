"""The monthly report for the council or the public: two pages of A4, tagged, with its charts as vectors; one page where
there is nothing to draw.

Made from the figures alone: the same figures give the same bytes.
"""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from reception.documents.fonts import FontBook
from reception.documents.letter_sheet import HEIGHT, WIDTH, base_of
from reception.documents.pages import Piece, paged, total
from reception.documents.pdf_file import About, written
from reception.documents.pen import Pen
from reception.documents.report_charts import curve_chart, days_chart, told_share
from reception.documents.report_definitions import defined, kept_back
from reception.documents.report_finding import below_finding, finding
from reception.documents.report_heat import heat_pieces, rests_on_few
from reception.documents.report_paragraphs import appointments_words, delays_words, legs_words, resolved_words
from reception.documents.report_sheet import (
    BOTTOM,
    FINDING,
    FOOT,
    GREAT,
    HEADING,
    INNER,
    LANGUAGE,
    MARGIN,
    STRONG,
    SUBHEADING,
    TEXT,
    TOP,
    Sheets,
    put,
)
from reception.documents.report_tables import outcomes_table, waits_table
from reception.documents.report_words import UNKNOWN, Words
from reception.domain.past_view import enough_visits
from reception.domain.reporting import Figure, MonthlyFigures

_LOWEST, _HIGHEST = 150.0, 250.0
"""Of a chart, which takes what room the page has."""
_SCALES = (1.0, 0.95, 0.9, 0.85)
"""Of the great figures."""
_NO_SHARES = "Without a promise there is no share to follow from day to day."
_FEW_DAYS = "Fewer than two days with a visit to judge: nothing to compare."


def monthly_pdf(figures: MonthlyFigures, fonts: FontBook) -> bytes:
    """The report. Refuses (FONT) a script without a font."""
    sheets = Sheets(fonts)
    words = Words(figures, sheets.customs)
    first = _first_page(sheets, figures, words)
    second = _second_page(sheets, figures, words)
    room = (TOP, BOTTOM)
    is_short = total([*first, *second]) <= BOTTOM - TOP
    parts = ([*first, *second],) if is_short else (first, second)
    pages = [page for pieces in parts for page in paged(pieces, room, room)]

    def draw(canvas: Canvas, pen: Pen) -> None:
        del canvas
        for number, page in enumerate(pages, start=1):
            for placed in page:
                placed.piece.draw(pen, placed.top)
            _foot(sheets, pen, words, f"Page {number} of {len(pages)}")
            pen.end_page()

    return written(draw, sheets.document, About(words.title(), LANGUAGE), (WIDTH, HEIGHT), fonts)


def _foot(sheets: Sheets, pen: Pen, words: Words, page: str) -> None:
    """Not read out: it says again what the heading says."""
    right = sheets.line(page, TEXT)
    width = right.width if right is not None else 0.0
    if right is not None:
        put(pen, right, MARGIN + INNER - width, FOOT, None)
    for said in (f"{words.made()}. {words.heading()}", words.made()):
        left = sheets.line(said, TEXT)
        if left is not None and left.width < INNER - width - 12:
            put(pen, left, MARGIN, FOOT, None)
            return


def _first_page(sheets: Sheets, figures: MonthlyFigures, words: Words) -> list[Piece]:
    pieces = sheets.paragraph(words.heading(), HEADING, "H1")
    pieces += sheets.paragraph(f"{finding(figures, words)}.", FINDING, before=4)
    if said := " ".join(filter(None, (_only_own(figures), below_finding(figures, words)))):
        pieces += sheets.paragraph(said, before=4)
    if figures.is_public:
        pieces += sheets.paragraph(kept_back(figures, wordless=("day", "curve")), before=4)
    if not figures.is_over:
        pieces += sheets.paragraph(f"{words.made()}: the figures are those so far.", STRONG, before=4)
    visits = figures.month()["visits"].value
    if not visits:
        return pieces
    pieces.append(_great_figures(sheets, figures, words))
    return [*pieces, *_charts(sheets, figures, words, BOTTOM - TOP - total(pieces))]


def _charts(sheets: Sheets, figures: MonthlyFigures, words: Words, room: float) -> list[Piece]:
    """Both charts, as high as the room allows, and how visits ended."""
    above = sheets.paragraph("How soon people are seen", SUBHEADING, "H2", before=12, keep=True)
    curve = curve_chart(sheets, figures, words)
    is_promised = words.is_promised(figures.month())
    title = f"Seen {words.within(figures.month())}, day by day" if is_promised else "Day by day"
    between = sheets.paragraph(title, SUBHEADING, "H2", before=12, keep=True)
    has_days = any(told_share(row) is not None for row in figures.rows("day"))
    if has_days:
        between += sheets.paragraph(_signals(figures), before=2, keep=True)
        days = [days_chart(sheets, figures, words)]
        usual = ", for a day with the mean number of visits" if figures.is_public else ""
        said = (
            f"Line: the month. Shade: usual range of these days{usual}. Filled: better (triangle) or worse (diamond)."
        )
        if any(row["share_within_target"].is_hidden for row in figures.rows("day")):
            said += " Upright line from a point: the share is somewhere on it, as fewer than 5 were late, or in time."
        below = sheets.paragraph(said, before=2)
    else:
        days = []
        below = sheets.paragraph(_FEW_DAYS if is_promised else _NO_SHARES, before=2)
    below += outcomes_table(sheets, figures, words)
    left = room - total([*above, *between, *below])
    height = min(_HIGHEST, max(_LOWEST, left / (1 + len(days)) - 4))
    return [*above, curve(height), *between, *(day(height) for day in days), *below]


def _only_own(figures: MonthlyFigures) -> str:
    return "Walk-ins for the council's own services; partners are counted apart." if figures.rows("partner") else ""


def _signals(figures: MonthlyFigures) -> str:
    measure = figures.said_measure()
    return " ".join([*(said.words for said in figures.signals), *([f"{measure}."] if measure else [])])


def _great_figures(sheets: Sheets, figures: MonthlyFigures, words: Words) -> Piece:
    """The few figures that matter, with what they rest on; side by side."""
    row = figures.month()
    seen = words.count(row["seen"])
    of_seen = f"of {seen} seen" if row["seen"].value is not None else ""
    parts = [("Walk-ins", words.count(row["visits"]), f"{seen} seen" if of_seen else "")]
    if words.is_promised(row):
        kept = row["within_target"]
        of = f"{words.count(kept)} of {words.count(row['judged'])}" if kept.value is not None else ""
        parts.append((f"Seen {words.within(row)}", words.share(row["share_within_target"]), of))
    parts += [
        ("Median wait", _in_minutes(row["median_wait_min"], words), of_seen),
        ("9 in 10 within", _in_minutes(row["p90_wait_min"], words), of_seen),
    ]
    if not figures.is_public:
        mean = f"mean {words.minutes(row['mean_wait_min'], 1)} min" if row["mean_wait_min"].value is not None else ""
        parts.append(("Longest wait", _in_minutes(row["longest_wait_min"], words), mean))
    widths, scale = _places(sheets, parts)
    columns = []
    x = MARGIN
    for (label, figure, below), width in zip(parts, widths, strict=True):
        part = sheets.document.add("P")
        labels = sheets.setter.lines(label, TEXT, width - 8)
        columns.append((x, part, labels, sheets.line(figure, GREAT.scaled(scale)), sheets.line(below, TEXT)))
        x += width
    rows = max(len(labels) for _, _, labels, _, _ in columns)

    def draw(pen: Pen, top: float) -> None:
        for x, part, labels, great, below in columns:
            for number, line in enumerate(labels):
                put(pen, line, x, top + (rows - len(labels) + number) * TEXT.leading + base_of(TEXT), part)
            if great is not None:
                put(pen, great, x, top + rows * TEXT.leading + base_of(GREAT), part)
            if below is not None:
                put(pen, below, x, top + rows * TEXT.leading + GREAT.leading + base_of(TEXT), part)

    return Piece((rows + 1) * TEXT.leading + GREAT.leading, draw, 12)


def _places(sheets: Sheets, parts: list[tuple[str, str, str]]) -> tuple[list[float], float]:
    """How wide each part is, and how much smaller the figures are for it. What is left over is shared; where there is
    not enough for each label in one line even beside somewhat smaller figures, all are as wide."""
    apart = 16.0
    for scale in _SCALES:
        styles = (TEXT, GREAT.scaled(scale), TEXT)
        wanted = [
            max(sheets.setter.width(said, style) for said, style in zip(part, styles, strict=True)) + apart
            for part in parts
        ]
        left = INNER - sum(wanted)
        if left >= 0:
            return [each + left / len(parts) for each in wanted], scale
    width = INNER / len(parts)
    widest = max(sheets.setter.width(figure, GREAT) for _, figure, _ in parts)
    return [width] * len(parts), min(1.0, (width - apart) / widest)


def _in_minutes(figure: Figure, words: Words) -> str:
    said = words.minutes(figure)
    return f"{said} min" if figure.value is not None else said


def _second_page(sheets: Sheets, figures: MonthlyFigures, words: Words) -> list[Piece]:
    pieces: list[Piece] = []
    if figures.rows("hour"):
        pieces += sheets.paragraph(
            "Median wait in minutes, by weekday and hour of arrival", SUBHEADING, "H2", keep=True
        )
        pieces += sheets.paragraph(_about_hours(figures, words), before=1, keep=True)
        pieces += heat_pieces(sheets, figures, words)
    if services := figures.rows("service"):
        pieces += sheets.paragraph("By service", SUBHEADING, "H2", before=9, keep=True)
        pieces += waits_table(sheets, figures, words, services)
    told = (
        ("Appointments", appointments_words(figures, words)),
        ("Delays", delays_words(figures, words)),
        ("Second services", legs_words(figures, words)),
        ("Resolved", resolved_words(figures, words)),
    )
    for heading, said in told:
        if said:
            pieces += sheets.paragraph(heading, SUBHEADING, "H2", before=7, keep=True)
            pieces += sheets.paragraph(said, before=1)
    pieces += sheets.paragraph("What the figures are", SUBHEADING, "H2", before=7, keep=True)
    for said in defined(figures):
        pieces += sheets.paragraph(said, before=1)
    return pieces


def _about_hours(figures: MonthlyFigures, words: Words) -> str:
    rows = [row for row in figures.rows("hour") if isinstance(row["median_wait_min"].value, int | float)]
    if not rows:
        return "Each hour had too few visits to be shown."
    visits = {row.group: value for row in rows if isinstance(value := row["visits"].value, int)}
    enough = enough_visits(visits.values())
    judged = [row for row in rows if visits.get(row.group, enough) >= enough]
    judged = judged or [max(rows, key=lambda row: visits[row.group])]
    top = max(judged, key=lambda row: float(row["median_wait_min"].value or 0))
    weekday, _, hour = top.group.partition("-")
    of = f", {words.visits(visits[top.group], 'visit', 'visits')}" if top.group in visits else ""
    where = f"{words.weekday(int(weekday) - 1)} from {words.hour(int(hour))}"
    said = f"Longest on {where}: {words.minutes(top['median_wait_min'])} min{of}."
    shown = [row for row in rows if not rests_on_few(row)]
    few = " Grey figures without a shade: fewer than 5 visits." if len(shown) < len(rows) else ""
    if figures.is_public:
        return f"{said} Where there is a {UNKNOWN}, there was no visit, or too few to be shown."
    if not shown:
        return f"{said}{few}"
    counts = [value for row in shown if isinstance(value := row["seen"].value, int)]
    span = "" if min(counts) == max(counts) else f"{min(counts)} to "
    return f"{said} Each shaded cell rests on {span}{words.visits(max(counts), 'visit', 'visits')} seen.{few}"
