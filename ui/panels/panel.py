"""The panels that slide over "At this counter": one question each.

Enter does the main thing, Escape backs out, and what was typed stays when it is refused. A panel's commands carry
ids that were minted when it was opened, so that its question is answered once.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QRadioButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from reception.domain.desk_view import DeskView
from reception.services.commands import Command, Result
from ui.panels.fitting import flowing
from ui.panels.in_sight import InSight
from ui.panels.minted import MintedIds
from ui.refused import Refused
from ui.widgets import RING, KeyButton, KeyGrid, Paragraph, Sheet
from ui.widgets.announcing import announce
from ui.widgets.sheet import PADDING

_GAP = 8
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Area(QScrollArea):
    """Scrolls what a panel asks. Squeezed, it wants no more height than that takes, and shrinks to a few rows."""

    least = 96

    def __init__(self) -> None:
        super().__init__()
        self.squeezed = False

    def sizeHint(self) -> QSize:
        inner = self.widget()
        return inner.sizeHint() if self.squeezed and inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(whole.width(), min(self.least, self.sizeHint().height())) if self.squeezed else whole

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.squeezed and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Panel(Sheet):
    """A question in the right sheet: a heading with the way back, a body that scrolls, the main key at the foot."""

    wants_room = False
    """The panel asks for more than one thing, so it may cover the counters below it as well."""

    ends_at_counter = False
    """When nothing is left open after it, the focus goes to the counter's main key and not back to a list."""

    backed_out = Signal()
    sent = Signal(Command)
    """The answer, as a command to carry out."""
    led_to = Signal(object)
    """Another panel that goes on from here; Escape in it comes back."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, note, parent=parent)
        self.ids = MintedIds()
        self.is_sent = False
        """What was answered here is on its way: done or refused is still to come."""
        self._may_back_out = True
        self._letters: dict[str, QAction] = {}
        self._main: QAction | None = None
        self._main_button: KeyButton | None = None
        self._first: QWidget | None = None
        back = self.deed("Back", "Esc", self.backed_out.emit)
        self.back_button = self.add_button(KeyButton(back, "lean"))

        self.area = _Area()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        self.content = QVBoxLayout(content)
        self.content.setContentsMargins(PADDING - RING, 0, PADDING - RING, 0)
        self.content.setSpacing(0)
        self.area.setWidget(content)
        self._in_sight = InSight(self.area, content)
        self.body.addWidget(self.area, 1)

        foot = QWidget()
        self.foot = QVBoxLayout(foot)
        self.foot.setContentsMargins(PADDING - RING, 0, PADDING - RING, PADDING - RING - 1)
        self.foot.setSpacing(0)
        self._problem = Paragraph(token="late-text", weight=600)
        self._problem.setContentsMargins(RING, _GAP, RING, 0)
        self._problem.hide()
        self.foot.addWidget(self._problem)
        self.body.addWidget(foot)

    def keep_open(self) -> None:
        """There is nothing behind this panel: it can't be backed out of."""
        self._may_back_out = False
        self.back_button.hide()

    @property
    def may_back_out(self) -> bool:
        """False: it stays beneath whatever opens over it, until it is answered."""
        return self._may_back_out

    # -- what a panel is made of -----------------------------------------------------------------------------

    def deed(self, words: str, key: str, run: Callable[[], None]) -> QAction:
        """An action of this panel. Its key works wherever the focus is in the panel and nothing else wants it.

        A single letter is left to whatever is being typed in; so is Enter's work to :meth:`set_main`.
        """
        action = QAction(words, self)
        # The button shows the key. It is the panel that listens for it, so that a field may keep its letters.
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: run())
        if len(key) == 1:
            self._letters[key.upper()] = action
        return action

    def set_main(self, words: str, run: Callable[[], None], detail: str = "") -> KeyButton:
        """The main thing, at the foot, where the main key of the counter is; done with Enter."""
        before = self._main_button
        was_first, had_focus = before is not None and self._first is before, before is not None and before.hasFocus()
        self.set_no_main()
        self._main = self.deed(words, "Enter", run)
        self._main_button = KeyButton(self._main, "main")
        self._main_button.set_detail(detail)
        self.foot.addWidget(self._main_button)
        self._main_button.show()  # a layout would do it later, and what can't be seen takes no focus
        if was_first:
            self._first = self._main_button
        if had_focus:
            self._main_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._main_button

    def main_button(self) -> KeyButton | None:
        return self._main_button

    def set_no_main(self) -> None:
        """Enter does nothing here, or is given another meaning next."""
        if self._main_button is not None:
            if self._main_button.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._first is self._main_button:
                self._first = None
            self.foot.removeWidget(self._main_button)
            self._main_button.hide()
            self._main_button.deleteLater()
        self._main = self._main_button = None

    def squeeze_content(self) -> None:
        """The body takes no more height than it needs: what comes after it gets the rest."""
        self.area.squeezed = True
        self.area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.setStretchFactor(self.area, 0)

    def forget_letters(self) -> None:
        """Letters are given out anew."""
        self._letters.clear()

    def has_letter(self, text: str) -> bool:
        """Whether a single key does something here."""
        return text.upper() in self._letters

    def add_grid(self, columns: int = 3) -> KeyGrid:
        """A grid of buttons in the body."""
        grid = flowing(KeyGrid(columns))
        self.content.addWidget(grid)
        return grid

    def add_deeds(self, columns: int = 3) -> KeyGrid:
        """A grid of buttons at the foot, above the main key: always in sight."""
        grid = flowing(KeyGrid(columns))
        self.foot.insertWidget(0, grid)
        return grid

    def add_words(self, text: str, token: str = "text") -> Paragraph:
        """A paragraph in the body."""
        words = Paragraph(text, token=token)
        words.setContentsMargins(RING, 0, RING, _GAP)
        self.content.addWidget(words)
        return words

    def end_content(self) -> None:
        """Nothing more comes in the body."""
        self.content.addStretch(1)

    def least_height(self, width: int) -> int:
        """The height at which heading, main key and all else that does not scroll can be seen whole."""
        layout, margins = self.layout(), self.contentsMargins()
        inside = layout.minimumHeightForWidth(width - margins.left() - margins.right()) if layout is not None else 0
        return inside + margins.top() + margins.bottom()

    # -- focus -----------------------------------------------------------------------------------------------

    def start_with(self, widget: QWidget) -> None:
        """The widget that has the focus when the panel is shown."""
        self._first = widget

    def take_focus(self) -> None:
        """Put the focus where the question begins, or back where it was."""
        inside: QWidget | None = self.focusWidget()
        if inside is not None and inside is not self.back_button:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_first_focus()

    def take_first_focus(self) -> None:
        """Put the focus where the question begins, whatever had it."""
        (self._first or self._main_button or self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the desk tells a panel -------------------------------------------------------------------------

    def show_view(self, view: DeskView) -> None:
        """A new view has come. Panels that depend on it say so."""

    def is_over(self, view: DeskView) -> bool:
        """Whether what the panel asks about is no more."""
        return False

    def refuse(self, no: Refused) -> None:
        """Say why the answer was refused; everything that was typed stays."""
        said = sentences(no)
        if said == self.problem():
            return
        self._problem.set_text(said)
        self._problem.show()
        announce(self._problem, said, urgent=True)

    def problem(self) -> str:
        """The refusal that is shown, or an empty string."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def clear_problem(self) -> None:
        self._problem.hide()

    def command_done(self, command: Command, result: Result) -> bool:
        """One of this panel's commands was done. True when the panel has served its turn."""
        return True

    def is_worth_keeping(self) -> bool:
        """Whether something was typed that must not be lost when another panel opens over this one."""
        return False

    def asks_before_leaving(self) -> bool:
        """Whether Escape asks first, for what was typed goes with the panel."""
        return self.is_worth_keeping()

    # -- keys ------------------------------------------------------------------------------------------------

    def _ringed_choice(self) -> QRadioButton | None:
        """One of several choices that has the focus and is not taken yet: Enter takes it, and does no more."""
        focused: QWidget | None = self.focusWidget()
        ringed = isinstance(focused, QRadioButton) and focused.hasFocus() and not focused.isChecked()
        return focused if ringed and isinstance(focused, QRadioButton) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.isAutoRepeat() or not plain:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._may_back_out:
            self.backed_out.emit()
        elif key in _ENTER and (choice := self._ringed_choice()) is not None:
            choice.click()
        elif key in _ENTER and self._main is not None:
            self._main.trigger()
        elif (letter := self._letters.get(event.text().upper())) is not None:
            letter.trigger()
        else:
            super().keyPressEvent(event)


def sentences(no: Refused) -> str:
    """A refusal in one line: what is wrong, and what to do."""
    return f"{no.reason} {no.remedy}".strip()
