"""Beside the choice of a named officer: when they can be had, and each way out by its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Instant
from reception.domain.about_now import OfficerRow, OfficerState
from reception.domain.office import Office
from ui import moments
from ui.appointment_words import officer_state, when_words
from ui.isolated import isolated
from ui.panels.fitting import flowing
from ui.widgets import RING, KeyButton, KeyGrid, Paragraph
from ui.widgets.announcing import announce

COLLEAGUES = 2
NEVER: Instant = -1


class OfficerHint(QWidget):
    """Ring, wait, a colleague, or a booking; nothing while the officer can call, or nobody in particular is wanted."""

    def __init__(self, office: Office, me: str, book: QAction, colleagues: Sequence[QAction]) -> None:
        """`me`: the officer who is signed in. `book` and `colleagues`: what the keys beside the words do."""
        super().__init__()
        self._office, self._me = office, me
        self._colleagues: tuple[OfficerRow, ...] = ()
        self._actions = tuple(colleagues)
        self.words = Paragraph()
        self.words.setContentsMargins(RING, 0, RING, 4)
        grid = flowing(KeyGrid(2))
        for action in (*self._actions, book):
            grid.add(KeyButton(action, "lean"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self.words)
        layout.addWidget(grid)
        self.hide()

    def show_officer(
        self, officer_id: str, service_id: str, officers: Sequence[OfficerRow], now: Instant, free_at: Instant | None
    ) -> None:
        """Of whom is chosen; empty for anyone. `free_at`: the next time in the book; :data:`NEVER` where it has none,
        None while that is not known."""
        row = next((each for each in officers if each.id == officer_id), None)
        if row is None or row.may_call:
            self._colleagues = ()
            self.hide()
            return
        self._colleagues = colleagues_of(row, officers, self._office, service_id, self._me)
        for action, each in zip(self._actions, self._colleagues, strict=False):
            action.setText("You, instead" if each.id == self._me else f"See {isolated(each.name)}")
        for at, action in enumerate(self._actions):
            action.setVisible(at < len(self._colleagues))
        words = self._words_of(row, now, free_at)
        if words != self.words.text() or self.isHidden():
            announce(self, words)
        self.words.set_text(words)
        self.show()

    def _words_of(self, row: OfficerRow, now: Instant, free_at: Instant | None) -> str:
        zone = self._office.zone
        who = "You are" if row.id == self._me else f"{isolated(row.name)} is"
        alone = ", and nobody else calls this visitor" if row.state is OfficerState.IN else ""
        said = [f"{who} {officer_state(row, zone, now)}{alone}."]
        if row.next_at is not None and row.until is not None and row.next_at >= row.until:
            said.append(f"Next booking {moments.said_time(row.next_at, zone)}.")
        if free_at == NEVER:
            said.append("The book has no time for this.")
        elif free_at is not None:
            said.append(f"Next free time in the book: {when_words(free_at, zone, now)}.")
        ring = f"Ring {row.telephone}, wait" if row.telephone and row.id != self._me else "Wait"
        said.append(f"{ring} (Enter gives the ticket), or:")
        return " ".join(said)

    def colleague(self, at: int) -> str:
        """The officer of a colleague's key; empty where that is not shown."""
        return self._colleagues[at].id if at < len(self._colleagues) else ""


def colleagues_of(
    row: OfficerRow, officers: Sequence[OfficerRow], office: Office, service_id: str, me: str
) -> tuple[OfficerRow, ...]:
    """Who is in and may do the same: first those whose own service it is, of them first whoever is at a counter; last
    whoever is signed in here."""
    able = {each.id for each in office.staff if not service_id or not each.skills or service_id in each.skills}
    own = {each.id for each in office.staff if service_id in each.skills}
    found = [each for each in officers if each.state is OfficerState.IN and each.id != row.id and each.id in able]
    found.sort(key=lambda each: (each.id == me, each.id not in own, not each.counter))
    return tuple(found[:COLLEAGUES])
