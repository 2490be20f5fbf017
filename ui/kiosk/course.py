"""One visitor's way through the screens: where they are, how they came there, and what they have entered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.domain.languages import ENGLISH
from ui.kiosk.entered import At, Entered
from ui.kiosk.fields import date_at_part, erased_from, typed_with
from ui.scanner import APPOINTMENT_CODE
from ui.visitor_words import VisitorWords, WordsOf

_IN_BETWEEN = (At.MOMENT, At.TROUBLE, At.NOT_NOW)
"""Screens that only tell: back never leads to one."""


class Course(QObject):
    """From the first touch to the last screen, and then the next visitor's."""

    changed = Signal()
    """Another screen, or the same one with other words."""
    typed = Signal(str)
    """What has been typed so far."""
    began_anew = Signal()
    """The visitor has gone: aids go back to what they were."""

    def __init__(self, words_of: WordsOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words_of = words_of
        self.entered = Entered()
        self.at = At.LANGUAGE
        self._back: list[At] = []

    @property
    def words(self) -> VisitorWords:
        return self.words_of(self.entered.tag)

    @property
    def is_on_the_way(self) -> bool:
        """There is a screen to go back to."""
        return bool(self._back)

    @property
    def is_fresh(self) -> bool:
        """Nobody has begun yet."""
        return self.at is At.LANGUAGE and not self._back and self.entered.tag == ENGLISH

    # -- from screen to screen -----------------------------------------------------------------------------------------

    def go(self, at: At) -> None:
        """On to a screen; back leads here."""
        if self.at not in _IN_BETWEEN and self.at is not at:
            self._back.append(self.at)
        self.show(at)

    def show(self, at: At) -> None:
        """A screen that stands for the present one: back leads to where that would have led."""
        self.at = at
        self.changed.emit()

    def wait_a_moment(self) -> None:
        """Until an answer comes."""
        if self.at is not At.MOMENT:
            self._back.append(self.at)
        self.show(At.MOMENT)

    def end_at(self, at: At, *, back_to: tuple[At, ...] = ()) -> None:
        """A last screen: something is done, and back leads no further than it may still be changed."""
        self._back = [*back_to]
        self.show(at)

    def go_on_from_language(self) -> None:
        """To where the language was changed, with all that stood there; at first to what the visitor came for."""
        if self._back:
            self.show(self._back.pop())
        else:
            self.go(At.PURPOSE)

    def back(self) -> None:
        """To the screen before; what was entered stays."""
        entered = self.entered
        to = self._back.pop() if self._back else At.LAST if entered.has_ticket else At.LANGUAGE
        entered.fault = ""
        entered.typed = {
            At.NAME: entered.name,
            At.REFERENCE: entered.reference.removeprefix(APPOINTMENT_CODE),
            At.BORN: entered.born,
        }.get(to, "")
        self.show(to)

    def back_to(self, at: At) -> None:
        """To a screen that the visitor has come through; to the one before where they have not."""
        if at in self._back:
            while self._back[-1] is not at:
                self._back.pop()
        self.back()

    def begin_anew(self) -> None:
        """For the next visitor. Of this one nothing is left."""
        self.entered = Entered()
        self._back.clear()
        self.show(At.LANGUAGE)
        self.began_anew.emit()

    # -- what is entered -----------------------------------------------------------------------------------------------

    def type(self, sign: str) -> None:
        """A sign for the field of this screen, which takes it or not."""
        self._put_typed(typed_with(self.at, self.entered.typed, sign))

    def erase(self) -> None:
        """The last sign."""
        self._put_typed(self.entered.typed[:-1] if self.at is not At.BORN else erased_from(self.entered.typed))

    def go_to_part(self, part: int) -> None:
        """Day, month or year of the date of birth has been touched."""
        if self.at is At.BORN:
            self._put_typed(date_at_part(self.entered.typed, part))

    def _put_typed(self, typed: str) -> None:
        self.entered.typed = typed
        self.typed.emit(typed)

    def find_fault(self, said: str, *, empty: bool = False) -> None:
        """Say what is wrong with what was typed, which stays to be mended, or is to be typed anew."""
        if empty:
            self._put_typed("")
        self.entered.fault = said
        self.changed.emit()
