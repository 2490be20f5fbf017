"""The tables of a report: waits by service, and how visits ended."""

from __future__ import annotations

from collections.abc import Sequence

from reception.documents.pages import Piece
from reception.documents.report_sheet import INNER, SUBHEADING, Column, FigureTable, Sheets
from reception.documents.report_words import HIDDEN, UNKNOWN, Words
from reception.domain.reporting import MonthlyFigures, Row

_WIDE = (
    Column("Visits", 196),
    Column("Within target", 250),
    Column("Share", 302),
    Column("Mean", 338),
    Column("Median", 384),
    Column("9 in 10", 426),
    Column("Longest", 472),
    Column("Left", INNER),
)
_NARROW = (
    Column("Visits", 260),
    Column("Share within target", 370),
    Column("Median", 430),
    Column("9 in 10", INNER),
)


def waits_table(sheets: Sheets, figures: MonthlyFigures, words: Words, rows: Sequence[Row]) -> list[Piece]:
    """Waits in minutes of each service, of all of them, and below the total of each partner."""
    columns = _NARROW if figures.is_public else _WIDE
    names = 190.0 if figures.is_public else 150.0
    partners = figures.rows("partner")
    every = (*rows, *partners)
    made = [(row.group, _cells(row, figures, words, every), False) for row in rows]
    made.append(("All walk-ins", _cells(figures.month(), figures, words, every), True))
    made += [(f"{row.group} (partner)", _cells(row, figures, words, every), False) for row in partners]
    return FigureTable(sheets, "Service", columns, names).pieces(made)


def _cells(row: Row, figures: MonthlyFigures, words: Words, all_rows: Sequence[Row]) -> list[str]:
    if row.is_hidden:
        return [HIDDEN, *([UNKNOWN] * (len(_NARROW if figures.is_public else _WIDE) - 1))]
    digits = {
        name: _digits(all_rows, figures.month(), name)
        for name in ("median_wait_min", "p90_wait_min", "longest_wait_min")
    }
    median, p90, longest = (words.minutes(row[name], digits[name]) for name in digits)
    if figures.is_public:
        return [words.count(row["visits"]), words.share(row["share_within_target"]), median, p90]
    left = [row[name].value for name in ("left_before", "left_after")]
    return [
        words.count(row["visits"]),
        words.count(row["within_target"]),
        words.share(row["share_within_target"]),
        words.minutes(row["mean_wait_min"], 1),
        median,
        p90,
        longest,
        str(sum(each for each in left if isinstance(each, int))),
    ]


def _digits(rows: Sequence[Row], total: Row, name: str) -> int:
    """A column is whole where all of it is."""
    values = [value for row in (*rows, total) if isinstance(value := row[name].value, int | float)]
    return 0 if all(abs(value - round(value)) < 0.05 for value in values) else 1


_ENDS = (
    ("resolved", "Resolved"),
    ("to_follow", "To follow"),
    ("booked", "Booked"),
    ("signposted", "Sign-posted"),
    ("left", "Left"),
    ("no_show", "No-show"),
    ("unresolved", "Not resolved"),
    ("open", "Open"),
)


def outcomes_table(sheets: Sheets, figures: MonthlyFigures, words: Words) -> list[Piece]:
    """How the visits of this month and the one before ended."""
    rows = [row for row in figures.rows("month_outcomes") if row.figures]
    if not any(row["visits"].value for row in rows):
        return []
    width = (INNER - 84) / len(_ENDS)
    columns = [Column(head, 84 + (place + 1) * width) for place, (_, head) in enumerate(_ENDS)]
    cells = [(words.period_of(row.group), [words.count(row[name]) for name, _ in _ENDS], False) for row in rows]
    heading = sheets.paragraph("How visits ended", SUBHEADING, "H2", before=7, keep=True)
    return [*heading, *FigureTable(sheets, "Month", columns, 84).pieces(cells)]
