"""A proxy in front of a PostgreSQL server's socket that loses what it is told to lose."""

from __future__ import annotations

import contextlib
import select
import shutil
import socket
import tempfile
import threading
import time
from enum import Enum
from pathlib import Path
from typing import Self

from sqlalchemy.engine import make_url

_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The whole message: a BEGIN may speak of READ COMMITTED."""
_SOCKET = ".s.PGSQL.5432"


class Lose(Enum):
    """What is lost of the next COMMIT."""

    NOTHING = "nothing"
    THE_COMMAND = "the command"
    """It never reaches the server."""
    THE_REPLY = "the reply"
    """The server commits; nobody hears of it."""


class Way(Enum):
    """A direction that packets go."""

    TO_SERVER = "to the server"
    TO_STATIONS = "to the stations"


class Proxy:
    """Inside ``with``: a server that is reached through `url`. One thread serves all connections."""

    def __init__(self, url: str) -> None:
        self._server = str(Path(str(make_url(url).query["host"])) / _SOCKET)
        self.folder = Path(tempfile.mkdtemp(prefix="reception-proxy-"))
        self.url = make_url(url).set(query={"host": str(self.folder)}).render_as_string()
        self.lose = Lose.NOTHING
        self._cut: frozenset[Way] = frozenset()
        self._delay_s = 0.0
        self._late: list[tuple[float, socket.socket, bytes]] = []
        """What is on its way: when it arrives, where, and what."""

    def cut(self, *ways: Way) -> None:
        """From now on nothing goes these ways, and nobody is told; without any all goes on."""
        self._cut = frozenset(ways)
        self._wake.send(b"x")

    def delay(self, seconds: float) -> None:
        """From now on the server's answers take so long."""
        self._delay_s = seconds

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        self._wake, self._woken = socket.socketpair()
        self._listener = socket.socket(socket.AF_UNIX)
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._clients: set[socket.socket] = set()
        self._listener.bind(str(self.folder / _SOCKET))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """As a server that has gone: every connection ends, and nobody answers."""
        self._wake.close()
        self._thread.join(10)
        for each in [self._listener, self._woken, *self._pairs]:
            each.close()
        (self.folder / _SOCKET).unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            cut = self._cut
            flowing = [
                each for each in self._pairs if (Way.TO_SERVER if each in self._clients else Way.TO_STATIONS) not in cut
            ]
            due = min((at for at, _, _ in self._late), default=None)
            patience = None if due is None else max(0.0, due - time.monotonic())
            ready, _, _ = select.select([self._listener, self._woken, *flowing], [], [], patience)
            if self._woken in ready and not self._woken.recv(1 << 8):
                return
            self._deliver()
            for each in ready:
                if each is self._listener:
                    self._take_in()
                elif each in self._pairs:
                    self._pass_on(each)

    def _take_in(self) -> None:
        client, _ = self._listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(self._server)
        self._pairs[client], self._pairs[server] = server, client
        self._clients.add(client)

    def _pass_on(self, one: socket.socket) -> None:
        other = self._pairs[one]
        try:
            said = one.recv(1 << 16)
        except OSError:
            said = b""
        commits = one in self._clients and _COMMIT in said
        if not said or (commits and self.lose is Lose.THE_COMMAND):
            self._part(one)
            return
        if self._delay_s and one not in self._clients:
            self._late.append((time.monotonic() + self._delay_s, other, said))
            return
        with contextlib.suppress(OSError):
            other.sendall(said)
        if commits and self.lose is Lose.THE_REPLY:
            # The server answers when it has committed, and not before.
            other.recv(1 << 16)
            self._part(one)

    def _deliver(self) -> None:
        """What has been on its way long enough."""
        now = time.monotonic()
        arrived = [each for each in self._late if each[0] <= now]
        self._late = [each for each in self._late if each[0] > now]
        for _, socket_, said in arrived:
            with contextlib.suppress(OSError):
                socket_.sendall(said)

    def _part(self, one: socket.socket) -> None:
        other = self._pairs.pop(one)
        self._pairs.pop(other, None)
        for each in (one, other):
            self._clients.discard(each)
            each.close()
