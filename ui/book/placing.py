"""Panels that give an appointment a place: what is in the way is said, and a reason asked for where one is enough."""

from __future__ import annotations

from reception.errors import Code
from ui.book.hands import BookPanel, Hands
from ui.panels.fields import FieldRow, as_typed
from ui.refused import Refused
from ui.widgets import LineEdit

CHOOSE_A_TIME = Refused(Code.BAD_INPUT, "Choose a time first.", "Its figure is enough.")
GIVE_A_REASON = Refused(Code.REASON_NEEDED, "Say why it is to stand there all the same.", "The reason is kept.")


class PlacingPanel(BookPanel):
    """A clash is said with the next slots as choices; nothing that was typed is lost."""

    def __init__(self, hands: Hands, title: str, note: str = "") -> None:
        super().__init__(hands, title, note)
        self.reason = LineEdit(placeholder="Kept with the booking")
        self._reason_row = FieldRow("Reason", self.reason)
        self._reason_row.hide()
        self.foot.addWidget(self._reason_row)

    def reason_given(self) -> str:
        return as_typed(self.reason.text()) if self.asks_reason() else ""

    def asks_reason(self) -> bool:
        return not self._reason_row.isHidden()

    def forget_reason(self) -> None:
        """Another place was chosen, which may need none."""
        if self.asks_reason():
            self._reason_row.hide()
            self.reason.clear()
            self.clear_problem()

    def lacks_reason(self) -> bool:
        """Whether a reason was asked for and is not there; says so."""
        if self.asks_reason() and not self.reason_given():
            self.refuse(GIVE_A_REASON)
            self.reason.setFocus()
            return True
        return False

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        if no.code is Code.NEEDS_REASON:
            self._reason_row.show()
            self.reason.setFocus()
        elif no.code in (Code.SLOT_TAKEN, Code.ROOM_TAKEN):
            self.look_again()

    def look_again(self) -> None:
        """The place is gone: find others."""
