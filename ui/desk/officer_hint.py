"""Beside the choice of a named officer: whether they can be had now, and what to do if not."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.domain.book import OfficerRow, OfficerState
from ui import texts
from ui.appointment_words import officer_state
from ui.desk.actions import Act, key_of
from ui.widgets import RING, Paragraph


class OfficerHint(QWidget):
    """Ring, wait, a colleague, or a booking; nothing while the officer is in, or nobody in particular is wanted."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.words = Paragraph()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(RING, 0, RING, 8)
        layout.addWidget(self.words)
        self.hide()

    def show_officer(self, officer_id: str, officers: Sequence[OfficerRow]) -> None:
        """Of whom is chosen; empty for anyone."""
        row = next((each for each in officers if each.id == officer_id), None)
        is_needed = row is not None and row.state is not OfficerState.IN
        self.words.set_text(unavailable_words(row, officers, self._zone) if row is not None and is_needed else "")
        self.setVisible(is_needed)


def unavailable_words(row: OfficerRow, officers: Sequence[OfficerRow], zone: ZoneInfo) -> str:
    """ "Li Wei is away until 2pm. Ring 020 8207 2204, wait, see Grace Okafor (in), or book a time: Ctrl B."."""
    ways = [f"Ring {row.telephone}"] if row.telephone else []
    ways.append("wait" if ways else "Wait")
    colleagues = [each.name for each in officers if each.state is OfficerState.IN and each.id != row.id][:2]
    if colleagues:
        ways.append(f"see {' or '.join(colleagues)} (in)")
    return (
        f"{row.name} is {officer_state(row, zone)}. {texts.joined(ways)}, or book a time: {key_of(Act.ANOTHER_TIME)}."
    )
