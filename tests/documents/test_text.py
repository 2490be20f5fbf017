"""Text of every script: its direction, its glyphs, its lines, and what is read back from paper."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from reception.documents.breaking import breaks
from reception.documents.direction import (
    first_strong,
    is_right_to_left,
    isolated,
    levels,
    settable,
    visual_order,
    without_marks,
)
from reception.documents.fonts import REPORTLAB_LOCK, FontBook, Weight
from reception.documents.pen import Pen
from reception.documents.shaping import Shaper
from reception.documents.text import Line, Style, Typesetter
from reception.errors import Code, Refusal

PLAIN = Style(12, 17)
NAMES = {
    "English": "Kwame Boateng, office",
    "Polish": "Świętosława Żółćkiewicz, ul. Łódzka 3",
    "Welsh": "Tŷ’r Cyngor, Dŵr",
    "simplified Chinese": "王小明，请等候叫号",
    "traditional Chinese": "陳大文，辦公室",
    "Arabic": "محمد بن عبد الله، السلام عليكم",
    "Urdu": "شہباز خان ڈاکٹر، گھر نمبر 12",
    "Bengali": "মোহাম্মদ কিরণ চৌধুরী ক্ষেত্র শ্রী",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਕਿ",
    "Hindi": "क्षत्रिय हिन्दी",
    "Hebrew": "שלום עולם",
}


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook()


@pytest.fixture(scope="module")
def setter(fonts: FontBook) -> Typesetter:
    return Typesetter(fonts, "en-GB")


def _pdf(lines: list[Line]) -> bytes:
    buffer = io.BytesIO()
    with REPORTLAB_LOCK:
        canvas = Canvas(buffer, pagesize=(600, 800), invariant=1)
        pen = Pen(canvas)
        for number, line in enumerate(lines):
            pen.write(line, 40, 760 - 30 * number)
        canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def _read(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    try:
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return [unicodedata.normalize("NFC", " ".join(line.split())) for line in text.splitlines()]


# -- glyphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("weight", [Weight.REGULAR, Weight.SEMIBOLD])
def test_every_script_has_glyphs(script: str, weight: Weight, setter: Typesetter) -> None:
    (line,) = setter.lines(NAMES[script], Style(12, 17, weight), 1000, foreign=True)
    assert line.glyphs
    assert all(glyph.glyph_id != 0 for glyph in line.glyphs)
    assert line.width == pytest.approx(sum(glyph.advance for glyph in line.glyphs) * 12)


def test_letters_are_joined_and_turned_as_their_script_asks(fonts: FontBook) -> None:
    def glyphs(text: str) -> list[int]:
        return [glyph.glyph_id for line in Typesetter(fonts, "en").lines(text, PLAIN, 1000) for glyph in line.glyphs]

    assert set(glyphs("بيت")) & set(glyphs("ب ي ت")) != set(glyphs("بيت"))  # joined forms are other glyphs
    vowel_first, consonant = glyphs("কি")[0], glyphs("ক")[0]
    assert vowel_first != consonant  # the vowel sign is drawn before its letter
    assert len(glyphs("ক্ষ")) == 1  # three characters, one conjunct
    assert glyphs("ب(") != glyphs("ب)")


def test_brackets_turn_round_with_their_text(setter: Typesetter) -> None:
    def drawn(text: str) -> dict[str, int]:
        (line,) = setter.lines(text, PLAIN, 1000, foreign=True)
        return {glyph.text: glyph.glyph_id for glyph in line.glyphs}

    latin, arabic = drawn("(a)"), drawn("(ب)")
    assert latin["("] != latin[")"]
    assert (arabic["("], arabic[")"]) == (latin["("], latin[")"])


def test_arabic_is_set_from_right_to_left(setter: Typesetter) -> None:
    (line,) = setter.lines("ابجد", PLAIN, 1000)
    assert [glyph.text for glyph in line.glyphs] == ["د", "ج", "ب", "ا"]


def test_figures_within_arabic_run_from_left_to_right(setter: Typesetter) -> None:
    (line,) = setter.lines("شقة 12", PLAIN, 1000, foreign=True)
    assert "".join(glyph.text for glyph in line.glyphs).startswith("12 ")


def test_a_script_without_a_font_is_refused_by_name(setter: Typesetter) -> None:
    with pytest.raises(Refusal) as refused:
        setter.lines("Kwame 🏠", PLAIN, 1000)
    assert refused.value.code is Code.FONT
    assert "Kwame" not in refused.value.reason


# -- reading back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", NAMES)
def test_paper_is_read_back_as_it_was_written(script: str, setter: Typesetter) -> None:
    lines = setter.lines(NAMES[script], PLAIN, 1000, foreign=True)
    assert _read(_pdf(lines)) == [NAMES[script]]


def test_another_reader_reads_it_too(setter: Typesetter, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("pdf") / "names.pdf"
    scripts = ("English", "Polish", "traditional Chinese", "Bengali", "Punjabi", "Hindi", "Hebrew")
    path.write_bytes(_pdf([line for each in scripts for line in setter.lines(NAMES[each], PLAIN, 1000, foreign=True)]))
    try:
        said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("pdftotext is not installed here")
    for script in scripts:
        assert NAMES[script] in " ".join(without_marks(unicodedata.normalize("NFC", said)).split())


def test_the_same_text_gives_the_same_bytes(setter: Typesetter) -> None:
    lines = setter.lines(NAMES["Bengali"], PLAIN, 1000)
    assert _pdf(lines) == _pdf(lines)


# -- direction ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", False),
        ("ar", True),
        ("ur-PK", True),
        ("ckb", True),
        ("zh-Hant", False),
        ("pa", False),
        ("ur-Latn", False),
    ],
)
def test_languages_have_a_direction(language: str, expected: bool) -> None:
    assert is_right_to_left(language) is expected


def test_levels_and_order() -> None:
    assert levels("ab", right_to_left=False) == [0, 0]
    assert levels("אב", right_to_left=False) == [1, 1]
    assert levels("ab", right_to_left=True) == [2, 2]
    assert levels("א1", right_to_left=True) == [1, 2]
    assert visual_order([0, 1, 0]) == [0, 1, 2]
    assert visual_order([1, 2, 1]) == [2, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([]) == []


def test_a_name_of_the_other_direction_keeps_its_brackets(setter: Typesetter) -> None:
    name = isolated("علي (الحاج)", right_to_left=False)
    (line,) = setter.lines(f"Dear {name}, hello", PLAIN, 1000)
    drawn = "".join(glyph.text for glyph in line.glyphs)
    assert drawn == "Dear (جاحلا) يلع, hello"
    assert line.text == "Dear علي (الحاج), hello"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\t\nb\x00c ", "a b c"),
        ("w\u0302", "ŵ"),
        ("10\u00a0am", "10\u00a0am"),
        ("a\u202eb\u2066c\ufeff\ufe0f", "abc"),
        ("ن\u200cم", "ن\u200cم"),
        ("\ud800x", "x"),
    ],
)
def test_text_is_set_without_what_would_spoil_it(text: str, expected: str) -> None:
    assert settable(text) == expected


@given(st.text(max_size=60), st.booleans())
def test_every_character_has_a_level_and_a_place(text: str, right_to_left: bool) -> None:
    text = settable(text)
    found = levels(text, right_to_left=right_to_left)
    assert len(found) == len(text)
    assert sorted(visual_order(found)) == list(range(len(text)))
    assert settable(text) == text


def test_first_strong_letters() -> None:
    assert first_strong("12 abc") is False
    assert first_strong("12، شقة") is True
    assert first_strong("12") is None


# -- lines -------------------------------------------------------------------------------------------------------


def _pieces(text: str) -> list[str]:
    starts = [0, *breaks(text)]
    return [text[start:end] for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("one two", ["one ", "two"]),
        ("10\u00a0November 2026", ["10\u00a0November ", "2026"]),
        ("step-free way", ["step-", "free ", "way"]),
        ("020-7946", ["020-7946"]),
        ("say AP-M3573SPV", ["say ", "AP-M3573SPV"]),
        ("请等候。叫号", ["请", "等候。", "叫号"]),
        ("续等？离开前", ["续等？", "离开", "前"]),
        ("（请）x", ["（请）", "x"]),
        ("", []),
    ],
)
def test_lines_may_end_there(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


_WORDS = st.lists(
    st.sampled_from(["a", "Borehamwood", "W" * 40, "请等候叫号", "محمد", "ਗੁਰਪ੍ਰੀਤ", "x-ray", "10.30am"]), max_size=12
)


@given(_WORDS, st.sampled_from([40.0, 90.0, 200.0]))
def test_no_line_is_wider_than_it_may_be_and_no_word_is_lost(words: list[str], width: float) -> None:
    setter = Typesetter(_SHARED, "en")
    text = " ".join(words)
    lines = setter.lines(text, PLAIN, width)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line.width <= width + 0.5
        assert line.text.strip()


_SHARED = FontBook()


def test_arabic_lines_follow_the_order_of_the_text(setter: Typesetter) -> None:
    text = "محمد بن عبد الله يسكن في شارع الورد رقم اثنا عشر"
    lines = Typesetter(_SHARED, "ar").lines(text, PLAIN, 90)
    assert len(lines) > 1
    assert " ".join(line.text for line in lines) == text


def test_ink_is_what_is_black(setter: Typesetter) -> None:
    def ink(text: str) -> tuple[float, float, float, float]:
        (line,) = setter.lines(text, Style(100, 136, Weight.BOLD), 1000)
        found = line.ink()
        assert found is not None
        assert found[2] < line.width
        return found

    left, bottom, right, top = ink("H")
    assert bottom == 0
    assert top == pytest.approx(71.4, abs=0.5)
    twice = ink("HH")
    assert twice[2] - twice[0] > 2 * (right - left)


def test_a_heading_is_balanced(setter: Typesetter) -> None:
    text = "Your appointment on Tuesday 24 November is cancelled"
    width = setter.width("Your appointment on Tuesday 24 November is", PLAIN) + 1
    assert [line.text for line in setter.lines(text, PLAIN, width)][-1] == "cancelled"
    first, second = setter.balanced(text, PLAIN, width)
    assert second.text.startswith("24") or second.text.startswith("November")
    assert f"{first.text} {second.text}" == text
    assert [line.text for line in setter.balanced("Short", PLAIN, width)] == ["Short"]
    assert setter.balanced("", PLAIN, width) == []


def test_each_piece_is_shaped_once(fonts: FontBook) -> None:
    shaper = Shaper(fonts, "en")
    faces = shaper.faces("Room 办公室", Weight.REGULAR)
    assert len({face.name for face in faces}) == 2
    assert shaper.runs("Room 办公室", [0] * 8, faces) == shaper.runs("Room 办公室", [0] * 8, faces)


@pytest.mark.parametrize("part", ["11月", "24日", "2026年", "星期二"])
def test_no_line_ends_within_a_part_of_a_chinese_date(part: str) -> None:
    text = "我們將於2026年11月24日星期二 下午2:30到府上探訪"
    at = text.index(part)
    assert not {*range(at + 1, at + len(part))} & {*breaks(text)}
    assert at + len(part) in breaks(text) or text[at + len(part)] == " "
