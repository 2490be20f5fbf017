"""Every key of the desk, made from the table of actions, with theme and text size."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.config import ThemeName
from ui.desk.actions import TABLE, Act, DeskActions, Group, Keys, key_shown
from ui.desk.fields import FieldRow
from ui.desk.fitting import flowing
from ui.desk.panel import Panel
from ui.widgets import RING, ElidingLabel, FormRow, KeyButton, KeyGrid, Segmented

THEMES = (
    (ThemeName.LIGHT.value, "Light"),
    (ThemeName.DARK.value, "Dark"),
    (ThemeName.HIGH_CONTRAST.value, "High contrast"),
)
PANEL_KEYS = (("Enter", "Does the main thing of a panel"), ("Esc", "Goes back"), ("Tab", "To the next field"))


class KeysPanel(Panel):
    """Help: what each key does; how this window looks."""

    wants_room = True

    theme_chosen = Signal(str)

    def __init__(self, actions: DeskActions, theme: str, text_percent: int) -> None:
        super().__init__("Keys", "and how this window looks")
        rare = flowing(KeyGrid(2))
        for act in (Act.SIGN_OFF, Act.SETTINGS, Act.EVACUATE):
            rare.add(KeyButton(actions[act]))
        self.content.addWidget(rare)
        self.theme = flowing(Segmented(THEMES, "Theme"))
        self.theme.set_value(theme)
        self.size_words = ElidingLabel(f"{text_percent} %")
        self.content.addWidget(FieldRow("Theme", self.theme))
        self.content.addWidget(FieldRow("Text size", self.size_words))
        sizes = flowing(KeyGrid(3))
        for act in (Act.SMALLER, Act.USUAL_SIZE, Act.LARGER):
            sizes.add(KeyButton(actions[act]))
        self.content.addWidget(sizes)
        for group in Group:
            self._add_group(group)
        self._add_rows("In a panel", list(PANEL_KEYS))
        self.end_content()
        self.start_with(self.theme)
        self.theme.changed.connect(self._choose_theme)

    def _choose_theme(self, theme: object) -> None:
        self.theme_chosen.emit(str(theme))

    def show_size(self, text_percent: int) -> None:
        self.size_words.set_text(f"{text_percent} %")

    def _add_group(self, group: Group) -> None:
        rows = [
            (", ".join(map(key_shown, _different(entry.keys.values()))), entry.about)
            for entry in TABLE
            if entry.group is group
        ]
        self._add_rows(group.value, rows)

    def _add_rows(self, title: str, rows: list[tuple[str, str]]) -> None:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(RING, 16, RING, 0)
        layout.setSpacing(0)
        heading = ElidingLabel(title, "lead", 600)
        layout.addWidget(heading)
        layout.addSpacing(4)
        for at, (key, about) in enumerate(rows):
            layout.addWidget(FormRow(key, about, last=at == len(rows) - 1))
        self.content.addWidget(box)


def _different(keys: Iterable[Keys]) -> list[Keys]:
    """Each key once, though it stands for several stages."""
    return list({each[0]: each for each in keys}.values())
