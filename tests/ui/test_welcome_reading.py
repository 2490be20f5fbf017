"""What is typed into the settings, read and said again; and checks that agree with the door's own."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.domain.office import Hours, Role
from reception.domain.queueing import RULES
from reception.domain.standards import BUSHEY_HOURS, POTTERS_BAR_HOURS, PRESETS
from reception.domain.workdays import Division
from reception.errors import Refusal
from reception.services.checking_settings import check_settings
from reception.services.office_settings import Limits
from reception.services.pins import check_form
from tests.support import settings
from ui.calling_rules import CALLING_RULES
from ui.welcome import checks, words
from ui.welcome.defaults import new_office
from ui.welcome.reading import (
    Unreadable,
    as_typed,
    factor_words,
    quoted,
    read_date,
    read_factor,
    read_minutes,
    read_number,
    read_time,
    time_words,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9am", time(9)),
        (" 9 AM ", time(9)),
        ("9.30", time(9, 30)),
        ("9:30am", time(9, 30)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
        ("17.15", time(17, 15)),
        ("1715", time(17, 15)),
        ("5.15pm", time(17, 15)),
        ("5.15 p.m.", time(17, 15)),
        ("5", time(17)),
        ("6.59", time(18, 59)),
        ("7", time(7)),
        ("5am", time(5)),
        ("05.00", time(5)),
        ("12", time(12)),
        ("12pm", time(12)),
        ("12am", time(0)),
        ("midday", time(12)),
        ("noon", time(12)),
        ("23.59", time(23, 59)),
    ],
)
def test_times_as_people_type_them(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "24", "9.60", "25:00", "13pm", "0am", "9.5", "9..30", "99999", "-9"])
def test_what_is_not_a_time(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"Enter one like 9am, 9\.30 or 17\.15\.$"):
        read_time(typed)


@given(st.times())
def test_a_time_said_is_read_as_the_same(at: time) -> None:
    minute = time(at.hour, at.minute)
    assert read_time(time_words(minute)) == minute


def test_times_are_said_as_people_say_them() -> None:
    said = [time_words(at) for at in (time(9), time(9, 30), time(12), time(12, 5), time(17, 15), time(0))]
    assert said == ["9am", "9.30am", "midday", "12.05pm", "5.15pm", "midnight"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("  ", None),
        ("no promise", None),
        ("None", None),
        ("15", 15),
        ("15 min", 15),
        ("15 minutes", 15),
        ("+5", 5),
        ("1", 1),
        ("600", 600),
    ],
)
def test_minutes(typed: str, meant: int | None) -> None:
    assert read_minutes(typed) == meant


@pytest.mark.parametrize("typed", ["0", "-5", "−5", "601", "999999999999"])
def test_targets_that_are_not_possible(typed: str) -> None:
    with pytest.raises(Unreadable) as answer:
        read_minutes(typed)
    number = typed.replace("−", "-")
    assert str(answer.value) == (
        f"A target of {number} minutes is not possible. Enter 1 to 600 minutes, or leave it empty for no promise."
    )


@pytest.mark.parametrize("typed", ["fifteen", "1.5", "15 hours", "1e3", "９", "9" * 5_000, "'; DROP TABLE"])
def test_what_is_not_a_number_of_minutes(typed: str) -> None:
    with pytest.raises(Unreadable, match="is not a whole number of minutes"):
        read_minutes(typed)


def test_numbers_and_factors() -> None:
    assert read_number(" 7 ", Limits(1, 20)) == 7
    assert read_factor("1,5", Limits(1, 10)) == 1.5
    assert factor_words(2.0) == "2"
    for typed, sentence in (
        ("", "A number is missing. Enter 1 to 20."),
        ("0", "0 is not possible. Enter 1 to 20."),
        ("x", "“x” is not a whole number. Enter 1 to 20."),
    ):
        assert checks.fault_of(lambda typed=typed: read_number(typed, Limits(1, 20))) == sentence
    guard = Limits(1, 10)
    assert checks.fault_of(lambda: read_factor("0.5", guard)) == "0.5 times the target is not possible. Enter 1 to 10."
    assert checks.fault_of(lambda: read_factor("", guard)) == "A number is missing. Enter 1 to 10, for example 1.5."
    assert checks.fault_of(lambda: read_factor("1.5.1", guard)).startswith("“1.5.1” is not a number.")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25 December 2026", date(2026, 12, 25)),
        ("25 Dec 2026", date(2026, 12, 25)),
        ("Friday 25 December 2026", date(2026, 12, 25)),
        ("25th December", date(2026, 12, 25)),
        ("24 November", date(2026, 11, 24)),
        ("23 November", date(2027, 11, 23)),
        ("29 February", date(2028, 2, 29)),
        ("25/12/2026", date(2026, 12, 25)),
        ("25.12.26", date(2026, 12, 25)),
        ("1/2", date(2027, 2, 1)),
        ("2026-12-25", date(2026, 12, 25)),
    ],
)
def test_dates_are_day_first(typed: str, meant: date) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["", "soon", "31 February", "31/2/2026", "12/25/2026", "2026-13-01", "25 Smarch"])
def test_what_is_not_a_date(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"Enter one like 25 December or 25/12/2026\.$"):
        read_date(typed, TODAY)


def test_names_are_taken_as_given() -> None:
    for name in ("Ὀδυσσεύς", "حسن", "🙂", "=1+1", "'; DROP TABLE visit", "x" * 300):
        assert as_typed(f"  {name} ") == name
    assert as_typed("half \ud83d") == "half �", "half a character can't be saved"
    assert len(quoted("x" * 300)) == 42


# -- words -----------------------------------------------------------------------------------------------------------


def test_every_preset_rule_division_and_role_has_its_words() -> None:
    assert set(words.PUBLISHERS) == set(PRESETS)
    assert [key for key, _ in words.preset_names()] == [*PRESETS, words.OWN]
    assert [rule for rule, _, _ in CALLING_RULES] == list(RULES)
    assert [value for value, _ in words.DIVISIONS] == [division.value for division in Division]
    assert [value for value, _ in words.ROLES] == [role.value for role in Role]


def test_what_the_documents_state_and_what_they_do_not() -> None:
    assert words.preset_facts("hertsmere") == (
        ("Walk-ins seen", "within 15 minutes"),
        ("Walk-ins resolved", "no promise"),
        ("Appointments seen", "no promise"),
        ("Notice of visits", "no promise"),
        ("Opening hours", "Monday to Thursday 9am to 5.15pm, Friday 9am to 5pm"),
        ("Free telephone", "in reception; the kiosk says so"),
    )
    assert words.preset_facts("hart")[1] == ("Walk-ins resolved", "within 10 minutes")
    assert [fact for _, fact in words.preset_facts("north-herts")[:3]] == ["no promise"] * 3
    assert words.preset_facts(words.OWN) == ()
    assert [name for name, _ in words.fills("hertsmere")] == ["Hertsmere hours", "Potters Bar hours", "Bushey hours"]
    assert words.fills(words.OWN) == ()


def test_a_week_is_said_in_runs() -> None:
    hours = (Hours(0, time(9), time(12)), Hours(0, time(13), time(17)), Hours(2, time(10), time(12)))
    assert words.week_words(hours) == "Monday 9am to midday and 1pm to 5pm, Wednesday 10am to midday"
    assert words.listed(["A", "B"]) == "A and B"
    assert words.listed(["A", "B", "C", "D", "E"]) == "A, B and 3 more"


def test_hours_below_what_the_document_states() -> None:
    stated = PRESETS["hertfordshire"].hours
    assert checks.shortfall_words(stated, "hertfordshire") == {}
    assert checks.shortfall_words(stated, words.OWN) == {}
    short = tuple(replace(each, closes=time(15)) if each.weekday == 4 else each for each in stated if each.weekday)
    assert checks.shortfall_words(short, "hertfordshire") == {
        0: "Closed, but open 9am to 5pm in Hertfordshire's customer care standards.",
        4: "Shorter than the 9am to 4pm in Hertfordshire's customer care standards.",
    }
    split = (*stated[1:], Hours(0, time(8), time(12)), Hours(0, time(12), time(18)))
    assert checks.shortfall_words(split, "hertfordshire") == {}, "two openings may cover a day together"
    assert checks.shortfall_words(POTTERS_BAR_HOURS, "hertsmere") == {}, "the document states these for an area office"
    assert checks.shortfall_words(BUSHEY_HOURS, "hertsmere") == {}
    assert checks.closed_all_week((), words.OWN) == "The office never opens."


# -- the letter --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "taken", "letter"),
    [
        ("Housing", "", "H"),
        ("council tax", "C", "T"),
        ("Cat", "CAT", "B"),
        ("  ", "", ""),
        ("房屋", "", "A"),
        ("Éire", "", "I"),
        ("Anything", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""),
    ],
)
def test_the_letter_that_a_name_proposes(name: str, taken: str, letter: str) -> None:
    assert checks.proposed_letter(name, list(taken)) == letter


def test_letters_that_are_missing_wrong_or_alike() -> None:
    assert checks.letter_fault("Housing", "", []) == (
        "“Housing” has no letter for its tickets. Give it one capital letter, A to Z."
    )
    assert checks.letter_fault("", "7", []).startswith("A ticket can't begin with “7”.")
    assert checks.letter_fault("Housing", "É", []).startswith("A ticket can't begin with “É”.")
    both = [("Housing", "H"), ("Homes", "H"), ("Parking", "P")]
    assert checks.letter_fault("Homes", "H", both) == (
        "“Housing” and “Homes” have the same letter H. Give each service a letter of its own."
    )
    assert checks.letter_fault("Parking", "P", both) == ""


# -- agreement with the door -------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("0123456789 aé٣"), max_size=14))
def test_a_pin_is_right_here_as_it_is_at_the_door(pin: str) -> None:
    try:
        check_form(pin)
    except Refusal:
        assert checks.pin_fault(pin, has_one=False)
    else:
        assert not checks.pin_fault(pin, has_one=False)


@given(st.text(max_size=2))
def test_a_letter_is_right_here_as_it_is_at_the_door(letter: str) -> None:
    service = replace(settings().services[0], letter=letter)
    try:
        check_settings(settings(services=(service,), counters=settings().counters, staff=settings().staff[:2]))
    except Refusal:
        assert checks.letter_fault(service.name, letter, [(service.name, letter)])
    else:
        assert not checks.letter_fault(service.name, letter, [(service.name, letter)])


def test_a_new_office_lacks_names_and_a_pin_alone() -> None:
    begun = new_office()
    with pytest.raises(Refusal, match="The office has no name"):
        check_settings(begun)
    officer = replace(begun.staff[0].officer, name="Priya Nair")
    check_settings(
        replace(begun, name="Civic Offices", council="Hertsmere", staff=(replace(begun.staff[0], officer=officer),))
    )
