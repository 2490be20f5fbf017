"""New booking: what is it about, when, and who. A service, a figure, a name and Enter are enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from reception.clock import MINUTE, Instant, local_date, local_datetime
from reception.domain.booked import Kind
from reception.domain.booking import Place, Slot, Wish
from reception.domain.discreet import Discreet
from reception.domain.office import Officer
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services.appointment_commands import BookAppointment, HoldSlot
from reception.services.commands import Command, Result
from ui.book.booking_fields import ArrangedFields, RoomFields
from ui.book.hands import Hands
from ui.book.holding import Holding
from ui.book.placing import CHOOSE_A_TIME, PlacingPanel
from ui.book.slot_finder import SlotFinder, slot_detail
from ui.book.visitor_form import VisitorForm
from ui.book.words import kind_words, when_words
from ui.link import Refused
from ui.moments import said_time
from ui.panels.fitting import flowing
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
        send: Callable[[Command, PlacingPanel], None],
    ) -> None:
        super().__init__(hands, "New booking")
        office = hands.view().office
        self._fixed = fixed
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
        fixed = self._fixed_for(wish)
        officer = self._not_skilled(wish.service_id)
        service = self.hands.view().office.service(wish.service_id)
        hint = f"{officer.name} takes no appointments for {service.name}." if officer and service else ""
        self.finder.look_for(wish if fixed is not None else self._near(wish), fixed, hint)

    def _narrowed(self) -> None:
        self._fixed = None
        self._look()

    def _not_skilled(self, service_id: str) -> Officer | None:
        """Whose time was pointed at, if they take no appointments for the service."""
        officer = self.hands.view().office.officer(self._fixed.place.officer_id) if self._fixed is not None else None
        return officer if officer is not None and not officer.may_take(service_id) else None

    def point_at(self, slot: Slot) -> bool:
        """This time instead of what was chosen before."""
        self._fixed = slot
        self.finder.start_from(local_date(slot.place.starts, self.hands.view().office.zone))
        if self.service.value():
            self._look()
        else:
            self.finder.show_pointed_at(slot)
        return True

    def turned_to(self, day: date) -> None:
        """Until a time is chosen, the search begins at the day that is looked at."""
        if self.finder.slot() is None and self._fixed is None:
            self.finder.start_from(day)
            self._look()

    def _fixed_for(self, wish: Wish) -> Slot | None:
        """The slot that was pointed at in the grid, as long as the service takes."""
        service = self.hands.view().office.service(wish.service_id)
        if self._fixed is None or service is None or not self._fixed.place.officer_id:
            return None
        if self._not_skilled(wish.service_id) is not None:
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
            officer_id="" if self._not_skilled(wish.service_id) is not None else pointed.officer_id,
            room_id=wish.room_id or (pointed.room_id if wish.kind is Kind.OFFICE else ""),
        )

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
                hold_id=self.holding.id,
                visit_id=self._visit_id,
                repeat=self.rest.repeat(),
            )
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
        self._fixed = None
        self.holding.forget()
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
