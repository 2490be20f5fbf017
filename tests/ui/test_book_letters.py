"""Letters from the book: which are offered, looked at, printed, and said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reception.clock import MINUTE
from reception.domain.booked import Kind, LetterKind, Standing
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from tests.ui.book_driver import CTRL, ENTER, ESCAPE, BookDriver
from tests.ui.sample_book import NOW, TODAY, at, row, rows
from ui.book.batch_panel import BatchPanel
from ui.book.letter_panel import LetterPanel, kinds_for
from ui.file_dialog import FileDialog

PLAIN: dict[str, object] = {
    "kind": Kind.OFFICE,
    "standing": Standing.BOOKED,
    "starts": NOW + MINUTE,
    "told_at": None,
    "moved": 0,
    "interpreter_id": "",
}
"""An appointment that is to come, of which there is nothing to say but that."""


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, [LetterKind.CONFIRMATION]),
        ({"starts": NOW}, [LetterKind.CONFIRMATION, LetterKind.DELAY_APOLOGY]),
        ({"told_at": NOW}, [LetterKind.CONFIRMATION, LetterKind.DELAY_APOLOGY]),
        ({"moved": 1}, [LetterKind.NEW_TIME, LetterKind.CONFIRMATION]),
        ({"standing": Standing.CANCELLED, "interpreter_id": "bsl"}, [LetterKind.CANCELLATION]),
        ({"standing": Standing.DID_NOT_ATTEND}, [LetterKind.MISSED]),
        ({"standing": Standing.ATTENDED, "kind": Kind.HOME_VISIT}, [LetterKind.DELAY_APOLOGY]),
        ({"kind": Kind.HOME_VISIT}, [LetterKind.HOME_VISIT, LetterKind.CONFIRMATION]),
        ({"interpreter_id": "bsl"}, [LetterKind.CONFIRMATION, LetterKind.INTERPRETER_ORDER]),
    ],
    ids=["stands", "time has come", "told", "moved", "cancelled", "missed", "took place", "home visit", "interpreter"],
)
def test_a_letter_is_offered_where_it_says_what_is_so(changes: dict[str, object], kinds: list[LetterKind]) -> None:
    plain = replace(rows()[0], **PLAIN | changes)
    assert list(kinds_for(plain, NOW)) == kinds


def test_a_letter_is_looked_at_printed_and_kept(book: BookDriver) -> None:
    book.choose("samuel")
    assert book.has_button("Print letter, large print")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.KeepLetter)))
    assert [letter.kind for letter in book.fake.letters] == [LetterKind.CONFIRMATION]
    assert book.done(ac.KeepLetter)[0].large_print is True


@pytest.mark.parametrize("fails", [False, True], ids=["printed", "jammed"])
def test_a_letter_is_printed_once_and_what_came_of_it_is_told_though_its_panel_was_left(
    book: BookDriver, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    book.fake.print_gate.clear()
    if fails:
        book.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Fill it and print again.")
    asked_where: list[object] = []
    monkeypatch.setattr(FileDialog, "ask_file", lambda *of: (asked_where.append(of), ("", ""))[1])
    book.choose("samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    for key in (ENTER, ENTER, "s"):
        book.key(key)
    assert panel.problem() == "The letter is still being printed. Wait a moment."
    assert not asked_where
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: not isValid(panel))
    book.fake.print_gate.set()
    if fails:
        book.until(lambda: book.page.problem.text() == "The printer has no paper. Fill it and print again.")
    else:
        book.until(lambda: book.said == ["The letter is kept with the booking."])
        assert len(book.fake.letters) == len(book.done(ac.KeepLetter)) == 1


def test_where_a_letter_is_to_be_saved_is_asked_to_the_end_whatever_becomes_of_its_panel(
    book: BookDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"

    def ask(parent: QWidget, *_: object) -> tuple[str, str]:
        book.page.stack.close_idle()
        book.qtbot.waitUntil(lambda: not isValid(panel))
        assert isValid(parent)
        return str(file), ""

    monkeypatch.setattr(FileDialog, "ask_file", ask)
    book.choose("samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key("s")
    book.until(lambda: book.said == ["The letter is kept with the booking."])
    assert file.is_file()


def test_staff_are_told_of_a_letter_in_a_language_that_nobody_checked(book: BookDriver) -> None:
    book.fake.letters_in = "pl"
    book.choose("samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 3)
    assert panel.about_language.isVisible()
    assert panel.about_language.text() == (
        "Polish: drafted, not yet checked by a translator. In English below it: the copy for the file."
    )
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.KeepLetter)))
    assert book.done(ac.KeepLetter)[0].language == "pl"


def test_do_not_write_is_said_and_nothing_printed(book: BookDriver) -> None:
    book.fake.refuse_letter = Refusal(Code.DO_NOT_WRITE, "This visitor is not to be written to.", "Ring instead.")
    book.choose("samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.problem() == "This visitor is not to be written to. Ring instead.")
    assert not book.fake.letters


def test_a_jammed_printer_is_said(book: BookDriver) -> None:
    book.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Fill it and print again.")
    book.choose("samuel")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() == 2)
    book.key(ENTER)
    book.until(lambda: panel.problem() == "The printer has no paper. Fill it and print again.")
    assert not book.done(ac.KeepLetter)


def test_all_letters_of_tomorrow(book: BookDriver) -> None:
    for number in range(3):
        starts = at(10 + number, 0, TODAY + timedelta(days=1))
        book.fake.rows[f"t{number}"] = row(f"t{number}", "li", starts, 40, f"Visitor {number}")
    book.choose("samuel")
    book.key("p", CTRL | Qt.KeyboardModifier.ShiftModifier)
    panel = book.until_panel(BatchPanel)
    book.until(lambda: panel.words.text().startswith("3 letters to print."))
    book.key(ENTER)
    book.until(lambda: panel.words.text() == "3 letters printed.")
    assert panel.bar.value() == 3
    book.until(lambda: len(book.done(ac.KeepLetter)) == 3)
