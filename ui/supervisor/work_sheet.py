"""A sheet whose figures take seconds: what was found, how far it is, and what stands in the way."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.refused import Refused
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph
from ui.widgets.painting import RING
from ui.widgets.sheet import PADDING, Sheet


class WorkSheet(Sheet):
    """Heading, finding, details; under them a line that says how things stand, with a bar and Stop while it is worked
    at. What is empty takes no room.
    """

    def __init__(self, title: str, stop: QAction, again: QAction, parent: QWidget | None = None) -> None:
        super().__init__(title, lean=True, parent=parent)
        self.sentence = Paragraph(size="title", weight=600)
        self.details = (Paragraph(token="text-muted"), Paragraph(token="text-muted"), Paragraph())
        self.status = Paragraph(weight=600)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.stop_button, self.again_button = KeyButton(stop, "lean"), KeyButton(again, "lean")
        column = self.padded()
        for words in (self.sentence, *self.details):
            column.addWidget(words)
        row = self.tools = QHBoxLayout()
        row.setContentsMargins(PADDING - RING, 0, PADDING - RING, 0)
        row.setSpacing(8)
        beside = QVBoxLayout()
        beside.setContentsMargins(RING, RING, 0, RING)
        beside.setSpacing(4)
        beside.addWidget(self.status)
        beside.addWidget(self.bar)
        row.addLayout(beside, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.again_button)
        self.body.addLayout(row)
        self.say("")
        self.rest()

    def say(self, sentence: str, *details: str) -> None:
        """What was found."""
        for part, words in zip((self.sentence, *self.details), (sentence, *details, "", "", ""), strict=False):
            part.set_text(words)
            part.setVisible(bool(words))

    def begin(self, words: str) -> None:
        """It is worked at from now on."""
        self._stand(words, "text")
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.bar.show()
        self.stop_button.show()
        self.again_button.hide()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def rest(self) -> None:
        """Nothing is under way, and all that is shown holds."""
        self._stand("", "text")
        self._offer(again=False)

    def stand(self, words: str) -> None:
        """Nothing is under way; `words` say what that means for the figures that are shown."""
        self._stand(words, "text")
        self._offer(again=True)
        if words:
            announce(self, words)

    def refuse(self, no: Refused, still: str = "") -> None:
        """It was refused; `still` says what the figures are of that stay."""
        words = " ".join(part for part in (no.reason, no.remedy, still) if part)
        self._stand(words, "late-text")
        self._offer(again=True)
        announce(self, words, urgent=True)

    def _stand(self, words: str, token: str) -> None:
        self.status.set_style(token=token, weight=600)
        self.status.set_text(words)
        self.status.setVisible(bool(words))

    def _offer(self, *, again: bool) -> None:
        self.bar.hide()
        self.stop_button.hide()
        self.again_button.setVisible(again)
