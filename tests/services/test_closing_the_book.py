"""No appointment at the office stays booked for ever: the day's close marks those that nobody came to."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from reception.clock import MINUTE, SetClock, midnight_after
from reception.domain.booked import Kind, Standing
from reception.domain.events import AppointmentMissed, Recorded
from reception.domain.visit_states import End
from reception.errors import Code
from reception.services import commands as c
from reception.services.appointment_queries import AppointmentReport
from reception.storage.appointments import StoredAppointments
from tests.services.bookkeeping import books
from tests.services.the_book import (
    LONDON,
    MONDAY,
    ROOM_1,
    TUESDAY,
    AtBook,
    days_after,
    place,
    refused,
    when,
    with_a_book,
)
from tests.support import EWAN, OFFICE, PRIYA


def close(desk: AtBook, **more: Any) -> c.Result:
    return desk.door.do(c.SignOff(**{**desk.who, "close_day": True, **more}))


def last_fact(desk: AtBook, booked: c.Result) -> Recorded:
    return desk._facts(booked)[-1]


def standings(desk: AtBook, *booked: c.Result) -> list[Standing]:
    return [desk.stands(each).standing for each in booked]


def test_who_signs_off_last_marks_whom_nobody_saw(desk: AtBook, clock: SetClock) -> None:
    missed, here, off = (desk.book(place(when(hour))) for hour in (11, 13, 14))
    call = desk.book(place(when(15)), kind=Kind.TELEPHONE)
    home = desk.book(place(when(16)), kind=Kind.HOME_VISIT)
    tomorrow = desk.book(place(when(9, 30, TUESDAY)))
    waits = desk.check_in(here)
    desk.cancel(off)
    clock.at = when(17, 5)
    closed = close(desk)
    assert standings(desk, missed, here, off, call, home, tomorrow) == [
        Standing.DID_NOT_ATTEND,
        Standing.CHECKED_IN,
        Standing.CANCELLED,
        Standing.BOOKED,
        Standing.BOOKED,
        Standing.BOOKED,
    ]
    assert desk.card(waits).end is End.UNRESOLVED
    assert (last_fact(desk, missed).command_id, last_fact(desk, missed).at) == (closed.command_id, clock.at)
    books(desk.door)


def test_those_who_may_still_come_are_marked_at_midnight(desk: AtBook, clock: SetClock) -> None:
    """The limit of the grace period is in time."""
    over, in_time, ahead = (desk.book(place(when(*at), officer=EWAN)) for at in ((12,), (14,), (16,)))
    clock.at = when(14, 15)
    close(desk)
    assert standings(desk, over, in_time, ahead) == [Standing.DID_NOT_ATTEND, Standing.BOOKED, Standing.BOOKED]
    clock.at = when(9, day=TUESDAY)
    desk.view()
    assert standings(desk, over, in_time, ahead) == [Standing.DID_NOT_ATTEND] * 3
    books(desk.door)


def test_midnight_marks_them_when_nothing_else_was_left_open(desk: AtBook, clock: SetClock) -> None:
    """At the first view of a later day, once, and as of the midnight that closed their day."""
    monday, tuesday = desk.book(place(when(11))), desk.book(place(when(11, day=TUESDAY)))
    call = desk.book(place(when(15)), kind=Kind.TELEPHONE)
    desk.door.do(c.SignOff(**desk.who))
    clock.at = when(8, day=days_after(MONDAY, 4))
    desk.view()
    for booked, day in ((monday, MONDAY), (tuesday, TUESDAY)):
        assert isinstance(last_fact(desk, booked).fact, AppointmentMissed)
        assert last_fact(desk, booked).at == midnight_after(day, LONDON)
    assert desk.stands(call).standing is Standing.BOOKED
    books(desk.door)
    before = desk.door.changes(0)[0]
    desk.view()
    desk.door.close_days(OFFICE)
    assert desk.door.changes(0)[0] == before


def test_what_was_not_marked_by_telephone_or_at_home_is_counted_apart(desk: AtBook, clock: SetClock) -> None:
    desk.book(place(when(11)))
    desk.book(place(when(15)), kind=Kind.TELEPHONE)
    desk.book(place(when(16)), kind=Kind.HOME_VISIT)
    clock.at = when(8, day=TUESDAY)
    desk.view()
    (total,) = desk.door.ask(AppointmentReport(OFFICE, MONDAY, MONDAY))
    assert (total.appointments, total.did_not_attend, total.attended, total.cancelled) == (3, 1, 0, 0)


def test_closed_twice_they_are_marked_once(desk: AtBook, clock: SetClock) -> None:
    missed = desk.book(place(when(11)))
    clock.at = when(17, 5)
    command = c.SignOff(**desk.who, close_day=True)
    desk.door.do(command)
    facts = desk._facts(missed)
    assert desk.door.do(command).already_done
    clock.at = when(8, day=TUESDAY)
    desk.view()
    assert desk._facts(missed) == facts


def test_all_are_marked_or_none(desk: AtBook, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    booked = [desk.book(place(when(hour))) for hour in (11, 13, 14)]
    save, saved = StoredAppointments.save, []

    def fail_at_the_third(self: StoredAppointments, *given: Any) -> None:
        saved.append(given)
        if len(saved) == 3:
            raise RuntimeError("the disk is gone")
        save(self, *given)

    clock.at = when(17, 5)
    with monkeypatch.context() as patch:
        patch.setattr(StoredAppointments, "save", fail_at_the_third)
        with pytest.raises(RuntimeError):
            close(desk)
    assert standings(desk, *booked) == [Standing.BOOKED] * 3
    assert desk.view().counters[0].officer_id == PRIYA
    close(desk)
    assert standings(desk, *booked) == [Standing.DID_NOT_ATTEND] * 3
    books(desk.door)


def test_it_reads_no_more_for_many_than_for_one(desk: AtBook, clock: SetClock) -> None:
    def reads_of_closing() -> int:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            sent.append(statement)

        engine = desk.door._database.engine
        event.listen(engine, "before_cursor_execute", note)
        desk.door.close_days(OFFICE)
        event.remove(engine, "before_cursor_execute", note)
        return sum(each.startswith("SELECT") for each in sent)

    desk.book(place(when(11)))
    desk.door.do(c.SignOff(**desk.who))
    clock.at = when(8, day=TUESDAY)
    one = reads_of_closing()
    for hour in (9, 10, 11, 13, 14, 15):
        desk.book(place(when(hour, day=TUESDAY)))
    clock.at = when(8, day=days_after(TUESDAY, 1))
    assert reads_of_closing() == one


def test_taken_back_with_the_sign_off_they_stand_again(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11), room=ROOM_1))
    clock.at = when(11, 20)
    closed = close(desk)
    assert desk.stands(booked).standing is Standing.DID_NOT_ATTEND
    clock.advance(MINUTE)
    desk.undo(closed)
    assert desk.stands(booked).standing is Standing.BOOKED
    assert refused(lambda: desk.book(place(when(11, 25), 5, EWAN, room=ROOM_1))).code is Code.SLOT_TAKEN
    books(desk.door)


def test_a_booking_is_not_taken_back_once_it_was_missed(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 1)))
    desk.change_settings(with_a_book(grace_minutes=0))
    clock.at = when(10, 2)
    close(desk)
    refusal = refused(lambda: desk.undo(booked))
    assert (refusal.code, "marked as not attended" in refusal.reason) == (Code.UNDO_OVERTAKEN, True)


def test_they_come_late_on_the_same_day_and_on_no_other(desk: AtBook, clock: SetClock) -> None:
    today, other = desk.book(place(when(11))), desk.book(place(when(13)))
    clock.at = when(17, 5)
    close(desk)
    desk.sign_in()
    desk.check_in(today)
    assert desk.stands(today).came_late
    clock.at = when(9, 30, TUESDAY)
    desk.view()
    assert refused(lambda: desk.check_in(other)).code is Code.OTHER_DAY
    assert not desk.stands(other).came_late
    books(desk.door)


def test_an_evacuation_that_closes_the_day_blames_nobody_before_midnight(desk: AtBook, clock: SetClock) -> None:
    """They may be given another time until then."""
    booked = desk.book(place(when(11)))
    clock.at = when(10, 50)
    desk.door.do(c.Evacuate(**desk.who))
    clock.at = when(11, 30)
    desk.door.do(c.EndEvacuation(**desk.who, resume=False))
    assert desk.stands(booked).standing is Standing.BOOKED
    desk.move(booked, place(when(14)))
    assert desk.stands(booked).starts_at == when(14)
