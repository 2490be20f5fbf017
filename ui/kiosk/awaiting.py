"""What was sent for a visitor, and the answer that they wait for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from reception.services import commands as c
from reception.services import queries as q
from ui.kiosk.course import Course
from ui.kiosk.entered import At
from ui.link import Link
from ui.refused import Refused

log = logging.getLogger(__name__)

MOMENT_MS = 300
"""An answer that takes longer is waited for on a screen that says so."""


class Awaiting(QObject):
    """One answer at a time. One that comes when nobody waits for it any more is nobody's."""

    def __init__(self, link: Link, course: Course, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._course = course
        self._asked = ""
        """The id of the command or question that is under way."""
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(course.wait_a_moment)

    @property
    def is_waiting(self) -> bool:
        """An answer is on its way: nothing more is to be touched."""
        return bool(self._asked)

    def forget(self) -> None:
        """Whoever asked has gone, or gone back."""
        self._asked = ""
        self._moment.stop()

    def do(
        self,
        command: c.Command,
        done: Callable[[c.Result], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Send a command, once for its id."""
        if self._link.is_under_way(command.id):
            return
        self._wait_for(command.id)
        self._link.do(
            command,
            lambda result: self._came(command.id, done, result),
            lambda no: self._came(command.id, refused or self.say_trouble, no),
        )

    def ask(
        self,
        query: q.KioskByCode | q.KioskByName,
        found: Callable[[Any], None],
        refused: Callable[[Refused], None],
    ) -> None:
        asked = c.new_id()
        self._wait_for(asked)
        self._link.ask(
            query,
            lambda answer: self._came(asked, found, answer),
            lambda no: self._came(asked, refused, no),
        )

    def say_trouble(self, no: Refused) -> None:
        """Something went wrong of which a visitor can know no more."""
        log.warning("refused at the kiosk: %s", no.code)
        self._course.go(At.TROUBLE)

    def _wait_for(self, asked: str) -> None:
        self._asked = asked
        self._moment.start()

    def _came(self, asked: str, act: Callable[[Any], None], answer: object) -> None:
        if asked == self._asked:
            self.forget()
            act(answer)
