"""The forecast page in every state, for looking at: `python -m tests.ui.forecast_pictures FOLDER [NAME ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from reception.clock import SetClock
from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.services.supervisor_queries import Forecast
from tests.ui import forecast_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.page_in_frame import place
from ui.supervisor.forecast_page import ForecastPage
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme


class Answers:
    """A link that answers at once; the wait is half worked out where it is not to be told."""

    def __init__(self, found: ArrivalsForecast, is_told: bool) -> None:
        self.found, self.is_told = found, is_told

    def ask_beside(self, query: object, answered: Callable[[Any], None], *_more: object) -> Callable[[], None]:
        answered(self.found if isinstance(query, Forecast) else values.PLAN)
        return lambda: None

    def work_out(
        self, _query: object, answered: Callable[[Any], None], _refused: object, progressed: Callable[[int, int], None]
    ) -> Callable[[], None]:
        if self.is_told:
            answered(values.waits(assumed=False))
        else:
            progressed(120, 200)
        return lambda: None


class Frame(QWidget):
    """The page under its head, as the window places them."""

    def __init__(self, found: ArrivalsForecast, is_told: bool) -> None:
        super().__init__()
        self.page = ForecastPage(Answers(found, is_told), clock=SetClock(values.NOW))  # type: ignore[arg-type]
        place(self.page, self)
        self.page.open_for((OFFICE,), (OFFICE,))


def _closed() -> ArrivalsForecast:
    return values.nothing(values.TUESDAY, ForecastNote.CLOSED)


def _unknown() -> ArrivalsForecast:
    return values.nothing(values.TUESDAY, ForecastNote.NOTHING_KNOWN)


def _hardly_open() -> ArrivalsForecast:
    return values.hardly_open(values.TUESDAY)


def _noted() -> ArrivalsForecast:
    return values.forecast(
        notes=(ForecastNote.BANK_HOLIDAY_BEFORE, ForecastNote.LITTLE_KNOWN, ForecastNote.FAR_AHEAD), midday=False
    )


Picture = tuple[Callable[[], ArrivalsForecast], bool, str, int, tuple[int, int]]
PICTURES: dict[str, Picture] = {
    "ordinary": (values.forecast, True, "light", 100, (1366, 768)),
    "dark": (_noted, False, "dark", 100, (1366, 768)),
    "contrast": (values.forecast, True, "high-contrast", 100, (1366, 768)),
    "hardly-open": (_hardly_open, True, "light", 100, (1366, 768)),
    "hardly-open-dark": (_hardly_open, True, "dark", 100, (1366, 768)),
    "nobody-then": (values.nobody_then, True, "light", 100, (1366, 768)),
    "closed": (_closed, True, "light", 100, (1366, 768)),
    "unknown": (_unknown, True, "dark", 100, (1024, 768)),
    "narrow": (values.forecast, True, "light", 100, (1024, 1300)),
    "large": (_noted, True, "light", 200, (1024, 2600)),
    "large-wide": (values.forecast, False, "high-contrast", 200, (1366, 2400)),
    "panel": (values.forecast, True, "light", 100, (1366, 768)),
}


def main(folder: Path, only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for name, (make, is_told, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        frame = Frame(make(), is_told)
        frame.resize(*size)
        frame.show()
        frame.activateWindow()
        app.processEvents()
        if name == "panel":
            frame.page.day_head.pick_action.trigger()
        for _ in range(3):
            app.processEvents()
        frame.grab().save(str(folder / f"{name}.png"))
        frame.close()
        frame.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
