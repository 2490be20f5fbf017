"""Something was typed, and Escape pressed: is it to be thrown away?"""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.panels.panel import Panel
from ui.widgets import KeyButton


class LeavingPanel(Panel):
    """Enter goes back to what was typed; Escape does, too. Only D throws it away."""

    thrown_away = Signal()

    def __init__(self) -> None:
        super().__init__("Throw it away?")
        self.add_words("What you typed has not been saved yet.")
        grid = self.add_grid(1)
        grid.add(KeyButton(self.deed("Throw it away", "D", self.thrown_away.emit)))
        self.end_content()
        self.set_main("Go on typing", self.backed_out.emit)
