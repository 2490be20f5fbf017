"""The nearest free slots that meet a wish, as big choices, and what narrows them down."""

from __future__ import annotations

from datetime import date, time, timedelta

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import Instant, local_date
from reception.domain.book import BookView
from reception.domain.booking import Slot, Wish
from reception.services.appointment_queries import FreeSlots, SlotsLike
from ui.book.fold import Fold
from ui.book.hands import BookPanel
from ui.book.picks import Pick, PickList
from ui.book.words import when_words
from ui.isolated import isolated
from ui.moments import day_words, said_time
from ui.panels.fields import FieldRow
from ui.refused import Refused
from ui.widgets import RING, KeyButton, Paragraph
from ui.widgets.drop import Drop

MORE = 3
MOST = 9
"""As many as have a figure of their own."""
DAYS_OFFERED = 28
_NOON = time(12)
_MORNING, _AFTERNOON = "morning", "afternoon"
NONE_FREE = "Nothing is free in the next 60 days. Choose another officer, day or time of day."


class SlotFinder(QWidget):
    """Asks by itself, and again whenever something narrows it down. Nothing is shown before there is a wish."""

    changed = Signal(object)
    """The :class:`Slot` that is chosen, or None."""
    came = Signal()
    """Slots are offered, or none could be found."""
    narrowed = Signal()
    """A day, officer or time of day was chosen: what was pointed at in the grid holds no more."""
    picked = Signal()
    """A slot was chosen by key or click: go on to the next question."""

    def __init__(self, panel: BookPanel, *, without: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._without = without
        self._wish: Wish | None = None
        self._like: SlotsLike | None = None
        self._count = MORE
        self._asked = 0
        self._goes_to_picks = False
        self._takes_fixed = False
        self._hint = ""
        self._fixed: Slot | None = None
        self._slots: dict[str, Slot] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.words = Paragraph(token="text-muted")
        self.words.setContentsMargins(RING, 4, RING, 4)
        self.words.hide()
        self.picks = PickList("Free times")
        self.fold = Fold("Another day, officer or time")
        self._today = local_date(panel.hands.now(), panel.hands.view().office.zone)
        self.day = Drop("From", self._days(self._today))
        self.officer = Drop("With", self._officers(""))
        self.time = Drop("Time of day", [("", "Any time"), (_MORNING, "Morning"), (_AFTERNOON, "Afternoon")])
        for label, field in (("From", self.day), ("With", self.officer), ("Time", self.time)):
            self.fold.add(FieldRow(label, field))
            field.currentIndexChanged.connect(self._narrowed)
        self.more = KeyButton(QAction("More times", self), "lean")
        self.more.action().triggered.connect(self._show_more)
        self.more.hide()
        for widget in (self.words, self.picks, self.more, self.fold):
            layout.addWidget(widget)
        self.fold.hide()
        self.picks.changed.connect(lambda key: self.changed.emit(self._slots.get(key)))
        self.picks.picked.connect(lambda _: self.picked.emit())

    # -- what is wished --------------------------------------------------------------------------------------

    def start_from(self, day: date) -> None:
        """Look from this day on, unless that is past."""
        self.day.blockSignals(True)
        self.day.set_choices(self._days(day))
        self.day.set_value(day.isoformat() if day > self._today else "")
        self.day.blockSignals(False)

    def show_pointed_at(self, fixed: Slot) -> None:
        """Before it is known what it is about: the time that was pointed at in the grid."""
        self._asked += 1
        self._wish, self._fixed = None, fixed
        self._offer((fixed,))

    def look_for(self, wish: Wish, fixed: Slot | None = None, hint: str = "") -> None:
        """Find slots that meet a wish. `fixed`: one that was pointed at, offered first and chosen. `hint`: said over
        them."""
        self._hint = hint
        if wish == self._wish and fixed == self._fixed:
            return
        self._count = MORE
        service_changed = self._wish is None or wish.service_id != self._wish.service_id
        if service_changed:
            self._offer_officers(wish.service_id)
        self._wish, self._fixed = wish, fixed
        self._takes_fixed = fixed is not None
        self._ask()

    def offer_first(self, fixed: Slot) -> None:
        """This one was pointed at: it is chosen, before what else is free."""
        self._fixed, self._takes_fixed = fixed, True
        self._ask()

    def look_like(self, like: SlotsLike, wish: Wish, *, go_there: bool = False) -> None:
        """Find slots that meet all needs of a booking or visit; narrowed down, those that meet `wish`.

        `go_there`: the focus goes to what is free, one key away.
        """
        self._goes_to_picks = go_there
        self._offer_officers(wish.service_id)
        self._like, self._wish = like, wish
        self._ask()

    def look_again(self, *, go_there: bool = True) -> None:
        """Somebody else has taken what was offered."""
        self._fixed = None
        self._goes_to_picks = go_there
        self._ask()

    def slot(self) -> Slot | None:
        """The one that is chosen."""
        return self._slots.get(self.picks.value())

    def offered(self) -> tuple[Instant, ...]:
        """The starts of all that are offered."""
        return tuple(slot.place.starts for slot in self._slots.values())

    def narrowed_wish(self) -> Wish | None:
        """The wish with what narrows it down."""
        wish = self._wish
        if wish is None:
            return None
        if day := self.day.value():
            wish = replace(wish, first_day=date.fromisoformat(day))
        if officer_id := self.officer.value():
            wish = replace(wish, officer_id=officer_id)
        if (part := self.time.value()) == _MORNING:
            wish = replace(wish, latest=_NOON)
        elif part == _AFTERNOON:
            wish = replace(wish, earliest=_NOON)
        return wish

    # -- asking ----------------------------------------------------------------------------------------------

    def _narrowed(self) -> None:
        if self._wish is not None:
            self._fixed, self._count = None, MORE
            self._ask()
        self.narrowed.emit()

    def _show_more(self) -> None:
        self._count += MORE
        self._ask()

    def _ask(self) -> None:
        self._asked += 1
        asked, wish = self._asked, self.narrowed_wish()
        if wish is None:
            return
        self.fold.show()
        office_id = self._panel.hands.view().office.id
        is_narrowed = bool(self.day.value() or self.officer.value() or self.time.value())
        query: FreeSlots | SlotsLike = FreeSlots(office_id, wish, self._count, self._without)
        if self._like is not None and not is_narrowed:
            query = replace(self._like, count=self._count)
        if not self._slots:
            self._say("Looking for free times…")
        self._panel.ask(query, lambda slots: self._came(asked, slots), lambda no: self._came_not(asked, no))

    def _came(self, asked: int, slots: tuple[Slot, ...]) -> None:
        if asked == self._asked:
            self._offer(slots)

    def _came_not(self, asked: int, no: Refused) -> None:
        """What is free can't be told: the panel says why and what to do, and nothing is looked for any more."""
        if asked == self._asked:
            self._say("" if self._slots else no.reason)

    def _offer(self, slots: tuple[Slot, ...]) -> None:
        offered = list(slots)
        if self._fixed is not None:
            fixed = self._fixed
            offered = [fixed, *(slot for slot in offered if slot.place.starts != fixed.place.starts)][: self._count]
        before = self.slot()
        self._slots = {slot_key(slot): slot for slot in offered}
        now, zone = self._panel.hands.now(), self._panel.hands.view().office.zone
        picks = []
        for key, slot in self._slots.items():
            day = when_words(slot.place.starts, now, zone)
            words = f"{day[:1].upper()}{day[1:]}, {said_time(slot.place.starts, zone)}"
            picks.append(Pick(key, words, slot_detail(slot)))
        self.picks.set_picks(picks, choose_first=self._fixed is not None)
        if self._takes_fixed and picks:
            self.picks.set_value(picks[0].id)
        self._takes_fixed = False
        had_focus = self.more.hasFocus()
        self.more.setVisible(MORE <= self._count < MOST and len(offered) == self._count)
        if had_focus:
            self.picks.setFocus()
        self._say(self._hint if offered else NONE_FREE)
        if self._goes_to_picks:
            self._goes_to_picks = False
            self.picks.setFocus()
        self.came.emit()
        if self.slot() != before:
            self.changed.emit(self.slot())

    def _say(self, words: str) -> None:
        self.words.set_text(words)
        self.words.setVisible(bool(words))

    def _offer_officers(self, service_id: str) -> None:
        """Those who serve it; nothing is asked because of that alone."""
        self._wish = None
        self.officer.blockSignals(True)
        self.officer.set_choices(self._officers(service_id))
        self.officer.blockSignals(False)

    def _officers(self, service_id: str) -> list[tuple[str, str]]:
        staff = self._panel.hands.view().office.staff
        able = [each for each in staff if (each.may_take(service_id) if service_id else each.takes_appointments)]
        return [("", "Anyone"), *((each.id, each.name) for each in able)]

    def _days(self, shown: date) -> list[tuple[str, str]]:
        """Days on which somebody is there, of the next weeks, and the one that is shown."""
        view = self._panel.hands.view()
        days = {day for day in _days_after(self._today) if _may_be_open(view, day)}
        if shown > self._today:
            days.add(shown)
        return [("", "Soonest"), *((day.isoformat(), day_words(day, self._today)) for day in sorted(days))]


def _may_be_open(view: BookView, day: date) -> bool:
    """Whether the office, or anybody who works there, has hours on a day, as far as the book that is shown knows."""
    office = view.office
    if day in office.closures or day in view.bank_holidays:
        return False
    hours = [*office.hours, *(each for officer in office.staff for each in officer.hours)]
    return any(each.weekday == day.weekday() for each in hours)


def slot_key(slot: Slot) -> str:
    """A slot told from all others that are offered."""
    place = slot.place
    return f"{place.starts}-{place.ends}-{place.officer_id}-{place.room_id}-{place.interpreter_id}"


def slot_detail(slot: Slot) -> str:
    """Who and what a slot holds: "Grace Okafor, Room 2"."""
    return ", ".join(word for word in (isolated(slot.officer), slot.room, slot.interpreter) if word)


def _days_after(today: date) -> list[date]:
    return [today + timedelta(days=later) for later in range(1, DAYS_OFFERED + 1)]
