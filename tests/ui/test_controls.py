"""Fields, choices, labels and sheets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.person import Need, Person
from tests.ui.colours import colours_in, differing, grey
from tests.ui.sample_day import OFFICE
from ui import needed
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import (
    RING,
    Chip,
    ChoiceGrid,
    ElidingLabel,
    FormRow,
    KeyButton,
    LineEdit,
    NeedsLabel,
    Offer,
    Paragraph,
    PinEdit,
    Segmented,
    Sheet,
    Tick,
    choice,
)


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    QApplication.processEvents()


def image(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def name_and_role(widget: QWidget) -> tuple[str, QAccessible.Role]:
    heard = QAccessible.queryAccessibleInterface(widget)
    return heard.text(QAccessible.Text.Name), heard.role()


# -- fields ------------------------------------------------------------------------------------------------------


def test_a_field_has_the_height_of_a_button_and_a_ring_outside(qtbot: QtBot, window: QWidget, look: Look) -> None:
    field = LineEdit("Li Wei")
    put(window, field)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.height() == 40 + 2 * RING
    grabbed = image(field)
    across = [grabbed.pixelColor(x, 25).name() for x in range(6)]
    ring, gap, border = (look.colour(name).name() for name in ("focus", "focus-gap", "line-strong"))
    assert across == [ring] * 3 + [gap] * 2 + [border]


def test_a_fault_is_marked_and_told(window: QWidget, look: Look) -> None:
    field = LineEdit()
    put(window, field)
    field.set_fault("Say why this visitor is called out of turn.")
    assert look.colour("late").name() in colours_in(image(field))
    assert field.accessibleDescription() == "Say why this visitor is called out of turn."
    field.set_fault("")
    assert look.colour("late").name() not in colours_in(image(field))
    assert field.fault() == field.accessibleDescription() == ""


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_a_field_grows_with_its_text(window: QWidget, qapp: QApplication, percent: int) -> None:
    worn = Look(load_theme("light"), percent)
    apply_look(qapp, worn)
    field = LineEdit("ÅÇgjpqy")
    put(window, field)
    assert field.height() - 2 * RING >= max(40, worn.metrics().height() + 8)


@pytest.mark.parametrize("before", [True, False], ids=["look first", "shown first"])
def test_what_is_typed_grows_with_the_window(window: QWidget, before: bool) -> None:
    worn = Look(load_theme("light"), 200)
    if before:
        apply_look(window, worn)
    field = LineEdit("Li Wei")
    put(window, field)
    if not before:
        apply_look(window, worn)
        QApplication.processEvents()
    assert field.font().pixelSize() == worn.font().pixelSize() == 28


def test_a_pin_takes_digits_only(qtbot: QtBot, window: QWidget) -> None:
    pin = PinEdit()
    put(window, pin)
    qtbot.keyClicks(pin, "12a4 -5")
    assert pin.pin() == "1245"
    assert pin.displayText() == "●●●●"
    qtbot.keyClicks(pin, "6789012345678")
    assert len(pin.pin()) == 12


def test_a_pin_never_reaches_the_clipboard(qtbot: QtBot, window: QWidget) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    pin = PinEdit()
    put(window, pin)
    qtbot.keyClicks(pin, "1245")
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X):
        qtbot.keyClick(pin, key, Qt.KeyboardModifier.ControlModifier)
    pin.selectAll()
    pin.copy()
    assert pin.pin() == "1245"
    pin.cut()
    assert clipboard.text() == "before"


def test_typing_a_pin_again_replaces_it(qtbot: QtBot, window: QWidget) -> None:
    pin, other = PinEdit(), LineEdit()
    put(window, pin)
    put(window, other)
    qtbot.keyClicks(pin, "1245")
    other.setFocus()
    qtbot.mouseClick(pin, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(pin, "77")
    assert pin.pin() == "77"
    qtbot.keyClick(pin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(pin, "88")
    assert pin.pin() == "88"
    qtbot.keyClick(pin, Qt.Key.Key_Home)
    qtbot.keyClick(pin, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(pin, "99")
    assert pin.pin() == "99"


def test_a_pin_is_gone_when_its_field_is_hidden(qtbot: QtBot, window: QWidget) -> None:
    pin = PinEdit()
    put(window, pin)
    qtbot.keyClicks(pin, "1245")
    window.hide()
    assert pin.pin() == ""


def test_a_screen_reader_hears_a_pin_as_dots(qtbot: QtBot, window: QWidget) -> None:
    pin = PinEdit()
    put(window, pin)
    qtbot.keyClicks(pin, "1245")
    heard = QAccessible.queryAccessibleInterface(pin)
    assert "1245" not in heard.text(QAccessible.Text.Value)
    assert heard.state().passwordEdit


# -- choices -----------------------------------------------------------------------------------------------------


def segments() -> Segmented:
    return Segmented([(1, "1"), (2, "2"), (3, "3 or more")], "People in the party")


def test_one_segment_is_chosen(qtbot: QtBot, window: QWidget) -> None:
    party = segments()
    put(window, party)
    heard: list[object] = []
    party.changed.connect(heard.append)
    assert party.value() == 1
    party.set_value(3)
    assert (party.value(), heard) == (3, [3])
    with pytest.raises(ValueError, match="9"):
        party.set_value(9)


def test_the_arrow_keys_move_among_segments_and_tab_leaves_them(qtbot: QtBot, window: QWidget) -> None:
    party, after = segments(), LineEdit()
    put(window, party, after)
    first = party.controls()[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert party.value() == 2
    assert party.controls()[1].hasFocus()
    qtbot.keyClick(party.controls()[1], Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_segments_are_radio_buttons_to_a_screen_reader(window: QWidget) -> None:
    party = segments()
    put(window, party)
    last = party.controls()[2]
    assert name_and_role(last) == ("3 or more", QAccessible.Role.RadioButton)
    assert QAccessible.queryAccessibleInterface(party.controls()[0]).state().checked


def test_what_is_chosen_shows_without_colour(window: QWidget) -> None:
    party = segments()
    put(window, party)
    for control in party.controls():
        control.clearFocus()
    before = grey(image(party.controls()[1]))
    party.set_value(2)
    assert differing(before, grey(image(party.controls()[1]))) > 40


def services() -> ChoiceGrid:
    grid = ChoiceGrid(2, "Service")
    grid.set_offers([Offer(s.id, s.letter, s.name, s.id != "planning") for s in OFFICE.services])
    return grid


def test_a_long_name_of_a_service_stands_on_two_lines(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(choice, "draw_text", lambda _p, _r, text, *_a, **_k: drawn.append(text) or 0)
    grid = ChoiceGrid(1)
    grid.set_offers([Offer("planning", "P", "Planning and building control")])
    put(window, grid)
    grid.setFixedWidth(231)
    image(grid.controls()[0])
    assert " ".join(drawn[-2:]) == "Planning and building control"


def test_a_service_is_chosen_by_its_letter(qtbot: QtBot, window: QWidget) -> None:
    grid = services()
    put(window, grid)
    grid.setFocus()
    focused = QApplication.focusWidget()
    assert focused is grid.controls()[0]
    assert grid.value() == ""
    with qtbot.waitSignals([grid.changed, grid.chosen]):
        QTest.keyClick(focused, Qt.Key.Key_B)
    assert grid.value() == "benefits"
    assert grid.controls()[2].hasFocus()


def test_a_letter_that_cannot_be_chosen_is_left_alone(qtbot: QtBot, window: QWidget) -> None:
    grid = services()
    put(window, grid)
    assert not grid.press_letter("p")  # planning is not offered now
    assert not grid.press_letter("z")
    assert grid.value() == ""


def test_a_choice_of_service_can_be_taken_back(qtbot: QtBot, window: QWidget) -> None:
    grid = services()
    put(window, grid)
    grid.set_value("parking")
    assert grid.value() == "parking"
    with qtbot.waitSignal(grid.changed) as changed:
        grid.set_value("")
    assert changed.args == [""]
    assert grid.value() == ""
    grid.set_offers([Offer("a", "A", "Another")])
    assert len(grid.controls()) == 1


def test_a_service_tells_its_key(window: QWidget) -> None:
    grid = services()
    put(window, grid)
    heard = QAccessible.queryAccessibleInterface(grid.controls()[1])
    assert heard.text(QAccessible.Text.Name) == "Council Tax"
    assert heard.text(QAccessible.Text.Description) == "Key C"


def test_a_box_is_ticked_by_click_and_space(qtbot: QtBot, window: QWidget) -> None:
    tick = Tick("Private", "lock")
    put(window, tick)
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(60, tick.height() // 2))
    assert tick.isChecked()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()
    assert name_and_role(tick) == ("Private", QAccessible.Role.CheckBox)


# -- labels ------------------------------------------------------------------------------------------------------


def test_a_label_is_cut_only_where_it_must(window: QWidget) -> None:
    label = ElidingLabel("A name that goes on and on, as some names do", "lead", 600)
    put(window, label)
    label.setFixedWidth(label.sizeHint().width())
    assert not label.is_elided()
    label.setFixedWidth(90)
    assert label.is_elided()
    assert name_and_role(label)[0] == "A name that goes on and on, as some names do"


@pytest.mark.parametrize("text", ["<b>bold</b>", "'; DROP TABLE visits", "=1+1", "ہرپریت", "👩‍👩‍👧", "x" * 300])
def test_any_name_is_shown_as_given(window: QWidget, text: str) -> None:
    label, paragraph = ElidingLabel(text), Paragraph(text)
    put(window, label, paragraph)
    assert paragraph.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == paragraph.text() == text
    label.grab()


def test_a_paragraph_wears_its_look(window: QWidget, qapp: QApplication) -> None:
    paragraph = Paragraph("Words", "lead", 600, "late-text")
    put(window, paragraph)
    dark = Look(load_theme("dark"), 150)
    apply_look(qapp, dark)
    assert paragraph.font().pixelSize() == 24
    assert paragraph.palette().color(paragraph.foregroundRole()) == dark.colour("late-text")
    paragraph.set_style()
    assert paragraph.font().pixelSize() == 21


def test_needs_are_heard_in_full(window: QWidget) -> None:
    needs = NeedsLabel(needed.person_needs(Person(needs=frozenset({Need.PRIVATE, Need.BSL}))))
    chip = Chip()
    put(window, needs, chip)
    assert name_and_role(needs)[0] == "Private, British Sign Language"
    assert name_and_role(chip)[0] == "Private"
    assert chip.height() == 24


# -- sheets ------------------------------------------------------------------------------------------------------


def test_a_sheet_has_the_measures_of_the_picture(window: QWidget) -> None:
    queue, strip = Sheet("Queue", "in the order they will be called"), Sheet("Counters", lean=True)
    put(window, queue, strip)
    heights = [sheet.title.parentWidget().height() for sheet in (queue, strip)]
    assert heights == [56, 48]
    assert queue.title.mapTo(queue, QPoint(0, 0)).x() == 17


def test_buttons_of_a_heading_stand_twelve_apart_and_sixteen_from_the_edge(window: QWidget) -> None:
    sheet = Sheet("Queue")
    actions = [QAction(text) for text in ("New walk-in", "Find")]
    buttons = [sheet.add_button(KeyButton(action, "lean")) for action in actions]
    put(window, sheet)
    window.resize(600, 200)
    QApplication.processEvents()
    lefts = [button.mapTo(sheet, QPoint(0, 0)).x() for button in buttons]
    assert lefts[1] + RING - (lefts[0] + buttons[0].width() - RING) == 12
    assert sheet.width() - (lefts[1] + buttons[1].width() - RING) == 17


def test_form_rows_stand_like_paper(window: QWidget) -> None:
    first, last = FormRow("Visitor", "Harpreet Kaur"), FormRow("Needs", last=True)
    put(window, first, last)
    assert (first.sizeHint().height(), last.sizeHint().height()) == (32, 33)
    last.set_needs(needed.person_needs(Person(needs=frozenset({Need.PRIVATE}))))
    assert name_and_role(first)[0] == "Visitor: Harpreet Kaur"
    assert name_and_role(last)[0] == "Needs: Private"
    QApplication.processEvents()
    assert last.value().x() == 88
    keys = ("T", "Ctrl Home, Ctrl End")
    rows = [FormRow(key, "Goes there", among=keys) for key in keys]
    put(window, *rows)
    QApplication.processEvents()
    assert rows[0].value().x() == rows[1].value().x() > 88
    last.set_text("None")
    assert name_and_role(last)[0] == "Needs: None"


def test_what_is_typed_grows_with_the_text_size_of_its_window(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = LineEdit("Li Wei", "Name", window)
    window.show()
    for percent in (200, 100):
        large = Look(load_theme("dark"), percent)
        apply_look(window, large)
        assert field.font().pixelSize() == large.font().pixelSize()
        assert field.sizeHint().height() == large.row_height(40) + 2 * RING
        assert field.palette().placeholderText().color() == large.colour("text-muted")
