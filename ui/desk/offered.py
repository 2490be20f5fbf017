"""A line to fill in with a few usual answers to choose from instead of typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.panels.fields import as_typed
from ui.panels.fitting import flowing
from ui.widgets import ChoiceGrid, LineEdit, Offer

SEE_FIRST = ("Ill", "Distressed", "A child alone", "Safeguarding")
OUT_OF_TURN = ("Known officer free", "A short question", "Back as agreed", "Must leave soon")
SIGNPOSTS = ("Citizens Advice", "The police", "The NHS", "Jobcentre Plus", "Another council", "The council's website")


class OfferedText(QWidget):
    """What is chosen stands in the line, where it can be added to; the choices are one stop of the Tab key."""

    edited = Signal()
    """Typed or chosen, by a person."""

    def __init__(self, label: str, offers: Sequence[str], placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineEdit(placeholder=placeholder)
        self.line.setAccessibleName(label)
        self.offers = flowing(ChoiceGrid(2, f"{label}: usual answers"))
        self.offers.set_offers([Offer(words, "", words) for words in offers])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.offers)
        self.setFocusProxy(self.line)
        self.setAccessibleName(label)
        self.line.textEdited.connect(self._typed)
        self.offers.chosen.connect(self._chosen)

    def text(self) -> str:
        """What stands in the line, without blanks round it."""
        return as_typed(self.line.text())

    def _typed(self, text: str) -> None:
        if self.offers.value() != text:
            self.offers.set_value("")
        self.edited.emit()

    def _chosen(self, words: str) -> None:
        self.line.setText(words)
        self.edited.emit()
