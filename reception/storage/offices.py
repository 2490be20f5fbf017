"""Offices: their settings read whole, and as the settings form has them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Millis
from reception.domain.booked import RoomState
from reception.domain.office import Counter, Hours, Office, Officer, Role, Service
from reception.domain.standards import Standard
from reception.domain.stations import StationKind
from reception.services.office_settings import OfficeSettings, StaffEntry
from reception.storage import schema as t
from reception.storage.narrow import everything_in
from reception.storage.resources import read_resources
from reception.storage.told_visitors import read_notices, read_service_words


class OfficeRecord(Struct, frozen=True):
    """All settings of an office, as cached until the settings change."""

    office: Office
    standards: tuple[tuple[str, Standard], ...]
    """(valid from, standard), the latest first."""
    rule: str
    walk_in_guard: float
    appointment_guard: float
    overtakes: int

    def standard_of(self, day: date) -> Standard:
        """The standard in force on a day; before the first one, the first."""
        iso = day.isoformat()
        for valid_from, found in self.standards:
            if valid_from <= iso:
                return found
        return self.standards[-1][1]


class Assumed(Struct, frozen=True):
    """Targets for ordering where none is promised."""

    walk_in: Millis
    appointment: Millis


def read_offices(
    connection: Connection, assumed: Assumed, kind: StationKind = StationKind.DESK
) -> dict[str, OfficeRecord]:
    """Every office whole, in one read of each table; without names of staff for a `kind` that may not read them."""
    services: dict[str, list[Service]] = defaultdict(list)
    words = read_service_words(connection)
    for row in connection.execute(sa.select(t.service).where(~t.service.c.retired).order_by(t.service.c.position)):
        services[row.office_id].append(replace(service_from(row), said=words.get(row.id, {})))
    notices = read_notices(connection)
    resources = read_resources(connection, kind)
    skills: dict[str, set[str]] = defaultdict(set)
    for staff_id, service_id in connection.execute(sa.select(t.staff_skill)):
        skills[staff_id].add(service_id)
    staff: dict[str, list[Officer]] = defaultdict(list)
    for row in connection.execute(everything_in(t.staff, kind).where(~t.staff.c.retired).order_by(t.staff.c.position)):
        staff[row.office_id].append(
            Officer(
                row.id,
                row.name,
                Role(row.role),
                frozenset(skills[row.id]),
                row.telephone,
                row.email,
                bool(row.pin_hash),
                row.title,
                resources.hours.get(row.id, ()),
                resources.breaks.get(row.id, ()),
                row.takes_appointments,
            )
        )
    serving: dict[str, set[str]] = defaultdict(set)
    for counter_id, service_id in connection.execute(sa.select(t.counter_service)):
        serving[counter_id].add(service_id)
    counters: dict[str, list[Counter]] = defaultdict(list)
    for row in connection.execute(sa.select(t.counter).where(~t.counter.c.retired).order_by(t.counter.c.position)):
        counters[row.office_id].append(Counter(row.id, row.name, frozenset(serving[row.id])))
    hours: dict[str, list[Hours]] = defaultdict(list)
    for row in connection.execute(sa.select(t.opening).order_by(t.opening.c.weekday, t.opening.c.opens)):
        hours[row.office_id].append(Hours(row.weekday, time.fromisoformat(row.opens), time.fromisoformat(row.closes)))
    closures: dict[str, set[date]] = defaultdict(set)
    for office_id, day in connection.execute(sa.select(t.closure)):
        closures[office_id].add(date.fromisoformat(day))
    standards: dict[str, list[tuple[str, Standard]]] = defaultdict(list)
    for row in connection.execute(sa.select(t.standard).order_by(t.standard.c.valid_from.desc())):
        found = Standard(
            row.name,
            row.walk_in_seen,
            row.walk_in_resolved,
            row.appointment_seen,
            assumed.walk_in,
            assumed.appointment,
        )
        standards[row.office_id].append((row.valid_from, found))
    return {
        row.id: OfficeRecord(
            Office(
                id=row.id,
                name=row.name,
                council=row.council,
                timezone=row.timezone,
                place=row.place,
                place_said=msgspec.json.decode(row.place_said, type=dict[str, str]),
                telephone=row.telephone,
                division=row.division,
                hours=tuple(hours[row.id]),
                closures=frozenset(closures[row.id]),
                services=tuple(services[row.id]),
                counters=tuple(counters[row.id]),
                staff=tuple(staff[row.id]),
                no_show_after_calls=row.no_show_after_calls,
                undo_minutes=row.undo_minutes,
                rooms=tuple(resources.rooms.get(row.id, ())),
                interpreters=tuple(resources.interpreters.get(row.id, ())),
                grace_minutes=row.grace_minutes,
                hold_minutes=row.hold_minutes,
                notice_days=row.notice_days,
                address=row.address,
                notices=tuple(notices.get(row.id, ())),
                unstaffed=row.unstaffed,
                who_comes=row.who_comes,
                who_comes_said=msgspec.json.decode(row.who_comes_said, type=dict[str, str]),
                help_telephone=row.help_telephone,
                checked_languages=frozenset(filter(None, row.checked_languages.split(","))),
            ),
            tuple(standards[row.id]),
            row.rule,
            row.walk_in_guard,
            row.appointment_guard,
            row.overtakes,
        )
        for row in connection.execute(everything_in(t.office, kind).order_by(t.office.c.name))
    }


def service_from(row: Any) -> Service:
    """A service as its row of `service` keeps it."""
    return Service(
        row.id,
        row.name,
        row.letter,
        row.specialist,
        row.partner,
        row.priority,
        row.minutes,
        row.set_up_minutes,
        row.sensitive,
        row.about,
    )


def settings_of(record: OfficeRecord, day: date) -> OfficeSettings:
    """The settings form's values, without PINs. Whether a room may be used now is no setting: all are in use here."""
    office, standard = record.office, record.standard_of(day)

    def whole_minutes(value: Millis | None) -> int | None:
        return None if value is None else value // MINUTE

    return OfficeSettings(
        name=office.name,
        council=office.council,
        timezone=office.timezone,
        preset=standard.name,
        walk_in_seen=whole_minutes(standard.walk_in_seen),
        walk_in_resolved=whole_minutes(standard.walk_in_resolved),
        appointment_seen=whole_minutes(standard.appointment_seen),
        hours=office.hours,
        services=office.services,
        counters=office.counters,
        staff=tuple(StaffEntry(officer) for officer in office.staff),
        place=office.place,
        place_said=office.place_said,
        telephone=office.telephone,
        division=office.division,
        rule=record.rule,
        walk_in_guard=record.walk_in_guard,
        appointment_guard=record.appointment_guard,
        overtakes=record.overtakes,
        no_show_after_calls=office.no_show_after_calls,
        undo_minutes=office.undo_minutes,
        closures=office.closures,
        rooms=tuple(replace(room, state=RoomState.IN_USE) for room in office.rooms),
        interpreters=office.interpreters,
        grace_minutes=office.grace_minutes,
        hold_minutes=office.hold_minutes,
        notice_days=office.notice_days,
        address=office.address,
        notices=office.notices,
        unstaffed=office.unstaffed,
        who_comes=office.who_comes,
        who_comes_said=office.who_comes_said,
        help_telephone=office.help_telephone,
        checked_languages=office.checked_languages,
    )
