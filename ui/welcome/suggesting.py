"""Fields to type in that also drop down a list, so that the mouse alone will do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCompleter, QWidget

from ui.theme import apply_look, look_of
from ui.widgets import RING, LineEdit
from ui.widgets.drop import DropList, ListRows, draw_chevron

_MOST_ROWS = 10
_SIGN_WIDTH = 24
_GAP = 6


class _Sign(QAbstractButton):
    """The sign in a field that a list opens under it. For the mouse; the keyboard has the Down key."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("Show the list")
        self.setAccessibleDescription("Key Down")

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(_SIGN_WIDTH), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        token = "text" if self.isEnabled() else "on-disabled"
        draw_chevron(QPainter(self), self.rect(), look_of(self), token, turned=False, size=16)


class _Listed(LineEdit):
    """A field with a list that the Down key or a click on its sign opens."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "", parent)
        self.sign = _Sign(self)
        self.sign.clicked.connect(self._sign_clicked)
        self._wear()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.sign.setAccessibleName(f"Show the list: {name}")

    @abstractmethod
    def holder(self) -> QCompleter:
        """What holds the list."""

    @abstractmethod
    def open_list(self) -> None:
        """Show the whole list."""

    def _under(self) -> QRect:
        """Where the list begins: at the border, not at the edge of the free pixels round it."""
        return self.rect().adjusted(RING, RING, -RING, -RING)

    def _sign_clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.open_list()

    def _wear(self) -> None:
        width = self.sign.sizeHint().width()
        self.setTextMargins(0, 0, max(0, width - _GAP), 0)
        self.sign.setGeometry(self.width() - RING - 1 - width, RING + 1, width, max(0, self.height() - 2 * RING - 2))

    def dress_list(self) -> None:
        """Let the list wear the look of the field: it is a window of its own."""
        popup, look = self.holder().popup(), look_of(self)
        if popup is not None and look_of(popup) is not look:
            apply_look(popup, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Down and is_plain:
            self.open_list()
            return
        super().keyPressEvent(event)


class PickEdit(_Listed):
    """A field that takes what is typed, and drops down what is usual: choosing there is as good as typing."""

    def __init__(self, choices: Callable[[], Sequence[str]], text: str = "", parent: QWidget | None = None) -> None:
        """`choices` is asked whenever the list opens."""
        super().__init__(text, parent)
        self._choices = choices
        self._rows = QStringListModel(self)
        self._list: QCompleter | None = None

    def holder(self) -> QCompleter:
        if self._list is None:  # made when it is first wanted: there are dozens of such fields
            self._list = _completer(self, self._rows)
            self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._list.setWidget(self)
            self._list.activated.connect(self._take)
        return self._list

    def open_list(self) -> None:
        words = list(self._choices())
        self._rows.setStringList(words)
        self.dress_list()
        self.holder().complete(self._under())
        popup = self.holder().popup()
        if self.text() in words and popup is not None:
            at = popup.model().index(words.index(self.text()), 0)
            popup.setCurrentIndex(at)
            popup.scrollTo(at)

    def _take(self, words: str) -> None:
        self.setText(words)
        self.textEdited.emit(words)


class SearchEdit(_Listed):
    """A field that finds one of a long list by any part of it. Nothing else is known here."""

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._choices = frozenset(choices)
        completer = _completer(self, QStringListModel(list(choices), self))
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def holder(self) -> QCompleter:
        return self.completer()

    def open_list(self) -> None:
        self.completer().setCompletionPrefix("")
        self.completer().complete(self._under())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.dress_list()

    def is_known(self) -> bool:
        return self.text() in self._choices

    def settle(self) -> None:
        """Take the list's own spelling of what was typed, or the only entry that it can mean."""
        typed = self.text().strip().replace(" ", "_").casefold()
        exact = [choice for choice in self._choices if choice.casefold() == typed]
        meant = exact or [choice for choice in self._choices if typed and typed in choice.casefold()]
        if len(meant) == 1 and self.text() != meant[0]:
            self.setText(meant[0])


def _completer(field: LineEdit, rows: QStringListModel) -> QCompleter:
    made = QCompleter(field)
    made.setModel(rows)
    made.setMaxVisibleItems(_MOST_ROWS)
    popup = DropList()
    made.setPopup(popup)
    popup.setItemDelegate(ListRows(popup))  # the completer brings one of its own
    popup.setAccessibleName("Suggestions")
    return made
