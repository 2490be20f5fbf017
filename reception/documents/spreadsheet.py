"""A monthly report, or what is exported of any period, as a spreadsheet: a sheet a table, cells of the right type,
nothing that runs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reception.customs import Customs
from reception.documents.report_definitions import defined, kept_back
from reception.documents.report_finding import finding
from reception.documents.report_sheet import LANGUAGE
from reception.documents.report_words import HIDDEN, Words
from reception.domain.control_charts import Signal
from reception.domain.grouping import Grouping
from reception.domain.reporting import Figure, MonthlyFigures, Row, hour_of

_COUNT, _MINUTES, _SHARE, _DATE = "#,##0", "0.0", "0.0%", "d mmm yyyy"
_WHOLE_PERCENT = "0%"
"""Of shares that are published: no more exact than they are told."""
_NARROWEST, _WIDEST = 10, 60
_HEADS = {
    "p90_wait_min": "9 in 10 waited up to, min",
    "share_within_target": "Share within target",
    "no_show_before": "No-show before",
    "no_show_after": "No-show after",
    "no_show": "No-show",
    "did_not_attend": "Did not attend",
    "lower_limit": "Usual range from",
    "upper_limit": "Usual range up to",
    "signals": "Stands out",
}
_SIGNALS = {
    Signal.BEYOND_LIMIT: "beyond the limits",
    Signal.RUN: "nine in a row on one side",
    Signal.TREND: "six in a row up or down",
    Signal.TWO_OF_THREE: "two of three far off",
}
_STARTS = ("=", "+", "-", "@")
"""What a spreadsheet takes for a formula once the cell is typed over."""
_SUMMARY = ("", "_outcomes", "_legs", "_resolved")
_CAPTIONS = {
    "_outcomes": "How visits ended",
    "_legs": "Second and later services, and all waits of a visit",
    "_resolved": "Arrival to resolved",
}
_OF_GROUPS = {
    "_outcomes": ("outcomes", "All walk-ins"),
    "_legs": ("second services", "All walk-ins"),
    "_resolved": ("resolved", "All walk-ins"),
    "_appointments": ("appointments", "All appointments"),
    "_delays": ("delays", "All"),
}
"""What is told of groups besides their waits: the end of the sheet's name, and what the total is called."""
_ENDS_KNOWN = ("_outcomes", "_resolved")
"""What tells only of visits whose end is known; an imported log does not say it."""
NOT_KNOWN = "not known: an imported log does not say how visits ended"
NOT_KNOWN_WHO_WAS_TOLD = "not known: an imported log does not say who was told of a delay"
_NAMELESS = {Grouping.LANGUAGE: "(not asked)", Grouping.NEED: "(none)"}
"""What the group without a name is called."""


def monthly_xlsx(figures: MonthlyFigures) -> bytes:
    """The report as a file of Excel (Office Open XML)."""
    words = Words(figures, Customs(LANGUAGE))
    book = Workbook()
    book.remove(book.active)
    _months(book, "Summary", figures, words, _SUMMARY)
    _groups(book, f"By {figures.by}", figures, figures.groups, (figures.month(), "All walk-ins"))
    compared = figures.before()
    if compared is not None and figures.rows(f"{figures.groups}_compared"):
        of_all = (compared, f"All walk-ins, {words.period_of(compared.group)}")
        _groups(book, f"By {figures.by}, compared", figures, f"{figures.groups}_compared", of_all)
    for part, (words_of_part, all_of_them) in _OF_GROUPS.items():
        if figures.rows(f"{figures.groups}{part}"):
            total = (figures.month(f"{figures.whole}{part}"), all_of_them)
            _groups(book, f"By {figures.by}, {words_of_part}", figures, f"{figures.groups}{part}", total)
    _days(book, figures)
    _hours(book, figures, words)
    _months(book, "Appointments", figures, words, ("_appointments",))
    _months(book, "Delays", figures, words, ("_delays",))
    _about(book, figures, words)
    _describe(book, figures, words)
    if figures.is_public:
        _in_whole_percent(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_whole_percent(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.number_format == _SHARE:
                    cell.number_format = _WHOLE_PERCENT


def _describe(book: Workbook, figures: MonthlyFigures, words: Words) -> None:
    """What the file says of itself: the program and the month, and no person."""
    about = book.properties
    about.creator = "Reception"
    about.lastModifiedBy = None
    about.title = words.title()
    about.language = LANGUAGE
    about.created = datetime.combine(figures.made_on, time())


def _sheet(book: Workbook, title: str, heads: Sequence[str | date]) -> Worksheet:
    sheet = book.create_sheet(title)
    _write(sheet, 1, list(heads))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    sheet.freeze_panes = "B2"
    return sheet


def _months(book: Workbook, title: str, figures: MonthlyFigures, words: Words, parts: Sequence[str]) -> None:
    """A row a figure, a column a month or period, and what its figure rests on. `parts`: of all together."""
    before = figures.before()
    heads = ["Figure", words.period_of(figures.key), "Rests on"]
    sheet = _sheet(book, title, [*heads, *([words.period_of(before.group)] if before is not None else [])])
    line = 2
    for part in parts:
        section = f"{figures.whole}{part}"
        row, other = figures.month(section), figures.before(section)
        if part in _CAPTIONS and (row.figures or row.is_hidden):
            _write(sheet, line, [_CAPTIONS[part]])
            sheet.cell(line, 1).font = Font(bold=True)
            line += 1
        names = [figure.name for figure in row.figures or (other.figures if other is not None else ())]
        if not row.is_hidden and part in _ENDS_KNOWN and not row["visits"].value and figures.month()["visits"].value:
            _write(sheet, line, ["All", NOT_KNOWN])
            line += 1
            continue
        unknown = ["" if _is_known(each) else NOT_KNOWN_WHO_WAS_TOLD for each in (row, other) if each is not None]
        if part == "_delays" and any(unknown):
            _write(sheet, line, ["All", unknown[0], "", *unknown[1:]])
            line += 1
        if row.is_hidden and not names:
            _write(sheet, line, ["All", HIDDEN])
            line += 1
        for name in names:
            cells = [head_of(name), (Figure(name, is_hidden=True) if row.is_hidden else row[name])]
            cells.append(Figure("rests_on", row[name].rests_on))
            if before is not None:
                is_hidden = other is not None and other.is_hidden
                cells.append(Figure(name, is_hidden=True) if is_hidden else other[name] if other is not None else None)
            _write(sheet, line, cells)
            line += 1
    _fit(sheet)


def _is_known(delays: Row) -> bool:
    """Who was told of a delay: it has no number where that is not known."""
    return delays.is_hidden or not delays.figures or delays["delayed"].value is not None


def _groups(book: Workbook, title: str, figures: MonthlyFigures, section: str, of_all: tuple[Row, str]) -> None:
    """A row a group, the total, and a row a partner, whose figures are of the period itself alone."""
    rows = figures.rows(section)
    total, all_of_them = of_all
    names = _names([*rows, total])
    sheet = _sheet(book, title, [figures.by.capitalize(), *map(head_of, names), "Partner"])
    partners = () if section.endswith("_compared") else figures.rows(f"partner{section.removeprefix(figures.groups)}")
    line = 2
    for kind, of_kind in (("", (*rows, total)), ("yes", partners)):
        for row in of_kind:
            name = all_of_them if row is total else row.group or _NAMELESS.get(figures.by, "")
            cells = [Figure(n, is_hidden=True) if row.is_hidden else row[n] for n in names]
            _write(sheet, line, [name, *cells, kind])
            line += 1
    _fit(sheet)


def _days(book: Workbook, figures: MonthlyFigures) -> None:
    rows = figures.rows("day")
    names = _names(rows)
    heads = [head for name in names for head in _with_visits(name, rows)]
    sheet = _sheet(book, "By day", ["Day", *heads])
    for line, row in enumerate(rows, start=2):
        cells: list[object] = [date.fromisoformat(row.group)]
        for name in names:
            cells.append(row[name])
            if len(_with_visits(name, rows)) > 1:
                cells.append(Figure("visits", row[name].rests_on))
        _write(sheet, line, cells)
    _fit(sheet)


def _with_visits(name: str, rows: Iterable[Row]) -> list[str]:
    """The head of a column, and of the one beside it that says what it rests on, where that is told."""
    rests = any(row[name].rests_on is not None for row in rows)
    return [head_of(name), "Visits judged" if name.startswith("share") else "Visits seen"] if rests else [head_of(name)]


def _hours(book: Workbook, figures: MonthlyFigures, words: Words) -> None:
    """Median waits by weekday and hour, and where it is told how many visits each rests on below them."""
    cells = {hour_of(row.group): row for row in figures.rows("hour")}
    hours = range(min((h for _, h in cells), default=0), max((h for _, h in cells), default=-1) + 1)
    weekdays = sorted({weekday for weekday, _ in cells})
    sheet = _sheet(book, "Heat map", ["Median wait, min", *(words.hour(hour) for hour in hours)])
    line = 2
    for name in ("median_wait_min",) if figures.is_public else ("median_wait_min", "visits"):
        if name == "visits" and cells:
            line += 1
            _write(sheet, line, ["Visits", *(words.hour(hour) for hour in hours)])
            line += 1
        for weekday in weekdays:
            found = [cells.get((weekday, hour)) for hour in hours]
            shown = [cell and (Figure(name, is_hidden=True) if cell.is_hidden else cell[name]) for cell in found]
            _write(sheet, line, [words.weekday(weekday), *shown])
            line += 1
    _fit(sheet)


def _about(book: Workbook, figures: MonthlyFigures, words: Words) -> None:
    sheet = _sheet(book, "About", ["Report", words.title()])
    lines: list[tuple[str, object]] = [
        ("Finding", finding(figures, words)),
        *(("Office", name) for name in figures.offices),
        ("First day", figures.period.first),
        ("Last day", figures.period.last),
        ("Made", figures.made_on),
        *(("Stands out", said.words) for said in figures.signals),
        *(("Days", f"{said}.") for said in filter(None, (figures.said_measure(),))),
        *(("What the figures are", said) for said in defined(figures)),
    ]
    if not figures.is_over:
        lines.append(("So far", words.made()))
    if figures.is_public:
        lines.append(("Published", kept_back(figures, wordless=("curve",))))
    for line, (name, value) in enumerate(lines, start=2):
        _write(sheet, line, [name, value])
    _fit(sheet)
    for cell in sheet["B"]:
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def head_of(name: str) -> str:
    """The words of a figure: "median_wait_min" is "Median wait, min"."""
    if name in _HEADS:
        return _HEADS[name]
    words = name.replace("p90", "9 in 10").removesuffix("_min").replace("_", " ")
    words = f"{words[0].upper()}{words[1:]}"
    return f"{words}, min" if name.endswith("_min") else words


def _names(rows: Iterable[Row]) -> list[str]:
    """Of all figures, in their order."""
    return list(dict.fromkeys(figure.name for row in rows for figure in row.figures))


# -- cells -----------------------------------------------------------------------------------------------------


def _write(sheet: Worksheet, line: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values, start=1):
        _fill(sheet.cell(line, column), value)


def _fill(cell: Cell, value: object) -> None:
    """Numbers as numbers, days as days; a text never as a formula, and guarded as Excel itself guards one."""
    if isinstance(value, Figure):
        _fill_figure(cell, value)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = _DATE
    elif isinstance(value, str) and value:
        cell.value = "".join(sign for sign in value if sign.isprintable() or sign == "\n")
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip().startswith(_STARTS)


def _fill_figure(cell: Cell, figure: Figure) -> None:
    if figure.at_least is not None or figure.at_most is not None:
        bound = figure.at_least if figure.at_least is not None else figure.at_most
        _fill(cell, f"{'at least' if figure.at_least is not None else 'at most'} {bound:.0%}")
    elif figure.is_hidden:
        _fill(cell, HIDDEN)
    elif isinstance(figure.value, str):
        codes = figure.value.split(", ") if figure.value else []
        _fill(cell, ", ".join(_SIGNALS[Signal(code)] for code in codes))
    elif figure.value is not None:
        cell.value = figure.value
        cell.number_format = _format_of(figure)
    cell.alignment = Alignment(horizontal="right")


def _format_of(figure: Figure) -> str:
    if figure.name.startswith("share") or figure.name.endswith("limit"):
        return _SHARE
    return _MINUTES if figure.name.endswith("_min") else _COUNT


def _fit(sheet: Worksheet) -> None:
    """Columns as wide as what is in them; long heads go over several lines."""
    for place, column in enumerate(sheet.iter_cols(), start=1):
        widths = [
            len(str(cell.value)) for cell in column[1:] if cell.value is not None and cell.number_format == "General"
        ]
        head = max((len(word) for word in str(column[0].value or "").split()), default=0)
        width = min(_WIDEST, max([_NARROWEST, head, *widths])) + 2
        sheet.column_dimensions[get_column_letter(place)].width = width
