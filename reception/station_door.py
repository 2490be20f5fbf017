"""The door of a station that shares its database with others: while that is out of reach, the station goes on with a
file of its own, and what it did joins when it is back.

The file is another database of Reception, and this door is the plain one on it; before it stands the door of the shared
database for as long as that answers.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from reception.app import Door, Listening, open_door
from reception.clock import Clock, Instant, KeptClock
from reception.config import Config, data_folder
from reception.domain.book import LetterOut
from reception.domain.booked import LetterKind
from reception.domain.kiosk import KioskView
from reception.domain.snapshots import DeskView, ExpectedWait, SlipSnapshot, TicketSnapshot
from reception.domain.stations import Beat, Contact, Reach, StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.pins import Argon2Pins
from reception.services.ports import PinHasher
from reception.storage import queries
from reception.storage.copying import follow, is_in_list, note_last_live
from reception.storage.own_file import OwnFile, open_own_file, own_path
from reception.storage.refusals import LOOK_AT_THE_NETWORK

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 1.0
FOLLOW_AFTER_SECONDS = 0.2
"""Changes that come together are copied together, and after they have been shown."""
OUT_OF_REACH = frozenset({Code.DATABASE_UNREACHABLE})
PASSES = OUT_OF_REACH | {Code.DATABASE_BUSY, Code.DATABASE_FULL, Code.DATABASE_READ_ONLY, Code.SCHEMA_NEWER}
"""Refusals that say nothing of what is to join: it is tried again."""
POSSIBLE: Final = frozenset(
    {
        c.TakeTicket,
        c.ClaimCheckIn,
        c.CallNext,
        c.CallVisit,
        c.CallAgain,
        c.StartService,
        c.WithdrawCall,
        c.NoShow,
        c.Leave,
        c.Hold,
        c.EndHold,
        c.Finish,
        c.FinishAndCallNext,
        c.Transfer,
        c.SeeFirst,
        c.ChangeDetails,
        c.Reprint,
        c.Undo,
        c.SignIn,
        c.SignOff,
        c.Evacuate,
    }
)
"""What may be done while cut off: all that concerns who is here, and nothing of the book or the settings."""
ANSWERED: Final = frozenset(
    {q.Desk, q.Kiosk, q.Offices, q.OneVisit, q.SeeFirstReason, q.VisitByCode, q.Search, q.WorkingDays, q.TicketOf}
)
"""What may be asked: of all else the station's own file knows nothing, and nothing false is said."""


class StationDoor(Door):
    """See the module. `shared` None: the database could not be reached at the start. `watch` False: nothing happens by
    itself, and whoever holds the door calls `look_again` and `follow`."""

    def __init__(
        self,
        own: OwnFile,
        config: Config,
        pins: PinHasher,
        open_shared: Callable[[], Door],
        kind: StationKind,
        shared: Door | None,
        *,
        watch: bool = True,
    ) -> None:
        super().__init__(own, config, pins)
        self.goes_on = True
        """A window goes on sending what it has to, although the database is out of reach."""
        self.own = own
        self._kind = kind
        self._open_shared = open_shared
        self._shared = shared
        self._cut = threading.Event()
        if shared is None or own.unjoined:
            # What was kept when the program ended, or was killed, joins before anything else is done there.
            self._cut.set()
        self._turn = threading.Lock()
        self._joining = threading.Lock()
        self._moved_prints: dict[str, str] = {}
        self._wake = threading.Event()
        self._wake.set()
        self._closed = threading.Event()
        self._news: News | None = None
        self._has_named_itself = False
        self._shares_name = False
        self.held_back = ""
        """Why what is kept here cannot join although the server is there, and what to do; empty: it can."""
        self.not_joined = ""
        """The file, beside the own one, with what could not join; empty: all has joined."""
        if self._cut.is_set() and own.copy is None:
            raise nothing_kept()
        if watch:
            threading.Thread(target=self._watch, name="reception-own-file", daemon=True).start()

    # -- contact ---------------------------------------------------------------------------------------------

    @property
    def is_cut_off(self) -> bool:
        return self._cut.is_set()

    @property
    def contact(self) -> Contact:
        """How this station stands with the database; SLOW is for whoever measures it."""
        heard, copy = self.own.clock.last_heard, self.own.copy
        last = heard if heard is not None or copy is None else copy.last_live
        return Contact(Reach.LOST if self._cut.is_set() else Reach.LIVE, last, self._shares_name)

    @property
    def kept(self) -> int:
        """How many visits are kept here that have not joined yet."""
        return self.own.visits_to_join()

    def lose(self) -> None:
        """From now on go on with the own file. Said by whoever finds out first."""
        if not self._cut.is_set():
            self._cut.set()
            self._wake.set()
            if self._news is not None:
                self._news.tell(self.contact)

    def wake(self) -> None:
        """Have the station look at once whether the database is back, or what has changed."""
        self._wake.set()

    def look_again(self) -> bool:
        """Whether the database is back; then all that was done here has joined it. Takes its time; one at a time."""
        with self._joining:
            if not self._cut.is_set():
                return True
            try:
                if self._shared is None:
                    self._shared = self._open_shared()
                shared = self._shared
                shared.changes(-1 if self.own.copy is None else self.own.copy.sequence)
                if not self._join_all(shared):
                    return False
            except Refusal as refusal:
                self._say_held_back(
                    "" if refusal.remedy == LOOK_AT_THE_NETWORK else f"{refusal.reason} {refusal.remedy}"
                )
                return False
            self.held_back = ""
            self.follow(whole=True)
            if self._news is not None and not self._cut.is_set():
                self._news.listen(shared)
                self._news.tell(self.contact)
            return not self._cut.is_set()

    def _say_held_back(self, why: str) -> None:
        """Once, and not each time that it is tried again."""
        if why == self.held_back:
            return
        self.held_back = why
        if why:
            log.warning("what is kept here does not join yet: %s", why)
        if self._news is not None:
            self._news.tell(self.contact)

    def _join_all(self, shared: Door) -> bool:
        """True when nothing is left, and the station is live again."""
        from reception.wiring import CAN_UNDO

        while True:
            command_id = self.own.next_to_join()
            if command_id is None:
                with self._turn:
                    if self.own.unjoined == 0:
                        self._cut.clear()
                        return True
                continue
            try:
                work = self.own.work_of(command_id)
                result = shared.do(replace(work, can_undo=type(work.done) in CAN_UNDO))
            except Exception as error:
                if isinstance(error, Refusal) and error.code in PASSES:
                    raise
                # Neither this nor what comes after it is lost, or waits for it for ever.
                log.exception("something that was done while cut off could not join")
                self.not_joined = self.own.set_aside(command_id).name
                continue
            self._moved_prints.update(zip(self._unprinted(work), result.prints, strict=False))
            self.own.has_joined(command_id)

    @staticmethod
    def _unprinted(work: c.JoinWork) -> tuple[str, ...]:
        return work.result.prints if len(work.unprinted) == len(work.result.prints) else ()

    def follow(self, *, whole: bool = False) -> bool:
        """Bring the own file up to what the database holds now. False when it was, or when that must wait."""
        shared = self._shared
        office_id = self._office_id()
        if shared is None or self._cut.is_set() or not office_id:
            return False
        try:
            has_moved = follow(shared.database, self.own, office_id, self._kind, whole=whole)
            if has_moved:
                self._name_itself(shared, office_id)
            return has_moved
        except Refusal as refusal:
            if refusal.code in OUT_OF_REACH:
                self.lose()
            else:
                log.warning("the station's own file could not follow: %s", refusal.code)
            return False

    def _name_itself(self, shared: Door, office_id: str) -> None:
        """A desk that is not in the office's list of stations puts itself there, once, for a series of its own; one
        that was taken out of the list stays out. A kiosk's role may not."""
        copy = self.own.copy
        if copy is None or is_in_list(copy.series) or self._kind is not StationKind.DESK or self._has_named_itself:
            return
        self._has_named_itself = True
        name = self.config.station
        command_id = c.joined_id(f"station {office_id} {name.casefold()}")
        try:
            shared.do(c.AddStation(id=command_id, office_id=office_id, station=name, name=name, kind=self._kind))
        except Refusal as refusal:
            log.info("this station is not in the list: %s", refusal.code)
        else:
            follow(shared.database, self.own, office_id, self._kind, whole=True)

    def _office_id(self) -> str:
        if self.own.copy is not None:
            return self.own.copy.office_id
        if self._shared is None:
            return ""
        found = self._shared.ask(q.Offices())
        named = self.config.office.casefold()
        return next((each.id for each in found if not named or each.name.casefold() == named), "")

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._wake.wait(LOOK_AGAIN_SECONDS if self._cut.is_set() else None)
            self._wake.clear()
            try:
                if self._cut.is_set():
                    self.look_again()
                elif not self._closed.wait(FOLLOW_AFTER_SECONDS):
                    self.follow()
            except Exception:
                log.exception("the station's own file")

    # -- the door --------------------------------------------------------------------------------------------

    def do(self, command: c.Command) -> c.Result:
        """As :meth:`Door.do`, at the database or, while that is out of reach, in the own file (`Result.cut_off`).

        A command that was under way when the database was lost is done here under the same id: should it have been
        saved there as well, that is found out when it joins. Refuses CUT_OFF and CALL_ALOUD.
        """
        if not self._cut.is_set():
            shared = self._shared
            assert shared is not None
            try:
                result = shared.do(command)
            except Refusal as refusal:
                if refusal.code not in OUT_OF_REACH:
                    raise
                self.lose()
                if type(command) not in POSSIBLE:
                    raise
                return self._go_on(command)
            self._wake.set()
            return result
        return self._do_here(command)

    def _go_on(self, command: c.Command) -> c.Result:
        try:
            return self._do_here(command)
        except Refusal:
            self.own.tried(command)
            raise

    def _do_here(self, command: c.Command) -> c.Result:
        if type(command) not in POSSIBLE:
            raise cut_off("That")
        if isinstance(command, c.SignOff):
            if command.close_day:
                raise cut_off("Closing the day")
            command = replace(command, close_day=False)
        with self._turn:
            if self._cut.is_set():
                return replace(super().do(command), cut_off=True)
        return self.do(command)

    def ask(self, query: q.Query) -> Any:
        """As :meth:`Door.ask`; while cut off by the own file, and refused CUT_OFF where that does not know."""
        if not self._cut.is_set():
            shared = self._shared
            assert shared is not None
            try:
                answer = shared.ask(query)
                if self.not_joined and isinstance(answer, DeskView):
                    return replace(answer, not_joined=self.not_joined)
                return answer
            except Refusal as refusal:
                if refusal.code not in OUT_OF_REACH:
                    raise
                self.lose()
        return self._ask_here(query)

    def _ask_here(self, query: q.Query) -> Any:
        if type(query) not in ANSWERED:
            raise cut_off("That")
        if isinstance(query, q.Desk):
            # Days are closed where all of them are seen.
            answer: Any = self._as_known_here(queries.desk_view(self.own, query), query)
        else:
            answer = super().ask(query)
        if isinstance(answer, KioskView):
            services = tuple(replace(each, wait=None) for each in answer.services)
            return replace(answer, sequence=_here(answer.sequence), services=services)
        return answer

    def _as_known_here(self, view: DeskView, query: q.Desk) -> DeskView:
        """Its own are called first; and how the day went for those who have left is not known here."""
        ours = self.own.ours(query.counter_id, query.station)
        mine = [row.visit_id for row in view.queue if row.mine]
        first = next((visit_id for visit_id in mine if visit_id in ours), None)
        return replace(
            view,
            sequence=_here(view.sequence),
            kept=self.kept,
            held_back=self.held_back,
            next_for_me=first or view.next_for_me,
            seen_today=0,
            judged_today=0,
            within_today=0,
        )

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        """As :meth:`Door.changes`. The own file counts for itself, below zero: a window asks again when the station is
        cut off and when it is back."""
        if not self._cut.is_set():
            shared = self._shared
            assert shared is not None
            try:
                sequence, changed = shared.changes(max(since, -1))
            except Refusal as refusal:
                if refusal.code not in OUT_OF_REACH:
                    raise
                self.lose()
            else:
                if self.own.copy is None or sequence != self.own.copy.sequence:
                    self._wake.set()
                return sequence, changed if since >= 0 else changed | {""}
        sequence, changed = super().changes(_here(since) if since < -1 else -1)
        return _here(sequence), changed if since < -1 else changed | {""}

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> Listening:
        """As :meth:`Door.feed`. That the database answers again is told when what was done here has joined."""
        self._news = News(self, on_beat, on_contact)
        if self._shared is not None:
            self._news.listen(self._shared)
        if self._cut.is_set():
            on_contact(self.contact)
        return self._news

    def hang_up(self) -> None:
        """Whatever waits for the database is refused at once, and this door goes on with the own file."""
        self.lose()
        if self._shared is not None:
            self._shared.hang_up()

    def heard_of_name(self, shares: bool) -> None:
        """Whether another window is called the same."""
        self._shares_name = shares

    def heard(self, beat: Beat) -> None:
        """The database has told its time, and where its journal stands."""
        self.own.clock.compare(beat.database_now)
        copy = self.own.copy
        if copy is None or (copy.sequence, copy.settings_version) != (beat.sequence, beat.settings_version):
            self._wake.set()

    # -- paper -----------------------------------------------------------------------------------------------

    def print_job(self, job_id: str) -> None:
        """As :meth:`Door.print_job`, wherever the paper was ordered."""
        moved = self._moved_prints.pop(job_id, None)
        if moved is None and self.own.has_print(job_id):
            super().print_job(job_id)
        elif self._shared is not None:
            self._shared.print_job(moved or job_id)

    def _paper_of(
        self, visit_id: str, reprint: bool, told: ExpectedWait | None = None
    ) -> tuple[TicketSnapshot, SlipSnapshot | None]:
        """Nothing is expected of a wait: who else has come or been called since is not known here."""
        ticket, slip = super()._paper_of(visit_id, reprint, told)
        return replace(ticket, wait=told), slip

    def letter(self, appointment_id: str, kind: LetterKind, large_print: bool | None = None) -> LetterOut:
        if self._cut.is_set() or self._shared is None:
            raise cut_off("A letter")
        return self._shared.letter(appointment_id, kind, large_print)

    def now(self) -> Instant:
        return super().now() if self._cut.is_set() or self._shared is None else self._shared.now()

    def close(self) -> None:
        self._closed.set()
        self._wake.set()
        if self.own.copy is not None and not self._cut.is_set():
            try:
                note_last_live(self.own, self.own.clock.now())
            except Refusal as refusal:
                log.warning("the station's own file: %s", refusal.code)
        super().close()
        if self._shared is not None:
            self._shared.close()


class News:
    """The feed of the shared database as a window hears it through this door: nothing of it while cut off."""

    def __init__(
        self, door: StationDoor, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]
    ) -> None:
        self._door = door
        self._on_beat = on_beat
        self.tell = on_contact
        self._feed: Listening | None = None
        self._is_closed = False

    def listen(self, shared: Door) -> None:
        if self._feed is None and not self._is_closed:
            self._feed = shared.feed(self._beat, self._contact)

    def close(self) -> None:
        self._is_closed = True
        if self._feed is not None:
            self._feed.close()

    def wait(self, seconds: float) -> bool:
        return self._feed is None or self._feed.wait(seconds)

    def _beat(self, beat: Beat) -> None:
        self._door.heard(beat)
        if not self._door.is_cut_off:
            self._on_beat(beat)

    def _contact(self, contact: Contact) -> None:
        self._door.heard_of_name(contact.shares_name)
        if contact.reach is Reach.LOST:
            self._door.lose()
        elif self._door.is_cut_off:
            self._door.wake()
        else:
            self.tell(contact)


def _here(sequence: int) -> int:
    """The own file's count as windows see it, and back: -2, -3 and so on."""
    return -2 - sequence


def cut_off(what: str) -> Refusal:
    return Refusal(
        Code.CUT_OFF,
        f"{what} is not possible while the database is out of reach.",
        "Go on with arrivals and your own visits; try this again when the database is back.",
    )


def nothing_kept() -> Refusal:
    return Refusal(
        Code.DATABASE_UNREACHABLE,
        "The database cannot be reached, and this station has never been connected to it.",
        "Check the network and the settings, then try again.",
    )


def open_station_door(
    config: Config,
    kind: StationKind,
    *,
    clock: Clock | None = None,
    pins: PinHasher | None = None,
    progress: Callable[[int, int], None] | None = None,
    folder: Path | None = None,
    kept_clock: KeptClock | None = None,
    watch: bool = True,
) -> Door:
    """The door of a station. It opens while the database is out of reach, if the station has been connected before;
    and without a file of its own where that can't be kept: then it is cut off as any other program would be.

    `folder`: where own files are kept; None: in the user's data folder.
    """

    def open_shared() -> Door:
        return open_door(config, clock=clock, pins=pins, progress=progress, kind=kind)

    try:
        shared: Door | None = open_shared()
    except Refusal as refusal:
        if refusal.code not in OUT_OF_REACH:
            raise
        shared, why = None, refusal
    path = own_path(folder or data_folder() / "stations", config.station, config.office, config.database_url())
    try:
        own = open_own_file(path, config.ordering, config.station, kept_clock)
    except Refusal as refusal:
        if shared is None:
            raise
        log.warning("this station has no file of its own to go on with when it is cut off: %s", refusal)
        return shared
    if shared is None and own.copy is None:
        own.close()
        raise why
    return StationDoor(own, config, pins or Argon2Pins(), open_shared, kind, shared, watch=watch)


def open_for_station(
    config: Config, *, progress: Callable[[int, int], None] | None = None, kind: StationKind = StationKind.DESK
) -> Door:
    """The door of a window. One PC with its SQLite file needs no other file: what would take the one takes the other
    with it. A display keeps nothing, and a supervisor asks for what no copy holds."""
    is_shared = config.database_url().startswith("postgresql")
    if is_shared and kind in (StationKind.DESK, StationKind.KIOSK):
        return open_station_door(config, kind, progress=progress)
    return open_door(config, progress=progress, kind=kind)
