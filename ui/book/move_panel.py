"""Another time for an appointment: where it was dropped, or one of the nearest slots that meet its needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from reception.clock import MINUTE, local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, RoomFeature
from reception.domain.booking import Place, Slot, Wish
from reception.domain.person import Need
from reception.services.appointment_commands import MoveAppointment
from reception.services.appointment_queries import SlotsLike
from ui.book.hands import Hands
from ui.book.placing import CHOOSE_A_TIME, PlacingPanel
from ui.book.slot_finder import SlotFinder, slot_detail
from ui.book.walking import Ghost
from ui.book.words import span_said, when_words
from ui.isolated import isolated
from ui.moments import said_time
from ui.widgets import RING
from ui.widgets.tick import Tick


def _named(row: AppointmentRow) -> str:
    return isolated(row.name) or row.reference


def is_stretch(row: AppointmentRow, place: Place) -> bool:
    """Whether only the length is another."""
    stays = (place.starts, place.officer_id, place.room_id) == (row.starts, row.officer_id, row.room_id)
    return stays and place.ends != row.ends


class _Moving(PlacingPanel):
    def __init__(self, hands: Hands, title: str, row: AppointmentRow) -> None:
        zone, now = hands.view().office.zone, hands.now()
        when = when_words(row.starts, now, zone)
        super().__init__(hands, title, f"{_named(row)}, {said_time(row.starts, zone)} {when}")
        self.row = row
        self.asked_for = Tick("The visitor asked for this, or accepted it")
        self.asked_for.setChecked(True)

    def go_to_main(self) -> None:
        """The time is chosen: what is left is to say so."""
        main = self.main_button()
        if main is not None:
            main.setFocus(Qt.FocusReason.OtherFocusReason)

    def send_move(self, place: Place, offered: tuple[int, ...] = ()) -> None:
        if self.lacks_reason():
            return
        self.sent.emit(
            MoveAppointment(
                id=self.ids.id_for(("move", place)),
                **self.hands.by(),
                appointment_id=self.row.id,
                version=self.row.version,
                place=place,
                by_visitor=self.asked_for.isChecked(),
                reason=self.reason_given(),
                offered=offered,
            )
        )


class DroppedPanel(_Moving):
    """An appointment was dropped somewhere: is it to stand there?"""

    went_elsewhere = Signal()
    """Another time was chosen than where it was dropped."""

    def __init__(self, hands: Hands, row: AppointmentRow, place: Place, ghost: Ghost | None = None) -> None:
        self.ghost = ghost
        """What the grid draws of it; None where it is asked without having been dropped."""
        zone, office = hands.view().office.zone, hands.view().office
        starts = said_time(place.starts, zone)
        lasts, lasted = (place.ends - place.starts) // MINUTE, (row.ends - row.starts) // MINUTE
        whose = ""
        if place.officer_id != row.officer_id and (officer := office.officer(place.officer_id)) is not None:
            whose = f", {isolated(officer.name)}"
        if place.room_id != row.room_id and (room := office.room(place.room_id)) is not None:
            whose += f", {room.name}"
        day = local_date(place.starts, zone)
        stretches = is_stretch(row, place)
        change = "Longer" if lasts > lasted else "Shorter"
        title = f"Move to {starts}{whose}?"
        if stretches:
            title = f"Make it {change.lower()}?"
        super().__init__(hands, title, row)
        if stretches:
            self.add_words(f"{change}: {span_said(place.starts, place.ends, zone)} ({lasts} min)")
        if day != local_date(row.starts, zone):
            self.add_words(f"On another day: {when_words(place.starts, hands.now(), zone)}.")
        if lasts != lasted and not stretches:
            self.add_words(f"{lasts} minutes instead of {lasted}: {change.lower()}.")
        self._place = place
        self.finder = SlotFinder(self, without=row.id)
        self.finder.hide()
        self.content.addWidget(self.asked_for)
        self.content.addWidget(self.finder)
        self.end_content()
        if stretches:
            self.start_with(self.set_main(f"Make it {change.lower()}", self._move, f"{lasted} minutes until now"))
        else:
            self.start_with(self.set_main("Move", self._move, f"Until {said_time(place.ends, zone)}"))
        self.finder.changed.connect(self._chose)
        self.finder.picked.connect(self.go_to_main)

    def _chose(self, slot: Slot | None) -> None:
        if slot is not None:
            zone = self.hands.view().office.zone
            self._place, self.ghost = slot.place, None
            self.went_elsewhere.emit()
            self.forget_reason()
            day = when_words(slot.place.starts, self.hands.now(), zone)
            self.set_title(f"Move to {said_time(slot.place.starts, zone)} {day}?")
            self.set_main("Move", self._move, f"To {said_time(slot.place.starts, zone)}, {slot_detail(slot)}")

    def _move(self) -> None:
        self.send_move(self._place, self.finder.offered())

    def look_again(self) -> None:
        self.finder.show()
        like = SlotsLike(self.hands.view().office.id, self.row.id)
        self.finder.start_from(local_date(self._place.starts, self.hands.view().office.zone))
        self.finder.look_like(like, wish_of(self.hands, self.row), go_there=True)


class MovePanel(_Moving):
    """The three nearest slots that meet every need of the appointment, or another day, officer or time of day."""

    def __init__(self, hands: Hands, row: AppointmentRow) -> None:
        super().__init__(hands, "Find new time", row)
        self.finder = SlotFinder(self, without=row.id)
        self.finder.setContentsMargins(0, RING, 0, RING)
        self.content.addWidget(self.finder)
        self.content.addWidget(self.asked_for)
        self.end_content()
        self.set_main("Move it", self._move, CHOOSE_A_TIME.reason)
        self.start_with(self.finder.picks)
        self.finder.changed.connect(self._chose)
        self.finder.came.connect(self._go_to_picks)
        self.finder.picked.connect(self.go_to_main)
        self.finder.look_like(SlotsLike(hands.view().office.id, row.id), wish_of(hands, row))

    def _chose(self, slot: Slot | None) -> None:
        self.forget_reason()
        main = self.main_button()
        if main is not None:
            zone, now = self.hands.view().office.zone, self.hands.now()
            words = CHOOSE_A_TIME.reason
            if slot is not None:
                words = f"To {when_words(slot.place.starts, now, zone)}, {said_time(slot.place.starts, zone)}"
            main.set_detail(words)

    def _move(self) -> None:
        slot = self.finder.slot()
        if slot is None:
            self.refuse(CHOOSE_A_TIME)
            self.finder.picks.setFocus()
            return
        self.send_move(slot.place, self.finder.offered())

    def point_at(self, slot: Slot) -> bool:
        """The time that was clicked, as long as the appointment lasts, with that officer or in that room."""
        if self.row.kind is Kind.OFFICE and self.row.room_id and not slot.place.officer_id:
            room_id = slot.place.room_id
        else:
            room_id = self.row.room_id
        starts, row = slot.place.starts, self.row
        officer_id = slot.place.officer_id or row.officer_id
        place = Place(starts, starts + row.ends - row.starts, officer_id, room_id, row.interpreter_id)
        office = self.hands.view().office
        officer, room = office.officer(officer_id), office.room(room_id)
        named = Slot(place, officer.name if officer else "", room.name if room else "", row.interpreter)
        self.finder.offer_first(named)
        return True

    def look_again(self) -> None:
        self.finder.look_again()

    def _go_to_picks(self) -> None:
        """The first figure is under the finger, unless something else is being done already."""
        if self.focusWidget() in (None, self.back_button, self.main_button()):
            self.finder.picks.setFocus()

    def take_first_focus(self) -> None:
        if self.finder.picks.picks():
            self.finder.picks.setFocus()
        else:
            super().take_first_focus()


def wish_of(hands: Hands, row: AppointmentRow) -> Wish:
    """What another time of an appointment must meet, as far as its row tells."""
    return Wish(
        service_id=row.service_id,
        kind=row.kind,
        first_day=local_date(hands.now(), hands.view().office.zone),
        minutes=(row.ends - row.starts) // MINUTE,
        officer_id=row.officer_id if row.named_officer else "",
        with_room=bool(row.room_id),
        features=features_for(row.needs),
        seats=row.party_size if row.party_size > 1 else 1,
        language=row.language,
        by_council=row.by_council,
    )


def features_for(needs: frozenset[Need]) -> frozenset[RoomFeature]:
    """What a room must have for somebody with these needs."""
    return frozenset(feature for need, feature in _FEATURES.items() if need in needs)


_FEATURES = {
    Need.PRIVATE: RoomFeature.PRIVATE,
    Need.STEP_FREE: RoomFeature.STEP_FREE,
    Need.HEARING_LOOP: RoomFeature.HEARING_LOOP,
}
