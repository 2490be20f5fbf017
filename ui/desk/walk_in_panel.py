"""New walk-in: what is it about? One letter and Enter give a ticket; all else is for those who want to say it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction

from reception.clock import Instant, local_date
from reception.domain.about_now import OfficerRow
from reception.domain.booking import Wish
from reception.domain.desk_view import DeskView
from reception.errors import Code
from reception.services.commands import TakeTicket
from ui.desk.key_table import Act, key_of
from ui.desk.offered import SEE_FIRST, OfferedText
from ui.desk.officer_hint import COLLEAGUES, NEVER, OfficerHint
from ui.desk.person_form import PersonForm
from ui.isolated import isolated
from ui.panels.fields import FieldRow, TickGrid, officer_choices
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import ChoiceGrid, Offer
from ui.widgets.drop import Drop

NO_SERVICE = Refused(Code.BAD_INPUT, "Choose a service first.", "Its letter is enough.")


class WalkInPanel(Panel):
    """Takes a ticket for someone who has come."""

    wants_room = True

    time_wanted = Signal(str, str, object, int)
    """(service, officer, :class:`Person`, party): a booking in place of a ticket."""
    free_time_wanted = Signal(object)
    """When an officer has time next: a :class:`Wish`, answered with :meth:`show_free_time`."""

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("New walk-in")
        self._by, self._office = by, view.office
        self._officers: tuple[OfficerRow, ...] = ()
        self._now = view.now
        self._wish: Wish | None = None
        """The time that was last asked for, with whom."""
        self._free_at: Instant | None = None
        self._services = {service.id: service for service in view.office.services}
        offers = [Offer(service.id, service.letter, service.name) for service in view.office.services]
        self.service = flowing(ChoiceGrid(2, "Service"))
        self.service.set_offers(offers)
        self.form = PersonForm()
        self.then = TickGrid("Then also", [(offer.id, offer.name, "") for offer in offers])
        self.officer = Drop("Wants to see", officer_choices(view.office))
        book = self.deed("Book a time", key_of(Act.ANOTHER_TIME).replace(" ", "+"), self.book_a_time)
        self.hint = OfficerHint(
            view.office, view.officer_id, book, [self._colleague_key(at) for at in range(COLLEAGUES)]
        )
        self.linked = Drop("Came with", _numbers(view))
        self.see_first = OfferedText("See first: why", SEE_FIRST, "Only if so; few may read why")
        for widget in (
            self.service,
            FieldRow("To see", self.officer),
            self.hint,
            self.form,
            FieldRow("Then also", self.then, label_above=True),
            FieldRow("Came with", self.linked),
            FieldRow("See first", self.see_first),
        ):
            self.content.addWidget(widget)
        self.end_content()
        self._main_words = self.set_main("Give ticket", self._give, NO_SERVICE.reason)
        self.start_with(self.service)
        self.service.changed.connect(self._service_changed)
        self.service.chosen.connect(lambda _: self.form.name.setFocus())

        self.officer.currentIndexChanged.connect(self._officer_changed)

    def _colleague_key(self, at: int) -> QAction:
        """The key that puts a colleague in the officer's place."""
        action = self.deed("", f"Ctrl+{at + 1}", lambda: self._see_colleague(at))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _see_colleague(self, at: int) -> None:
        if colleague := self.hint.colleague(at):
            self.officer.setFocus()
            self.officer.set_value(colleague)

    def show_officers(self, officers: Sequence[OfficerRow], now: Instant) -> None:
        """Who can be had now."""
        self._officers, self._now = tuple(officers), now
        self.officer.set_choices(officer_choices(self._office, officers=officers, now=now))
        if self._wish is not None:
            self.free_time_wanted.emit(self._wish)
        self._show_hint()

    def _officer_changed(self) -> None:
        self._show_main()
        self._show_hint()

    def _show_hint(self) -> None:
        officer_id, service_id = self.officer.value(), self.service.value()
        self._ask_free_time(officer_id, service_id)
        self.hint.show_officer(officer_id, service_id, self._officers, self._now, self._free_at)
        if self.hint.isVisible() and self.officer.hasFocus():
            QTimer.singleShot(0, self, self._bring_hint_in_sight)

    def _ask_free_time(self, officer_id: str, service_id: str) -> None:
        """Once for each officer and service."""
        row = next((each for each in self._officers if each.id == officer_id), None)
        wanted = bool(service_id) and row is not None and not row.may_call
        today = local_date(self._now, self._office.zone)
        wish = Wish(service_id=service_id, officer_id=officer_id, first_day=today) if wanted else None
        if wish != self._wish:
            self._wish, self._free_at = wish, None
            if wish is not None:
                self.free_time_wanted.emit(wish)

    def show_free_time(self, wish: Wish, free_at: Instant | None) -> None:
        """The answer; None where the book has no time with that officer."""
        if wish == self._wish:
            self._free_at = NEVER if free_at is None else free_at
            self._show_hint()

    def _bring_hint_in_sight(self) -> None:
        self.area.ensureWidgetVisible(self.hint, 0, 0)
        self.area.ensureWidgetVisible(self.officer, 0, 0)

    def book_a_time(self) -> None:
        """In place of the ticket: for what is entered so far."""
        if not self._has_service():
            return
        self.time_wanted.emit(self.service.value(), self.officer.value(), self.form.person(), self.form.party_size())

    def _has_service(self) -> bool:
        if not self.service.value():
            self.refuse(NO_SERVICE)
            self.service.setFocus()
        return bool(self.service.value())

    def _service_changed(self, service_id: str) -> None:
        self.clear_problem()
        self._show_main()
        self._show_hint()
        for each in self._services:
            self.then.set_possible(each, each != service_id)

    def _show_main(self) -> None:
        """What Enter gives: a ticket for whom."""
        service = self._services.get(self.service.value())
        officer = self._office.officer(self.officer.value())
        detail = service.name if service else NO_SERVICE.reason
        self._main_words.set_detail(f"{detail}, waits for {isolated(officer.name)}" if service and officer else detail)

    def _give(self) -> None:
        if not self._has_service():
            return
        self.sent.emit(
            TakeTicket(
                id=self.ids.id_for("ticket"),
                **self._by,
                service_id=self.service.value(),
                person=self.form.person(),
                party_size=self.form.party_size(),
                then_services=self.then.values(),
                named_officer_id=self.officer.value(),
                linked_to=self.linked.value(),
                see_first_reason=self.see_first.text(),
            )
        )

    def is_worth_keeping(self) -> bool:
        chosen = self.service.value() or self.officer.value() or self.linked.value() or self.then.values()
        return bool(chosen or self.asks_before_leaving())

    def asks_before_leaving(self) -> bool:
        """What takes one key is quickly chosen again."""
        return bool(self.form.is_filled_in() or self.see_first.text())


def _numbers(view: DeskView) -> list[tuple[str, str]]:
    """Visits of today that a party may belong with, the present one first."""
    known = [("", "Nobody else")]
    if view.present is not None:
        known.append((view.present.visit_id, f"{view.present.number} at this counter"))
    known.extend((row.visit_id, f"{row.number} {row.service}") for row in view.queue)
    known.extend((aside.visit_id, f"{aside.number} {aside.service}") for aside in view.asides if aside.end is None)
    return known
