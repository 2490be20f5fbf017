"""Choosing one of a few: a row of segments, and a grid of big buttons."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.widgets.choice import Choice
from ui.widgets.control_grid import ControlGrid


class Segmented(ControlGrid):
    """A row of exclusive choices. Tab goes to the chosen one, the arrow keys move the choice."""

    changed = Signal(object)
    """The value now chosen, by whatever means."""

    def __init__(
        self, choices: Sequence[tuple[Hashable, str]] = (), label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._values: list[Hashable] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Replace the choices; the first is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        self.clear()
        self._values = [value for value, _ in choices]
        self.set_columns(max(1, len(choices)))
        for at, (_, text) in enumerate(choices):
            button = Choice(text)
            self._group.addButton(button, at)
            self.add_control(button)
        if self._values:
            self.set_value(self._values[0])

    def value(self) -> Hashable | None:
        """The value that is chosen; None when there are no choices."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: Hashable) -> None:
        """Choose one; raises ValueError for a value that is not offered."""
        self._group.button(self._values.index(value)).setChecked(True)

    def focusInEvent(self, _event: object) -> None:
        if (button := self._group.checkedButton()) is not None:
            button.setFocus()

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self.changed.emit(self._values[at])


class Offer(Struct, frozen=True):
    """One button of a :class:`ChoiceGrid`: its id, the letter that is its key, its name."""

    id: str
    letter: str
    name: str
    enabled: bool = True


class ChoiceGrid(ControlGrid):
    """Big buttons for a handful of services, each with its letter as its key, one chosen at a time.

    While the focus is in the grid a letter chooses; Space chooses what has the focus; the arrow keys move.
    """

    changed = Signal(str)
    """The id now chosen; empty when the choice is taken back."""
    chosen = Signal(str)
    """An id was chosen by key or click (again, too): go on to the next question."""

    def __init__(self, columns: int = 2, label: str = "", parent: QWidget | None = None, *, big: bool = True) -> None:
        super().__init__(columns, parent=parent)
        self._big = big
        self._offers: tuple[Offer, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._group.idClicked.connect(self._clicked)
        self.setAccessibleName(label)

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Replace the buttons; nothing is chosen."""
        if tuple(offers) == self._offers:
            return
        for button in self._group.buttons():
            self._group.removeButton(button)
        self.clear()
        self._offers = tuple(offers)
        for at, offer in enumerate(self._offers):
            button = Choice(offer.name, offer.letter, big=self._big)
            button.setEnabled(offer.enabled)
            self._group.addButton(button, at)
            self.add_control(button)

    def value(self) -> str:
        """The id that is chosen, or an empty string."""
        at = self._group.checkedId()
        return self._offers[at].id if at >= 0 else ""

    def set_value(self, offer_id: str) -> None:
        """Choose one by id; an empty string takes the choice back."""
        for at, offer in enumerate(self._offers):
            if offer.id == offer_id:
                self._group.button(at).setChecked(True)
                return
        if (button := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            button.setChecked(False)
            self._group.setExclusive(True)
            self.changed.emit("")

    def press_letter(self, letter: str) -> bool:
        """Choose by letter; False when no button that can be chosen has it."""
        for button in self._buttons():
            if button.letter().casefold() == letter.casefold() and button.isEnabled():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.click()
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and len(event.text()) == 1 and event.text().isalnum():
                return self.press_letter(event.text())
        return super().eventFilter(watched, event)

    def focusInEvent(self, _event: object) -> None:
        self.setFocus()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus on the chosen button, else on the first."""
        button = self._group.checkedButton() or next((b for b in self._buttons() if b.isEnabled()), None)
        if button is not None:
            button.setFocus(reason)

    def _buttons(self) -> list[Choice]:
        return [button for button in self._group.buttons() if isinstance(button, Choice)]

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self.changed.emit(self._offers[at].id)

    def _clicked(self, at: int) -> None:
        self.chosen.emit(self._offers[at].id)
