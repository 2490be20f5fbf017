"""Panels that move a visit: transfer, hold, and those that ask for a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reception.clock import Instant
from reception.domain.about_now import OfficerRow
from reception.domain.desk_view import DeskView
from reception.errors import Code
from reception.services.commands import CallVisit, Command, Hold, SeeFirst, Transfer
from ui.desk.offered import OUT_OF_TURN, SEE_FIRST, OfferedText
from ui.panels.fields import FieldRow, officer_choices
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import ChoiceGrid, KeyButton, Offer, Tick
from ui.widgets.drop import Drop

NO_SERVICE = Refused(Code.BAD_INPUT, "Choose where the visit goes.", "A service, a named officer, or both.")
NO_REASON = Refused(Code.REASON_NEEDED, "A reason is needed.", "A few words are enough.")
NEXT_IN_TURN = "Next in turn"


class TransferPanel(Panel):
    """To another service or a named officer."""

    wants_room = True

    def __init__(self, visit_id: str, number: str, service_id: str, view: DeskView, by: SentBy) -> None:
        super().__init__(f"{number}: transfer")
        self._visit_id, self._by, self._from = visit_id, by, service_id
        self._office = view.office
        self._services = {service.id: service for service in view.office.services}
        self.service = flowing(ChoiceGrid(2, "Service"))
        self.service.set_offers([Offer(each.id, each.letter, each.name) for each in view.office.services])
        self.officer = Drop("Named officer", officer_choices(view.office))
        self.told = Tick("The visitor was told that it takes longer")
        self.content.addWidget(self.service)
        self.content.addWidget(FieldRow("To see", self.officer))
        self.content.addWidget(FieldRow("Specialist", self.told))
        self.end_content()
        self._main_words = self.set_main("Transfer", self._transfer)
        self.start_with(self.service)
        self.service.changed.connect(self._show_target)
        self.service.chosen.connect(lambda _: self.officer.setFocus())
        self.officer.currentIndexChanged.connect(self._show_target)
        self._show_target()

    def show_officers(self, officers: Sequence[OfficerRow], now: Instant) -> None:
        """Who can be had now."""
        self.officer.set_choices(officer_choices(self._office, officers=officers, now=now))

    def _target(self) -> str:
        """The service chosen; with an officer alone, the service stays."""
        return self.service.value() or (self._from if self.officer.value() else "")

    def _show_target(self) -> None:
        self.clear_problem()
        service = self._services.get(self._target())
        self.told.setEnabled(service is not None and service.specialist)
        if not self.told.isEnabled():
            self.told.setChecked(False)
        to = service.name if service else NO_SERVICE.reason
        if self.officer.value():
            officer = self._office.officer(self.officer.value())
            to = f"{to}, {officer.name if officer else ''}"
        self._main_words.set_detail(to)

    def _transfer(self) -> None:
        if not self._target():
            self.refuse(NO_SERVICE)
            self.service.setFocus()
            return
        self.sent.emit(
            Transfer(
                id=self.ids.id_for("transfer"),
                **self._by,
                visit_id=self._visit_id,
                service_id=self._target(),
                named_officer_id=self.officer.value(),
                specialist_told=self.told.isChecked(),
            )
        )


class HoldPanel(Panel):
    """Why is the visit set aside? Only what the visitor asked for stops the wait's clock."""

    def __init__(self, visit_id: str, number: str, by: SentBy) -> None:
        super().__init__(f"{number}: hold")
        self._visit_id, self._by = visit_id, by
        self.add_words("A hold by staff keeps the promise's clock running. Stepping out at own request pauses it.")
        stepped_out = self.deed("The visitor asked to step out", "O", lambda: self._hold(own_request=True))
        self.add_grid(1).add(KeyButton(stepped_out))
        self.end_content()
        self.start_with(self.set_main("Hold", lambda: self._hold(own_request=False), "We need time: the clock goes on"))

    def _hold(self, *, own_request: bool) -> None:
        self.sent.emit(
            Hold(id=self.ids.id_for(own_request), **self._by, visit_id=self._visit_id, own_request=own_request)
        )


class ReasonPanel(Panel):
    """Asks for a reason, typed in a few words or chosen, and keeps it."""

    wants_room = True

    def __init__(
        self, title: str, question: str, main: str, usual: Sequence[str], command: Callable[[str, str], Command]
    ) -> None:
        """`usual`: reasons to choose from. `command` makes the command of an id and the reason."""
        super().__init__(title)
        self._command = command
        self.add_words(question)
        self.reason = OfferedText("Reason", usual, "A few words, or choose below")
        self.content.addWidget(FieldRow("Reason", self.reason))
        self.end_content()
        self.set_main(main, self._give)
        self.start_with(self.reason)
        self.reason.edited.connect(self.clear_problem)

    def _give(self) -> None:
        reason = self.reason.text()
        if not reason:
            self.refuse(NO_REASON)
            self.reason.setFocus()
            return
        self.sent.emit(self._command(self.ids.id_for("reason"), reason))

    def is_worth_keeping(self) -> bool:
        return bool(self.reason.text())


def call_panel(visit_id: str, number: str, by: SentBy) -> ReasonPanel:
    """Call someone out of turn."""
    return ReasonPanel(
        f"Call {number}",
        "Others come before in the order of the queue. Why is this visitor called now?",
        f"Call {number}",
        OUT_OF_TURN,
        lambda command_id, reason: CallVisit(id=command_id, **by, visit_id=visit_id, reason=reason),
    )


def see_first_panel(visit_id: str, number: str, by: SentBy) -> ReasonPanel:
    """Mark someone to be seen before all others."""
    return ReasonPanel(
        f"See {number} first",
        "Everyone at a desk sees the mark; few may read the reason.",
        f"See {number} first",
        SEE_FIRST,
        lambda command_id, reason: SeeFirst(id=command_id, **by, visit_id=visit_id, on=True, reason=reason),
    )
