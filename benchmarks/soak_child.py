"""Some of many stations, each with the real link and feed and a door of its own, in one process. Run by
`benchmarks.soak`; what each station has seen and done is said at the end as one line of JSON."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QTimer

from benchmarks.stations_child import Ending, said
from reception.app import Door
from reception.clock import Instant
from reception.domain.person import Person
from reception.domain.stations import Beat, Contact
from reception.errors import Code
from reception.services import commands as c
from reception.services.queries import Desk, Query
from reception.storage.engine import transaction
from reception.storage.feed import Feed
from tests.storage.processes import engine_of
from tests.support import HOUSING, OFFICE, door_on
from ui.link import Link
from ui.refused import Refused

_NEW_FACTS = sa.text("SELECT sequence, at FROM journal WHERE sequence > :since ORDER BY sequence")
_NOW = sa.text("SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)")
_HEAD = sa.text("SELECT sequence FROM journal_head")
AGAIN_MS = 300


class Facts(Struct, frozen=True):
    """What a station reads in place of a whole view: the facts that it has not seen."""

    sequence: int
    now: Instant
    order_valid_until: Instant | None = None


class Reader:
    """A door whose view is the journal's new facts; all else goes through."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.do, self.feed_of, self.hang_up = door.do, door.feed, door.hang_up
        self.seen: list[int] = []
        self.late: list[int] = []
        """Milliseconds from each fact's time to when it was read here, by the database's clock."""
        self._first: int | None = None

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> Feed:
        return self.feed_of(on_beat, on_contact)

    def ask(self, _query: Query) -> Facts:
        with transaction(engine_of(self._door)) as connection:
            if self._first is None:
                self._first = int(connection.execute(_HEAD).scalar_one())
                return Facts(self._first, 0)
            since = self.seen[-1] if self.seen else self._first
            rows = connection.execute(_NEW_FACTS, {"since": since}).all()
            now = int(connection.execute(_NOW).scalar_one())
        self.seen += [row.sequence for row in rows]
        self.late += [now - row.at for row in rows]
        return Facts(self.seen[-1] if self.seen else since, now)

    def summary(self) -> dict[str, Any]:
        first = self._first or 0
        return {
            "first": first,
            "last": self.seen[-1] if self.seen else first,
            "whole": self.seen == list(range(first + 1, first + 1 + len(self.seen))),
            "late": self.late,
        }

    def print_job(self, job_id: str) -> None:
        raise AssertionError(job_id)


class Station:
    """A desk that calls, starts and finishes, or a kiosk that takes tickets."""

    def __init__(self, url: str, number: int, tell: Callable[[str], None]) -> None:
        self.door = door_on(url, station=f"Desk {number}")
        self.reader = Reader(self.door)
        self.link = Link(self.reader)  # type: ignore[arg-type]
        self._tell = tell
        self._who = {
            "office_id": OFFICE,
            "counter_id": f"counter-{number}",
            "officer_id": f"officer-{number}",
            "station": f"Desk {number}",
        }
        self._visit = ""
        self._step = 0
        self._under_way = False
        self.acknowledged: dict[str, int] = {"take": 0, "call": 0, "finish": 0}
        self.sent_again = 0

    def watch(self) -> None:
        self.link.watch(Desk(OFFICE, "", str(self._who["station"])))

    @property
    def is_busy(self) -> bool:
        return bool(self._visit)

    @property
    def is_free_to_act(self) -> bool:
        return not self._under_way

    def take(self) -> None:
        self._send(
            "take", c.TakeTicket(**self._who, service_id=HOUSING, person=Person(), print_ticket=False), lambda _: None
        )

    def go_on(self) -> None:
        """The next step of the visit here."""

        def called(result: c.Result) -> None:
            self._visit, self._step = result.visit_id, 1

        def started(_: c.Result) -> None:
            self._step = 2

        def finished(_: c.Result) -> None:
            self._visit, self._step = "", 0

        if not self._visit:
            self._send("call", c.CallNext(**self._who), called)
        elif self._step == 1:
            self._send("start", c.StartService(**self._who, visit_id=self._visit), started)
        else:
            self._send("finish", c.Finish(**self._who, visit_id=self._visit), finished)

    def _send(self, what: str, command: c.Command, then: Callable[[c.Result], None]) -> None:
        self._under_way = True

        def done(result: c.Result) -> None:
            self._under_way = False
            self.acknowledged[what] = self.acknowledged.get(what, 0) + 1
            then(result)

        def refused(no: Refused) -> None:
            if no.code in (Code.DATABASE_UNREACHABLE, Code.DATABASE_BUSY):
                # As a person would who is told that it is not known: the same once more.
                self.sent_again += 1
                QTimer.singleShot(AGAIN_MS, self.link, lambda: self.link.do(command, done, refused))
                return
            self._under_way = False
            if no.code is not Code.NOBODY_WAITING:
                self._tell(f"{what}: {no.code} {no.reason}")

        self.link.do(command, done, refused)
        self.link.do(command, done, refused)  # tapped twice


def run(url: str, first: int, count: int, commands_a_second: float) -> None:
    application = QCoreApplication([])
    chance = random.Random(first)
    surprises: list[str] = []
    made = [Station(url, number, surprises.append) for number in range(first, first + count)]
    seen: set[int] = set()

    def came(place: int) -> None:
        if place not in seen:
            seen.add(place)
            if len(seen) == count:
                said(0)

    for place, station in enumerate(made):
        station.link.view_came.connect(lambda _, place=place: came(place))
        station.watch()

    def act() -> None:
        if len(seen) == count and not stopping:
            free = [each for each in made if each.is_free_to_act]
            busy = [each for each in free if each.is_busy]
            idle = [each for each in free if not each.is_busy]
            if idle and chance.random() < 0.25:
                chance.choice(idle).take()
            elif busy and (not idle or chance.random() < 0.67):
                chance.choice(busy).go_on()
            elif idle:
                chance.choice(idle).go_on()
        timer.start(round(chance.expovariate(commands_a_second) * 1000))

    stopping: list[bool] = []
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    timer.start(0)
    ending = Ending(application, lambda: _settle(application, stopping, made))
    application.exec()
    acknowledged: dict[str, int] = {}
    for station in made:
        for what, times in station.acknowledged.items():
            acknowledged[what] = acknowledged.get(what, 0) + times
    figures = {
        "stations": [station.reader.summary() for station in made],
        "acknowledged": acknowledged,
        "sent_again": sum(station.sent_again for station in made),
        "surprises": surprises,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    for station in made:
        station.link.close()
        station.door.close()
    del ending


def _settle(application: QCoreApplication, stopping: list[bool], made: list[Station]) -> None:
    """Nothing more is sent; it ends when all is answered and all stations have heard of everything."""
    stopping.append(True)
    watch = QTimer(application)

    def look() -> None:
        heads = {station.reader.summary()["last"] for station in made}
        if all(station.is_free_to_act for station in made) and len(heads) == 1:
            still.append(heads.pop())
            if len(still) > 5 and len(set(still[-5:])) == 1:
                application.exit()
        else:
            still.clear()

    still: list[int] = []
    watch.timeout.connect(look)
    watch.start(100)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
