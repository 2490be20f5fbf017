"""What a display shows while its database can't be opened, and a kiosk while no office is set up.

Visitors are told what to do meanwhile, staff why it is so, and it is tried again.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QWidget

from reception.config import Config
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from ui.display.painting import paint
from ui.display.scene import starting
from ui.display.setting import Setter
from ui.theme import Look

HEADING = "This screen is not up to date."
TO_VISITORS = "Please listen for your number, or ask at the desk."
NOT_SET_UP = "This {} is not set up yet."
ASK = "Please ask at the desk."
TO_STAFF = "For staff: {why} It is tried again by itself, every few seconds."


class WaitingWindow(QWidget):
    """As large as the screen. It takes no keys but Ctrl+Q, which ends it."""

    closed = Signal()

    def __init__(self, look: Look, config: Config, kind: StationKind) -> None:
        super().__init__()
        self.setWindowTitle(f"Reception, {kind}")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._look = look
        self._name = "kiosk" if kind is StationKind.KIOSK else "screen"
        self._scene = starting()
        end = QShortcut(QKeySequence("Ctrl+Q"), self, context=Qt.ShortcutContext.ApplicationShortcut)
        end.activated.connect(self.closed)
        screen = self.screen()
        if config.kiosk.full_screen if kind is StationKind.KIOSK else config.display.full_screen:
            screen.geometryChanged.connect(self.setGeometry)
            self.setGeometry(screen.geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        else:
            self.resize(screen.availableGeometry().size() / 2)

    def show_refusal(self, refusal: Refusal) -> None:
        """Why it can't be opened."""
        is_new = refusal.code is Code.NO_OFFICE
        heading, line = (NOT_SET_UP.format(self._name), ASK) if is_new else (HEADING, TO_VISITORS)
        why = f"{refusal.reason} {refusal.remedy}" if is_new else refusal.reason
        self._scene = replace(self._scene, heading=heading, line=line, trouble=TO_STAFF.format(why=why))
        self.setAccessibleName(f"{self._scene.heading} {self._scene.line}")
        self.setAccessibleDescription(self._scene.trouble)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, Setter(self._look, self.width(), self.height()), self._scene)
        painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():
            event.ignore()
            return
        super().closeEvent(event)
