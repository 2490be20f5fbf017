"""What a new booking may ask for beside service, time and person; folded away until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal

from reception.domain.booked import RoomFeature
from reception.domain.office import Office
from reception.domain.person import Need
from reception.services.appointment_commands import Repeat
from ui.book.fold import Fold
from ui.book.move_panel import features_for
from ui.book.words import feature_icon, feature_words
from ui.languages import interpreted_name
from ui.panels.fields import FieldRow, TickGrid
from ui.widgets.drop import Drop
from ui.widgets.tick import Tick

_WEEKS = (("", "Once only"), ("1", "Every week"), ("2", "Every 2 weeks"), ("4", "Every 4 weeks"))
_TIMES = tuple((str(count), f"{count} times in all") for count in range(2, 13))


class RoomFields(Fold):
    """In which room, and with which interpreter."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__("Room and interpreter")
        languages = sorted({code for each in office.interpreters for code in each.languages}, key=interpreted_name)
        self.language = Drop("Interpreter", [("", "None"), *((code, interpreted_name(code)) for code in languages)])
        self.features = TickGrid(
            "Room", [(each.value, feature_words(each), feature_icon(each)) for each in RoomFeature]
        )
        self.room = Drop("Which room", [("", "Any that fits"), *((each.id, each.name) for each in office.rooms)])
        self.with_room = Tick("In a room")
        self._of_room = (
            self.with_room,
            FieldRow("Room has", self.features, label_above=True),
            FieldRow("Room", self.room),
        )
        for widget in (*self._of_room, FieldRow("Interpreter", self.language)):
            self.add(widget)
        self.with_room.toggled.connect(lambda _: self.changed.emit())
        self.language.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.room.currentIndexChanged.connect(lambda _: self._room_wanted(bool(self.room.value())))
        for feature in RoomFeature:
            self.features.tick(feature.value).toggled.connect(self._room_wanted)

    def _room_wanted(self, on: bool) -> None:
        """Who asks for something of a room asks for a room."""
        if on and not self.with_room.isChecked():
            self.with_room.setChecked(True)  # says that something has changed
        else:
            self.changed.emit()

    def show_room(self, on: bool) -> None:
        """A room is for appointments at the office only."""
        for widget in self._of_room:
            widget.setVisible(on)

    def wanted_features(self) -> frozenset[RoomFeature]:
        return frozenset(RoomFeature(each) for each in self.features.values())

    def add_needs(self, needs: frozenset[Need]) -> None:
        """Tick what somebody with these needs must have; nothing is unticked."""
        self.features.set_values({each.value for each in features_for(needs)} | set(self.features.values()))
        if Need.BSL in needs and not self.language.value():
            self.language.set_value("bfi")


class ArrangedFields(Fold):
    """How often, how soon, and who arranges it."""

    def __init__(self) -> None:
        super().__init__("Repeat, earlier slot, who arranges it")
        self.every = Drop("Repeat", _WEEKS)
        self.times = Drop("How often", _TIMES)
        self.named = Tick("With this officer and no other")
        self.earlier = Tick("Wants an earlier slot, if one falls free")
        self.by_council = Tick("The council arranges it")
        times = FieldRow("How often", self.times)
        times.hide()
        self.every.currentIndexChanged.connect(lambda _: times.setVisible(bool(self.every.value())))
        for widget in (
            FieldRow("Repeat", self.every),
            times,
            self.named,
            self.earlier,
            self.by_council,
        ):
            self.add(widget)

    def repeat(self) -> Repeat | None:
        weeks = self.every.value()
        return Repeat(int(weeks), int(self.times.value())) if weeks else None
