"""Looking at visits: opened from a list, found by name, pointed at by the scanner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reception.domain.desk_view import DeskView, VisitCard
from reception.services import queries as q
from ui.desk.details_panel import DetailsPanel
from ui.desk.find_panel import FindPanel
from ui.desk.key_table import Act, key_of
from ui.desk.panel_stack import PanelStack
from ui.desk.said import Offer, Said, said_no
from ui.desk.speaker import Speaker
from ui.desk.state import DeskState
from ui.desk.visit_panel import VisitPanel
from ui.desk.visit_words import standing_words
from ui.link import Link
from ui.panels.panel import Panel
from ui.refused import Refused

NO_SUCH_TICKET = Said("No visit has this ticket.", f"Find it by its number: {key_of(Act.FIND)}.", "due-soon")

OpenPanel = Callable[[Panel, bool], None]
"""Shows a panel; True: over the one that led to it."""


class Visits(QObject):
    """See the module."""

    provided = Signal(str, str)
    """(act, visit): a room, an interpreter or another time is wanted for a visit that is looked at."""
    pointed_at = Signal(str)
    """The visit that is looked at: lists show where it stands."""

    def __init__(
        self, link: Link, state: DeskState, stack: PanelStack, speaker: Speaker, open_panel: OpenPanel
    ) -> None:
        super().__init__(stack)
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._open_panel = open_panel

    def open(self, visit_id: str) -> None:
        """Enter or a click on a row."""
        top = self._stack.top()
        if not visit_id or (isinstance(top, VisitPanel) and top.visit_id == visit_id):
            return
        self._link.ask(q.OneVisit(visit_id), self._open_card, self._say_no)

    def _open_card(self, card: VisitCard) -> None:
        if self._state.view is None:
            return
        self.pointed_at.emit(card.visit_id)
        panel = self.panel_of(card)
        if panel is not None:
            self._open_panel(panel, isinstance(self._stack.top(), FindPanel))

    def panel_of(self, card: VisitCard) -> VisitPanel | None:
        """A panel that keeps up with its visit."""
        view = self._state.view
        if view is None:
            return None
        panel = VisitPanel(card, view, self._state.by(), prints=self._state.station.prints)

        def ask(visit_id: str) -> None:
            self._link.ask(q.OneVisit(visit_id), came)

        def came(fresh: VisitCard) -> None:
            if self._state.view is not None and self._stack.holds(panel):
                panel.show_card(fresh, self._state.view)

        def ask_reason(visit_id: str) -> None:
            asking = self._state.view
            if asking is not None:
                question = q.SeeFirstReason(visit_id, asking.counter_id, self._state.station.name)
                self._link.ask(question, reason_came)

        def reason_came(reason: str) -> None:
            if self._stack.holds(panel):
                panel.show_reason(reason)

        panel.provided.connect(lambda deed: self.provided.emit(Act(deed.value), card.visit_id))
        panel.wants_card.connect(ask)
        panel.wants_reason.connect(ask_reason)
        if card.see_first:
            ask_reason(card.visit_id)
        return panel

    def prepare(self, panel: Panel) -> None:
        """A panel is about to open: one that corrects details is answered when it asks how its visit stands now."""
        if not isinstance(panel, DetailsPanel):
            return

        def came(card: VisitCard) -> None:
            if self._stack.holds(panel):
                panel.show_card(card)

        panel.wants_card.connect(lambda visit_id: self._link.ask(q.OneVisit(visit_id), came, self._say_no))

    def find_panel(self) -> FindPanel | None:
        view = self._state.view
        if view is None:
            return None
        panel = FindPanel(view)

        def search(text: str) -> None:
            def came(cards: tuple[VisitCard, ...]) -> None:
                if self._stack.holds(panel):
                    panel.show_found(text, cards)

            self._link.ask(q.Search(view.office.id, text), came, self._say_no)

        panel.searched.connect(search)
        panel.opened.connect(self.open)
        return panel

    def with_number(self, number: str, found: Callable[[VisitCard], None]) -> None:
        """Find today's visit with a number."""
        if self._state.view is None:
            return

        def came(cards: tuple[VisitCard, ...]) -> None:
            for card in cards:
                if card.number == number:
                    found(card)
                    return

        self._link.ask(q.Search(self._state.view.office.id, number), came, self._say_no)

    def scanned(self, code: str, view: DeskView) -> None:
        """A ticket's code came from the scanner."""
        self._link.ask(q.VisitByCode(view.office.id, code), self._code_found, self._say_no)

    def _code_found(self, card: VisitCard | None) -> None:
        view, top = self._state.view, self._stack.top()
        if view is None:
            return
        if card is None:
            self._speaker.say(NO_SUCH_TICKET)
            return
        self.pointed_at.emit(card.visit_id)
        stands = standing_words(card, view.office.zone, self._state.now())
        if self._state.in_book or (top is not None and top.is_worth_keeping()):
            # What is being typed, or looked for in the book, stays in sight; the visit is a key away.
            offers = (Offer(f"Open {card.number}", lambda: self.open(card.visit_id)),)
            self._speaker.say(Said(f"{card.number}, {card.service}.", f"{stands}.", offers=offers))
            return
        self._speaker.say(Said(f"{card.number}, {card.service}.", f"{stands}."))
        if not (isinstance(top, VisitPanel) and top.visit_id == card.visit_id):
            self._open_card(card)

    def _say_no(self, no: Refused) -> None:
        self._speaker.say(said_no(no))
