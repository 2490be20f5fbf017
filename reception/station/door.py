"""The door of a station: the shared database, or its own file while that is out of reach.

The file is another database of Reception, and this door is the plain one on it; before it stands the door of the shared
database for as long as that answers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from reception.app import Door, Listening
from reception.clock import Instant
from reception.config import Config
from reception.domain.booked import LetterKind
from reception.domain.desk_view import DeskView
from reception.domain.kiosk import KioskView
from reception.domain.letter_snapshot import LetterOut
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.domain.stations import Beat, Contact, StationKind
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.appointment_queries import LetterOf
from reception.services.office_ports import PinHasher
from reception.station.catching_up import CatchingUp
from reception.station.following import Following
from reception.station.joining import Joining
from reception.station.news import News
from reception.station.own_views import count_here, desk_as_known, kiosk_as_known
from reception.station.possible import ANSWERED, OUT_OF_REACH, POSSIBLE, cut_off, nothing_kept
from reception.station.standing import Standing
from reception.storage import queries
from reception.storage.copying import note_last_live
from reception.storage.own_file import OwnFile

log = logging.getLogger(__name__)


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
        self._standing = Standing(own, has_shared=shared is not None)
        self._joining = Joining(own.kept)
        following = Following(own, config, kind)
        self._catching_up = CatchingUp(
            own, self._standing, self._joining, following, open_shared, shared, self._hear_of_news
        )
        self._news: News | None = None
        if self.is_cut_off and own.copy is None:
            raise nothing_kept()
        if watch:
            self._catching_up.watch()

    # -- contact ---------------------------------------------------------------------------------------------

    @property
    def is_cut_off(self) -> bool:
        return self._standing.is_cut_off

    @property
    def contact(self) -> Contact:
        """How this station stands with the database."""
        return self._standing.contact

    @property
    def kept(self) -> int:
        """How many visits are kept here that have not joined yet."""
        return self.own.kept.visits_to_join()

    @property
    def held_back(self) -> str:
        """Why what is kept here cannot join although the server is there, and what to do; empty: it can."""
        return self._catching_up.held_back

    @property
    def not_joined(self) -> str:
        """The file, beside the own one, with what could not join; empty: all has joined."""
        return self._joining.not_joined

    def lose(self) -> None:
        """From now on go on with the own file. Said by whoever finds out first."""
        self._standing.lose()

    def look_again(self) -> bool:
        """Whether the database is back; then all that was done here has joined it. Takes its time; one at a time."""
        return self._catching_up.look_again()

    def follow(self) -> bool:
        """Bring the own file up to what the database holds now. False when it was, or when that must wait."""
        return self._catching_up.follow()

    # -- the door --------------------------------------------------------------------------------------------

    def sign_out_supervisor(self) -> None:
        """As :meth:`Door.sign_out_supervisor`, at the database too."""
        super().sign_out_supervisor()
        if self._catching_up.shared is not None:
            self._catching_up.shared.sign_out_supervisor()

    def do(self, command: c.Command) -> c.Result:
        """As :meth:`Door.do`, at the database or, while that is out of reach, in the own file (`Result.cut_off`).

        A command that was under way when the database was lost is done here under the same id: should it have been
        saved there as well, that is found out when it joins. Refuses CUT_OFF and CALL_ALOUD.
        """
        if not self.is_cut_off:
            shared = self._catching_up.shared
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
            self._standing.woken.set()
            return result
        return self._do_here(command)

    def _go_on(self, command: c.Command) -> c.Result:
        try:
            return self._do_here(command)
        except Refusal:
            self.own.kept.tried(command)
            raise

    def _do_here(self, command: c.Command) -> c.Result:
        if type(command) not in POSSIBLE:
            raise cut_off(type(command))
        if isinstance(command, c.SignOff):
            if command.close_day:
                raise cut_off(c.CloseDay)
            command = replace(command, close_day=False)
        with self._catching_up.turn:
            if self.is_cut_off:
                return replace(super().do(command), cut_off=True)
        return self.do(command)

    def ask(self, query: q.Query) -> Any:
        """As :meth:`Door.ask`; while cut off by the own file, and refused CUT_OFF where that does not know."""
        if not self.is_cut_off:
            shared = self._catching_up.shared
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
            raise cut_off(type(query))
        if isinstance(query, q.Desk):
            # Days are closed where all of them are seen.
            return desk_as_known(queries.desk_view(self.own, query), query, self.own, self.held_back)
        answer = super().ask(query)
        return kiosk_as_known(answer) if isinstance(answer, KioskView) else answer

    def changes(self, since: int) -> tuple[int, frozenset[str]]:
        """As :meth:`Door.changes`. The own file counts for itself, below zero: a window asks again when the station is
        cut off and when it is back."""
        if not self.is_cut_off:
            shared = self._catching_up.shared
            assert shared is not None
            try:
                sequence, changed = shared.changes(max(since, -1))
            except Refusal as refusal:
                if refusal.code not in OUT_OF_REACH:
                    raise
                self.lose()
            else:
                if self.own.copy is None or sequence != self.own.copy.sequence:
                    self._standing.woken.set()
                return sequence, changed if since >= 0 else changed | {""}
        sequence, changed = super().changes(count_here(since) if since < -1 else -1)
        return count_here(sequence), changed if since < -1 else changed | {""}

    def feed(self, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]) -> Listening:
        """As :meth:`Door.feed`. That the database answers again is told when what was done here has joined."""
        self._news = News(self.own, self._standing, on_beat)
        self._standing.tell_to(on_contact)
        if self._catching_up.shared is not None:
            self._news.listen(self._catching_up.shared)
        return self._news

    def _hear_of_news(self, shared: Door) -> None:
        if self._news is not None:
            self._news.listen(shared)

    def hang_up(self) -> None:
        """Whatever waits for the database is refused at once, and this door goes on with the own file."""
        self.lose()
        if self._catching_up.shared is not None:
            self._catching_up.shared.hang_up()

    # -- paper -----------------------------------------------------------------------------------------------

    def print_job(self, job_id: str) -> None:
        """As :meth:`Door.print_job`, wherever the paper was ordered."""
        moved = self._joining.moved_print(job_id)
        if moved is None and self.own.has_print(job_id):
            super().print_job(job_id)
        elif self._catching_up.shared is not None:
            self._catching_up.shared.print_job(moved or job_id)

    def _paper_of(
        self, visit_id: str, reprint: bool, told: ExpectedWait | None = None
    ) -> tuple[TicketSnapshot, SlipSnapshot | None]:
        """Nothing is expected of a wait: who else has come or been called since is not known here."""
        ticket, slip = super()._paper_of(visit_id, reprint, told)
        return replace(ticket, wait=told), slip

    def letter(self, appointment_id: str, kind: LetterKind, large_print: bool | None = None) -> LetterOut:
        if self.is_cut_off or self._catching_up.shared is None:
            raise cut_off(LetterOf)
        return self._catching_up.shared.letter(appointment_id, kind, large_print)

    def now(self) -> Instant:
        return super().now() if self.is_cut_off or self._catching_up.shared is None else self._catching_up.shared.now()

    def close(self) -> None:
        self._catching_up.close()
        if self.own.copy is not None and not self.is_cut_off:
            try:
                note_last_live(self.own, self.own.clock.now())
            except Refusal as refusal:
                log.warning("the station's own file: %s", refusal.code)
        super().close()
        if self._catching_up.shared is not None:
            self._catching_up.shared.close()
