"""Everything about one visit, and what can be done with it, each by a letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.desk_view import DeskView, VisitCard
from reception.errors import Code
from reception.services.commands import (
    CallVisit,
    Command,
    CompleteFollowUp,
    EndHold,
    Hold,
    Leave,
    OnVisit,
    Reinstate,
    Reprint,
    Result,
    ReturnToQueue,
    SeeFirst,
)
from ui import needed
from ui.desk.details_panel import DetailsPanel, LinkPanel
from ui.desk.end_panels import SignpostPanel
from ui.desk.move_panels import NEXT_IN_TURN, TransferPanel, call_panel, see_first_panel
from ui.desk.visit_deeds import PROVIDED, Deed, Faced, deeds_for, main_deed
from ui.desk.visit_words import visit_rows
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, FormRow, KeyButton, KeyGrid

_PLAIN: dict[Deed, type[OnVisit]] = {
    Deed.LEFT: Leave,
    Deed.HOLD: Hold,
    Deed.END_HOLD: EndHold,
    Deed.TO_QUEUE: ReturnToQueue,
    Deed.REINSTATE: Reinstate,
    Deed.ANSWERED: CompleteFollowUp,
    Deed.REPRINT: Reprint,
}
NO_PRINTER = Refused(Code.PRINTER, "This station has no printer.", "Tell the visitor the number.")
_STAYS = (Reprint, SeeFirst)
"""After these the visit is still looked at."""


class VisitPanel(Panel):
    """Shows a :class:`VisitCard`; asks for it again with every view."""

    wants_room = True
    ends_at_counter = True

    wants_card = Signal(str)
    wants_reason = Signal(str)
    """Why is this visit seen first? Answered with :meth:`show_reason`, if whoever asks may read it."""

    provided = Signal(object)
    """One of :data:`~ui.desk.visit_deeds.PROVIDED` is wanted for this visit."""

    def __init__(self, card: VisitCard, view: DeskView, by: SentBy, *, prints: bool = True) -> None:
        """`prints`: this station has a printer."""
        super().__init__(card.number, card.service)
        self.title.set_style("figure", 600)
        self._card, self._view, self._by, self._prints = card, view, by, prints
        self._read_at = view.now
        self._reason = ""
        self._shown: object = None
        self._rows_box = QWidget()
        self._rows_layout = QVBoxLayout(self._rows_box)
        self._rows_layout.setContentsMargins(RING, 0, RING, 0)
        self._rows_layout.setSpacing(0)
        self._rows: dict[str, FormRow] = {}
        self._grid: KeyGrid | None = None
        self.content.addWidget(self._rows_box)
        self.content.addSpacing(12 - RING)
        self.end_content()
        self.show_card(card, view)

    @property
    def visit_id(self) -> str:
        return self._card.visit_id

    def row(self, label: str) -> str:
        """What stands in a row; empty when there is no such row."""
        words = dict(self._told(self._view.now))
        return words.get(label, "") if label in self._rows else ""

    # -- showing ---------------------------------------------------------------------------------------------

    def _told(self, now: Instant) -> list[tuple[str, str]]:
        """(label, words) of the rows; *Needs* is shown apart."""
        return list(visit_rows(self._card, self._view.office.zone, now, self._read_at, self._reason))

    def _labels(self) -> tuple[str, ...]:
        """The rows of the card; *Needs* stands after the visitor."""
        labels = [label for label, _ in self._told(self._view.now)]
        labels.insert(labels.index("Visitor") + 1, "Needs")
        return tuple(labels)

    def show_view(self, view: DeskView) -> None:
        self._view = view
        self.wants_card.emit(self._card.visit_id)

    def show_card(self, card: VisitCard, view: DeskView) -> None:
        """Show the visit as it stands now; nothing is built anew that has not changed."""
        self._card, self._view, self._read_at = card, view, view.now
        self.set_note(card.service)
        if card.see_first:
            self.wants_reason.emit(card.visit_id)
        else:
            self._reason = ""
        self._show()

    def show_reason(self, reason: str) -> None:
        """Why the visit is seen first, in the words of whoever marked it; empty when that is not to be read here."""
        if reason != self._reason:
            self._reason = reason
            self._show()

    def _show(self) -> None:
        """Rows and deeds are built anew only when there are others than before."""
        card = self._card
        labels = self._labels()
        if labels != tuple(self._rows):
            self._build_rows(labels)
        deeds, main = deeds_for(card, self._view), main_deed(card, self._view)
        shown = (deeds, main, card.see_first, self._is_next())
        if shown != self._shown:
            self._shown = shown
            self._change_deeds(deeds, main)
        self.ids.shown((card.state, card.end, card.calls, card.leg, card.see_first))
        self.tick(self._view.now)

    def _change_deeds(self, deeds: tuple[Faced, ...], main: Deed | None) -> None:
        focused: QWidget | None = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        before = self._grid
        self._build_deeds(deeds, main)
        if had_focus:
            self.take_first_focus()
        if before is not None:
            # Only now: hiding what has the focus would lend it to whatever comes next.
            self.content.removeWidget(before)
            before.hide()
            before.deleteLater()

    def tick(self, now: Instant) -> None:
        for label, words in self._told(now):
            if label in self._rows:
                self._rows[label].set_text(words)
        self._rows["Needs"].set_needs(needed.card_needs(self._card))

    def _build_rows(self, labels: tuple[str, ...]) -> None:
        for row in self._rows.values():
            self._rows_layout.removeWidget(row)
            row.deleteLater()
        self._rows = {label: FormRow(label, last=label == labels[-1]) for label in labels}
        for row in self._rows.values():
            self._rows_layout.addWidget(row)

    def _build_deeds(self, deeds: tuple[Faced, ...], main: Deed | None) -> None:
        self.forget_letters()
        self.set_no_main()
        grid = flowing(KeyGrid(3))
        self.content.insertWidget(2, grid)
        self._grid = grid
        first: QWidget = self.back_button
        for faced in deeds:
            action = self.deed(faced.words, faced.letter, self._doing(faced.deed))
            if faced.deed is not main:
                button = grid.add(KeyButton(action, "lean"))
                first = button if faced.deed is Deed.DETAILS else first
        if main is not None:
            words = next(faced.words for faced in deeds if faced.deed is main)
            detail = self._call_detail() if main is Deed.CALL else ""
            words = f"Call {self._card.number}" if main is Deed.CALL else words
            self.start_with(self.set_main(words, self._doing(main), detail))
        else:
            # One Enter too many must not end anything.
            self.start_with(first)

    def _call_detail(self) -> str:
        if self._is_next():
            return NEXT_IN_TURN
        return "Out of turn: a reason is asked"

    def _is_next(self) -> bool:
        return self._view.next_for_me == self._card.visit_id

    # -- doing -----------------------------------------------------------------------------------------------

    def _doing(self, deed: Deed) -> Callable[[], None]:
        return lambda: self._do(deed)

    def _do(self, deed: Deed) -> None:
        self.clear_problem()
        if deed is Deed.REPRINT and not self._prints:
            self.refuse(NO_PRINTER)
            return
        if deed in PROVIDED:
            self.provided.emit(deed)
            return
        panel = self._panel_for(deed)
        if panel is not None:
            self.led_to.emit(panel)
        else:
            self.sent.emit(self._command_for(deed))

    def _panel_for(self, deed: Deed) -> Panel | None:
        card, by = self._card, self._by
        match deed:
            case Deed.CALL if not self._is_next():
                return call_panel(card.visit_id, card.number, by)
            case Deed.SEE_FIRST:
                return see_first_panel(card.visit_id, card.number, by)
            case Deed.TRANSFER:
                return TransferPanel(card.visit_id, card.number, card.service_id, self._view, by)
            case Deed.SIGNPOST:
                return SignpostPanel(card, by, prints=self._prints)
            case Deed.DETAILS:
                return DetailsPanel(card, by)
            case Deed.LINK:
                return LinkPanel(card, self._view, by)
        return None

    def _command_for(self, deed: Deed) -> Command:
        command_id, visit_id, by = self.ids.id_for(deed), self._card.visit_id, self._by
        match deed:
            case Deed.CALL:
                return CallVisit(id=command_id, **by, visit_id=visit_id, reason=NEXT_IN_TURN)
            case Deed.STEP_OUT:
                return Hold(id=command_id, **by, visit_id=visit_id, own_request=True)
            case Deed.NOT_FIRST:
                return SeeFirst(id=command_id, **by, visit_id=visit_id, on=False)
            case _:
                return _PLAIN[deed](id=command_id, **by, visit_id=visit_id)

    def command_done(self, command: Command, result: Result) -> bool:
        self.ids.answered(command.id)
        return not isinstance(command, _STAYS)
