"""Signing in at a counter and off it again, and naming the office on the first day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from reception.domain.desk_view import DeskView
from reception.domain.office import Office
from reception.domain.visit_states import State
from reception.errors import Code
from reception.services.commands import AtHand, Command, Result, SignIn, SignOff
from ui import moments
from ui.isolated import isolated
from ui.panels.fields import FieldRow
from ui.panels.fitting import flowing
from ui.panels.minted import MintedIds
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, ChoiceGrid, KeyButton, Offer, Paragraph, PinEdit, PinPad
from ui.widgets.drop import Drop
from ui.widgets.sheet import PADDING

NO_PERSON = Refused(Code.BAD_INPUT, "Choose who you are.", "Then enter your PIN.")
NO_PIN = Refused(Code.BAD_INPUT, "Enter your PIN.", "")


class SignInPanel(Panel):
    """Who sits at which counter. Cannot be backed out of: nothing can be done before."""

    wants_room = True

    def __init__(self, view: DeskView, station: str, proposed: str = "", note: str = "") -> None:
        super().__init__("Sign in", "to call and serve visitors")
        self.keep_open()
        self._office, self._station = view.office, station
        self.counter = Drop("Counter", _counters(view))
        self.officer = Drop("Who you are", _staff(view))
        self.pin = PinEdit()
        for label, field in (("Counter", self.counter), ("You are", self.officer), ("PIN", self.pin)):
            self.content.addWidget(FieldRow(label, field))
        self.pad = PinPad(self.pin)
        self.content.addWidget(self.pad)
        if note:
            words = Paragraph(note, token="text-muted")
            words.setContentsMargins(RING, PADDING, RING, 0)
            self.content.addWidget(words)
        self.end_content()
        self.take_over_button = KeyButton(
            self.deed("Take the counter over", "Ctrl+Return", lambda: self._sign_in(take_over=True))
        )
        self.take_over_button.hide()
        self.foot.addWidget(self.take_over_button)
        self.set_main("Sign in", self._sign_in)
        self._led_to_pin = False
        """The PIN has the focus because a name was chosen, and not by Tab: one that was meant to lead there stays."""
        self.counter.set_value(_proposed(view, station, proposed))
        self.start_with(self.officer)
        self.officer.currentIndexChanged.connect(self.clear_problem)
        self.officer.picked.connect(self._go_on_to_pin)
        self.counter.activated.connect(self.clear_problem)
        self.pin.textEdited.connect(self.clear_problem)

    def _go_on_to_pin(self) -> None:
        self.pin.setFocus()
        self._led_to_pin = True

    def focusNextPrevChild(self, forward: bool) -> bool:
        led, self._led_to_pin = self._led_to_pin, False
        if led and forward and self.pin.hasFocus() and not self.pin.pin():
            return True
        return super().focusNextPrevChild(forward)

    def show_view(self, view: DeskView) -> None:
        """Counters that others have taken meanwhile say so, and so do those who sit at one; what was chosen stays."""
        self._office = view.office
        self.counter.set_choices(_counters(view))
        self.officer.set_choices(_staff(view))

    def _sign_in(self, *, take_over: bool = False) -> None:
        if not self.officer.value():
            self.refuse(NO_PERSON)
            self.officer.setFocus()
            return
        if not self.pin.pin():
            if self.pin.hasFocus():
                self.refuse(NO_PIN)
            self.pin.setFocus()
            return
        self.sent.emit(
            SignIn(
                id=self.ids.id_for((self.counter.value(), self.officer.value(), take_over)),
                office_id=self._office.id,
                station=self._station,
                counter_id=self.counter.value(),
                officer_id=self.officer.value(),
                pin=self.pin.pin(),
                take_over=take_over,
            )
        )

    def clear_problem(self) -> None:
        super().clear_problem()
        self.take_over_button.hide()

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        if no.code in (Code.WRONG_PIN, Code.PIN_LOCKED):
            self.ids = MintedIds()  # that try was answered: the next PIN is a new command
            self.pin.clear()
            self.pin.setFocus()
        elif no.code is Code.COUNTER_TAKEN:
            self.take_over_button.show()
            self.counter.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and control and not event.isAutoRepeat() and self.take_over_button.isVisible():
            self.take_over_button.action().trigger()
        else:
            super().keyPressEvent(event)

    def command_done(self, command: Command, result: Result) -> bool:
        """The panel stays until the counter's own view is there."""
        self.pin.clear()
        return False


def _counters(view: DeskView) -> list[tuple[str, str]]:
    taken = {row.counter_id: row.officer for row in view.counters if row.officer}
    return [
        (counter.id, f"{counter.name}, {taken[counter.id]}" if counter.id in taken else counter.name)
        for counter in view.office.counters
    ]


def _staff(view: DeskView) -> list[tuple[str, str]]:
    """Whoever is at a counter already may still be chosen: they leave it when they sign in here."""
    at = {row.officer_id: row.name for row in view.counters if row.officer_id}
    staff = sorted((officer for officer in view.office.staff if officer.has_pin), key=lambda officer: officer.name)
    named = ((each.id, f"{isolated(each.name)}, at {at[each.id]}" if each.id in at else each.name) for each in staff)
    return [("", "Choose a name"), *named]


def _proposed(view: DeskView, station: str, proposed: str) -> str:
    """The counter of the settings, else the one named like the station, else the first that is free."""
    wanted = proposed.casefold()
    for counter in view.office.counters:
        if wanted and wanted in (counter.id.casefold(), counter.name.casefold()):
            return counter.id
    number = "".join(letter for letter in station if letter.isdigit())
    for counter in view.office.counters:
        if number and counter.name.split()[-1:] == [number]:
            return counter.id
    free = [row.counter_id for row in view.counters if not row.officer]
    return free[0] if free else view.office.counters[0].id


class SignOffPanel(Panel):
    """What becomes of the visit that is here, and, at the last counter, of the day."""

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("Sign off", view.counter_name)
        self._by = by
        self._at_hand: AtHand | None = None
        self.words = self.add_words(_what_happens(view))
        self.grid = self.add_grid(1)
        present = view.present
        if present is not None and present.state is State.SERVING:
            self._ask_visit(present.number)
        else:
            self.set_main("Sign off", self._send)
        self.end_content()

    def _ask_visit(self, number: str) -> None:
        for words, letter, at_hand in (
            (f"Finish {number}", "F", AtHand.FINISH),
            (f"Hand {number} over: back to the queue", "Q", AtHand.HAND_OVER),
            (f"Hold {number}", "H", AtHand.HOLD),
        ):
            self.grid.add(KeyButton(self.deed(words, letter, self._with(at_hand))))
        self.start_with(self.grid.buttons()[0])

    def _with(self, at_hand: AtHand) -> Callable[[], None]:
        def chosen() -> None:
            self._at_hand = at_hand
            self._send()

        return chosen

    def _send(self, close_day: bool | None = None) -> None:
        self.clear_problem()
        self.sent.emit(
            SignOff(
                id=self.ids.id_for((self._at_hand, close_day)),
                **self._by,
                at_hand=self._at_hand,
                close_day=close_day,
            )
        )

    def refuse(self, no: Refused) -> None:
        """The last counter is asked about the day, in place of the question before."""
        if no.code is not Code.LAST_COUNTER:
            super().refuse(no)
            return
        self.words.set_text(f"{no.reason} {no.remedy}".strip())
        self.forget_letters()
        self.set_no_main()
        for button in self.grid.buttons():
            button.hide()
        only = self.grid.add(KeyButton(self.deed("Only step away", "S", lambda: self._send(close_day=False))))
        self.grid.add(KeyButton(self.deed("Close the day", "C", lambda: self._send(close_day=True))))
        self.start_with(only)
        only.setFocus()


def _what_happens(view: DeskView) -> str:
    present = view.present
    if present is None:
        return "No visitor is at this counter. Others go on calling."
    if present.state is State.CALLED:
        return f"{present.number} has been called and goes back to its place in the queue."
    return f"{present.number} is still being served here. What becomes of the visit?"


class OfficePanel(Panel):
    """Which office is this? Asked when the database holds several and the settings name none."""

    chosen = Signal(str)

    def __init__(self, offices: Sequence[Office]) -> None:
        super().__init__("Which office is this?")
        self.keep_open()
        self.offices = flowing(ChoiceGrid(1, "Office"))
        keys = "123456789"
        self.offices.set_offers([Offer(office.id, keys[at : at + 1], office.name) for at, office in enumerate(offices)])
        self.add_words(f"This database holds {moments.plural(len(offices), 'office')}.")
        self.content.addWidget(self.offices)
        self.end_content()
        self.start_with(self.offices)
        self.offices.chosen.connect(self.chosen)
