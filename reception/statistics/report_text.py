"""A monthly report, or what is exported of any period, as text: JSON of all of it, CSV with a row a figure.

Names are stable; nothing is rounded.

JSON says `"hidden": true` where a figure is not told; CSV says `hidden`, or how far a share is told (`>=0.91`).
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from msgspec.structs import asdict

from reception.domain.reporting import Figure, MonthlyFigures, Row, Value
from reception.statistics.rendering import harmless

HEADINGS = ("section", "group", "figure", "value", "rests_on")


def report_json(figures: MonthlyFigures) -> str:
    """One object. ASCII only, so that it survives any terminal or pipe."""
    kind: dict[str, Any] = {"report": "monthly", "month": figures.key}
    if figures.whole != "month":
        kind = {"report": figures.whole, "by": figures.by.value}
    report = {
        **kind,
        "first": figures.period.first.isoformat(),
        "last": figures.period.last.isoformat(),
        "made_on": figures.made_on.isoformat(),
        "is_complete": figures.is_over,
        "is_public": figures.is_public,
        "of": figures.of,
        "offices": list(figures.offices),
        "targets_changed": figures.targets_changed,
        "difference": None if figures.difference is None else asdict(figures.difference),
        "widened": figures.widened,
        "signals": [
            {"first": said.first.isoformat(), "last": said.last.isoformat(), "words": said.words}
            for said in figures.signals
        ],
        "sections": {section.name: [_row(row) for row in section.rows] for section in figures.sections},
    }
    return json.dumps(report, indent=2, allow_nan=False) + "\n"


def report_csv(figures: MonthlyFigures) -> str:
    """One table for all sections. A group that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for section in figures.sections:
        for row in section.rows:
            group = harmless(row.group)
            if row.is_hidden:
                writer.writerow([section.name, group, "", "hidden", ""])
            for figure in row.figures:
                writer.writerow([section.name, group, figure.name, _told(figure), figure.rests_on])
    return out.getvalue()


def _row(row: Row) -> dict[str, Any]:
    if row.is_hidden:
        return {"group": row.group, "hidden": True}
    return {"group": row.group, "figures": {figure.name: _figure(figure) for figure in row.figures}}


def _figure(figure: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {"value": figure.value}
    if figure.rests_on is not None:
        told["rests_on"] = figure.rests_on
    if figure.is_hidden:
        told["hidden"] = True
    if figure.at_least is not None:
        told["at_least"] = figure.at_least
    if figure.at_most is not None:
        told["at_most"] = figure.at_most
    return told


def _told(figure: Figure) -> Value:
    if figure.at_least is not None:
        return f">={figure.at_least}"
    if figure.at_most is not None:
        return f"<={figure.at_most}"
    return "hidden" if figure.is_hidden else figure.value
