"""The kiosk as visitors use it: through fingers, keys and scanners, on either engine, as a kiosk's role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.clock import HOUR, MINUTE, SetClock, SystemClock, from_datetime
from reception.config import PrinterConfig, PrinterKind
from reception.domain import queueing
from reception.domain.booked import Kind
from reception.domain.desk_view import DeskView
from reception.domain.kiosk import Face
from reception.domain.office import Hours
from reception.domain.person import Need, Person
from reception.domain.stations import Contact, Reach, StationKind
from reception.domain.visitor import Visitor
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import feed as feed_module
from tests.conftest import RoleUrls
from tests.services.cut_off import Net
from tests.services.the_book import AtBook, place, with_a_book
from tests.support import HOUSING, OFFICE, door_on
from tests.ui.hearing import called, heard
from tests.ui.kiosk_hands import STATION, Kiosk, kiosk_door, press, release_elsewhere, tap
from ui.kiosk import keyboards
from ui.link import Link

TEN = from_datetime(datetime(2026, 3, 2, 10, tzinfo=UTC))
BORN = date(1975, 11, 3)
ALWAYS = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))


class Office:
    """An office on a database: its desk, and a kiosk of it. `clock` None: the database's own, as its functions look."""

    def __init__(self, owner: str, kiosk: str, clock: SetClock | None, timezone: str = "Europe/London") -> None:
        self.clock = clock or SetClock(0)
        self._clock = clock
        self.kiosk_url = kiosk
        self.desk = AtBook(door_on(owner, clock))
        self.desk.door.do(
            c.SetUpOffice(office_id=OFFICE, settings=with_a_book(kiosk_pin="1357", timezone=timezone, hours=ALWAYS))
            if clock is None
            else c.SetUpOffice(office_id=OFFICE, settings=with_a_book(kiosk_pin="1357"))
        )
        self.desk.sign_in()

    def kiosk(self, qtbot: QtBot, **more: Any) -> Kiosk:
        return Kiosk(qtbot, kiosk_door(self.kiosk_url, clock=self._clock), **more)

    def book(self, minutes: int, name: str) -> c.Result:
        starts = self.desk.door.now() + minutes * MINUTE
        return self.desk.book(place(starts, 5, officer=""), visitor=Visitor(Person(name), born=BORN), reason="asked")

    def queue(self) -> tuple[Any, ...]:
        view: DeskView = self.desk.view()
        return view.queue


@pytest.fixture
def office(role_urls: RoleUrls) -> Iterator[Office]:
    """On PostgreSQL, where the kiosk has its own role, with a clock that is set."""
    office = Office(role_urls.owner, role_urls.kiosk, SetClock(TEN))
    yield office
    office.desk.door.close()


@pytest.fixture
def sqlite_office(sqlite_url: str) -> Iterator[Office]:
    """One PC: there are no roles, and appointments are looked up by the clock that is set."""
    office = Office(sqlite_url, sqlite_url, SetClock(TEN))
    yield office
    office.desk.door.close()


@pytest.fixture
def noon_office(role_urls: RoleUrls) -> Iterator[Office]:
    """As `office`, where appointments can be looked up: the database does so by its own clock."""
    # Where it is noon now, so that an hour from now is today.
    ahead = 12 - SystemClock().now() // HOUR % 24
    office = Office(role_urls.owner, role_urls.kiosk, None, f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")
    yield office
    office.desk.door.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_office(request: pytest.FixtureRequest) -> Office:
    """On either engine."""
    found: Office = request.getfixturevalue("sqlite_office" if request.param == "sqlite" else "noon_office")
    return found


@pytest.fixture
def kiosk(office: Office, qtbot: QtBot) -> Iterator[Kiosk]:
    kiosk = office.kiosk(qtbot)
    yield kiosk
    kiosk.close()


@pytest.fixture
def noon_kiosk(noon_office: Office, qtbot: QtBot) -> Iterator[Kiosk]:
    kiosk = noon_office.kiosk(qtbot)
    yield kiosk
    kiosk.close()


def to_needs(kiosk: Kiosk, language: str = "en") -> None:
    kiosk.touch(language)
    kiosk.at("purpose")
    kiosk.touch("ticket")
    kiosk.at("service")
    kiosk.touch(HOUSING)
    kiosk.at("needs")


def to_check_in(kiosk: Kiosk, way: str, language: str = "en") -> None:
    kiosk.touch(language)
    kiosk.at("purpose")
    kiosk.touch("check_in")
    kiosk.at("check_in")
    kiosk.touch(way)
    kiosk.at(way)


def test_a_visitor_takes_a_ticket_and_the_desk_knows_what_they_need(any_office: Office, qtbot: QtBot) -> None:
    office = any_office
    kiosk = office.kiosk(qtbot)
    try:
        take_a_ticket(office, kiosk)
    finally:
        kiosk.close()


def take_a_ticket(office: Office, kiosk: Kiosk) -> None:
    to_needs(kiosk, "pl")
    assert kiosk.says("Czy coś z tej listy")
    kiosk.touch("large_print", "interpreter")
    kiosk.touch("go_on")
    kiosk.at("interpreter")
    assert kiosk.page.choices[0].choice.key == "pol", "their own language comes first"
    named = {each.key: (each.label, each.line) for each in kiosk.page.screen_shown.choices}
    assert named["ita"] == ("Italiano", "Włoski")
    assert (named["cmn"], named["prs"]) == (("普通话", "Chiński"), ("دری", "Dari"))
    kiosk.touch("pol")
    kiosk.at("last")
    assert kiosk.says("Ground floor, by the screen")
    (row,) = office.queue()
    assert (row.number, row.person.written, row.person.spoken) == ("H001", "pl", "pl")
    assert row.person.needs == {Need.LARGE_PRINT, Need.INTERPRETER}
    kiosk.touch("back")
    kiosk.at("needs")
    assert not kiosk.button("private").isEnabled(), "what is taken is changed at the desk"
    assert not kiosk.button("back").isEnabled(), "nor the service"
    kiosk.touch("go_on")
    kiosk.at("last")
    assert len(office.queue()) == 1
    assert kiosk.says("Ground floor, by the screen")
    kiosk.touch("finish")
    kiosk.at("language")
    assert kiosk.window.journey.entered.needs == set()


def test_where_to_wait_is_said_in_the_visitors_language(office: Office, kiosk: Kiosk) -> None:
    settings = office.desk.door.ask(q.SettingsOf(OFFICE))
    office.desk.change_settings(replace(settings, place_said={"pl": "Parter, obok ekranu"}))
    to_needs(kiosk, "pl")
    kiosk.link.refresh()
    kiosk.until(lambda: bool(kiosk.window.journey.view and kiosk.window.journey.view.place_said))
    kiosk.touch("go_on")
    kiosk.at("last")
    assert kiosk.says("Parter, obok ekranu")


def test_however_it_is_tapped_it_is_one_ticket(office: Office, kiosk: Kiosk) -> None:
    to_needs(kiosk)
    kiosk.flood("go_on", 1_000)
    kiosk.until(lambda: kiosk.name == "last")
    kiosk.flood("finish", 50)
    assert kiosk.name == "last", "a double tap doesn't close what has only just come"
    kiosk.settle()
    kiosk.touch("finish")
    kiosk.at("language")
    assert [row.number for row in office.queue()] == ["H001"]


def test_a_finger_that_moves_off_chooses_nothing(kiosk: Kiosk) -> None:
    kiosk.touch("en")
    kiosk.at("purpose")
    button = kiosk.button("ticket")
    press(button)
    assert kiosk.name == "purpose", "it acts when the finger goes up"
    release_elsewhere(button)
    QTest.mouseClick(button, Qt.MouseButton.RightButton)
    assert kiosk.name == "purpose"


def test_whoever_checks_in_has_a_ticket_in_the_language_that_they_chose(noon_office: Office, noon_kiosk: Kiosk) -> None:
    booked = noon_office.book(10, "Zoë Nowak")
    to_check_in(noon_kiosk, "reference", "pl")
    noon_kiosk.type(booked.reference[3:])
    noon_kiosk.touch("go_on")
    noon_kiosk.at("found")
    noon_kiosk.touch("check_in_now")
    noon_kiosk.at("last")
    (row,) = noon_office.queue()
    assert noon_office.desk.door.ticket_of(row.visit_id).language == "pl"


def test_whoever_has_an_appointment_checks_in_by_reference_name_or_code(any_office: Office, qtbot: QtBot) -> None:
    office = any_office
    first, later = office.book(10, "Ada Byron"), office.book(60, "Zoë Nowak")
    kiosk = office.kiosk(qtbot)
    try:
        to_check_in(kiosk, "reference")
        kiosk.type(first.reference[3:])
        kiosk.touch("go_on")
        kiosk.at("found")
        assert kiosk.says("You have an appointment today")
        kiosk.touch("check_in_now")
        kiosk.at("last")
        kiosk.touch("finish")
        kiosk.at("language")

        to_check_in(kiosk, "name")
        kiosk.type("ada byron")
        kiosk.touch("go_on")
        kiosk.at("born")
        kiosk.type("31021975")
        kiosk.touch("go_on")
        kiosk.until(lambda: kiosk.says("That is not a date"))
        kiosk.touch_part(0)
        kiosk.type("3")
        kiosk.touch_part(1)
        kiosk.type("11")
        kiosk.touch("go_on")
        kiosk.at("found")
        assert kiosk.says("You are already checked in")
        assert kiosk.says("H001")
        kiosk.touch("finish")
        kiosk.at("language")

        kiosk.scanner.scanned.emit(later.reference)
        kiosk.at("found")
        assert kiosk.says("You are early")
        kiosk.touch("check_in_now")
        kiosk.at("last")
        numbers = [row.number for row in office.queue()]
        assert numbers == ["H001", "H002"]
    finally:
        kiosk.close()


@pytest.mark.parametrize("typed", ["AP7K2M9QXA", "AP-7K2M9QXA", "7K2M9QXA"])
def test_a_reference_may_be_typed_as_the_letter_prints_it_and_again(kiosk: Kiosk, typed: str) -> None:
    to_check_in(kiosk, "reference")
    for sign in typed:
        kiosk.press_sign(sign)
    kiosk.touch("go_on")
    kiosk.at("found")
    assert kiosk.window.journey.entered.reference == "AP-7K2M9QXA"
    kiosk.touch("try_again")
    kiosk.at("reference")
    assert kiosk.window.journey.entered.typed == "7K2M9QXA"


def test_a_name_that_is_not_found_is_gone_through_again(noon_office: Office, noon_kiosk: Kiosk) -> None:
    noon_office.book(10, "Ada Byron")
    to_check_in(noon_kiosk, "name")
    noon_kiosk.type("ada byrom")
    noon_kiosk.touch("go_on")
    noon_kiosk.at("born")
    noon_kiosk.type("03111975")
    noon_kiosk.touch("go_on")
    noon_kiosk.at("found")
    noon_kiosk.touch("try_again")
    noon_kiosk.at("name")
    noon_kiosk.touch("erase")
    noon_kiosk.type("n")
    noon_kiosk.touch("go_on")
    noon_kiosk.at("born")
    noon_kiosk.touch("go_on")
    noon_kiosk.at("found")
    assert noon_kiosk.says("You have an appointment today")


def test_whoever_is_to_be_rung_is_told_so(sqlite_office: Office, qtbot: QtBot) -> None:
    kiosk = sqlite_office.kiosk(qtbot)
    starts = sqlite_office.desk.door.now() + 90 * MINUTE
    rung_up = sqlite_office.desk.book(place(starts, 5, officer=""), reason="asked", kind=Kind.TELEPHONE)
    kiosk.scanner.scanned.emit(rung_up.reference)
    kiosk.at("found")
    assert kiosk.says("This appointment is by telephone")
    assert kiosk.says("It is at 11.30am. We will ring you.")
    assert kiosk.button("help").choice.main
    kiosk.touch("take_ticket")
    kiosk.at("service")
    kiosk.close()


def test_what_is_found_may_be_somebody_elses(noon_office: Office, noon_kiosk: Kiosk) -> None:
    to_check_in(noon_kiosk, "reference")
    noon_kiosk.type(noon_office.book(10, "Ada Byron").reference[3:])
    noon_kiosk.touch("go_on")
    noon_kiosk.at("found")
    noon_kiosk.touch("not_mine")
    noon_kiosk.at("reference")


def test_with_keys_alone_what_is_typed_goes_into_the_field(kiosk: Kiosk) -> None:
    kiosk.press_key(Qt.Key.Key_Down)
    kiosk.press_key(Qt.Key.Key_Return)
    kiosk.at("purpose")
    kiosk.press_key(Qt.Key.Key_Down)
    kiosk.press_key(Qt.Key.Key_Return)
    kiosk.at("check_in")
    for _ in range(2):
        kiosk.press_key(Qt.Key.Key_Down)
    kiosk.press_key(Qt.Key.Key_Return)
    kiosk.at("name")
    assert kiosk.window.focusWidget() is kiosk.page.field
    for sign in "ada byron":
        kiosk.press_sign(sign)
    assert kiosk.window.journey.entered.typed == "Ada Byron"
    kiosk.press_key(Qt.Key.Key_Return)
    kiosk.at("born")
    for sign in "3/111975":
        kiosk.press_sign(sign)
    kiosk.press_key(Qt.Key.Key_Return)
    kiosk.at("found")
    assert kiosk.window.focusWidget() is kiosk.button("take_ticket")


def test_the_last_screen_is_seen_before_it_is_closed(office: Office, kiosk: Kiosk) -> None:
    to_needs(kiosk)
    at = kiosk.button("go_on").geometry().center()
    kiosk.touch("go_on")
    kiosk.until(lambda: kiosk.name == "last")
    for _ in range(20):
        kiosk.wait(0.2)
        kiosk.touch("finish")
    assert kiosk.name == "last"
    assert not kiosk.button("finish").geometry().contains(at)
    kiosk.settle()
    kiosk.window.idling.close_in(5)
    tap(kiosk.aid(1))
    kiosk.until(lambda: kiosk.page.countdown is not None and "60" in kiosk.page.countdown.text())


def test_the_language_is_changed_on_the_way_and_left_as_it_is_by_going_back(kiosk: Kiosk) -> None:
    to_needs(kiosk, "pl")
    tap(kiosk.aid(0))
    kiosk.at("language")
    assert [each.choice.key for each in kiosk.page.choices if each.choice.ticked] == ["pl"]
    kiosk.touch("back")
    kiosk.at("needs")


def test_the_keyboard_has_every_sign_of_a_code() -> None:
    assert keyboards.CODE_ALPHABET == queueing.CODE_ALPHABET


def test_what_is_not_found_says_what_to_do_and_wrong_tries_are_slowed(kiosk: Kiosk) -> None:
    kiosk.scanner.scanned.emit("AP-AAAAAAAA")
    kiosk.at("found")
    assert kiosk.says("We can’t find your appointment")
    for _ in range(5):
        kiosk.touch("back")
        kiosk.at("language")
        kiosk.scanner.scanned.emit("AP-AAAAAAAA")
        kiosk.at("found")
    assert kiosk.says("Please wait a little")
    kiosk.touch("take_ticket")
    kiosk.at("service")


@pytest.mark.parametrize("ending", ["", "\n"])
@pytest.mark.parametrize("bare", ["AP-{}", "AP{}", "{}"])
def test_a_letters_code_is_read_however_the_scanner_types_it(
    noon_office: Office, noon_kiosk: Kiosk, bare: str, ending: str
) -> None:
    code = noon_office.book(10, "Ada Byron").reference[3:]
    QTest.keyClicks(noon_kiosk.window, bare.format(code).lower())
    if ending:
        QTest.keyClick(noon_kiosk.window, Qt.Key.Key_Return)
    noon_kiosk.at("found")
    assert noon_kiosk.says("You have an appointment today")


@pytest.mark.parametrize("code", ["https://example.org/offers?id=1", "0123456789012", "x" * 5_000, "WIFI:S:Guest;;"])
def test_a_code_of_somebody_else_is_said_to_be_none_of_ours(kiosk: Kiosk, code: str) -> None:
    to_check_in(kiosk, "name")
    QTest.keyClick(kiosk.window, Qt.Key.Key_Tab)
    QTest.keyClicks(kiosk.window, code[:300])
    for sign in code[300:]:
        kiosk.window._burst.put(sign)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Return)
    kiosk.at("foreign")
    assert kiosk.window.journey.entered.typed == "", "nothing of it was typed anywhere"


def test_whoever_has_gone_is_asked_and_then_forgotten(office: Office, kiosk: Kiosk) -> None:
    to_needs(kiosk, "pl")
    kiosk.touch("private")
    kiosk.wait(60)
    kiosk.at("idle")
    for _ in range(11):
        kiosk.wait(25)
        kiosk.touch("more_time")
        kiosk.at("needs")
        kiosk.wait(60)
        kiosk.at("idle")
    assert kiosk.window.journey.entered.needs == {Need.PRIVATE}, "more time is given as often as it is asked for"
    assert "sekund" in kiosk.page.countdown.text() if kiosk.page.countdown else False
    kiosk.wait(31)
    kiosk.at("language")
    entered = kiosk.window.journey.entered
    assert (entered.needs, entered.service_id, entered.tag) == (set(), "", "en")
    assert office.queue() == ()


def test_it_is_left_by_its_pin_alone(kiosk: Kiosk) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Menu):
        QTest.keyClick(kiosk.window, key)
    QTest.keyClick(kiosk.window, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not kiosk.window.close()
    assert kiosk.window.isVisible()
    kiosk.window.journey.ask_for_pin()
    kiosk.at("pin")
    kiosk.type("2468")
    kiosk.touch("go_on")
    kiosk.until(lambda: kiosk.says("That is not the PIN"))
    kiosk.type("1357")
    kiosk.touch("go_on")
    kiosk.until(lambda: kiosk.says("Wait"))
    assert kiosk.window.isVisible(), "a wrong PIN is slowed, and the right one with it"
    kiosk.wait(2)
    kiosk.type("1357")
    kiosk.touch("go_on")
    kiosk.until(lambda: not kiosk.window.isVisible())


def test_help_is_called_and_nobody_sees_why(office: Office, kiosk: Kiosk) -> None:
    kiosk.touch("en")
    kiosk.at("purpose")
    kiosk.touch("help")
    kiosk.at("help")
    kiosk.touch("private")
    kiosk.at("coming")
    quiet = kiosk.page.screen_shown
    kiosk.until(lambda: [each.discreet for each in office.desk.view().help_calls] == [True])
    kiosk.touch("back")
    kiosk.at("purpose")
    kiosk.touch("help")
    kiosk.at("help")
    kiosk.touch("screen")
    kiosk.at("coming")
    assert kiosk.page.screen_shown == quiet, "the same for everybody"


def test_one_touch_says_how_we_did(office: Office, kiosk: Kiosk) -> None:
    for about in ("skip", HOUSING):
        kiosk.touch("en")
        kiosk.at("purpose")
        kiosk.touch("feedback")
        kiosk.at("feedback")
        kiosk.touch("good")
        kiosk.at("about")
        kiosk.touch(about)
        kiosk.at("thanked")
        kiosk.touch("finish")
        kiosk.at("language")
    day = date(2026, 3, 2)
    kiosk.until(
        lambda: (
            office.desk.door.ask(q.FeedbackReport(OFFICE, day, day)) == {"": {Face.GOOD: 1}, "Housing": {Face.GOOD: 1}}
        )
    )


def test_a_closed_office_says_when_it_opens_and_takes_no_check_in(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    """In the council's own words, where it has some."""
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens" / "en.toml").write_text('[kiosk.closed]\nappointments = "Come back then."', encoding="utf-8")
    office.clock.advance(8 * HOUR)
    kiosk = office.kiosk(qtbot, wording_folder=str(tmp_path))
    try:
        kiosk.touch("en")
        kiosk.at("closed")
        assert kiosk.says("We open again on Tuesday 3 March at 9am.") and kiosk.says("Come back then.")
        kiosk.scanner.scanned.emit("AP-AAAAAAAA")
        kiosk.at("closed")
        office.clock.advance(15 * HOUR)
        kiosk.link.refresh()
        kiosk.at("check_in")
    finally:
        kiosk.close()


def test_it_fills_its_screen_without_a_window_manager_too(sqlite_office: Office, qtbot: QtBot) -> None:
    kiosk = sqlite_office.kiosk(qtbot, full_screen=True)
    try:
        assert kiosk.filled
    finally:
        kiosk.close()


def test_in_an_evacuation_every_screen_says_to_leave(office: Office, kiosk: Kiosk) -> None:
    to_needs(kiosk)
    office.desk.door.do(c.Evacuate(**office.desk.who))
    kiosk.link.refresh()
    kiosk.at("evacuated")
    for said in ("Please leave the building", "Lasci l’edificio", "يرجى مغادرة المبنى"):
        assert kiosk.says(said), "whichever language was chosen"
    assert not kiosk.says("You can ask to talk in private.")
    assert kiosk.keys().count("help") == 0
    office.desk.door.do(c.EndEvacuation(**office.desk.who, resume=True))
    kiosk.link.refresh()
    kiosk.at("needs")


def test_of_two_fingers_at_once_one_counts(kiosk: Kiosk) -> None:
    to_needs(kiosk)
    kiosk.touch_together("private", "step_free")
    assert len(kiosk.window.journey.entered.needs) <= 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "A colleague comes every half hour."),
        ("it", "A colleague comes every half hour."),
        ("pl", "Co pół godziny ktoś przychodzi."),
    ],
)
def test_an_area_office_says_who_comes_and_what_number_to_ring(
    office: Office, qtbot: QtBot, language: str, said: str
) -> None:
    desk = office.desk
    desk.change_settings(
        replace(
            desk.door.ask(q.SettingsOf(OFFICE)),
            unstaffed=True,
            who_comes="A colleague comes every half hour.",
            who_comes_said={"pl": "Co pół godziny ktoś przychodzi."},
            help_telephone="01923 123456",
        )
    )
    kiosk = office.kiosk(qtbot)
    try:
        to_needs(kiosk, language)
        kiosk.touch("help")
        kiosk.at("help")
        assert kiosk.says(said)
        assert kiosk.says("01923 123456")
        kiosk.until(lambda: len(desk.view().help_calls) == 1)
    finally:
        kiosk.close()


def test_keys_and_a_voice_are_enough(office: Office, kiosk: Kiosk) -> None:
    tap(kiosk.aid(3))
    kiosk.until(lambda: bool(kiosk.ear.heard))
    assert kiosk.ear.heard[0][1].startswith("Welcome.\nChoose your language.")
    assert ("pl", "Polski.") in kiosk.ear.heard
    kiosk.press_key(Qt.Key.Key_Down)
    for name in ("purpose", "service", "needs"):
        kiosk.press_key(Qt.Key.Key_Return)
        kiosk.at(name)
    kiosk.press_key(Qt.Key.Key_Space)
    kiosk.until(lambda: Need.LARGE_PRINT in kiosk.window.journey.entered.needs)
    kiosk.press_key(Qt.Key.Key_Down)
    assert kiosk.ear.heard[-1][1].endswith("not chosen")


def test_everything_that_is_touched_has_a_name_and_its_size(kiosk: Kiosk) -> None:
    to_needs(kiosk)
    kiosk.touch("private")
    for button in kiosk.page.findChildren(type(kiosk.button("private"))):
        if button.isHidden():
            continue
        assert button.inner().height() >= 96
        face = QAccessible.queryAccessibleInterface(button)
        assert face.text(QAccessible.Text.Name)
        expected = QAccessible.Role.CheckBox if button.isCheckable() else QAccessible.Role.Button
        assert face.role() == expected
    assert QAccessible.queryAccessibleInterface(kiosk.button("private")).state().checked


def test_a_kiosk_tells_of_its_screens_and_of_what_is_on(office: Office, kiosk: Kiosk, announced: list[str]) -> None:
    to_needs(kiosk)
    assert "Would any of these help you today?" in announced[-1]
    kiosk.touch("go_on")
    kiosk.at("last")
    assert "H001" in announced[-1]
    states = {called(each): each.state() for each in heard(kiosk.window)}
    assert not states["High contrast"].checked
    tap(kiosk.aid(2))
    kiosk.until(lambda: kiosk.aid(2).isChecked())
    assert {called(each): bool(each.state().checked) for each in heard(kiosk.window)}["High contrast"]


def test_a_ticket_that_does_not_print_is_in_the_queue_all_the_same(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    unplugged = PrinterConfig(kind=PrinterKind.FOLDER, address=str(tmp_path / "unplugged"))
    door = kiosk_door(office.kiosk_url, clock=office.clock, press=unplugged)
    kiosk = Kiosk(qtbot, door, printer=PrinterKind.FOLDER)
    ordered: list[str] = []
    kiosk.link.done.connect(lambda _command, result: ordered.extend(result.prints))
    try:
        to_needs(kiosk)
        kiosk.touch("go_on")
        kiosk.at("last")
        kiosk.until(lambda: kiosk.says("Your ticket did not print"))
        assert [row.number for row in office.queue()] == ["H001"]
        once_more = door._database.claim_print(ordered[0], TEN)
        assert once_more is not None
        assert once_more.told == kiosk.window.journey.entered.wait is not None, "it would say what the screen says"
    finally:
        kiosk.close()


def test_a_slow_database_is_said_in_the_visitors_language_for_as_long(kiosk: Kiosk) -> None:
    kiosk.touch("pl")
    kiosk.link.contact.emit(Contact(Reach.SLOW, TEN))
    kiosk.until(lambda: kiosk.says("System działa teraz wolniej"))
    kiosk.link.contact.emit(Contact(Reach.LIVE, TEN))
    kiosk.until(lambda: not kiosk.says("System działa teraz wolniej"))


def test_cut_off_it_gives_tickets_takes_down_claims_and_says_nothing_false(
    sqlite_office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    net = Net(sqlite_office.kiosk_url, tmp_path / "own", sqlite_office.clock)
    kiosk = Kiosk(qtbot, net.station(STATION, StationKind.KIOSK))
    try:
        net.cut(STATION)
        kiosk.until(lambda: kiosk.says("Our records have been out of reach since 10am."))
        kiosk.touch("en")
        kiosk.at("purpose")
        kiosk.touch("check_in")
        kiosk.at("check_in")
        assert kiosk.says("The desk will look for your appointment.")
        kiosk.touch("reference")
        kiosk.at("reference")
        kiosk.type("7K2M9QXA")
        kiosk.touch("go_on")
        kiosk.at("service")
        assert kiosk.says("The desk will look for your appointment.")
        kiosk.touch(HOUSING)
        kiosk.at("needs")
        kiosk.flood("go_on", 300)
        kiosk.at("last")
        assert kiosk.says("The desk will look for your appointment")
        kiosk.touch("help")
        kiosk.at("help")
        kiosk.touch("screen")
        kiosk.at("not_now")
        assert sqlite_office.queue() == ()
        net.mend(STATION)
        kiosk.until(lambda: len(sqlite_office.queue()) == 1)
        kiosk.until(lambda: not kiosk.says("out of reach"))
        (question,) = sqlite_office.desk.view().questions
        assert question.claimed.startswith("AP-7K2M9QXA")
    finally:
        kiosk.close()
        net.close()


def test_a_file_moved_away_under_kiosk_and_desk_is_said_at_both_and_both_go_on_when_it_is_back(
    sqlite_office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AGAIN_AFTER", (0, 50))
    file, away = tmp_path / "reception.db", tmp_path / "away.db"
    sqlite_office.desk.take()
    desk, kiosk = Link(sqlite_office.desk.door), sqlite_office.kiosk(qtbot)
    lost: list[object] = []
    desk.offline.connect(lambda *told: lost.append(told))
    desk.watch(q.Desk(OFFICE))
    try:
        qtbot.waitUntil(lambda: desk.last_contact.last_live is not None, timeout=10_000)
        file.rename(away)
        qtbot.waitUntil(lambda: bool(lost), timeout=3_000)
        kiosk.until(lambda: kiosk.says("Our records have been out of reach since 10am."))
        assert not file.exists(), "no empty file stands in for it"
        away.rename(file)
        qtbot.waitUntil(lambda: not desk.is_lost, timeout=10_000)
        kiosk.until(lambda: not kiosk.says("out of reach"))
        to_needs(kiosk)
        kiosk.touch("go_on")
        kiosk.at("last")
        assert [row.number for row in sqlite_office.queue()] == ["H001", "H002"]
    finally:
        desk.close()
        kiosk.close()
