"""Groups as text where some of them may be hidden or two periods stand side by side: a table, JSON and CSV.

Of a group that is hidden no figure is written, in no format.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from reception.statistics.aligning import aligned
from reception.statistics.rendering import Kind, Summary, cell, harmless, headed, is_worth_a_column, names_of

Value = str | int | float | None
NOW, BEFORE = "now", "before"
_HIDDEN = "hidden"
_COMPARED = "compared"


@dataclass(frozen=True)
class Side:
    """One group in one period; no `summary`: it is hidden, or the period holds nothing of it."""

    key: str
    summary: Summary | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """A group, and what it is compared with; `before` None: nothing there matches it."""

    now: Side
    before: Side | None = None
    more: Mapping[str, object] = field(default_factory=dict)
    """What JSON says of it besides."""


@dataclass(frozen=True)
class Layout:
    """What every line has."""

    kind: Kind
    is_compared: bool = False
    may_hide: bool = False


def paired(
    now: Sequence[Side], before: Sequence[Side], places: tuple[Sequence[int], Sequence[int]] | None = None
) -> list[Line]:
    """Each group beside what it is compared with: by their places, where groups follow one another in time, else by
    their keys. What the period holds nothing of comes last."""
    if places is None:
        left = {side.key: side for side in before}
        lines = [Line(side, left.pop(side.key, None)) for side in now]
        return lines + [Line(Side(key, None), side) for key, side in left.items()]
    at = dict(zip(places[1], before, strict=True))
    lines = [Line(side, at.pop(place, None)) for place, side in zip(places[0], now, strict=True)]
    return lines + [Line(Side("", None), side) for side in at.values()]


def as_json(lines: Sequence[Line], layout: Layout) -> str:
    """A list of objects, ASCII only; the compared group is an object within."""
    found = []
    for line in lines:
        one: dict[str, object] = {**_values(line.now, layout), **line.more}
        if layout.is_compared:
            one[_COMPARED] = None if line.before is None else _values(line.before, layout)
        found.append(one)
    return json.dumps(found, indent=2, allow_nan=False) + "\n"


def as_csv(lines: Sequence[Line], layout: Layout) -> str:
    """A heading and a row a group; what it is compared with in the columns that begin with `compared_`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = list(_values(Side("", None), layout))
    writer.writerow(names + ([f"{_COMPARED}_{name}" for name in names] if layout.is_compared else []))
    for line in lines:
        row = _cells(line.now, layout)
        if layout.is_compared:
            row += [""] * len(names) if line.before is None else _cells(line.before, layout)
        writer.writerow(row)
    return out.getvalue()


def as_table(lines: Sequence[Line], layout: Layout) -> str:
    """Aligned columns as :func:`reception.statistics.rendering.as_table` has them; a line below for the compared."""
    rows = [(when, side) for line in lines for when, side in _sides(line, layout)]
    summaries = [side.summary for _when, side in rows if side.summary is not None]
    shown = [name for name in names_of(layout.kind)[1:] if is_worth_a_column(name, summaries)]
    columns = [("group", [cell("group", side.key) for _when, side in rows])]
    if layout.is_compared:
        columns.append(("period", [when for when, _side in rows]))
    columns += [(name, [_shown(name, side, name == shown[0]) for _when, side in rows]) for name in shown]
    return aligned(headed(columns), left=2 if layout.is_compared else 1)


RENDERERS = {"table": as_table, "json": as_json, "csv": as_csv}


def _sides(line: Line, layout: Layout) -> Iterator[tuple[str, Side]]:
    yield NOW, line.now
    if layout.is_compared:
        yield BEFORE, line.before or Side("", None)


def _shown(name: str, side: Side, is_first: bool) -> str:
    if side.is_hidden and is_first:
        return _HIDDEN
    return cell(name, None if side.summary is None else getattr(side.summary, name))


def _values(side: Side, layout: Layout) -> dict[str, Value]:
    figures = {} if side.summary is None else asdict(side.summary)
    names = names_of(layout.kind)[1:]
    hidden: dict[str, Value] = {_HIDDEN: side.is_hidden} if layout.may_hide else {}
    return {"group": side.key, **hidden, **{name: figures.get(name) for name in names}}


def _cells(side: Side, layout: Layout) -> list[Value]:
    values = _values(side, layout)
    return [harmless(side.key), *list(values.values())[1:]]
