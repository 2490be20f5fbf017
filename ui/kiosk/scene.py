"""What a screen is made from: the visitor's words, what the office shows, and what has been entered."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.clock import Instant, local_date, local_datetime
from reception.domain.kiosk import KioskService, KioskView
from reception.domain.said_wait import ExpectedWait
from ui.kiosk.entered import Entered
from ui.visitor_words import VisitorWords


class Scene(Struct, frozen=True):
    """What a screen is made from."""

    words: VisitorWords
    view: KioskView
    entered: Entered
    now: Instant
    cut_off: bool = False
    unreadable: frozenset[str] = frozenset()
    """Languages that this computer has no font for: their words would be boxes."""
    is_on_the_way: bool = False
    """The language is asked for a second time, from a later screen."""

    def time(self, at: Instant) -> str:
        return self.words.time(local_datetime(at, _zone(self.view)))

    def today(self) -> date:
        return local_date(self.now, _zone(self.view))

    def day(self, at: Instant) -> str:
        return self.words.day(local_date(at, _zone(self.view)), self.today())

    def is_today(self, at: Instant) -> bool:
        return local_date(at, _zone(self.view)) == self.today()

    def name_of(self, service: KioskService) -> tuple[str, str]:
        """A service's name and what it is about, in the visitor's language where the office has given them."""
        said = service.said.get(self.words.tag)
        return (said.name, said.about) if said is not None else (service.name, service.about)

    def service(self) -> KioskService | None:
        """The one that the visitor has chosen."""
        return self.view.service(self.entered.service_id)

    def brief_wait(self, wait: ExpectedWait | None) -> str:
        return "" if wait is None or self.cut_off else self.words.wait("kiosk.wait.brief", wait)


def _zone(view: KioskView) -> ZoneInfo:
    return ZoneInfo(view.timezone)
