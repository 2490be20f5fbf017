"""The link between the windows and the one door.

Database work is done in order on one thread, printing on another, and on a third what is only shown beside; what comes
of it (results, refusals and bugs) is handed back on the GUI thread. The GUI thread never waits: every call here
returns at once. News and heartbeat come from the door's feed, on a thread of their own: when the database is out of
reach all that has no answer yet is refused at once, and so is all that is sent until it answers again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from reception.clock import Instant
from reception.domain.stations import Beat, Contact
from reception.errors import Code, Refusal
from reception.services.commands import Command, Result
from reception.services.queries import Query
from reception.services.supervisor_queries import LongQuery
from ui.door_like import DoorLike
from ui.listening import Listening
from ui.long_question import LongQuestion
from ui.papers import Papers
from ui.reach import Reach
from ui.refused import UNANSWERED, Refused
from ui.under_way import UnderWay
from ui.watching import Views, Watched
from ui.worker import Crew, Hands, Job, Relay, personal_words

if TYPE_CHECKING:
    from ui.watching import View


CLOSE_WITHIN_S = 0.9
NOT_KNOWN = Refused(
    Code.DATABASE_UNREACHABLE,
    "The database is out of reach, so it is not known whether this was saved.",
    "Look once it answers again; sent again from here it is not done twice.",
)


class Link(QObject):
    """A window's way to the door. One per window; `close` it before the door.

    `now` tells the office's time, if it is known yet (a `Pulse` does); else this computer's clock is used.
    """

    view_came = Signal(object)
    """The `View` of what is watched."""
    contact = Signal(object)
    """A :class:`Contact`: how the database answers has changed. Before what is refused because of it."""
    beat = Signal(object)
    """A :class:`Beat`, with each heartbeat and each change."""
    offline = Signal(object, object)
    """(since: Instant, Refused): nothing can be saved. `since`: when the database last answered, or first refused."""
    online = Signal()
    slow = Signal(bool)
    """A command has been under way for a while; False when all are answered."""
    done = Signal(Command, Result)
    """A command of this window was done, whichever of its pages sent it; before whoever sent it is told."""
    printed = Signal(str)
    """The number whose ticket or slip came out."""
    print_failed = Signal(str, object)
    """(number, Refused)"""
    print_slow = Signal(str)

    def __init__(
        self, door: DoorLike, now: Callable[[], Instant | None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._goes_on = getattr(door, "goes_on", False)
        """The door has a file of its own to go on with while the database is out of reach."""
        self._reach = Reach(now, self)
        self._reach.lost.connect(self.offline)
        self._reach.found.connect(self.online)
        self._relay = Relay()
        self._relay.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._crew = Crew(self._relay)
        self._database = self._crew.hands("reception-database")
        self.papers = Papers(door, self._relay, self)
        """Tickets, slips, letters, and the list of who is inside."""
        self.papers.printed.connect(self._tell_printed)
        self.papers.failed.connect(self._tell_print_failed)
        self.papers.slow.connect(self.print_slow)
        self._listening = Listening(door, self._relay, self._take_beat, self._take_contact)
        self._closed = False

        self._under_way = UnderWay(self)
        self._under_way.slow.connect(self.slow)
        self._views = Views(self._ask_view, self._may_ask_view, self)
        self._views.came.connect(self.view_came)

    @property
    def last_contact(self) -> Contact:
        """How the database answers."""
        return self._reach.contact

    @property
    def is_lost(self) -> bool:
        """The database is out of reach."""
        return self._reach.is_lost

    # -- commands and queries --------------------------------------------------------------------------------

    def do(
        self,
        command: Command,
        done: Callable[[Result], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> bool:
        """Send a command. False when its id is under way or done already: then nothing is sent."""
        if self._closed or not self._under_way.begin(command.id):
            return False

        def came(result: Result) -> None:
            self._under_way.settle(command.id, was_done=True)
            self._reach.saved()
            self.papers.order(result)
            self.done.emit(command, result)
            if done is not None:
                done(result)

        def came_not(no: Refused) -> None:
            self._under_way.settle(command.id, was_done=False)
            self._reach.refused(no)
            if refused is not None:
                refused(no)

        words = personal_words(command)
        self._send(self._database, Job(lambda: self._door.do(command), came, came_not, words, NOT_KNOWN))
        # At once, not when the result has come: the same thread goes on with it, while the result is shown.
        self.refresh()
        return True

    def ask(
        self,
        query: Query,
        answered: Callable[[Any], None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Ask a question; the answer comes to `answered`."""
        if self._closed:
            return

        def came_not(no: Refused) -> None:
            self._reach.refused(no)
            if refused is not None:
                refused(no)

        self._send(self._database, Job(lambda: self._door.ask(query), answered, came_not, personal_words(query)))

    def ask_beside(
        self,
        query: Query,
        answered: Callable[[Any], None],
        refused: Callable[[Refused], None] | None = None,
        lane: str = "",
    ) -> Callable[[], None]:
        """Ask something that takes its time, on a thread of its own: neither view nor command waits for it, nor does
        what is asked in another `lane`.

        What is returned withdraws it: while it still waits for its turn it is then refused as CANCELLED, unasked.
        Whether the database can be reached is not concluded from it.
        """
        came_not = refused if refused is not None else _let_be
        withdrawn = threading.Event()

        def ask() -> Any:
            if withdrawn.is_set():
                raise Refusal(Code.CANCELLED, "Nobody waits for it any more.")
            return self._door.ask(query)

        if not self._closed:
            beside = self._crew.hands(f"reception-beside{lane and f'-{lane}'}")
            self._send(beside, Job(ask, answered, came_not, personal_words(query)))
        return withdrawn.set

    def at_door(
        self, work: Callable[[Any], Any], came: Callable[[Any], None], came_not: Callable[[Refused], None]
    ) -> None:
        """Do something else with the door that takes its time, on a thread of its own: `work` is given the door.

        No question waits for it: making pages and files takes seconds.
        """
        if self._closed:
            return
        self._send(self._crew.hands("reception-making"), Job(lambda: work(self._door), came, came_not))

    def sign_out_supervisor(self) -> None:
        """Whoever has signed in as a supervisor has left: the door is told at once, which is only a mark in memory."""
        self._door.sign_out_supervisor()

    def work_out(
        self,
        query: LongQuery,
        answered: Callable[[Any], None],
        refused: Callable[[Refused], None],
        progressed: Callable[[int, int], None],
    ) -> Callable[[], None]:
        """Ask what takes seconds, on a thread of its own; `progressed` hears what is done, and of how much.

        What is returned stops it: it is then refused as CANCELLED, whatever was found by then, and nothing more is said
        of what is done. A new one waits for the one before it.
        """
        question = LongQuestion(self._door, query, self._relay, progressed, lambda: self._closed)
        if not self._closed:
            self._send(self._crew.hands("reception-working"), question.job(answered, refused))
        return question.stop

    def _send(self, hands: Hands, job: Job) -> None:
        if self._reach.is_lost and not self._goes_on:
            self._relay.tell(lambda: job.came_not(UNANSWERED))
        else:
            hands.add(job)

    def is_under_way(self, command_id: str) -> bool:
        return command_id in self._under_way

    # -- the window's view -----------------------------------------------------------------------------------

    def listen(self) -> None:
        """From now on hear of news, and of how the database answers."""
        if not self._closed:
            self._listening.begin()

    def watch(self, *windows: Watched) -> None:
        """From now on show these: ask the view of each, and again whenever something changes. None: rest."""
        self.listen()
        self._views.watch(*windows)

    def refresh(self) -> None:
        """Ask the views again. While one request is under way, at most one more is remembered."""
        self._views.refresh()

    def _may_ask_view(self) -> bool:
        return not self._closed and (self._goes_on or not self._reach.is_lost)

    def _ask_view(self, window: Watched, came: Callable[[View], None], came_not: Callable[[Refused], None]) -> None:
        def refused(no: Refused) -> None:
            self._reach.refused(no)
            came_not(no)

        self._database.add(Job(lambda: self._door.ask(window), came, refused))

    # -- news and heartbeat ----------------------------------------------------------------------------------

    def _take_beat(self, beat: Beat) -> None:
        self.beat.emit(beat)
        self._views.hear(beat)

    def _take_contact(self, contact: Contact) -> None:
        was_lost = self._reach.is_lost
        self._reach.hear(contact)
        self.contact.emit(contact)
        if self._reach.is_lost:
            self._door.hang_up()
            if self._goes_on:
                self.refresh()
                return
            self._crew.give_up()
        elif was_lost:
            self.refresh()

    # -- printing --------------------------------------------------------------------------------------------

    def _tell_printed(self, number: str) -> None:
        self.printed.emit(number)
        self.refresh()

    def _tell_print_failed(self, number: str, no: Refused) -> None:
        self.print_failed.emit(number, no)
        self.refresh()

    # -- the end ---------------------------------------------------------------------------------------------

    def close(self) -> bool:
        """End within a second. True when the database threads have ended and the door may be closed too.

        What hangs (a printer, a dead network) is left behind: its thread ends with the process.
        """
        if self._closed:
            return not self._crew.is_alive()
        self._closed = True
        self._views.close()
        self._under_way.close()
        self._listening.close()
        self._crew.end()
        self.papers.end()
        until = time.monotonic() + CLOSE_WITHIN_S
        self._crew.wait(until)
        self.papers.wait(until)
        self._listening.wait(until - time.monotonic())
        self._relay.rest()
        self._relay.came.disconnect(self._deliver)
        return not self._crew.is_alive()

    def _deliver(self, reply: Callable[[], None]) -> None:
        if not self._closed:
            reply()


def _let_be(_no: Refused) -> None:
    """It is asked again."""
