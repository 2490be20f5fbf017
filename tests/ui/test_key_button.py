"""Buttons that show their key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QEnterEvent, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.colours import colours_in, differing
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import RING, KeyButton, KeyGrid, key_words


def action(text: str = "Finish", key: str = "F8") -> QAction:
    made = QAction(text)
    if key:
        made.setShortcut(QKeySequence(key))
    return made


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(window: QWidget, button: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(button)
    window.show()
    window.activateWindow()
    QApplication.processEvents()


def grab(button: QWidget) -> QImage:
    return button.grab().toImage()


@pytest.mark.parametrize(
    ("key", "words"),
    [("F2", "F2"), ("Ctrl+Z", "Ctrl Z"), ("", ""), ("Return", "Enter"), ("Ctrl+Shift+P", "Ctrl Shift P")],
)
def test_how_a_key_is_called(qapp: object, key: str, words: str) -> None:
    assert key_words(action(key=key)) == words


def test_sizes_of_the_picture(window: QWidget) -> None:
    heights = {
        kind: KeyButton(action(), kind).sizeHint().height() - 2 * RING  # type: ignore[arg-type]
        for kind in ("plain", "lean", "flat", "main")
    }
    assert heights == {"plain": 40, "lean": 32, "flat": 40, "main": 64}


def test_the_key_is_painted_at_the_right_and_muted(window: QWidget, look: Look) -> None:
    with_key, without = KeyButton(action()), KeyButton(action(key=""))
    for button in (with_key, without):
        button.setFixedWidth(170)
        put(window, button)
    right = QRect(QPoint(90, 0), QPoint(169 - RING - 2, 49))
    assert differing(grab(with_key).copy(right), grab(without).copy(right), by=20) > 20
    with_key.clearFocus()
    left = QRect(QPoint(0, 0), QPoint(80, 49))
    assert grab(with_key).copy(left) == grab(without).copy(left)
    inked = grab(with_key).copy(right)
    darkest = min(inked.pixelColor(x, y).lightness() for x in range(inked.width()) for y in range(12, 38))
    assert darkest >= look.colour("text-muted").lightness() - 2


def test_a_key_gives_way_to_the_words(window: QWidget) -> None:
    button = KeyButton(action("Interpreter", "Ctrl+Shift+F12"))
    put(window, button)
    button.setFixedWidth(button.minimumSizeHint().width())
    bare = KeyButton(action("Interpreter", ""))
    put(window, bare)
    bare.setFixedWidth(button.width())
    QApplication.processEvents()
    button.clearFocus()
    bare.clearFocus()
    assert grab(button) == grab(bare)


def test_the_ring_stands_outside_the_border(qtbot: QtBot, window: QWidget, look: Look) -> None:
    button = KeyButton(action(), "main")
    put(window, button)
    put(window, other := KeyButton(action("Hold", "F9")))
    other.setFocus()
    plain = grab(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    focused = grab(button)
    across = [focused.pixelColor(x, focused.height() // 2).name() for x in range(7)]
    ring, gap, accent = (look.colour(name).name() for name in ("focus", "focus-gap", "accent"))
    assert across == [ring] * 3 + [gap] * 2 + [accent] * 2
    inside = button.rect().adjusted(RING + 4, RING + 4, -RING - 4, -RING - 4)
    assert focused.copy(inside) == plain.copy(inside)


@pytest.mark.parametrize("name", ["light", "dark", "high-contrast"])
def test_the_ring_is_seen_in_every_theme(qtbot: QtBot, window: QWidget, qapp: QApplication, name: str) -> None:
    look = Look(load_theme(name))
    apply_look(qapp, look)
    button = KeyButton(action())
    put(window, button)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    across = [grab(button).pixelColor(x, 25).name() for x in range(5)]
    assert across[:3] == [look.colour("focus").name()] * 3


def test_every_state_is_of_tokens(qtbot: QtBot, window: QWidget, look: Look) -> None:
    it = action()
    button = KeyButton(it)
    put(window, button)
    button.clearFocus()
    middle = QPoint(button.width() // 2, RING + 4)

    def ground() -> str:
        return grab(button).pixelColor(middle).name()

    assert ground() == look.colour("surface-raised").name()
    button.setDown(True)
    assert ground() == look.colour("surface-selected").name()
    button.setDown(False)
    it.setEnabled(False)
    assert not button.isEnabled()
    assert ground() == look.colour("disabled").name()
    border = grab(button).pixelColor(RING, 25).name()
    assert border == look.colour("line").name()


@pytest.mark.parametrize(("theme", "dashed"), [("light", False), ("dark", True), ("high-contrast", True)])
def test_where_the_ground_does_not_tell_what_cannot_be_pressed_the_border_is_dashed(
    window: QWidget, theme: str, dashed: bool
) -> None:
    it = action()
    button = KeyButton(it)
    look = Look(load_theme(theme))
    apply_look(window, look)
    put(window, button)
    button.clearFocus()

    def along_the_top() -> set[str]:
        picture = grab(button)
        return {picture.pixelColor(x, RING).name() for x in range(RING + 8, button.width() - RING - 8)}

    assert along_the_top() == {look.colour("line-strong").name()}
    it.setEnabled(False)
    seen = along_the_top()
    assert look.colour("line").name() in seen
    assert (len(seen) > 1) is dashed


def test_hover(qtbot: QtBot, window: QWidget, look: Look) -> None:
    button = KeyButton(action(), "main")
    put(window, button)
    centre = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(centre, centre, centre))
    assert grab(button).pixelColor(30, RING + 3).name() == look.colour("accent-hover").name()
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert grab(button).pixelColor(30, RING + 3).name() == look.colour("accent").name()


def test_it_follows_its_action(window: QWidget) -> None:
    it = action()
    button = KeyButton(it)
    put(window, button)
    it.setText("&Call next")
    it.setShortcut(QKeySequence("F5"))
    assert button.text() == "Call next"
    assert "F5" in button.accessibleDescription()
    it.setVisible(False)
    assert button.isHidden()
    it.setVisible(True)
    assert button.isVisible()


def test_a_button_that_is_not_placed_yet_does_not_become_a_window(qapp: object, look: Look) -> None:
    it = action()
    button = KeyButton(it)
    it.setText("Hold")
    assert not button.isVisible()


def test_it_works_by_mouse_by_space_and_by_its_key(qtbot: QtBot, window: QWidget) -> None:
    it = action()
    button = KeyButton(it)
    put(window, button)
    done: list[bool] = []
    it.triggered.connect(lambda: done.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert len(done) == 3


def test_tab_reaches_every_button(qtbot: QtBot, window: QWidget) -> None:
    buttons = [KeyButton(action(text, "")) for text in ("Finish", "Hold", "Transfer")]
    for button in buttons:
        put(window, button)
    buttons[1].action().setEnabled(False)
    buttons[0].setFocus()
    qtbot.waitUntil(buttons[0].hasFocus)
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert buttons[2].hasFocus()


def test_what_a_screen_reader_hears(window: QWidget) -> None:
    button = KeyButton(action("Finish and call next", "F5"), "main")
    button.set_detail("C020 next: 1 min left, can still be kept")
    put(window, button)
    heard = QAccessible.queryAccessibleInterface(button)
    assert heard.role() == QAccessible.Role.PushButton
    assert heard.text(QAccessible.Text.Name) == "Finish and call next"
    assert heard.text(QAccessible.Text.Description) == "C020 next: 1 min left, can still be kept. Key F5"


def test_a_main_button_has_a_second_line(window: QWidget) -> None:
    button = KeyButton(action("Call next", "F5"), "main")
    put(window, button)
    button.clearFocus()
    before = grab(button)
    button.set_detail("Nobody to call yet")
    assert button.detail() == "Nobody to call yet"
    assert differing(before, grab(button)) > 50


def test_the_accent_can_be_lent(window: QWidget, look: Look) -> None:
    button = KeyButton(action("New walk-in", "F2"), "lean")
    put(window, button)
    button.set_accent(True)
    assert look.colour("accent").name() in colours_in(grab(button))
    button.set_accent(False)
    assert look.colour("accent").name() not in colours_in(grab(button))


def test_a_grid_stands_as_the_picture_has_it(window: QWidget) -> None:
    grid = KeyGrid()
    for text in ("Finish", "Hold", "Transfer", "Room", "Interpreter", "Book"):
        grid.add(KeyButton(action(text)))
    grid.setParent(window)
    grid.resize(484 + 2 * RING, 88 + 2 * RING)
    window.show()
    boxes = [button.geometry().adjusted(RING, RING, -RING, -RING) for button in grid.buttons()]
    assert [(box.left() - RING, box.width()) for box in boxes[:3]] == [(0, 156), (164, 156), (328, 156)]
    assert [(box.top() - RING, box.height()) for box in boxes[::3]] == [(0, 40), (48, 40)]
    assert grid.heightForWidth(grid.width()) == 88 + 2 * RING


def test_a_grid_takes_fewer_columns_where_words_need_it_and_no_place_for_the_hidden(window: QWidget) -> None:
    grid = KeyGrid()
    buttons = [grid.add(KeyButton(action(text))) for text in ("Finish", "Signposting", "Transfer")]
    assert grid.heightForWidth(900) == 50
    assert grid.heightForWidth(310) == 98
    assert grid.heightForWidth(160) == 146
    buttons[1].action().setVisible(False)
    assert grid.heightForWidth(310) == 50


def test_controls_that_come_and_go_together_are_placed_once(qtbot: QtBot, window: QWidget) -> None:
    grid = KeyGrid()
    buttons = [grid.add(KeyButton(action(text))) for text in ("Finish", "Hold", "Transfer", "To follow", "Signpost")]
    put(window, grid)
    moves = Moves(buttons[3])
    for button in buttons[:3]:
        button.action().setVisible(False)
    qtbot.waitUntil(lambda: moves.places == [QPoint(0, 0)])


def test_controls_that_changed_in_a_hidden_grid_have_their_places_when_it_is_shown(window: QWidget) -> None:
    grid = KeyGrid()
    buttons = [grid.add(KeyButton(action(text))) for text in ("Finish", "Hold")]
    put(window, grid)
    grid.hide()
    buttons[0].action().setVisible(False)
    grid.show()
    assert buttons[1].pos() == QPoint(0, 0)


def test_a_button_asks_for_the_room_of_what_it_says_now(window: QWidget) -> None:
    button = KeyButton(action("Hold", "F9"))
    put(window, button)
    widths = [button.sizeHint().width()]
    button.action().setText("Hold and go on")
    widths.append(button.sizeHint().width())
    button.action().setShortcut(QKeySequence("Ctrl+Shift+F9"))
    widths.append(button.sizeHint().width())
    apply_look(window, Look(load_theme("light"), 150))
    widths.append(button.sizeHint().width())
    assert widths == sorted(set(widths)), "wider each time"


class Moves(QObject):
    """Every place that a widget was given."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.places: list[QPoint] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Move and isinstance(watched, QWidget):
            self.places.append(watched.pos())
        return False
