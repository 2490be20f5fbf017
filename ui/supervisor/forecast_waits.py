"""The wait that follows from the counters usually there: worked out beside everything, with progress and a stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reception.domain.staffing import Plan, WhatIfResult
from reception.errors import Code
from reception.services.supervisor_queries import UsualPlan, WhatIf
from ui.link import Link
from ui.refused import Refused
from ui.supervisor.forecast_words import waits_sentence
from ui.supervisor.newest import Newest
from ui.widgets.announcing import announce
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Paragraph

RUNS = 500
_WORKING = "Working out the wait with the counters usually there"


class Waits(QWidget):
    """A sentence and one button: stop, while it is worked out; work it out, when it was stopped or refused."""

    came = Signal(object)
    """A :class:`WhatIfResult`."""

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link, self._asking = link, Newest(link)
        self._turn = 0
        """Answers to an earlier question are let go."""
        self._stop: Callable[[], None] | None = None
        self._of: tuple[str, date] | None = None
        self._is_busy = False
        self.words = Paragraph()
        self.action = QAction("Stop", self)
        self.action.setShortcut(QKeySequence("Alt+W"))
        self.action.triggered.connect(self._act)
        self.button = KeyButton(self.action, "lean")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.clear()

    def work_out(self, office_id: str, day: date) -> None:
        """Ask who is usually there, then what waiting comes to with them."""
        self.clear()
        self._of = (office_id, day)
        turn = self._turn
        self._busy(f"{_WORKING}.")
        self._asking.ask(
            UsualPlan(office_id, day),
            lambda plan: self._take_plan(turn, office_id, day, plan),
            lambda no: self._refuse(turn, no),
        )

    def clear(self) -> None:
        """Nothing is known, and what is under way is stopped."""
        self._turn += 1
        self._asking.let_go()
        if self._stop is not None:
            self._stop()
        self._stop = None
        self._of = None
        self._is_busy = False
        self.words.set_text("")
        self.hide()

    def _take_plan(self, turn: int, office_id: str, day: date, plan: Plan) -> None:
        if turn != self._turn:
            return
        if not plan.desks:
            self._say("Nobody is known to be at a counter on such a day, so no wait can be worked out.", again=False)
            return
        self._stop = self._link.work_out(
            WhatIf(office_id, day, plan, runs=RUNS),
            lambda result: self._take(turn, result),
            lambda no: self._refuse(turn, no),
            lambda done, total: self._progress(turn, done, total),
        )

    def _progress(self, turn: int, done: int, total: int) -> None:
        if turn == self._turn and self._is_busy:
            self.words.set_text(f"{_WORKING}: {done} of {total} simulated days.")

    def _take(self, turn: int, result: WhatIfResult) -> None:
        if turn != self._turn:
            return
        self._stop = None
        self._say(waits_sentence(result), again=False)
        self.came.emit(result)

    def _refuse(self, turn: int, no: Refused) -> None:
        if turn != self._turn:
            return
        self._stop = None
        if no.code is Code.CANCELLED:
            self._say("The wait was not worked out: it was stopped.", again=True)
        else:
            self._say(f"The wait cannot be worked out. {no.reason} {no.remedy}".strip(), again=True)

    def _act(self) -> None:
        if self._is_busy and self._of is not None:
            of = self._of
            self.clear()
            self._of = of
            self._say("The wait was not worked out: it was stopped.", again=True)
        elif self._of is not None:
            self.work_out(*self._of)

    def _busy(self, words: str) -> None:
        self._is_busy = True
        self.words.set_text(words)
        self.action.setText("Stop")
        self._offer(on=True)
        self.show()

    def _say(self, words: str, *, again: bool) -> None:
        self._is_busy = False
        self.words.set_text(words)
        self.action.setText("Work out the wait")
        self._offer(on=again)
        self.show()
        announce(self, words)

    def _offer(self, *, on: bool) -> None:
        self.action.setEnabled(on)
        self.action.setVisible(on)
        self.button.setVisible(on)
