"""Evacuation: who is inside, on the screen while the list prints; then resume, or close the day."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.desk_view import DeskView
from reception.domain.evacuation import EvacuationList, EvacuationRow
from reception.domain.visit_states import State
from reception.services.commands import Command, EndEvacuation, Evacuate, Result
from ui import moments
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, FormRow, KeyButton


class _WhileEvacuated(Panel):
    """A panel about one evacuation: it is over when that evacuation is, or when another one has begun."""

    def __init__(self, title: str, note: str, view: DeskView) -> None:
        super().__init__(title, note)
        self._evacuated_at = view.evacuated_at

    def is_over(self, view: DeskView) -> bool:
        if self._evacuated_at is None:
            self._evacuated_at = view.evacuated_at
        return view.evacuated_at != self._evacuated_at


class EvacuationPanel(_WhileEvacuated):
    """Shows the list. Calls go on by a letter, never by Enter; closing the day asks once more."""

    wants_room = True
    ends_at_counter = True

    printing = Signal()
    """Print the list (again)."""

    def __init__(self, everyone: EvacuationList, view: DeskView, by: SentBy) -> None:
        people = moments.plural(everyone.people, "person", "people")
        super().__init__("Evacuation", f"{people} inside", view)
        self.everyone = everyone
        self._view, self._by = view, by
        self.print_button = self.add_button(KeyButton(self.deed("Print again", "P", self.printing.emit), "lean"))
        self.add_words("Calls are frozen at every desk. Numbers, no names, for the person with the clipboard.")
        self.printed_words = self.add_words("", "text-muted")
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(RING, 0, RING, 0)
        rows.setSpacing(0)
        for at, row in enumerate(everyone.rows):
            rows.addWidget(FormRow(row.number, _row_words(row), last=at == len(everyone.rows) - 1))
        self.content.addWidget(box)
        self.end_content()
        resume = KeyButton(self.deed("Everyone is back: resume", "R", lambda: self._end(resume=True)), "main")
        resume.set_detail("Calls go on")
        self.foot.addWidget(resume)
        if by["officer_id"]:
            close = self.deed("Close the day", "C", lambda: self.led_to.emit(CloseDayPanel(self._view, by)))
            self.foot.addWidget(KeyButton(close))
        self.start_with(self.print_button)

    def show_view(self, view: DeskView) -> None:
        self._view = view

    def _end(self, *, resume: bool) -> None:
        self.sent.emit(EndEvacuation(id=self.ids.id_for(resume), **self._by, resume=resume))

    def evacuate(self) -> None:
        """Freeze calls."""
        self.sent.emit(Evacuate(id=self.ids.id_for("evacuate"), **self._by))

    def command_done(self, command: Command, result: Result) -> bool:
        return isinstance(command, EndEvacuation)

    def show_printing(self) -> None:
        self.printed_words.set_style(token="text-muted")
        self.printed_words.set_text("The list is printing.")

    def show_printed(self, no: Refused | None) -> None:
        """The list came out, or did not."""
        self.printed_words.set_text(
            "The list is printed." if no is None else f"Not printed. {no.reason} {no.remedy}".strip()
        )
        self.printed_words.set_style(token="text-muted" if no is None else "late-text")


class CloseDayPanel(_WhileEvacuated):
    """Is the day to end here? It says how many visits that ends."""

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("Close the day?", "nobody comes back in today", view)
        self._by = by
        self.words = self.add_words(_ending_words(view))
        self.end_content()
        self.set_main("Close the day", self._close)

    def show_view(self, view: DeskView) -> None:
        self.words.set_text(_ending_words(view))

    def _close(self) -> None:
        self.sent.emit(EndEvacuation(id=self.ids.id_for("close"), **self._by, resume=False))


def _ending_words(view: DeskView) -> str:
    """ "3 are waiting and 1 is being served: their visits end as unresolved." """
    open_asides = [aside for aside in view.asides if aside.state is not State.ENDED]
    at_counters = {row.number: row.state for row in view.counters if row.number}
    if view.present is not None:
        at_counters[view.present.number] = view.present.state
    at_counters |= {aside.number: aside.state for aside in open_asides if aside.state is not State.ON_HOLD}
    called = sum(state is State.CALLED for state in at_counters.values())
    parts = [
        _are(len(view.queue), "waiting"),
        _are(called, "called"),
        _are(len(at_counters) - called, "being served"),
        _are(sum(aside.state is State.ON_HOLD for aside in open_asides), "on hold or out"),
    ]
    said = [part for part in parts if part]
    if not said:
        return "Nobody is waiting or being served."
    return f"{moments.joined(said)}: their visits end as unresolved."


def _are(count: int, what: str) -> str:
    return f"{count} {'is' if count == 1 else 'are'} {what}" if count else ""


def _row_words(row: EvacuationRow) -> str:
    parts = [row.place or "Waiting room"]
    if row.party_size > 1:
        parts.append(moments.plural(row.party_size, "person", "people"))
    if row.step_free:
        parts.append("step-free")
    return ", ".join(parts)
