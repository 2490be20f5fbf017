"""An office's settings, saved whole."""

from __future__ import annotations

from datetime import date

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.standards import minutes
from reception.services.office_settings import KIOSK_PIN, OfficeSettings
from reception.storage import schema as t
from reception.storage.resources import save_resources
from reception.storage.told_visitors import save_told


def save_settings(
    connection: Connection,
    office_id: str,
    settings: OfficeSettings,
    pin_hashes: dict[str, str],
    valid_from: date,
) -> None:
    """Make an office or change it whole. What is gone from the settings is retired, never deleted: visits refer to
    it. The targets hold from `valid_from` on; earlier days keep theirs."""
    values: dict[str, object] = {
        "name": settings.name,
        "council": settings.council,
        "timezone": settings.timezone,
        "place": settings.place,
        "place_said": msgspec.json.encode(dict(settings.place_said)).decode(),
        "telephone": settings.telephone,
        "division": settings.division,
        "rule": settings.rule,
        "walk_in_guard": settings.walk_in_guard,
        "appointment_guard": settings.appointment_guard,
        "overtakes": settings.overtakes,
        "no_show_after_calls": settings.no_show_after_calls,
        "undo_minutes": settings.undo_minutes,
        "grace_minutes": settings.grace_minutes,
        "hold_minutes": settings.hold_minutes,
        "notice_days": settings.notice_days,
        "address": settings.address,
        "unstaffed": settings.unstaffed,
        "who_comes": settings.who_comes,
        "who_comes_said": msgspec.json.encode(dict(settings.who_comes_said)).decode(),
        "help_telephone": settings.help_telephone,
        "checked_languages": ",".join(sorted(settings.checked_languages)),
    }
    if KIOSK_PIN in pin_hashes:
        values["kiosk_pin_hash"] = pin_hashes[KIOSK_PIN]
    exists = connection.execute(sa.select(t.office.c.id).where(t.office.c.id == office_id)).first()
    if exists is None:
        connection.execute(t.office.insert().values(id=office_id, **values))
    else:
        connection.execute(sa.update(t.office).where(t.office.c.id == office_id).values(**values))
    _save_standard(connection, office_id, settings, valid_from)
    for table in (t.opening, t.closure):
        connection.execute(sa.delete(table).where(table.c.office_id == office_id))
    if settings.hours:
        connection.execute(
            t.opening.insert(),
            [
                {
                    "office_id": office_id,
                    "weekday": hours.weekday,
                    "opens": hours.opens.strftime("%H:%M"),
                    "closes": hours.closes.strftime("%H:%M"),
                }
                for hours in settings.hours
            ],
        )
    if settings.closures:
        connection.execute(
            t.closure.insert(),
            [{"office_id": office_id, "day": day.isoformat()} for day in sorted(settings.closures)],
        )
    _save_services(connection, office_id, settings)
    _save_staff(connection, office_id, settings, pin_hashes)
    _save_counters(connection, office_id, settings)
    save_resources(connection, office_id, settings)
    save_told(connection, office_id, settings)


def _save_standard(connection: Connection, office_id: str, settings: OfficeSettings, valid_from: date) -> None:
    values = {
        "name": settings.preset,
        "walk_in_seen": minutes(settings.walk_in_seen),
        "walk_in_resolved": minutes(settings.walk_in_resolved),
        "appointment_seen": minutes(settings.appointment_seen),
    }
    day = valid_from.isoformat()
    rows = (
        connection.execute(
            sa.select(t.standard).where(t.standard.c.office_id == office_id).order_by(t.standard.c.valid_from.desc())
        )
        .mappings()
        .all()
    )
    in_force = next((row for row in rows if row["valid_from"] <= day), rows[-1] if rows else None)
    if in_force is not None and all(in_force[key] == value for key, value in values.items()):
        return
    # What was to hold from a later day was saved by a clock that was put right since, or is behind now.
    connection.execute(sa.delete(t.standard).where(t.standard.c.office_id == office_id, t.standard.c.valid_from >= day))
    connection.execute(t.standard.insert().values(office_id=office_id, valid_from=day, **values))


def _save_services(connection: Connection, office_id: str, settings: OfficeSettings) -> None:
    table = t.service
    kept = [service.id for service in settings.services]
    connection.execute(
        sa.update(table).where(table.c.office_id == office_id, table.c.id.not_in(kept)).values(retired=True)
    )
    known = set(connection.execute(sa.select(table.c.id).where(table.c.office_id == office_id)).scalars())
    # Letters may be swapped between two services: free them all before giving them anew.
    connection.execute(sa.update(table).where(table.c.office_id == office_id).values(retired=True))
    for position, service in enumerate(settings.services):
        values = {
            "name": service.name,
            "letter": service.letter,
            "specialist": service.specialist,
            "partner": service.partner,
            "priority": service.priority,
            "minutes": service.minutes,
            "set_up_minutes": service.set_up_minutes,
            "sensitive": service.sensitive,
            "about": service.about,
            "position": position,
        }
        if service.id in known:
            connection.execute(sa.update(table).where(table.c.id == service.id).values(**values))
        else:
            connection.execute(table.insert().values(id=service.id, office_id=office_id, retired=True, **values))
    connection.execute(sa.update(table).where(table.c.id.in_(kept)).values(retired=False))


def _save_staff(connection: Connection, office_id: str, settings: OfficeSettings, pin_hashes: dict[str, str]) -> None:
    table = t.staff
    kept = [entry.officer.id for entry in settings.staff]
    connection.execute(
        sa.update(table).where(table.c.office_id == office_id, table.c.id.not_in(kept)).values(retired=True)
    )
    known = set(connection.execute(sa.select(table.c.id).where(table.c.office_id == office_id)).scalars())
    for position, entry in enumerate(settings.staff):
        officer = entry.officer
        values: dict[str, object] = {
            "name": officer.name,
            "role": officer.role.value,
            "telephone": officer.telephone,
            "email": officer.email,
            "title": officer.title,
            "takes_appointments": officer.takes_appointments,
            "position": position,
            "retired": False,
        }
        if officer.id in pin_hashes:
            values |= {"pin_hash": pin_hashes[officer.id], "wrong_pins": 0, "locked_until": 0}
        if officer.id in known:
            connection.execute(sa.update(table).where(table.c.id == officer.id).values(**values))
        else:
            values.setdefault("pin_hash", "")
            connection.execute(table.insert().values(id=officer.id, office_id=office_id, **values))
        connection.execute(sa.delete(t.staff_skill).where(t.staff_skill.c.staff_id == officer.id))
        if officer.skills:
            connection.execute(
                t.staff_skill.insert(),
                [{"staff_id": officer.id, "service_id": service_id} for service_id in sorted(officer.skills)],
            )


def _save_counters(connection: Connection, office_id: str, settings: OfficeSettings) -> None:
    table = t.counter
    kept = [counter.id for counter in settings.counters]
    connection.execute(
        sa.update(table)
        .where(table.c.office_id == office_id, table.c.id.not_in(kept))
        .values(retired=True, officer_id=None, opened_at=None)
    )
    known = set(connection.execute(sa.select(table.c.id).where(table.c.office_id == office_id)).scalars())
    for position, counter in enumerate(settings.counters):
        values = {"name": counter.name, "position": position, "retired": False}
        if counter.id in known:
            connection.execute(sa.update(table).where(table.c.id == counter.id).values(**values))
        else:
            connection.execute(table.insert().values(id=counter.id, office_id=office_id, **values))
        connection.execute(sa.delete(t.counter_service).where(t.counter_service.c.counter_id == counter.id))
        if counter.services:
            connection.execute(
                t.counter_service.insert(),
                [{"counter_id": counter.id, "service_id": each} for each in sorted(counter.services)],
            )
