"""The first window: shown while no office is set up here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.refused import Refused
from ui.theme import look_of
from ui.welcome.rows import Sentence
from ui.welcome.settings_form import SettingsForm
from ui.widgets import RING, KeyButton, Paragraph, Sheet
from ui.widgets.announcing import announce

_WIDTH, _HEIGHT = 1366, 768
_SHEET_WIDTH = 640
_SIDE = 32
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class WelcomeWindow(QMainWindow):
    """What Reception is, and two ways to begin: an office of one's own, or the sample office.

    It also holds the form of the first set-up (:meth:`open_form`), so that nobody has to find a second window.
    """

    set_up_requested = Signal()
    sample_requested = Signal()
    sample_cancelled = Signal()
    """The person no longer wants the sample office that is being made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reception")
        self._form: SettingsForm | None = None
        self._is_making = False
        self.set_up = self._action("Set up this office", "S", self.set_up_requested.emit)
        self.open_sample = self._action("Open the sample office", "O", self.sample_requested.emit)
        self.cancel = self._action("Cancel", "Esc", self._cancel_sample)
        self._build()
        self.show_choice()
        self.resize(_WIDTH, _HEIGHT)

    def _action(self, words: str, key: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False: run())
        return action

    def _build(self) -> None:
        self.sheet = Sheet("")
        self.sheet.setAccessibleName("Welcome to Reception")
        self.heading = Paragraph("Reception", "figure", 600)
        self.sentence = Paragraph(
            "Runs the front counter of a council's offices: who waits, who is next, and which promises to visitors "
            "can still be kept.",
            "lead",
        )
        self.there_before = Paragraph("")
        """What the database holds already."""
        self.there_before.hide()
        self.set_up_button = KeyButton(self.set_up, "main")
        self.set_up_button.set_detail("Name, hours, services, staff: two minutes")
        self.sample_button = KeyButton(self.open_sample, "main")
        self.sample_button.set_accent(False)
        self.sample_button.set_detail("A part-played day at Hertsmere's Civic Offices")
        self.sample_note = Paragraph(
            "The sample office has a folder of its own: whatever you try there, no office of yours is touched.",
            token="text-muted",
        )
        self.words = Paragraph("", weight=600)
        self.failure = Sentence()
        self.remedy = Paragraph("", token="text-muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the sample office")
        self._progress_row = QWidget()
        beside = QHBoxLayout(self._progress_row)
        beside.setContentsMargins(RING, 16, RING, 0)
        beside.addWidget(self.progress)
        self.cancel_button = KeyButton(self.cancel)

        column = self.sheet.padded()
        for widget, after in (
            (self.heading, 8),
            (self.sentence, 24),
            (self.there_before, 0),
            (self.set_up_button, 16 - 2 * RING),
            (self.sample_button, 8),
            (self.sample_note, 0),
            (self._progress_row, 0),
            (self.words, 8),
            (self.failure, 0),
            (self.remedy, 0),
            (self.cancel_button, 0),
        ):
            column.addWidget(widget)
            column.addSpacing(after)
        for words, top in ((self.heading, 0), (self.sentence, 0), (self.sample_note, 0), (self.words, 8)):
            words.setContentsMargins(RING, top, RING, 0)
        self.remedy.setContentsMargins(RING, 0, RING, 0)
        self.there_before.setContentsMargins(RING, 0, RING, 24)
        column.setContentsMargins(_SIDE - RING, _SIDE - 8, _SIDE - RING, _SIDE)
        self._hide_heading_row()

        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(16, 16, 16, 16)
        down = QVBoxLayout()
        down.addStretch(2)
        down.addWidget(self.sheet)
        down.addStretch(3)
        across.addStretch(1)
        across.addLayout(down, 100)
        across.addStretch(1)
        self.choice = QScrollArea()
        self.choice.setWidgetResizable(True)
        self.choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choice.setWidget(middle)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choice)
        self.setCentralWidget(self.stack)
        self.sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._wear()

    def _hide_heading_row(self) -> None:
        row = self.sheet.title.parentWidget()
        if row is not None:
            row.hide()

    def _wear(self) -> None:
        self.sheet.setMaximumWidth(look_of(self).px(_SHEET_WIDTH))

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "sheet"):
            self._wear()

    def say_there_before(self, words: str) -> None:
        """What the database holds already, and what becomes of it; empty for nothing."""
        self.there_before.set_text(words)
        self.there_before.setVisible(bool(words))
        if words:
            announce(self.sheet, words)

    # -- the choice and the sample ---------------------------------------------------------------------------------

    def show_choice(self) -> None:
        """Back to the two ways to begin."""
        self._is_making = False
        self._say("", "")
        self._progress_row.hide()
        self._offer(choose=True)
        self.set_up_button.setFocus()

    def show_making(self, words: str = "The sample office is being made.") -> None:
        """The sample office is under way; how far is not known yet."""
        self._is_making = True
        self._say(words, "")
        self.progress.setRange(0, 0)
        self._progress_row.show()
        self._offer(choose=False)
        self.cancel_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """How far the sample office is; not heard once it was given up."""
        if not self._is_making:
            return
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(min(done, total))

    def show_failed(self, no: Refused) -> None:
        """The sample office could not be made: why, and what to do. Both ways to begin are open again."""
        self._is_making = False
        self._say("", no.remedy, no.reason)
        self._progress_row.hide()
        self._offer(choose=True)
        self.sample_button.setFocus()

    def _say(self, words: str, remedy: str, failure: str = "") -> None:
        self.failure.tell(failure)
        for paragraph, text in ((self.words, words), (self.remedy, remedy)):
            paragraph.set_text(text)
            paragraph.setAccessibleName(text)
            paragraph.setVisible(bool(text))
        if said := f"{failure}{words} {remedy}".strip():
            announce(self.sheet, said)

    def _offer(self, *, choose: bool) -> None:
        on_show = self._form is None
        self.set_up.setEnabled(choose and on_show)
        self.open_sample.setEnabled(choose and on_show)
        self.cancel.setVisible(not choose)
        self.cancel.setEnabled(not choose and on_show)

    def _cancel_sample(self) -> None:
        self.show_choice()
        self.sample_button.setFocus()
        self.sample_cancelled.emit()

    # -- the form --------------------------------------------------------------------------------------------------

    def open_form(self, form: SettingsForm) -> None:
        """Show the form of the first set-up in this window; backing out of it comes back to the choice."""
        self._form = form
        form.cancelled.connect(self.close_form)
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        self._offer(choose=True)
        form.start()

    def close_form(self) -> None:
        """Put the form away; it is deleted."""
        form, self._form = self._form, None
        self.stack.setCurrentWidget(self.choice)
        if form is not None:
            form.forget_pins()
            self.stack.removeWidget(form)
            form.deleteLater()
        self.show_choice()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._form is not None and not self._form.may_leave():
            event.ignore()
            return
        if self._form is not None:
            self._form.forget_pins()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() in _ENTER and self._form is None and not event.isAutoRepeat():
            button = focused if isinstance(focused, QAbstractButton) else self.set_up_button
            if button.isVisible():
                button.click()
            return
        super().keyPressEvent(event)
