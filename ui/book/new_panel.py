"""New booking: what is it about, when, and who. A service, a figure, a name and Enter are enough."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.clock import MINUTE, Instant, local_date, local_datetime
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot, Wish
from reception.domain.snapshots import Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services.appointment_commands import BookAppointment, HoldSlot, ReleaseHold
from reception.services.commands import Command, Result, new_id
from ui.book.booking_fields import ArrangedFields, RoomFields
from ui.book.hands import Hands
from ui.book.placing import CHOOSE_A_TIME, PlacingPanel
from ui.book.slot_finder import SlotFinder, slot_detail
from ui.book.visitor_form import VisitorForm
from ui.book.words import kind_words, when_words
from ui.link import Refused
from ui.panels.fitting import flowing
from ui.texts import said_time
from ui.widgets import RING, ChoiceGrid, Offer, Segmented

NO_SERVICE = Refused(Code.BAD_INPUT, "Choose a service first.", "Its letter is enough.")
BAD_DAY = Refused(Code.BAD_INPUT, "The date of birth can't be read.", "Write it as 9 3 1971, or leave it out.")


class NewPanel(PlacingPanel):
    """Books an appointment; holds the chosen slot meanwhile."""

    def __init__(
        self, hands: Hands, fixed: Slot | None = None, *, visit_id: str = "", service_id: str = "",
        person: Person | None = None, send: Callable[[Command, PlacingPanel], None],
    ) -> None:  # fmt: skip
        super().__init__(hands, "New booking")
        office = hands.view().office
        self._send = send
        self._fixed = fixed
        self._visit_id = visit_id
        self._held: Slot | None = None
        self._hold_id = ""
        self._hold_until: Instant | None = None
        self._book_sent = False
        self.service = flowing(ChoiceGrid(2, "Service"))
        self.service.set_offers([Offer(each.id, each.letter, each.name) for each in office.services])
        self.kind = Segmented([(kind, kind_words(kind)) for kind in Kind], "Kind of appointment")
        self.finder = SlotFinder(self)
        self.form = VisitorForm(local_date(hands.now(), office.zone))
        self.more = RoomFields(office)
        self.rest = ArrangedFields()
        self.kind.setContentsMargins(0, RING, 0, RING)
        for part in (self.service, self.kind, self.finder, self.form, self.more, self.rest):
            self.content.addWidget(part)
        self.end_content()
        self.form.hide()
        self.more.hide()
        self.rest.hide()
        self.set_main("Book", self._book, NO_SERVICE.reason)
        self.start_with(self.service)
        self._connect()
        if person is not None:
            self.form.set_visitor(Visitor(person), "", 1)
        if service_id:
            self.service.set_value(service_id)

    def _connect(self) -> None:
        self.service.changed.connect(self._service_changed)
        self.finder.came.connect(self._go_to_picks)
        self.kind.changed.connect(self._kind_changed)
        self.finder.changed.connect(self._slot_changed)
        self.finder.picked.connect(self.form.name.setFocus)
        self.form.needs_changed.connect(self._needs_changed)
        self.more.changed.connect(self._look)
        self.rest.by_council.toggled.connect(self._look)

    # -- what is wished --------------------------------------------------------------------------------------

    def wish(self) -> Wish:
        """What the slot must meet, as the form stands."""
        kind = Kind(str(self.kind.value()))
        more = self.more
        in_room = more.with_room.isChecked() or bool(more.room.value() or more.features.values())
        return Wish(
            service_id=self.service.value(),
            kind=kind,
            first_day=local_date(self.hands.now(), self.hands.view().office.zone),
            with_room=more.with_room.isChecked(),
            room_id=more.room.value() if kind is Kind.OFFICE else "",
            features=more.wanted_features() if kind is Kind.OFFICE else frozenset(),
            seats=self.form.party_size() if in_room and kind is Kind.OFFICE else 1,
            language=more.language.value(),
            by_council=self.rest.by_council.isChecked(),
        )

    def _service_changed(self, service_id: str) -> None:
        self.clear_problem()
        for widget in (self.form, self.more, self.rest):
            widget.show()
        self._look()
        self._show_main()

    def _go_to_picks(self) -> None:
        """The service has been answered: the next question is when."""
        focused: QWidget | None = self.focusWidget()
        if self.finder.slot() is not None:
            if focused is None or self.service.isAncestorOf(focused):
                self.form.name.setFocus()
        elif focused in (None, self.back_button, self.main_button()) or self.service.isAncestorOf(focused):
            self.finder.picks.setFocus()

    def _kind_changed(self, _kind: object) -> None:
        at_home = self.kind.value() == Kind.HOME_VISIT
        self.form.home.setVisible(at_home)
        self.more.show_room(self.kind.value() == Kind.OFFICE)
        self.rest.by_council.setChecked(at_home)
        self._look()

    def _needs_changed(self) -> None:
        person = self.form.person()
        self.more.add_needs(person.needs)
        self._look()

    def _look(self) -> None:
        """Find slots for the form as it stands."""
        self.forget_reason()
        wish = self.wish()
        if not wish.service_id:
            return
        fixed = self._fixed_for(wish)
        self.finder.look_for(wish if fixed is not None else self._near(wish), fixed)

    def _fixed_for(self, wish: Wish) -> Slot | None:
        """The slot that was pointed at in the grid, as long as the service takes."""
        service = self.hands.view().office.service(wish.service_id)
        if self._fixed is None or service is None or not self._fixed.place.officer_id:
            return None
        if wish.wants_room or wish.language:
            return None  # only a search knows which room and interpreter are free then
        starts = self._fixed.place.starts
        place = replace(self._fixed.place, ends=starts + service.minutes * MINUTE)
        return replace(self._fixed, place=place)

    def _near(self, wish: Wish) -> Wish:
        """The wish, from the time on that was pointed at, with whom or where that was."""
        if self._fixed is None:
            return wish
        pointed = self._fixed.place
        local = local_datetime(pointed.starts, self.hands.view().office.zone)
        return replace(
            wish,
            first_day=max(wish.first_day, local.date()),
            earliest=local.time(),
            officer_id=pointed.officer_id,
            room_id=wish.room_id or (pointed.room_id if wish.kind is Kind.OFFICE else ""),
        )

    # -- the slot that is held -------------------------------------------------------------------------------

    def _slot_changed(self, slot: Slot | None) -> None:
        self._show_main()
        if slot is None or slot == self._held:
            return
        self.forget_reason()
        self.clear_problem()
        before, self._hold_id = self._hold_id, new_id()
        self._held = slot
        self._send(
            HoldSlot(
                id=self._hold_id,
                **self.hands.by(),
                place=slot.place,
                service_id=self.service.value(),
                instead_of=before,
            ),
            self,
        )

    def _show_main(self) -> None:
        main = self.main_button()
        if main is None:
            return
        slot = self.finder.slot()
        if not self.service.value():
            main.set_detail(NO_SERVICE.reason)
        elif slot is None:
            main.set_detail(CHOOSE_A_TIME.reason)
        else:
            zone, now = self.hands.view().office.zone, self.hands.now()
            day = when_words(slot.place.starts, now, zone)
            who = slot_detail(slot)
            main.set_detail(f"{said_time(slot.place.starts, zone)} {day}{f', {who}' if who else ''}")

    def tick(self, now: Instant) -> None:
        if self._hold_until is None:
            return
        if now >= self._hold_until:
            self._hold_until, self._held = None, None
            self.set_note("no longer held")
        else:
            self.set_note(f"held until {said_time(self._hold_until, self.hands.view().office.zone)}")

    def let_go(self) -> None:
        if self._hold_id:
            self._send(ReleaseHold(**self.hands.by(), hold_id=self._hold_id), self)
            self._hold_id = ""

    # -- booking ---------------------------------------------------------------------------------------------

    def _book(self) -> None:
        slot, wish = self.finder.slot(), self.wish()
        if not wish.service_id:
            self.refuse(NO_SERVICE)
            self.service.setFocus()
            return
        if slot is None:
            self.refuse(CHOOSE_A_TIME)
            self.finder.picks.setFocus()
            return
        if (wrong := self.form.wrong_field()) is not None:
            self.refuse(BAD_DAY)
            wrong.setFocus()
            return
        if self.lacks_reason():
            return
        self._book_sent = True
        self.sent.emit(
            BookAppointment(
                id=self.ids.id_for(("book", slot.place)),
                **self.hands.by(),
                service_id=wish.service_id,
                place=slot.place,
                kind=wish.kind,
                visitor=self.form.visitor(),
                party_size=self.form.party_size(),
                about=self.form.about_words(),
                named_officer=self.rest.named.isChecked(),
                features=wish.features,
                seats=wish.seats,
                language=wish.language,
                by_council=wish.by_council,
                home=self.form.home.home(),
                wants_earlier=self.rest.earlier.isChecked(),
                reason=self.reason_given(),
                hold_id=self._hold_id,
                visit_id=self._visit_id,
                repeat=self.rest.repeat(),
            )
        )

    def command_done(self, command: Command, result: Result) -> bool:
        if isinstance(command, HoldSlot):
            minutes = self.hands.view().office.hold_minutes
            self._hold_until = result.at + minutes * MINUTE if result.at else self.hands.now() + minutes * MINUTE
            self.tick(self.hands.now())
            return False
        if isinstance(command, BookAppointment):
            self._hold_id = ""
            return True
        return False

    def look_again(self) -> None:
        self._hold_id, self._held, self._hold_until, self._fixed = "", None, None, None
        self.set_note("")
        # Whoever went on to the name while the slot was being held goes on typing it.
        self.finder.look_again(go_there=self._book_sent or not self.form.name.text())
        self._book_sent = False

    def is_worth_keeping(self) -> bool:
        return self.form.is_filled_in()


def slot_at(hands: Hands, place: Place) -> Slot:
    """A place that was pointed at, by name."""
    office = hands.view().office
    officer, room = office.officer(place.officer_id), office.room(place.room_id)
    return Slot(place, officer.name if officer else "", room.name if room else "")
