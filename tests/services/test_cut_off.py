"""A station goes on while the database is out of reach, and what it did joins when it is back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.booked import LetterKind
from reception.domain.grouping import Grouping, Period
from reception.domain.kiosk import Face
from reception.domain.person import Person
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.stations import StationKind
from reception.domain.visit_states import End, State
from reception.domain.visitor import Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services.supervisor_queries import Past
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.services.cut_off import Net, Wire
from tests.services.the_book import AtBook, place, with_a_book
from tests.support import COUNCIL_TAX, COUNTER_2, EWAN, HOUSING, OFFICE, PIN, At, door_on


@pytest.fixture
def net(office_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Net]:
    net = Net(office_url, tmp_path / "own", clock)
    yield net
    net.close()


@pytest.fixture
def shared(office_url: str, clock: SetClock) -> Iterator[Door]:
    """The database as whoever is not cut off sees it, and as it is afterwards."""
    door = door_on(office_url, clock)
    yield door
    books(door)
    door.close()


@pytest.fixture
def other(shared: Door) -> At:
    """Counter 2, never cut off."""
    return At(shared, COUNTER_2, EWAN, "Desk 2").sign_in()


class OnOneEngine:
    """What does not depend on the engine of the shared database is tried on one."""

    @pytest.fixture
    def office_url(self, sqlite_office: Path, tmp_path: Path) -> str:
        shutil.copy(sqlite_office, tmp_path / "reception.db")
        return f"sqlite:///{tmp_path / 'reception.db'}"


def refused(code: Code, work: object) -> None:
    assert callable(work)
    with pytest.raises(Refusal) as caught:
        work()
    assert caught.value.code is code


def test_tickets_go_on_in_a_series_of_the_station_and_join_with_their_true_times(
    net: Net, shared: Door, clock: SetClock
) -> None:
    desk = net.desk()
    desk.take()
    net.cut()
    clock.advance(MINUTE)
    first = desk.take(HOUSING, person=Person("Zofia Kowalska", note="pram"))
    clock.advance(MINUTE)
    second = desk.take(HOUSING)
    assert first.cut_off
    assert (first.number, second.number) == ("HA01", "HA02"), "the series of a desk that named itself"
    assert [row.number for row in desk.view().queue][1:] == [first.number, second.number]
    clock.advance(20 * MINUTE)
    net.mend()
    card = At(shared).card(first)
    assert (card.number, card.arrived_at, card.person.name) == (
        first.number,
        TEN_O_CLOCK + MINUTE,
        "Zofia Kowalska",
    )
    assert [row.number for row in At(shared).view().queue] == ["H001", first.number, second.number]
    assert desk.door.kept == 0  # type: ignore[attr-defined]
    assert [row.number for row in desk.view().queue] == ["H001", first.number, second.number]


def test_a_desk_goes_on_with_its_own_visits_to_the_end(net: Net, shared: Door, other: At, clock: SetClock) -> None:
    desk = net.desk()
    mine, later = desk.take(), desk.take()
    desk.next()
    desk.on(c.StartService, mine)
    net.cut()
    clock.advance(5 * MINUTE)
    desk.on(c.Finish, mine, print_slip=False)
    called = desk.next()
    assert called.visit_id == later.visit_id
    desk.on(c.StartService, later)
    clock.advance(MINUTE)
    net.mend()
    visits = books(shared)
    assert visits[mine.visit_id].visit.end is End.RESOLVED
    assert visits[mine.visit_id].visit.ended_at == TEN_O_CLOCK + 5 * MINUTE
    assert visits[later.visit_id].visit.state is State.SERVING
    assert desk.view().present is not None
    desk.on(c.Finish, later, print_slip=False)


def test_calling_one_that_is_not_its_own_is_asked_first_and_becomes_a_question(
    net: Net, shared: Door, other: At, clock: SetClock
) -> None:
    theirs = other.take()
    desk = net.desk()
    net.cut()
    refused(Code.CALL_ALOUD, desk.next)
    refused(Code.CALL_ALOUD, lambda: desk.door.do(c.CallVisit(**desk.who, visit_id=theirs.visit_id, reason="ill")))
    assert desk.next(aloud=True).visit_id == theirs.visit_id
    desk.on(c.StartService, theirs)
    clock.advance(MINUTE)
    desk.on(c.Finish, theirs, print_slip=False)
    net.mend()
    (question,) = other.view().questions
    assert question.kind is QuestionKind.CALLED_ALOUD
    assert question.number == theirs.number
    assert question.done_there == ("VisitCalled", "ServiceStarted", "VisitEnded")
    assert other.card(theirs).state is State.WAITING
    answer = c.AnswerQuestion(**other.who, question_id=question.id, answer=QuestionAnswer.AS_THERE)
    assert not other.door.do(answer).left_out
    assert other.card(theirs).end is End.RESOLVED
    assert other.view().questions == ()
    again = c.AnswerQuestion(**other.who, question_id=question.id, answer=QuestionAnswer.AS_HERE)
    refused(Code.ALREADY_TAKEN, lambda: other.door.do(again))


def test_whatever_has_to_wait_is_refused_in_sentences_that_say_what_to_do(net: Net) -> None:
    desk = net.desk()
    net.cut()
    booked = Visitor(Person("Ada"))
    for work, words in (
        (lambda: desk.door.ask(aq.SlotsLike(OFFICE)), "Free times can't be looked up"),
        (lambda: desk.door.ask(aq.FindAppointments(OFFICE, "ada")), "Appointments can't be looked up"),
        (lambda: desk.door.ask(aq.Book(OFFICE, date(2026, 3, 2))), "The book can't be read"),
        (lambda: desk.door.ask(q.SettingsOf(OFFICE)), "Settings can't be read or changed"),
        (lambda: desk.door.letter("a1", LetterKind.CONFIRMATION), "Letters can't be made"),
        (lambda: desk.door.do(a.CheckIn(**desk.who, appointment_id="a1")), "Nobody can be checked in"),
        (
            lambda: desk.door.do(
                a.BookAppointment(**desk.who, service_id=HOUSING, place=place(TEN_O_CLOCK), visitor=booked)
            ),
            "Nothing can be booked or moved",
        ),
        (lambda: desk.door.do(c.GiveFeedback(**desk.who, face=Face.GOOD)), "That is not possible"),
    ):
        with pytest.raises(Refusal, match=f"^{words} while the database is out of reach. [A-Z].*[.]$") as no:
            work()
        assert no.value.code is Code.CUT_OFF


def test_finishing_says_whom_only_a_call_aloud_would_reach(net: Net, shared: Door, other: At) -> None:
    desk = net.desk()
    theirs = other.take()
    mine, last = desk.take(), desk.take()
    net.cut()
    for visit, aloud in ((mine, ""), (last, theirs.number)):
        if desk.view().present is None:
            desk.next()
        desk.on(c.StartService, visit)
        result = desk.door.do(c.FinishAndCallNext(**desk.who, visit_id=visit.visit_id))
        assert (result.finished_number, result.aloud) == (visit.number, aloud)
        assert bool(result.number) is not bool(aloud)
    assert desk.next(aloud=True).visit_id == theirs.visit_id
    net.mend()


@pytest.mark.parametrize("kind", [StationKind.DESK, StationKind.KIOSK])
def test_computers_of_one_name_never_give_the_same_number(net: Net, shared: Door, kind: StationKind) -> None:
    doors = [net.station("Front", kind, computer=computer) for computer in ("one", "two", "three")]
    series = ["A", "ZA", "ZB"] if kind is StationKind.DESK else ["ZA", "ZB", "ZC"]
    given = []
    for _ in range(2):
        net.cut()
        given += [At(door, station="Front").take().number for door in (*doors, *doors)]
        net.mend()
    assert given == [
        f"H{letters}{number:02}" for first in (1, 3) for number in (first, first + 1) for letters in series
    ]
    queue = At(shared).view().queue
    assert {row.number for row in queue} == set(given)
    assert not any(row.also for row in queue)


def test_two_desks_cut_off_at_once_both_call_the_same_visit_aloud(net: Net, shared: Door, other: At) -> None:
    third = other.take()
    one = net.desk("Desk 1")
    shared.do(c.SignOff(**other.who, close_day=False))
    two = net.desk("Desk 2", COUNTER_2, EWAN)
    two.sign_in()
    net.cut()
    one.next(aloud=True)
    assert two.next().visit_id == third.visit_id, "it was taken in there"
    two.on(c.StartService, third)
    net.mend("Desk 2")
    net.mend("Desk 1")
    (question,) = one.view().questions
    assert (question.station, question.visit_id) == ("Desk 1", third.visit_id)
    result = one.door.do(c.AnswerQuestion(**one.who, question_id=question.id, answer=QuestionAnswer.AS_THERE))
    assert [kind for kind, _ in result.left_out] == ["VisitCalled"]
    assert one.card(third).state is State.SERVING


def test_what_was_changed_at_both_ends_is_asked(net: Net, shared: Door, other: At) -> None:
    desk = net.desk()
    mine = desk.take()
    net.cut()
    other.next()
    desk.next()
    desk.on(c.StartService, mine)
    net.mend()
    (question,) = other.view().questions
    assert question.kind is QuestionKind.CHANGED_TWICE
    assert question.done_there == ("VisitCalled", "ServiceStarted")
    assert question.done_here == ("VisitCalled",)
    other.door.do(c.AnswerQuestion(**other.who, question_id=question.id, answer=QuestionAnswer.AS_HERE))
    assert other.card(mine).counter == "Counter 2"


def test_a_correction_elsewhere_clashes_with_nothing_and_no_words_are_lost(net: Net, shared: Door, other: At) -> None:
    desk = net.desk()
    mine = desk.take(person=Person("Zofia"))
    net.cut()
    desk.correct(mine, Person("Zofia Kowalska"))
    desk.next()
    other.correct(mine, Person("Sofia Kowalski"))
    net.mend()
    assert other.view().questions == ()
    person = other.card(mine).person
    assert person.name == "Sofia Kowalski"
    assert "Zofia Kowalska" in person.note
    assert other.card(mine).state is State.CALLED


class TestALostReply:
    def test_a_ticket_gets_a_second_number_and_never_a_second_visit(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.wires["Desk 1"].lose_reply = True
        taken = desk.take()
        assert taken.cut_off
        assert taken.number != "H001"
        net.mend()
        (row,) = At(shared).view().queue
        assert (row.number, row.also) == (taken.number, "H001")
        assert len(books(shared)) == 1
        for said in ("H001", "h1", taken.number, taken.number.lower(), "1"):
            assert [card.visit_id for card in shared.ask(q.Search(OFFICE, said))] == [taken.visit_id], said

    def test_a_call_of_the_same_visit_is_one_call(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        mine = desk.take()
        net.settle()
        net.wires["Desk 1"].lose_reply = True
        assert desk.next().visit_id == mine.visit_id
        desk.on(c.StartService, mine)
        net.mend()
        card = At(shared).card(mine)
        assert (card.state, card.calls) == (State.SERVING, 1)
        assert At(shared).view().questions == ()

    def test_a_call_of_another_is_put_back(self, net: Net, shared: Door, other: At) -> None:
        desk = net.desk()
        theirs = other.take()
        mine = desk.take()
        net.settle()
        net.wires["Desk 1"].lose_reply = True
        # The database calls the first in the queue; the desk, which never hears of it, goes on with its own.
        assert desk.next().visit_id == mine.visit_id
        assert At(shared).card(theirs).state is State.CALLED
        net.mend()
        assert At(shared).card(theirs).state is State.WAITING
        assert At(shared).card(mine).state is State.CALLED
        assert At(shared).view().questions == ()

    def test_where_the_other_was_seen_since_it_is_asked(self, net: Net, shared: Door, other: At) -> None:
        desk = net.desk()
        theirs = other.take()
        desk.take()
        net.settle()
        net.wires["Desk 1"].lose_reply = True
        called = desk.next()
        assert called.visit_id != theirs.visit_id
        At(shared).on(c.StartService, theirs)
        net.mend()
        kinds = {each.kind for each in other.view().questions}
        assert QuestionKind.CALLED_UNHEARD in kinds

    def test_a_command_that_is_not_possible_while_cut_off_says_that_the_database_is_gone(self, net: Net) -> None:
        desk = net.desk()
        net.wires["Desk 1"].lose_reply = True
        refused(Code.DATABASE_UNREACHABLE, lambda: desk.door.close_days(OFFICE))
        refused(Code.CUT_OFF, lambda: desk.door.close_days(OFFICE))

    def test_repeated_it_is_done_once(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.wires["Desk 1"].lose_reply = True
        command = c.TakeTicket(**desk.who, service_id=HOUSING)
        first = desk.door.do(command)
        assert desk.door.do(command).number == first.number
        net.mend()
        assert desk.door.do(command).visit_id == first.visit_id
        assert len(books(shared)) == 1


class TestPaper(OnOneEngine):
    def test_a_ticket_taken_while_cut_off_says_no_wait_that_nobody_knows(self, net: Net) -> None:
        desk = net.desk()
        desk.take()
        net.cut()
        taken = desk.take()
        ticket = desk.door.ask(q.TicketOf(taken.visit_id))
        assert (ticket.number, ticket.wait) == (taken.number, None)

    def test_what_did_not_come_out_before_a_kill_is_printed_after_the_return(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.cut()
        taken = desk.take(print_ticket=True)
        # Killed between the commit and the print: the window that knew of the job is gone.
        net.doors.pop().close()
        desk = net.desk()
        net.mend()
        net.clock.advance(3 * MINUTE)
        assert desk.view().unprinted == (taken.number,)

    def test_what_is_still_to_be_printed_is_printed_once_wherever_it_was_ordered(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.cut()
        taken = desk.take(print_ticket=True)
        net.mend()
        desk.door.print_job(taken.prints[0])
        net.clock.advance(3 * MINUTE)
        assert desk.view().unprinted == ()


class TestTheClock(OnOneEngine):
    def test_time_is_the_databases_though_this_computers_clock_is_ten_minutes_off(
        self, net: Net, shared: Door, clock: SetClock
    ) -> None:
        wall = SetClock(clock.at - 10 * MINUTE)
        desk = net.desk(wall=wall)
        net.cut()
        clock.advance(3 * MINUTE)
        wall.advance(3 * MINUTE)
        taken = desk.take()
        net.mend()
        assert At(shared).card(taken).arrived_at == TEN_O_CLOCK + 3 * MINUTE
        assert not any(item.estimated for item in books(shared)[taken.visit_id].facts)

    def test_after_a_restart_it_is_this_computers_clock_less_what_it_was_off(
        self, net: Net, shared: Door, clock: SetClock
    ) -> None:
        wall = SetClock(clock.at - 10 * MINUTE)
        net.desk(wall=wall)
        net.cut()
        wall.advance(4 * MINUTE)
        clock.advance(2 * MINUTE)
        desk = net.desk(wall=wall)
        taken = desk.take()
        net.doors.pop(0).close()
        net.mend()
        assert At(shared).card(taken).arrived_at == TEN_O_CLOCK + 4 * MINUTE
        assert At(shared).card(taken).estimated


class TestAKiosk(OnOneEngine):
    def test_its_file_holds_no_name_and_no_visit(self, net: Net, other: At) -> None:
        other.take(person=Person("Zofia Kowalska"))
        net.station("Kiosk 1", StationKind.KIOSK)
        kept = b"".join(path.read_bytes() for path in net.folder.glob("Kiosk 1.db*"))
        assert b"Housing" in kept
        for personal in (b"Zofia", b"Priya", b"Nair", b"plain:2468", b"H001"):
            assert personal not in kept

    def test_a_claim_waits_as_a_walk_in_and_the_desk_is_asked(self, net: Net, shared: Door, other: At) -> None:
        kiosk = net.station("Kiosk 1", StationKind.KIOSK)
        net.cut()
        claim = c.ClaimCheckIn(
            office_id=OFFICE,
            station="Kiosk 1",
            service_id=COUNCIL_TAX,
            name="Zofia Kowalska",
            born=date(1980, 4, 3),
        )
        taken = kiosk.do(claim)
        net.mend()
        (question,) = other.view().questions
        assert question.kind is QuestionKind.CLAIM
        assert (question.visit_id, question.number) == (taken.visit_id, taken.number)
        assert question.claimed == "Zofia Kowalska, born 03/04/1980"
        assert question.appointment_id == ""
        other.door.do(c.AnswerQuestion(**other.who, question_id=question.id, answer=QuestionAnswer.AS_HERE))
        assert other.card(taken).state is State.WAITING

    def test_it_starts_while_the_database_is_out_of_reach_if_it_was_connected_before(self, net: Net) -> None:
        net.station("Kiosk 1", StationKind.KIOSK)
        net.cut()
        again = net.station("Kiosk 1", StationKind.KIOSK)
        (office,) = again.ask(q.Offices())
        assert {officer.name for officer in office.staff} == {""}, "it is set up, and nobody is named"
        view = again.ask(q.Kiosk(OFFICE, "Kiosk 1"))
        assert next((each.name, each.wait) for each in view.services) == ("Housing", None)
        assert again.do(c.TakeTicket(office_id=OFFICE, station="Kiosk 1", service_id=HOUSING)).cut_off

    def test_else_it_says_so(self, net: Net) -> None:
        net.wires["Kiosk 2"] = wire = Wire()
        wire.is_cut = True
        refused(Code.DATABASE_UNREACHABLE, lambda: net.station("Kiosk 2", StationKind.KIOSK))


class TestAtTheDesk(OnOneEngine):
    def test_undo_takes_back_what_was_done_while_cut_off_and_nothing_before(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        before = desk.take()
        net.cut()
        taken = desk.take()
        desk.undo(taken)
        refused(Code.NOTHING_TO_UNDO, lambda: desk.undo(before))
        net.mend()
        assert At(shared).card(taken).voided

    def test_what_was_done_while_cut_off_is_taken_back_after_the_return(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.cut()
        mine = desk.take()
        called = desk.next()
        net.mend()
        assert desk.view().undoable is not None
        desk.undo(called)
        desk.undo(mine)
        assert At(shared).card(mine).voided

    def test_a_visit_that_went_on_with_its_next_service_and_was_called_at_once_joins(
        self, net: Net, shared: Door, clock: SetClock
    ) -> None:
        """One command that begins a leg and calls it: how often that was overtaken is counted as it is written."""
        desk = net.desk()
        net.cut()
        visit = desk.take(then_services=(COUNCIL_TAX,))
        desk.next()
        desk.on(c.StartService, visit)
        clock.advance(MINUTE)
        assert desk.on(c.FinishAndCallNext, visit).visit_id == visit.visit_id
        desk.on(c.StartService, visit)
        net.mend()
        joined = books(shared)[visit.visit_id].visit
        assert (joined.state, len(joined.legs)) == (State.SERVING, 2)

    def test_what_needs_the_book_is_refused_plainly(self, net: Net) -> None:
        desk = net.desk()
        net.cut()
        mine = desk.take()
        refused(Code.CUT_OFF, lambda: desk.on(c.ReturnToQueue, mine))
        refused(Code.CUT_OFF, lambda: desk.door.ask(q.SettingsOf(OFFICE)))

    def test_a_supervisor_who_leaves_has_left_at_the_database_too(self, net: Net) -> None:
        desk = net.desk().sign_in()
        by_officer = Past((), Period(date(2026, 11, 24), date(2026, 11, 24)), by=Grouping.OFFICER)
        desk.door.do(c.SignInSupervisor(office_id=OFFICE, officer_id=desk.officer, pin=PIN))
        assert desk.door.ask(by_officer)
        desk.door.sign_out_supervisor()
        refused(Code.NOT_ALLOWED, lambda: desk.door.ask(by_officer))

    def test_signing_in_and_off_while_cut_off(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        net.cut()
        desk.door.do(c.SignOff(**desk.who))
        refused(Code.NOT_SIGNED_IN, desk.next)
        desk.officer = EWAN
        refused(Code.WRONG_PIN, lambda: desk.door.do(c.SignIn(**desk.who, pin="0000")))
        desk.door.do(c.SignIn(**desk.who, pin=PIN))
        desk.take()
        desk.next()
        net.mend()
        assert desk.view().officer_name == "Ewan Pritchard"
        assert b"2468" not in b"".join(
            path.read_bytes().replace(b"plain:2468", b"") for path in net.folder.glob("Desk 1.db*")
        )

    def test_changes_make_a_window_ask_again_at_the_cut_and_at_the_return(self, net: Net) -> None:
        desk = net.desk()
        live, _ = desk.door.changes(-1)
        net.cut()
        kept, changed = desk.door.changes(live)
        assert kept != live
        assert "" in changed
        desk.take()
        assert desk.door.changes(kept)[0] != kept
        net.mend()
        back, changed = desk.door.changes(kept)
        assert back != kept
        assert "" in changed


class TestWhatCannotBeKeptOrJoined(OnOneEngine):
    def test_a_full_disk_refuses_plainly_and_loses_nothing(self, net: Net, shared: Door) -> None:
        desk = net.desk()
        own = desk.door.own  # type: ignore[attr-defined]
        net.cut()
        kept = desk.take()
        with own.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        def limit(most: int) -> None:
            def set_limit(raw: object, _record: object) -> None:
                raw.execute(f"PRAGMA max_page_count = {most}")  # type: ignore[attr-defined]

            own.engine.dispose()
            event.listen(own.engine, "connect", set_limit)

        limit(pages)

        def until_it_is_full() -> None:
            for _ in range(200):
                desk.take(person=Person("Zofia", note="x" * 1_500))

        with pytest.raises(Refusal) as caught:
            until_it_is_full()
        assert caught.value.code is Code.DATABASE_FULL
        assert "what you typed is still here" in caught.value.remedy
        limit(2**30)
        again = desk.take()
        net.mend()
        numbers = [stored.visit.number for stored in books(shared).values()]
        assert kept.number == "HA01"
        assert numbers == [f"HA{number:02d}" for number in range(1, len(numbers) + 1)], "a refusal uses no number up"
        assert again.number == numbers[-1]

    def test_what_cannot_join_is_set_aside_and_said_and_the_rest_joins(
        self, net: Net, shared: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk = net.desk()
        net.cut()
        poison, sound = desk.take(), desk.take()
        do = Door.do

        def refuse(door: Door, command: c.Command) -> c.Result:
            if isinstance(command, c.JoinWork) and command.done.id == poison.command_id:
                raise ValueError("a bug")
            return do(door, command)

        monkeypatch.setattr(Door, "do", refuse)
        net.mend()
        assert [row.number for row in At(shared).view().queue] == [sound.number]
        view = desk.view()
        (kept,) = net.folder.glob("*not-joined*")
        assert view.not_joined == kept.name
        assert kept.stat().st_mode & 0o777 == 0o600
        assert poison.command_id.encode() in kept.read_bytes()

    def test_a_damaged_file_is_set_aside(self, net: Net) -> None:
        net.desk().door.close()
        net.doors.clear()
        (net.folder / "Desk 1.db").write_bytes(b"no database at all" * 1_000)
        for log in net.folder.glob("Desk 1.db-*"):
            log.unlink()
        desk = net.desk()
        net.cut()
        assert desk.take().cut_off
        assert (net.folder / "Desk 1.db.damaged").exists()


def test_a_claim_that_is_accepted_has_the_promise_of_its_appointment(net: Net, shared: Door, clock: SetClock) -> None:
    book = AtBook(shared)
    book.change_settings(with_a_book())
    booked = book.book(place(clock.at + 5 * MINUTE), name="Ada Byron")
    kiosk = net.station("Kiosk 1", StationKind.KIOSK)
    net.cut()
    claim = c.ClaimCheckIn(office_id=OFFICE, station="Kiosk 1", service_id=HOUSING, reference=booked.reference.lower())
    taken = kiosk.do(claim)
    clock.advance(10 * MINUTE)
    net.mend()
    (question,) = book.view().questions
    assert question.appointment_id == booked.appointment_id
    book.door.do(
        c.AnswerQuestion(
            **book.who,
            question_id=question.id,
            answer=QuestionAnswer.AS_THERE,
            appointment_id=question.appointment_id,
        )
    )
    (row,) = book.view().queue
    assert (row.visit_id, row.booked_for, row.target) == (taken.visit_id, clock.at - 5 * MINUTE, 5 * MINUTE)
    assert book.shown(booked.appointment_id).row.visit_id == taken.visit_id
    day = date(2026, 3, 2)
    (figures,) = shared.ask(aq.AppointmentReport(OFFICE, day, day))
    assert figures.visitors_late == 0, "there in time, though the desk said so later"


def test_an_appointment_that_was_served_while_cut_off_gives_up_its_time(
    net: Net, shared: Door, clock: SetClock
) -> None:
    book = AtBook(shared)
    book.change_settings(with_a_book())
    booked = book.book(place(clock.at + 5 * MINUTE), name="Ada Byron")
    visit = book.check_in(booked.appointment_id)
    shared.do(c.CallVisit(**book.who, visit_id=visit.visit_id, reason="here"))
    desk = net.desk()
    net.cut()
    desk.on(c.StartService, visit.visit_id)
    clock.advance(MINUTE)
    desk.on(c.Finish, visit.visit_id, print_slip=False)
    net.mend()
    assert At(shared).card(visit).end is End.RESOLVED
