"""The look that widgets under test wear, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support import OFFICE, settings
from tests.ui.settings_hands import Desk, PretendDoor
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets.roles import give_roles


@pytest.fixture(autouse=True)
def _roles(request: pytest.FixtureRequest) -> None:
    """As in the program, before the first window: what is asked for earlier keeps the role that Qt gave it."""
    if "qapp" in request.fixturenames:
        request.getfixturevalue("qapp")
        give_roles()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """Light at 100 %, worn by the application."""
    worn = Look(load_theme("light"))
    _wear(qapp, worn)
    yield worn
    _wear(qapp, worn)


def _wear(application: QApplication, look: Look) -> None:
    """Dress the application; where it wears just that already, its widgets are not all dressed anew."""
    worn = (application.styleSheet(), application.palette(), application.font())
    if worn == (look.stylesheet(), look.palette(), look.font()):
        application.setProperty("look", look)
    else:
        apply_look(application, look)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers are told of by themselves, in order."""
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return told


@pytest.fixture
def new(qtbot: QtBot) -> Iterator[Desk]:
    """The settings of an office that is to be set up."""
    desk = Desk(qtbot, PretendDoor())
    yield desk
    desk.link.close()


@pytest.fixture
def old(qtbot: QtBot) -> Iterator[Desk]:
    """The settings of an office that is there."""
    desk = Desk(qtbot, PretendDoor(settings()), OFFICE)
    yield desk
    desk.link.close()
