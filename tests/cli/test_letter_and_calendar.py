"""`reception letter` and `reception calendar`: the file, what is kept, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar
from msgspec.structs import replace

from reception.domain.book import AppointmentCard
from reception.domain.booked import LetterKind, SafeContact
from reception.domain.person import Need
from reception.domain.visitor import HomeVisit
from reception.services.appointment_commands import CorrectAppointment
from reception.services.appointment_queries import AppointmentByCode
from tests.cli.book_office import MONDAY, book_settings
from tests.cli.conftest import Run
from tests.cli.test_import import counts
from tests.support import OFFICE, PRIYA, At, door_on

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def office(sqlite_url: str) -> str:
    door = door_on(sqlite_url)
    At(door).set_up(**book_settings())
    door.close()
    return sqlite_url


def book(run: Run, url: str, *more: object, at: str = f"{MONDAY}T10:30") -> str:
    who = ("--name", "Ada Nowak", "--address", "1 High Street", "--address", "WD6 1WA")
    answer = run("--database", url, "book", "--service", "Housing", "--at", at, *who, *more, "--format", "json")
    assert answer.code == 0, answer.err
    reference: str = json.loads(answer.out)["reference"]
    return reference


def card_of(url: str, reference: str) -> AppointmentCard:
    door = door_on(url)
    try:
        card: AppointmentCard = door.ask(AppointmentByCode(OFFICE, reference))
    finally:
        door.close()
    return card


def text_of(file: Path) -> str:
    pdf = pypdfium2.PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    finally:
        pdf.close()


def correct(
    url: str, reference: str, *needs: Need, safe: frozenset[SafeContact] = frozenset(), written: str = ""
) -> None:
    """What the visitor told the desk afterwards."""
    card = card_of(url, reference)
    person = replace(card.visitor.person, needs=frozenset(needs), written=written)
    visitor = replace(card.visitor, person=person, safe=safe)
    door = door_on(url)
    door.do(
        CorrectAppointment(
            office_id=OFFICE,
            officer_id=PRIYA,
            appointment_id=card.row.id,
            version=card.row.version,
            visitor=visitor,
            about=card.about,
            party_size=card.row.party_size,
            home=HomeVisit(),
        )
    )
    door.close()


# -- letters ---------------------------------------------------------------------------------------------------


def test_a_confirmation_says_when_and_where_and_is_kept(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    out = tmp_path / "letter.pdf"
    answer = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"The letter is in {out}: 1 page.\n"
    said = text_of(out)
    for words in (reference, "Ada Nowak", "1 High Street", "Monday 3 June 2030", "Grace Okafor"):
        assert words in said
    assert out.stat().st_mode & 0o077 == 0
    assert card_of(office, reference).letters == (LetterKind.CONFIRMATION,)


def test_a_reference_is_known_in_small_letters_too(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    argv = ("letter", reference.lower(), "--kind", "confirmation", "--out", tmp_path / "letter.pdf")
    assert run("--database", office, *argv).code == 0


def test_large_print_where_it_is_asked_for_or_needed(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    sizes = []
    for number, more in enumerate(((), ("--large-print",), ())):
        out = tmp_path / f"{number}.pdf"
        argv = ("letter", reference, "--kind", "confirmation", *more, "--out", out)
        assert run("--database", office, *argv).code == 0
        sizes.append(max(_heights(out)))
        correct(office, reference, Need.LARGE_PRINT)
    assert sizes[0] < sizes[1] == sizes[2]


def test_a_letter_in_another_language_has_its_english_beside_it(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    correct(office, reference, written="pl")
    out = tmp_path / "letter.pdf"
    answer = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert answer.code == 0
    assert answer.err == "Polish: drafted, not yet checked by a translator.\n"
    assert "Państwa wizyta" in text_of(out)
    copy = tmp_path / "letter-english.pdf"
    assert "For the file: the same letter in English" in text_of(copy)
    assert copy.stat().st_mode & 0o077 == 0
    assert str(copy) in answer.out
    out.unlink()
    again = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert again.code != 0
    assert not out.exists()


def _heights(file: Path) -> list[float]:
    pdf = pypdfium2.PdfDocument(file)
    try:
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(place) for place in range(page.count_chars())]
    finally:
        pdf.close()
    return [top - bottom for _left, bottom, _right, top in boxes]


def test_a_file_that_is_there_stays(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    out = tmp_path / "letter.pdf"
    out.write_text("mine")
    answer = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert (answer.code, answer.said) == (
        1,
        f"{out} is there already. Name another file after --out, or remove that one.",
    )
    assert out.read_text() == "mine"
    assert card_of(office, reference).letters == ()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_kept(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    out = tmp_path / "no" / "letter.pdf"
    answer = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert answer.code == 1
    assert "can't be written: it is not there." in answer.said
    assert card_of(office, reference).letters == ()


def test_to_standard_output(run: Run, office: str) -> None:
    reference = book(run, office)
    argv = ["--database", office, "letter", reference, "--kind", "confirmation", "--out", "-"]
    code = "import sys; from reception.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, cwd=PROJECT, timeout=60, check=True)
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout.rstrip().endswith(b"%%EOF")
    assert done.stderr == b""


def test_nobody_is_written_to_who_asked_not_to_be(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    correct(office, reference, safe=frozenset({SafeContact.DO_NOT_WRITE}))
    out = tmp_path / "letter.pdf"
    answer = run("--database", office, "letter", reference, "--kind", "confirmation", "--out", out)
    assert (answer.code, answer.out) == (1, "")
    assert not out.exists()
    assert card_of(office, reference).letters == ()


def test_an_unknown_reference(run: Run, office: str, tmp_path: Path) -> None:
    answer = run("--database", office, "letter", "AP-NOSUCH00", "--kind", "missed", "--out", tmp_path / "x.pdf")
    assert (answer.code, answer.said) == (
        1,
        "There is no appointment “AP-NOSUCH00”. Check the reference: AP- and eight characters, as on its letter.",
    )
    assert list(tmp_path.glob("*.pdf")) == []


# -- calendars -------------------------------------------------------------------------------------------------


def events(data: bytes) -> list[tuple[str, str]]:
    """Start and length in minutes of each event."""
    found = Calendar.from_ical(data).walk("VEVENT")
    return [
        (each["DTSTART"].dt.isoformat(), str(int((each["DTEND"].dt - each["DTSTART"].dt).total_seconds() // 60)))
        for each in found
    ]


def test_the_calendar_of_one_appointment(run: Run, office: str, tmp_path: Path) -> None:
    reference = book(run, office)
    out = tmp_path / "one.ics"
    answer = run("--database", office, "calendar", "--reference", reference, "--out", out)
    assert (answer.code, answer.out) == (0, f"The calendar is in {out}.\n")
    data = out.read_bytes()
    ((start, minutes),) = events(data)
    assert minutes == "20"
    assert start in ("2030-06-03T10:30:00+01:00", "2030-06-03T09:30:00+00:00")
    assert out.stat().st_mode & 0o077 == 0, "it names the visitor"
    assert b"Housing: Ada Nowak" in data


def test_the_calendar_of_an_officers_days(run: Run, office: str, tmp_path: Path) -> None:
    book(run, office)
    book(run, office, at="2030-06-04T09:00")
    book(run, office, at="2030-06-11T09:00")
    argv = ("calendar", "--officer", "grace okafor", "--from", MONDAY)
    for days, count in ((7, 2), (14, 3)):
        out = tmp_path / f"{days}.ics"
        assert run("--database", office, *argv, "--days", days, "--out", out).code == 0
        assert len(events(out.read_bytes())) == count
    nothing = tmp_path / "ewan.ics"
    argv = ("calendar", "--officer", "Ewan Pritchard", "--from", MONDAY, "--out", nothing)
    assert run("--database", office, *argv).code == 0
    assert events(nothing.read_bytes()) == []


def test_a_calendar_of_our_own_is_not_imported(run: Run, office: str, tmp_path: Path) -> None:
    """It would stand in the book twice."""
    out = tmp_path / "one.ics"
    run("--database", office, "calendar", "--reference", book(run, office), "--out", out)
    answer = run("--database", office, "import", "appointments", out)
    assert (counts(answer)["Brought in"], counts(answer)["our_own"]) == (0, 1)


def test_an_officer_who_is_not_there_and_a_file_that_is(run: Run, office: str, tmp_path: Path) -> None:
    out = tmp_path / "week.ics"
    answer = run("--database", office, "calendar", "--officer", "Nobody", "--out", out)
    assert answer.code == 1
    assert "Name one of: Ewan Pritchard, Grace Okafor." in answer.said
    assert not out.exists()
    out.write_text("mine")
    answer = run("--database", office, "calendar", "--officer", "Grace Okafor", "--out", out)
    assert "is there already" in answer.said
    assert out.read_text() == "mine"
