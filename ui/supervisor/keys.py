"""The keys of the supervisor's window that do the same wherever the focus is, and the list of the shown page's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ui.panels.panel import Panel
from ui.supervisor.page import Page
from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.with_table import WithTable
from ui.widgets.key_button import key_words

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
SCROLLING = (
    ("PgUp", "A screen up; in a table, in that"),
    ("PgDown", "A screen down; in a table, in that"),
    ("Ctrl Home", "To the top of the page; in a table, of that"),
    ("Ctrl End", "To the end of the page; in a table, of that"),
)
TABLES = ("Arrows", "In a table, from cell to cell")


class EnterPresses(QObject):
    """Enter on a button does what Space does, also where a panel or a key of the page would take it for its own.

    It filters the window's handle, so that it hears a key before anything else does. In a panel with one main thing at
    its foot Enter does that.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() not in _ENTER:
            return super().eventFilter(watched, event)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        button = _pressed()
        if button is None or not plain:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if not event.isAutoRepeat():
                button.click()
            return True
        return super().eventFilter(watched, event)


def _pressed() -> QAbstractButton | None:
    focused: QWidget | None = QApplication.focusWidget()
    if not isinstance(focused, QAbstractButton) or not focused.isEnabled():
        return None
    parent: QWidget | None = focused.parentWidget()
    while parent is not None:
        if isinstance(parent, Panel) and parent.main_button() is not None:
            return None
        parent = parent.parentWidget()
    return focused


def take_key(page: Page, event: QKeyEvent) -> bool:
    """A key that nobody took is the page's, as if the focus were in it, or its one plot's, of several the first in
    sight is offered; then it scrolls."""
    pressed = QKeySequence(event.keyCombination())
    sheets = [sheet for sheet in page.findChildren(WithTable) if sheet.isVisibleTo(page)]
    for action in (*page.actions(), *(sheets[0].actions() if len(sheets) == 1 else ())):
        if action.isEnabled() and pressed in action.shortcuts():
            action.trigger()
            return True
    for sheet in _in_sight(sheets):
        for action in sheet.actions():
            if pressed in action.shortcuts():
                sheet.offer(action)
                return True
    area = page.findChild(QScrollArea, options=_DIRECT)
    if not isinstance(area, QScrollArea):
        return False
    bar = area.verticalScrollBar()
    match event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier):
        case Qt.Key.Key_PageUp, False:
            bar.setValue(bar.value() - bar.pageStep())
        case Qt.Key.Key_PageDown, False:
            bar.setValue(bar.value() + bar.pageStep())
        case Qt.Key.Key_Home, True:
            bar.setValue(bar.minimum())
        case Qt.Key.Key_End, True:
            bar.setValue(bar.maximum())
        case _:
            return False
    return True


def _in_sight(sheets: Sequence[WithTable]) -> Sequence[WithTable]:
    """The first of which half is in sight, or else that of which most is; none where none is."""
    seen = [(sheet, sheet.visibleRegion().boundingRect().height()) for sheet in sheets]
    half = [sheet for sheet, height in seen if 2 * height >= sheet.height()]
    most = max(seen, key=lambda each: each[1], default=None)
    return half[:1] or ([most[0]] if most is not None and most[1] else [])


def keys_of(page: Page) -> list[tuple[str, str]]:
    """Every key of the page, and of what it has at the right of the header, with what it does; also what is offered
    only now and then. Enter goes without saying, and Escape where it goes back."""
    found: dict[tuple[str, str], None] = {}
    several = len(page.findChildren(WithTable)) > 1
    for holder in (page.head, page):
        for action in holder.findChildren(QAction) if holder is not None else ():
            key = key_words(action)
            if key not in ("", "Enter", "Esc") or (key == "Esc" and action.parent() is page):
                where = ", with the focus on it" if several and isinstance(action.parent(), WithTable) else ""
                found[key, action.toolTip().removesuffix(f", {key}").removesuffix("…") + where] = None
    own = {key for key, _ in found}
    scrolling = (each for each in SCROLLING if each[0] not in own)
    tables = page.findChildren(FiguresTable)
    of_tables = [TABLES, *(keys for table in tables for keys in table.keys)] if tables else []
    found.update(dict.fromkeys((*scrolling, *of_tables)))
    return list(found)
