"""The evacuation list, for the person with the clipboard: everyone inside, by number, never by name.

It is made from the snapshot alone, so that it can be printed when neither database nor network can be reached.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from reception.clock import local_date
from reception.documents.flow import CAPITALS, LEADING, Box, Flow, Sheet, Words
from reception.documents.fonts import Weight
from reception.documents.stationery import A4, ROLL_80, Stationery
from reception.documents.structure import Part
from reception.documents.text import Line
from reception.documents.wording import EvacuationWords
from reception.domain.evacuation import EvacuationList, EvacuationRow

_SHARES = (0.0, 0.10, 0.28, 0.41, 0.76)
"""Where the columns begin, as shares of the width: tick box, number, people, place, way out."""


def evacuation_pdf(everyone: EvacuationList, stationery: Stationery, *, on_roll: bool = False) -> bytes:
    """The list on A4, in the order of the numbers; `on_roll` for a station that has only a ticket printer.

    The same snapshot gives the same bytes. Refuses (FONT) a script without a font.
    """
    wording = stationery.words.english
    words = wording.evacuation
    if words is None:
        raise ValueError("the English letters file has the words of the list")
    flow = stationery.flow(ROLL_80 if on_roll else A4, wording)
    rows = sorted(everyone.rows, key=_by_number)
    zone = ZoneInfo(everyone.timezone)
    saying = wording.saying
    time, day = saying.time_of(everyone.at, zone), saying.day_of(local_date(everyone.at, zone))
    made = words.made.format(office=everyone.office, time=time, day=day, moment=f"{time}, {day}")
    _heading(flow, words, everyone, rows, made)
    if rows:
        flow.head = lambda: _further_page(flow, words, made)
        table = flow.document.add("Table")
        _column_heads(flow, words, table.add("TR"))
        for row in rows:
            _row(flow, words, row, table.add("TR"))
    else:
        flow.gap(60)
        flow.text(words.nobody, _size(flow.sheet, 72), Weight.BOLD, part=flow.document.add("P"), smaller=(36,))
    flow.y += 24
    _page_numbers(flow, words)
    return stationery.pdf(flow, words.title)


def _size(sheet: Sheet, on_a4: float) -> float:
    """The size of type for this sheet: a roll is 0.4 of an A4 sheet wide, but held nearer to the eye."""
    return on_a4 if sheet.height else max(26.0, on_a4 * 0.5)


def _heading(
    flow: Flow, words: EvacuationWords, everyone: EvacuationList, rows: list[EvacuationRow], made: str
) -> None:
    sheet, add = flow.sheet, flow.document.add
    flow.text(words.heading, _size(sheet, 96), Weight.BOLD, part=add("H1"))
    flow.y += _size(sheet, 44)
    flow.text(made, _size(sheet, 44), part=add("P"))
    if words.note:
        flow.y += 24
        flow.text(words.note, _size(sheet, 36), part=add("P"))
    flow.y += 40
    flow.rule()
    flow.y += 40
    step_free = [row for row in rows if row.step_free]
    totals = (
        (words.people, everyone.people),
        (words.parties, len(rows)),
        (words.step_free_total, len(step_free)),
    )
    top = flow.y
    for column, (label, total) in enumerate(totals):
        x = flow.left + column * sheet.inner / len(totals)
        flow.y = top
        part = add("P")
        flow.text(label, _size(sheet, 44), part=part, x=x)
        flow.y += 28
        flow.text(str(total), _size(sheet, 120), Weight.BOLD, part=part, x=x)
    if step_free:
        flow.y += 44
        numbers = ", ".join(row.number for row in step_free)
        said = words.step_free_numbers.format(numbers=numbers)
        flow.text(said, _size(sheet, 52), Weight.BOLD, part=add("P"))
    flow.y += 44
    flow.rule()


def _further_page(flow: Flow, words: EvacuationWords, made: str) -> None:
    flow.text(f"{words.heading}: {made}", 44, Weight.BOLD, part=None, smaller=(36,))
    flow.y += 30
    flow.rule()
    _column_heads(flow, words)


def _columns(flow: Flow) -> list[float]:
    return [flow.left + share * flow.sheet.inner for share in _SHARES]


def _column_heads(flow: Flow, words: EvacuationWords, row: Part | None = None) -> None:
    """In the table's first row; none of the document on further pages."""
    if flow.sheet.height is None:
        return  # on a roll the rows are too narrow for heads, and speak for themselves
    size = 40.0
    flow.y += 30 + size * CAPITALS
    heads = (words.out, words.number, words.party, words.place, words.step_free_head)
    for x, head in zip(_columns(flow), heads, strict=True):
        _put(flow, x, flow.y, flow.line(head, size, Weight.REGULAR), None if row is None else row.add("TH"))
    flow.y += 24
    flow.rule()


def _row(flow: Flow, words: EvacuationWords, row: EvacuationRow, part: Part) -> None:
    """One party: a box to tick, then what is known of it."""
    place = row.place or words.waiting_room
    if flow.sheet.height is None:
        _roll_row(flow, words, row, place, part)
        return
    size = 64.0
    _, number, people, where, way_out = _columns(flow)
    lines = flow.fitted(place, Weight.REGULAR, (52, 44, 40), way_out - where - 24)
    place_size = lines[0].size
    height = max(128.0, len(lines) * place_size * LEADING + 48)
    flow.keep(height + 3)
    middle = flow.y + height / 2
    base, small_base = middle + size * CAPITALS / 2, middle + 52 * CAPITALS / 2
    flow.put(Box(flow.left, round(middle - 36), 72, 72, line=5))
    part.add("TD")
    _put(flow, number, base, flow.line(row.number, size, Weight.BOLD, people - number - 16), part.add("TH"))
    _put(flow, people, base, flow.line(str(row.party_size), size, Weight.BOLD), part.add("TD"))
    leading = place_size * LEADING
    first = middle - (len(lines) - 1) * leading / 2 + place_size * CAPITALS / 2
    cell = part.add("TD")
    for line_number, line in enumerate(lines):
        _put(flow, where, first + line_number * leading, line, cell)
    if row.step_free:
        _put(
            flow, way_out, small_base, flow.line(words.step_free, 52, Weight.BOLD, flow.right - way_out), part.add("TD")
        )
    flow.y += height
    flow.rule()


def _roll_row(flow: Flow, words: EvacuationWords, row: EvacuationRow, place: str, part: Part) -> None:
    """On a roll: number and people large, place and way out below them."""
    flow.y += 24
    top = flow.y
    x = flow.left + 88
    flow.put(Box(flow.left, round(top), 60, 60, line=4))
    _put(flow, x, top + 44, flow.line(row.number, 56, Weight.BOLD, 220), part.add("TH"))
    people = part.add("TD")
    _put(flow, x + 236, top + 44, flow.line(words.party, 28, Weight.REGULAR), people)
    _put(flow, x + 376, top + 44, flow.line(str(row.party_size), 56, Weight.BOLD), people)
    flow.y = top + 68
    flow.text(place, 32, part=part.add("TD"), x=x)
    if row.step_free:
        flow.y += 24
        flow.text(words.step_free, 36, Weight.BOLD, part=part.add("TD"), x=x)
    flow.y += 26
    flow.rule()


def _put(flow: Flow, x: float, base: float, line: Line | None, part: Part | None) -> None:
    if line is not None:
        flow.put(Words(x, base, line, part))


def _page_numbers(flow: Flow, words: EvacuationWords) -> None:
    """At the foot of each sheet; a roll is one piece and needs none."""
    if flow.sheet.height is None:
        return
    for number, page in enumerate(flow.pages, start=1):
        line = flow.line(words.page.format(page=number, pages=len(flow.pages)), 36.0, Weight.REGULAR)
        if line is not None:
            page.append(Words(flow.right - line.width, flow.sheet.height - 72, line))


def _by_number(row: EvacuationRow) -> tuple[tuple[str, int], ...]:
    """H9 before H010: letters by letter, figures by value."""
    parts = re.findall(r"(\D*)(\d*)", row.number)
    return tuple((letters, int(figures or 0)) for letters, figures in parts)
