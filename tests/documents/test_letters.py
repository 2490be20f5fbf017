"""Letters: every kind in both sizes, read back from the PDF and from the printed page."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ImageFilter

from reception.documents.letter_sheet import MM, WINDOW
from reception.documents.letters import letter_pdf
from reception.documents.raster import rasterise
from reception.documents.stationery import Stationery
from reception.domain.booked import Kind, LetterKind
from reception.domain.letter_snapshot import LetterSnapshot
from reception.domain.visitor import HomeVisit
from reception.errors import Code, Refusal
from tests.documents.letter_samples import (
    CONFIRMATION,
    DELAY_APOLOGY,
    HOME_VISIT,
    INTERPRETER_ORDER,
    KINDS,
    NEUTRAL,
    NEW_TIME,
    REFERENCE,
)
from tests.documents.samples import decoded, ink_box, metadata_of, pages_of, text_of

SIZES = [False, True]
BOTH_SIZES = pytest.mark.parametrize("large", SIZES, ids=["standard", "large"])
EVERY_KIND = pytest.mark.parametrize("kind", LetterKind)
HEIGHT = 297 * MM


def _written(snapshot: LetterSnapshot, stationery: Stationery, *, large: bool = False) -> bytes:
    return letter_pdf(replace(snapshot, large_print=large), stationery).pdf


def _text(pdf: bytes) -> str:
    """All pages in one line, no-break spaces as spaces."""
    return " ".join(text_of(pdf, page) for page in range(pages_of(pdf)))


def _sizes(pdf: bytes, page: int = 0) -> list[tuple[str, float, float]]:
    """Each character with its size of type and how far its base line is from the top, in points."""
    document = pdfium.PdfDocument(pdf)
    try:
        text_page = document[page].get_textpage()
        height = document[page].get_height()
        found = []
        for index in range(text_page.count_chars()):
            character = chr(pdfium.raw.FPDFText_GetUnicode(text_page, index))
            size = pdfium.raw.FPDFText_GetFontSize(text_page, index)
            box = text_page.get_charbox(index, loose=True)
            found.append((character, round(size, 1), height - box[1]))
        return found
    finally:
        document.close()


# -- every kind ----------------------------------------------------------------------------------------------------


@BOTH_SIZES
@EVERY_KIND
def test_every_letter_says_who_writes_and_whom_to_reach(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    out = letter_pdf(replace(KINDS[kind], large_print=large), stationery, "appointment-1")
    text = _text(out.pdf)
    for said in (
        "Hertsmere Borough Council",
        "Civic Offices, Elstree Way, Borehamwood WD6 1WA",
        "10 November 2026",
        REFERENCE,
        f"Dear {KINDS[kind].recipient}",
        "Rukhsana Aziz",
        "020 7946 0312",
        "rukhsana.aziz@hertsmere.example",
        "Yours sincerely",
        "Large print, Braille, audio or another language?",
        "Tuesday 24 November 2026",
        "3pm",
    ):
        assert said in text
    assert not re.search(r"[{}]|\[[a-z ]+\]|None|  ", text)
    assert (out.appointment_id, out.kind, out.pages) == ("appointment-1", kind, pages_of(out.pdf))
    assert out.pages <= (2 if large else 1)


HEADINGS = {
    LetterKind.CONFIRMATION: "Your appointment on Tuesday 24 November at 3pm",
    LetterKind.NEW_TIME: "Your appointment is now on Tuesday 24 November at 3pm",
    LetterKind.CANCELLATION: "Your appointment on Tuesday 24 November at 3pm is cancelled",
    LetterKind.DELAY_APOLOGY: "We are sorry about the delay to your appointment",
    LetterKind.MISSED: "You missed your appointment on Tuesday 24 November",
    LetterKind.HOME_VISIT: "We will visit you on Tuesday 24 November at 3pm",
    LetterKind.INTERPRETER_ORDER: "Order: interpreter for British Sign Language, Tuesday 24 November",
}


@BOTH_SIZES
@EVERY_KIND
def test_every_letter_says_at_once_what_it_is(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    assert HEADINGS[kind] in text_of(_written(KINDS[kind], stationery, large=large))


@EVERY_KIND
def test_neither_file_name_nor_title_says_anything_of_the_person(kind: LetterKind, stationery: Stationery) -> None:
    out = letter_pdf(replace(KINDS[kind], large_print=True), stationery)
    assert out.file_name == f"{REFERENCE}-{kind.value.replace('_', '-')}-large-print.pdf"
    metadata = metadata_of(out.pdf)
    assert REFERENCE in metadata["Title"]
    for person in ("Boateng", "Szabó", "Housing"):
        assert person not in str(metadata)
    assert b"/Lang (en-GB)" in out.pdf
    assert letter_pdf(replace(KINDS[kind], large_print=True), stationery).pdf == out.pdf


def test_a_reference_never_leaves_the_folder(stationery: Stationery) -> None:
    assert letter_pdf(replace(CONFIRMATION, reference="../x y"), stationery).file_name == "xy-confirmation.pdf"


@BOTH_SIZES
@EVERY_KIND
def test_nothing_is_clipped(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    for page in rasterise(_written(KINDS[kind], stationery, large=large), 100):
        left, top, right, bottom = ink_box(page)
        margin = 20 / 25.4 * 100
        assert left >= margin - 1
        assert right <= page.width - margin + 1
        assert top >= 15 / 25.4 * 100
        assert bottom <= page.height - 12 / 25.4 * 100


# -- sizes of type -------------------------------------------------------------------------------------------------


def _outside_window(pdf: bytes, page: int) -> list[tuple[str, float]]:
    return [
        (character, size)
        for character, size, base in _sizes(pdf, page)
        if character.strip() and (page > 0 or not WINDOW[1] <= base <= WINDOW[3] + 4)
    ]


@EVERY_KIND
def test_standard_print_is_12_points(kind: LetterKind, stationery: Stationery) -> None:
    sizes = {size for _, size in _outside_window(_written(KINDS[kind], stationery), 0)}
    assert sizes == {12.0, 16.0}


@EVERY_KIND
def test_large_print_is_18_points_and_set_anew(kind: LetterKind, stationery: Stationery) -> None:
    small, large = _written(KINDS[kind], stationery), _written(KINDS[kind], stationery, large=True)
    for page in range(pages_of(large)):
        assert min(size for _, size in _outside_window(large, page)) >= 18.0
    assert sorted(re.sub(r"Page \d of \d|Please turn over|\s", "", _text(small))) == sorted(
        re.sub(r"Page \d of \d|Please turn over|\s", "", _text(large))
    )
    document = pdfium.PdfDocument(large)
    assert document[0].get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.1)  # the sheet has not grown


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMATION, LetterKind.NEW_TIME])
def test_the_first_page_of_large_print_is_enough_to_come(kind: LetterKind, stationery: Stationery) -> None:
    pdf = _written(KINDS[kind], stationery, large=True)
    first = text_of(pdf)
    for said in (
        "Tuesday 24 November 2026",
        "3pm to 3.30pm",
        "Room 2",
        "Please bring",
        "scan this code",
        "Page 1 of 2",
    ):
        assert said in first
    assert "Please turn over" in first
    assert "Please turn over" not in text_of(pdf, 1)
    assert decoded(rasterise(pdf)[0]) == [REFERENCE]


# -- the window ----------------------------------------------------------------------------------------------------

LONG_NAME = ("Wolfeschlegelsteinhausenbergerdorff-Aburto " * 8)[:300]
ADDRESSES = {
    "one line": ("Kwame Boateng", ("Borehamwood WD6 9ZZ",)),
    "none": ("Kwame Boateng", ()),
    "five": ("Kwame Boateng", CONFIRMATION.address),
    "eight": ("Kwame Boateng", (*(f"{number} Larkfield House" for number in range(7)), "WD6 9ZZ")),
    "fifteen": ("Kwame Boateng", (*(f"{number} Larkfield House, Wing {number}" for number in range(14)), "WD6 9ZZ")),
    "long name": (LONG_NAME, CONFIRMATION.address),
    "long name, long address": (LONG_NAME, (*(f"{number} Larkfield House" for number in range(12)), "WD6 9ZZ")),
    "long lines": ("W" * 300, ("W" * 300, "M" * 300, "WD6 9ZZ")),
    "Chinese": ("王小明" * 30, ("海灣花園六號", "WD6 9ZZ")),
    "Arabic": ("محمد بن عبد الله", ("شقة 6، دار السلام", "WD6 9ZZ")),
    "no name": ("", CONFIRMATION.address),
}


@BOTH_SIZES
@pytest.mark.parametrize("case", ADDRESSES)
def test_the_address_is_inside_the_window(case: str, large: bool, stationery: Stationery) -> None:
    name, address = ADDRESSES[case]
    pdf = _written(replace(CONFIRMATION, recipient=name, address=address), stationery, large=large)
    dots = 200
    page = rasterise(pdf, dots)[0].convert("L").point(lambda grey: 255 - grey)
    to_dots = dots / 72
    beside = 125 * MM * to_dots  # date and reference
    upper = page.crop((0, round(45 * MM * to_dots), round(beside), round(94 * MM * to_dots)))
    box = upper.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left >= WINDOW[0] * to_dots - 1
    assert right <= WINDOW[2] * to_dots + 1
    assert top >= (WINDOW[1] - 45 * MM) * to_dots
    assert bottom <= (WINDOW[3] - 45 * MM) * to_dots
    if address:
        assert "WD6 9ZZ" in text_of(pdf)


@BOTH_SIZES
def test_a_long_name_stands_whole_in_the_letter(large: bool, stationery: Stationery) -> None:
    pdf = _written(replace(CONFIRMATION, recipient=LONG_NAME), stationery, large=large)
    assert "Dear" + LONG_NAME.replace(" ", "") in _text(pdf).replace(" ", "")


def test_a_usual_address_keeps_its_lines(stationery: Stationery) -> None:
    pdf = _written(CONFIRMATION, stationery)
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage().get_text_bounded(WINDOW[0], HEIGHT - WINDOW[3], WINDOW[2], HEIGHT - WINDOW[1])
    assert text.splitlines() == ["Kwame Boateng", *CONFIRMATION.address]


def test_nobody_is_greeted_by_an_empty_name(stationery: Stationery) -> None:
    assert "Hello" in _text(_written(replace(CONFIRMATION, recipient=" "), stationery))


# -- the code ------------------------------------------------------------------------------------------------------


@BOTH_SIZES
@pytest.mark.parametrize("kind", [LetterKind.CONFIRMATION, LetterKind.NEW_TIME])
def test_the_code_is_read_from_paper(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    page = rasterise(_written(KINDS[kind], stationery, large=large))[0].convert("L")
    assert decoded(page) == [REFERENCE]
    blurred = page.filter(ImageFilter.GaussianBlur(2.5))
    assert decoded(blurred) == [REFERENCE]
    assert decoded(blurred.rotate(5, expand=True, fillcolor=255)) == [REFERENCE]


def test_without_a_code_nothing_is_said_of_one(stationery: Stationery) -> None:
    pdf = _written(replace(CONFIRMATION, code=""), stationery)
    assert "scan" not in _text(pdf)
    assert decoded(rasterise(pdf)[0]) == []


# -- what a letter says, and does not -------------------------------------------------------------------------------


def test_a_promise_is_stated_only_where_there_is_one(stationery: Stationery) -> None:
    assert "within 5 minutes of your appointment time" in _text(_written(CONFIRMATION, stationery))
    assert "We aim" not in _text(_written(replace(CONFIRMATION, target_minutes=0), stationery))


@BOTH_SIZES
@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.INTERPRETER_ORDER])
def test_a_neutral_letter_says_nothing_of_what_it_is_for(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    text = _text(_written(replace(KINDS[kind], service=""), stationery, large=large))
    for secret in ("Housing", "Damp", "damp", "tenancy"):
        assert secret not in text
    assert REFERENCE in text


def test_a_telephone_appointment_asks_nobody_to_come(stationery: Stationery) -> None:
    ring = replace(
        CONFIRMATION,
        kind_of_appointment=Kind.TELEPHONE,
        room="",
        code="",
        telephone="07700 900 123",
        home=HomeVisit(),
    )
    text = _text(_written(ring, stationery))
    assert "We will phone you on Tuesday 24 November at 3pm" in text
    assert "we will phone you on 07700 900 123" in text
    assert "reception" not in text
    assert "step-free" not in text
    assert "Please be near your phone at 3pm." in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.OFFICE, "We expected you at 3pm and did not see you."),
        (Kind.TELEPHONE, "We phoned you at 3pm and could not reach you."),
        (Kind.HOME_VISIT, "We came at 3pm and did not find you at home."),
    ],
)
def test_a_missed_appointment_was_missed_where_it_was(kind: Kind, said: str, stationery: Stationery) -> None:
    text = _text(_written(replace(KINDS[LetterKind.MISSED], kind_of_appointment=kind), stationery))
    assert text.count("We hope that all is well.") == 1
    assert said in text


def test_a_home_visit_says_who_comes_and_how_to_know_them(stationery: Stationery) -> None:
    text = _text(_written(HOME_VISIT, stationery))
    for said in (
        "Please have ready: your tenancy agreement.",
        "We want to look at the damp in your bathroom and measure it.",
        "Rukhsana Aziz will show you photo identification",
        "The password agreed with you is blue kettle.",
        "We will write to you within 10 working days",
    ):
        assert said in text
    bare = _text(_written(replace(HOME_VISIT, home=HomeVisit(), officer=""), stationery))
    assert "password" not in bare
    assert "What happens next" not in bare
    assert "Why we are coming" not in bare
    assert "Our officer will show you photo identification" in bare


@BOTH_SIZES
def test_an_interpreter_learns_time_and_place_and_not_the_visitors_name(large: bool, stationery: Stationery) -> None:
    order = replace(
        INTERPRETER_ORDER,
        visitor="Kwame Boateng",
        about="Damp",
        telephone="07700 900 123",
        officer_title="Damp officer",
    )
    text = _text(_written(order, stationery, large=large))
    for said in (
        "British Sign Language",
        "Tuesday 24 November 2026",
        "3pm to 3.30pm",
        "Room 2",
        REFERENCE,
        "Maria Szabó",
    ):
        assert said in text
    for secret in ("Boateng", "Damp on", "07700", "About"):
        assert secret not in text


def test_an_apology_names_the_reason_the_wait_and_other_times(stationery: Stationery) -> None:
    text = _text(_written(DELAY_APOLOGY, stationery))
    for said in (
        "could not start on time. The interpreter was late. The wait was expected to be about 40 minutes.",
        "Wednesday 25 November 2026, 3pm Thursday 26 November 2026, 3pm Friday 27 November 2026, 3pm",
    ):
        assert said in text
    bare = _text(_written(replace(DELAY_APOLOGY, offered=(), delay_reason=None, expected_minutes=0), stationery))
    assert "Times that we can offer" not in bare
    assert "about 0" not in bare
    assert "If you would like another time, please tell us." in bare


def test_a_new_time_says_which_one_it_is_instead_of(stationery: Stationery) -> None:
    assert "Instead of Monday 23 November 2026, 3pm" in _text(_written(NEW_TIME, stationery))


@pytest.mark.parametrize(
    ("telephone", "email", "said"),
    [
        ("020 7946 0312", "a@b.example", "Contact Rukhsana Aziz: phone 020 7946 0312 or email a@b.example."),
        ("020 7946 0312", "", "Contact Rukhsana Aziz: phone 020 7946 0312."),
        ("", "a@b.example", "Contact Rukhsana Aziz: email a@b.example."),
        ("", "", "Contact Rukhsana Aziz at Hertsmere Borough Council."),
    ],
)
def test_whom_to_reach_and_how(telephone: str, email: str, said: str, stationery: Stationery) -> None:
    letter = replace(CONFIRMATION, contact_telephone=telephone, contact_email=email)
    assert said in _text(_written(letter, stationery))


def test_a_day_of_another_year_has_its_year_in_the_heading(stationery: Stationery) -> None:
    later = replace(
        CONFIRMATION, starts=CONFIRMATION.starts + 60 * 86_400_000, ends=CONFIRMATION.ends + 60 * 86_400_000
    )
    assert "Your appointment on Saturday 23 January 2027 at 3pm" in _text(_written(later, stationery))


# -- pages ---------------------------------------------------------------------------------------------------------

_SUBHEADINGS = ("Why we are coming", "How you know that it is us", "What happens next", "If the time does not suit you")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_no_heading_stands_alone_at_the_foot_of_a_page(purpose: int, next_: int, large: bool) -> None:
    home = replace(
        HOME_VISIT.home, purpose="We look at the damp. " * (1 + purpose), what_next="We write. " * (1 + next_)
    )
    pdf = _written(replace(HOME_VISIT, home=home), _STATIONERY, large=large)
    document = pdfium.PdfDocument(pdf)
    found = 0
    for page in document:
        lines = [line.strip() for line in page.get_textpage().get_text_bounded().splitlines()]
        body = [line for line in lines if not re.fullmatch(r"Please turn over|Page \d of \d|", line)]
        assert body[-1] not in _SUBHEADINGS
        found += sum(line in _SUBHEADINGS for line in body)
    assert found == len(_SUBHEADINGS)


_STATIONERY = Stationery.load()


@BOTH_SIZES
@EVERY_KIND
def test_nobody_signs_an_empty_page(kind: LetterKind, large: bool, stationery: Stationery) -> None:
    pdf = _written(KINDS[kind], stationery, large=large)
    last = text_of(pdf, pages_of(pdf) - 1)
    assert last.index("Yours sincerely") > 20


def test_a_letter_too_long_for_a_page_goes_on_and_loses_nothing(stationery: Stationery) -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    out = letter_pdf(replace(HOME_VISIT, home=replace(HOME_VISIT.home, purpose=words)), stationery)
    assert out.pages >= 3
    text = _text(out.pdf)
    assert all(f"word{number}" in text for number in (0, 749, 1499))
    assert f"Page {out.pages} of {out.pages}" in text
    assert text.count("Please turn over") == out.pages - 1


def test_long_facts_go_over_the_page(stationery: Stationery) -> None:
    out = letter_pdf(replace(CONFIRMATION, about="A long story. " * 300), stationery)
    assert _text(out.pdf).count("story") == 300
    assert decoded(rasterise(out.pdf)[0]) == [REFERENCE]


_ANYTHING = st.one_of(st.text(max_size=80), st.text(alphabet="AB {}[]%\\#\n\u200e\u202eمحা力", max_size=200))


@settings(max_examples=60, deadline=None)
@given(_ANYTHING, _ANYTHING, _ANYTHING, st.sampled_from(LetterKind), st.booleans())
def test_whatever_was_typed_is_printed_or_refused_for_want_of_a_font(
    name: str, address: str, about: str, kind: LetterKind, large: bool
) -> None:
    home = HomeVisit(purpose=about, password=name, have_ready=about, what_next=address)
    letter = replace(
        KINDS[kind],
        recipient=name,
        address=tuple(address.split("\n")),
        about=about,
        home=home,
        officer=name,
        room=about,
    )
    try:
        out = letter_pdf(replace(letter, large_print=large), _STATIONERY)
    except Refusal as refusal:
        code = refusal.code
    else:
        code = None
        assert pages_of(out.pdf) == out.pages
    assert code in (None, Code.FONT)


# -- other languages -----------------------------------------------------------------------------------------------


def test_a_language_from_right_to_left_mirrors_all_but_the_window(stationery: Stationery) -> None:
    pdf, english = (_written(replace(CONFIRMATION, language=tag), stationery) for tag in ("ar", "en"))
    assert b"/Lang (ar)" in pdf
    assert decoded(rasterise(pdf)[0]) == [REFERENCE]

    def edges(of: bytes, said: str) -> tuple[float, float]:
        document = pdfium.PdfDocument(of)
        text_page = document[0].get_textpage()
        found = text_page.search(said)
        index, count = list(iter(found.get_next, None))[-1]
        boxes = [text_page.get_charbox(index + each) for each in range(count)]
        return min(box[0] for box in boxes), max(box[2] for box in boxes)

    for said in ("Rukhsana Aziz, Housing officer", "Room 2, ground floor", "Damp in the bathroom", "Rukhsana Aziz"):
        (left, right), (from_left, from_right) = edges(pdf, said), edges(english, said)
        assert left + from_right == pytest.approx(210 * MM, abs=2)
        assert right + from_left == pytest.approx(210 * MM, abs=2)
    assert edges(pdf, "Larkfield")[0] == pytest.approx(edges(english, "Larkfield")[0], abs=0.1)


@pytest.mark.parametrize("name", ["王小明", "محمد بن علي", "شہباز خان", "মোহাম্মদ কিরণ", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "Żółćkiewicz"])
@BOTH_SIZES
def test_names_of_every_script_are_printed_and_read_back(name: str, large: bool, stationery: Stationery) -> None:
    pdf = _written(replace(CONFIRMATION, recipient=name, address=(name, "WD6 9ZZ")), stationery, large=large)
    lines = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_bounded().splitlines()
    assert [line.strip() for line in lines].count(name) >= 2


def test_bytes_are_a_pdf_of_a4(stationery: Stationery) -> None:
    pdf = _written(NEUTRAL, stationery)
    assert pdf.startswith(b"%PDF-1.7")
    assert len(pdf) < 80_000
