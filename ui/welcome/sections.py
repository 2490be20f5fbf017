"""The sections together: filled as one, read as one, and what one of them means for the others."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reception.clock import Clock, local_date
from reception.services.office_settings import OfficeSettings
from ui.welcome.closures_page import ClosuresPage
from ui.welcome.counters_page import CountersPage
from ui.welcome.hours_page import HoursPage
from ui.welcome.interpreters_page import InterpretersPage
from ui.welcome.kiosk_page import KioskPage
from ui.welcome.languages_page import LanguagesPage
from ui.welcome.notices_page import NoticesPage
from ui.welcome.office_page import USUAL_ZONE, OfficePage
from ui.welcome.page import Field, Page, Remark
from ui.welcome.promises_page import PromisesPage
from ui.welcome.reading import Unreadable
from ui.welcome.rooms_page import RoomsPage
from ui.welcome.services_page import ServicesPage
from ui.welcome.staff_page import StaffPage
from ui.welcome.taking_document import TakingDocument


class Sections(QObject):
    """All that can be typed. The pages are given to whoever shows them."""

    edited = Signal()
    checked = Signal()
    remarked = Signal(Remark)

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self.office = OfficePage()
        self.promises = PromisesPage()
        self.hours = HoursPage()
        self.closures = ClosuresPage(self._today)
        self.services = ServicesPage()
        self.counters = CountersPage()
        self.staff = StaffPage()
        self.rooms = RoomsPage()
        self.interpreters = InterpretersPage()
        self.kiosk = KioskPage()
        self.notices = NoticesPage(self._today)
        self.languages = LanguagesPage()
        self.pages: tuple[Page, ...] = (
            self.office,
            self.promises,
            self.hours,
            self.closures,
            self.services,
            self.counters,
            self.staff,
            self.rooms,
            self.interpreters,
            self.kiosk,
            self.notices,
            self.languages,
        )
        self._settings: OfficeSettings | None = None
        self._as_filled: list[object] = []
        self._connect()

    def _connect(self) -> None:
        """Every signal between the sections, in one place."""
        for page in self.pages:
            page.remarked.connect(self.remarked)
            page.checked.connect(self.checked)
            page.edited.connect(self.edited)
        self._document = TakingDocument(self.office, self.promises, self.hours, self)
        self._document.taken.connect(self.remarked)
        self.services.edited.connect(self._offer_services)
        self.hours.edited.connect(self._offer_hours)

    def fill(self, settings: OfficeSettings) -> None:
        """Show settings as they are kept."""
        for page in self.pages:
            page.fill(settings)
            page.rechain()
        self.keep(settings)
        self.is_kept_now()

    def fix_letters(self, in_use: frozenset[str]) -> None:
        """Tickets of today begin with these letters: renaming a service does not change them."""
        self.services.letters_in_use = in_use

    def keep(self, settings: OfficeSettings) -> None:
        """These settings are kept now; what was typed stays."""
        self._settings = settings

    def kept(self) -> OfficeSettings | None:
        """The settings as they were read; None before that."""
        return self._settings

    def is_kept_now(self) -> None:
        """What stands in the sections now is what is kept."""
        self._as_filled = self.typed()

    def is_changed(self) -> bool:
        """Whether anything was typed that is not kept."""
        return self._settings is not None and self.typed() != self._as_filled

    def typed(self) -> list[object]:
        """All that stands in the sections, to be compared; of a PIN only whether one was typed."""
        return [page.typed() for page in self.pages]

    def answers(self) -> OfficeSettings:
        """The settings as typed, PINs with them; only when nothing is wrong."""
        assert self._settings is not None
        settings = self._settings
        for page in self.pages:
            settings = page.into(settings)
        return settings

    def faults(self) -> list[tuple[int, Field]]:
        """Say everything that is wrong, each mistake with the place of its section, in reading order."""
        for page in self.pages:
            page.say_all()
        return [(at, fault) for at, page in enumerate(self.pages) for fault in page.faults()]

    def count_faults(self) -> int:
        """How many mistakes there are, said or not."""
        return sum(len(page.faults()) for page in self.pages)

    def said_faults(self) -> list[int]:
        """How many mistakes are said in each section."""
        return [page.said_faults() for page in self.pages]

    def place_of(self, field: str) -> tuple[int, QWidget] | None:
        """The place of a section and the control in it for what a refusal names; None when nothing is named."""
        found = ((at, page.control_of(field)) for at, page in enumerate(self.pages))
        return next(((at, control) for at, control in found if control is not None), None)

    def forget_pins(self) -> None:
        self.staff.forget_pins()
        self.kiosk.forget_pins()

    def _offer_services(self) -> None:
        offered = self.services.offered()
        self.counters.offer(offered)
        self.staff.offer(offered)
        self.languages.offer(offered)

    def _offer_hours(self) -> None:
        with suppress(Unreadable):  # it is said beside the field
            hours = self.hours.hours()
            self.staff.offer_hours(hours)
            self.interpreters.offer_hours(hours)

    def _today(self) -> date:
        zone = self.office.zone.text() if self.office.zone.is_known() else USUAL_ZONE
        return local_date(self._clock.now(), ZoneInfo(zone))
