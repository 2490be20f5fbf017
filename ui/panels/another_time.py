"""Another time: the nearest slots that meet every need, one of them by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from reception.clock import Instant, local_date
from reception.domain.booked import DelayReason
from reception.domain.booking import Slot
from reception.domain.desk_view import DeskView
from reception.errors import Code
from reception.services.appointment_commands import TellOfDelay
from reception.services.commands import Command, Result
from ui import appointment_words as words
from ui import moments
from ui.models.strips import Cell, StripRow
from ui.panels.fields import FieldRow
from ui.panels.rows_panel import RowsPanel
from ui.refused import Refused
from ui.widgets import KeyButton, LineEdit
from ui.widgets.drop import Drop

COLUMNS = (20, 210, 0)
HEADS = ("Key", "When", "With")
SLOTS = 3
LOOKING = "Looking for the nearest free times…"
NONE_LATER = "No free time meets every need from {day} on. S comes back to the soonest."
NONE_FREE = "No free time meets every need in the next weeks. The book may have one for fewer needs."
NO_SLOT = Refused(Code.BAD_INPUT, "There is no time to choose yet.", "Wait a moment, or look in the book.")

Booking = Callable[[str, Slot, tuple[Instant, ...]], Command]
"""The command of an id, the slot that was taken and the starts of all that were offered."""
Naming = Callable[[str], Booking]
"""The booking for whoever has the name that was typed."""
Telling = Callable[[str, DelayReason, tuple[Instant, ...]], TellOfDelay]


class AnotherTimePanel(RowsPanel):
    """Offers the nearest slots, or those of another day; Enter books the one that is chosen.

    `telling`: the visitor is told of a delay with it; that is kept first, and the booking follows. `naming`: nobody
    knows the visitor's name yet, so it is asked for.
    """

    ends_at_counter = True

    wants_slots = Signal()
    """Those from `first_day` on; answered with :meth:`show_slots`."""
    book_wanted = Signal()

    def __init__(
        self,
        title: str,
        note: str,
        zone: ZoneInfo,
        now: Instant,
        booking: Booking,
        *,
        main: str = "Book",
        telling: Telling | None = None,
        naming: Naming | None = None,
    ) -> None:
        super().__init__(title, note, HEADS, COLUMNS, "Free times")
        self._zone, self._now = zone, now
        self._booking, self._telling, self._main_words = booking, telling, main
        self._slots: tuple[Slot, ...] = ()
        self._unknown: Refused | None = None
        """Why what is free can't be told."""
        self._offered: dict[Instant, None] = {}
        """The starts of all slots that were shown, in the order of showing."""
        self.first_day: date | None = None
        """The local day from which on slots are wanted; None for the soonest."""
        self.reason = Drop("Why", [(reason.value, said) for reason, said in words.REASONS.items()])
        if telling is not None:
            self.content.addWidget(FieldRow("Why", self.reason))
        self._naming = naming
        self.name = LineEdit()
        if naming is not None:
            self.content.addWidget(FieldRow("Name", self.name))
        self.words = self.add_words(LOOKING, "text-muted")
        for number in range(1, SLOTS + 1):
            self.deed(f"Time {number}", str(number), self._choosing(number))
        deeds = self.add_deeds()
        deeds.add(KeyButton(self.deed("Another day", "D", self._to_another_day)))
        self._soonest = KeyButton(self.deed("The soonest", "S", self._to_the_soonest))
        deeds.add(self._soonest)
        deeds.add(KeyButton(self.deed("In the book", "O", self.book_wanted.emit)))
        self._soonest.action().setEnabled(False)
        self._button = self.set_main(main, self._book, LOOKING)
        self.start_with(self.list)
        self.list.chosen.connect(lambda _: self._show_choice())

    def _choosing(self, number: int) -> Callable[[], None]:
        return lambda: self._choose(number)

    def _choose(self, number: int) -> None:
        if number <= len(self._slots):
            self.list.choose(_key(self._slots[number - 1]))

    # -- the slots ---------------------------------------------------------------------------------------------

    def _to_another_day(self) -> None:
        """From the day after the first that is shown."""
        first = local_date(self._slots[0].place.starts, self._zone) if self._slots else self.first_day
        if first is not None:
            self._want_from(first + timedelta(days=1))

    def _to_the_soonest(self) -> None:
        if self.first_day is not None:
            self._want_from(None)

    def _want_from(self, day: date | None) -> None:
        self.first_day = day
        self._soonest.action().setEnabled(day is not None)
        self.clear_problem()
        self.list.choose("")
        self._show_rows((), LOOKING)
        self.take_first_focus()
        self.wants_slots.emit()

    def show_slots(self, slots: tuple[Slot, ...]) -> None:
        """These are free; the nearest is chosen."""
        self._offered.update(dict.fromkeys(slot.place.starts for slot in slots))
        day = moments.day_words(self.first_day, local_date(self._now, self._zone)) if self.first_day else ""
        none = NONE_LATER.format(day=day) if day else NONE_FREE
        self._show_rows(slots, "" if slots else none)

    def show_unknown(self, no: Refused) -> None:
        """What is free can't be told: why, and what to do meanwhile. Asked again as soon as something has changed."""
        self._show_rows((), "", no)
        self.refuse(no)

    def show_view(self, view: DeskView) -> None:
        """While cut off nothing more is known, whatever happens here."""
        if self._unknown is not None and view.kept is None:
            self.clear_problem()
            self._show_rows((), LOOKING)
            self.wants_slots.emit()

    def _show_rows(self, slots: tuple[Slot, ...], said: str, unknown: Refused | None = None) -> None:
        self._slots, self._unknown = slots, unknown
        self.words.set_text(said)
        self.words.setVisible(bool(said))
        rows = [self._row(at, slot) for at, slot in enumerate(slots, start=1)]
        self.show_rows(rows, _key(slots[0]) if slots else "")
        self._show_choice()

    def _row(self, number: int, slot: Slot) -> StripRow:
        when = words.when_words(slot.place.starts, self._zone, self._now)
        held = ", ".join(part for part in (slot.officer, slot.room, slot.interpreter) if part)
        cells = (Cell(str(number), "text-muted"), Cell(words.capital(when), weight=600), Cell(held))
        return StripRow(_key(slot), slot, cells, words.slot_words(slot, self._zone, self._now))

    def slot(self) -> Slot | None:
        """The slot that Enter books."""
        return next((slot for slot in self._slots if _key(slot) == self.chosen()), None)

    def _show_choice(self) -> None:
        slot = self.slot()
        if slot is not None:
            self._button.set_detail(words.slot_words(slot, self._zone, self._now))
        elif self._unknown is not None:
            self._button.set_detail("")  # why stands above it
        else:
            self._button.set_detail(LOOKING if not self._slots and self.words.text() == LOOKING else "Nothing free")

    # -- booking -----------------------------------------------------------------------------------------------

    def offered(self) -> tuple[Instant, ...]:
        """The starts of all that were offered."""
        return tuple(self._offered)

    def _book(self) -> None:
        slot = self.slot()
        if slot is None:
            self.refuse(self._unknown or NO_SLOT)
        elif self._telling is not None:
            self.sent.emit(self._telling(self.ids.id_for("tell"), DelayReason(self.reason.value()), self.offered()))
        else:
            name = self.name.text().strip()
            booking = self._naming(name) if self._naming is not None else self._booking
            self.sent.emit(booking(self.ids.id_for((_key(slot), name)), slot, self.offered()))

    def asks_before_leaving(self) -> bool:
        return bool(self.name.text())

    def command_done(self, command: Command, result: Result) -> bool:
        if not isinstance(command, TellOfDelay):
            return True
        self._telling = None
        self._book()
        return False

    def refuse(self, no: Refused) -> None:
        """Somebody else was quicker: what is free now is looked for again."""
        super().refuse(no)
        if no.code is Code.SLOT_TAKEN:
            self.wants_slots.emit()


def _key(slot: Slot) -> str:
    return f"{slot.place.starts} {slot.place.officer_id} {slot.place.room_id} {slot.place.interpreter_id}"
