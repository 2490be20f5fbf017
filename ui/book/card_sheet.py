"""The sheet beside the grid: what is chosen, what it holds together, and what can be done with it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentCard, AppointmentRow, BookView
from reception.domain.booked import Kind, Standing
from ui.book.card_parts import HeldRow, NeedLines
from ui.book.card_words import facts_of
from ui.book.faces import At, standing_at
from ui.book.held import held_together
from ui.book.keys import Act, BookKeys
from ui.book.words import (
    in_words,
    kind_words,
    span_said,
    when_words,
)
from ui.moments import plural, said_time
from ui.widgets import RING, ElidingLabel, FormRow, KeyButton, KeyGrid, Paragraph, Sheet
from ui.widgets.sheet import PADDING
from ui.widgets.viewport import give_viewport

_TOP = 14
_PAIRS = (
    Act.MOVE,
    Act.CANCEL,
    Act.ANOTHER_TIME,
    Act.DETAILS,
    Act.WANTS_EARLIER,
    Act.INTERPRETER,
    Act.MISSED,
)
MOVING = (
    "Arrow keys move it, Page Up and Page Down to another day, + and − make it longer or shorter. "
    "Enter goes on, Esc leaves it where it was."
)


class Chosen(Struct, frozen=True):
    """What the sheet shows: an appointment, with its card once that has come, or a free piece, or neither."""

    row: AppointmentRow | None = None
    card: AppointmentCard | None = None
    free: tuple[Instant, Instant, str] | None = None
    """From when until when, and whose."""


class CardSheet(Sheet):
    """See the module."""

    def __init__(self, keys: BookKeys, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._heading_row.hide()
        self._keys = keys
        self._shown: tuple[object, ...] = ()
        self._title = ElidingLabel()
        self._area = QScrollArea()
        give_viewport(self._area, QPalette.ColorRole.NoRole)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, PADDING - RING)
        whole.setSpacing(0)
        self._facts = QVBoxLayout()
        self._facts.setContentsMargins(PADDING, _TOP, PADDING, 0)
        self._facts.setSpacing(0)
        self.hint = Paragraph(MOVING, token="accent-text", weight=600)
        self.hint.setContentsMargins(PADDING, PADDING, PADDING, 0)
        self.hint.hide()
        whole.addWidget(self.hint)
        whole.addLayout(self._facts)
        self.main = KeyButton(keys[Act.CHECK_IN])
        self.main.set_accent(True)
        self.new = KeyButton(keys[Act.NEW], "main")
        deeds = QVBoxLayout()
        deeds.setContentsMargins(PADDING - RING, PADDING - RING, PADDING - RING, 0)
        deeds.setSpacing(0)
        deeds.addWidget(self.main)
        deeds.addWidget(self.new)
        self._pairs = KeyGrid(2)
        for act in _PAIRS:
            self._pairs.add(KeyButton(keys[act], "lean"))
        deeds.addWidget(self._pairs)
        self._singles = KeyGrid(1)
        self._singles.add(KeyButton(keys[Act.LETTER], "lean"))
        deeds.addWidget(self._singles)
        whole.addLayout(deeds)
        self._earlier = KeyGrid(1)
        self._earlier.add(KeyButton(keys[Act.EARLIER_LIST], "lean"))
        foot = QVBoxLayout()
        foot.setContentsMargins(PADDING - RING, 0, PADDING - RING, 0)
        foot.addWidget(self._earlier)
        whole.addLayout(foot)
        whole.addStretch(1)
        self._area.setWidget(content)
        self.body.addWidget(self._area, 1)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_chosen(self, chosen: Chosen, view: BookView, now: Instant) -> None:
        """Show what is chosen. The keys must say before what can be done."""
        minute = now // 60_000
        shown = (chosen, view.sequence, view.first, view.days, minute)
        if shown == self._shown:
            return
        self._shown = shown
        _emptied(self._facts)
        row = chosen.row
        self._pairs.setVisible(row is not None)
        self.main.setVisible(row is not None and self._keys[Act.CHECK_IN].isEnabled())
        self.new.setVisible(row is None)
        self._title = ElidingLabel("", "title", 600, lines=2)
        self._facts.addWidget(self._title)
        if row is not None:
            self._show_row(row, chosen.card, view, now)
        elif chosen.free is not None:
            self._show_free(chosen.free, view, now)
        else:
            self._show_day(view, now)
        self._show_earlier(view)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self.setAccessibleName(title)

    def _show_row(self, row: AppointmentRow, card: AppointmentCard | None, view: BookView, now: Instant) -> None:
        zone = view.office.zone
        self.set_title(span_said(row.starts, row.ends, zone))
        when = when_words(row.starts, now, zone)
        parts = [row.service, when if row.kind is Kind.OFFICE else f"{kind_words(row.kind).lower()}, {when}"]
        if when == "today" and standing_at(row, now) in (At.DUE, At.NOT_HERE):
            parts.append(in_words(row.starts, now))
        self._facts.addWidget(ElidingLabel(", ".join(parts), token="text-muted", lines=3))
        self._facts.addSpacing(12)
        rows = facts_of(row, card, view, now)
        for at, (label, value) in enumerate(rows):
            form = FormRow(label, last=at == len(rows) - 1)
            if at == 0:
                form.set_widget(ElidingLabel(str(value), weight=600, lines=3))
                form.setAccessibleName(f"{label}: {value}")
            elif isinstance(value, str):
                form.set_text(value)
            else:
                form.set_widget(NeedLines(value))
                form.setAccessibleName(f"{label}: {', '.join(item.full for item in value)}")
            self._facts.addWidget(form)
        held = held_together(view, row)
        if held and row.standing is Standing.BOOKED:
            clashes = [each for each in held if not each.is_free]
            heading = "Held together, no clash" if not clashes else "Held together, with a clash"
            self._facts.addSpacing(14)
            self._facts.addWidget(ElidingLabel(heading, "lead", 600))
            self._facts.addSpacing(2)
            for at, each in enumerate(held):
                self._facts.addWidget(HeldRow(each, last=at == len(held) - 1))

    def _show_free(self, free: tuple[Instant, Instant, str], view: BookView, now: Instant) -> None:
        starts, ends, whose = free
        zone = view.office.zone
        self.set_title(span_said(starts, ends, zone))
        is_past = ends <= now
        words = f"{'Past' if is_past else 'Free'}, {when_words(starts, now, zone)}"
        self._facts.addWidget(ElidingLabel(words, token="text-muted", lines=2))
        self._facts.addSpacing(12)
        self._facts.addWidget(FormRow("With", whose, last=True))
        self.new.setVisible(not is_past)
        fits = starts >= now
        self.new.set_detail(f"At {said_time(starts, zone)}, {whose}" if fits else "The nearest free times are offered")

    def _show_day(self, view: BookView, now: Instant) -> None:
        self.set_title("Nothing chosen")
        today = [row for row in view.rows if local_date(row.starts, view.office.zone) == view.first]
        stands = [standing_at(row, now) for row in today]
        here = sum(each is At.HERE for each in stands)
        late = sum(each is At.NOT_HERE for each in stands)
        words = [plural(len(today), "appointment"), f"{here} here", f"{late} late and not here"]
        shown = view.days == 1 and bool(today)
        self._facts.addWidget(Paragraph(f"{', '.join(words)}." if shown else "Choose a time with the arrow keys."))
        self.new.set_detail("The nearest free times are offered")

    def _show_earlier(self, view: BookView) -> None:
        self._keys[Act.EARLIER_LIST].setText(
            f"{plural(view.wanting_earlier, 'person wants', 'people want')} an earlier slot"
        )
        self._earlier.setVisible(view.wanting_earlier > 0)


def _emptied(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
