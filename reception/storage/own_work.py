"""One command while cut off: what it was is kept with what it did, in one transaction."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.events import TicketTaken, VisitHeld
from reception.domain.visit_states import State
from reception.services import commands as c
from reception.services.station_ports import CutOff
from reception.storage import journal
from reception.storage import schema as t
from reception.storage.known_offices import KnownOffices
from reception.storage.own_tables import done
from reception.storage.unit_of_work import Work

_SECRET = "pin"


class OwnWork(Work):
    """`series` marks the numbers that are given here; `is_estimated`: the time is, and its facts say so."""

    def __init__(
        self,
        connection: Connection,
        command: c.Command,
        head: journal.Head,
        now: Instant,
        known: KnownOffices,
        series: str,
        is_estimated: bool,
    ) -> None:
        super().__init__(connection, command, head, now, known)
        self._series = series
        self._is_estimated = is_estimated
        self._cut_off: CutOff | None = None

    @property
    def cut_off(self) -> CutOff:
        if self._cut_off is None:
            ours = ours_of(self.connection, self.command.counter_id, self.command.station)
            self._cut_off = CutOff(self._series, ours)
        return self._cut_off

    def keep_result(self, command: c.Command, result: c.Result, can_undo: bool) -> None:
        aloud = ""
        called = isinstance(command, c.CallNext | c.CallVisit)
        if called and result.visit_id not in self.cut_off.ours:
            aloud = result.visit_id
        super().keep_result(command, result, can_undo)
        keep(self.connection, command, result, aloud)

    def flush(self) -> None:
        if self._is_estimated:
            self._outbox[:] = [(visit_id, replace(item, estimated=True)) for visit_id, item in self._outbox]
        super().flush()


def ours_of(connection: sa.Connection, counter_id: str, station: str) -> frozenset[str]:
    """The visits that a counter may go on with: taken in at its station, or last at this counter."""
    mine = sa.or_(
        sa.and_(t.journal.c.kind == TicketTaken.__name__, t.journal.c.station == station),
        sa.and_(
            t.journal.c.kind == VisitHeld.__name__,
            t.visit.c.state == State.ON_HOLD.value,
            t.journal.c.counter_id == counter_id,
        ),
        t.visit.c.counter_id == counter_id,
    )
    found = sa.select(t.visit.c.id).join(t.journal, t.journal.c.visit_id == t.visit.c.id).where(mine)
    return frozenset(connection.execute(found).scalars())


def keep(connection: sa.Connection, command: c.Command, result: c.Result, aloud: str) -> None:
    """Keep what was done, less any PIN, until it joins. `aloud`: the visit called although it was not its own."""
    told = msgspec.to_builtins(command)
    if _SECRET in told:
        told[_SECRET] = ""
    connection.execute(
        done.insert().values(
            command_id=command.id,
            kind=type(command).__name__,
            command=msgspec.json.encode(told).decode(),
            result=msgspec.json.encode(result).decode(),
            aloud=aloud,
            joined=False,
            set_aside=False,
        )
    )
