"""Below the queue: today's appointments, and in the same place, while it is used, the list on hold and to follow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from reception.domain.about_now import AboutNow
from ui.appointment_words import day_summary
from ui.desk.actions import DeskActions
from ui.desk.key_table import Act
from ui.models.booked import TodayModel
from ui.models.strips import AsideModel
from ui.widgets import ASIDE_COLUMNS, TODAY_COLUMNS, KeyButton, Sheet, StripView

_ASIDES = "On hold and to follow"
_TODAY = "Today's appointments"


class TodaySheet(Sheet):
    """The list on hold is shown where there are no appointments today, and as long as somebody is at it."""

    left = Signal()
    """Escape, or Back: whoever was at the list on hold has done with it."""

    def __init__(self, actions: DeskActions, today: TodayModel, asides: AsideModel) -> None:
        super().__init__(_ASIDES, lean=True, gives_way=True)
        self._words = ""
        self._is_looked_at = False
        """A visit of the list on hold is open."""
        self.today = StripView(today, TODAY_COLUMNS, _TODAY, "No appointments today.")
        self.asides = StripView(asides, ASIDE_COLUMNS, _ASIDES, "Nobody is on hold and no answer is to follow.")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.asides)
        self._pages.addWidget(self.today)
        self.body.addWidget(self._pages, 1)
        self.body.addSpacing(12)
        back = QAction("Back", self)
        # The button shows the key; it is the list that listens for it.
        back.setShortcut(QKeySequence("Esc"))
        back.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        back.triggered.connect(self.left)
        self.back_button = self.add_button(KeyButton(back, "lean"))
        self.aside_button = self.add_button(KeyButton(actions[Act.ASIDES], "lean"))
        self.book_button = self.add_button(KeyButton(actions[Act.BOOK], "lean"))
        self.asides.installEventFilter(self)
        actions[Act.ASIDES].changed.connect(self._show_button)
        self._show()

    def show_about(self, about: AboutNow) -> None:
        """The day's appointments have come; the list itself is the model's."""
        self._words = day_summary(about.appointments) if about.appointments else ""
        self._show()

    def show_asides(self) -> None:
        """Bring up the list on hold, whether or not it has the focus yet."""
        self._turn(self.asides)

    def set_looked_at(self, on: bool) -> None:
        """A visit of the list on hold is being looked at, or is no more."""
        self._is_looked_at = on
        self._show()

    def _show(self) -> None:
        stays = self._is_looked_at or self.asides.hasFocus() or not self._words
        self._turn(self.asides if stays else self.today)

    def _turn(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.set_title(_ASIDES if page is self.asides else _TODAY)
        self._show_button()

    def _show_button(self) -> None:
        """The key to the list on hold, while that is not shown."""
        is_shown = self._pages.currentWidget() is self.asides
        self.aside_button.setVisible(self.aside_button.action().isVisible() and not is_shown)
        self.back_button.setVisible(is_shown and self.asides.hasFocus())
        self._show_note()

    def _show_note(self) -> None:
        self.set_note(self._words if self._pages.currentWidget() is self.today else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The focus has left the list on hold: the day comes back, once it is known where the focus went."""
        if isinstance(event, QFocusEvent):
            QTimer.singleShot(0, self, self._show)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
