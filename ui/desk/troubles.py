"""What goes wrong behind the desk, said plainly: a database that is gone or slow, paper that does not come."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from reception.clock import Instant
from reception.domain.desk_view import DeskView
from reception.domain.stations import Contact, Reach
from reception.errors import Code
from ui import moments
from ui.desk.said import Offer, Said
from ui.desk.speaker import Speaker, Standing
from ui.link import Link
from ui.refused import Refused

ANSWERS_SLOWLY = Said("The database is slow to answer.", "What is shown may be a moment old.", "due-soon")
SLOW = Said("Still working on it.", "The database is slow to answer. No key needs to be pressed again.", "due-soon")


class Connection(QObject):
    """Whether the database answers."""

    def __init__(self, speaker: Speaker, zone: Callable[[], ZoneInfo | None], station: str) -> None:
        super().__init__(speaker)
        self._speaker = speaker
        self._station = station
        self._zone = zone
        self._answers_slowly = False
        self._keeps_waiting = False
        self._since: str | None = None
        """Since when the database is out of reach, in words; None while it answers."""
        self._kept: int | None = None
        self._held_back = ""
        self._not_joined = ""

    def say_offline(self, since: Instant, no: Refused) -> None:
        zone = self._zone()
        when = f" since {moments.said_time(since, zone)}" if zone is not None else ""
        if no.code is Code.DATABASE_UNREACHABLE:
            self._since = when
            self._show_lost()
        else:
            said = Said(f"Nothing can be saved{when}.", f"{no.reason} {no.remedy}".strip(), "late")
            self._speaker.keep(Standing.OFFLINE, said)

    def show_view(self, view: DeskView) -> None:
        """How much is kept at this station, while it goes on by itself."""
        if view.not_joined and view.not_joined != self._not_joined:
            self._not_joined = view.not_joined
            self._speaker.keep(Standing.NOT_JOINED, self._said_not_joined(view.not_joined))
        if (view.kept, view.held_back) != (self._kept, self._held_back):
            self._kept, self._held_back = view.kept, view.held_back
            if self._since is not None:
                self._show_lost()

    def _said_not_joined(self, file: str) -> Said:
        return Said(
            "Something that was done while cut off could not be joined.",
            f"It is kept in {file}. Tell whoever looks after Reception.",
            "late",
            (Offer("Let it be", lambda: self._speaker.drop(Standing.NOT_JOINED)),),
        )

    def _show_lost(self) -> None:
        detail = self._held_back or (_SHOWN_AS_IT_WAS if self._kept is None else _kept_words(self._kept))
        self._speaker.keep(Standing.OFFLINE, Said(f"The database is out of reach{self._since or ''}.", detail, "late"))

    def say_online(self) -> None:
        self._since = None
        self._speaker.drop(Standing.OFFLINE)
        self._speaker.say(Said("The database answers again.", "What is shown is up to date.", "done"))

    def say_slow(self, on: bool) -> None:
        """A command has been under way for a while."""
        self._keeps_waiting = on
        self._show_slow()

    def say_contact(self, contact: Contact) -> None:
        self._answers_slowly = contact.reach is Reach.SLOW
        self._show_slow()
        if contact.shares_name:
            self._speaker.keep(Standing.NAMESAKE, said_of_namesake(self._station))
        else:
            self._speaker.drop(Standing.NAMESAKE)

    def _show_slow(self) -> None:
        if self._keeps_waiting:
            self._speaker.keep(Standing.SLOW, SLOW)
        elif self._answers_slowly:
            self._speaker.keep(Standing.SLOW, ANSWERS_SLOWLY)
        else:
            self._speaker.drop(Standing.SLOW)


def said_of_namesake(station: str) -> Said:
    """Another running window has the station's name."""
    return Said(
        f"Another window is called {station} too.",
        "Give each a name of its own in its settings file, else nobody can tell which of them did what.",
        "due-soon",
    )


_SHOWN_AS_IT_WAS = "What is shown is as it was then. It is tried again all the time."


def _kept_words(kept: int) -> str:
    """What goes on although the database is out of reach."""
    if not kept:
        return "Arrivals and your own visits go on; they are kept here, and join when it is back."
    are = "visit is" if kept == 1 else "visits are"
    return f"{kept} {are} kept here, and will join when it is back."


class PaperTalk(QObject):
    """Which tickets and slips did not come out. The visit is safe all the same, and a reprint is offered."""

    def __init__(self, link: Link, speaker: Speaker, reprint: Callable[[str], None]) -> None:
        """`reprint` orders the paper of a number that this window knows no job of."""
        super().__init__(speaker)
        self._link = link
        self._speaker = speaker
        self._reprint = reprint
        self._unprinted: list[str] = []
        self._reasons: dict[str, Refused] = {}
        self._let_be: set[str] = set()

    def say_printed(self, number: str) -> None:
        self._speaker.drop(Standing.PRINT_SLOW)
        self._forget(number)

    def say_print_failed(self, number: str, no: Refused) -> None:
        self._reasons[number] = no
        self._let_be.discard(number)
        if number not in self._unprinted:
            self._unprinted.append(number)
        self._speaker.drop(Standing.PRINT_SLOW)
        self._speaker.forget_event()
        self._show()

    def say_print_slow(self, number: str) -> None:
        detail = "The printer takes its time. The desk goes on."
        self._speaker.keep(Standing.PRINT_SLOW, Said(f"{number} is still printing.", detail))

    def show_view(self, view: DeskView) -> None:
        """What the view says did not come out: also from before this window, and without what was taken back."""
        wanted = [number for number in view.unprinted if number not in self._let_be]
        self._unprinted = [number for number in wanted if not self._link.papers.is_printing(number)]
        self._show()

    def _show(self) -> None:
        if not self._unprinted:
            self._speaker.drop(Standing.PRINT_FAILED)
            return
        number = self._unprinted[0]
        no = self._reasons.get(number, _NOT_KNOWN_WHY)
        more = len(self._unprinted) - 1
        others = f" {moments.plural(more, 'more')} like it." if more else ""
        self._speaker.keep(
            Standing.PRINT_FAILED,
            Said(
                f"{number} was not printed.",
                f"{no.reason} {no.remedy}".strip() + others,
                "late",
                (
                    Offer("Print again", lambda: self._print_again(number)),
                    Offer("Let it be", lambda: self._let(number)),
                ),
            ),
        )

    def _print_again(self, number: str) -> None:
        if not self._link.papers.print_again(number):
            self._reprint(number)
        self._let_be.add(number)
        self._forget(number)
        self._speaker.say(Said(f"{number} goes to the printer again.", mood="done"))

    def _let(self, number: str) -> None:
        self._let_be.add(number)
        self._speaker.forget_event()
        self._forget(number)

    def _forget(self, number: str) -> None:
        self._reasons.pop(number, None)
        if number in self._unprinted:
            self._unprinted.remove(number)
        self._show()


_NOT_KNOWN_WHY = Refused(Code.PRINTER, "It was ordered and did not come out.")
