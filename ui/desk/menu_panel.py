"""What is wanted seldom, under headings: evacuation, how this window looks, signing off, settings, and every key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.config import ThemeName
from ui.desk.actions import DeskActions
from ui.desk.held_in_place import HeldInPlace
from ui.desk.key_table import TABLE, Act, Group, Keys, key_shown
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.widgets import RING, ElidingLabel, FormRow, KeyButton, KeyGrid, Segmented

THEMES = (
    (ThemeName.LIGHT.value, "Light"),
    (ThemeName.DARK.value, "Dark"),
    (ThemeName.HIGH_CONTRAST.value, "High contrast"),
)
PANEL_KEYS = (("Enter", "Does the main thing of a panel"), ("Esc", "Goes back"), ("Tab", "To the next field"))


class MenuPanel(Panel):
    """Whoever opens it begins at the theme: Enter and Space there neither freeze calls nor sign anybody off."""

    wants_room = True

    theme_chosen = Signal(str)

    def __init__(self, actions: DeskActions, theme: str, text_percent: int) -> None:
        super().__init__("Menu", "evacuation, look, keys")
        self._add_heading("Evacuation", 0)
        self.add_words("Freezes calls at every desk and prints a list of everyone inside.", "text-muted")
        self._add_buttons(actions, 2, Act.EVACUATE)
        self._add_heading("How this window looks")
        self.theme = flowing(Segmented(THEMES, "Theme"))
        self.theme.set_value(theme)
        self.size_words = ElidingLabel(f"{text_percent} %")
        self.content.addWidget(FieldRow("Theme", self.theme))
        self.content.addWidget(FieldRow("Text size", self.size_words))
        sizes = self._add_buttons(actions, 3, Act.SMALLER, Act.USUAL_SIZE, Act.LARGER)
        self._held = HeldInPlace(self.area, self.content, sizes)
        self._add_heading("This desk")
        self._add_buttons(actions, 2, Act.SIGN_OFF, Act.SETTINGS, Act.FEEDBACK)
        for group in Group:
            self._add_group(group)
        self._add_rows("Keys in a panel", list(PANEL_KEYS))
        self.end_content()
        self.start_with(self.theme)
        self.theme.changed.connect(self._choose_theme)

    def _choose_theme(self, theme: object) -> None:
        self.theme_chosen.emit(str(theme))

    def show_size(self, text_percent: int) -> None:
        self.size_words.set_text(f"{text_percent} %")

    def _add_heading(self, title: str, above: int = 16) -> None:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(RING, above, RING, 4)
        layout.addWidget(ElidingLabel(title, "lead", 600))
        self.content.addWidget(box)

    def _add_buttons(self, actions: DeskActions, columns: int, *acts: Act) -> KeyGrid:
        grid = self.add_grid(columns)
        for act in acts:
            grid.add(KeyButton(actions[act]))
        return grid

    def _add_group(self, group: Group) -> None:
        rows = [
            (", ".join(map(key_shown, _different(entry.keys.values()))), entry.about)
            for entry in TABLE
            if entry.group is group
        ]
        self._add_rows(group.value, rows)

    def _add_rows(self, title: str, rows: list[tuple[str, str]]) -> None:
        self._add_heading(title)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(RING, 0, RING, 0)
        layout.setSpacing(0)
        among = [key for key, _ in rows]
        for at, (key, about) in enumerate(rows):
            layout.addWidget(FormRow(key, about, last=at == len(rows) - 1, among=among))
        self.content.addWidget(box)


def _different(keys: Iterable[Keys]) -> list[Keys]:
    """Each key once, though it stands for several stages."""
    return list({each[0]: each for each in keys}.values())
