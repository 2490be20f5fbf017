"""One screen as it stands on the glass: header, question, what is chosen from, the row to go on with, the aids.

It is made anew for every screen. What finds no room goes to further pages, with large buttons to turn them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.kiosk.aid_button import AidButton
from ui.kiosk.alarm import put_alarm
from ui.kiosk.body import Body
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress
from ui.kiosk.entered import At
from ui.kiosk.field import Field, field_height
from ui.kiosk.foot import Foot
from ui.kiosk.glass import Glass
from ui.kiosk.heading import Heading
from ui.kiosk.keypad import Keypad
from ui.kiosk.parts import Countdown
from ui.kiosk.screens import Entry, Keys, Screen, Surround
from ui.kiosk.sheet_card import SheetCard
from ui.kiosk.standing import Standing
from ui.visitor_words import VisitorWords

_LEFT_WIDE, _LEFT_SHEET = 376, 520
"""The width of the question's column in a wide screen, and of a number's."""
_CODE_WIDE = 520
"""The least width of a field for a reference, beside a question that asks for more."""
_TITLE_SHARE = 0.33
"""Of the height between header and foot, the most that a question may take before it is set smaller."""
_ALONE_SHARE = 0.8
"""Of the same, where nothing else stands there than what always holds."""
_BARE_SHARE = 0.18
"""Of the same, in a wide screen, where all choices are to stand under it at once."""
_SEEN_AT_ONCE = (At.LANGUAGE, At.FEEDBACK)
"""What stood on a second page would be chosen less often: in larger text the question alone stands over all choices."""
_FEW = 3
_STANDING_SHARE = 6
"""Of the height that choices have, the part that what always holds may take from those in pages."""
_LONGEST = 88
"""Seconds of two figures: what stands below doesn't move while they are counted."""


class Page(QWidget):
    """The whole of one screen, in one of two shapes: all one under another, or the question beside the choices."""

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
    part_touched = Signal(int)
    """Of a date."""
    turned = Signal()
    """Another page of the same screen is shown."""

    def __init__(
        self,
        screen: Screen,
        surround: Surround,
        dress: Dress,
        words: VisitorWords,
        parent: QWidget,
        may_press: Callable[[], bool],
        page: int = 0,
    ) -> None:
        super().__init__(parent)
        self.screen_shown = screen
        self.page = page
        self.pages = 1
        self._dress = dress
        self._words = words
        self._surround = surround
        self.field: Field | None = None
        self.countdown: Countdown | None = None
        self.choices: list[KioskButton] = []
        self._turning: list[KioskButton] = []
        self._glass = Glass(self, dress, words, may_press, self._choose)
        self._heading = Heading(self._glass, screen)
        standing = () if screen.staff else surround.standing
        self._standing = Standing(self._glass, standing, is_urgent=surround.is_urgent)
        self._foot = Foot(self._glass, screen)
        self.setAccessibleName(screen.title)
        self.setGeometry(0, 0, dress.width, dress.height)
        self._left = dress.fixed(_LEFT_SHEET if screen.sheet else _LEFT_WIDE)
        foot = dress.height if screen.staff else self._foot.put_aids(surround.on)
        if screen.is_alarm:
            put_alarm(self._glass, screen, foot - dress.fixed(24))
            self._order_tabs()
            return
        foot = self._foot.put_actions(foot, self._left)
        if not dress.is_wide:
            self._lay_out_tall(foot)
        elif screen.entry is not None:
            self._lay_out_keyboard(screen.entry, foot)
        else:
            self._lay_out_wide(foot)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """What is asked first, then the way on and back, and the aids at last: as the eye goes."""
        field = [self.field] if self.field is not None else []
        order = [*field, *self.choices, *self._turning, *self._foot.going, *self.findChildren(AidButton)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # -- the shapes --------------------------------------------------------------------------------------------------

    def _lay_out_tall(self, foot: int) -> None:
        """A wide screen whose words find no room side by side has it too, and no header: there is none for that."""
        dress, screen = self._dress, self.screen_shown
        x, width = dress.margin, dress.width - 2 * dress.margin
        top = dress.fixed(24) if dress.is_wide else self._put_header(dress.fixed(44)) + dress.fixed(40)
        foot -= dress.fixed(24)
        if self._is_seen_at_once():
            self._heading.is_bare = True
        if screen.title:
            top = top if dress.is_wide else max(top, dress.fixed(168))
            share = _TITLE_SHARE if screen.entry or self._has_body() else _ALONE_SHARE
            if self._heading.is_bare and dress.is_wide:
                share = _BARE_SHARE
            top = self._heading.put_question(x, top, width, round((foot - top) * share))
            top += dress.fixed(48 if dress.is_roomy else 24)
        if screen.entry:
            foot = self._standing.put(x, width, foot, dress.fixed(100) if dress.is_roomy else 0)
            high = field_height(dress, screen.entry)
            self._put_field(screen.entry, x, top, width, high)
            self._put_keys(screen.entry, x, top + high + dress.fixed(32), width, foot)
            return
        if screen.counts_down and not self._has_body():
            end = self._put_countdown(x, width, top)
            self._standing.put(x, width, foot, foot - end)
            return
        foot = self._put_countdown(x, width, foot, above=True)
        body = Body(self._glass, screen, width, foot - top, self._turn, is_stacked=dress.is_wide)
        room = foot - top - body.height
        if room < 0 and screen.choices:
            # In pages in any case: a line more costs at most a row of one of them.
            room = (foot - top) // _STANDING_SHARE
        foot = self._standing.put(x, width, foot, room)
        self._put_body(body, x, top, foot)

    def _lay_out_keyboard(self, entry: Entry, foot: int) -> None:
        """In a wide screen the keyboard needs the room: question and field share one row, where the header would be."""
        dress, left = self._dress, self._left
        whole = dress.width - 2 * dress.margin
        right, width = self._right_column()
        high = field_height(dress, entry) if entry.parts else dress.fixed(96)
        top, is_beside = dress.fixed(16), entry.keys in (Keys.DATE, Keys.PIN)
        most = foot - top if is_beside else high + dress.gap - dress.fixed(8)
        if entry.keys is Keys.REFERENCE and not self._heading.fits(left, most):
            # A reference is short: what is wrong with one has the room beside it.
            width = dress.fixed(_CODE_WIDE)
            left = whole - width - dress.fixed(32)
            right = dress.margin + left + dress.fixed(32)
        self._heading.put_question(dress.margin, top, left, most)
        self._put_field(entry, right, top, width, high)
        x, wide = (right, width) if is_beside else (dress.margin, whole)
        self._put_keys(entry, x, top + high + dress.gap, wide, foot)

    def _lay_out_wide(self, foot: int) -> None:
        if self._is_seen_at_once():
            self._lay_out_tall(foot)
            return
        dress, screen, left = self._dress, self.screen_shown, self._left
        right, width = self._right_column()
        if not screen.counts_down and not self._has_body():
            left = dress.width - 2 * dress.margin
        has_header, top = dress.is_roomy or not screen.sheet, dress.fixed(24)
        if has_header:
            below = dress.fixed(28) + self._heading.header_height(self._surround.clock) + dress.fixed(16)
            top = max(below, dress.fixed(88))
        most = foot - top - self._standing.urgent_height(left)
        if screen.title and not self._heading.fits(left, most):
            # Of many choices the question alone says enough; read aloud it is whole.
            self._heading.is_bare = len(screen.choices) > _FEW
            if not self._heading.is_bare or not self._heading.fits(left, most):
                self._lay_out_tall(foot)
                return
        if has_header:
            self._put_header(dress.fixed(28))
        if screen.sheet:
            card = SheetCard(screen.sheet, dress, self, left, most)
            self._glass.put(card, dress.margin, top)
            end = top + card.height() + dress.gap
        else:
            end = self._heading.put_question(dress.margin, top, left, most) + dress.gap
        self._standing.put(dress.margin, left, foot, foot - end)
        if screen.counts_down and not self._has_body():
            self._put_countdown(right, width, top)
            return
        foot = self._put_countdown(right, width, foot, above=True)
        body = Body(self._glass, screen, width, foot - top, self._turn)
        has_room_beside_back = screen.main is None and screen.also is None
        self._put_body(body, right, top, foot, self._foot.lowest if has_room_beside_back else None)

    def _right_column(self) -> tuple[int, int]:
        """Where it begins in a wide screen, and how wide it is."""
        right = self._dress.margin + self._left + self._dress.fixed(32)
        return right, self._dress.width - self._dress.margin - right

    def _is_seen_at_once(self) -> bool:
        return self.screen_shown.name in _SEEN_AT_ONCE and not self._dress.is_roomy

    def _has_body(self) -> bool:
        screen = self.screen_shown
        return bool(screen.choices or screen.steps or screen.sheet)

    # -- what stands in them -----------------------------------------------------------------------------------------

    def _put_header(self, top: int) -> int:
        return self._heading.put_header(self._surround.office, self._surround.clock, top)

    def _put_body(self, body: Body, x: int, top: int, foot: int, pager_at: int | None = None) -> None:
        body.put(self.page, x, top, foot, pager_at)
        self.page, self.pages = body.page, body.pages
        self.choices, self._turning = body.choices, body.turning

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)

    def _turn(self, by: int) -> None:
        self.page += by
        self.turned.emit()

    def _put_countdown(self, x: int, width: int, y: int, *, above: bool = False) -> int:
        """Under `y`, or above it; where it ends, or begins."""
        if not self.screen_shown.counts_down:
            return y
        is_last = self._has_body() or self.screen_shown.main is None or self.screen_shown.also is None
        longest = self._words("kiosk.last.closes" if is_last else "kiosk.idle.line", count=_LONGEST)
        self.countdown = Countdown(self._dress, self, width, longest)
        high = self.countdown.height()
        self._glass.put(self.countdown, x, y - high if above else y)
        return y - high - self._dress.fixed(24) if above else y + high

    def _put_field(self, entry: Entry, x: int, top: int, width: int, high: int) -> None:
        self.field = Field(entry, self._dress, self, entry.label)
        self.field.part_touched.connect(self._touch_part)
        self.field.setGeometry(self._dress.placed(QRect(x, top, width, high)))

    def _touch_part(self, part: int) -> None:
        if self._glass.may_press():
            self.part_touched.emit(part)

    def _put_keys(self, entry: Entry, x: int, top: int, width: int, foot: int) -> None:
        keys = Keypad(entry, self._dress, self._words, self, self._glass.may_press)
        keys.lay_out(width, max(self._dress.button, foot - top))
        keys.pressed.connect(self.typed)
        keys.erased.connect(self.erased)
        keys.move(self._dress.placed(QRect(x, top, width, keys.height())).topLeft())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._dress.colour("late" if self.screen_shown.is_alarm else "surface"))
