"""A door with a book in memory: what the book's page relies on, and no fine rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SetClock, local_date
from reception.domain.book import AbsenceRow, AppointmentCard, AppointmentRow, BookView, HoldRow
from reception.domain.booked import LetterKind, Standing
from reception.domain.booking import Place, Slot, Wish
from reception.domain.letter_snapshot import LetterOut, PageImage
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.fake_door import FakeDoor
from tests.ui.sample_book import ABSENCES, NOW, OFFICE, at, book, card, rows
from ui.book.times import LocalDay


class FakeBook(FakeDoor):
    """The sample day; every change moves the journal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(OFFICE, SetClock(NOW))
        self.rows: dict[str, AppointmentRow] = {row.id: row for row in more.pop("rows", rows())}
        self.cards: dict[str, AppointmentCard] = {}
        self.absences: list[AbsenceRow] = list(ABSENCES)
        self.holds: dict[str, HoldRow] = {}
        self.letters: list[LetterOut] = []
        self.kept: list[tuple[str, LetterKind]] = []
        self.refuse_letter: Refusal | None = None
        self.letters_in = "en"
        self.wanting: tuple[str, ...] = ("aoife",)
        self.more = more

    # -- queries ---------------------------------------------------------------------------------------------

    def ask(self, query: q.Query) -> Any:
        handler: Callable[[Any], Any] | None = getattr(self, "ask_" + type(query).__name__, None)
        if handler is None:
            return super().ask(query)
        self.gate.wait(30)
        with self.lock:
            self.asked.append(query)
            if self.fail_ask is not None:
                raise self.fail_ask
            return handler(query)

    def ask_Book(self, query: aq.Book) -> BookView:
        days = {query.first + timedelta(days=later) for later in range(query.days)}
        shown = [row for row in self.rows.values() if self.day_of(row) in days and row.standing != Standing.CANCELLED]
        return book(
            now=self.clock.now(),
            sequence=self.sequence,
            office=self.office,
            first=query.first,
            days=query.days,
            rows=tuple(sorted(shown, key=lambda row: (row.starts, row.id))),
            absences=tuple(self.absences),
            holds=tuple(self.holds.values()),
            wanting_earlier=len(self.wanting),
            **self.more,
        )

    def day_of(self, row: AppointmentRow) -> date:
        return local_date(row.starts, self.office.zone)

    def ask_OneAppointment(self, query: aq.OneAppointment) -> AppointmentCard:
        return self.cards.get(query.appointment_id) or card(self.row(query.appointment_id))

    def ask_FindAppointments(self, query: aq.FindAppointments) -> tuple[AppointmentRow, ...]:
        text = query.text.casefold()
        return tuple(row for row in self.rows.values() if text in f"{row.name} {row.reference}".casefold())

    def ask_WantingEarlier(self, query: aq.WantingEarlier) -> tuple[AppointmentRow, ...]:
        return tuple(self.rows[key] for key in self.wanting)

    def ask_LettersDue(self, query: aq.LettersDue) -> tuple[tuple[str, LetterKind], ...]:
        due = [(row.id, LetterKind.CONFIRMATION) for row in self.rows.values() if self.day_of(row) == query.day]
        return tuple(each for each in due if each not in self.kept)

    def ask_FreeSlots(self, query: aq.FreeSlots) -> tuple[Slot, ...]:
        return self.free(query.wish, query.count, query.without)

    def ask_SlotsLike(self, query: aq.SlotsLike) -> tuple[Slot, ...]:
        row = self.row(query.appointment_id)
        return self.free(Wish(row.service_id, minutes=(row.ends - row.starts) // MINUTE), query.count, row.id)

    def free(self, wish: Wish, count: int, without: str = "") -> tuple[Slot, ...]:
        """On every tenth minute from now on, with the first officer of the service who is free."""
        service = self.office.service(wish.service_id)
        assert service is not None
        minutes = wish.minutes or service.minutes
        found: list[Slot] = []
        first = max(wish.first_day, local_date(self.clock.now(), self.office.zone))
        for later in range(60):
            day = first + timedelta(days=later)
            if day.weekday() > 4:
                continue
            local = LocalDay(day, self.office.zone)
            for minute in range(540, 1020 - minutes, 10):
                starts = local.instant(minute)
                if starts <= self.clock.now():
                    continue
                for officer in self.office.staff:
                    if service.id not in officer.skills or wish.officer_id not in ("", officer.id):
                        continue
                    place = Place(starts, starts + minutes * MINUTE, officer.id)
                    if not self.clashes(place, without):
                        found.append(Slot(place, officer.name))
                        break
                if len(found) == count:
                    return tuple(found)
        return tuple(found)

    def clashes(self, place: Place, without: str = "") -> bool:
        taken = [(row.starts - row.set_up, row.ends) for row in self.rows.values() if self.takes(row, place, without)]
        taken += [(each.starts, each.ends) for each in self.absences if each.officer_id == place.officer_id]
        return any(starts < place.ends and place.starts < ends for starts, ends in taken)

    def takes(self, row: AppointmentRow, place: Place, without: str) -> bool:
        shared = row.officer_id == place.officer_id or bool(row.room_id and row.room_id == place.room_id)
        return row.id != without and row.standing is Standing.BOOKED and shared

    # -- commands --------------------------------------------------------------------------------------------

    def row(self, appointment_id: str) -> AppointmentRow:
        if appointment_id not in self.rows:
            raise Refusal(Code.UNKNOWN_APPOINTMENT, "There is no such booking.", "Find it by its name.")
        return self.rows[appointment_id]

    def change(self, appointment_id: str, **changes: Any) -> AppointmentRow:
        row = self.row(appointment_id)
        self.rows[row.id] = replace(row, version=row.version + 1, **changes)
        return self.rows[row.id]

    def check(self, place: Place, without: str = "", reason: str = "") -> None:
        if self.clashes(place, without):
            raise Refusal(Code.SLOT_TAKEN, "Somebody else has this time.", "Choose one of the next free times.")
        local = LocalDay(local_date(place.starts, self.office.zone), self.office.zone)
        if not 540 <= local.minute(place.starts) < local.minute(place.ends) <= 1035 and not reason:
            raise Refusal(Code.NEEDS_REASON, "The office is closed then.", "Give a reason if it is to stand there.")

    def result(self, command: c.Command, appointment_id: str, **more: Any) -> c.Result:
        return c.Result(command.id, at=self.clock.now(), appointment_id=appointment_id, **more)

    def do_HoldSlot(self, command: ac.HoldSlot) -> c.Result:
        self.holds.pop(command.instead_of, None)
        place = command.place
        self.check(place, reason="held")
        until = self.clock.now() + self.office.hold_minutes * MINUTE
        self.holds[command.id] = HoldRow(
            command.id, place.starts, place.ends, place.officer_id, place.room_id, until, command.station
        )
        return c.Result(command.id, at=self.clock.now())

    def do_ReleaseHold(self, command: ac.ReleaseHold) -> c.Result:
        self.holds.pop(command.hold_id, None)
        return c.Result(command.id, at=self.clock.now())

    def do_BookAppointment(self, command: ac.BookAppointment) -> c.Result:
        self.check(command.place, reason=command.reason)
        self.holds.pop(command.hold_id, None)
        service, place = self.office.service(command.service_id), command.place
        officer, room = self.office.officer(place.officer_id), self.office.room(place.room_id)
        assert service is not None
        key = f"new{len(self.rows)}"
        base = next(iter(self.rows.values()))
        self.rows[key] = replace(
            base,
            id=key,
            version=1,
            reference=f"AP-{key.upper():0>8}",
            kind=command.kind,
            standing=Standing.BOOKED,
            service_id=service.id,
            service=service.name,
            starts=place.starts,
            ends=place.ends,
            set_up=0,
            officer_id=place.officer_id,
            officer=officer.name if officer else "",
            room_id=place.room_id,
            room=room.name if room else "",
            name=command.visitor.person.name,
            needs=command.visitor.person.needs,
            party_size=command.party_size,
            language=command.language,
            visit_state=None,
            checked_in_at=None,
            seen_at=None,
        )
        self.cards[key] = card(self.rows[key], visitor=command.visitor, about=command.about, home=command.home)
        return self.result(command, key, reference=self.rows[key].reference)

    def do_MoveAppointment(self, command: ac.MoveAppointment) -> c.Result:
        if self.row(command.appointment_id).version != command.version:
            raise Refusal(Code.ALREADY_TAKEN, "Another desk has changed this booking.", "Look at it again.")
        self.check(command.place, command.appointment_id, command.reason)
        place = command.place
        officer, room = self.office.officer(place.officer_id), self.office.room(place.room_id)
        row = self.change(
            command.appointment_id,
            starts=place.starts,
            ends=place.ends,
            officer_id=place.officer_id,
            officer=officer.name if officer else "",
            room_id=place.room_id,
            room=room.name if room else self.row(command.appointment_id).room,
            moved=1,
        )
        return self.result(command, row.id)

    def do_CancelAppointment(self, command: ac.CancelAppointment) -> c.Result:
        return self.result(command, self.change(command.appointment_id, standing=Standing.CANCELLED).id)

    def do_CheckIn(self, command: ac.CheckIn) -> c.Result:
        row = self.change(
            command.appointment_id,
            standing=Standing.CHECKED_IN,
            checked_in_at=self.clock.now(),
            number="P007",
            visit_state=State.WAITING,
        )
        return self.result(command, row.id, number=row.number)

    def do_Attended(self, command: ac.Attended) -> c.Result:
        return self.result(command, self.change(command.appointment_id, standing=Standing.ATTENDED).id)

    def do_DidNotAttend(self, command: ac.DidNotAttend) -> c.Result:
        return self.result(command, self.change(command.appointment_id, standing=Standing.DID_NOT_ATTEND).id)

    def do_CorrectAppointment(self, command: ac.CorrectAppointment) -> c.Result:
        row = self.change(command.appointment_id, name=command.visitor.person.name, needs=command.visitor.person.needs)
        self.cards[row.id] = card(row, visitor=command.visitor, about=command.about, home=command.home)
        return self.result(command, row.id)

    def do_ProgressInterpreter(self, command: ac.ProgressInterpreter) -> c.Result:
        return self.result(command, self.change(command.appointment_id, interpreter_status=command.status).id)

    def do_EnterAbsence(self, command: ac.EnterAbsence) -> c.Result:
        stand = [
            row
            for row in self.rows.values()
            if row.officer_id == command.absentee_id and row.starts < command.ends and command.starts < row.ends
        ]
        if stand and not command.anyway:
            raise Refusal(
                Code.SLOT_TAKEN,
                f"{len(stand)} appointments stand in this time.",
                "Move them, or enter it all the same.",
            )
        self.absences.append(AbsenceRow(command.id, command.absentee_id, command.kind, command.starts, command.ends))
        return c.Result(command.id, at=self.clock.now())

    def do_RemoveAbsence(self, command: ac.RemoveAbsence) -> c.Result:
        self.absences = [each for each in self.absences if each.id != command.absence_id]
        return c.Result(command.id, at=self.clock.now())

    def do_WantEarlier(self, command: ac.WantEarlier) -> c.Result:
        return self.result(command, self.change(command.appointment_id, wants_earlier=command.on).id)

    def do_KeepLetter(self, command: ac.KeepLetter) -> c.Result:
        self.kept.append((command.appointment_id, command.kind))
        return self.result(command, command.appointment_id)

    # -- paper -----------------------------------------------------------------------------------------------

    def letter(self, appointment_id: str, kind: LetterKind, large_print: bool | None) -> LetterOut:
        if self.refuse_letter is not None:
            raise self.refuse_letter
        row = self.row(appointment_id)
        pages = 2 if large_print else 1
        letter = LetterOut(row.id, kind, blank_pdf(pages), pages, f"{row.reference}.pdf")
        if self.letters_in == "en":
            return letter
        note = "Polish: drafted, not yet checked by a translator."
        return replace(letter, language=self.letters_in, file_copy=blank_pdf(1), file_copy_pages=1, note=note)

    def page_images(self, letter: LetterOut, scale: float) -> tuple[PageImage, ...]:
        width, height = round(595 * scale), round(842 * scale)
        return (PageImage(width, height, b"\xff" * (3 * width * height)),) * (letter.pages + letter.file_copy_pages)

    def print_letter(self, letter: LetterOut) -> None:
        self.print_gate.wait(30)
        if self.fail_print is not None:
            raise self.fail_print
        self.letters.append(letter)


def blank_pdf(pages: int) -> bytes:
    """An A4 document with nothing in it."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def busy_day(officers: int = 40, bookings: int = 600) -> FakeBook:
    """A day that is as full as a day can be."""
    from tests.ui.sample_book import officer, row

    services = [service.id for service in OFFICE.services]
    staff = tuple(
        officer(f"o{n}", f"Officer {n + 1}", services[n % len(services)], (at_time(12), at_time(12)))
        for n in range(officers)
    )
    door = FakeBook(rows=())
    door.office = replace(OFFICE, staff=staff)
    each = -(-bookings // officers)
    for n in range(bookings):
        starts = at(9) + (n % each) * (8 * HOUR // each)
        who = staff[n // each]
        made = row(f"b{n}", "", starts, 8 * 60 // each - 2, f"Visitor {n}")
        door.rows[made.id] = replace(made, officer_id=who.id, officer=who.name)
    door.absences = []
    return door


def at_time(hour: int) -> Any:
    from datetime import time

    return time(hour)
