"""A time that was pointed at in the grid: what of a wish it settles, and where a search begins that it leaves open."""

from __future__ import annotations

from msgspec.structs import replace

from reception.clock import MINUTE, local_datetime
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot, Wish
from reception.domain.office import Office, Officer


def slot_at(place: Place, office: Office) -> Slot:
    """A place that was pointed at, by name."""
    officer, room = office.officer(place.officer_id), office.room(place.room_id)
    return Slot(place, officer.name if officer else "", room.name if room else "")


def not_skilled(pointed: Slot, service_id: str, office: Office) -> Officer | None:
    """Whose time was pointed at, if they take no appointments for the service."""
    officer = office.officer(pointed.place.officer_id)
    return officer if officer is not None and not officer.may_take(service_id) else None


def fixed_for(pointed: Slot, wish: Wish, office: Office) -> Slot | None:
    """The slot itself, as long as the service takes; None where only a search finds one."""
    service = office.service(wish.service_id)
    if service is None or not pointed.place.officer_id or not_skilled(pointed, wish.service_id, office) is not None:
        return None
    if wish.wants_room or wish.language:
        return None  # only a search knows which room and interpreter are free then
    return replace(pointed, place=replace(pointed.place, ends=pointed.place.starts + service.minutes * MINUTE))


def near(pointed: Slot, wish: Wish, office: Office) -> Wish:
    """The wish, from the time on that was pointed at, with whom or where that was."""
    place = pointed.place
    local = local_datetime(place.starts, office.zone)
    return replace(
        wish,
        first_day=max(wish.first_day, local.date()),
        earliest=local.time(),
        officer_id="" if not_skilled(pointed, wish.service_id, office) is not None else place.officer_id,
        room_id=wish.room_id or (place.room_id if wish.kind is Kind.OFFICE else ""),
    )
