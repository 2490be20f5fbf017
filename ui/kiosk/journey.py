"""What a visitor does at the kiosk, from language to number: which screen is shown, and what a touch on it means.

Nothing of Qt's widgets is in here: the window shows the screen that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reception.config import Config, PrinterKind
from reception.domain.kiosk import KioskView
from reception.domain.languages import VISITOR_LANGUAGES
from ui.kiosk import asks, tells
from ui.kiosk.awaiting import Awaiting
from ui.kiosk.checking_in import CheckingIn
from ui.kiosk.course import Course
from ui.kiosk.entered import At, Entered
from ui.kiosk.feedback import Feedback
from ui.kiosk.help_calls import HelpCalls
from ui.kiosk.scene import Scene
from ui.kiosk.screens import Screen
from ui.kiosk.shut import is_shut
from ui.kiosk.ticket import TicketTaking
from ui.kiosk.watched_office import WatchedOffice
from ui.link import Link
from ui.pulse import Pulse
from ui.scripts import can_show
from ui.visitor_words import VisitorBook

_SCREENS: dict[At, Callable[[Scene], Screen]] = {
    At.LANGUAGE: asks.language,
    At.PURPOSE: asks.purpose,
    At.SERVICE: asks.service,
    At.NEEDS: asks.needs,
    At.INTERPRETER: asks.interpreter,
    At.CHECK_IN: asks.check_in,
    At.SCAN: asks.scan,
    At.FOREIGN: asks.foreign,
    At.TICKET: asks.ticket_scanned,
    At.REFERENCE: asks.reference,
    At.NAME: asks.name,
    At.BORN: asks.born,
    At.FOUND: tells.found,
    At.LAST: tells.last,
    At.HELP: tells.ask_help,
    At.COMING: tells.coming,
    At.FEEDBACK: asks.feedback,
    At.ABOUT: asks.about,
    At.THANKED: tells.thanked,
    At.TROUBLE: tells.trouble,
    At.NOT_NOW: tells.not_now,
    At.MOMENT: tells.moment,
    At.IDLE: tells.idle,
    At.PIN: asks.pin,
}


class Journey(QObject):
    """One visitor after another, each on a course of their own through the same office."""

    def __init__(self, link: Link, config: Config, pulse: Pulse, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = WatchedOffice(link, config, pulse, self)
        self.course = Course(VisitorBook(config.screen_words_path()).of, self)
        self.awaiting = Awaiting(link, self.course, self)
        prints = config.printer.kind is not PrinterKind.NONE
        self._ticket = TicketTaking(self.course, self.office, self.awaiting, link, self, prints=prints)
        self.checking_in = CheckingIn(self.course, self.office, self.awaiting, self._ticket)
        self._feedback = Feedback(self.course, self.office, link, self)
        self.help = HelpCalls(self.course, self.office, self.awaiting, link)
        self._unreadable = frozenset(each.tag for each in VISITOR_LANGUAGES if not can_show(each.tag))
        self._acts: dict[At, Callable[[str], None]] = {
            At.LANGUAGE: self._choose_language,
            At.PURPOSE: self._choose_purpose,
            At.SERVICE: self._ticket.choose_service,
            At.NEEDS: self._ticket.choose_need,
            At.INTERPRETER: self._ticket.choose_interpreter,
            At.CHECK_IN: self.checking_in.choose_way,
            At.SCAN: self.checking_in.choose_way,
            At.FOREIGN: self.checking_in.choose_way,
            At.REFERENCE: self.checking_in.take_reference,
            At.NAME: self.checking_in.take_name,
            At.BORN: self.checking_in.take_born,
            At.FOUND: self.checking_in.choose_of_found,
            At.HELP: self.help.choose,
            At.FEEDBACK: self._feedback.choose_face,
            At.ABOUT: self._feedback.choose_about,
        }

    @property
    def view(self) -> KioskView | None:
        """None before anything is known of the office."""
        return self.office.view

    @property
    def entered(self) -> Entered:
        """By the visitor who is there."""
        return self.course.entered

    # -- what is shown -------------------------------------------------------------------------------------------------

    def scene(self) -> Scene | None:
        """What the present screen is made from; None before anything is known of the office."""
        if self.view is None:
            return None
        return Scene(
            self.course.words,
            self.view,
            self.entered,
            self.office.now(),
            self.office.cut_off,
            self._unreadable,
            is_on_the_way=self.course.is_on_the_way,
        )

    def screen(self) -> Screen | None:
        scene, at = self.scene(), self.course.at
        if scene is None:
            return None
        return tells.closed(scene) if is_shut(scene.view, at) else _SCREENS[at](scene)

    # -- what is touched -----------------------------------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Something was touched."""
        self.entered.fault = ""
        act = self._acts.get(self.course.at)
        if key in (tells.FINISH, tells.START_AGAIN):
            self.begin_anew()
        elif act is not None:
            act(key)

    def _choose_language(self, tag: str) -> None:
        self.entered.tag = self.course.words_of(tag).tag
        self.course.go_on_from_language()

    def _choose_purpose(self, key: str) -> None:
        to = {"ticket": At.SERVICE, "check_in": At.CHECK_IN, "feedback": At.FEEDBACK}.get(key)
        if to is not None:
            self.course.go(to)

    def back(self) -> None:
        """To the screen before; what was entered stays, and an answer that is still to come is not waited for."""
        self.awaiting.forget()
        self.course.back()

    def begin_anew(self) -> None:
        """For the next visitor. Of this one nothing is left."""
        self._feedback.leave()
        self.awaiting.forget()
        self.course.begin_anew()

    def choose_language(self) -> None:
        """From any screen, and back to it."""
        if self.course.at not in (At.LANGUAGE, At.MOMENT, At.IDLE, At.PIN):
            self.course.go(At.LANGUAGE)

    def ask_for_pin(self) -> None:
        """Of staff, to leave the kiosk."""
        if self.course.at is not At.PIN and self.view is not None:
            self.begin_anew()
            self.course.show(At.PIN)

    def say_of_pin(self, words: str) -> None:
        """Why it was not taken, in English."""
        self.course.find_fault(words, empty=True)
