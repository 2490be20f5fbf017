"""Calling somebody to the kiosk."""

from __future__ import annotations

import logging

from reception.services import commands as c
from ui.kiosk.awaiting import Awaiting
from ui.kiosk.course import Course
from ui.kiosk.entered import At
from ui.kiosk.watched_office import WatchedOffice
from ui.link import Link
from ui.refused import Refused

log = logging.getLogger(__name__)


class HelpCalls:
    """Asks how somebody may come, and says so only when they have been called."""

    def __init__(self, course: Course, office: WatchedOffice, awaiting: Awaiting, link: Link) -> None:
        self._course = course
        self._office = office
        self._awaiting = awaiting
        self._link = link

    def ask(self) -> None:
        """From any screen. Where nobody is at the desk there is nothing to choose: those who come hear at once."""
        if self._course.at in (At.HELP, At.COMING):
            return
        self._course.go(At.HELP)
        view = self._office.view
        if view is not None and view.unstaffed:
            self._link.do(self._call(view.office_id, discreet=False))

    def choose(self, key: str) -> None:
        """Openly, or for a word in private."""
        view = self._office.view
        if view is not None:
            command = self._call(view.office_id, discreet=key == "private")
            self._awaiting.do(command, lambda _: self._course.show(At.COMING), self._not_called)

    def _call(self, office_id: str, *, discreet: bool) -> c.CallForHelp:
        return c.CallForHelp(office_id=office_id, station=self._office.station, discreet=discreet)

    def _not_called(self, no: Refused) -> None:
        """Nobody was told: nobody is said to be coming."""
        log.warning("a call for help was refused: %s", no.code)
        self._course.show(At.NOT_NOW)
