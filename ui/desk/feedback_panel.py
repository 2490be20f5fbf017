"""How did we do? Five faces with words, one touch, for a visitor on leaving who saw no kiosk; and no name."""

from __future__ import annotations

from functools import partial

from reception.domain.desk_view import DeskView
from reception.domain.kiosk import Face
from reception.services.commands import GiveFeedback
from ui.panels.fields import FieldRow
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.widgets import KeyButton
from ui.widgets.drop import Drop

FACES = (
    (Face.VERY_GOOD, "Very good", "face-very-good"),
    (Face.GOOD, "Good", "face-good"),
    (Face.FAIR, "Fair", "face-fair"),
    (Face.POOR, "Poor", "face-poor"),
    (Face.VERY_POOR, "Very poor", "face-very-poor"),
)
THE_OFFICE = "The office as a whole"


class FeedbackPanel(Panel):
    """A face is the answer. What it is about is proposed from the visit that is at the counter."""

    ends_at_counter = True

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("How did we do?", "kept by service and day, of nobody")
        self._by = by
        self.add_words("Turn the screen, or ask. The visitor need not say.", "text-muted")
        self.about = Drop("About", [("", THE_OFFICE), *((each.id, each.name) for each in view.office.services)])
        self.about.set_value(view.present.service_id if view.present is not None else "")
        self.content.addWidget(FieldRow("About", self.about))
        grid = self.add_grid(1)
        self.faces = [
            grid.add(KeyButton(self.deed(words, str(number), partial(self._send, face)), icon=icon))
            for number, (face, words, icon) in enumerate(FACES, start=1)
        ]
        self.end_content()
        self.start_with(self.faces[0])

    def _send(self, face: Face) -> None:
        self.sent.emit(GiveFeedback(id=self.ids.id_for("face"), **self._by, face=face, service_id=self.about.value()))
