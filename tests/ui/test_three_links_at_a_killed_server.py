"""A server that is killed under a desk, a kiosk and a display at once: each says so in time, and each is back."""

from __future__ import annotations

import signal
from contextlib import ExitStack, closing
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.domain.stations import LOST_AFTER, StationKind
from reception.services.queries import Board, Desk, Kiosk
from reception.storage import feed as feed_module
from tests.house.postgres import Server
from tests.storage.roles import with_roles
from tests.support import OFFICE, At, door_on
from ui.link import Link

WINDOWS = {
    StationKind.DESK: Desk(OFFICE),
    StationKind.KIOSK: Kiosk(OFFICE, "kiosk"),
    StationKind.DISPLAY: Board(OFFICE, "display"),
}


class Station:
    def __init__(self, door: Door, window: Desk | Kiosk | Board) -> None:
        self.link = Link(door)
        self.sequence = -1
        self.lost_at = 0.0
        self.link.view_came.connect(self._came)
        self.link.offline.connect(self._lost)
        self.link.watch(window)

    def _came(self, view: object) -> None:
        self.sequence = view.sequence  # type: ignore[attr-defined]

    def _lost(self, *_: object) -> None:
        self.lost_at = monotonic()


@pytest.mark.postgresql
def test_killed_under_desk_kiosk_and_display_each_says_so_in_time_and_is_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AGAIN_AFTER", (0, 50))
    with Server(synchronous_commit="on") as server, ExitStack() as stack:
        url = server.create_database()
        roles = with_roles(url)
        office = At(stack.enter_context(closing(door_on(url, station="owner")))).set_up().sign_in()
        doors = [
            stack.enter_context(closing(door_on(roles[kind.value], kind=kind, station=kind.value))) for kind in WINDOWS
        ]
        stations = [Station(door, window) for door, window in zip(doors, WINDOWS.values(), strict=True)]
        for station in stations:
            stack.callback(station.link.close)
        qtbot.waitUntil(lambda: all(each.sequence >= 0 for each in stations), timeout=10_000)
        began = monotonic()
        server.halt(signal.SIGKILL)
        qtbot.waitUntil(lambda: all(each.lost_at for each in stations), timeout=10_000)
        assert max(each.lost_at for each in stations) - began < LOST_AFTER / 1000
        server.go_on()
        qtbot.waitUntil(lambda: not any(each.link.is_lost for each in stations), timeout=20_000)
        office.door.hang_up()  # what it held open was killed with the server
        office.take()
        wanted = office.door.changes(0)[0]
        qtbot.waitUntil(lambda: all(each.sequence >= wanted for each in stations), timeout=10_000)
