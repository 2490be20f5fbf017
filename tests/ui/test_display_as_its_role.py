"""A display and a desk on one PostgreSQL, each as its own role: what is called at the one is shown at the other."""

from __future__ import annotations

from contextlib import closing

import pytest
from pytestqt.qtbot import QtBot

from reception.clock import RunningClock
from reception.config import Config, DisplayConfig
from reception.domain.person import Need, Person
from reception.domain.stations import StationKind
from reception.services import commands as c
from tests.conftest import RoleUrls
from tests.services.conftest import TEN_O_CLOCK
from tests.support import At, door_on
from ui.display.run import build_display
from ui.display.scene import State
from ui.link import Link
from ui.pulse import Pulse
from ui.theme import Look


@pytest.mark.postgresql
def test_a_call_at_the_desk_is_shown_at_once(qtbot: QtBot, look: Look, role_urls: RoleUrls) -> None:
    clock = RunningClock(TEN_O_CLOCK)
    silent = Config(station="Display 1", display=DisplayConfig(voice=False, chime=False, full_screen=False))
    with closing(door_on(role_urls.desk, clock)) as desk:
        at = At(desk).set_up().sign_in()
        with closing(door_on(role_urls.display, clock, kind=StationKind.DISPLAY)) as door:
            pulse = Pulse()
            link = Link(door, pulse.now)
            window = build_display(link, silent, pulse)
            qtbot.addWidget(window)
            window.show()
            try:
                qtbot.waitUntil(lambda: window.scene.state is State.NOBODY)
                visit = at.take(person=Person("Zofia Nowak", needs=frozenset({Need.PRIVATE})))
                at.next()
                qtbot.waitUntil(lambda: window.scene.call is not None)
                call = window.scene.call
                assert call is not None and (call.number, call.place) == ("H001", "Counter 1")
                at.on(c.WithdrawCall, visit)
                qtbot.waitUntil(lambda: window.scene.state is State.NOBODY)
                assert "Zofia" not in repr(window.scene)
            finally:
                link.close()
