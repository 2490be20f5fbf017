"""The office at hand within one transaction: as it is, and as it is changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.office import Office
from reception.domain.queueing import RuleSettings
from reception.domain.standards import Standard
from reception.errors import Code, Refusal
from reception.services.office_ports import AtCounter, Pin
from reception.services.office_settings import OfficeSettings
from reception.storage import day_to_day, journal, offices
from reception.storage.known_offices import KnownOffices
from reception.storage.saving_offices import save_settings


class WorkOffices:
    """`settings_version`: of the offices that are known; `now`: the transaction's instant."""

    def __init__(
        self, connection: Connection, office_id: str, settings_version: int, now: Instant, known: KnownOffices
    ) -> None:
        self._connection = connection
        self._office_id = office_id
        self._settings_version = settings_version
        self._now = now
        self._known = known
        self._has_changed = False

    def all(self) -> dict[str, offices.OfficeRecord]:
        """Every office, with what this transaction has changed of it."""
        if self._has_changed:
            return self._known.read(self._connection)
        return self._known.all(self._connection, self._settings_version)

    @property
    def record(self) -> offices.OfficeRecord:
        """The office at hand. Refuses NO_OFFICE."""
        try:
            return self.all()[self._office_id]
        except KeyError:
            raise Refusal(Code.NO_OFFICE, "That office is not set up here.", "Set it up first.") from None

    def settings_changed(self) -> None:
        """Have every station read the settings again, once this is committed."""
        journal.bump_settings(self._connection)
        self._has_changed = True

    def exists(self) -> bool:
        return self._office_id in self.all()

    def name_is_taken(self, name: str) -> bool:
        return any(
            record.office.name.casefold() == name.casefold()
            for office_id, record in self.all().items()
            if office_id != self._office_id
        )

    def office(self) -> Office:
        return self.record.office

    def standard(self, day: date) -> Standard:
        return self.record.standard_of(day)

    def rule(self) -> tuple[str, RuleSettings]:
        record = self.record
        return record.rule, self._known.rule_settings(self._connection, record)

    def pin(self, officer_id: str) -> Pin:
        return day_to_day.pin_of(self._connection, officer_id)

    def pin_tried(self, officer_id: str, wrong: int, locked_until: Instant) -> None:
        day_to_day.pin_tried(self._connection, officer_id, wrong, locked_until)

    def counters(self) -> list[AtCounter]:
        return day_to_day.counters_at_work(self._connection, self._office_id)

    def take_counter(self, counter_id: str, officer_id: str, station: str) -> None:
        day_to_day.set_counter(self._connection, counter_id, officer_id, station, self._now)

    def leave_counter(self, counter_id: str) -> None:
        day_to_day.set_counter(self._connection, counter_id, None, "", None)

    def evacuated_at(self) -> Instant | None:
        return day_to_day.evacuated_at(self._connection, self._office_id)

    def evacuate(self, day: date) -> None:
        day_to_day.start_evacuation(self._connection, self._office_id, self._now, day)

    def end_evacuation(self, resumed: bool) -> None:
        day_to_day.end_evacuation(self._connection, self._office_id, self._now, resumed)

    def evacuation_ended_at(self) -> Instant | None:
        return day_to_day.evacuation_ended_at(self._connection, self._office_id)

    def last_evacuation_resumed(self) -> bool | None:
        return day_to_day.last_evacuation_resumed(self._connection, self._office_id)

    def settings(self) -> OfficeSettings:
        record = self.record
        return offices.settings_of(record, local_date(self._now, record.office.zone))

    def save_settings(self, settings: OfficeSettings, pin_hashes: dict[str, str], day: date) -> None:
        save_settings(self._connection, self._office_id, settings, pin_hashes, day)
        self.settings_changed()
