"""Words in nine languages: the program's, the council's, and what happens when one of them is broken."""

from __future__ import annotations

import logging
import shutil
from datetime import date, time
from pathlib import Path

import pytest

from reception.customs import Customs
from reception.documents.word_book import WordBook, WordingFiles
from reception.documents.wording_file import load_wording, own_file
from reception.domain.languages import VISITOR_LANGUAGES, language_of_paper
from reception.domain.said_wait import ExpectedWait
from reception.errors import Code, Refusal

POLISH = own_file("pl").read_text(encoding="utf-8")


def test_every_language_has_its_words_and_all_but_english_are_drafts() -> None:
    book = WordBook()
    assert [book.of(each.tag).language.partition("-")[0] for each in VISITOR_LANGUAGES] == [
        each.tag.partition("-")[0] for each in VISITOR_LANGUAGES
    ]
    drafted = "drafted, not yet checked by a translator"
    assert book.unchecked() == {each.tag: drafted for each in VISITOR_LANGUAGES[1:]}
    assert book.of("so") is book.english


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (POLISH.replace("void = ", 'viod = "x"\nvoid = '), "“ticket.viod” is not known"),
        (POLISH.replace('your_number = "Państwa numer"\n', ""), "“ticket.your_number” is missing"),
        (POLISH.replace("{number}", "{nmuber}", 1), "{nmuber}"),
        ("[ticket", "is not valid TOML"),
        ("", "is missing"),
    ],
    ids=["unknown key", "missing key", "placeholder", "no TOML", "empty"],
)
def test_a_broken_language_comes_out_in_english_and_staff_are_told(
    content: str, told: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert content != POLISH
    (tmp_path / "pl.toml").write_text(content, encoding="utf-8")
    book = WordBook(WordingFiles(folder=tmp_path))
    with caplog.at_level(logging.WARNING):
        assert book.of("pl") is book.english
    fault = book.fault("pl")
    assert fault is not None
    assert told in fault.reason
    assert book.note("pl").startswith("In English, since the words in Polish can’t be used: ")
    assert book.note("pl", is_checked=True) == book.note("pl")
    assert "pl" not in book.unchecked()
    assert "the letters file for pl cannot be used" in caplog.text
    assert book.of("it") is not book.english


def test_broken_english_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("[ticket", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        WordBook(WordingFiles(folder=tmp_path))
    assert refused.value.code is Code.UNREADABLE_FILE


def test_a_council_has_its_own_words_in_any_language(tmp_path: Path) -> None:
    assert 'status = "' in POLISH
    own = POLISH.replace("Państwa numer", "Wasz numer").replace("drafted, not yet checked by a translator", "")
    (tmp_path / "pl.toml").write_text(own, encoding="utf-8")
    files = WordingFiles(folder=tmp_path)
    before = files.as_of()
    book = WordBook(files)
    assert book.of("pl").ticket.your_number == "Wasz numer"
    assert book.note("pl") == ""
    assert book.of("it").ticket == WordBook().of("it").ticket
    shutil.copy(own_file("it"), tmp_path / "it.toml")
    assert files.as_of() != before


def test_one_english_file_goes_before_the_folder(tmp_path: Path) -> None:
    english = own_file("en").read_text(encoding="utf-8")
    (tmp_path / "en.toml").write_text(english.replace('wait = "Wait"', 'wait = "Of the folder"'), encoding="utf-8")
    one = tmp_path / "ours.toml"
    one.write_text(english.replace('wait = "Wait"', 'wait = "Of the file"'), encoding="utf-8")
    assert WordBook(WordingFiles(folder=tmp_path)).english.ticket.wait == "Of the folder"
    assert WordBook(WordingFiles(one, tmp_path)).english.ticket.wait == "Of the file"


def test_a_copy_of_an_older_file_goes_on_as_it_was(tmp_path: Path) -> None:
    """With the lists of days, and without what came into the file later."""
    text = own_file("en").read_text(encoding="utf-8")
    lists = f"weekdays = {['day'] * 7}\nmonths = {['month'] * 12}"
    text = text.replace("\n[dates]\n", f'\n[dates]\n{lists}\nmoment = "{{time}}, {{day}}"\n')
    text = text.replace("{office}, {time}, {day}", "{office}, {moment}")
    start, end = text.index("# Other languages are named"), text.index("[letter.delay_reasons]")
    text = text[:start] + text[end:]
    text = "\n".join(
        line
        for line in text[: text.index("# The English letter that is kept")].splitlines()
        if not line.startswith(("taken_at", "visited_at", "code =", 'private = "You'))
    )
    old = tmp_path / "ours.toml"
    old.write_text(text, encoding="utf-8")
    assert load_wording(old).ticket == load_wording().ticket
    assert load_wording(old).letter == load_wording().letter


@pytest.mark.parametrize(
    ("tag", "day", "with_year", "hour", "wait"),
    [
        ("ar", "الثلاثاء، 24 نوفمبر", "الثلاثاء، 24 نوفمبر 2026", "2:30 م", "5 دقائق"),
        ("it", "martedì 24 novembre", "martedì 24 novembre 2026", "14:30", "5 minuti"),
        ("pl", "wtorek, 24 listopada", "wtorek, 24 listopada 2026", "14:30", "5 minut"),
        ("zh-Hans", "11月24日星期二", "2026年11月24日星期二", "14:30", "5分钟"),
        ("xx", "Tuesday 24 November", "Tuesday, 24 November 2026", "14:30", "5 minutes"),
    ],
)
def test_days_and_times_as_is_usual(tag: str, day: str, with_year: str, hour: str, wait: str) -> None:
    customs = Customs(tag)
    assert customs.day(date(2026, 11, 24)) == day
    assert customs.day(date(2026, 11, 24), with_year=True) == with_year
    assert customs.time(time(14, 30)) == hour
    assert customs.minutes(5) == wait


@pytest.mark.parametrize(
    ("tag", "low", "high", "said"),
    [
        ("ar", 5, 10, "من 5 إلى 10 دقائق تقريبًا"),
        ("ar", 12, 20, "من 12 إلى 20 دقيقة تقريبًا"),
        ("zh-Hans", 90, 90, "约1½小时"),
        ("pl", 1, 29, "do około 30 minut"),
    ],
)
def test_waits_in_other_languages(tag: str, low: int, high: int, said: str) -> None:
    assert WordBook().of(tag).saying.wait_of(ExpectedWait(low, high)) == said


@pytest.mark.parametrize(
    ("tag", "name", "said"),
    [
        ("pl", "Ukrainian", "ukraiński"),
        ("pl", "Cantonese", "kantoński"),
        ("it", "Dari", "dari"),
        ("it", "Klingon", "Klingon"),
        ("en", "Kurdish (Sorani)", "Kurdish (Sorani)"),
    ],
)
def test_languages_are_named_in_the_letters_own(tag: str, name: str, said: str) -> None:
    assert Customs(tag).language(name) == said


@pytest.mark.parametrize(
    ("written", "spoken", "tag"),
    [
        ("pl", "ur", "pl"),
        ("", "ur", "ur"),
        ("", "yue", "zh-Hant"),
        ("", "cmn", "zh-Hans"),
        ("zh-TW", "", "zh-Hant"),
        ("pl-PL", "", "pl"),
        ("so", "pl", "en"),
        ("", "bfi", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_of_paper(written: str, spoken: str, tag: str) -> None:
    assert language_of_paper(written, spoken) == tag
