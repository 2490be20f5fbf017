from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

import pytest

from reception.documents.fonts import FontBook, Weight, font_folders, font_report
from reception.errors import Code, Refusal


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook()


def _family(fonts: FontBook, text: str, weight: Weight = Weight.REGULAR) -> list[str]:
    """The fonts of its characters, each once where it follows itself."""
    return [name for name, _ in groupby(fonts.face_for(character, weight).family for character in text)]


def _file(name: str) -> Path:
    for folder in font_folders():
        for found in folder.rglob(name):
            return found
    pytest.skip(f"{name} is not installed here")


def test_welsh_and_polish_are_set_in_one_font(fonts: FontBook) -> None:
    assert _family(fonts, "Tŷ’r Cyngor, Dŵr, Łódź, żółć – ½") == ["NotoSans-Regular"]
    assert _family(fonts, "Ŵŷ", Weight.BOLD) == ["NotoSans-Bold"]


def test_another_script_falls_back_character_by_character(fonts: FontBook) -> None:
    _file("DroidSansFallbackFull.ttf")
    assert _family(fonts, "Room 办公室 3") == ["NotoSans-Regular", "DroidSansFallbackFull", "NotoSans-Regular"]
    assert fonts.face_for("办", Weight.BOLD).has_one_weight


def test_a_script_without_a_font_is_named(tmp_path: Path) -> None:
    shutil.copy(_file("NotoSans-Regular.ttf"), tmp_path)
    fonts = FontBook([tmp_path])
    for text, script in (("办", "Chinese"), ("ਪ", "Gurmukhi"), ("ب", "Arabic"), ("🏠", "symbols and emoji")):
        with pytest.raises(Refusal) as refused:
            fonts.face_for(text, Weight.REGULAR)
        assert refused.value.code is Code.FONT
        assert script in refused.value.reason
        assert refused.value.remedy
        assert fonts.cannot_print(f"A {text}{text} b") == (script,)
    assert fonts.cannot_print("Housing Ŵ") == ()


def test_the_report_says_plainly_what_is_lacking(tmp_path: Path) -> None:
    assert {font for _, font in font_report([tmp_path])} == {None}
    shutil.copy(_file("NotoSans-Regular.ttf"), tmp_path)
    report = dict(font_report([tmp_path]))
    assert report["Latin"] == "NotoSans-Regular"
    assert report["Bengali"] is None
    assert dict(font_report())["Latin"] == "NotoSans-Regular"


def test_the_first_folder_wins_and_a_broken_font_is_passed_over(tmp_path: Path) -> None:
    own, system = tmp_path / "own", tmp_path / "system"
    own.mkdir()
    system.mkdir()
    regular = _file("NotoSans-Regular.ttf")
    shutil.copy(regular, own)
    shutil.copy(regular, system)
    for first, second in ((own, system), (system, own)):
        assert FontBook([first, second]).face_for("A", Weight.REGULAR).path.parent == first
    (own / "NotoSans-Bold.ttf").write_bytes(b"OTTO is no TrueType")
    assert _family(FontBook([own]), "A", Weight.BOLD) == ["NotoSans-Regular"]


def test_a_missing_weight_is_set_in_the_next(tmp_path: Path) -> None:
    shutil.copy(_file("NotoSans-Regular.ttf"), tmp_path)
    shutil.copy(_file("NotoSans-Bold.ttf"), tmp_path)
    assert _family(FontBook([tmp_path]), "A", Weight.SEMIBOLD) == ["NotoSans-Bold"]
