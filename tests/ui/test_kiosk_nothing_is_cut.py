"""Every screen of the kiosk, with its words as large as they get: nothing is cut, and nothing lies on anything else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.domain.languages import VISITOR_LANGUAGES
from tests.ui.kiosk_pictures import NOW, SIZES, page_of, scenes
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import TEXT_STEPS
from ui.kiosk.keypad import Keypad
from ui.kiosk.page import Page
from ui.kiosk.paragraph import Paragraph
from ui.kiosk.parts import StepRow, Words
from ui.kiosk.scene import Scene
from ui.kiosk.sheet_card import SheetCard
from ui.kiosk.sign_key import SignKey

TAGS = [each.tag for each in VISITOR_LANGUAGES]


def faults(page: Page) -> list[str]:
    """What is cut, too low to be touched, or lies on something else."""
    buttons = [each for each in page.findChildren(KioskButton) if each.isVisibleTo(page)]
    places = [QRect(each.mapTo(page, each.inner().topLeft()), each.inner().size()) for each in buttons]
    found = []
    for each in buttons:
        label, line, aside = each._laid_out(each.inner().width())
        # One sign fills little of its line.
        needed = 0 if len(each.choice.label) < 3 else max(label.height + line.height, aside.height)
        if each.inner().height() < max(95, needed):
            found.append(f"{each.choice.key} is cut or low")
    found += [
        f"{each.choice.key} is off" for each, at in zip(buttons, places, strict=True) if not page.rect().contains(at)
    ]
    for number, at in enumerate(places):
        found += [
            f"{buttons[number].choice.key} on {buttons[other].choice.key}"
            for other in range(number)
            if places[other].intersects(at)
        ]
    return found


@pytest.mark.parametrize("tag", ["pl", "ur"])
@pytest.mark.parametrize("shape", sorted(SIZES))
def test_nothing_is_cut(qtbot: QtBot, tag: str, shape: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    wrong = {}
    for name, scene, screen in scenes(tag):
        for percent in (100, 200):
            page = page_of(scene, screen, SIZES[shape], parent, percent)
            if found := faults(page) + overlapping(page):
                wrong[f"{name} {percent}"] = found
            page.setParent(None)
            page.deleteLater()
    assert wrong == {}


@pytest.mark.parametrize("tag", ["ar", "bn", "pa", "pl"])
def test_no_sign_is_cut_by_its_key(qtbot: QtBot, tag: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    scene, screen = next((scene, screen) for name, scene, screen in scenes(tag) if name == "name")
    for percent in (100, 200):
        keys = page_of(scene, screen, SIZES["portrait"], parent, percent).findChildren(SignKey)
        cut = [each.choice.key for each in keys if not QRectF(each.inner()).contains(each.inked())]
        assert len(keys) > 20 and cut == []


def overlapping(page: Page) -> list[str]:
    """What lies on something else or off the glass, words too."""
    shown = [each for each in page.children() if isinstance(each, QWidget) and each.isVisibleTo(page)]
    places = [
        QRect(each.mapTo(page, each.inner().topLeft()), each.inner().size())
        if isinstance(each, KioskButton)
        else each.geometry()
        for each in shown
    ]
    found = []
    for number, at in enumerate(places):
        if not page.rect().adjusted(-2, -2, 2, 2).contains(at):
            found.append(f"{shown[number]} is off")
        for other in range(number):
            both = at.intersected(places[other])
            if both.width() > 1 and both.height() > 1:
                found.append(f"{shown[number]} on {shown[other]}")
    return found


@pytest.mark.parametrize("tag", ["en", "ur"])
@pytest.mark.parametrize("size", [(800, 600), (800, 800), (800, 1000), (900, 1100), (1024, 768), (1080, 1920)])
def test_that_it_is_cut_off_lies_on_nothing_at_any_size(qtbot: QtBot, tag: str, size: tuple[int, int]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    wrong = {}
    for name, scene, screen in scenes(tag):
        if name not in ("language", "purpose", "service", "needs"):
            continue
        cut_off = Scene(scene.words, scene.view, scene.entered, NOW, True)
        for percent in TEXT_STEPS:
            page = page_of(cut_off, screen, size, parent, percent)
            if found := overlapping(page):
                wrong[f"{name} {percent}"] = found
            page.setParent(None)
            page.deleteLater()
    assert wrong == {}


@pytest.mark.parametrize("tag", ["en", "ur"])
@pytest.mark.parametrize("shape", sorted(SIZES))
def test_a_number_is_never_smaller_in_larger_text(qtbot: QtBot, tag: str, shape: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for name, scene, screen in scenes(tag):
        if screen.sheet is None:
            continue
        sizes = []
        for percent in TEXT_STEPS:
            page = page_of(scene, screen, SIZES[shape], parent, percent)
            sizes += [each.number_pixels for each in page.findChildren(SheetCard) if not each.isHidden()]
            page.setParent(None)
            page.deleteLater()
        assert len(sizes) == len(TEXT_STEPS) and min(sizes) == sizes[0], name


@pytest.mark.parametrize("tag", ["en", "it", "pl"])
def test_a_question_keeps_clear_of_the_keys_under_it(qtbot: QtBot, tag: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    for name, scene, screen in scenes(tag):
        for percent in (100, 200) if name in ("name", "reference") else ():
            page = page_of(scene, screen, SIZES["wide"], parent, percent)
            (keys,) = page.findChildren(Keypad)
            above = [
                each.geometry().bottom()
                for each in page.findChildren(Words)
                if each.isVisibleTo(page) and each.y() < keys.y()
            ]
            assert above and keys.y() - max(above) > 8, (name, percent)
            labels = [each.choice.label for each in keys.findChildren(KioskButton) if len(each.choice.key) == 1]
            assert labels == [each.upper() for each in labels]
            page.setParent(None)
            page.deleteLater()


@pytest.mark.parametrize("tag", TAGS)
def test_all_languages_and_faces_stand_on_the_first_page(qtbot: QtBot, tag: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen_at_once = [(scene, screen) for name, scene, screen in scenes(tag) if name in ("language", "feedback")]
    for scene, screen in seen_at_once:
        pages = [
            page_of(scene, screen, size, parent, percent).pages for size in SIZES.values() for percent in (100, 200)
        ]
        assert pages == [1, 1, 1, 1]


def test_a_number_goes_on_to_no_other_line(qtbot: QtBot) -> None:
    font = QFont("Noto Sans")
    font.setPixelSize(20)
    part = Paragraph("Ring 020", font, 10_000, Qt.LayoutDirection.LeftToRight).natural_width
    broken = Paragraph("Ring 020 8207 2277", font, round(part) + 60, Qt.LayoutDirection.LeftToRight)
    assert broken.lines == 2
    assert broken._layout.lineAt(1).textStart() == len("Ring ")


@pytest.mark.parametrize("tag", ["pl", "ur"])
def test_the_last_screen_hides_none_of_its_words_in_the_largest_text(qtbot: QtBot, tag: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    wrong = {}
    for name, scene, screen in scenes(tag):
        number, pages = 0, 1
        while number < pages and name in ("last-claim", "last-failed"):
            page = page_of(scene, screen, SIZES["wide"], parent, TEXT_STEPS[-1], page=number)
            if found := overlapping(page):
                wrong[f"{name} {number}"] = found
            assert any(each.isVisibleTo(page) for each in page.findChildren(StepRow)), "thanks alone are no page"
            number, pages = number + 1, page.pages
            page.setParent(None)
            page.deleteLater()
    assert wrong == {}


@pytest.mark.parametrize("shape", sorted(SIZES))
def test_the_last_of_many_choices_is_as_whole_as_the_first(qtbot: QtBot, shape: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    scene, screen = next((scene, screen) for name, scene, screen in scenes("en") if name == "interpreter")
    for percent in TEXT_STEPS:
        last = page_of(scene, screen, SIZES[shape], parent, percent, page=99)
        assert faults(last) == [], percent
        last.setParent(None)
        last.deleteLater()
