"""The building blocks together, as a desk would place them, for looking at: `python -m tests.ui.pictures FOLDER`.

Nothing here is the desk; it only shows header, queue, strips and message line in one frame.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction, QFontDatabase, QKeySequence
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from reception.domain.desk_view import DeskView
from tests.ui.sample_day import desk_view, mixed_queue
from ui import counter_words, moments, needed, queue_words
from ui.models.queue import QueueModel
from ui.models.strips import AsideModel, CounterModel
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme
from ui.widgets import (
    ASIDE_COLUMNS,
    COUNTER_COLUMNS,
    RING,
    ChoiceGrid,
    ElidingLabel,
    FormRow,
    HeaderBar,
    KeyButton,
    KeyGrid,
    LineEdit,
    MessageLine,
    NeedsLabel,
    Offer,
    Paragraph,
    PinEdit,
    QueueView,
    Segmented,
    Sheet,
    StripView,
    Tick,
)


def action(parent: QWidget, text: str, key: str = "") -> QAction:
    made = QAction(text, parent)
    if key:
        made.setShortcut(QKeySequence(key))
    return made


class Frame(QWidget):
    """Header, queue, counter, strips and message line."""

    def __init__(self, view: DeskView, *, queue_share: int = 800) -> None:
        super().__init__()
        self.header = HeaderBar()
        self.header.show_view(view, "Desk 3")
        self.header.add_button(KeyButton(action(self, "Assist"), "lean", icon="bell"))
        self.model = QueueModel(self)
        self.model.show(view)
        self.queue = QueueView(self.model)
        self.message = MessageLine(action(self, "Undo", "Ctrl+Z"))
        sheets = QGridLayout()
        sheets.setContentsMargins(16, 0, 16, 16)
        sheets.setSpacing(16)
        sheets.addWidget(self._queue_sheet(view), 0, 0)
        sheets.addWidget(self._counter_sheet(view), 0, 1)
        sheets.addWidget(self._asides_sheet(view), 1, 0)
        sheets.addWidget(self._counters_sheet(view), 1, 1)
        sheets.setColumnStretch(0, queue_share)
        sheets.setColumnStretch(1, 518)
        sheets.setRowStretch(0, 408)
        sheets.setRowStretch(1, 200)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addLayout(sheets, 1)
        whole.addWidget(self.message)

    def _queue_sheet(self, view: DeskView) -> Sheet:
        sheet = Sheet("Queue", "in the order they will be called" if view.queue else "")
        self.new_walk_in = sheet.add_button(KeyButton(action(self, "New walk-in", "F2"), "lean"))
        sheet.add_button(KeyButton(action(self, "Find", "F3"), "lean"))
        sheet.body.addWidget(self.queue)
        return sheet

    def _counter_sheet(self, view: DeskView) -> Sheet:
        sheet = Sheet("At this counter")
        sheet.add_heading_widget(ElidingLabel("Counter 3", token="text-muted"))
        form = sheet.padded()
        card = view.present
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        if card is not None:
            top.addWidget(ElidingLabel(card.number, "number", 600))
            top.addSpacing(32)
            words.addWidget(ElidingLabel(card.service, "title", 600))
            words.addWidget(ElidingLabel(counter_words.started_words(card, view.office.zone, view.now)))
        top.addLayout(words, 1)
        form.addLayout(top)
        form.addSpacing(8)
        form.addWidget(FormRow("Visitor", card.person.name if card else ""))
        needs = FormRow("Needs")
        if card is not None:
            needs.set_needs(needed.person_needs(card.person))
        form.addWidget(needs)
        form.addWidget(
            FormRow("Waited", moments.waited_of(card.waited, card.target) if card is not None else "", last=True)
        )
        form.addSpacing(16 - RING)
        keys = sheet.padded(rings=True)
        grid = KeyGrid()
        for text, key in (
            ("Finish", "F8"),
            ("Hold", "F9"),
            ("Transfer", "F10"),
            ("To follow", "F11"),
            ("Signpost", "F12"),
            ("Leave", "Ctrl+L"),
        ):
            button = KeyButton(action(self, text, key))
            button.action().setEnabled(card is not None)
            grid.add(button)
        keys.addWidget(grid)
        keys.addSpacing(16 - 2 * RING)
        self.main = KeyButton(action(self, "Finish and call next" if card else "Call next", "F5"), "main")
        self.main.set_detail(queue_words.next_words(view.queue[0], view.now) if view.queue else "Nobody to call yet")
        self.main.action().setEnabled(bool(view.queue))
        keys.addWidget(self.main)
        keys.addStretch(1)
        return sheet

    def _asides_sheet(self, view: DeskView) -> Sheet:
        sheet = Sheet("On hold and to follow", lean=True)
        model = AsideModel(self)
        model.show(view)
        self.asides = StripView(model, ASIDE_COLUMNS, "On hold and to follow", "Nothing is set aside.")
        sheet.body.addWidget(self.asides)
        return sheet

    def _counters_sheet(self, view: DeskView) -> Sheet:
        sheet = Sheet("Counters", lean=True)
        model = CounterModel(self)
        model.show(view)
        self.counters = StripView(model, COUNTER_COLUMNS, "Counters")
        sheet.body.addWidget(self.counters)
        return sheet


def busy(**others: int) -> Frame:
    frame = Frame(desk_view(), **others)
    frame.message.say(
        "Tell H008: 2 min over, likely in about 6 min.",
        "One Housing officer today. Next free time 11.45am.",
        "late",
        (action(frame, "Told, will wait", "F6"), action(frame, "Offer another time", "F7")),
    )
    frame.queue.choose("b006")
    frame.queue.setFocus()
    return frame


def empty() -> Frame:
    frame = Frame(desk_view((), present=None, asides=(), judged_today=0))
    frame.message.say("Open until 5pm.", "Yesterday 93% of 131 visits were on time.")
    frame.new_walk_in.set_accent(True)
    frame.new_walk_in.setFocus()
    return frame


def mixed() -> Frame:
    frame = Frame(desk_view(mixed_queue()))
    frame.message.say("C019 is finished.", "", "done")
    frame.asides.choose("k003")
    frame.asides.setFocus()
    return frame


def controls() -> QWidget:
    """Fields, choices and labels on one sheet."""
    sheet = Sheet("New walk-in", "what a visitor comes for")
    body = sheet.padded(rings=True)
    grid = ChoiceGrid(2, "Service")
    grid.set_offers([Offer(s.id, s.letter, s.name, s.id != "planning") for s in desk_view().office.services])
    grid.set_value("benefits")
    body.addWidget(grid)
    party = Segmented([(n, str(n)) for n in range(1, 6)], "People in the party")
    party.set_value(3)
    body.addWidget(party)
    name = LineEdit("Li Wei", "Name, if the visitor gives one")
    body.addWidget(name)
    wrong = LineEdit("")
    wrong.set_fault("Say why this visitor is called out of turn.")
    body.addWidget(wrong)
    pin = PinEdit()
    pin.setText("1234")
    body.addWidget(pin)
    ticks = QHBoxLayout()
    for need in needed.needs_in_order()[:4]:
        tick = Tick(needed.need_words(need), needed.need_icon(need))
        tick.setChecked(need.value in ("private", "hearing_loop"))
        ticks.addWidget(tick)
    body.addLayout(ticks)
    body.addWidget(Paragraph("A refusal is a plain sentence that says what is wrong and what to do. " * 3))
    body.addWidget(NeedsLabel(needed.row_needs(mixed_queue()[3])))
    body.addWidget(KeyButton(action(sheet, "Take ticket", "Return"), "main"))
    body.addStretch(1)
    name.setFocus()
    return sheet


PICTURES: dict[str, tuple[Callable[[], QWidget], str, int, tuple[int, int]]] = {
    "busy-light": (busy, "light", 100, (1366, 768)),
    "busy-dark": (busy, "dark", 100, (1366, 768)),
    "busy-high-contrast": (busy, "high-contrast", 100, (1366, 768)),
    "empty-light": (empty, "light", 100, (1366, 768)),
    "mixed-light": (mixed, "light", 100, (1366, 768)),
    "mixed-dark": (mixed, "dark", 100, (1366, 768)),
    "busy-1024": (busy, "light", 100, (1024, 768)),
    "mixed-1024": (mixed, "light", 100, (1024, 768)),
    "busy-200": (busy, "light", 200, (1366, 768)),
    "busy-200-1920": (busy, "light", 200, (1920, 1080)),
    "busy-80": (busy, "light", 80, (1366, 768)),
    "busy-150": (busy, "light", 150, (1366, 768)),
    "controls-light": (controls, "light", 100, (560, 768)),
    "controls-dark": (controls, "dark", 100, (560, 768)),
    "controls-200": (controls, "light", 200, (1000, 1100)),
    "controls-high-contrast": (controls, "high-contrast", 100, (560, 768)),
}


def main(folder: Path, fonts: list[str], only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for font in fonts:
        QFontDatabase.addApplicationFont(font)
    for name, (make, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        widget = make()
        widget.resize(*size)
        widget.show()
        widget.activateWindow()
        app.processEvents()
        widget.grab().save(str(folder / f"{name}.png"))
        widget.close()
        widget.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(
        Path(arguments[0]),
        [argument for argument in arguments[1:] if argument.endswith(".ttf")],
        [argument for argument in arguments[1:] if not argument.endswith(".ttf")],
    )
