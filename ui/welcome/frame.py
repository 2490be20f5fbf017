"""Where sections are shown: the contents beside one sheet, or above it where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.welcome.confirm_page import ConfirmPage
from ui.welcome.contents import SECTION_KEYS, Contents
from ui.welcome.page import Page
from ui.widgets import KeyButton, MessageLine, Sheet

_MARGIN = 16
_PAGE_WIDTH = 712
"""Pixels at 100 % that the widest section needs to stand beside the contents."""


def action(owner: QWidget, words: str, key: str, run: Callable[[], object]) -> QAction:
    """Something that can be done from anywhere in the window, by `key` if it has one."""
    made = QAction(words, owner)
    if key:
        made.setShortcut(QKeySequence(key))
    made.setAutoRepeat(False)
    made.triggered.connect(lambda _checked=False: run())
    return made


class Frame(QWidget):
    """Sections by their numbers, one shown at a time, and the last question after them; the line at the bottom."""

    moved = Signal()
    """The person goes to another section."""

    def __init__(
        self,
        heading: str,
        pages: Sequence[Page],
        confirm: ConfirmPage,
        save: QAction,
        leave: QAction,
        undo: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = tuple(pages)
        self._confirm = confirm
        self._save = save
        self.next_action = action(self, "Next", "Ctrl+PgDown", lambda: self.step(1))
        self.contents = Contents(heading, [page.title for page in pages], save, leave)
        self.sheet = Sheet("")
        self.next_button = self.sheet.add_button(KeyButton(self.next_action, "lean"))
        self.stack = QStackedWidget()
        for page in (*pages, confirm):
            self.stack.addWidget(page)
        self.sheet.body.addWidget(self.stack)
        self.message = MessageLine(undo)
        self._sheets = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sheets.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._sheets.setSpacing(_MARGIN)
        self._sheets.addWidget(self.contents)
        self._sheets.addWidget(self.sheet, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._sheets, 1)
        whole.addWidget(self.message)
        self.addAction(action(self, "Section before", "Ctrl+PgUp", lambda: self.step(-1)))
        for at, page in enumerate(pages):
            if at < len(SECTION_KEYS):
                self.addAction(action(self, page.title, f"Ctrl+{SECTION_KEYS[at]}", partial(self.go, at)))
        self.contents.chosen.connect(self.go)
        self.show_place(0)

    def show_place(self, at: int) -> None:
        """Show a section, or the last question, which comes after them all."""
        page: Page | ConfirmPage = self._pages[at] if at < len(self._pages) else self._confirm
        self.stack.setCurrentIndex(at)
        self.sheet.set_title(page.title)
        self.sheet.set_note(page.note)
        is_section = at < len(self._pages)
        has_next = at + 1 < len(self._pages)
        self.next_action.setVisible(has_next)
        if has_next:
            self.next_action.setText(f"Next: {self._pages[at + 1].title}")
        self.contents.show_place(at if is_section else -1)
        self._save.setVisible(is_section)

    def show_confirm(self) -> None:
        """Show the last question."""
        self.show_place(len(self._pages))
        self._confirm.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def is_confirming(self) -> bool:
        return self.stack.currentWidget() is self._confirm

    def go(self, at: int) -> None:
        """Open a section; the focus stays in the contents when it was there, else it goes where the section begins."""
        if not 0 <= at < len(self._pages):
            return
        self.moved.emit()
        in_contents = self.contents.isAncestorOf(QApplication.focusWidget() or self)
        self.show_place(at)
        if not in_contents:
            self._pages[at].start().setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """The section after or before."""
        at = self.stack.currentIndex()
        self.go((at if at < len(self._pages) else 0) + by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        height = self.height() - self.message.height() - 2 * _MARGIN
        narrow = not self.contents.fits_beside(self.width() - 3 * _MARGIN, height, _PAGE_WIDTH)
        self.contents.set_narrow(narrow=narrow)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sheets.setDirection(down if narrow else across)
