"""Themes are data, and the data is sound; a look is found where it is worn."""

from __future__ import annotations

from importlib.resources import files

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QIcon, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reception.config import ThemeName
from tests.ui.colours import contrast, lightness
from ui import needed
from ui.theme import Look, apply_look, look_of
from ui.theme_file import COLOURS, Theme, ThemeError, load_theme, theme_from

THEMES = [name.value for name in ThemeName]
ICONS = sorted(
    entry.name.removesuffix(".svg") for entry in (files("resources") / "icons").iterdir() if entry.name.endswith(".svg")
)


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def text_of(name: str) -> str:
    return (files("resources") / "themes" / f"{name}.toml").read_text(encoding="utf-8")


def test_every_theme_that_can_be_set_is_there_and_no_other() -> None:
    there = {entry.name.removesuffix(".toml") for entry in (files("resources") / "themes").iterdir()}
    assert there == set(THEMES)


def test_words_on_every_ground_reach_their_contrast(theme: Theme) -> None:
    floor = 7.0 if theme.name == "high-contrast" else 4.5
    assert theme.minimum_text_contrast == floor
    weak = {
        pair: round(ratio, 2)
        for pair in theme.text_pairs
        if (ratio := contrast(QColor(theme.colours[pair[0]]), QColor(theme.colours[pair[1]]))) < floor
    }
    assert not weak


def test_shapes_on_every_ground_reach_their_contrast(theme: Theme) -> None:
    weak = {
        pair: round(ratio, 2)
        for pair in theme.shape_pairs
        if (ratio := contrast(QColor(theme.colours[pair[0]]), QColor(theme.colours[pair[1]])))
        < max(3.0, theme.minimum_shape_contrast)
    }
    assert not weak


def test_every_colour_of_words_is_measured_on_some_ground(theme: Theme) -> None:
    words = {name for name in COLOURS if name.endswith("-text") or name.startswith(("text", "on-", "display-text"))}
    assert words <= {pair[0] for pair in theme.text_pairs}


def test_states_are_told_apart_without_colour(theme: Theme) -> None:
    steps = sorted(lightness(QColor(theme.colours[state])) for state in ("in-time", "due-soon", "late"))
    assert min(steps[1] - steps[0], steps[2] - steps[1]) >= 10


def test_themes_differ_in_values_only() -> None:
    first, *others = (load_theme(name) for name in THEMES)
    for other in others:
        assert other.scale == first.scale
        assert other.families == first.families
        assert {table: set(values) for table, values in other.measures.items()} == {
            table: set(values) for table, values in first.measures.items()
        }
        assert (other.text_pairs, other.shape_pairs) == (first.text_pairs, first.shape_pairs)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('surface               = "#F4F2ED"', "", "lacks in colour: surface"),
        ('surface               = "#F4F2ED"', 'surface = "beige"', "not #RRGGBB: surface = 'beige'"),
        ("[colour]", '[colour]\nsufrace = "#F4F2ED"', "unknown name in colour: sufrace"),
        ('["text", "surface"]', '["text", "surfaces"]', "pairs an unknown colour"),
        ("[space]", "[spaces]", "unknown name in the theme: spaces"),
        ("queue_row = 40", "queue_row = -1", "size.queue_row = -1"),
        ("[type]", "[type]\nhuge = [90, 100]", "unknown name in type: huge"),
        ("[colour]", "[colour", "not valid TOML"),
    ],
)
def test_a_wrong_theme_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    text = text_of("light")
    assert old in text
    with pytest.raises(ThemeError) as refused:
        theme_from(text.replace(old, new, 1), "light")
    assert said in str(refused.value)


def test_an_unknown_name_is_named(look: Look) -> None:
    for ask, name in (
        (lambda: load_theme("sepia"), "sepia"),
        (lambda: look.colour("sufrace"), "sufrace"),
        (lambda: look.icon("unicorn"), "unicorn"),
        (lambda: look.measure("size", "queue_rwo"), "queue_rwo"),
        (lambda: look.font("huge"), "huge"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ThemeError, match=name):
            ask()


@pytest.mark.parametrize("percent", [0, 79, 201])
def test_text_cannot_leave_its_range(percent: int) -> None:
    with pytest.raises(ThemeError, match=str(percent)):
        Look(load_theme("light"), percent)


def test_the_font_is_the_font(look: Look) -> None:
    assert QFontInfo(look.font()).family() == "Noto Sans"
    assert look.font().pixelSize() == 14
    assert QFontInfo(look.font("base", 700)).bold()


def test_figures_are_of_one_width(look: Look) -> None:
    widths = {
        QFontMetricsF(look.font("base", weight)).horizontalAdvance(figure)
        for weight in (400, 600, 700)
        for figure in "0123456789"
    }
    assert len(widths) == 1


@pytest.mark.parametrize("percent", [80, 100, 125, 150, 200])
def test_words_grow_and_rows_with_them(qapp: QApplication, percent: int) -> None:
    look = Look(load_theme("light"), percent)
    assert look.font("title").pixelSize() == round(20 * percent / 100)
    assert look.row_height(40) >= max(40, look.metrics("lead", 600).height() + 8)
    for size in ("base", "lead", "title"):
        assert look.line(size) >= look.metrics(size, 700).height()


@pytest.mark.parametrize("name", ICONS)
def test_icons_take_the_colour_of_their_token(look: Look, name: str) -> None:
    image = look.pixmap(name, "late", 20, 2.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    full = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert full == {look.colour("late").name()}


def test_every_icon_that_a_need_names_is_there(look: Look) -> None:
    assert {needed.need_icon(need) for need in needed.needs_in_order()} <= set(ICONS)


def test_icons_are_drawn_for_the_screen_and_kept(look: Look) -> None:
    twice = look.pixmap("lock", "text", 18, 2.0)
    assert (twice.width(), twice.devicePixelRatio()) == (36, 2.0)
    assert look.pixmap("lock", "text", 18, 2.0) is twice
    assert Look(look.theme, 200).pixmap("lock").width() == 36


def test_a_disabled_icon_has_the_colour_of_disabled_words(look: Look) -> None:
    image = look.icon("late", "late").pixmap(18, QIcon.Mode.Disabled).toImage()
    assert image.pixelColor(9, 4).name() == look.colour("on-disabled").name()


def test_a_window_may_wear_another_look_than_the_application(look: Look, qapp: QApplication) -> None:
    window, other = QWidget(), QWidget()
    inner = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(inner)
    dark = Look(load_theme("dark"), 150)
    apply_look(window, dark)

    assert look_of(inner) is dark
    assert look_of(other) is look
    assert inner.font().pixelSize() == 21


def test_a_window_that_looks_as_the_application_does_has_no_sheet_of_its_own(look: Look, qapp: QApplication) -> None:
    """Every widget is held against each sheet round it."""
    window = QWidget()
    inner = QWidget()
    QVBoxLayout(window).addWidget(inner)
    dark, light = Look(load_theme("dark"), 150), Look(load_theme("light"))
    for worn, sheet, size in ((light, "", 14), (dark, dark.stylesheet(), 21), (light, "", 14)):
        apply_look(window, worn)
        assert window.styleSheet() == sheet
        assert look_of(inner) is worn
        assert inner.font().pixelSize() == size


def test_an_application_without_a_look_wears_a_plain_one(qapp: QApplication) -> None:
    qapp.setProperty("look", None)
    found = look_of(QWidget())
    assert (found.theme.name, found.text_percent) == ("light", 100)
    assert look_of(QWidget()) is found


def test_the_palette_is_of_tokens(look: Look) -> None:
    tokens = {look.colour(name).name() for name in COLOURS}
    palette = look.palette()
    for role in (palette.ColorRole.Window, palette.ColorRole.Text, palette.ColorRole.Base, palette.ColorRole.Highlight):
        assert palette.color(role).name() in tokens


def test_every_part_of_the_style_sheet_is_understood(look: Look, qtbot: object) -> None:
    """Qt mutters about what it cannot parse, and what it mutters fails a test."""
    for name in THEMES:
        for percent in (80, 100, 200):
            widget = QWidget()
            widget.setStyleSheet(Look(load_theme(name), percent).stylesheet())
            widget.ensurePolished()
