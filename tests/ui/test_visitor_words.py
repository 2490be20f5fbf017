"""Words for visitors: checked against the English file, said by number, day and time, and never a reason to stop."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from reception.documents.drafts import drafts, own_on_screens
from reception.domain.screen_texts import WordsError, checked, texts_from
from ui import visitor_words
from ui.visitor_words import VisitorBook, read_words, spoken, words_of

ENGLISH: dict[str, Any] = {
    "a.title": "Wait {minutes} min",
    "a.closes": {"one": "{count} second", "other": "{count} seconds"},
}
WHOLE: dict[str, Any] = {
    "a.title": "Czekaj {minutes} min",
    "a.closes": {"one": "sekunda", "few": "{count} sekundy", "other": "{count}"},
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"a.title": None}, "pl.toml: a.title is missing."),
        ({"a.title": "Czekaj"}, "pl.toml: a.title leaves out {minutes}."),
        ({"a.title": "{minutes} {name}"}, "pl.toml: a.title has the unknown placeholder {name}."),
        ({"a.title": "{minutes"}, "pl.toml: a.title has a brace that stands alone."),
        ({"a.title": "{minutes:x} min"}, "pl.toml: a.title has more than a name in the braces of {minutes}."),
        ({"a.title": "{minutes!q} min"}, "pl.toml: a.title has more than a name in the braces of {minutes}."),
        ({"a.title": " "}, "pl.toml: a.title says nothing."),
        ({"a.title": 5}, "pl.toml: a.title is no text."),
        ({"a.closes": ["{count} s"]}, "pl.toml: a.closes is no text."),
        ({"a.closes": "{count} s"}, "pl.toml: a.closes should have forms for numbers."),
        ({"a.closes": {"other": "{name}"}}, "pl.toml: a.closes (other) has the unknown placeholder {name}."),
        ({"b": "?"}, "pl.toml: b is not a key of the English file."),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key_and_english_stands_in(change: dict[str, Any], said: str) -> None:
    texts = {key: text for key, text in (WHOLE | change).items() if text is not None}
    good, faults = checked(texts, ENGLISH, "pl.toml")
    assert faults == [said]
    for key in ENGLISH:
        assert good[key] == (ENGLISH[key] if key in change else WHOLE[key])


def test_a_broken_file_is_refused_in_the_reading_and_said_in_english_to_visitors(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = visitor_words._file("en")[1]
    broken = {key: text for key, text in whole.items() if key != "kiosk.welcome.title"} | {"kiosk.back": "Wstecz"}
    monkeypatch.setattr(visitor_words, "_file", lambda tag: ("en-GB", whole) if tag == "en" else ("pl", broken))
    with pytest.raises(WordsError, match=r"pl\.toml: kiosk\.welcome\.title is missing"):
        read_words("pl")
    words_of.cache_clear()
    words = words_of("pl")
    words_of.cache_clear()
    assert (words("kiosk.back"), words("kiosk.welcome.title")) == ("Wstecz", "Welcome")
    assert "kiosk.welcome.title" in caplog.text


def test_a_file_that_is_no_toml_leaves_everything_in_english(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = visitor_words._file("en")
    monkeypatch.setattr(
        visitor_words, "_file", lambda tag: whole if tag == "en" else texts_from("language = ", f"{tag}.toml")
    )
    words_of.cache_clear()
    words = words_of("ur")
    words_of.cache_clear()
    assert (words.tag, words.is_right_to_left) == ("en", False)
    assert "ur.toml" in caplog.text


def test_a_council_corrects_sentences_in_a_file_of_its_own_and_marks_them_as_checked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "pl.toml"
    file.write_text(
        'status = ""\n[kiosk]\nback = "Cofnij"\nbakc = "?"\n'
        'cut_off = "Od {tiem}."\n[kiosk.last.closes]\nother = "{count} s"\n[dates]\nday = "d"\n',
        encoding="utf-8",
    )
    faults = (
        "pl.toml, line 4: kiosk.bakc is not a key of the English file.",
        "pl.toml, line 5: kiosk.cut_off has the unknown placeholder {tiem}.",
        "pl.toml, line 9: dates.day is a pattern, and not for a council to change.",
    )
    words, programs = VisitorBook(tmp_path).of("pl"), words_of("pl")
    assert (words("kiosk.back"), words("kiosk.last.closes", count=3)) == ("Cofnij", "3 s")
    assert words("kiosk.cut_off", time="9:00") == programs("kiosk.cut_off", time="9:00")
    assert own_on_screens(file, "pl").faults == faults and all(fault in caplog.text for fault in faults)
    assert "pl" not in {each.tag for each in drafts(folder=tmp_path)} and "pl" in {each.tag for each in drafts()}
    assert VisitorBook(tmp_path).of("ur") is words_of("ur") and VisitorBook(None).of("pl") is programs
    file.write_text((Path(str(files("resources"))) / "i18n" / "pl.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert own_on_screens(file, "pl").texts == {} and own_on_screens(file, "pl").faults == ()
    for wrong in ("back = ", 'language = "it"\n[kiosk]\nback = "X"'):
        file.write_text(wrong, encoding="utf-8")
        assert VisitorBook(tmp_path).of("pl")("kiosk.back") == programs("kiosk.back")
        assert len(own_on_screens(file, "pl").faults) == 1


def test_english_is_whole_and_says_days_times_and_numbers() -> None:
    words = read_words("en")
    assert words.time(datetime(2026, 11, 24, 10, 42)) == "10.42am"  # noqa: DTZ001  local time, as it is shown
    assert words.day(date(2026, 11, 24), date(2026, 1, 1)) == "Tuesday 24\u00a0November", "no line ends in it"
    assert words.day(date(2027, 1, 4), date(2026, 11, 24)) == "Monday 4\u00a0January 2027"
    assert words("kiosk.last.closes", count=1) == "This screen closes in 1 second."
    assert words("kiosk.last.closes", count=20) == "This screen closes in 20 seconds."
    assert words.language_name("pl") == "Polish"


def test_what_is_filled_in_stands_by_itself_among_words_that_run_the_other_way() -> None:
    words = visitor_words.VisitorWords("ur", "ur", {"ring": "{telephone} پر فون کریں"})
    said = words("ring", telephone="020 8207 2277")
    assert said == "\u2068020 8207 2277\u2069 پر فون کریں"
    assert spoken(said) == "020 8207 2277 پر فون کریں"


def test_the_office_s_own_words_stand_by_themselves_where_words_run_the_other_way() -> None:
    assert words_of("ur").own("A colleague comes.") == "\u2068A colleague comes.\u2069"
    assert (words_of("pl").own("A colleague comes."), words_of("ur").own("")) == ("A colleague comes.", "")
