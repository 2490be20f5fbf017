"""A section of the settings: its fields, what is wrong with them, and when that is said.

A field's mistake is said as soon as the field is left, and goes as soon as it is mended. Asked to save, a section
says everything at once.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from reception.services.office_settings import OfficeSettings
from ui.welcome.drops import Opener
from ui.welcome.rows import Sentence
from ui.widgets import RING, LineEdit
from ui.widgets.announcing import announce
from ui.widgets.sheet import PADDING

_NOT_LEFT = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
_ROOM_BELOW = 40
"""Pixels under a field that are brought into sight with it: its sentence may stand there."""


@dataclass(slots=True, eq=False)
class Field:
    """A control that may be wrong, what tells so, and where it is said."""

    control: QWidget
    check: Callable[[], str]
    sentence: Sentence
    was_left: bool = False
    said: str = field(default="", init=False)

    def fault(self) -> str:
        return self.check()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was done for the person who types, said in the line at the bottom, and how it is taken back."""

    text: str
    detail: str = ""
    take_back: Callable[[], None] | None = None


class Page(QScrollArea):
    """One section. `title` is its name in the contents, `note` the muted words beside it."""

    title = ""
    note = ""

    edited = Signal()
    """Something was typed or chosen by the person, or taken back."""
    checked = Signal()
    """What is said to be wrong may have changed."""
    remarked = Signal(object)
    """A :class:`Remark`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.title)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(PADDING - RING, 0, PADDING - RING, PADDING - RING)
        self.column.setSpacing(0)
        self.setWidget(content)
        self._awaiting_release: QWidget | None = None

    # -- what a section is made of -----------------------------------------------------------------------------

    @abstractmethod
    def fill(self, settings: OfficeSettings) -> None:
        """Show settings; nothing is said about them yet."""

    @abstractmethod
    def into(self, settings: OfficeSettings) -> OfficeSettings:
        """The settings with this section's answers. Only when nothing is wrong here."""

    @abstractmethod
    def typed(self) -> object:
        """All that stands in the fields, to be compared; of a PIN only whether one was typed."""

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The fields that may be wrong, in the order in which they are read."""

    @abstractmethod
    def stops(self) -> Sequence[QWidget]:
        """Every control in the order of the Tab key."""

    def control_of(self, field: str) -> QWidget | None:
        """The control for what a refusal names (:func:`reception.services.checking_settings.check_settings` says how).

        None when it is of another section.
        """
        return None

    def start(self) -> QWidget:
        """Where the focus begins."""
        return self.stops()[0]

    # -- mistakes ----------------------------------------------------------------------------------------------

    def faults(self) -> list[Field]:
        """Every field with a mistake, said or not."""
        return [each for each in self.fields() if each.fault()]

    def said_faults(self) -> int:
        """How many mistakes are said."""
        return sum(1 for each in self.fields() if each.said)

    def say_all(self) -> None:
        """As if every field had been left."""
        for each in self.fields():
            each.was_left = True
        self.check()

    def check(self) -> None:
        """Say what is wrong with the fields that were left, and no more."""
        told: dict[int, tuple[Sentence, list[str]]] = {}
        for each in self.fields():
            each.said = each.fault() if each.was_left else ""
            _mark(each.control, each.said)
            _, sentences = told.setdefault(id(each.sentence), (each.sentence, []))
            if each.said and each.said not in sentences:
                sentences.append(each.said)
        for sentence, sentences in told.values():
            sentence.tell(" ".join(sentences))
        self.checked.emit()

    def was_edited(self) -> None:
        """Call after every change by the person."""
        self.check()
        self.edited.emit()

    # -- focus -------------------------------------------------------------------------------------------------

    def attend(self, control: QWidget) -> None:
        """Notice when this control gets the focus and when it is left."""
        control.installEventFilter(self)

    def rechain(self) -> None:
        """Tab goes through the stops in their order, whenever they were made."""
        for one, other in pairwise(self.stops()):
            QWidget.setTabOrder(one, other)

    def reveal(self, control: QWidget) -> None:
        """Open what hides a control, and scroll it into sight once layouts have settled."""
        QTimer.singleShot(0, control, lambda: self.ensureWidgetVisible(control, 0, _ROOM_BELOW))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget) and watched is not self.viewport():
            self.ensureWidgetVisible(watched, 0, _ROOM_BELOW)
        elif event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            reason = cast(QFocusEvent, event).reason()
            if reason not in _NOT_LEFT:
                self._left(watched, by_mouse=reason is Qt.FocusReason.MouseFocusReason)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._awaiting_release is not None:
            self._released()
        return super().eventFilter(watched, event)

    def _left(self, control: QWidget, *, by_mouse: bool) -> None:
        if by_mouse and QApplication.mouseButtons():
            # A sentence that appears between press and release would move the button from under the mouse.
            if self._awaiting_release is None:
                QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
            self._awaiting_release = control
            return
        self.left(control)

    def _released(self) -> None:
        control, self._awaiting_release = self._awaiting_release, None
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        if control is not None:
            QTimer.singleShot(0, control, lambda: self.left(control))

    def left(self, control: QWidget) -> None:
        """The focus went elsewhere: a section may put what was typed into its usual form, then it is checked."""
        here = [each for each in self.fields() if each.control is control]
        for each in here:
            each.was_left = True
        self.check()
        for each in here:
            if each.said:
                announce(control, each.said)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._awaiting_release = None
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]


def _mark(control: QWidget, sentence: str) -> None:
    if isinstance(control, LineEdit | Opener):
        control.set_fault(sentence)
    elif control.accessibleDescription() != sentence:
        control.setAccessibleDescription(sentence)
