"""A supervisor says who they are. Nothing of the day is asked for, let alone shown, before."""

from __future__ import annotations

from collections.abc import Sequence

from reception.domain.office import Office, Role
from reception.errors import Code
from reception.services.commands import Command, Result, SignInSupervisor
from ui.isolated import isolated
from ui.panels.fields import FieldRow
from ui.panels.minted import MintedIds
from ui.panels.panel import Panel
from ui.refused import Refused
from ui.widgets import RING, Drop, Paragraph, PinEdit, PinPad
from ui.widgets.sheet import PADDING

NO_PERSON = Refused(Code.BAD_INPUT, "Choose who you are.", "Then enter your PIN.")
NO_PIN = Refused(Code.BAD_INPUT, "Enter your PIN.", "")
NOBODY = "No supervisor or administrator has a PIN yet. One is given in the settings, at a desk."
LEFT_ALONE = "Left alone for 15 minutes, so it locked itself."
_SEPARATOR = "\n"


class SignInPanel(Panel):
    """Who, and the PIN. Cannot be backed out of."""

    def __init__(self, station: str, note: str = "") -> None:
        super().__init__("Sign in", "with a supervisor's PIN")
        self.keep_open()
        self._station = station
        self.words = self.add_words("", "text-muted")
        self.words.hide()
        self.officer = Drop("Who you are", [("", "Choose a name")])
        self.pin = PinEdit()
        for label, field in (("You are", self.officer), ("PIN", self.pin)):
            self.content.addWidget(FieldRow(label, field))
        self.pad = PinPad(self.pin)
        self.content.addWidget(self.pad)
        if note:
            under = Paragraph(note, token="text-muted")
            under.setContentsMargins(RING, PADDING, RING, 0)
            self.content.addWidget(under)
        self.end_content()
        self.set_main("Sign in", self._sign_in)
        self.start_with(self.officer)
        self._led_to_pin = False
        """The PIN has the focus because a name was chosen, and not by Tab: one that was meant to lead there stays."""
        self.officer.activated.connect(lambda _at: self._go_on_to_pin())
        self.officer.currentIndexChanged.connect(self.clear_problem)
        self.pin.textEdited.connect(self.clear_problem)

    def _go_on_to_pin(self) -> None:
        self.pin.setFocus()
        self._led_to_pin = True

    def take_first_focus(self) -> None:
        """Whoever is chosen already, as after the window has locked, need only enter the PIN."""
        if self.who()[1]:
            self._go_on_to_pin()
        else:
            super().take_first_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        led, self._led_to_pin = self._led_to_pin, False
        if led and forward and self.pin.hasFocus() and not self.pin.pin():
            return True
        return super().focusNextPrevChild(forward)

    def show_offices(self, offices: Sequence[Office]) -> None:
        """Those who may sign in; of several offices each name with its own. One who is alone is chosen already."""
        staff = sorted(
            (
                (officer.name, office, officer.id)
                for office in offices
                for officer in office.staff
                if officer.has_pin and officer.role.may_act_as(Role.SUPERVISOR)
            ),
            key=lambda each: (each[0], each[1].name),
        )
        choices = [
            (f"{office.id}{_SEPARATOR}{officer_id}", f"{isolated(name)}, {office.name}" if len(offices) > 1 else name)
            for name, office, officer_id in staff
        ]
        self.officer.set_choices([("", "Choose a name"), *choices] if choices else [("", "Nobody")])
        if len(choices) == 1 and not self.who()[1]:
            self.officer.set_value(choices[0][0])
            if self.focusWidget() is self.officer:
                self._go_on_to_pin()
        if not choices:
            self.say(NOBODY)
        elif self.words.text() == NOBODY:
            self.say("")

    def who_may(self) -> list[tuple[str, str]]:
        """The ids of office and officer of each who may sign in."""
        places = (self.officer.itemData(at) for at in range(self.officer.count()))
        return [(office_id, officer_id) for office_id, _, officer_id in map(_parted, places) if officer_id]

    def say(self, words: str) -> None:
        """A sentence above the names; empty for none."""
        self.words.set_text(words)
        self.words.setVisible(bool(words))

    def who(self) -> tuple[str, str]:
        """The ids of the office and the officer chosen; empty before."""
        office_id, _, officer_id = _parted(self.officer.value())
        return office_id, officer_id

    def _sign_in(self) -> None:
        office_id, officer_id = self.who()
        if not officer_id:
            self.refuse(NO_PERSON)
            self.officer.setFocus()
            return
        if not self.pin.pin():
            if self.pin.hasFocus():
                self.refuse(NO_PIN)
            self.pin.setFocus()
            return
        self.sent.emit(
            SignInSupervisor(
                id=self.ids.id_for(officer_id),
                office_id=office_id,
                station=self._station,
                officer_id=officer_id,
                pin=self.pin.pin(),
            )
        )

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        self.ids = MintedIds()  # that try was answered: the next is a new command
        if no.code in (Code.WRONG_PIN, Code.PIN_LOCKED, Code.NOT_ALLOWED):
            self.pin.clear()
            self.pin.setFocus()

    def command_done(self, command: Command, result: Result) -> bool:
        self.pin.clear()
        self.ids = MintedIds()
        self.clear_problem()
        self.say("")
        return True


def _parted(value: str) -> tuple[str, str, str]:
    return value.partition(_SEPARATOR)
