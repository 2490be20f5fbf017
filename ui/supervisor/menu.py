"""What is wanted seldom: how this window looks, locking it, and every key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.config import ThemeName
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.widgets import RING, ElidingLabel, FormRow, KeyButton, Segmented

THEMES = (
    (ThemeName.LIGHT.value, "Light"),
    (ThemeName.DARK.value, "Dark"),
    (ThemeName.HIGH_CONTRAST.value, "High contrast"),
)


class MenuPanel(Panel):
    """Opened over the page; Escape goes back to it. `sizes`: text smaller, usual and larger."""

    theme_chosen = Signal(str)

    def __init__(self, sizes: Sequence[QAction], lock: QAction, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__("Menu", "look, keys")
        self._add_heading("How this window looks", 0)
        self.theme = flowing(Segmented(THEMES, "Theme"))
        self.size_words = ElidingLabel()
        self.content.addWidget(FieldRow("Theme", self.theme))
        self.content.addWidget(FieldRow("Text size", self.size_words))
        grid = self.add_grid(3)
        for size in sizes:
            grid.add(KeyButton(size))
        self._add_heading("This window")
        self.add_grid(2).add(KeyButton(lock))
        self._of_page = self._add_heading("Keys of this page")
        self._page_keys = _Keys()
        self.content.addWidget(self._page_keys)
        self._add_heading("Keys everywhere")
        everywhere = _Keys()
        everywhere.show_keys(keys)
        self.content.addWidget(everywhere)
        self.show_page_keys(())
        self.end_content()
        self.start_with(self.theme)
        self.theme.changed.connect(lambda theme: self.theme_chosen.emit(str(theme)))

    def show_look(self, theme: str, text_percent: int) -> None:
        """What is worn now."""
        self.theme.set_value(theme)
        self.size_words.set_text(f"{text_percent} %")

    def show_page_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Those of the page beneath; none while the window is locked."""
        self._page_keys.show_keys(keys)
        for each in (self._of_page, self._page_keys):
            each.setVisible(bool(keys))

    def _add_heading(self, title: str, above: int = 16) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(RING, above, RING, 4)
        layout.addWidget(ElidingLabel(title, "lead", 600))
        self.content.addWidget(box)
        return box


class _Keys(QWidget):
    """Keys, and what each does, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(RING, 0, RING, 0)
        self._rows.setSpacing(0)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        if tuple(keys) == self._shown:
            return
        self._shown = tuple(keys)
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        among = [key for key, _ in keys]
        for at, (key, about) in enumerate(keys, start=1):
            self._rows.addWidget(FormRow(key, about, last=at == len(keys), among=among))
