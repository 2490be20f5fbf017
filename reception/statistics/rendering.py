"""Summaries as text: a table to read, JSON and CSV to go on working with. Field names are the headings.

JSON and CSV hold every field of the summaries, unrounded. The table is for reading in a terminal.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import ROUND_DOWN, Decimal

from reception.domain.figures import AppointmentSummary, DelaySummary, FaceSummary, ResolvedSummary, WaitSummary
from reception.statistics.aligning import aligned

Summary = WaitSummary | ResolvedSummary | AppointmentSummary | DelaySummary | FaceSummary
Kind = type[WaitSummary] | type[ResolvedSummary] | type[AppointmentSummary] | type[DelaySummary] | type[FaceSummary]
"""Of what the summaries are: it names the headings, also of none."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def as_json(summaries: Sequence[Summary], _kind: Kind = WaitSummary) -> str:
    """A list of objects. ASCII only, so that it survives any terminal or pipe."""
    return json.dumps([asdict(summary) for summary in summaries], indent=2, allow_nan=False) + "\n"


def as_csv(summaries: Sequence[Summary], kind: Kind = WaitSummary) -> str:
    """A heading and a row a group; what is not known is an empty cell.

    A group that a spreadsheet would run as a formula gets an apostrophe in front: service names are typed
    by people and this file is made to be opened in one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = names_of(kind)
    writer.writerow(names)
    for summary in summaries:
        row = asdict(summary)
        writer.writerow([harmless(summary.group), *(row[name] for name in names[1:])])
    return out.getvalue()


def as_table(summaries: Sequence[Summary], kind: Kind = WaitSummary) -> str:
    """Aligned columns, minutes to two decimals, shares in percent, "-" for what is not known.

    Unseen ends that are 0 in every group are left out: the columns shown still add up to the visits.
    """
    shown = [name for name in names_of(kind) if is_worth_a_column(name, summaries)]
    return aligned(
        headed([(name, [cell(name, getattr(summary, name)) for summary in summaries]) for name in shown]), left=1
    )


def headed(columns: Sequence[tuple[str, list[str]]]) -> list[tuple[str, ...]]:
    """The rows of columns, with their names above: the words of a name stand below one another, the last words in
    line, or the table would not fit a screen."""
    words = [name.split("_") for name, _cells in columns]
    height = max(map(len, words))
    full = [[""] * (height - len(above)) + above + cells for above, (_name, cells) in zip(words, columns, strict=True)]
    return list(zip(*full, strict=True))


def names_of(kind: Kind) -> tuple[str, ...]:
    """The fields of a summary, its group first."""
    return tuple(field.name for field in fields(kind))


def is_worth_a_column(name: str, summaries: Sequence[Summary]) -> bool:
    """Whether it is shown in a table."""
    unseen_end = name.endswith(("_before", "_after"))
    return not unseen_end or any(getattr(summary, name) for summary in summaries)


def cell(name: str, value: str | int | float | None) -> str:
    """One value as a table shows it."""
    if value is None:
        return "-"
    if isinstance(value, str):
        # A name from another system's log may hold anything; nothing of it may steer the terminal.
        return "".join(character if character.isprintable() else "?" for character in value)
    if name.startswith("share_"):
        # Rounded down: 100.0 % is said only of a promise that was kept every time.
        return f"{(Decimal(str(value)) * 100).quantize(Decimal('0.1'), ROUND_DOWN)} %"
    if name.endswith("_min"):
        return f"{value:.2f}"
    return str(value)


def harmless(text: str) -> str:
    """A name that no spreadsheet runs."""
    # On one line: the csv module leaves a lone carriage return unquoted, and it would break the row in two.
    text = " ".join(text.splitlines())
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
