"""No colour is named but in a theme: neither in the code of `ui` nor in the style sheet that it writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from reception.config import ThemeName
from ui.theme import Look
from ui.theme_file import load_theme

UI = Path(__file__).parents[2] / "ui"
HEX = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
MADE = re.compile(
    r"\brgba?\s*\(|\bhsl[av]?\s*\(|QColor\s*\(\s*[\"'0-9]|QColor\.from|GlobalColor\.(?!transparent\b)|setNamedColor"
)
NAMES = {name for name in QColor.colorNames() if name != "transparent"}
SHEET_COLOUR = re.compile(r"(?:color|background|border(?:-\w+)*|gridline-color)\s*:\s*([^;}]+)")


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda file: str(file.relative_to(UI)))
def test_code_names_tokens_only(file: Path) -> None:
    found = [
        f"{number}: {line.strip()}"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if MADE.search(line) or (HEX.search(line) and "#RRGGBB" not in line)
    ]
    assert not found


@pytest.mark.parametrize("name", [name.value for name in ThemeName])
def test_the_style_sheet_uses_the_colours_of_its_theme_only(qapp: QApplication, name: str) -> None:
    look = Look(load_theme(name))
    sheet = look.stylesheet()
    of_theme = {QColor(value).name() for value in look.theme.colours.values()}
    assert set(HEX.findall(sheet)) <= of_theme
    assert not MADE.search(sheet)
    words = {word for value in SHEET_COLOUR.findall(sheet) for word in re.findall(r"[a-z]+", HEX.sub("", value))}
    assert not words & NAMES
