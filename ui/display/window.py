"""The display's window: what comes from the database, the calls one after another, and the time, put on the screen."""

from __future__ import annotations

import logging

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QWidget

from reception.clock import Instant
from reception.config import Config
from reception.domain.board import BoardView
from reception.domain.office import Office
from reception.domain.stations import Contact, Reach
from reception.errors import Refusal
from reception.opening import choose_office
from reception.services.queries import Board, Offices
from ui.display.announcing import Announcer
from ui.display.calling import Calls
from ui.display.lines import Turns, lines_of
from ui.display.painting import NOTICE, notice_place, paint
from ui.display.scene import Scene, Standing, scene_of, starting
from ui.display.setting import Setter
from ui.link import Link
from ui.pulse import Pulse
from ui.refused import Refused
from ui.scripts import can_show
from ui.theme import Look
from ui.visitor_words import VisitorBook
from ui.voice.voice import Voice

log = logging.getLogger(__name__)

ASK_AGAIN_MS = 3_000
LEAST_SIZE = (640, 360)


class DisplayWindow(QWidget):
    """Full of what visitors are told. It takes no keys but Ctrl+Q, which ends it, and shows no pointer."""

    def __init__(self, link: Link, look: Look, pulse: Pulse, config: Config, voice: Voice) -> None:
        super().__init__()
        self.setWindowTitle("Reception, display")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMinimumSize(*LEAST_SIZE)
        self._link = link
        self._pulse = pulse
        self._config = config
        self._voice = voice
        voice.setParent(self)
        self._words_of = VisitorBook(config.screen_words_path()).of
        self._announcer = Announcer(voice, config.display, self._words_of, self)
        self._calls = Calls()
        self._turns = Turns()
        self._view: BoardView | None = None
        self._lost_since: Instant | None = None
        self._is_slow = False
        self._scene = starting(self._words_of)
        self._setter = Setter(look, self.width(), self.height())
        self._look = look
        self._end = QShortcut(QKeySequence("Ctrl+Q"), self, context=Qt.ShortcutContext.ApplicationShortcut)
        self._end.activated.connect(self.close)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self._find_office)
        link.view_came.connect(self._take)
        link.offline.connect(self._lost)
        link.contact.connect(self._hear)
        pulse.subscribe(self, self._tick)
        self._find_office()

    @property
    def scene(self) -> Scene:
        """What stands on the screen."""
        return self._scene

    @property
    def sequence(self) -> int:
        """Of the view that is shown; -1 before there is one."""
        return -1 if self._view is None else self._view.sequence

    # -- what comes from the database ----------------------------------------------------------------------------

    def _find_office(self) -> None:
        self._link.ask(Offices(), self._offices_came, lambda _no: self._again.start())

    def _offices_came(self, offices: tuple[Office, ...]) -> None:
        try:
            office = choose_office(offices, self._config.office)
        except Refusal as no:
            log.warning("the display does not know which office it is of: %s", no.code)
            self._again.start()
            return
        self._link.watch(Board(office.id, self._config.station))

    def _take(self, view: BoardView) -> None:
        if not isinstance(view, BoardView):
            return
        self._view = view
        self._lost_since = None
        self._calls.take(view)
        if view.evacuated or self._calls.present is None:
            self._announcer.stop()
        self._pulse.set_now(view.now)
        self._show(view.now)

    def _lost(self, since: Instant, _no: Refused) -> None:
        """The database does not answer: whatever is shown of it is as of then."""
        self._lost_since = since if self._view is None else max(since, self._view.now)
        self._show(self._pulse.now() or since)

    def _hear(self, contact: Contact) -> None:
        self._is_slow = contact.reach is Reach.SLOW
        self._show(self._pulse.now() or 0)

    # -- what is shown -------------------------------------------------------------------------------------------

    def _tick(self, now: Instant) -> None:
        self._show(now)

    def _show(self, now: Instant) -> None:
        view = self._view
        if view is None:
            return
        self._calls.end_old(now)
        call = self._calls.next()
        if call is not None:
            self._announcer.announce(call, self._said)
        lines = tuple(line for line in lines_of(view, now, self._words_of) if can_show(line.tag))
        page = self._turns.page(lines, now, self._fits)
        standing = Standing(
            now,
            self._calls.present,
            self._calls.earlier(),
            page,
            self._lost_since,
            self._announcer.speaks,
            self._is_slow,
        )
        self._set(scene_of(view, standing, self._words_of).without(can_show))

    def _said(self, call_id: str) -> None:
        self._calls.said(call_id)
        self._show(self._pulse.now() or 0)

    def _set(self, scene: Scene) -> None:
        if scene == self._scene:
            return
        self._scene = scene
        call = f" {scene.call.number} {scene.call.place}" if scene.call else ""
        self.setAccessibleName(f"{scene.heading}{call}")
        please = scene.call.please.text if scene.call and scene.call.please else ""
        self.setAccessibleDescription(" ".join(filter(None, (please, scene.line, scene.trouble or scene.page.text))))
        self.update()

    def _fits(self, text: str, tag: str) -> bool:
        return self._setter.fits(notice_place(self._setter), text, NOTICE, tag)

    # -- the window ----------------------------------------------------------------------------------------------

    def fill_screen(self) -> None:
        """Be as large as the screen once it is shown, and stay so; where no window manager sees to it, too."""
        screen = self.screen()
        screen.geometryChanged.connect(self.setGeometry)
        self.setGeometry(screen.geometry())
        self.setWindowState(Qt.WindowState.WindowFullScreen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self._setter, self._scene)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._setter = Setter(self._look, self.width(), self.height())
        self._turns.again()
        if self._view is not None:
            self._show(self._pulse.now() or self._view.now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing: a display has no keys, and Escape and F11 do not end it."""
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            # Alt+F4, and whatever else a window manager offers.
            event.ignore()
            return
        self._announcer.stop()
        self._voice.close()
        self._link.close()
        super().closeEvent(event)
