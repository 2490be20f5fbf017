"""The book in every look, for looking at: `python -m tests.ui.book_pictures FOLDER [NAME…]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reception.services.queries import Offices
from tests.ui.fake_book import FakeBook, busy_day
from tests.ui.sample_book import NOW, TODAY, at, book, row, rows
from ui.book.columns import Arrangement, By, Range
from ui.book.find_panel import FindPanel
from ui.book.grid import BookGrid
from ui.book.keys import Act
from ui.book.new_panel import NewPanel
from ui.book.page import BookPage
from ui.book.plan import Plan
from ui.link import Link
from ui.panels.sender import SentBy
from ui.pulse import Pulse
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme


def grid() -> BookGrid:
    made = BookGrid()
    made.show_plan(Plan(book(), Arrangement(TODAY)), NOW)
    made.choose_key("samuel")
    made.setFocus()
    return made


def mirrored() -> BookGrid:
    made = grid()
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return made


def page(
    after: Callable[[BookPage], None] = lambda _: None, choose: str = "samuel", door: FakeBook | None = None
) -> QWidget:
    door = door or FakeBook()
    pulse = Pulse(QApplication.instance(), lambda: 0)
    pulse.set_now(NOW)
    link = Link(door, pulse.now, QApplication.instance())
    made = BookPage(
        link, pulse, door.office, lambda: SentBy(office_id="civic", station="Desk 3", counter_id="", officer_id="")
    )
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    made.show_day(TODAY)

    def then() -> None:
        wait(link)
        made.grid.choose_key(choose)
        wait(link)
        after(made)
        wait(link)
        wait(link)

    window.setProperty("then", then)
    return window


def wait(link: Link) -> None:
    for _ in range(3):
        answered: list[object] = []
        link.ask(Offices(), answered.append, answered.append)
        while not answered:
            QApplication.processEvents()
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def new(made: BookPage) -> None:
    made.asking.do(Act.NEW)
    panel = made.stack.top()
    assert isinstance(panel, NewPanel)
    panel.service.set_value("planning")


def home(made: BookPage) -> None:
    new(made)
    panel = made.stack.top()
    assert isinstance(panel, NewPanel)
    panel.kind.set_value("home_visit")
    panel.form.wants.set_open(True)


def act(which: Act, choose: str = "samuel") -> Callable[[], QWidget]:
    return lambda: page(lambda made: made.asking.do(which), choose)


def week(made: BookPage) -> None:
    made.arrange(range=Range.WEEK)


def rooms(made: BookPage) -> None:
    made.arrange(by=By.ROOMS, who="")


def found(made: BookPage) -> None:
    made.asking.do(Act.FIND)
    panel = made.stack.top()
    assert isinstance(panel, FindPanel)
    panel.text.setText("a")
    QTest.qWait(250)


def dropped(made: BookPage) -> None:
    made.grid.take_up()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(made.grid, key)


def free(made: BookPage) -> None:
    QTest.keyClick(made.grid, Qt.Key.Key_Down)


def mirrored_page() -> QWidget:
    made = page()
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return made


def clash() -> QWidget:
    twice = row("twice", "li", at(11, 20), 30, "Second Booking", room_id="r3")
    return page(door=FakeBook(rows=(*rows(), twice)))


BIG, SMALL = (1366, 768), (1024, 768)
PICTURES = {
    "grid-light": (grid, "light", 100, (974, 696)),
    "grid-rtl": (mirrored, "light", 100, (974, 696)),
    "page": (page, "light", 100, BIG),
    "page-dark": (page, "dark", 100, BIG),
    "page-contrast": (page, "high-contrast", 100, BIG),
    "page-1024": (page, "light", 100, SMALL),
    "page-200": (page, "light", 200, BIG),
    "page-200-1024": (page, "light", 200, SMALL),
    "page-80": (page, "light", 80, BIG),
    "full": (lambda: page(door=busy_day(), choose="b5"), "light", 100, BIG),
    "page-rtl": (mirrored_page, "light", 100, BIG),
    "clash": (clash, "light", 100, BIG),
    "week": (lambda: page(week), "light", 100, BIG),
    "rooms": (lambda: page(rooms), "light", 100, BIG),
    "here": (lambda: page(choose="mei"), "light", 100, BIG),
    "late": (lambda: page(choose="noor"), "light", 100, BIG),
    "free": (lambda: page(free), "light", 100, BIG),
    "new": (lambda: page(new), "light", 100, BIG),
    "new-dark": (lambda: page(new), "dark", 100, BIG),
    "new-200": (lambda: page(new), "light", 200, BIG),
    "new-1024": (lambda: page(new), "light", 100, SMALL),
    "home": (lambda: page(home), "light", 100, BIG),
    "move": (act(Act.ANOTHER_TIME), "light", 100, BIG),
    "dropped": (lambda: page(dropped), "light", 100, BIG),
    "cancel": (act(Act.CANCEL), "light", 100, BIG),
    "details": (act(Act.DETAILS), "light", 100, BIG),
    "interpreter": (act(Act.INTERPRETER), "light", 100, BIG),
    "find": (lambda: page(found), "light", 100, BIG),
    "earlier": (act(Act.EARLIER_LIST), "light", 100, BIG),
    "absence": (act(Act.ABSENCE), "light", 100, BIG),
    "letter": (act(Act.LETTER), "light", 100, BIG),
    "batch": (act(Act.ALL_LETTERS), "light", 100, BIG),
}


def main(folder: Path, only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for name, (make, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        widget = make()
        widget.resize(*size)
        widget.show()
        widget.activateWindow()
        app.processEvents()
        then = widget.property("then")
        if then is not None:
            then()
        widget.grab().save(str(folder / f"book-{name}.png"))
        widget.close()
        widget.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
