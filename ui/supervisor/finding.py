"""The finding: what a period says in a sentence, and under it the figures, the comparison, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.refused import Refused
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph


class Finding(QWidget):
    """See the module. What is empty takes no room."""

    again = Signal()
    """Ask once more, after a refusal."""
    report_wanted = Signal()
    """The report of the month that was exported."""

    month_wanted = Signal()
    """The month, or day, that is offered where there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Paragraph(size="title", weight=600)
        self.detail = Paragraph(token="text-muted")
        self.beside = Paragraph(token="text-muted")
        self.status = Paragraph()
        ask = QAction("Ask again", self)
        ask.triggered.connect(self.again)
        self._ask = ask
        self.ask_button = KeyButton(ask, "lean", key="F5")
        report = QAction("Monthly report", self)
        report.triggered.connect(self.report_wanted)
        self._report = report
        self.report_button = KeyButton(report, "lean")
        month = QAction("", self)
        month.setShortcut(QKeySequence("Alt+L"))
        month.setToolTip("The nearest month with visits, where nobody came")
        month.triggered.connect(self.month_wanted)
        self._month = month
        self.month_button = KeyButton(month, "lean")
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        for part in (self.sentence, self.detail, self.beside, self.status):
            words.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.month_button)
        row.addWidget(self.report_button)
        row.addWidget(self.ask_button)
        self._offer_again(on=False)
        self.say("")

    def say(self, sentence: str, detail: str = "", beside: str = "", called: str = "", *, month: str = "") -> None:
        """What was found, of the period that is `called` so; what stood of a refusal, or of work under way, goes.
        `month`: one, or a day, that is offered to go to."""
        for part, words in ((self.sentence, sentence), (self.detail, detail), (self.beside, beside)):
            part.set_text(words)
            part.setVisible(bool(words))
        self.status.set_text("")
        self.status.hide()
        self._offer_again(on=False)
        self._month.setText(f"Show {month}")
        self._month.setEnabled(bool(month))
        self._month.setVisible(bool(month))
        if sentence:
            told = (called, sentence, detail)
            announce(self, " ".join(f"{part.removesuffix('.')}." for part in told if part))

    def working(self, words: str) -> None:
        """It is being worked out; what is shown is of before."""
        self._offer_again(on=False)
        self.status.set_style(token="text", weight=600)
        self.status.set_text(words)
        self.status.setVisible(bool(words))

    def refuse(self, no: Refused, still: str) -> None:
        """It was refused; `still` says what the figures are of that stay."""
        words = " ".join(part for part in (no.reason, no.remedy, still) if part)
        self.status.set_style(token="late-text", weight=600)
        self.status.set_text(words)
        self.status.show()
        self._offer_again(on=True)
        announce(self, words, urgent=True)

    def tell(self, words: str, *, is_bad: bool = False, has_report: bool = False) -> None:
        """What came of an export; where it was of a month, its report is offered too."""
        self._offer_again(on=False)
        self._report.setVisible(has_report)
        self.status.set_style(token="late-text" if is_bad else "text", weight=600)
        self.status.set_text(words)
        self.status.show()
        announce(self, words, urgent=is_bad)

    def _offer_again(self, *, on: bool) -> None:
        self._report.setVisible(False)
        self._ask.setEnabled(on)
        self._ask.setVisible(on)
