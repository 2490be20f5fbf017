"""New booking: what is it about, when, and who. A service, a figure, a name and Enter are enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentCard
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot, Wish
from reception.domain.discreet import Discreet
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services.appointment_commands import BookAppointment, HoldSlot
from reception.services.commands import Command, Result
from ui.book.booking_fields import ArrangedFields, RoomFields
from ui.book.hands import Hands
from ui.book.holding import Holding
from ui.book.placing import CHOOSE_A_TIME, PlacingPanel
from ui.book.pointed import fixed_for, near, not_skilled
from ui.book.slot_finder import SlotFinder, slot_detail
from ui.book.visitor_form import VisitorForm
from ui.book.words import kind_words, when_words
from ui.isolated import isolated
from ui.moments import said_time
from ui.panels.fitting import flowing
from ui.refused import Refused
from ui.widgets import RING, ChoiceGrid, Offer, Segmented

NO_SERVICE = Refused(Code.BAD_INPUT, "Choose a service first.", "Its letter is enough.")
BAD_DAY = Refused(Code.BAD_INPUT, "The date of birth can't be read.", "Write it as 9 3 1971, or leave it out.")


class Visiting(Discreet, frozen=True):
    """A walk-in that becomes a booking: who, what for, and with whom and in which language it was asked for."""

    personal = frozenset({"person"})

    visit_id: str
    service_id: str
    person: Person
    officer_id: str = ""
    language: str = ""
    people: int = 1


class NewPanel(PlacingPanel):
    """Books an appointment; holds the chosen slot meanwhile."""

    def __init__(
        self,
        hands: Hands,
        fixed: Slot | None = None,
        *,
        visiting: Visiting | None = None,
        like: AppointmentCard | None = None,
        send: Callable[[Command, PlacingPanel], None],
    ) -> None:
        super().__init__(hands, "New booking")
        office = hands.view().office
        self._pointed_at = fixed
        self._visit_id = visiting.visit_id if visiting is not None else ""
        self.holding = Holding(self, lambda command: send(command, self))
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
        zone = office.zone
        self.finder.start_from(local_date(fixed.place.starts, zone) if fixed is not None else hands.view().first)
        if visiting is not None:
            self._fill_in(visiting)
        elif like is not None:
            self._fill_in_like(like)
        elif fixed is not None:
            self.finder.show_pointed_at(fixed)

    def _fill_in(self, visiting: Visiting) -> None:
        self.form.set_visitor(Visitor(visiting.person), "", visiting.people)
        self.more.add_needs(visiting.person.needs)
        if visiting.language:
            self.more.language.set_value(visiting.language)
        self.service.set_value(visiting.service_id)
        if visiting.officer_id:
            self.finder.officer.set_value(visiting.officer_id)
            self.rest.named.setChecked(True)

    def _fill_in_like(self, card: AppointmentCard) -> None:
        """As another appointment was booked, but for its time."""
        row = card.row
        self.form.set_visitor(card.visitor, card.about, row.party_size)
        self.form.home.set_home(card.home)
        self.more.features.set_values(each.value for each in card.features)
        self.more.with_room.setChecked(bool(row.room_id))
        self.more.language.set_value(row.language)
        self.kind.set_value(row.kind)
        self._kind_changed(row.kind)
        self.rest.by_council.setChecked(row.by_council)
        self.rest.named.setChecked(row.named_officer)
        self.service.set_value(row.service_id)
        if row.named_officer:
            self.finder.officer.set_value(row.officer_id)

    def _connect(self) -> None:
        self.service.changed.connect(self._service_changed)
        self.finder.came.connect(self._go_to_picks)
        self.kind.changed.connect(self._kind_changed)
        self.finder.changed.connect(self._slot_changed)
        self.finder.narrowed.connect(self._narrowed)
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
        self.form.home.show_kind(at_home=at_home)
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
        pointed, office = self._pointed_at, self.hands.view().office
        if pointed is None:
            self.finder.look_for(wish)
            return
        fixed, officer = fixed_for(pointed, wish, office), not_skilled(pointed, wish.service_id, office)
        service = office.service(wish.service_id)
        hint = f"{isolated(officer.name)} takes no appointments for {service.name}." if officer and service else ""
        self.finder.look_for(near(pointed, wish, office) if fixed is None else wish, fixed, hint)

    def _narrowed(self) -> None:
        self._pointed_at = None
        self._look()

    def point_at(self, slot: Slot) -> bool:
        """This time instead of what was chosen before."""
        self._pointed_at = slot
        self.finder.start_from(local_date(slot.place.starts, self.hands.view().office.zone))
        if self.service.value():
            self._look()
        else:
            self.finder.show_pointed_at(slot)
        return True

    def turned_to(self, day: date) -> None:
        """Until a time is chosen, the search begins at the day that is looked at."""
        if self.finder.slot() is None and self._pointed_at is None:
            self.finder.start_from(day)
            self._look()

    # -- the slot that is held -------------------------------------------------------------------------------

    def _slot_changed(self, slot: Slot | None) -> None:
        self._show_main()
        if slot is not None and self.service.value() and self.holding.hold(slot, self.service.value()):
            self.forget_reason()
            self.clear_problem()

    def _show_main(self) -> None:
        main = self.main_button()
        if main is None:
            return
        slot = self.finder.slot()
        zone, now = self.hands.view().office.zone, self.hands.now()
        words = [NO_SERVICE.reason] if not self.service.value() else [CHOOSE_A_TIME.reason] if slot is None else []
        if slot is not None:
            parts = (
                f"{said_time(slot.place.starts, zone)} {when_words(slot.place.starts, now, zone)}",
                slot_detail(slot),
            )
            words.insert(0, ", ".join(part for part in parts if part) + ("." if words else ""))
        main.set_detail(" ".join(words))

    def tick(self, now: Instant) -> None:
        self.holding.tick(now)

    def let_go(self) -> None:
        self.holding.release()

    # -- booking ---------------------------------------------------------------------------------------------

    def _book(self) -> None:
        slot = self.finder.slot()
        if not self.service.value():
            self._go_back_to(self.service, NO_SERVICE)
        elif slot is None:
            self._go_back_to(self.finder.picks, CHOOSE_A_TIME)
        elif (wrong := self.form.wrong_field()) is not None:
            self._go_back_to(wrong, BAD_DAY)
        elif not self.lacks_reason():
            self._book_sent = True
            self.sent.emit(self._booking(slot.place))

    def _go_back_to(self, question: QWidget, no: Refused) -> None:
        self.refuse(no)
        question.setFocus()

    def _booking(self, place: Place) -> BookAppointment:
        wish = self.wish()
        return BookAppointment(
            id=self.ids.id_for(("book", place)),
            **self.hands.by(),
            service_id=wish.service_id,
            place=place,
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
            hold_id=self.holding.id,
            visit_id=self._visit_id,
            repeat=self.rest.repeat(),
        )

    def command_done(self, command: Command, result: Result) -> bool:
        if isinstance(command, HoldSlot):
            self.holding.held(result)
            return False
        if isinstance(command, BookAppointment):
            self.holding.forget()
            return True
        return False

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        self.form.show_refused(no)

    def look_again(self) -> None:
        self._pointed_at = None
        self.holding.forget()
        # Whoever went on to the name while the slot was being held goes on typing it.
        self.finder.look_again(go_there=self._book_sent or not self.form.name.text())
        self._book_sent = False

    def is_worth_keeping(self) -> bool:
        return self.form.is_filled_in()
