"""Reads what is usual on a day that is planned: first who is expected, which says whether the office is open; then who
is at work."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.staffing import Plan
from reception.services.supervisor_queries import Forecast, UsualPlan
from ui.link import Link
from ui.refused import Refused
from ui.supervisor.newest import Newest
from ui.supervisor.sketch import Sketch


class UsualReader(QObject):
    """What it finds it leaves in the sketch, and says so; of what was asked before :meth:`let_go` nothing more."""

    known = Signal(object)
    """The :class:`Sketch` of which it is known what is usual."""
    closed = Signal(object)
    """The :class:`Sketch` of a day on which the office is closed, or hardly ever open."""
    refused = Signal(object, object)
    """(:class:`Sketch`, :class:`Refused`)"""

    def __init__(self, link: Link, parent: QObject) -> None:
        super().__init__(parent)
        self._asking = Newest(link)
        self._turn = 0

    def let_go(self) -> None:
        """Nothing is wanted any more of what is under way."""
        self._turn += 1
        self._asking.let_go()

    def read(self, sketch: Sketch) -> None:
        """Both, for the first time."""
        turn = self._turn

        def expected(arrivals: ArrivalsForecast) -> None:
            if turn != self._turn:
                return
            sketch.arrivals = arrivals
            if ForecastNote.CLOSED in arrivals.notes or arrivals.hardly_open is not None:
                self.closed.emit(sketch)
            else:
                self.read_plan(sketch)

        def not_expected(_no: Refused) -> None:
            if turn == self._turn:
                self.read_plan(sketch)

        self._asking.ask(Forecast(sketch.office.id, sketch.day), expected, not_expected)

    def read_plan(self, sketch: Sketch) -> None:
        """Who is at work, by what is known now. Once it was known before, it takes the place of the plan."""
        turn = self._turn

        def usual(plan: Plan) -> None:
            if turn != self._turn:
                return
            is_again = sketch.usual is not None
            sketch.begin(plan)
            if is_again:
                sketch.change(plan)
            self.known.emit(sketch)

        def refused(no: Refused) -> None:
            if turn == self._turn:
                self.refused.emit(sketch, no)

        self._asking.ask(UsualPlan(sketch.office.id, sketch.day), usual, refused)
