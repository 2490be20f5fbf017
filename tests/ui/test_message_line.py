"""The bar where the program speaks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.colours import colours_in
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import RING, MessageLine, Mood

SENTENCE = "Tell H008: 2 min over, likely in about 6 min."
DETAIL = "One Housing officer today. Next free time 11.45am."


class Window:
    def __init__(self, qtbot: QtBot, width: int = 1366) -> None:
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.undo = QAction("Undo")
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.line = MessageLine(self.undo)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self.line)
        self.resize(width)

    def resize(self, width: int) -> None:
        self.widget.resize(width, 600)
        self.widget.show()
        for _ in range(3):
            QApplication.processEvents()


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> Window:
    return Window(qtbot)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QAccessible.AnnouncementPoliteness]]:
    heard: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def test_it_is_sixty_four_high_from_edge_to_edge(window: Window) -> None:
    window.line.say(SENTENCE, DETAIL, "late", [QAction("Told, will wait"), QAction("Offer another time")])
    QApplication.processEvents()
    assert window.line.geometry().getRect() == (0, 600 - 64, 1366, 64)
    undo = window.line.undo_button.geometry()
    assert undo.right() + 1 - RING == 1350
    assert undo.top() + RING == 13  # a hairline and twelve


@pytest.mark.parametrize("state", ["plain", "late", "due-soon", "done"])
def test_what_is_said_is_announced(
    window: Window, announced: list[tuple[str, QAccessible.AnnouncementPoliteness]], state: Mood
) -> None:
    window.line.say(SENTENCE, DETAIL, state)
    urgent = state in ("late", "due-soon")
    politeness = QAccessible.AnnouncementPoliteness
    assert announced == [(f"{SENTENCE} {DETAIL}", politeness.Assertive if urgent else politeness.Polite)]
    assert window.line.state() == state


def test_what_is_said_again_is_not_laid_out_and_painted_again(window: Window) -> None:
    action = QAction("Told, will wait")
    window.line.say(SENTENCE, DETAIL, "late", [action])
    for _ in range(3):
        QApplication.processEvents()
    work = Work(window.line)
    window.line.say(SENTENCE, DETAIL, "late", [action])
    QApplication.processEvents()
    assert work.done == []
    window.line.say(SENTENCE, DETAIL, "due-soon", [action])
    QApplication.processEvents()
    assert set(work.done) == {QEvent.Type.LayoutRequest, QEvent.Type.Paint}


def test_the_same_words_are_not_announced_twice(
    window: Window, announced: list[tuple[str, QAccessible.AnnouncementPoliteness]]
) -> None:
    for _ in range(3):
        window.line.say(SENTENCE)
    window.line.clear()
    window.line.say(SENTENCE)
    assert [message for message, _ in announced] == [SENTENCE, SENTENCE]


def test_it_can_really_be_announced(window: Window) -> None:
    """Through Qt itself, with an accessibility bridge that listens or not: nothing is muttered, nothing crashes."""
    QAccessible.setActive(True)
    window.line.say(SENTENCE, DETAIL, "late")
    QApplication.processEvents()


def test_a_screen_reader_can_read_it_again(window: Window) -> None:
    window.line.say(SENTENCE, DETAIL)
    heard = QAccessible.queryAccessibleInterface(window.line)
    assert heard.text(QAccessible.Text.Name) == "Message"
    assert heard.text(QAccessible.Text.Description) == f"{SENTENCE} {DETAIL}" == window.line.said()


def test_actions_come_and_go_with_what_is_said(window: Window) -> None:
    told, other = QAction("Told, will wait"), QAction("Offer another time")
    window.line.say(SENTENCE, DETAIL, "late", [told, other])
    assert [button.action() for button in window.line.action_buttons()] == [told, other]
    window.line.say("C019 is finished.", state="done")
    QApplication.processEvents()
    assert window.line.action_buttons() == ()
    assert not window.line.undo_button.isHidden()


def test_buttons_stay_the_same_while_the_actions_do(window: Window) -> None:
    told = QAction("Told, will wait")
    window.line.say("Tell H008: 2 min over.", "", "late", [told])
    button = window.line.action_buttons()[0]
    button.setFocus()
    window.line.say("Tell H008: 3 min over.", "", "late", [told])
    assert window.line.action_buttons() == (button,)


def test_undo_follows_its_action(window: Window) -> None:
    window.undo.setEnabled(False)
    assert not window.line.undo_button.isEnabled()


@pytest.mark.parametrize("state", ["late", "due-soon", "done"])
def test_a_state_has_a_shape(window: Window, look: Look, state: Mood) -> None:
    window.line.say("Words")
    plain = window.line.grab().toImage().copy(0, 2, 40, 60)
    window.line.say("Words", state=state)
    token = {"late": "late", "due-soon": "due-soon", "done": "in-time-text"}[state]
    grabbed = window.line.grab().toImage().copy(0, 2, 40, 60)
    assert look.colour(token).name() in colours_in(grabbed)
    assert look.colour(token).name() not in colours_in(plain)


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
@pytest.mark.parametrize("width", [1024, 1366])
def test_a_long_sentence_is_not_cut(qtbot: QtBot, look: Look, qapp: QApplication, percent: int, width: int) -> None:
    worn = Look(load_theme("light"), percent)
    apply_look(qapp, worn)
    window = Window(qtbot, width)
    window.line.say(
        "The ticket is saved but was not printed: the printer has no paper.",
        "Put in a roll and press Print again. The number can be told to the visitor meanwhile: C021.",
        "due-soon",
        [QAction("Print again")],
    )
    window.resize(width)
    words = window.line.findChildren(QWidget)[0]
    assert words.height() >= words.heightForWidth(words.width())
    assert words.heightForWidth(words.width()) <= 3 * worn.line("lead") + 3 * worn.line("base")


def test_no_rule_stands_alone_where_nothing_can_be_taken_back(qtbot: QtBot, look: Look) -> None:
    undo = QAction("Undo")
    line = MessageLine(undo)
    qtbot.addWidget(line)
    line.show()
    rules = [each for each in line.findChildren(QWidget) if type(each).__name__ == "_Rule"]
    assert rules[0].isVisible()
    undo.setVisible(False)
    assert not rules[0].isVisible()
    never = MessageLine(undo)
    qtbot.addWidget(never)
    never.show()
    assert not any(each.isVisible() for each in never.findChildren(QWidget) if type(each).__name__ == "_Rule")


class Work(QObject):
    """What a widget was asked to lay out or to paint."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.done: list[QEvent.Type] = []
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Paint):
            self.done.append(event.type())
        return False
