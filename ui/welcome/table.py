"""A table of lines that can be added, moved and removed by keyboard or mouse: services, staff, rooms and so on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reception.services.office_settings import OfficeSettings
from ui.welcome.arranged import Flow
from ui.welcome.controls import IconButton
from ui.welcome.details import Details
from ui.welcome.line import Line
from ui.welcome.page import Field, Page, Remark
from ui.welcome.reading import as_typed, quoted
from ui.welcome.rows import Sentence, remark
from ui.widgets import KeyButton, LineEdit

_ALT = Qt.KeyboardModifier.AltModifier


class TableLine(Line):
    """A line with a name, and buttons to move it up, down and away."""

    def __init__(self, page: TablePage, record_id: str, name: str) -> None:
        super().__init__(page.kind, page.widget())
        self.record_id = record_id
        self._kind = page.kind
        self.name = LineEdit(name)
        self.name.textEdited.connect(page.was_edited)
        self.up = IconButton("down", "", turned=True)
        self.down = IconButton("down", "")
        self.remove = IconButton("cross", "")

    def add_tools(self) -> None:
        """The three buttons, after the other cells."""
        for button in (self.up, self.down, self.remove):
            self.add_cell(button, "", 32, glued=button is not self.up)

    def tools(self) -> tuple[QWidget, ...]:
        return (self.up, self.down, self.remove)

    def called(self) -> str:
        """Its name, or words that stand for it while it has none."""
        return (
            quoted(self.name.text())
            if as_typed(self.name.text())
            else f"{'an' if self._kind[0] in 'aeiou' else 'a'} {self._kind} without a name"
        )

    @abstractmethod
    def controls(self) -> Sequence[QWidget]:
        """Its controls in the order of the Tab key, the tools included."""

    @abstractmethod
    def faults(self) -> Sequence[Field]:
        """Its fields that may be wrong, in the order in which they are read."""

    @abstractmethod
    def typed(self) -> object:
        """What stands in it, to be compared."""

    def start(self) -> QWidget:
        return self.controls()[0]

    def name_controls(self) -> None:
        """Say in every tool whose it is."""
        words = self.called()
        self.setAccessibleName(words)
        self.name.setAccessibleName(f"Name of {words}" if as_typed(self.name.text()) else f"Name of the {self._kind}")
        self.up.set_name(f"Move {words} up", "Up")
        self.down.set_name(f"Move {words} down", "Down")
        self.remove.set_name(f"Remove {words}", "Delete")

    def control_of(self, what: str) -> QWidget:
        """The control for what a refusal names; the name where it names nothing in the line."""
        return self.name

    def reveal(self, control: QWidget) -> None:
        """Open what hides one of its controls."""
        if isinstance(self.more, Details) and self.more.isAncestorOf(control):
            self.more.open(on=True)

    def hide_tools(self, *tools: QWidget) -> None:
        """Where the order says nothing, nothing moves."""
        for tool in tools:
            tool.setParent(self)
            tool.hide()


L = TypeVar("L", bound=TableLine)


class TablePage(Page, Generic[L]):
    """A section that is one table. `kind` is what a line of it is: "service"; `setting` the name of its setting."""

    kind = ""
    setting = ""
    keys = "Up and Down go from line to line. With Alt they move a line, and Alt with Delete removes it."
    """What the keys do, said under the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[L] = []
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self.none = Sentence()
        self.add = QAction(f"Add {'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind}", self)
        self.add.setShortcut(QKeySequence("Ctrl+N"))
        self.add.triggered.connect(self._add)
        self.add_button = KeyButton(self.add)
        self.below = Flow()
        self.below.add(self.add_button)
        self.attend(self.add_button)
        self._none_field = Field(self.add_button, self.none_fault, self.none)

    def build(self) -> None:
        """Put the table and what is under it at the end of the column."""
        self.column.addLayout(self._table)
        self.column.addSpacing(6)
        self.column.addWidget(self.none)
        self.column.addWidget(self.below)
        self.column.addSpacing(8)
        self.column.addWidget(remark(self.keys))

    @abstractmethod
    def new_line(self) -> L:
        """An empty line."""

    @abstractmethod
    def lines_of(self, settings: OfficeSettings) -> list[L]:
        """The lines that show settings."""

    @abstractmethod
    def none_fault(self) -> str:
        """What is wrong with the table as a whole."""

    def changed(self) -> None:
        """Lines came, went or moved: a section may bring what depends on them up to date."""

    # -- lines -------------------------------------------------------------------------------------------------

    def put(self, lines: Sequence[L]) -> None:
        """Show these lines and no others, in this order."""
        for line in self.lines:
            if line not in lines:
                self._table.removeWidget(line)
                line.hide()
        for at, line in enumerate(lines):
            if line not in self.lines:
                self._connect(line)
            self._table.removeWidget(line)
            self._table.insertWidget(at, line)
            line.show()
            line.set_first(at == 0)
        self.lines = list(lines)
        for line in self.lines:
            line.up.setEnabled(line is not self.lines[0])
            line.down.setEnabled(line is not self.lines[-1])
            line.name_controls()
        self.rechain()
        self.changed()

    def _connect(self, line: L) -> None:
        if line.property("connected"):
            return  # it was removed and is put back
        line.setProperty("connected", True)
        line.up.clicked.connect(lambda: self.move_line(line, -1))
        line.down.clicked.connect(lambda: self.move_line(line, 1))
        line.remove.clicked.connect(lambda: self.remove_line(line))
        for control in line.controls():
            self.attend(control)

    def take_in(self, line: L) -> None:
        """A line has more controls than before."""
        for control in line.controls():
            self.attend(control)
        self.rechain()

    def _add(self) -> None:
        line = self.new_line()
        self.put([*self.lines, line])
        self._none_field.was_left = False
        line.start().setFocus()
        line.name.selectAll()  # a name that is proposed is typed over
        self.reveal(line)
        self.was_edited()

    def move_line(self, line: L, by: int) -> None:
        """Move a line up or down; the focus stays in it."""
        at = self.lines.index(line)
        to = at + by
        if not 0 <= to < len(self.lines):
            return
        focus, held = self.focusWidget(), self.line_of(self.focusWidget()) is line
        order = [each for each in self.lines if each is not line]
        order.insert(to, line)
        self.put(order)
        if held:
            (focus if focus.isEnabled() else line.up if by > 0 else line.down).setFocus()
        self.reveal(line)
        self.was_edited()

    def remove_line(self, line: L) -> None:
        """Take a line out; it can be put back as it was.

        The focus goes to the button that removes the next line: in a field to type in, Undo would be the field's.
        """
        before = list(self.lines)
        at = before.index(line)
        self.put([each for each in before if each is not line])
        (self.lines[min(at, len(self.lines) - 1)].remove if self.lines else self.add_button).setFocus()
        self._none_field.was_left = True
        self.was_edited()

        def put_back() -> None:
            if line in self.lines:
                return
            order = list(self.lines)
            order.insert(min(at, len(order)), line)
            self.put(order)
            line.start().setFocus()
            self.was_edited()

        words = line.called()
        self.remarked.emit(Remark(f"{words[:1].upper()}{words[1:]} was removed.", "", put_back))

    def line_of(self, control: QWidget | None) -> L | None:
        """The line that a control stands in."""
        return next((line for line in self.lines if control is not None and line.isAncestorOf(control)), None)

    # -- what a section is asked -------------------------------------------------------------------------------

    def fill(self, settings: OfficeSettings) -> None:
        self.put(self.lines_of(settings))

    def control_of(self, field: str) -> QWidget | None:
        setting, _, rest = field.partition("/")
        if setting != self.setting:
            return None
        record_id, _, what = rest.partition("/")
        line = next((line for line in self.lines if line.record_id == record_id), None)
        if line is not None:
            return line.control_of(what)
        return self.start() if record_id else self.add_button

    def typed(self) -> object:
        return tuple((line.record_id, line.typed()) for line in self.lines)

    def fields(self) -> Sequence[Field]:
        return (*(field for line in self.lines for field in line.faults()), self._none_field)

    def stops(self) -> Sequence[QWidget]:
        return (*(control for line in self.lines for control in line.controls()), *self.below.widgets())

    def was_edited(self) -> None:
        for line in self.lines:
            line.name_controls()
        super().was_edited()

    def reveal(self, control: QWidget) -> None:
        line = self.line_of(control)
        if line is not None:
            line.reveal(control)
        super().reveal(control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        line = self.line_of(focused)
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        has_alt = bool(event.modifiers() & _ALT)
        if line is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete and (has_alt or not isinstance(focused, QLineEdit)):
            self.remove_line(line)
        elif by and has_alt and line.up.isVisibleTo(line):
            self.move_line(line, by)
        elif by and not has_alt:
            self._go(line, by)
        else:
            super().keyPressEvent(event)

    def _go(self, line: L, by: int) -> None:
        """To the name in the line above or below."""
        to = self.lines.index(line) + by
        if 0 <= to < len(self.lines):
            self.lines[to].name.setFocus(Qt.FocusReason.OtherFocusReason)
