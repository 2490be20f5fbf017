"""The eight other languages say all that English says, in their own letters, with the same places to fill in."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from reception.clock import from_datetime
from reception.documents.wording_file import load_wording, own_file
from reception.domain.languages import VISITOR_LANGUAGES, VisitorLanguage, visitor_language
from tests.resources.texts import (
    KINDS,
    TAGS,
    condition,
    english_of,
    file_data,
    file_text,
    is_form_of_number,
    is_heading,
    placeholders,
    texts,
    words,
)
from ui.visitor_words import read_words, spoken

DRAFT = "drafted, not yet checked by a translator"
EVERY_FILE = [(kind, tag) for kind in KINDS for tag in TAGS]
RIGHT_TO_LEFT = [(kind, tag) for kind, tag in EVERY_FILE if visitor_language(tag).is_right_to_left]

SCRIPTS = {
    "ar": "ARABIC",
    "bn": "BENGALI",
    "pa": "GURMUKHI",
    "ur": "ARABIC",
    "zh-Hans": "CJK",
    "zh-Hant": "CJK",
}
SAME_AS_ENGLISH = {"kiosk.keyboard.latin"}
"""The key that shows Latin letters says so in them."""
SAID_ALIKE = {
    "it": {"letter.labels.was", "kiosk.page", "ticket.email", "slip.email"},
    "pl": {"slip.title", "slip.email", "ticket.email"},
}
"""What is the same word in both languages."""

LENGTHS = {"target_length": "target_minutes", "expected_length": "expected_minutes"}
WORD_WITH_IT = {"length": ("minutes", "hours", "high")}
"""Number and word together, in place of the number."""


def _as_in_english(key: str, found: frozenset[str]) -> frozenset[str]:
    """The placeholders as English has them, for a text that says a length of time with its word."""
    plain = {LENGTHS.get(name, name) for name in found}
    if "length" in plain:
        english = placeholders(english_of("letters")[key])
        plain = (plain - {"length"}) | (english & frozenset(WORD_WITH_IT["length"]))
    return frozenset(plain)


# -- whole -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_a_language_has_every_text_and_no_other(kind: str, tag: str) -> None:
    english, found = english_of(kind), texts(kind, tag)
    of_numbers = {key.rpartition(".")[0] for key in english if is_form_of_number(key)}
    plain = {key for key in english if not is_form_of_number(key)}
    assert {key for key in found if not is_form_of_number(key)} == plain
    assert {key.rpartition(".")[0] for key in found if is_form_of_number(key)} == of_numbers


@pytest.mark.parametrize("tag", TAGS)
def test_the_program_takes_the_files_as_they_are(tag: str) -> None:
    assert read_words(tag).tag == tag
    assert load_wording(own_file(tag)).language == tag


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_every_file_says_that_it_is_a_draft(kind: str, tag: str) -> None:
    assert file_data(kind, tag)["status"] == DRAFT
    assert file_data(kind, tag)["language"] == tag


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_texts_have_the_placeholders_and_conditions_of_the_english_ones(kind: str, tag: str) -> None:
    english = english_of(kind)
    for key, text in texts(kind, tag).items():
        if is_form_of_number(key):
            continue
        assert condition(text) == condition(english[key]), key
        assert is_heading(text) == is_heading(english[key]), key
        assert _as_in_english(key, placeholders(text)) == placeholders(english[key]), key


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_there_is_a_form_for_every_number_that_is_said(tag: str) -> None:
    rule = Locale.parse(tag, sep="-").plural_form
    needed = {rule(number) for number in range(1, 200)}
    forms: dict[str, set[str]] = {}
    for key in texts("i18n", tag):
        if is_form_of_number(key):
            table, _, category = key.rpartition(".")
            forms.setdefault(table, set()).add(category)
    assert {table: needed - found for table, found in forms.items() if needed - found} == {}


# -- in its own letters ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_no_english_is_left(kind: str, tag: str) -> None:
    english = set(english_of(kind).values())
    script = SCRIPTS.get(tag)
    left = []
    for key, text in texts(kind, tag).items():
        if key.startswith("dates.") or key in SAME_AS_ENGLISH | SAID_ALIKE.get(tag, set()) or not _letters(words(text)):
            continue
        own = script is None or any(unicodedata.name(each, "").startswith(script) for each in words(text))
        if text in english or not own:
            left.append(key)
    assert left == []


def _letters(text: str) -> str:
    """The letters, without those of units and abbreviations that every language writes alike."""
    return "".join(each for each in re.sub(r"\b(min|BSL|QR|AP)\b", "", text) if each.isalpha())


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_files_are_written_cleanly(kind: str, tag: str) -> None:
    text = file_text(kind, tag)
    assert unicodedata.is_normalized("NFC", text)
    assert not [
        hex(ord(each)) for each in text if unicodedata.category(each) in ("Cf", "Co", "Cn") and each != "\u200c"
    ]
    for key, said in texts(kind, tag).items():
        assert said == said.strip() and "  " not in said and not set(said) & set("\"'"), key


@pytest.mark.parametrize(("kind", "tag"), EVERY_FILE)
def test_figures_are_those_on_tickets(kind: str, tag: str) -> None:
    strange = [each for each in "".join(texts(kind, tag).values()) if each.isdecimal() and not each.isascii()]
    assert strange == []


@pytest.mark.parametrize(("kind", "tag"), RIGHT_TO_LEFT)
def test_no_text_from_right_to_left_begins_with_what_may_run_the_other_way(kind: str, tag: str) -> None:
    """Its direction would be that of a name or a number in Latin letters. Days, times and plain figures are its own."""
    its_own = {"time", "day", "low", "count", "percent"}
    turned = [
        key
        for key, text in texts(kind, tag).items()
        if not key.startswith("letter.contact")
        and (begins := re.match(r"(?:\[[a-z -]*\] )?\{(\w+)\}.", text))
        and begins[1] not in its_own
    ]
    assert turned == []


# -- for a screen and for a voice ------------------------------------------------------------------------------

BUTTONS = {
    f"kiosk.{name}"
    for name in (
        *("back", "next", "finish", "start_again", "try_again", "take_ticket", "ask_for_help", "help_short"),
        *("next_page", "page_before", "further_down", "further_up", "needs.none", "last.more_time"),
        *("found.check_in", "found.late_check_in", "idle.more_time", "keyboard.space", "keyboard.delete"),
        *("keyboard.delete", "keyboard.other_letters", "feedback.rather_not"),
    )
}
AIDS = {f"kiosk.aids.{name}" for name in ("language", "larger_text", "high_contrast", "read_aloud")}
CHOICES = {
    f"kiosk.{name}"
    for name in (
        *("purpose.ticket", "purpose.check_in", "purpose.feedback", "check_in.scan", "check_in.reference"),
        *("check_in.name", "needs.private", "needs.interpreter", "needs.bsl", "needs.large_print"),
        *("needs.step_free", "needs.hearing_loop", "needs.children", "needs.help", "help.screen", "help.private"),
    )
}
LONGEST = dict.fromkeys(BUTTONS, 24) | dict.fromkeys(AIDS, 18) | dict.fromkeys(CHOICES, 36)
"""In Latin letters; one in Chinese is as wide as two."""


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_what_stands_on_a_button_is_short(tag: str) -> None:
    found = texts("i18n", tag)
    assert {key: found[key] for key, longest in LONGEST.items() if _width(found[key]) > longest} == {}


def _width(text: str) -> int:
    marks = ("Mn", "Me")
    wide = ("W", "F")
    return sum(
        1 + (unicodedata.east_asian_width(each) in wide) for each in text if unicodedata.category(each) not in marks
    )


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_what_is_called_aloud_is_words_alone(tag: str) -> None:
    for key, text in texts("i18n", tag).items():
        if key.startswith("voice."):
            spoken = words(text)
            assert not [each for each in spoken if unicodedata.category(each)[0] not in "LMZP"], key
            assert not set(spoken) & set("’‘“”()/–-"), key


@pytest.mark.parametrize("language", VISITOR_LANGUAGES)
def test_days_and_times_are_said_in_the_language(language: VisitorLanguage) -> None:
    said = read_words(language.tag)
    at = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
    time, day = said.time(at), said.day(at.date(), date(2026, 1, 1))
    assert re.search(r"(15|3).05", time) and "24" in day
    assert "2027" in said.day(date(2027, 3, 2), at.date())
    script = SCRIPTS.get(language.tag)
    if script:
        assert any(unicodedata.name(each, "").startswith(script) for each in day)


@pytest.mark.parametrize("language", VISITOR_LANGUAGES)
def test_a_time_is_said_alike_at_the_kiosk_on_the_display_and_on_paper(language: VisitorLanguage) -> None:
    on_screens, on_paper = read_words(language.tag), load_wording(own_file(language.tag)).saying
    london = ZoneInfo("Europe/London")
    for hour, minute in ((0, 0), (0, 30), (7, 5), (10, 0), (10, 42), (12, 0), (12, 30), (14, 0), (17, 30), (21, 5)):
        at = datetime(2026, 7, 24, hour, minute, tzinfo=london)
        assert spoken(on_screens.time(at)) == on_paper.time_of(from_datetime(at), london)
    day = date(2026, 11, 24)
    assert spoken(on_screens.day(day, day)) == on_paper.day_of(day, day)
    if language.tag == "en":
        said = [spoken(on_screens.time(datetime(2026, 7, 24, hour, tzinfo=london))) for hour in (0, 9, 12, 14)]
        assert said == ["12 midnight", "9am", "12 noon", "2pm"]
