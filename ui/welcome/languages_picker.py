"""Which languages somebody interprets: boxes to tick, and a field that finds a language by name or takes its code."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.languages import code_of, interpreted, name_of
from ui.welcome.arranged import Flow
from ui.welcome.drops import Opener
from ui.welcome.line import Line
from ui.welcome.page import Field
from ui.welcome.reading import quoted
from ui.welcome.rows import Sentence
from ui.welcome.suggesting import SearchEdit
from ui.welcome.words import listed
from ui.widgets import KeyButton, Tick

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _LanguageEdit(SearchEdit):
    """Enter takes what was typed, and saves nothing while something stands here."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.text().strip():
            popup = self.completer().popup()
            if popup is not None:
                popup.hide()
            self.entered.emit()
            return
        super().keyPressEvent(event)


class LanguagesPicker(QObject):
    """A button that says the languages, and what it opens: the boxes of those that were added, and a field to add by.

    A box that is no longer ticked stays until the settings are read anew, so that a slip is mended by another click.
    """

    edited = Signal()
    grew = Signal()
    """A box was added."""

    def __init__(self, codes: Iterable[str], sentence: Sentence, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owner = ""
        self.opener = Opener("Languages")
        self.area = QWidget()
        self.boxes = Flow()
        self.ticks: dict[str, Tick] = {}
        self.entry = _LanguageEdit([name for _, name in interpreted()])
        self.entry.setPlaceholderText("Polish, or a code: ckb")
        add = QAction("Add the language", self)
        add.triggered.connect(self.take)
        self.add_button = KeyButton(add)
        self._line = Line("A language to add", self.area)
        self._line.add_cell(self.entry, "", 248)
        self._line.add_cell(self.add_button, "", 160)
        column = QVBoxLayout(self.area)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(self.boxes)
        column.addWidget(self._line)
        self._entry_field = Field(self.entry, self._entry_fault, self._line.sentence)
        self._fields = (Field(self.opener, self._fault, sentence), self._entry_field)
        self.entry.textEdited.connect(self.edited)
        self.entry.entered.connect(self.take)
        # the field takes the words of the list after this signal
        self.entry.completer().activated.connect(lambda _: QTimer.singleShot(0, self.entry, self.take))
        for code in sorted(codes, key=name_of):
            self._add(code)
        self._show()

    def fields(self) -> tuple[Field, ...]:
        return self._fields

    def controls(self) -> tuple[QWidget, ...]:
        """What the button opens, in the order of the Tab key."""
        return (*self.ticks.values(), self.entry, self.add_button)

    def codes(self) -> frozenset[str]:
        """What is ticked, and what was typed and not added: it was meant."""
        typed = code_of(self.entry.text())
        ticked = {code for code, tick in self.ticks.items() if tick.isChecked()}
        return frozenset(ticked | {typed} if typed else ticked)

    def typed(self) -> object:
        return (frozenset(code for code, tick in self.ticks.items() if tick.isChecked()), self.entry.text().strip())

    def set_owner(self, words: str) -> None:
        """Whose languages these are, for screen readers."""
        self._owner = words
        self.opener.set_name(f"Languages of {words}")
        self.entry.setAccessibleName(f"A language to add for {words}, by name or code")
        self.add_button.setAccessibleName(f"Add the language for {words}")
        self._name_ticks()

    def _name_ticks(self) -> None:
        for code, tick in self.ticks.items():
            tick.setAccessibleName(f"{name_of(code)} for {self._owner}")

    def take(self) -> None:
        """Add the language that was typed, unless it can't be known; the focus stays where the next is typed."""
        code = code_of(self.entry.text())
        if not code:
            self._entry_field.was_left = bool(self.entry.text().strip())
            self.entry.setFocus()
            self.edited.emit()
            return
        if code not in self.ticks:
            self._add(code)
            self._name_ticks()
            self.grew.emit()
        self.ticks[code].setChecked(True)
        self.entry.clear()
        self._entry_field.was_left = False
        self._changed()

    def _add(self, code: str) -> None:
        tick = Tick(name_of(code).replace("&", "&&"))
        tick.setChecked(True)
        tick.clicked.connect(self._changed)
        self.ticks[code] = tick
        self.boxes.add(tick)

    def _changed(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.opener.set_summary(listed(sorted(name_of(code) for code in self.codes()), 2) or "None yet")

    def _fault(self) -> str:
        return "" if self.codes() else "No language is chosen. Add at least one."

    def _entry_fault(self) -> str:
        text = self.entry.text()
        if not text.strip() or code_of(text):
            return ""
        return f"{quoted(text)} is no language of the list. Choose one, or enter its code of three letters (ISO 639-3)."
