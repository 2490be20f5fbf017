"""Rooms: which is free, which fits, and which the visit gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from reception.domain.about_now import RoomRow
from reception.domain.booked import RoomFeature, RoomState
from reception.domain.desk_view import DeskView, VisitCard
from reception.errors import Code
from reception.services.appointment_commands import AssignRoom, FreeRoom, SetRoomState
from reception.services.commands import Command, Result
from ui import appointment_words as words
from ui.desk.rebooking import features_for
from ui.models.strips import Cell, StripRow
from ui.panels.rows_panel import RowsPanel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import KeyButton

COLUMNS = (72, 104, 0, 96)
HEADS = ("Room", "Now", "Has", "For this visit")
NO_ROOM = Refused(Code.BAD_INPUT, "Choose a room first.", "The arrow keys go through the list.")
NO_ROOMS = "This office has no rooms yet. They are entered in the settings."
_STATES = (
    (RoomState.CLEANING, "Being cleaned", "C"),
    (RoomState.OUT_OF_USE, "Out of use", "U"),
    (RoomState.IN_USE, "Can be used", "A"),
)


class RoomPanel(RowsPanel):
    """With a visit: Enter gives it the room that is chosen, the suggested one first. Without: only what rooms are."""

    ends_at_counter = True
    give_way = (3,)

    wants_rooms = Signal()
    """Answered with :meth:`show_rooms`."""

    def __init__(self, card: VisitCard | None, view: DeskView, by: SentBy) -> None:
        title = f"{card.number}: room" if card is not None else "Rooms"
        super().__init__(title, card.service if card is not None else "", HEADS, COLUMNS, "Rooms")
        self._card, self._view, self._by = card, view, by
        self._rooms: tuple[RoomRow, ...] = ()
        self._unknown: Refused | None = None
        """Why it can't be told how they are."""
        self.words = self.add_words("", "text-muted")
        deeds = self.add_deeds()
        for state, said, letter in _STATES:
            deeds.add(KeyButton(self.deed(said, letter, self._setting(state))))
        if card is not None:
            if card.room_id:
                self.words.set_text(f"{card.number} is in {card.room}, or called to it.")
                deeds.add(KeyButton(self.deed("Free the room", "F", self._free)))
            self._main_words = self.set_main("Give this room", self._assign)
        self.start_with(self.list)
        self.list.chosen.connect(lambda _: self._show_choice())

    def show_rooms(self, rooms: Sequence[RoomRow]) -> None:
        """The rooms as they are now: the suggested one first, then those that are free, first those that fit, then
        those that only have what is needed, private ones before others."""
        if self._unknown is not None:
            self._unknown = None
            self.clear_problem()
        self._rooms = tuple(sorted(rooms, key=self._place))
        if not rooms:
            self.words.set_text(NO_ROOMS)
        self.words.setVisible(bool(self.words.text()))
        first = self._rooms[0].id if self._rooms else ""
        self.show_rows([self._row(room) for room in self._rooms], first)
        self._show_choice()

    def show_unknown(self, no: Refused) -> None:
        """How the rooms are now can't be told: none is shown as it was. Asked again with the next view."""
        self._rooms, self._unknown = (), no
        self.show_rows(())
        self._show_choice()
        self.refuse(no)

    def _place(self, room: RoomRow) -> tuple[bool, bool, bool, bool, bool, int, str]:
        if self._card is None:
            return False, not words.is_free(room), False, False, False, 0, room.name
        needed = features_for(self._card.person)
        return (
            not room.suggested,
            not words.is_free(room),
            not room.fits,
            not needed <= room.features,
            RoomFeature.PRIVATE not in room.features,
            room.seats,
            room.name,
        )

    def _row(self, room: RoomRow) -> StripRow:
        free = words.is_free(room)
        zone, now = self._view.office.zone, self._view.now
        detail = ", ".join(part for part in (words.features_words(room), words.room_detail(room, zone, now)) if part)
        fit = ""
        if self._card is not None and free:
            fit = "Suggested" if room.suggested else "Fits" if room.fits else "Does not fit"
        cells = (
            Cell(room.name, weight=600 if free else 400),
            Cell(words.room_words(room), "text" if free else "text-muted", 600 if free else 400),
            Cell(detail, "text-muted"),
            Cell(fit, "text" if room.suggested else "text-muted", 600 if room.suggested else 400, right=True),
        )
        return StripRow(room.id, room, cells, ", ".join(cell.words for cell in cells if cell.words))

    def _room(self) -> RoomRow | None:
        return next((room for room in self._rooms if room.id == self.chosen()), None)

    def _show_choice(self) -> None:
        room = self._room()
        if self._card is None:
            return
        if self.is_another():
            self.clear_problem()
        detail = ""
        if room is not None:
            state = words.room_detail(room, self._view.office.zone, self._view.now)
            now = words.room_words(room)
            detail = f"{room.name}, {now if room.visit_id else now.lower()}"
            detail = f"{detail}, {state}" if state else detail
        self._main_words.set_detail(detail or (NO_ROOM.reason if self._unknown is None else ""))

    # -- deeds -------------------------------------------------------------------------------------------------

    def _assign(self) -> None:
        room = self._room()
        if room is None:
            self.refuse(self._unknown or NO_ROOM)
        elif self._card is not None:
            command_id = self.ids.id_for(room.id)
            self.sent.emit(AssignRoom(id=command_id, **self._by, visit_id=self._card.visit_id, room_id=room.id))

    def _free(self) -> None:
        if self._card is not None:
            self.sent.emit(FreeRoom(id=self.ids.id_for("free"), **self._by, visit_id=self._card.visit_id))

    def _setting(self, state: RoomState) -> Callable[[], None]:
        return lambda: self._set_state(state)

    def _set_state(self, state: RoomState) -> None:
        room = self._room()
        if room is None:
            self.refuse(self._unknown or NO_ROOM)
            return
        command_id = self.ids.id_for((room.id, room.state, state))
        self.sent.emit(SetRoomState(id=command_id, **self._by, room_id=room.id, state=state))

    def command_done(self, command: Command, result: Result) -> bool:
        """After a change of a room's state one goes on looking at the rooms."""
        self.ids.answered(command.id)
        if isinstance(command, SetRoomState):
            self.wants_rooms.emit()
            return False
        return True

    def show_view(self, view: DeskView) -> None:
        self._view = view
        self.wants_rooms.emit()
