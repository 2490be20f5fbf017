"""What a kiosk shows, read in one transaction. Nothing is read here that is of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date, midnight_after
from reception.domain.kiosk import KioskService, KioskView, NoTickets
from reception.domain.office import Office, ServiceWords
from reception.domain.opening import Doors, doors_of, full_from
from reception.domain.said_wait import ExpectedWait
from reception.domain.standards import PRESETS
from reception.services.queries import Kiosk
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.names import record_of
from reception.storage.queries.waits import expected_waits

_OFFICE = sa.select(
    t.office.c.unstaffed, t.office.c.who_comes, t.office.c.help_telephone, t.office.c.kiosk_pin_hash
).where(t.office.c.id == sa.bindparam("office_id"))
_ABOUT = sa.select(t.service.c.id, t.service.c.about).where(t.service.c.office_id == sa.bindparam("office_id"))
_WORDS = (
    sa.select(t.service_words.c.service_id, t.service_words.c.language, t.service_words.c.name, t.service_words.c.about)
    .join(t.service, t.service.c.id == t.service_words.c.service_id)
    .where(t.service.c.office_id == sa.bindparam("office_id"))
)


def kiosk_view(database: Database, query: Kiosk) -> KioskView:
    """Everything that a kiosk shows."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        office = record.office
        own = connection.execute(_OFFICE, {"office_id": office.id}).one()
        doors = doors_of(office, now)
        services = _services(connection, office, doors, expected_waits(database, connection, record, now), now)
        evacuated = day_to_day.evacuated_at(connection, office.id) is not None
        no_tickets = _no_tickets(doors, services, evacuated=evacuated)
        today = local_date(now, office.zone)
        preset = PRESETS.get(record.standard_of(today).name)
        return KioskView(
            now=now,
            sequence=head.sequence,
            settings_version=head.settings_version,
            office_id=office.id,
            office=office.name,
            council=office.council,
            timezone=office.timezone,
            place=office.place,
            place_said=office.place_said,
            who_comes_said=office.who_comes_said,
            telephone=office.telephone,
            services=services,
            no_tickets=no_tickets,
            next_open=doors.opens_at if no_tickets is not None else None,
            closes_at=doors.closes_at,
            unstaffed=own.unstaffed,
            who_comes=own.who_comes,
            help_telephone=own.help_telephone,
            kiosk_pin_hash=own.kiosk_pin_hash,
            free_telephone=preset is not None and preset.free_telephone and not own.unstaffed,
            order_valid_until=_valid_until(doors, services, now, midnight_after(today, office.zone)),
        )


def _services(
    connection: Connection, office: Office, doors: Doors, waits: Mapping[str, ExpectedWait | None], now: Instant
) -> tuple[KioskService, ...]:
    key = {"office_id": office.id}
    about = {row.id: row.about for row in connection.execute(_ABOUT, key)}
    said: dict[str, dict[str, ServiceWords]] = defaultdict(dict)
    for service_id, language, name, words in connection.execute(_WORDS, key):
        said[service_id][language] = ServiceWords(name, words)
    return tuple(
        KioskService(
            each.id,
            each.name,
            about.get(each.id, ""),
            said.get(each.id, {}),
            wait := waits.get(each.id),
            (full_at := full_from(wait, doors.closes_at)) is not None and full_at <= now,
        )
        for each in office.services
    )


def _no_tickets(doors: Doors, services: Iterable[KioskService], *, evacuated: bool) -> NoTickets | None:
    if evacuated:
        return NoTickets.EVACUATED
    if not doors.is_open:
        return NoTickets.CLOSED
    return NoTickets.DAY_IS_FULL if services and all(each.full for each in services) else None


def _valid_until(doors: Doors, services: Iterable[KioskService], now: Instant, midnight: Instant) -> Instant:
    """When time alone changes what is shown: the office opens or closes, or a service's day is full."""
    moments = [doors.closes_at, doors.opens_at, *(full_from(each.wait, doors.closes_at) for each in services)]
    return min((at for at in moments if at is not None and at > now), default=midnight)
