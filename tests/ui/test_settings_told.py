"""The sections about what visitors are told: kiosk, notices, languages, and what a service is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.notices import Notice
from reception.domain.office import Service, ServiceWords
from reception.services.office_settings import OfficeSettings
from tests.support import OFFICE, settings
from tests.ui.settings_hands import CONTROL, Desk, Key, PretendDoor, name_of

SERVICES, KIOSK, NOTICES, LANGUAGES = 5, 10, 11, 12
POLISH = {"pl": ServiceWords("Mieszkania", "Wnioski, naprawy")}
CLOSING = Notice(
    "closing",
    {"en": "We close at 5pm.", "pl": "Zamykamy o 17:00."},
    date(2026, 12, 1),
    date(2026, 12, 31),
    time(14),
    time(17),
    frozenset({4}),
)
KEPT = settings(
    services=(Service("housing", "Housing", "H", about="Repairs", said=POLISH), Service("parking", "Parking", "K")),
    notices=(CLOSING,),
    checked_languages=frozenset({"it"}),
    place="Ground floor",
    place_said={"pl": "Parter"},
    staff=tuple(settings().staff[:1]),
)


@pytest.fixture
def told(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot, PretendDoor(KEPT), OFFICE)
    yield desk
    desk.link.close()


def _write(desk: Desk, text: str) -> None:
    """As an input method does for letters that no key of this keyboard has."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(desk.hands.focus(), event)


def _saved(desk: Desk) -> OfficeSettings:
    desk.confirm()
    desk.hands.until(lambda: bool(desk.saved))
    return desk.door.told[-1].settings


def test_what_is_not_touched_is_kept_as_it_is(told: Desk) -> None:
    told.go(1)
    told.hands.tab_to("Telephone")
    told.hands.retype("020 7946 0999")
    kept = _saved(told)
    assert kept.place_said == KEPT.place_said
    assert (kept.services, kept.notices, kept.checked_languages) == (KEPT.services, KEPT.notices, frozenset({"it"}))
    assert (kept.unstaffed, kept.who_comes, kept.kiosk_pin) == (False, "", "")


def test_an_area_office_says_who_comes_or_what_number_to_ring(told: Desk) -> None:
    told.go(KIOSK)
    told.hands.press(Key.Key_Space)
    told.hands.press(Key.Key_S, CONTROL)
    assert "not told who comes or what number to ring" in told.form.sections.kiosk.fields()[0].said
    told.hands.tab_to("Who comes")
    told.hands.type("Somebody from the bureau.")
    told.hands.tab_to("Number to ring for help")
    told.hands.type("020 7946 0100")
    kept = _saved(told)
    assert (kept.unstaffed, kept.who_comes) == (True, "Somebody from the bureau.")
    assert kept.help_telephone == "020 7946 0100"


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("12", "12", "A PIN is 4 to 12 digits"), ("1357", "1358", "not alike"), ("1357", "1357", "")],
)
def test_the_kiosk_s_pin_is_typed_twice_and_forgotten(told: Desk, pin: str, again: str, said: str) -> None:
    page = told.form.sections.kiosk
    told.go(KIOSK)
    told.hands.tab_to("PIN of the kiosks")
    told.hands.type(pin)
    told.hands.tab_to("PIN of the kiosks again")
    told.hands.type(again)
    if said:
        told.hands.press(Key.Key_S, CONTROL)
        assert any(said in field.said for field in page.fields())
        assert not told.door.told
    else:
        assert _saved(told).kiosk_pin == pin
        assert (page.pin.text(), page.again.text()) == ("", "")


def test_a_notice_is_written_with_days_hours_and_other_languages(told: Desk) -> None:
    hands, page = told.hands, told.form.sections.notices
    told.go(NOTICES)
    hands.press(Key.Key_N, CONTROL)
    hands.type("The lift is out of order.")
    line = page.lines[1]
    hands.tab_to("More about")
    hands.press(Key.Key_Space)
    for name, text in (
        ("First day of", "1 December"),
        ("Last day of", "24/12/2026"),
        ("From what time", "9.30"),
        ("Until what time", "5pm"),
    ):
        hands.tab_to(name)
        hands.type(text)
    hands.click(line.parts().weekdays[5])
    hands.click(line.parts().weekdays[6])
    hands.tab_to("“The lift is out of order.” in Urdu")
    _write(told, "لفٹ خراب ہے۔")
    notice = _saved(told).notices[1]
    assert notice.words == {"en": "The lift is out of order.", "ur": "لفٹ خراب ہے۔"}
    assert (notice.first, notice.last) == (date(2026, 12, 1), date(2026, 12, 24))
    assert (notice.opens, notice.closes, notice.weekdays) == (time(9, 30), time(17), frozenset(range(5)))


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("First day of", "5 January 2027", "ends before its first day"),
        ("Last day of", "someday", "is not a date"),
        ("Until what time", "", "only one of its two times"),
        ("Until what time", "2pm", "ends when it begins"),
        ("Name of", "", "no words in English"),
        ("Name of", "x" * 2_001, "2,001 characters"),
    ],
)
def test_what_is_wrong_with_a_notice_is_said_beside_it(told: Desk, field: str, text: str, said: str) -> None:
    told.go(NOTICES)
    line = told.form.sections.notices.lines[0]
    told.hands.click(line.details.more)
    control = next(each for each in line.controls() if name_of(each).startswith(field))
    control.setFocus()
    told.hands.press(Key.Key_A, CONTROL)
    told.hands.press(Key.Key_Delete)
    if len(text) > 100:
        line.name.insert(text)
    else:
        told.hands.type(text)
    told.hands.press(Key.Key_S, CONTROL)
    assert any(said in each.said for each in line.faults()), [each.said for each in line.faults()]
    assert not told.door.told


def test_a_notice_without_a_day_is_refused_where_its_days_stand(told: Desk) -> None:
    told.go(NOTICES)
    line = told.form.sections.notices.lines[0]
    told.hands.click(line.details.more)
    told.hands.click(line.parts().weekdays[4])
    told.hands.press(Key.Key_S, CONTROL)
    assert any("shown on no day" in each.said for each in line.faults())


def test_services_are_named_in_each_language_and_checked_languages_are_ticked(told: Desk) -> None:
    hands, page = told.hands, told.form.sections.languages
    told.go(LANGUAGES)
    hands.tab_to("Polish has been checked")
    hands.press(Key.Key_Space)
    hands.pick(page.language, "Polish: Polski")
    assert (page.services[0].name.text(), page.services[0].about.text()) == ("Mieszkania", "Wnioski, naprawy")
    hands.tab_to("Name of “Parking” in Polish")
    hands.type("Parkowanie")
    hands.pick(page.language, "Urdu: اردو")
    assert page.services[1].name.text() == ""
    assert page.services[1].name.isRightToLeft()
    hands.tab_to("Name of “Parking” in Urdu")
    _write(told, "پارکنگ")
    kept = _saved(told)
    assert kept.checked_languages == frozenset({"it", "pl"})
    assert kept.services[0].said == POLISH
    assert kept.services[1].said == {"pl": ServiceWords("Parkowanie"), "ur": ServiceWords("پارکنگ")}


def test_where_to_wait_and_who_comes_are_said_in_each_language(told: Desk) -> None:
    hands, page = told.hands, told.form.sections.languages
    told.go(LANGUAGES)
    hands.pick(page.language, "Urdu: اردو")
    hands.tab_to("Where visitors wait, in Urdu")
    assert page.place.isRightToLeft()
    _write(told, "پہلی منزل")
    hands.tab_to("Who comes, in Urdu")
    _write(told, "ڈینیل آئے گا۔")
    hands.pick(page.language, "Polish: Polski")
    assert page.place.text() == "Parter"
    kept = _saved(told)
    assert kept.place_said == {"pl": "Parter", "ur": "پہلی منزل"}
    assert kept.who_comes_said == {"ur": "ڈینیل آئے گا۔"}


def test_another_place_is_not_called_as_the_one_before(told: Desk) -> None:
    told.go(1)
    told.hands.tab_to("Where visitors wait")
    told.hands.retype("First floor")
    assert _saved(told).place_said == {}


def test_a_name_that_is_missing_in_a_language_is_asked_for_there(told: Desk) -> None:
    hands, page = told.hands, told.form.sections.languages
    told.go(LANGUAGES)
    hands.pick(page.language, "Italian: Italiano")
    hands.tab_to("What is said of “Parking” in Italian")
    hands.type("Permessi, multe")
    hands.pick(page.language, "Polish: Polski")
    hands.press(Key.Key_S, CONTROL)
    assert page.services[1].fields[0].said == "There is no name in Italian. Enter it, or empty what it is about."
    assert not told.door.told


def test_a_service_that_is_new_or_renamed_is_offered_for_translation(told: Desk) -> None:
    hands, page = told.hands, told.form.sections.languages
    told.go(SERVICES)
    hands.retype("Homes")
    hands.press(Key.Key_N, CONTROL)
    hands.type("Planning")
    told.go(LANGUAGES)
    assert [each.heading.text() for each in page.shown()] == ["Homes", "Parking", "Planning"]
    hands.pick(page.language, "Italian: Italiano")
    hands.tab_to("Name of “Planning” in Italian")
    hands.type("Urbanistica")
    told.go(SERVICES)
    hands.click(told.form.sections.services.lines[1].remove)
    kept = _saved(told)
    assert [(each.name, dict(each.said)) for each in kept.services] == [
        ("Homes", POLISH),
        ("Planning", {"it": ServiceWords("Urbanistica")}),
    ]


def test_what_a_service_is_about_stands_behind_more(told: Desk) -> None:
    told.go(SERVICES)
    line = told.form.sections.services.lines[0]
    told.hands.click(line.details.more)
    told.hands.tab_to("What “Housing” is about")
    told.hands.retype("Applying, repairs")
    assert _saved(told).services[0].about == "Applying, repairs"
