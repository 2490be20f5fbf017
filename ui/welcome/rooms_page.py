"""The section *Rooms*: where visitors are seen in private, and what each room has. An office may have none."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.domain.booked import RoomFeature
from reception.domain.office import Room
from reception.services.commands import new_id
from reception.services.office_settings import SEATS, OfficeSettings
from ui.welcome.checks import fault_of, own_name_fault
from ui.welcome.page import Field
from ui.welcome.reading import as_typed, read_number
from ui.welcome.rows import remark
from ui.welcome.suggesting import PickEdit
from ui.welcome.table import TableLine, TablePage
from ui.welcome.words import FEATURES
from ui.widgets import Tick

_ALL_SEATS = tuple(str(number) for number in range(SEATS.low, 21))


class RoomLine(TableLine):
    """One room."""

    def __init__(self, page: RoomsPage, room: Room) -> None:
        super().__init__(page, room.id, room.name)
        self._page = page
        self._kept = room
        self.seats = PickEdit(lambda: _ALL_SEATS, str(room.seats))
        self.features: dict[RoomFeature, Tick] = {}
        self.add_cell(self.name, "Room", 136, 1)
        self.add_cell(self.seats, "Seats", 64)
        for feature, words, width in FEATURES:
            tick = Tick(words)
            tick.setChecked(feature in room.features)
            tick.clicked.connect(page.was_edited)
            self.features[feature] = tick
            self.add_cell(tick, "", width)
        self.add_tools()
        self._faults = (
            Field(self.name, self._name_fault, self.sentence),
            Field(self.seats, lambda: fault_of(self._read_seats), self.sentence),
        )
        self.seats.textEdited.connect(page.was_edited)

    def controls(self) -> Sequence[QWidget]:
        return (self.name, self.seats, *self.features.values(), *self.tools())

    def faults(self) -> Sequence[Field]:
        return self._faults

    def typed(self) -> object:
        return (self.name.text(), self.seats.text(), self._chosen())

    def name_controls(self) -> None:
        super().name_controls()
        of = self.called()
        self.seats.setAccessibleName(f"Seats in {of}")
        for feature, words, _ in FEATURES:
            self.features[feature].setAccessibleName(f"{of}: {words.lower()}")

    def control_of(self, what: str) -> QWidget:
        return self.seats if what == "seats" else super().control_of(what)

    def room(self) -> Room:
        """What was typed; only when nothing is wrong. Whether it is in use is said at the desk."""
        return replace(self._kept, name=as_typed(self.name.text()), features=self._chosen(), seats=self._read_seats())

    def _chosen(self) -> frozenset[RoomFeature]:
        return frozenset(feature for feature, tick in self.features.items() if tick.isChecked())

    def _read_seats(self) -> int:
        return read_number(self.seats.text(), SEATS)

    def _name_fault(self) -> str:
        return own_name_fault("room", self.name.text(), [line.name.text() for line in self._page.lines])


class RoomsPage(TablePage[RoomLine]):
    title = "Rooms"
    note = "where visitors are seen in private"
    kind = "room"
    setting = "rooms"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addWidget(remark("Interview and meeting rooms that are booked, or given to a visitor who asks."))
        self.build()
        self.column.addStretch(1)

    def new_line(self) -> RoomLine:
        taken = {as_typed(line.name.text()) for line in self.lines}
        number = next(each for each in range(1, len(taken) + 2) if f"Room {each}" not in taken)
        return RoomLine(self, Room(new_id(), f"Room {number}", frozenset({RoomFeature.PRIVATE})))

    def lines_of(self, settings: OfficeSettings) -> list[RoomLine]:
        return [RoomLine(self, room) for room in settings.rooms]

    def none_fault(self) -> str:
        return ""

    def into(self, settings: OfficeSettings) -> OfficeSettings:
        return replace(settings, rooms=tuple(line.room() for line in self.lines))
