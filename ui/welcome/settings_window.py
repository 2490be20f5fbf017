"""The settings of an office in a window of their own, beside the desk."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from ui.welcome.settings_form import SettingsForm

SETTINGS_SIZE = (1366, 768)


class SettingsWindow(QMainWindow):
    """Closes when they are saved, or left without being."""

    closed = Signal()

    def __init__(self, form: SettingsForm) -> None:
        super().__init__()
        self.setWindowTitle("Reception, settings")
        self._form = form
        self.setCentralWidget(form)
        form.saved.connect(lambda _office_id: self.close())
        form.cancelled.connect(self.close)
        self.resize(*SETTINGS_SIZE)
        form.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._form.may_leave():
            event.ignore()
            return
        self._form.forget_pins()
        super().closeEvent(event)
        self.closed.emit()
