"""The supervisor's window on PostgreSQL as its own role: nothing is refused to it, and it outlives the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.cli import main
from reception.clock import RunningClock, from_datetime
from reception.domain.stations import StationKind
from tests.conftest import RoleUrls
from tests.journeys.made_up_log import OPTIONS, Made, write_log
from tests.storage.proxy import Proxy
from tests.support import PIN, At, door_on
from tests.ui.supervisor_driver import SupervisorDriver
from ui.supervisor.forecast_page import ForecastPage
from ui.supervisor.past_page import PastPage
from ui.supervisor.reports_page import ReportsPage
from ui.supervisor.staffing_page import StaffingPage

NOW = from_datetime(datetime(2026, 11, 24, 14, 15, tzinfo=UTC))
LIKE = Made({"Housing": 5, "Council Tax": 4}, a_day=8, counters=1)
ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.postgresql


@pytest.fixture
def server(role_urls: RoleUrls, tmp_path: Path) -> Iterator[Proxy]:
    """An office with some weeks of visits, reached as a supervisor's window reaches it."""
    with closing(door_on(role_urls.owner, RunningClock(NOW))) as owner:
        At(owner).set_up()
    log = tmp_path / "log.csv"
    write_log(log, date(2026, 9, 28), date(2026, 10, 30), LIKE)
    order = ("import", "visits", str(log), "--office", "Civic Offices", *OPTIONS)
    assert main(["--database", role_urls.owner, *order]) == 0
    with Proxy(role_urls.supervisor) as proxy:
        yield proxy


def test_every_page_is_open_to_it_and_goes_on_when_the_server_is_back(qtbot: QtBot, server: Proxy) -> None:
    door = door_on(server.url, RunningClock(NOW), kind=StationKind.SUPERVISOR, station="Supervisor")
    with closing(door):
        driver = SupervisorDriver(qtbot, door)  # type: ignore[arg-type]
        window = driver.window
        today = driver.sign_in("Priya", PIN)
        assert [view.office.name for view in today.views()] == ["Civic Offices"]

        past, forecast, staffing, reports = (driver.open(number) for number in (2, 3, 4, 5))
        assert isinstance(past, PastPage) and past.sheets.isVisibleTo(past)
        assert past.finding.sentence.text().endswith(" were seen within 15 minutes")
        assert isinstance(forecast, ForecastPage) and forecast.finding.sentence.text().startswith(
            "Wednesday 25 November"
        )
        assert isinstance(staffing, StaffingPage) and staffing.plan.isVisibleTo(staffing)
        assert isinstance(reports, ReportsPage) and reports.preview.pages() == 2
        assert not window.line.said()

        driver.open(2)
        server.stop()
        driver.until(lambda: window.line.said().startswith("The database is out of reach since 2."))
        driver.key(Qt.Key.Key_Left, ALT)
        driver.until(past.finding.ask_button.isVisible)
        assert past.finding.status.text().endswith("Still shown: October 2026.")
        assert past.finding.sentence.text().endswith(" were seen within 15 minutes"), "what was true of October stays"
        driver.key("1", Qt.KeyboardModifier.ControlModifier)
        assert today.as_of().startswith("As of 2."), "not as if it were of now"
        driver.key("2", Qt.KeyboardModifier.ControlModifier)

        server.start()
        driver.until(lambda: past._called == "September 2026" and not past.finding.status.text())
        assert window.line.said().startswith("The database answers again.")
        assert past.finding.sentence.text().endswith(" were seen within 15 minutes")
        window.close()
