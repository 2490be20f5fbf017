"""News and heartbeat of a PostgreSQL server: one connection that listens, spoken to without ever waiting blindly.

The server is spoken to in libpq's own way, because nothing may take longer here than is known beforehand: each wait
ends when something comes, when time makes a difference, or when the station closes.
"""

from __future__ import annotations

import selectors
import socket
from collections import deque
from collections.abc import Mapping
from contextlib import closing, suppress
from typing import Any

from psycopg import Error, pq
from psycopg.conninfo import make_conninfo
from psycopg.pq.abc import PGconn, PGresult

from reception.clock import Millis
from reception.domain.stations import LOST_AFTER
from reception.storage.feed import BEAT_EVERY, Closing, Feed, Gone, Silent, elapsed
from reception.storage.journal import NEWS, heartbeat_pg
from reception.storage.namesakes import OFFICES, StationName, holders_pg, is_alone_pg, take_shared_pg

CONNECT_WITHIN: Millis = 6_000
"""Longer than is needed to know that the server is lost: one that is only slow takes several answers to connect."""
_BEGIN = f"LISTEN {NEWS}; {OFFICES}".encode()
"""Asked at once: each answer of a slow server takes its time."""


class PostgresqlLine:
    """Listens for news, and sends a heartbeat a while after the last was answered."""

    def __init__(self, parameters: Mapping[str, Any], name: StationName) -> None:
        """`parameters`: of libpq, as for any other connection of this station."""
        self._parameters = dict(parameters)
        self._name = name
        self._left_behind: deque[int] = deque(maxlen=8)
        """The server's processes of connections that are no more: it may take it some seconds to notice."""
        self._address = ""
        self._wake, self._woken = socket.socketpair()

    def wake(self) -> None:
        with suppress(OSError):
            self._wake.send(b"x")

    def close(self) -> None:
        self._wake.close()
        self._woken.close()

    def talk(self, feed: Feed) -> None:
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._woken, selectors.EVENT_READ)
                with closing(_Wire(self._begin(), selector, feed, self._woken)) as wire:
                    wire.connect()
                    self._address = wire.address
                    wire.begin(self._name, frozenset(self._left_behind))
                    self._left_behind.append(wire.process)
                    while True:
                        if wire.wants_beat():
                            wire.beat()
                        wire.listen()
        except (Error, OSError) as error:
            # What the server says may name a user: the kind of it is enough.
            raise Gone(type(error).__name__) from error

    def _begin(self) -> PGconn:
        # Where it was reached last time no name needs to be looked up, which may take long while the network is gone.
        known = {"hostaddr": self._address} if self._address else self._looked_up()
        self._address = ""
        return pq.PGconn.connect_start(make_conninfo(**{**self._parameters, **known}).encode())

    def _looked_up(self) -> dict[str, str]:
        """Every address of the server's name: libpq would hold up the whole program while it looks."""
        host = str(self._parameters.get("host") or "")
        if not host or host.startswith(("/", "@")) or "," in host or "hostaddr" in self._parameters:
            return {}
        port = str(self._parameters.get("port") or 5432)
        found = dict.fromkeys(info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        several = {"host": host, "port": port, "hostaddr": ""}
        return {
            **{key: ",".join([value] * len(found)) for key, value in several.items()},
            "hostaddr": ",".join(str(address) for address in found),
        }


def _text(answer: PGresult, row: int, column: int) -> str:
    return (answer.get_value(row, column) or b"").decode()


class _Wire:
    """One connection, from its first packet to its last."""

    def __init__(self, connection: PGconn, selector: selectors.BaseSelector, feed: Feed, woken: socket.socket) -> None:
        self._connection = connection
        self._selector = selector
        self._feed = feed
        self._woken = woken
        self._beat_at: Millis = 0
        self._key = 0
        self._has_name = False
        self._ours: frozenset[int] = frozenset()

    def close(self) -> None:
        self._connection.finish()

    @property
    def address(self) -> str:
        """Where the server was found; empty where no name was looked up."""
        host = self._connection.host
        return "" if host.startswith((b"/", b"@")) else self._connection.hostaddr.decode()

    def connect(self) -> None:
        now = elapsed()
        self._feed.judge.asked(now)
        state = pq.PollingStatus.WRITING
        while state is not pq.PollingStatus.OK:
            if state is pq.PollingStatus.FAILED or self._connection.status == pq.ConnStatus.BAD:
                raise Gone("not connected")
            self._until(now + CONNECT_WITHIN, writing=state is pq.PollingStatus.WRITING)
            state = pq.PollingStatus(self._connection.connect_poll())
        self._connection.nonblocking = 1

    def ask(self, statement: bytes) -> PGresult:
        """The answer to one statement."""
        connection, now = self._connection, elapsed()
        self._feed.judge.asked(now)
        connection.send_query(statement)
        while connection.flush():
            self._until(now + LOST_AFTER, writing=True)
        answer: PGresult | None = None
        while True:
            while connection.is_busy():
                self._until(now + LOST_AFTER, writing=False)
                connection.consume_input()
            part = connection.get_result()
            if part is None:
                break
            answer = part
        if answer is None or answer.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
            raise Gone("no answer")
        return answer

    @property
    def process(self) -> int:
        """The server's, of this connection."""
        return self._connection.backend_pid

    def begin(self, name: StationName, left_behind: frozenset[int]) -> None:
        """Listen from now on, as a window of that name; `left_behind` are processes of this same window."""
        found = self.ask(_BEGIN)
        offices = [(_text(found, row, 0), _text(found, row, 1)) for row in range(found.ntuples)]
        self._key = name.key(offices, is_shared=True)
        self._ours = left_behind | {self.process}

    def beat(self) -> None:
        """Ask where journal and clock stand, and whether this window is the only one of its name."""
        more = is_alone_pg(self._key) if self._has_name else take_shared_pg(self._key)
        row = self.ask(heartbeat_pg(more).encode())
        if row.ntuples != 1:
            raise Gone("no journal")
        sequence, settings_version, now = (int(row.get_value(0, column) or 0) for column in range(3))
        is_so = row.get_value(0, 3) == b"t"
        is_alone = not self._has_name or is_so or self._is_alone()
        self._has_name = self._has_name or is_so
        self._beat_at = elapsed() + BEAT_EVERY
        self._feed.answered(sequence, settings_version, now)
        self._feed.judge.saw_another(not is_alone)

    def _is_alone(self) -> bool:
        """Every other session of this name is one that this window has left behind."""
        found = self.ask(holders_pg(self._key).encode())
        return {int(_text(found, row, 0)) for row in range(found.ntuples)} <= self._ours

    def wants_beat(self) -> bool:
        """Pass on what was heard; whether the heartbeat is due, or what was heard is not all."""
        heard = None
        while (news := self._connection.notifies()) is not None:
            heard = int(news.extra or 0)
        is_all = heard is None or self._feed.heard(heard)
        return not is_all or elapsed() >= self._beat_at

    def listen(self) -> None:
        """Wait until something is heard or the heartbeat is due."""
        if self._comes_by(self._beat_at, writing=False):
            self._connection.consume_input()

    def _until(self, until: Millis, *, writing: bool) -> None:
        if not self._comes_by(until, writing=writing):
            raise Silent

    def _comes_by(self, until: Millis, *, writing: bool) -> bool:
        """Wait for the server; False when it is `until` first. Time is judged meanwhile."""
        # While connecting the socket may be another one after each step.
        wire = self._selector.register(
            self._connection.socket, selectors.EVENT_WRITE if writing else selectors.EVENT_READ
        )
        try:
            while (now := elapsed()) < until:
                self._feed.judge.look(now)
                look_in = self._feed.judge.next_look(now)
                limit = until - now if look_in is None else min(until - now, look_in)
                ready = [key for key, _ in self._selector.select(limit / 1000)]
                if self._feed.is_closed or any(key.fileobj is self._woken for key in ready):
                    raise Closing
                if wire in ready:
                    return True
            self._feed.judge.look(now)
            return False
        finally:
            self._selector.unregister(wire.fileobj)
