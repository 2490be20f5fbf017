"""How the window looks: its theme and the size of its text, as they are chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.text_sizes import stepped
from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets.settling import laid_out_once


class ChosenLook(QObject):
    """Worn by the window at once."""

    changed = Signal(object)
    """A :class:`Look`."""
    theme_chosen = Signal(str)
    text_percent_chosen = Signal(int)

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self.now = window, look
        apply_look(window, look)

    def choose_theme(self, theme: str) -> None:
        if theme != self.now.theme.name:
            self.wear(Look(load_theme(theme), self.now.text_percent))
            self.theme_chosen.emit(theme)

    def step_text(self, step: int) -> None:
        """One size up or down; 0 for the usual size."""
        wanted = stepped(self.now.text_percent, step)
        if wanted != self.now.text_percent:
            self.wear(Look(self.now.theme, wanted))
            self.text_percent_chosen.emit(wanted)

    def wear(self, look: Look) -> None:
        """Wear another theme or text size, at once."""
        self.now = look
        with laid_out_once(self._window):  # in between, sizes of both looks would stand beside each other
            apply_look(self._window, look)
        self.changed.emit(look)
