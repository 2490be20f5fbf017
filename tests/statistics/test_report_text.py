"""The report as JSON and CSV: everything, unrounded, with names that stay."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from reception.domain.reporting import monthly_figures
from reception.statistics.publishing import published
from reception.statistics.report_text import report_csv, report_json
from tests.past_views import FOURTEEN, past_view

MADE = date(2026, 11, 2)


def test_json_holds_all_of_it_unrounded() -> None:
    view = past_view()
    report = json.loads(report_json(monthly_figures(view, of="Civic Offices", made_on=MADE)))
    assert (report["month"], report["of"], report["is_public"], report["is_complete"]) == (
        "2026-10",
        "Civic Offices",
        False,
        True,
    )
    assert set(report["sections"]) == {
        *("month", "month_legs", "month_outcomes", "month_resolved", "month_appointments", "month_delays"),
        *("service", "partner", "day", "hour", "curve"),
    }
    waits = view.total.waits
    assert waits is not None
    month, before = report["sections"]["month"]
    assert month["figures"]["share_within_target"] == {"value": waits.share_within_target, "rests_on": 2751}
    assert month["figures"]["mean_wait_min"] == {"value": waits.mean_wait_min, "rests_on": waits.seen}
    rests_on = {
        f"{section}.{name}": figure.get("rests_on")
        for section in ("month_appointments", "month_legs", "month_resolved")
        for name, figure in report["sections"][section][0]["figures"].items()
        if name in ("share_within_target", "longest_lateness_min", "longest_total_min", "mean_resolved_min")
    }
    assert view.total.lateness is not None and view.total.appointments is not None
    assert rests_on == {
        "month_appointments.longest_lateness_min": view.total.lateness.lateness_known,
        "month_appointments.share_within_target": view.total.appointments.judged,
        "month_legs.longest_total_min": waits.seen,
        "month_resolved.mean_resolved_min": waits.visits,
        "month_resolved.share_within_target": 0,
    }
    assert (month["group"], before["group"]) == ("2026-10", "2026-09")
    assert (
        report["sections"]["curve"][15]["figures"]["share_seen"]["value"] == view.curve.within[15] / view.curve.judged
    )


def test_json_says_what_is_hidden() -> None:
    figures = published(monthly_figures(past_view(6, FOURTEEN), of="Civic Offices", made_on=MADE))
    sections = json.loads(report_json(figures))["sections"]
    assert {"group": "Electoral Services", "hidden": True} in sections["service"]
    housing = next(row for row in sections["service"] if row["group"] == "Housing")
    assert housing["figures"]["share_within_target"] == {"value": None, "hidden": True, "at_least": 0.91}


def test_csv_is_one_tidy_table_and_no_name_runs() -> None:
    figures = published(monthly_figures(past_view(6, ("=1+1", *FOURTEEN)), of="Civic Offices", made_on=MADE))
    rows = list(csv.reader(io.StringIO(report_csv(figures))))
    assert rows[0] == ["section", "group", "figure", "value", "rests_on"]
    assert {len(row) for row in rows} == {5}
    assert ["month", "2026-10", "visits", "167", ""] in rows
    assert any(row[:2] == ["service", "'=1+1"] for row in rows)
    assert any(row[0] == "service" and row[3] == "hidden" for row in rows)
    assert any(row[2] == "share_within_target" and row[3].startswith(">=0.") for row in rows)
