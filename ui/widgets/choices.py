"""Choosing one of a few: a row of segments, a grid of big buttons, and ticking one thing."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ui.theme import Look, look_of
from ui.widgets.control_grid import ControlGrid
from ui.widgets.painting import (
    MUTED,
    RING,
    Style,
    draw_box,
    draw_icon,
    draw_ring,
    draw_text,
    is_dashed,
    text_width,
    wrapped_lines,
)

_TICK_WORDS = 160
"""Words of a tick that are longer than this, in pixels at 100 % text, may be broken into lines."""


class _Choice(QRadioButton):
    """A radio button painted as a box of words; the arrow keys move among the choices of one parent."""

    def __init__(self, text: str, letter: str = "", *, big: bool = False) -> None:
        super().__init__(text)
        self._letter = letter
        self._big = big
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        if letter:
            self.setAccessibleDescription(f"Key {letter}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def letter(self) -> str:
        return self._letter

    def _side(self) -> int:
        return 16 if self._big else 12

    def _height(self, look: Look) -> int:
        floor = 56 if self._big else look.measure("size", "button")
        return look.row_height(floor) + 2 * RING

    def _width(self, look: Look) -> int:
        letter = text_width(self._letter, look, MUTED) + 12 if self._letter else 0
        return 2 * (RING + self._side()) + letter

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(self._width(look) + text_width(self.text(), look, Style(weight=600)), self._height(look))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        words = text_width(self.text(), look, Style(weight=600))
        return QSize(self._width(look) + min(words, look.px(160 if self._big else 400)), self._height(look))

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        chosen = self.isChecked()
        radius = look.measure("radius", "control")
        if not self.isEnabled():
            ground, border, words, stroke = "disabled", "line", "on-disabled", look.stroke("control")
        elif chosen:
            ground, border, words, stroke = "surface-selected", "accent-text", "text", look.stroke("focus_row")
        else:
            ground = "surface-hover" if self.underMouse() else "surface-raised"
            border, words, stroke = "line-strong", "text", look.stroke("control")
        dashed = is_dashed(self, look)
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, radius, dashed=dashed)
        if self.hasFocus():
            draw_ring(painter, box, look)
        inner = box.adjusted(self._side(), 0, -self._side(), 0)
        mark = "check" if chosen else ""
        letter_width = draw_text(
            painter, inner, self._letter, look, Style(token="text-muted" if self.isEnabled() else words), right=True
        )
        if letter_width:
            inner.adjust(0, 0, -letter_width - 12, 0)
        if mark and self._big:
            edge = draw_icon(painter, inner.left(), inner, mark, look, "accent-text")
            inner.adjust(edge + 8, 0, 0, 0)
        weight = 600 if chosen or self._big else 400
        style = Style(weight=weight, token=words)
        if not self._big:
            wide = min(inner.width(), text_width(self.text(), look, style))
            inner = QRect(inner.left() + (inner.width() - wide) // 2, inner.top(), wide, inner.height())
        draw_text(painter, inner, self.text(), look, style)


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
            button = _Choice(text)
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
            button = _Choice(offer.name, offer.letter, big=self._big)
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
        button = self._group.checkedButton() or next((b for b in self._buttons() if b.isEnabled()), None)
        if button is not None:
            button.setFocus()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus on the chosen button, else on the first."""
        button = self._group.checkedButton() or next((b for b in self._buttons() if b.isEnabled()), None)
        if button is not None:
            button.setFocus(reason)

    def _buttons(self) -> list[_Choice]:
        return [button for button in self._group.buttons() if isinstance(button, _Choice)]

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self.changed.emit(self._offers[at].id)

    def _clicked(self, at: int) -> None:
        self.chosen.emit(self._offers[at].id)


class Tick(QCheckBox):
    """A box to tick with an icon and words, painted from the tokens."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _words_at(self, look: Look) -> int:
        box = look.px(18)
        icon = look.px(18) + 6 if self._icon_name else 0
        return RING + box + 10 + icon

    def sizeHint(self) -> QSize:
        look = look_of(self)
        width = self._words_at(look) + text_width(self._words(), look) + 2 * RING
        more = max(0, len(self._lines(look)) - 1) * look.line()
        return QSize(width, look.row_height(32) + more + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        hint, look = self.sizeHint(), look_of(self)
        return QSize(min(hint.width(), self._words_at(look) + look.px(_TICK_WORDS) + 2 * RING), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _lines(self, look: Look) -> list[str]:
        return wrapped_lines(self._words(), self.width() - self._words_at(look) - RING, look)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        edge = look.px(18)
        box = QRect(RING, (self.height() - edge) // 2, edge, edge)
        ticked = self.isChecked()
        words = "text" if self.isEnabled() else "on-disabled"
        if not self.isEnabled():
            ground, border = "disabled", "line"
        elif ticked:
            ground, border = "accent", "accent"
        else:
            ground, border = "surface-hover" if self.underMouse() else "surface-raised", "line-strong"
        stroke, dashed = max(1, look.stroke("control")), is_dashed(self, look)
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, 3, dashed=dashed)
        if ticked:
            draw_icon(painter, box.left(), box, "check", look, "on-accent" if self.isEnabled() else "on-disabled")
        if self.hasFocus():
            draw_ring(painter, self.rect().adjusted(RING, RING, -RING, -RING), look)
        x = box.right() + 1 + 10
        if self._icon_name:
            x += draw_icon(painter, x, self.rect(), self._icon_name, look, words) + 6
        lines = self._lines(look)
        y = (self.height() - len(lines) * look.line()) // 2
        for line in lines:
            draw_text(painter, QRect(x, y, self.width() - x - RING, look.line()), line, look, Style(token=words))
            y += look.line()
