"""Takes another system's log of visits in. `docs/definitions.md`, "Importing a log", is the law.

Each believable row becomes a visit with the facts that the log tells and no others: it does not say when a visitor
was called or where, so neither does the visit. Rows are known by their keys, so that the same log twice adds
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import Instant, local_date, local_datetime, midnight_after
from reception.domain.events import Recorded, ServiceStarted, TicketTaken, VisitEnded, VisitFact
from reception.domain.folding import visit_from
from reception.domain.office import Office, Service
from reception.domain.queueing import ticket_number, visit_code
from reception.domain.standards import PRESETS, Standard
from reception.domain.visit import Visit
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services.commands import Command, new_id
from reception.services.import_survey import SERVICE_WITHOUT_NAME, Survey, choose_letter, too_many_services
from reception.services.office_settings import OfficeSettings
from reception.statistics.visit_log import LoggedVisit, VisitLog

BATCH = 500
"""Rows written in one transaction: the journal's lock is held for a fraction of a second, so desks go on working."""
NO_PRESET = "none"
STATION = "Import"


@dataclass(frozen=True)
class Target:
    """The office that a log goes into, with a service for each of the log's services."""

    office: Office
    services: dict[str, Service]
    not_offered: tuple[str, ...]
    """Services that the office does not offer: kept for its figures only."""


@dataclass(frozen=True)
class Import:
    """What an import came to."""

    office: str
    only_imported: bool
    """The office holds imported visits and nothing else: it has neither staff nor counters."""
    standard: Standard | None
    """In force on the day of the log's last visit; None when no row was looked at."""
    survey: Survey
    imported: int
    already_there: int
    complete: bool
    """False when it was cancelled: what was imported is kept, and the same command goes on from there."""
    not_offered: tuple[str, ...] = ()


class Batch(Protocol):
    """Some rows in one transaction."""

    def known(self, keys: Sequence[str]) -> set[str]:
        """Which of the rows are there already."""
        ...

    def standard(self, day: date) -> Standard: ...

    def next_number(self, day: date, letter: str) -> int: ...

    def add(self, row_key: str, visit: Visit, facts: Sequence[Recorded], running: int) -> None: ...


class Store(Protocol):
    """Where imported visits go."""

    def now(self) -> Instant: ...

    def office(self, name: str) -> Office | None:
        """The office of that name, whatever its capitals."""
        ...

    def set_up(self, command: Command, settings: OfficeSettings) -> Office:
        """Make an office whose promise holds for all days. One of that name that is there by now stays as it is."""
        ...

    def services(self, command: Command, wanted: Sequence[str], choose: ChooseLetter) -> dict[str, Service]:
        """The services of the office by name, retired ones too. Those that are missing are made: offered where
        there is no staff, else retired from the start."""
        ...

    def batch(self, command: Command) -> AbstractContextManager[Batch]: ...


ChooseLetter = Callable[[str, set[str]], str]
"""A letter for a service by its name, given the letters in use."""
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Order:
    """Where a log is to go. `preset` and `zone` are those of an office that has still to be made."""

    office: str
    preset: str
    zone: ZoneInfo


@dataclass
class _Count:
    imported: int = 0
    already_there: int = 0
    last_day: date = date.min
    standard: Standard | None = None


# -- the import ------------------------------------------------------------------------------------------------


def import_visits(
    log: VisitLog, found: Survey, order: Order, store: Store, progress: Progress, cancelled: Cancelled
) -> Import:
    """Write the believable rows, batch by batch; between two of them it may be cancelled.

    Refuses a log none of whose rows can be believed, and one with more services than letters; nothing is written
    then, nor for a log without rows.
    """
    if not found.read:
        return Import(order.office, True, None, found, 0, 0, complete=True)
    if not found.believed:
        reason, _ = found.aside.most_common(1)[0]
        raise Refusal(
            Code.BAD_INPUT,
            f"None of the {found.read} rows can be believed; most often the reason is {reason}.",
            "Check the columns named, the time zone and the date format.",
        )
    if len(found.services) > len(ascii_uppercase):
        raise too_many_services()
    target = _target(found, order, store)
    command = Command(office_id=target.office.id, station=STATION)
    count = _Count()
    complete = True
    for done, rows in _batches(log, found):
        if cancelled():
            complete = False
            break
        with store.batch(command) as batch:
            _write(rows, target, batch, command.id, count)
        progress(done, log.rows)
    if complete:
        progress(log.rows, log.rows)
    return Import(
        office=target.office.name,
        only_imported=not target.office.staff,
        standard=count.standard,
        survey=found,
        imported=count.imported,
        already_there=count.already_there,
        complete=complete,
        not_offered=target.not_offered,
    )


def _target(found: Survey, order: Order, store: Store) -> Target:
    office = store.office(order.office)
    if office is None:
        settings = _settings(order)
        office = store.set_up(Command(office_id=new_id(), station=STATION), settings)
    names = {name: name or SERVICE_WITHOUT_NAME for name in found.services}
    offered = {service.name.casefold() for service in office.services}
    # A real office goes on offering what it offers; what only its past knows has a letter, but is on no screen.
    not_offered = tuple(name for name in names.values() if office.staff and name.casefold() not in offered)
    command = Command(office_id=office.id, station=STATION)
    known = store.services(command, list(names.values()), choose_letter)
    return Target(office, {log_name: known[name] for log_name, name in names.items()}, not_offered)


def _settings(order: Order) -> OfficeSettings:
    preset = PRESETS.get(order.preset)
    return OfficeSettings(
        name=order.office,
        council="" if preset is None else preset.council,
        timezone=order.zone.key,
        preset=order.preset,
        walk_in_seen=None if preset is None else preset.walk_in_seen,
        walk_in_resolved=None if preset is None else preset.walk_in_resolved,
        appointment_seen=None if preset is None else preset.appointment_seen,
        hours=(),
        services=(),
        counters=(),
        staff=(),
    )


def _batches(log: VisitLog, found: Survey) -> Iterator[tuple[int, list[LoggedVisit]]]:
    """Believable rows, some at a time, each time with the number of rows read so far."""
    rows: list[LoggedVisit] = []
    done = 0
    for done, row in enumerate(log, start=1):
        if isinstance(row, LoggedVisit) and row.row_number not in found.not_yet:
            rows.append(row)
        if len(rows) == BATCH:
            yield done, rows
            rows = []
    if rows:
        yield done, rows


def _write(rows: Iterable[LoggedVisit], target: Target, batch: Batch, command_id: str, count: _Count) -> None:
    rows = list(rows)
    known = batch.known([row.key for row in rows])
    for row in rows:
        day = local_date(row.arrived, target.office.zone)
        if day > count.last_day:
            count.last_day, count.standard = day, batch.standard(day)
        if row.key in known:
            count.already_there += 1
            continue
        service = target.services[row.service or ""]
        running = batch.next_number(day, service.letter)
        visit, facts = visit_of(row, target.office, service, running, batch.standard(day), command_id)
        batch.add(row.key, visit, facts, running)
        count.imported += 1


def visit_of(
    row: LoggedVisit, office: Office, service: Service, running: int, standard: Standard, command_id: str
) -> tuple[Visit, list[Recorded]]:
    """The visit that a row tells of, folded from its facts.

    One that was never finished was seen, and is ended as unresolved when its day closed, at midnight. There is no
    resolved clock: a log says when a service finished, not what came of it.
    """
    visit_id = new_id()
    local = local_datetime(row.arrived, office.zone)
    promise = replace(standard.for_walk_in(), resolved=None)
    ticket = TicketTaken(
        office_id=office.id,
        service_id=service.id,
        number=ticket_number(service.letter, running),
        code=visit_code(visit_id),
        local_day=local.date(),
        local_hour=local.hour,
        party_size=1,
        seen_target=promise.seen,
        resolved_target=promise.resolved,
        order_target=promise.order_by,
    )
    told: list[tuple[Instant, VisitFact]] = [(row.arrived, ticket)]
    if row.left is not None:
        told.append((row.left, VisitEnded(End.LEFT)))
    elif row.started is not None:
        told.append((row.started, ServiceStarted("", "")))
        if row.finished is not None:
            told.append((row.finished, VisitEnded(End.RESOLVED)))
        else:
            closing = midnight_after(local.date(), office.zone)
            told.append((max(closing, row.started), VisitEnded(End.UNRESOLVED)))
    facts = [Recorded(at, command_id, fact) for at, fact in told]
    return visit_from(visit_id, facts), facts
