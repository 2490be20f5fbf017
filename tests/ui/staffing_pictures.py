"""The staffing page in every state, for looking at: `python -m tests.ui.staffing_pictures FOLDER [NAME ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reception.clock import SetClock
from reception.errors import Code
from reception.services.supervisor_queries import ComparePolicies, Forecast, Staffing, WhatIf
from tests.ui import staffing_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.page_in_frame import place
from ui.refused import Refused
from ui.supervisor.staffing_page import StaffingPage
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme


class Answers:
    """A link that answers at once, or leaves the long ones half done."""

    is_slow = False
    refusal: Refused | None = None

    def ask_beside(
        self, query: Any, answered: Callable[[Any], None], refused: Callable[[Refused], None], _lane: str
    ) -> Callable[[], None]:
        if isinstance(query, Forecast):
            answered(values.forecast(query.day))
        elif self.refusal is not None:
            refused(self.refusal)
        else:
            answered(values.USUAL)
        return lambda: None

    def work_out(
        self,
        query: Any,
        answered: Callable[[Any], None],
        _refused: Callable[[Refused], None],
        progressed: Callable[[int, int], None],
    ) -> Callable[[], None]:
        if self.is_slow:
            progressed(180, 500)
        elif isinstance(query, WhatIf):
            answered(values.result(query.plan))
        elif isinstance(query, Staffing):
            answered(values.least())
        elif isinstance(query, ComparePolicies):
            answered(values.rules())
        return lambda: None


class Frame(QWidget):
    """The page under its head, as the window places them."""

    def __init__(self, refusal: Refused | None) -> None:
        super().__init__()
        self.link = Answers()
        self.link.refusal = refusal
        self.page = StaffingPage(self.link, clock=SetClock(values.NOW))  # type: ignore[arg-type]
        place(self.page, self)
        self.page.open_for((OFFICE,), (OFFICE,))


def _plain(frame: Frame) -> None:
    QTest.qWait(800)
    frame.page.plan.counters.setFocus()


def _changed(frame: Frame) -> None:
    _plain(frame)
    table = frame.page.plan.counters
    for key in (*(Qt.Key.Key_Down,) * 2, Qt.Key.Key_Plus, Qt.Key.Key_Down, Qt.Key.Key_Plus):
        QTest.keyClick(table, key)
    QTest.qWait(1600)


def _run(frame: Frame) -> None:
    _plain(frame)
    table = frame.page.plan.counters
    for key in (*(Qt.Key.Key_Down,) * 2, Qt.Key.Key_Plus):
        QTest.keyClick(table, key)
    for _ in range(4):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(800)


def _slow(frame: Frame) -> None:
    _plain(frame)
    frame.link.is_slow = True
    QTest.keyClick(frame.page.plan.counters, Qt.Key.Key_Plus)
    QTest.qWait(800)


def _desks(frame: Frame) -> None:
    _plain(frame)
    frame.page.plan.switch._group.button(1).click()
    desks = frame.page.plan.desks
    desks.breaks.setFocus()
    desks.breaks.selectAll()
    QTest.keyClicks(desks.breaks, "1 to 1.30, 2 to 2.30, 4.30 to 5")
    desks.table.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_Delete):
        QTest.keyClick(frame.window().windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
    desks.table.setFocus()


def _rule(frame: Frame) -> None:
    _plain(frame)
    frame.page.plan.switch._group.button(2).click()


def _all(frame: Frame) -> None:
    _changed(frame)
    frame.page.plan.least_action.trigger()
    frame.page.rules.compare_action.trigger()
    frame.page.plan.desks.table.setFocus()


NO_DAYS = Refused(
    Code.NOT_POSSIBLE_NOW,
    "Civic Offices has no recorded day with walk-ins before Tuesday 1 December 2026 that is over, "
    "so there is nothing to go by.",
    "One such day will do to begin with: try again once it is over, or import a log of visits.",
)
PICTURES: dict[str, tuple[Callable[[Frame], None], str, int, tuple[int, int]]] = {
    "usual": (_plain, "light", 100, (1366, 640)),
    "changed": (_changed, "light", 100, (1366, 1100)),
    "run": (_run, "light", 100, (1366, 704)),
    "run-contrast": (_run, "high-contrast", 100, (1366, 704)),
    "run-large": (_run, "dark", 200, (1024, 1600)),
    "slow": (_slow, "dark", 100, (1366, 700)),
    "desks": (_desks, "light", 100, (1366, 900)),
    "desks-dark": (_desks, "dark", 100, (1366, 704)),
    "rule": (_rule, "high-contrast", 100, (1366, 900)),
    "all": (_all, "light", 100, (1366, 2300)),
    "contrast": (_all, "high-contrast", 100, (1366, 2300)),
    "narrow": (_all, "dark", 100, (1024, 2300)),
    "laptop": (_slow, "light", 100, (1024, 704)),
    "window": (_changed, "dark", 100, (1366, 704)),
    "large": (_all, "light", 200, (1024, 5000)),
    "large-desks": (_desks, "light", 200, (1024, 2600)),
    "small": (_changed, "light", 80, (1366, 900)),
    "refused": (lambda _frame: None, "light", 100, (1366, 400)),
}


def main(folder: Path, only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for name, (act, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        frame = Frame(NO_DAYS if name == "refused" else None)
        frame.resize(*size)
        frame.show()
        frame.activateWindow()
        app.processEvents()
        act(frame)
        for _ in range(3):
            app.processEvents()
        frame.grab().save(str(folder / f"{name}.png"))
        frame.close()
        frame.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
