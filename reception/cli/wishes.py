"""What an appointment must meet, from the words of the command line."""

from __future__ import annotations

import argparse
from datetime import datetime, time, timedelta

from msgspec.structs import replace

from reception.cli import naming
from reception.clock import Instant, local_datetime
from reception.domain.booked import Kind, RoomFeature
from reception.domain.booking import Wish
from reception.domain.office import Office

_STEP = timedelta(minutes=10)


def wish_of(args: argparse.Namespace, office: Office) -> Wish:
    """What both `slots` and `book` are asked for. Refuses UNKNOWN_THING with the choices."""
    return Wish(
        service_id=naming.service_id(office, args.service),
        kind=Kind(args.kind),
        minutes=args.minutes,
        officer_id=naming.officer_id(office, args.officer),
        features=frozenset(map(RoomFeature, args.room_feature)),
        language=naming.language(office, args.language),
    )


def length_of(wish: Wish, office: Office) -> int:
    """Minutes that the appointment takes."""
    service = office.service(wish.service_id)
    return wish.minutes or (service.minutes if service is not None else 0)


def only_at(wish: Wish, local: datetime, office: Office) -> Wish:
    """The same, at that local time of that day and no other."""
    return _between(wish, local, local + timedelta(minutes=length_of(wish, office)))


def around(wish: Wish, local: datetime, office: Office) -> Wish:
    """The same with ten minutes more about that time: slots begin every ten minutes, a booking at any."""
    length = length_of(wish, office)
    begin = max(local - _STEP, local.replace(hour=0, minute=0))
    end = local + timedelta(minutes=length) + _STEP
    return replace(_between(wish, begin, end), minutes=length + _STEP // timedelta(minutes=1))


def _between(wish: Wish, begin: datetime, end: datetime) -> Wish:
    latest = end.time() if end.date() == begin.date() else time.max
    return replace(wish, first_day=begin.date(), days=1, earliest=begin.time(), latest=latest)


def iso(instant: Instant, office: Office) -> str:
    """The local time with its offset from UTC."""
    return local_datetime(instant, office.zone).isoformat(timespec="minutes")
