"""Stations that share a database through a network that can be cut, and what is known of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from reception.app import Door
from reception.clock import Instant, KeptClock, SetClock
from reception.config import Config
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.opening import open_database
from reception.services.commands import Command
from reception.station.door import StationDoor
from reception.station.possible import nothing_kept
from reception.storage.database import Database
from reception.storage.journal import Head
from reception.storage.own_file import open_own_file
from reception.storage.refusals import LOOK_AT_THE_NETWORK
from reception.storage.unit_of_work import Work
from tests.support import COUNTER_1, PRIYA, At, PlainPins


def unreachable() -> Refusal:
    return Refusal(Code.DATABASE_UNREACHABLE, "The database cannot be reached.", LOOK_AT_THE_NETWORK)


class Wire:
    """What is between one station and the database."""

    def __init__(self) -> None:
        self.is_cut = False
        self.lose_reply = False
        """The next commit happens, nobody hears of it, and the network is gone."""

        self.says: Refusal | None = None
        """The server is there, and refuses."""

    def check(self) -> None:
        if self.says is not None:
            raise self.says
        if self.is_cut:
            raise unreachable()


class WiredDatabase(Database):
    """The shared database, at the other end of a wire."""

    wire: Wire

    @contextmanager
    def write(self, command: Command) -> Iterator[Work]:
        self.wire.check()
        with super().write(command) as work:
            yield work
        if self.wire.lose_reply:
            self.wire.lose_reply = False
            self.wire.is_cut = True
            raise unreachable()

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, Head, Instant]]:
        self.wire.check()
        with super().read() as found:
            yield found

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        self.wire.check()
        return super().changes(since)


class Net:
    """One shared database and the stations on it. All clocks but the wall clocks of stations are `clock`."""

    def __init__(self, url: str, folder: Path, clock: SetClock) -> None:
        self.url, self.folder, self.clock = url, folder, clock
        self.wires: dict[str, Wire] = {}
        self.doors: list[StationDoor] = []

    def open_shared(self, station: str) -> Door:
        wire = self.wires.setdefault(station, Wire())
        wire.check()
        config = Config(database=self.url, station=station)
        database, _ = open_database(config, clock=self.clock)
        wired = WiredDatabase(database.engine, config.ordering, self.clock)
        wired.wire = wire
        return Door(wired, config, PlainPins())

    def station(
        self, name: str, kind: StationKind = StationKind.DESK, wall: SetClock | None = None, computer: str = ""
    ) -> StationDoor:
        """Open a station, or open it again: its own file is where it was. `computer`: one that is not the usual."""
        config = Config(database=self.url, station=name)
        own = open_own_file(self.folder / f"{computer or name}.db", config.ordering, name, self.kept_clock(wall))
        try:
            shared = self.open_shared(name)
        except Refusal:
            if own.copy is None:
                own.close()
                raise nothing_kept() from None
            shared = None
        door = StationDoor(own, config, PlainPins(), lambda: self.open_shared(name), kind, shared, watch=False)
        self.doors.append(door)
        door.follow()
        return door

    def kept_clock(self, wall: SetClock | None) -> KeptClock:
        return KeptClock(wall or self.clock, lambda: self.clock.at)

    def desk(self, name: str = "Desk 1", counter: str = COUNTER_1, officer: str = PRIYA, **more: Any) -> At:
        return At(self.station(name, **more), counter, officer, name)

    def settle(self) -> None:
        """Every station's file has followed."""
        for door in self.doors:
            door.follow()

    def cut(self, *stations: str) -> None:
        self.settle()
        for name in stations or self.wires:
            self.wires[name].is_cut = True
            for door in self.doors:
                if door.config.station == name:
                    door.lose()

    def mend(self, *stations: str) -> None:
        """The network is back, and every station finds out."""
        for name in stations or self.wires:
            self.wires[name].is_cut = False
        for door in self.doors:
            if not stations or door.config.station in stations:
                self._find_out(door)

    def _find_out(self, door: StationDoor) -> None:
        """The reply that is lost may be one to joining."""
        for _ in range(2):
            if door.look_again():
                return
            self.wires[door.config.station].is_cut = False
        raise AssertionError("it does not join")

    def close(self) -> None:
        for door in self.doors:
            door.close()
