"""Letters and tickets in nine languages and both sizes, read back from the PDF's structure and from its text."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdfium2 import raw

from reception.config import Paper
from reception.documents.fonts import FontBook
from reception.documents.letters import letter_pdf
from reception.documents.raster import rasterise
from reception.documents.slip import slip_pdf
from reception.documents.stationery import Stationery
from reception.documents.text import Style, Typesetter
from reception.documents.ticket import ticket_pdf
from reception.domain.booked import LetterKind
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.visitor import HomeVisit
from tests.documents.letter_samples import CONFIRMATION, KINDS, REFERENCE
from tests.documents.samples import CODE, TICKET, TO_FOLLOW, decoded, ink_box
from tests.documents.tagged import elements, said_in, spoken

TAGS = [each.tag for each in VISITOR_LANGUAGES]
HOUSING = {"ar": "الإسكان", "bn": "আবাসন", "pl": "Mieszkania", "ur": "رہائش", "zh-Hant": "房屋"}
IN_EVERY_LANGUAGE = pytest.mark.parametrize("tag", TAGS)
BOTH_SIZES = pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
OTHER_KINDS = dict(zip(TAGS, [*LetterKind, LetterKind.HOME_VISIT, LetterKind.DELAY_APOLOGY], strict=True))
"""Besides the confirmation: each kind in one language at least."""


@cache
def _stationery() -> Stationery:
    return Stationery.load()


@cache
def _ticket(tag: str, large: bool) -> bytes:
    ticket = replace(TICKET, language=tag, large_print=large, services=HOUSING)
    return ticket_pdf(ticket, Paper.ROLL_80, _stationery())


@cache
def _letter(tag: str, large: bool, kind: LetterKind = LetterKind.CONFIRMATION) -> bytes:
    letter = replace(KINDS[kind], language=tag, large_print=large, service_said=HOUSING.get(tag, ""))
    return letter_pdf(letter, _stationery()).pdf


def _slip(tag: str, large: bool) -> bytes:
    return slip_pdf(replace(TO_FOLLOW, language=tag, large_print=large), Paper.A6, _stationery())


def _other_letter(tag: str, large: bool) -> bytes:
    return _letter(tag, large, OTHER_KINDS[tag])


def _taken_out(pdf: bytes) -> str:
    """The text as PDFium takes it out."""
    document = pdfium.PdfDocument(pdf)
    try:
        return said_in(" ".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


def _filled(tag: str, text: str) -> list[str]:
    """The pieces of a sentence between its placeholders."""
    pieces = "".join(each if each not in "{}" else "|" for each in text).split("|")[::2]
    return [said_in(piece) for piece in pieces if said_in(piece)]


def _in_order(text: str, pieces: list[str]) -> bool:
    """Whether the pieces come one after another; spaces don't count, for lines end within Chinese."""
    rest = text.replace(" ", "")
    for piece in pieces:
        _, found, rest = rest.partition(piece.replace(" ", ""))
        if not found:
            return False
    return True


@IN_EVERY_LANGUAGE
@BOTH_SIZES
@pytest.mark.parametrize("read", [spoken, _taken_out], ids=["structure", "text"])
def test_a_ticket_is_read_in_the_order_of_its_sentences(tag: str, large: bool, read: Callable[[bytes], str]) -> None:
    words = _stationery().words.of(tag).ticket
    text = read(_ticket(tag, large))
    expected = [TICKET.council, TICKET.office, words.your_number, "H010", HOUSING.get(tag, "Housing"), words.taken]
    expected += [words.wait, words.where, TICKET.place, words.next_heading]
    expected += [piece for sentence in words.next for piece in _filled(tag, sentence)]
    assert _in_order(text, [said_in(each) for each in (*expected, words.scan_heading, words.scan)])


@IN_EVERY_LANGUAGE
@BOTH_SIZES
@pytest.mark.parametrize("read", [spoken, _taken_out], ids=["structure", "text"])
def test_a_letter_is_read_in_the_order_of_its_sentences(tag: str, large: bool, read: Callable[[bytes], str]) -> None:
    words = _stationery().words.of(tag).letter
    text = read(_letter(tag, large))
    expected = [CONFIRMATION.council, "Kwame Boateng", "WD6 9ZZ", words.reference, REFERENCE, "Kwame Boateng"]
    expected += _filled(tag, words.confirmation.heading[-1])
    assert _in_order(text, [said_in(each) for each in expected])
    for sentence in words.confirmation.body:
        assert _in_order(text, _filled(tag, sentence.removeprefix("[office] "))), sentence
    assert _in_order(text, [said_in(words.sign_off), "Rukhsana Aziz", "Housing officer"])


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("made", [_ticket, _slip, _letter, _other_letter], ids=["ticket", "slip", "letter", "other"])
def test_the_text_that_is_taken_out_is_what_the_structure_says(tag: str, made: Callable[[str, bool], bytes]) -> None:
    """Word by word: of letters without what is of the paper alone, the number of the page."""
    pdf = made(tag, False)
    read, taken_out = (text(pdf).replace(" ", "") for text in (spoken, _taken_out))
    assert sorted(read) == sorted(taken_out) or made is _other_letter
    assert set(said_in(spoken(pdf)).split()) - set(_taken_out(pdf).split()) <= set() or tag.startswith(
        ("zh", "ar", "ur")
    )


@IN_EVERY_LANGUAGE
@BOTH_SIZES
def test_the_parts_of_a_letter(tag: str, large: bool) -> None:
    found = elements(_letter(tag, large))
    roles = [each.role for each in found]
    assert roles[0] == "Document"
    assert roles.count("H1") == 1
    assert roles.count("Table") == (2 if large else 1)
    rows = [each for each in found if each.role == "TR"]
    heads, cells = ([each for each in found if each.role == role] for role in ("TH", "TD"))
    assert len(rows) == len(heads) == len(cells)
    labels = _stationery().words.of(tag).letter.labels
    assert [said_in(each.text) for each in heads][:3] == [
        said_in(each) for each in (labels.when, labels.where, labels.with_)
    ]
    (figure,) = (each for each in found if each.role == "Figure")
    assert REFERENCE in figure.alternative
    assert found[0].language.partition("-")[0] == tag.partition("-")[0]
    (where,) = (each for each in cells if "Elstree Way" in each.text)
    assert where.language == "en-GB"


@IN_EVERY_LANGUAGE
@BOTH_SIZES
def test_the_parts_of_a_ticket(tag: str, large: bool) -> None:
    found = elements(_ticket(tag, large))
    assert [each.text for each in found if each.role == "H1"] == ["H010"]
    assert len([each for each in found if each.role == "H2"]) == 2
    assert len([each for each in found if each.role == "TR"]) == 3
    (figure,) = (each for each in found if each.role == "Figure")
    assert figure.alternative == _stationery().words.of(tag).ticket.code


@IN_EVERY_LANGUAGE
@BOTH_SIZES
@pytest.mark.parametrize("made", [_ticket, _letter], ids=["ticket", "letter"])
def test_what_the_file_says_of_itself(tag: str, large: bool, made: Callable[[str, bool], bytes]) -> None:
    language = _stationery().words.of(tag).language
    with pikepdf.open(io.BytesIO(made(tag, large))) as file:
        assert str(file.Root.Lang) == language
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == str(file.docinfo["/Title"])
            assert list(metadata["dc:language"]) == [language]
            assert "pdfuaid:part" not in metadata  # no validator has seen one


@IN_EVERY_LANGUAGE
@BOTH_SIZES
def test_nothing_is_clipped_and_the_code_is_read(tag: str, large: bool) -> None:
    (ticket,) = rasterise(_ticket(tag, large))
    left, _, right, _ = ink_box(ticket)
    assert left >= 31
    assert right <= ticket.width - 31
    assert decoded(ticket) == [CODE]


@pytest.mark.parametrize("tag", ["ar", "ur"])
@BOTH_SIZES
def test_a_ticket_from_right_to_left_is_mirrored(tag: str, large: bool) -> None:
    (page,) = rasterise(_ticket(tag, large))
    (english,) = rasterise(_ticket("en", large))
    assert _code_at(page) > page.width / 2 > _code_at(english)
    words = _stationery().words.of(tag).ticket
    assert _right_of(_ticket(tag, large), said_in(words.where)) > 570


def _code_at(page: object) -> float:
    import zxingcpp

    (found,) = zxingcpp.read_barcodes(page.convert("L"))  # type: ignore[attr-defined]
    return float(found.position.top_left.x + found.position.bottom_right.x) / 2


def _right_of(pdf: bytes, word: str) -> float:
    """How far right a word ends, in dots."""
    document = pdfium.PdfDocument(pdf)
    text_page = document[0].get_textpage()
    text = "".join(chr(raw.FPDFText_GetUnicode(text_page, place)) for place in range(text_page.count_chars()))
    start = text.index(word)
    return max(text_page.get_charbox(start + each)[2] for each in range(len(word))) * 203 / 72


def test_privacy_is_kept_on_paper() -> None:
    text = spoken(ticket_pdf(replace(TICKET, private=True), Paper.ROLL_80, _stationery()))
    assert "Housing" not in text
    assert "You asked to speak with us in private." in text


def test_figures_and_references_keep_their_order_from_right_to_left() -> None:
    for read in (spoken(_letter("ur", False)), _taken_out(_letter("ur", False))):
        assert REFERENCE in read
        assert "020 7946 0312" in read
        assert "rukhsana.aziz@hertsmere.example" in read


@IN_EVERY_LANGUAGE
def test_a_sentence_with_nothing_to_fill_in_is_left_out(tag: str) -> None:
    letter = replace(CONFIRMATION, language=tag, home=HomeVisit(), interpreter="Maria Szabó", interpreting="Italian")
    text = spoken(letter_pdf(letter, _stationery()).pdf)
    words = _stationery().words.of(tag).letter.confirmation.action
    (bring,) = (each for each in words if "{have_ready}" in each and not each.startswith("["))
    assert _filled(tag, bring)[0] not in text
    (come,) = (each for each in words if each.startswith("[office]"))
    assert _in_order(text, _filled(tag, come.removeprefix("[office] ")))


@pytest.mark.parametrize("tag", ["ar", "ur"])
@pytest.mark.parametrize("made", [_slip, _letter], ids=["slip", "letter"])
def test_a_telephone_number_is_drawn_as_it_is_dialled(tag: str, made: Callable[[str, bool], bytes]) -> None:
    pdf = made(tag, False)
    number = TO_FOLLOW.telephone if made is _slip else CONFIRMATION.contact_telephone
    places = [_right_of(pdf, group) for group in number.split()[1:]]
    assert places == sorted(places)
    assert number in _taken_out(pdf)


_WORDS = ["H010", "Civic Offices", "محمد", "بن علي", "24", "020\u00a07946", "(قريب)", "a@b.example", "نوفمبر،", "x"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7), st.sampled_from(["ar", "en"]))
def test_words_of_both_directions_are_taken_out_in_the_order_they_were_written(words: list[str], tag: str) -> None:
    text = " ".join(words)
    lines = Typesetter(_FONTS, tag).lines(text, Style(12, 17), 1000)
    assert _taken_out(_sheet(lines)).replace(" ", "") == said_in(text).replace(" ", "")


_FONTS = FontBook()


def _sheet(lines: list[object]) -> bytes:
    from reception.documents.pdf_file import About, written
    from reception.documents.structure import Part

    document = Part("Document")

    def draw(_: object, pen: object) -> None:
        for number, line in enumerate(lines):
            pen.write(line, 20, 700 - 40 * number, document.add("P"))  # type: ignore[attr-defined]
        pen.end_page()  # type: ignore[attr-defined]

    return written(draw, document, About("Words", "en"), (1100, 842), _FONTS)


def test_the_english_copy_for_the_file() -> None:
    letter = replace(CONFIRMATION, language="pl", large_print=True, service_said="Mieszkania")
    out = letter_pdf(letter, _stationery())
    assert out.language == "pl"
    copy = spoken(out.file_copy)
    assert copy.startswith("For the file: the same letter in English Hertsmere Borough Council")
    assert "Your appointment on Tuesday 24 November at 3pm" in copy
    assert "Mieszkania" not in copy
    assert out.file_copy_pages == 1
    assert "For the file" not in spoken(out.pdf)
    assert out.note == "Polish: drafted, not yet checked by a translator."
    assert letter_pdf(replace(letter, is_checked=True), _stationery()).note == ""
    english = letter_pdf(CONFIRMATION, _stationery())
    assert (english.file_copy, english.note) == (b"", "")
