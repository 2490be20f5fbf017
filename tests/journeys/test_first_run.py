"""From no office at all to one that serves, on the real door and a real database: by keyboard, then by mouse.

Later the same form changes the office, and asks an administrator.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.office import Hours, Office, Role
from reception.domain.standards import PRESETS
from reception.services import commands as c
from reception.services import queries as q
from tests.support import COUNTER_1, COUNTER_2, EWAN, HOUSING, OFFICE, PIN, PRIYA, At, door_on
from tests.ui.settings_hands import CONTROL, Hands, Key, name_of
from ui.link import Link
from ui.welcome import SettingsForm, WelcomeWindow

NINE_ON_MONDAY = 1_772_442_000_000
"""2026-03-02 09.00 UTC, in milliseconds."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NINE_ON_MONDAY)


@pytest.fixture
def door(sqlite_url: str, clock: SetClock) -> Iterator[Door]:
    opened = door_on(sqlite_url, clock)
    yield opened
    opened.close()


@pytest.fixture
def link(qtbot: QtBot, door: Door) -> Iterator[Link]:
    made = Link(door)
    yield made
    made.close()


class FirstRun:
    """The welcome as the program shows it: the form opens when it is asked for."""

    def __init__(self, qtbot: QtBot, link: Link) -> None:
        self.link = link
        self.saved: list[str] = []
        self.window = WelcomeWindow()
        self.window.set_up_requested.connect(self.open)
        self.hands = Hands(qtbot, self.window)
        self.form: SettingsForm

    def open(self) -> None:
        self.form = SettingsForm(self.link)
        self.form.saved.connect(self.saved.append)
        self.window.open_form(self.form)

    def office(self, door: Door) -> Office:
        self.hands.until(lambda: bool(self.saved))
        offices = door.ask(q.Offices())
        assert [office.id for office in offices] == self.saved
        return offices[0]


def serves(door: Door, office: Office) -> None:
    """Somebody signs in, a visitor comes and is served."""
    desk = {
        "office_id": office.id,
        "counter_id": office.counters[0].id,
        "officer_id": office.staff[0].id,
        "station": "Desk 1",
    }
    door.do(c.SignIn(**desk, pin=PIN))
    ticket = door.do(c.TakeTicket(**desk, service_id=office.services[0].id, print_ticket=False))
    called = door.do(c.CallNext(**desk))
    assert called.number == ticket.number == f"{office.services[0].letter}001"


def test_by_keyboard_alone(qtbot: QtBot, door: Door, link: Link) -> None:
    run = FirstRun(qtbot, link)
    hands = run.hands
    hands.press(Key.Key_S)
    hands.press(Key.Key_3)
    hands.press(Key.Key_Tab)
    hands.type("Civic Offices")
    hands.press(Key.Key_Return)
    assert name_of(hands.focus()) == "Name of the member of staff", "Enter leads to the first thing that is missing"
    hands.type("Priya Nair")
    hands.press(Key.Key_Tab, times=2)
    hands.type(PIN)
    hands.press(Key.Key_Tab)
    hands.type(PIN)
    hands.press(Key.Key_5, CONTROL)
    hands.press(Key.Key_N, CONTROL)
    hands.type("Housing")
    hands.press(Key.Key_Return)
    office = run.office(door)
    assert (office.name, office.council) == ("Civic Offices", "Hertsmere Borough Council")
    assert office.hours == PRESETS["hertsmere"].hours
    assert [service.letter for service in office.services] == ["G", "C", "H"]
    assert len(office.counters) == 3
    assert [(member.name, member.role, member.has_pin) for member in office.staff] == [
        ("Priya Nair", Role.ADMINISTRATOR, True)
    ]
    assert door.ask(q.SettingsOf(office.id)).walk_in_seen == 15
    serves(door, office)


def test_by_mouse_with_keys_for_words_alone(qtbot: QtBot, door: Door, link: Link) -> None:
    run = FirstRun(qtbot, link)
    hands = run.hands

    def fill(field: QWidget, words: str) -> None:
        hands.click(field)
        hands.type(words)

    hands.click(run.window.set_up_button)
    form = run.form
    hands.click(form.sections.office.preset.controls()[0])
    fill(form.sections.office.name, "County Hall")
    hands.click(form.frame.contents.entries[2])
    hands.click(form.sections.hours.days[5].open)
    hands.click(form.sections.hours.days[5].add_second)
    hands.click(form.sections.hours.days[5].drop_second)
    hands.click(form.frame.next_button)
    fill(form.sections.closures.day, "25/12/2026")
    hands.click(form.sections.closures.add_button)
    hands.click(form.frame.contents.entries[4])
    hands.click(form.sections.services.add_button)
    hands.type("Planning")
    hands.click(form.sections.services.lines[2].specialist)
    hands.click(form.sections.services.lines[2].up)
    hands.click(form.frame.contents.entries[5])
    hands.click(form.sections.counters.lines[2].remove)
    hands.click(form.sections.counters.lines[1].picker.opener)
    hands.click(form.sections.counters.lines[1].picker.ticks[0])
    hands.click(form.frame.contents.entries[6])
    line = form.sections.staff.lines[0]
    fill(line.name, "Priya Nair")
    fill(line.pin, PIN)
    fill(line.again, PIN)
    hands.click(form.frame.contents.save_button)
    office = run.office(door)
    assert office.name == "County Hall"
    assert Hours(5, time(9), time(17)) in office.hours
    assert len(office.closures) == 1
    assert [service.name for service in office.services] == ["General enquiries", "Planning", "Council Tax"]
    assert office.services[1].specialist
    assert len(office.counters) == 2
    assert office.counters[1].services == {office.services[1].id, office.services[2].id}
    settings = door.ask(q.SettingsOf(office.id))
    assert (settings.walk_in_seen, settings.appointment_seen, settings.preset) == (15, 5, "hertfordshire")
    serves(door, office)


def test_no_pin_and_no_name_is_left_in_logs(
    qtbot: QtBot, door: Door, link: Link, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    run = FirstRun(qtbot, link)
    hands = run.hands
    hands.press(Key.Key_S)
    hands.tab_to("Name of the office")
    hands.type("Civic Offices")
    hands.press(Key.Key_Tab)
    hands.type("Hertsmere")
    hands.press(Key.Key_7, CONTROL)
    hands.type("Zebedee Quill")
    hands.press(Key.Key_Tab, times=2)
    hands.type("86420975")
    hands.press(Key.Key_Tab)
    hands.type("86420975")
    hands.press(Key.Key_S, CONTROL)
    run.office(door)
    assert "86420975" not in caplog.text
    assert "Zebedee" not in caplog.text


# -- later -----------------------------------------------------------------------------------------------------------


class Change:
    """The form of an office that is there."""

    def __init__(self, qtbot: QtBot, link: Link) -> None:
        self.form = SettingsForm(link, OFFICE)
        self.form.resize(1366, 768)
        self.saved: list[str] = []
        self.form.saved.connect(self.saved.append)
        self.hands = Hands(qtbot, self.form)
        self.hands.until(self.form.frame.stack.isEnabled)

    def go(self, section: int) -> None:
        self.hands.press(Key(Key.Key_0 + section), CONTROL)

    def save(self, pin: str = PIN) -> None:
        self.hands.press(Key.Key_S, CONTROL)
        self.hands.type(pin)
        self.hands.press(Key.Key_Return)

    def refused(self) -> str:
        self.hands.until(lambda: self.form.message.state() == "late")
        return self.form.message.said()


@pytest.fixture
def at(door: Door) -> At:
    return At(door).set_up()


def test_a_change_holds_from_today_on(qtbot: QtBot, door: Door, link: Link, at: At) -> None:
    change = Change(qtbot, link)
    change.go(2)
    change.hands.retype("10")
    change.go(6)
    change.hands.retype("Window 1")
    change.save()
    change.hands.until(lambda: change.saved == [OFFICE])
    settings = door.ask(q.SettingsOf(OFFICE))
    assert settings.walk_in_seen == 10
    assert settings.counters[0].name == "Window 1"
    at.sign_in()
    assert at.take().number == "H001", "everybody's PIN is as it was"


def test_a_new_pin_replaces_the_old_one(qtbot: QtBot, door: Door, link: Link, at: At) -> None:
    change = Change(qtbot, link)
    change.go(7)
    change.hands.tab_to("PIN of “Ewan Pritchard”")
    change.hands.type("135790")
    change.hands.press(Key.Key_Tab)
    change.hands.type("135790")
    change.save()
    change.hands.until(lambda: bool(change.saved))
    door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=EWAN, pin="135790"))


def test_a_wrong_pin_five_times_locks_and_loses_nothing(
    qtbot: QtBot, door: Door, link: Link, at: At, clock: SetClock
) -> None:
    change = Change(qtbot, link)
    change.go(2)
    change.hands.retype("12")
    change.save("1111")
    assert change.refused() == "That PIN is wrong. Try again; 4 tries are left."
    for left in ("3 tries are", "2 tries are", "1 try is"):
        change.hands.type("1111")
        change.hands.press(Key.Key_Return)
        change.hands.until(lambda left=left: f"{left} left" in change.form.confirm.pin.fault())
    change.hands.type("1111")
    change.hands.press(Key.Key_Return)
    change.hands.until(lambda: "5th time" in change.form.confirm.pin.fault())
    change.hands.type(PIN)
    change.hands.press(Key.Key_Return)
    change.hands.until(lambda: "locked" in change.form.message.said())
    assert change.saved == []
    assert change.form.sections.promises.numbers["walk_in_seen"].text() == "12"
    clock.advance(5 * MINUTE)
    change.hands.type(PIN)
    change.hands.press(Key.Key_Return)
    change.hands.until(lambda: change.saved == [OFFICE])
    assert door.ask(q.SettingsOf(OFFICE)).walk_in_seen == 12


def test_what_is_in_use_stays_and_the_section_is_opened(qtbot: QtBot, door: Door, link: Link, at: At) -> None:
    at.sign_in()
    at.take(HOUSING)
    change = Change(qtbot, link)
    change.go(5)
    change.hands.tab_to("Remove “Housing”")
    change.hands.press(Key.Key_Return)
    change.go(7)
    change.hands.tab_to("Remove “Grace Okafor”")
    change.hands.press(Key.Key_Return)
    change.save()
    assert change.refused() == "Somebody is still here for Housing. Remove it when nobody is."
    assert change.form.frame.sheet.title.text() == "Services"
    assert [line.name.text() for line in change.form.sections.services.lines] == ["Council Tax", "Planning"]
    assert door.ask(q.SettingsOf(OFFICE)).services[0].name == "Housing"


def test_whoever_is_signed_in_can_not_be_removed(qtbot: QtBot, door: Door, link: Link, at: At) -> None:
    At(door, counter=COUNTER_1, officer=EWAN).sign_in()
    change = Change(qtbot, link)
    change.go(7)
    change.hands.tab_to("Remove “Ewan Pritchard”")
    change.hands.press(Key.Key_Return)
    change.save()
    assert change.refused() == "Somebody is signed in at Counter 1. Change this when they have signed off."
    assert change.form.frame.sheet.title.text() == "Staff"
    assert PRIYA in [member.id for member in door.ask(q.Offices())[0].staff]
