"""How did we do? A face, and what it is about if the visitor says so."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reception.domain.kiosk import Face
from reception.services import commands as c
from ui.kiosk import asks
from ui.kiosk.course import Course
from ui.kiosk.entered import At
from ui.kiosk.watched_office import WatchedOffice
from ui.link import Link


class Feedback(QObject):
    """A face is of nobody, and can wait until the database answers again."""

    def __init__(self, course: Course, office: WatchedOffice, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._office = office
        self._link = link
        self._kept: list[c.GiveFeedback] = []
        link.online.connect(self._send_kept)

    def choose_face(self, key: str) -> None:
        self._course.entered.face = Face(key)
        self._course.go(At.ABOUT)

    def choose_about(self, key: str) -> None:
        """The service that it is about, or none."""
        self._give("" if key == asks.SKIP else key)
        self._course.entered.face = None
        self._course.end_at(At.THANKED)

    def leave(self) -> None:
        """Whoever goes without a word on what it was about has said how it was."""
        if self._course.at is At.ABOUT:
            self._give("")

    def _give(self, service_id: str) -> None:
        entered, view = self._course.entered, self._office.view
        if view is not None and entered.face is not None:
            self._send(
                c.GiveFeedback(
                    id=entered.feedback_id,
                    office_id=view.office_id,
                    station=self._office.station,
                    face=entered.face,
                    service_id=service_id,
                )
            )

    def _send(self, command: c.GiveFeedback) -> None:
        self._link.do(command, refused=lambda _: self._kept.append(command))

    def _send_kept(self) -> None:
        kept, self._kept = self._kept, []
        for command in kept:
            self._send(command)
