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
from ui.kiosk.button import KioskButton
from ui.kiosk.dressing import Dress, Size
from ui.kiosk.entered import At
from ui.kiosk.keypad import Field, Keypad, field_height
from ui.kiosk.paragraph import text_width
from ui.kiosk.parts import Countdown, StepRow, Words
from ui.kiosk.screens import ALOUD, BACK, CONTRAST, HELP, LANGUAGE, LARGER, Choice, Keys, Screen, Sheet, Surround
from ui.kiosk.sheet_card import SheetCard
from ui.visitor_words import VisitorWords

_AIDS = ((LANGUAGE, "globe"), (LARGER, "large-print"), (CONTRAST, "contrast"), (ALOUD, "sound"))
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
_TITLE_FLOOR = 0.55
_FLOOR_ALONE = 0.4
"""Of its own size, the least that a title is set in; of one without lines under it."""
_SEEN_AT_ONCE = (At.LANGUAGE, At.FEEDBACK)
"""What stood on a second page would be chosen less often: in larger text the question alone stands over all choices."""
_STANDING_SIZE = 0.8
_FEW = 3
_STANDING_SHARE = 6
"""Of the height that choices have, the part that what always holds may take from those in pages."""
_HIGHEST_SHEET = 664
"""The number's, as the picture of an upright screen has it."""
_LONGEST = 88
"""Seconds of two figures: what stands below doesn't move while they are counted."""


class Page(QWidget):
    """The whole of one screen."""

    chosen = Signal(str)
    typed = Signal(str)
    erased = Signal()
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
        self._may_press = may_press
        self._surround = surround
        self.field: Field | None = None
        self.countdown: Countdown | None = None
        self.choices: list[KioskButton] = []
        self._actions_at = 0
        self._is_stacked = False
        self._is_bare = False
        """The lines under the title find no room."""
        self._turning: list[KioskButton] = []
        self._going: list[KioskButton] = []
        self.setAccessibleName(screen.title)
        self.setGeometry(0, 0, dress.width, dress.height)
        foot = dress.height if screen.staff else self._put_aids()
        foot = self._put_actions(foot)
        if dress.is_wide:
            self._lay_out_wide(foot)
        else:
            self._lay_out_tall(foot)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """What is asked first, then the way on and back, and the aids at last: as the eye goes."""
        field = [self.field] if self.field is not None else []
        order = [*field, *self.choices, *self._turning, *self._going, *self.findChildren(AidButton)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # -- the two shapes --------------------------------------------------------------------------------------------

    def _lay_out_tall(self, foot: int) -> None:
        dress, screen = self._dress, self.screen_shown
        width = dress.width - 2 * dress.margin
        # A wide screen whose words find no room side by side has none for the header either.
        self._is_stacked = dress.is_wide
        top = dress.fixed(24) if dress.is_wide else self._put_header(dress.fixed(44)) + dress.fixed(40)
        foot -= dress.fixed(24)
        if screen.name in _SEEN_AT_ONCE and not dress.is_roomy:
            self._is_bare = True
        if screen.title:
            top = top if dress.is_wide else max(top, dress.fixed(168))
            share = _TITLE_SHARE if screen.entry or self._has_body() else _ALONE_SHARE
            if self._is_bare and dress.is_wide:
                share = _BARE_SHARE
            top = self._put_question(dress.margin, top, width, round((foot - top) * share))
            top += dress.fixed(48 if dress.is_roomy else 24)
        if screen.entry:
            foot = self._put_standing(dress.margin, width, foot, dress.fixed(100) if dress.is_roomy else 0)
            high = field_height(dress, screen.entry)
            self._put_field(dress.margin, top, width, high)
            self._put_keys(dress.margin, top + high + dress.fixed(32), width, foot)
            return
        if screen.counts_down and not self._has_body():
            end = self._put_countdown(dress.margin, width, top)
            self._put_standing(dress.margin, width, foot, foot - end)
            return
        foot = self._put_countdown(dress.margin, width, foot, above=True)
        rows = self._rows(width, foot - top)
        room = foot - top - self._height_of(rows)
        if room < 0 and screen.choices:
            # In pages in any case: a line more costs at most a row of one of them.
            room = (foot - top) // _STANDING_SHARE
        foot = self._put_standing(dress.margin, width, foot, room)
        self._put_body(rows, dress.margin, top, width, foot)

    def _lay_out_wide(self, foot: int) -> None:
        dress, screen = self._dress, self.screen_shown
        whole = dress.width - 2 * dress.margin
        left = dress.fixed(_LEFT_SHEET if screen.sheet else _LEFT_WIDE)
        right, width = dress.margin + left + dress.fixed(32), whole - left - dress.fixed(32)
        if screen.entry:
            # The keyboard needs the room: question and field share one row, where the header would be.
            high = field_height(dress, screen.entry) if screen.entry.parts else dress.fixed(96)
            top, is_beside = dress.fixed(16), screen.entry.keys in (Keys.DATE, Keys.PIN)
            most = foot - top if is_beside else high + dress.gap - dress.fixed(8)
            if screen.entry.keys is Keys.REFERENCE and not self._fits_beside(left, most):
                # A reference is short: what is wrong with one has the room beside it.
                width = dress.fixed(_CODE_WIDE)
                left = whole - width - dress.fixed(32)
                right = dress.margin + left + dress.fixed(32)
            self._put_question(dress.margin, top, left, most)
            self._put_field(right, top, width, high)
            x, wide = (right, width) if is_beside else (dress.margin, whole)
            self._put_keys(x, top + high + dress.gap, wide, foot)
            return
        if not screen.counts_down and not self._has_body():
            left = whole
        if screen.name in _SEEN_AT_ONCE and not dress.is_roomy:
            self._lay_out_tall(foot)
            return
        has_header, top = dress.is_roomy or not screen.sheet, dress.fixed(24)
        if has_header:
            top = max(dress.fixed(28) + self._header_height() + dress.fixed(16), dress.fixed(88))
        most = foot - top - self._urgent_height(left)
        if screen.title and not self._fits_beside(left, most):
            # Of many choices the question alone says enough; read aloud it is whole.
            self._is_bare = len(screen.choices) > _FEW
            if not self._is_bare or not self._fits_beside(left, most):
                self._lay_out_tall(foot)
                return
        if has_header:
            self._put_header(dress.fixed(28))
        if screen.sheet:
            card = SheetCard(screen.sheet, dress, self, left, foot - top - self._urgent_height(left))
            self._put(card, dress.margin, top)
            end = top + card.height() + dress.gap
        else:
            end = self._put_question(dress.margin, top, left, foot - top - self._urgent_height(left)) + dress.gap
        self._put_standing(dress.margin, left, foot, foot - end)
        if screen.counts_down and not self._has_body():
            self._put_countdown(right, width, top)
            return
        foot = self._put_countdown(right, width, foot, above=True)
        self._put_body(self._rows(width, foot - top), right, top, width, foot)

    def _has_body(self) -> bool:
        screen = self.screen_shown
        return bool(screen.choices or screen.steps or screen.sheet)

    # -- what stands in them ---------------------------------------------------------------------------------------

    def _header_height(self) -> int:
        clock = Words(self._surround.clock, self._dress, self, self._dress.width)
        high = clock.height()
        _discard(clock)
        return high

    def _put_header(self, top: int) -> int:
        """The office, smaller where its name is long, and the time: one line."""
        dress, width = self._dress, self._dress.width - 2 * self._dress.margin
        pixels = dress.pixels("text")
        clock = Words(self._surround.clock, dress, self, width // 3, token="text-muted", at_end=True)
        room = width - width // 3 - dress.gap
        while text_width(self._surround.office, dress.font(pixels)) > room and pixels > dress.pixels("text") // 2:
            pixels -= 1
        office = Words(self._surround.office, dress, self, room, token="text-muted", pixels=pixels)
        self._put(office, dress.margin, top + max(0, clock.height() - office.height()) // 2)
        self._put(clock, dress.margin + width - clock.width(), top)
        return top + max(office.height(), clock.height())

    def _question(self, width: int, most: int) -> tuple[Words, list[Words], int]:
        """The title, smaller where it would leave no room, the lines under it, and how high they are.

        Where there is room for one thing alone it is the title, or what is wrong with what was typed.
        """
        screen, dress = self.screen_shown, self._dress
        pixels = dress.pixels("welcome" if screen.grand else "question")
        if screen.grand:
            # On one line: what is chosen from finds more room on the page.
            share = width / max(1, text_width(screen.title, dress.font(pixels, 600)))
            floor = _TITLE_FLOOR if dress.is_roomy else _FLOOR_ALONE
            pixels = round(pixels * 0.99 * share) if floor < share < 1 else pixels
        text, lines = screen.title, [each for each in (screen.line, *screen.lines) if each]
        if self._is_bare:
            lines = []
        if screen.entry and dress.is_wide and not dress.is_roomy:
            text, lines = (screen.line if screen.is_fault else screen.title), []
        least = round(pixels * (_TITLE_FLOOR if lines else _FLOOR_ALONE))
        while True:
            title = Words(text, dress, self, width, weight=600, pixels=pixels)
            parts = [self._line(each, width) for each in lines]
            high = title.height() + sum(part.height() + dress.fixed(12) for part in parts)
            if high > most and pixels <= least and screen.entry and dress.is_wide and parts:
                _discard(title, *parts)
                lines, text = [], screen.line if screen.is_fault else text
                continue
            if high <= most or pixels <= least:
                return title, parts, high
            pixels = max(least, round(pixels * 0.9))
            _discard(title, *parts)

    def _fits_beside(self, width: int, most: int) -> bool:
        title, parts, high = self._question(width, most)
        _discard(title, *parts)
        return high <= most

    def _put_question(self, x: int, top: int, width: int, most: int) -> int:
        """Where it ends."""
        title, parts, _ = self._question(width, most)
        self._put(title, x, top)
        top += title.height()
        for part in parts:
            top += self._dress.fixed(12)
            self._put(part, x, top)
            top += part.height()
        return top

    def _line(self, text: str, width: int) -> Words:
        screen = self.screen_shown
        token = "late-text" if screen.is_fault else "text-muted"
        icon = "late" if screen.is_fault else ""
        size: Size = "choice" if screen.grand and not self._dress.is_wide else "text"
        return Words(text, self._dress, self, width, token=token, size=size, icon=icon)

    def _put_standing(self, x: int, width: int, foot: int, room: int) -> int:
        """What always holds, as far as there is room for it; that we are cut off is said in any case."""
        dress = self._dress
        if self.screen_shown.staff:
            return foot
        parts = []
        for place, (icon, words) in enumerate(self._surround.standing):
            part = self._standing_part(icon, words, width)
            room -= part.height() + dress.fixed(8)
            if room < dress.gap and not (place == 0 and self._surround.is_urgent):
                _discard(part)
                break
            parts.append(part)
        for part in reversed(parts):
            foot -= part.height()
            self._put(part, x, foot)
            foot -= dress.fixed(8)
        return foot - dress.gap if parts else foot

    def _standing_part(self, icon: str, words: str, width: int) -> Words:
        """Not as large as all else where the text is so large that it would take the room of what is asked."""
        dress = self._dress
        pixels = dress.pixels("text")
        if not dress.is_roomy:
            pixels = round(pixels * _STANDING_SIZE)
        return Words(words, dress, self, width, token="text-muted", icon=icon, pixels=pixels)

    def _urgent_height(self, width: int) -> int:
        """The room for what is said in any case; 0 where nothing is."""
        if not self._surround.is_urgent or self.screen_shown.staff or not self._surround.standing:
            return 0
        icon, words = self._surround.standing[0]
        part = self._standing_part(icon, words, width)
        high = part.height() + self._dress.fixed(8) + self._dress.gap
        _discard(part)
        return high

    def _put_countdown(self, x: int, width: int, y: int, *, above: bool = False) -> int:
        """Under `y`, or above it; where it ends, or begins."""
        if not self.screen_shown.counts_down:
            return y
        is_last = self._has_body() or self.screen_shown.main is None or self.screen_shown.also is None
        longest = self._words("kiosk.last.closes" if is_last else "kiosk.idle.line", count=_LONGEST)
        self.countdown = Countdown(self._dress, self, width, longest)
        high = self.countdown.height()
        self._put(self.countdown, x, y - high if above else y)
        return y - high - self._dress.fixed(24) if above else y + high

    def _put_field(self, x: int, top: int, width: int, high: int) -> None:
        entry = self.screen_shown.entry
        assert entry is not None
        self.field = Field(entry, self._dress, self, entry.label)
        self.field.setGeometry(self._dress.placed(QRect(x, top, width, high)))

    def _put_keys(self, x: int, top: int, width: int, foot: int) -> None:
        entry = self.screen_shown.entry
        assert entry is not None
        keys = Keypad(entry, self._dress, self._words, self, self._may_press)
        keys.lay_out(width, max(self._dress.button, foot - top))
        keys.pressed.connect(self.typed)
        keys.erased.connect(self.erased)
        keys.move(self._dress.placed(QRect(x, top, width, keys.height())).topLeft())

    # -- what is chosen from ---------------------------------------------------------------------------------------

    @property
    def _gap(self) -> int:
        """Between one row and the next."""
        choices = self.screen_shown.choices
        return self._dress.fixed(24) if choices and choices[0].tall and not self._dress.is_wide else self._dress.gap

    def _height_of(self, rows: list[list[tuple[QWidget, int]]]) -> int:
        return sum(max(high for _, high in row) + self._gap_under(row) for row in rows)

    def _gap_under(self, row: list[tuple[QWidget, int]]) -> int:
        """Things to know are parted by a line; in a wide screen by nothing else."""
        return 0 if self._dress.is_wide and isinstance(row[0][0], StepRow) else self._gap

    def _put_body(self, rows: list[list[tuple[QWidget, int]]], x: int, top: int, width: int, foot: int) -> None:
        """What is chosen from and what is to be known, in pages."""
        dress = self._dress
        pager = self._pager(width)
        in_foot = dress.is_wide and not self._is_stacked and not (self.screen_shown.main or self.screen_shown.also)
        reserved = 0 if in_foot else pager[0] + dress.gap
        heights = [max(high for _, high in row) + self._gap_under(row) for row in rows]
        # The buttons that turn pages stand where a single one may go on.
        spare = pager[0] + dress.gap if in_foot else 0
        pages = _paged(heights, foot - top + self._gap, reserved, spare)
        if self.screen_shown.closing and len(pages) > 1 and len(pages[-1]) == 1:
            # Thanks alone are no page: they stand under the last thing to know, or are only read aloud.
            if len(pages[-2]) > 1:
                pages[-1].insert(0, pages[-2].pop())
            else:
                pages.pop()
        self.pages = len(pages)
        self.page = min(self.page, self.pages - 1)
        for number, row in enumerate(rows):
            for widget, _high in row if number not in pages[self.page] else ():
                widget.hide()
        y = top
        between = dress.fixed(24) if dress.is_wide or self._gap > dress.gap else dress.gap
        for number in pages[self.page]:
            row = rows[number]
            columns = self._columns(row[0][0], width)
            each_width = (width - between * (columns - 1)) // columns
            for column, (widget, _) in enumerate(row):
                place = QRect(
                    x + column * (each_width + between), y, each_width, heights[number] - self._gap_under(row)
                )
                if isinstance(widget, KioskButton):
                    widget.put(dress.placed(place))
                    self.choices.append(widget)
                else:
                    widget.move(dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
            y += heights[number]
        if self.pages > 1:
            self._put_pager(pager, x, self._actions_at if in_foot else foot - pager[0], width)
        else:
            for widget in pager[1]:
                widget.hide()

    def _columns(self, widget: QWidget, width: int) -> int:
        """How many stand in a row where there is room for them at this text size."""
        if not isinstance(widget, KioskButton):
            return 1
        dress, choice, choices = self._dress, widget.choice, self.screen_shown.choices
        if choice.tall:
            return (
                3
                if dress.is_wide and (dress.is_roomy or self._is_stacked)
                else 2
                if choice.half or dress.is_wide
                else 1
            )
        paired = choice.half or (dress.is_wide and len(choices) > 4 and not any(each.line for each in choices))
        room = width >= dress.look.px(dress.fixed(480 if dress.is_wide else 600))
        return 2 if paired and room else 1

    def _room_of_a_page(self, width: int, height: int) -> int:
        """Of what is shown in pages, above the buttons that turn them."""
        high, widgets = self._pager(width)
        _discard(*widgets)
        return height - high - self._dress.gap

    def _rows(self, width: int, height: int) -> list[list[tuple[QWidget, int]]]:
        """Rows of (widget, height)."""
        dress, screen = self._dress, self.screen_shown
        rows: list[list[tuple[QWidget, int]]] = []
        most = self._room_of_a_page(width, height) if screen.steps else height
        for number, step in enumerate(screen.steps):
            row = StepRow(step, dress, self, width, most, first=number == 0)
            rows.append([(row, row.height())])
        if screen.closing:
            thanks = Words(screen.closing, dress, self, width, size="choice", weight=600)
            rows.append([(thanks, thanks.height())])
        if screen.sheet and not dress.is_wide:
            card = self._sheet(screen.sheet, width, height, height - self._height_of(rows) - dress.gap)
            rows.insert(0, [(card, card.height() + dress.gap)])
        between = dress.fixed(24) if dress.is_wide else dress.gap
        waiting: list[tuple[QWidget, int]] = []
        for choice in screen.choices:
            tall = choice.tall and not dress.is_wide
            least = dress.fixed(192 if dress.is_roomy else 152) if tall else dress.choice
            # One with a line in the visitor's words runs as those do.
            arabic = None if not choice.language or choice.line else choice.language in ("ar", "ur")
            button = KioskButton(choice, dress, self, self._may_press, arabic=arabic)
            button.clicked.connect(lambda _=False, key=choice.key: self.chosen.emit(key))
            columns = self._columns(button, width)
            each_width = (width - between * (columns - 1)) // columns
            waiting.append((button, button.height_in(each_width, least)))
            if len(waiting) == columns:
                rows.append(waiting)
                waiting = []
        return [*rows, waiting] if waiting else rows

    def _sheet(self, sheet: Sheet, width: int, height: int, left: int) -> SheetCard:
        """With the number as large as it gets. Where not all finds room on one page, it has the first for itself;
        at larger text that is so as soon as it would be smaller for the others' sake."""
        dress = self._dress
        alone = min(dress.fixed(_HIGHEST_SHEET), height - dress.fixed(160))
        card = SheetCard(sheet, dress, self, width, alone)
        if left >= dress.fixed(400):
            beside = SheetCard(sheet, dress, self, width, min(dress.fixed(_HIGHEST_SHEET), left))
            if beside.number_pixels >= card.number_pixels or dress.look.text_percent == 100:
                _discard(card)
                return beside
            _discard(beside)
        return card

    def _pager(self, width: int) -> tuple[int, list[KioskButton]]:
        """The buttons that turn the pages, and how high they are."""
        dress, words = self._dress, self._words
        reads = not self.screen_shown.choices
        labels = ("kiosk.further_up", "kiosk.further_down") if reads else ("kiosk.page_before", "kiosk.next_page")
        buttons = []
        for by, label in zip((-1, 1), labels, strict=True):
            button = KioskButton(
                Choice(f"page{by}", words(label)), dress, self, self._may_press, size="text", centred=True
            )
            button.clicked.connect(lambda _=False, by=by: self._turn(by))
            buttons.append(button)
        return max(button.height_in(self._pager_width(width), dress.button) for button in buttons), buttons

    def _pager_width(self, width: int) -> int:
        parts = 3 if self._dress.is_roomy else 2
        return (width - (parts - 1) * self._dress.gap) // parts

    def _put_pager(self, pager: tuple[int, list[KioskButton]], x: int, y: int, width: int) -> None:
        dress = self._dress
        (high, (before, after)), each = pager, self._pager_width(width)
        said = self._words("kiosk.page", page=self.page + 1, pages=self.pages)
        for button, place, enabled in (
            (before, x, self.page > 0),
            (after, x + width - each, self.page < self.pages - 1),
        ):
            self._turning.append(button)
            button.setEnabled(enabled)
            button.setAccessibleDescription(said)
            button.put(dress.placed(QRect(place, y, each, high)))
            button.show()
        if dress.is_roomy:
            middle = Words(said, dress, self, each, token="text-muted", centred=True)
            self._put(middle, x + each + dress.gap, y + (high - middle.height()) // 2)

    def _turn(self, by: int) -> None:
        self.page += by
        self.turned.emit()

    # -- what never moves ------------------------------------------------------------------------------------------

    def _put_actions(self, foot: int) -> int:
        """Back and help, which never move, and the main action; the top of them."""
        dress, screen, words = self._dress, self.screen_shown, self._words
        foot -= dress.fixed(16 if dress.is_wide else 72 if dress.is_roomy else 32)
        short = dress.is_wide or not dress.is_roomy
        # On the first screen there is no way back, but its place is kept.
        lower: list[Choice | None] = [Choice(BACK, words("kiosk.back"), icon="arrow-left", enabled=screen.back)]
        help_words = words("kiosk.help_short" if short else "kiosk.ask_for_help")
        lower.append(Choice(HELP, help_words, icon="bell") if screen.help else None)
        pair = (screen.main, screen.also) if screen.main_first else (screen.also, screen.main)
        upper = [each for each in pair if each is not None]
        if not dress.is_wide:
            width = dress.width - 2 * dress.margin
            top = self._put_row(lower, (360, 568), dress.margin, width, foot)
            return self._put_row([*upper], (360, 568), dress.margin, width, top - dress.gap) if upper else top
        left = dress.fixed(_LEFT_SHEET if screen.sheet else _LEFT_WIDE)
        right = dress.margin + left + dress.fixed(32)
        top = self._actions_at = self._put_row(lower, (184, 176), dress.margin, left, foot)
        if upper:
            top = min(top, self._put_row([*upper], (280, 480), right, dress.width - dress.margin - right, foot))
        return top - dress.gap

    def _put_row(self, choices: list[Choice | None], shares: tuple[int, int], x: int, width: int, foot: int) -> int:
        """One or two buttons side by side; a place without one stays empty. The top of them."""
        dress, screen = self._dress, self.screen_shown
        buttons: list[KioskButton | None] = []
        for choice in choices:
            if choice is None:
                buttons.append(None)
                continue
            large = dress.is_roomy or (choice.main and screen.entry is None)
            size: Size = "choice" if large and (choice.main or dress.is_wide) else "text"
            button = KioskButton(choice, dress, self, self._may_press, size=size, centred=True)
            button.clicked.connect(lambda _=False, key=choice.key: self.chosen.emit(key))
            buttons.append(button)
        self._going = [*(button for button in buttons if button is not None), *self._going]
        room = width - dress.gap * (len(buttons) - 1)
        widths = [room] if len(buttons) == 1 else [room * share // sum(shares) for share in shares]
        if len(buttons) == 2:
            needed = [0 if button is None else button.least_width() for button in buttons]
            if None not in buttons and sum(needed) > room:
                widths = [room * each // sum(needed) for each in needed]
            for each, other in ((0, 1), (1, 0)):
                moved = max(0, min(widths[other] - needed[other], needed[each] - widths[each]))
                widths[each] += moved
                widths[other] -= moved
        high = max(button.height_in(each, dress.button) for button, each in zip(buttons, widths, strict=True) if button)
        for placed, each in zip(buttons, widths, strict=True):
            if placed is not None:
                placed.put(dress.placed(QRect(x, foot - high, each, high)))
            x += each + dress.gap
        return foot - high

    def _put_aids(self) -> int:
        dress = self._dress
        buttons = []
        for aid, icon in _AIDS:
            label = self._words(f"kiosk.aids.{aid}")
            on = aid in self._surround.on
            button = AidButton(icon, label, dress, self, self._may_press, on=on, can_be_on=aid != LANGUAGE)
            if aid != LANGUAGE:
                button.setAccessibleDescription(self._words(f"kiosk.aids.{'on' if on else 'off'}"))
            button.clicked.connect(lambda _=False, key=aid: self.chosen.emit(key))
            buttons.append(button)
        width = dress.width // len(buttons)
        high = max(button.height_in(width) for button in buttons)
        for number, button in enumerate(buttons):
            last = number == len(buttons) - 1
            each = dress.width - width * number if last else width - max(1, dress.stroke("hairline"))
            button.setGeometry(dress.placed(QRect(width * number, dress.height - high, each, high)))
        return dress.height - high

    def _put(self, widget: QWidget, x: int, y: int) -> None:
        widget.move(self._dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
        widget.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._dress.colour("surface"))


def _discard(*widgets: QWidget) -> None:
    for widget in widgets:
        widget.hide()
        widget.deleteLater()


def _paged(heights: list[int], room: int, pager: int, spare: int = 0) -> list[list[int]]:
    """The rows' numbers by page: one page if all fit, with `spare` besides; else with room for what turns them."""
    if sum(heights) <= room + spare or len(heights) < 2:
        return [list(range(len(heights)))]
    pages: list[list[int]] = [[]]
    used = 0
    for number, high in enumerate(heights):
        if pages[-1] and used + high > room - pager:
            pages.append([])
            used = 0
        pages[-1].append(number)
        used += high
    return pages
