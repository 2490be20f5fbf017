"""The bar at the top: where and when we are, how the day goes, and who sits here."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from reception.clock import Instant, local_date
from reception.domain.about_now import RoomRow
from reception.domain.desk_view import DeskView
from reception.domain.stations import Contact, Reach
from ui import counter_words, moments
from ui.appointment_words import is_free
from ui.moments import contact_words
from ui.theme import Look, look_of
from ui.widgets.key_button import KeyButton
from ui.widgets.painting import MUTED, RING, Style, baseline, draw_text, text_width

_SIDE = 16
_CLOCK_X = 230
_RULE_GAP = 20
_RULE_GAP_SHORT = 12
_WORDS_GAP = 8
_CLOCK = Style("figure", 600)
_PLACE = Style("lead", 600)
_STATION = Style(weight=600)


class Figure(Struct, frozen=True):
    """A number of the day and the words that it needs; `short` where there is little room."""

    number: str
    words: str
    short: str


class HeaderBar(QFrame):
    """Office and day, the clock, the day's figures, station and officer, and buttons at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = _Board(self)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(_SIDE - RING, 0, 0, 0)
        self._buttons.setSpacing(12 - 2 * RING)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.setSpacing(0)
        row.addWidget(self._board, 1)
        row.addLayout(self._buttons)
        self._row = row
        self._view: DeskView | None = None
        self._rooms: Sequence[RoomRow] = ()
        self._contact = Contact(Reach.LIVE)
        self._station = ""
        self._now: Instant = 0
        self._fixed: list[KeyButton] = []
        self._optional: list[KeyButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add_button(self, button: KeyButton) -> KeyButton:
        """A button at the right end; *lean* ones fit."""
        self._fixed.append(button)
        return self._add(button)

    def _add(self, button: KeyButton) -> KeyButton:
        self._buttons.addWidget(button)
        self._row.setContentsMargins(_SIDE, 0, _SIDE - RING, 0)
        return button

    def add_button_where_it_fits(self, button: KeyButton) -> KeyButton:
        """A button that can be reached in another way too: shown while it can be used and all words have room.

        The first that was added goes last.
        """
        button.installEventFilter(self)
        self._optional.append(button)
        button.hide()
        return self._add(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.ShowToParent):
            self._offer()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._view is not None:
            self._offer()

    def _offer(self) -> None:
        """Show the optional buttons that fit beside the whole words."""
        room = self.width() - 2 * _SIDE - self._board.whole_width()
        room -= sum(each.sizeHint().width() for each in self._fixed if not each.isHidden())
        for button in self._optional:
            room -= button.sizeHint().width()
            button.setVisible(button.isEnabled() and room >= 0)

    def show_view(self, view: DeskView, station: str) -> None:
        """Show a snapshot; `station` is this window's name."""
        self._view = view
        self._station = station
        self._board.officer = view.officer_name or "Nobody signed in"
        self._board.place = view.office.name
        self.tick(view.now)

    def show_contact(self, contact: Contact) -> None:
        """Say behind the station's name when the database is slow, or since when it is out of reach."""
        self._contact = contact
        self.tick(self._now)

    def show_rooms(self, rooms: Sequence[RoomRow]) -> None:
        """How many rooms are free is one of the figures."""
        self._rooms = rooms
        self.tick(self._now)

    def tick(self, now: Instant) -> None:
        """Bring clock and waits up to `now`; repaints only when a word has changed."""
        self._now, view = now, self._view
        if view is None:
            return
        zone = view.office.zone
        board = self._board
        board.station = ", ".join(filter(None, (self._station, contact_words(self._contact, zone))))
        board.clock = moments.clock_time(now, zone)
        board.day = moments.day_words(local_date(now, zone))
        board.figures = figures(view, now, self._rooms)
        if board.show_changes():
            self._offer()

    def figures(self) -> tuple[Figure, ...]:
        return self._board.figures

    def clock_words(self) -> str:
        return self._board.clock

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(super().sizeHint().width(), max(64, look.line("lead") + look.line("base") + 20))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


def figures(view: DeskView, now: Instant, rooms: Sequence[RoomRow] = ()) -> tuple[Figure, ...]:
    """The day's figures. No longest wait when nobody waits, no share before a promise is settled, no rooms where there
    are none."""
    shown = [Figure(str(len(view.queue)), "waiting", "waiting")]
    if view.longest_wait_since is not None:
        minutes = moments.whole_minutes(now - view.longest_wait_since)
        shown.append(Figure(str(minutes), "min longest wait", "min longest"))
    if view.judged_today:
        share, words = counter_words.on_time_words(view.within_today, view.judged_today)
        shown.append(Figure(share, words, f"on time, {view.within_today} of {view.judged_today}"))
    if rooms:
        free = sum(is_free(room) for room in rooms)
        of = f"of {moments.plural(len(rooms), 'room')} free"
        shown.append(Figure(str(free), of, of))
    return tuple(shown)


class _Board(QWidget):
    """The words of the header, painted on shared lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = ""
        self.day = ""
        self.clock = ""
        self.station = ""
        self.officer = ""
        self.figures: tuple[Figure, ...] = ()
        self._shown: tuple[object, ...] = ()

    def show_changes(self) -> bool:
        """Bring the words up to date; whether any has changed."""
        shown = (self.clock, self.day, self.figures, self.place, self.station, self.officer)
        if shown == self._shown:
            return False
        self._shown = shown
        said = ", ".join(f"{figure.number} {figure.words}" for figure in self.figures)
        self.setAccessibleName(f"{self.place}, {self.day}, {self.clock}. {said}. {self.station}, {self.officer}")
        self.updateGeometry()
        self.update()
        return True

    def whole_width(self) -> int:
        """The width at which the clock is at its own place and no figure is shortened."""
        look = look_of(self)
        day = max(text_width(self.place, look, _PLACE), text_width(self.day, look, MUTED))
        clock = max(look.px(_CLOCK_X) - _SIDE, day + 24) + self._clock_width(look)
        figures = self._figures_width(look, short=False, count=len(self.figures))
        return clock + figures + self._right_width(look) + 48

    def _figures_width(self, look: Look, *, short: bool, count: int) -> int:
        return sum(
            2 * (_RULE_GAP_SHORT if short else _RULE_GAP)
            + 1
            + text_width(figure.number, look, _CLOCK)
            + _WORDS_GAP
            + text_width(figure.short if short else figure.words, look, MUTED)
            for figure in self.figures[:count]
        )

    def _right_width(self, look: Look) -> int:
        return max(text_width(self.station, look, _STATION), text_width(self.officer, look, MUTED))

    def _clock_x(self, look: Look, right: int) -> int:
        """Where the clock begins: at a place of its own, or closer to the day when the figures need the room."""
        day = max(text_width(self.place, look, _PLACE), text_width(self.day, look, MUTED))
        own = max(look.px(_CLOCK_X) - _SIDE, day + 24)
        figures = self._figures_width(look, short=False, count=len(self.figures))
        return own if own + self._clock_width(look) + figures <= right else day + 24

    def _clock_width(self, look: Look) -> int:
        return max(look.px(120), text_width(self.clock, look, _CLOCK))

    def sizeHint(self) -> QSize:
        look = look_of(self)
        width = look.px(_CLOCK_X) + self._clock_width(look) + self._right_width(look) + 24
        return QSize(width + self._figures_width(look, short=False, count=9), look.line("lead") + look.line("base"))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(360), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.accessibleName(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        lead, base = look.line("lead"), look.line("base")
        top = (self.height() - lead - base + 4) // 2
        width = self.width()

        right = min(self._right_width(look), width // 3)
        x = width - right
        draw_text(painter, QRect(x, top - 1, right, base), self.station, look, _STATION, right=True)
        draw_text(painter, QRect(x, top - 1 + base, right, base), self.officer, look, MUTED, right=True)
        width = x - 24

        clock_x = self._clock_x(look, width)
        clock_width = self._clock_width(look)
        if clock_x + clock_width > width:
            clock_x = max(look.px(96), width - clock_width)
        left = QRect(0, top - 2, min(clock_x - 12, width), lead)
        draw_text(painter, left, self.place, look, _PLACE)
        draw_text(painter, QRect(0, top - 2 + lead - 2, left.width(), base), self.day, look, MUTED)
        if clock_x + clock_width > width:
            return
        middle = self.rect()
        draw_text(painter, QRect(clock_x, middle.top(), clock_width, middle.height()), self.clock, look, _CLOCK)
        self._paint_figures(painter, clock_x + clock_width, width, look)

    def _paint_figures(self, painter: QPainter, x: int, right: int, look: Look) -> None:
        count = len(self.figures)
        short = self._figures_width(look, short=False, count=count) > right - x
        while count and short and self._figures_width(look, short=True, count=count) > right - x:
            count -= 1
        middle = self.height() // 2
        gap = _RULE_GAP_SHORT if short else _RULE_GAP
        for figure in self.figures[:count]:
            x += gap
            painter.fillRect(x, middle - look.px(18), 1, look.px(36), look.colour("line"))
            x += gap + 1
            x += draw_text(painter, QRect(x, 0, right - x, self.height()), figure.number, look, _CLOCK) + _WORDS_GAP
            words = figure.short if short else figure.words
            # words stand on the line of the great figures
            drop = baseline(self.rect(), look, _CLOCK) - baseline(self.rect(), look, MUTED)
            x += draw_text(painter, QRect(x, drop, right - x, self.height()), words, look, MUTED)
