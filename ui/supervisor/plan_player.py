"""A plan is played a moment after its last change, then the usual one beside it; the next change stops it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.staffing import WhatIfResult
from reception.services.supervisor_queries import WhatIf
from ui.link import Link
from ui.refused import Refused
from ui.supervisor.long_work import LongWork
from ui.supervisor.sketch import Sketch

STOPPED = "Stopped."


class PlanPlayer(QObject):
    """See the module. What it says is for the line under the outcome; what it found is in the sketch."""

    began = Signal(str)
    """It is worked at: how."""
    progressed = Signal(int, int)
    rested = Signal()
    """All that is shown holds."""
    stopped = Signal(str)
    """Nothing is under way, and that is so for now: in words."""
    refused = Signal(object, str)
    """(:class:`Refused`, what the figures are of)"""
    played = Signal(object)
    """The :class:`WhatIfResult` that is now in the sketch."""

    def __init__(self, link: Link, settle_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._sketch: Sketch | None = None
        self._work = LongWork(link, self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(settle_ms)
        self._settle.timeout.connect(self.play)
        self._work.progressed.connect(self.progressed)
        self._work.answered.connect(self._answered)
        self._work.refused.connect(self._refused)

    @property
    def is_at_work(self) -> bool:
        return self._settle.isActive() or self._work.query is not None

    def play_soon(self, sketch: Sketch) -> None:
        """This plan is to be played, unless it was; what is under way is stopped."""
        self._sketch = sketch
        self._work.stop()
        self._settle.stop()
        if sketch.is_worked_out and sketch.usual_result is not None:
            self.rested.emit()
            return
        self._settle.start()
        if sketch.is_worked_out:
            self.rested.emit()
        else:
            self.began.emit(self._with("The plan is played in a moment."))

    def play(self) -> None:
        """At once."""
        sketch = self._sketch
        if sketch is None or sketch.usual is None:
            return
        self._settle.stop()
        plan = sketch.usual if sketch.is_worked_out else sketch.plan
        query = WhatIf(sketch.office.id, sketch.day, plan)
        what = "the usual plan, to compare with" if sketch.is_worked_out else "this plan"
        self._work.begin(query)
        self.began.emit(self._with(f"Playing {query.runs} days with {what}."))

    def stop(self) -> None:
        """Whatever is under way, or about to be."""
        was_at_work = self.is_at_work
        self._settle.stop()
        self._work.stop()
        if was_at_work:
            self.stopped.emit(self._with(STOPPED))

    def _answered(self, _query: WhatIf, result: WhatIfResult) -> None:
        sketch = self._sketch
        if sketch is not None:
            sketch.take_result(result)
            self.played.emit(result)
            self.play_soon(sketch)

    def _refused(self, _query: WhatIf, no: Refused) -> None:
        self.refused.emit(no, self._figures_of())

    def _with(self, words: str) -> str:
        return f"{words} {self._figures_of()}".strip()

    def _figures_of(self) -> str:
        """What the figures that are shown are of, where that is not the plan as it is."""
        sketch = self._sketch
        is_of_before = sketch is not None and sketch.result is not None and not sketch.is_worked_out
        return "The figures are of the plan before." if is_of_before else ""
