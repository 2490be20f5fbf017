"""The past page in every state, for looking at: `python -m tests.ui.past_pictures FOLDER [NAME ...]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from reception.clock import SetClock
from reception.domain.past_view import PastView
from tests.ui import past_values as values
from tests.ui.fake_door import OFFICE
from tests.ui.page_in_frame import place
from ui.supervisor.past_page import PastPage
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme


class Answers:
    """A link that answers at once."""

    def __init__(self, view: PastView) -> None:
        self.view = view

    def ask_beside(self, _query: object, answered: Callable[[Any], None], *_more: object) -> Callable[[], None]:
        answered(self.view)
        return lambda: None


class Frame(QWidget):
    """The page under its head, as the window places them."""

    def __init__(self, view: PastView) -> None:
        super().__init__()
        self.page = PastPage(Answers(view), clock=SetClock(values.NOW))  # type: ignore[arg-type]
        place(self.page, self)
        self.page.open_for((OFFICE,), (OFFICE,))


def _chosen(frame: Frame) -> None:
    frame.page.period_head.pick_action.trigger()


def _tables(frame: Frame) -> None:
    for sheet in (frame.page.curve, frame.page.heat, frame.page.days):
        sheet.toggle()
    frame.page.figures.sheaf.set_value("compared")


def _ends(frame: Frame) -> None:
    frame.page.figures.sheaf.set_value("appointments")
    frame.page.heat.switch._group.button(1).click()
    frame.page.days.switch._group.button(1).click()
    frame.page.heat.heat.setFocus()


def _plain(_frame: Frame) -> None:
    pass


PICTURES: dict[str, tuple[Callable[[], PastView], Callable[[Frame], None], str, int, tuple[int, int]]] = {
    "ordinary": (values.view, _plain, "light", 100, (1366, 768)),
    "dark": (values.view, _ends, "dark", 100, (1366, 768)),
    "contrast": (values.view, _plain, "high-contrast", 100, (1366, 768)),
    "empty": (values.empty, _plain, "light", 100, (1366, 768)),
    "tiny": (values.tiny, _plain, "light", 100, (1366, 768)),
    "services": (values.many_services, _plain, "light", 100, (1366, 900)),
    "hidden": (values.hidden, _plain, "light", 100, (1366, 768)),
    "long": (values.long, _plain, "light", 100, (1366, 768)),
    "panel": (values.view, _chosen, "light", 100, (1366, 768)),
    "tables": (values.view, _tables, "light", 100, (1366, 768)),
    "narrow": (values.view, _plain, "light", 100, (1024, 1900)),
    "large": (values.view, _plain, "light", 200, (1024, 4200)),
    "large-panel": (values.view, _chosen, "dark", 200, (1024, 1200)),
    "wide": (values.view, _plain, "light", 100, (1920, 1080)),
}


def main(folder: Path, only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for name, (make, act, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        frame = Frame(make())
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
