"""A council's own words: read from its own file, read again once it has changed, and never written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pypdfium2
import pytest

from reception.app import Door
from reception.config import Config, PrinterConfig, PrinterKind
from reception.domain.booked import LetterKind
from reception.errors import Code
from reception.opening import open_door
from tests.documents.samples import EVERYONE
from tests.services.the_book import AtBook, place, refused, when
from tests.support import PlainPins

PROGRAM_S = (resources.files("resources") / "letters" / "en.toml").read_text(encoding="utf-8")
KIND = LetterKind.CONFIRMATION


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "our words.toml"
    write(file, PROGRAM_S.replace('sign_off = "Yours sincerely"', 'sign_off = "With good wishes"'))
    return file


@pytest.fixture
def door(desk: AtBook, own: Path, tmp_path: Path) -> Iterator[Door]:
    (tmp_path / "out").mkdir()
    printer = PrinterConfig(kind=PrinterKind.FOLDER, address=str(tmp_path / "out"))
    opened = open_door(
        Config(database=desk.door.config.database, wording_file=str(own), printer=printer), pins=PlainPins()
    )
    yield opened
    opened.close()


@pytest.fixture
def booked(desk: AtBook) -> str:
    return desk.book(place(when(11))).appointment_id


def write(file: Path, text: str) -> None:
    """As an editor would, later than the last time."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, encoding="utf-8")
    later = max(file.stat().st_mtime_ns, before + 1_000_000_000)
    os.utime(file, ns=(later, later))


def words(door: Door, booked: str) -> str:
    document = pypdfium2.PdfDocument(door.letter(booked, KIND).pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_council_s_words_stand_in_its_letters_and_a_change_shows_at_once(
    door: Door, desk: AtBook, own: Path, booked: str
) -> None:
    assert "With good wishes" in words(door, booked)
    assert "Yours sincerely" in words(desk.door, booked)
    write(own, PROGRAM_S.replace('sign_off = "Yours sincerely"', 'sign_off = "Kind regards"'))
    before = own.read_bytes()
    assert "Kind regards" in words(door, booked)
    assert own.read_bytes() == before


def test_a_slip_in_the_file_is_told_with_its_place_until_it_is_mended(door: Door, own: Path, booked: str) -> None:
    words(door, booked)
    right, wrong = own.read_text(encoding="utf-8"), PROGRAM_S.replace('greeting = "Dear {name}"', 'greeting = "{nme}"')
    line = wrong[: wrong.index("{nme}")].count("\n") + 1
    write(own, wrong)
    for _ in range(2):
        refusal = refused(lambda: door.letter(booked, KIND))
        assert refusal.code is Code.BAD_LETTER
        assert f"our words.toml, line {line}, “letter.greeting”" in refusal.reason
    write(own, right)
    assert "With good wishes" in words(door, booked)


def test_a_file_that_is_not_there_is_told_and_nothing_is_made_in_its_place(door: Door, own: Path, booked: str) -> None:
    own.unlink()
    refusal = refused(lambda: door.letter(booked, KIND))
    assert refusal.code is Code.UNREADABLE_FILE
    assert "our words.toml" in refusal.reason
    assert "wording_file" in refusal.remedy
    assert not own.exists()


def test_the_evacuation_list_is_printed_whatever_the_file_says(door: Door, own: Path, tmp_path: Path) -> None:
    write(own, "language =")
    door.print_evacuation(EVERYONE)
    assert len(list((tmp_path / "out").iterdir())) == 1
