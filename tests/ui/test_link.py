"""The link: in order, never twice, never waiting, and honest about what failed."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reception.domain.desk_view import DeskView
from reception.domain.evacuation import EvacuationList
from reception.domain.person import Person
from reception.domain.stations import Beat, Contact, Reach
from reception.errors import Code, Refusal
from reception.services.commands import CallNext, Evacuate, Result, TakeTicket
from reception.services.queries import Desk, Search
from tests.ui.fake_door import OFFICE, TUESDAY, FakeDoor
from ui import under_way
from ui.link import NOT_KNOWN, Link
from ui.refused import BUG, UNANSWERED, Refused
from ui.supervisor.newest import Newest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def link(door: FakeDoor, qtbot: QtBot) -> Iterator[Link]:
    made = Link(door)
    yield made
    door.gate.set()
    door.print_gate.set()
    made.close()


def take(name: str = "", **more: object) -> TakeTicket:
    return TakeTicket(office_id="civic", service_id="ctax", person=Person(name=name), **more)  # type: ignore[arg-type]


def settle(link: Link, qtbot: QtBot) -> None:
    """Wait until all that was sent before this is answered: the link does things in order."""
    answered: list[object] = []
    link.ask(Search("civic", "nobody"), answered=answered.append, refused=answered.append)
    qtbot.waitUntil(lambda: bool(answered))


def unreachable() -> Refusal:
    return Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")


def test_a_result_comes_back_on_the_gui_thread(link: Link, qtbot: QtBot) -> None:
    came: list[tuple[Result, threading.Thread]] = []
    assert link.do(take(), done=lambda result: came.append((result, threading.current_thread())))
    assert came == []
    qtbot.waitUntil(lambda: bool(came))
    result, thread = came[0]
    assert result.number == "C001"
    assert thread is threading.main_thread()


def test_the_same_command_is_sent_once(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.gate.clear()
    command = take()
    assert link.do(command)
    assert not link.do(command)
    assert link.is_under_way(command.id)
    door.gate.set()
    qtbot.waitUntil(lambda: not link.is_under_way(command.id))
    assert not link.do(command), "done: not again"
    assert len(door.done) == 1


def test_a_lost_reply_is_asked_again_with_the_same_id_and_done_once(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.lose_reply = True
    command = take()
    refused: list[Refused] = []
    results: list[Result] = []
    link.do(command, refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert link.do(command, done=results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results[0].already_done
    assert len(door.visits) == 1


def test_a_refusal_is_said_and_not_logged(
    link: Link, door: FakeDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    refused: list[Refused] = []
    link.do(CallNext(office_id="civic", counter_id="c3", officer_id="priya"), refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].code is Code.NOT_SIGNED_IN
    assert caplog.records == []


def test_a_bug_is_logged_whole_once_without_names_and_said_plainly(
    link: Link, door: FakeDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    door.fail_do.append(ValueError("no place for 'Xanthippe Øverland' in row 3"))
    refused: list[Refused] = []
    with caplog.at_level(logging.DEBUG):
        link.do(take("Xanthippe Øverland"), refused=refused.append)
        qtbot.waitUntil(lambda: bool(refused))
    assert refused == [BUG]
    [record] = caplog.records
    assert "Traceback" in record.getMessage()
    assert "row 3" in record.getMessage()
    assert "Xanthippe" not in record.getMessage()
    assert "Øverland" not in record.getMessage()


def test_what_was_searched_is_kept_out_of_the_log_too(
    link: Link, door: FakeDoor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    door.fail_ask = KeyError("Xanthippe")
    refused: list[Refused] = []
    link.ask(Search("civic", "Xanthippe"), answered=lambda _: None, refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert "Xanthippe" not in caplog.text
    assert "KeyError" in caplog.text


def test_after_a_command_the_view_is_asked_again(link: Link, qtbot: QtBot) -> None:
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    link.watch(Desk("civic", "c3", "Desk 3"))
    qtbot.waitUntil(lambda: len(views) == 1)
    link.do(take())
    qtbot.waitUntil(lambda: [row.number for row in views[-1].queue] == ["C001"])


def test_the_view_after_a_command_does_not_wait_for_the_window(
    link: Link, door: FakeDoor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked behind the command at once, not only when the window has shown the result."""
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    link.watch(Desk("civic", "c3", "Desk 3"))
    qtbot.waitUntil(lambda: len(views) == 1)
    asked, ask = threading.Event(), door.ask
    monkeypatch.setattr(door, "ask", lambda query: (asked.set(), ask(query))[1])
    link.do(take())
    assert asked.wait(5), "the window's thread does nothing meanwhile"
    assert len(views) == 1
    qtbot.waitUntil(lambda: len(views) > 1)
    assert [row.number for row in views[1].queue] == ["C001"]


def test_refreshes_are_coalesced(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.gate.clear()
    link.watch(Desk("civic"))
    for _ in range(50):
        link.refresh()
    door.gate.set()
    qtbot.waitUntil(lambda: len(door.asked) == 2)
    settle(link, qtbot)
    settle(link, qtbot)
    assert [query for query in door.asked if isinstance(query, Desk)] == [Desk("civic")] * 2


def test_the_view_is_asked_only_when_something_changed(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    views: list[DeskView] = []
    beats: list[Beat] = []
    link.view_came.connect(views.append)
    link.beat.connect(beats.append)
    link.watch(Desk("civic"))
    qtbot.waitUntil(lambda: len(views) == 1 and len(beats) > 1)
    settle(link, qtbot)
    assert len(views) == 1
    door.arrive()
    qtbot.waitUntil(lambda: len(views) == 2)
    settle(link, qtbot)
    assert beats[-1] == Beat(door.sequence, 1, door.clock.now())
    assert len(views) == 2, "what the view knows already is no news"


def test_the_view_is_asked_again_when_its_order_ends(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.order_valid_for = 300
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    link.watch(Desk("civic"))
    qtbot.waitUntil(lambda: len(views) >= 2, timeout=2000)


def test_a_view_of_a_counter_no_longer_watched_is_dropped(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    door.gate.clear()
    link.watch(Desk("civic", "c1"))
    link.watch(Desk("civic", "c2"))
    door.gate.set()
    qtbot.waitUntil(lambda: bool(views))
    assert [view.counter_id for view in views] == ["c2"]


def test_offline_says_since_when_and_ends_with_the_next_answer(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    offline: list[int] = []
    contacts: list[Contact] = []
    link.contact.connect(contacts.append)
    link.offline.connect(lambda since, _: offline.append(since))
    link.watch(Desk("civic"))
    qtbot.waitUntil(lambda: len(views) == 1 and len(contacts) == 1)
    with qtbot.waitSignal(link.offline):
        door.fail_ask = unreachable()
    for _ in range(3):
        settle(link, qtbot)
    assert offline == [TUESDAY], "said once, not at every beat"
    assert len(views) == 1
    with qtbot.waitSignal(link.online):
        door.fail_ask = None
    qtbot.waitUntil(lambda: len(views) == 2)
    assert contacts == [Contact(reach, TUESDAY) for reach in (Reach.LIVE, Reach.LOST, Reach.LIVE)]


def test_a_full_disk_is_over_only_when_something_was_saved(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.fail_do.append(Refusal(Code.DATABASE_FULL, "The disk is full.", "Make room."))
    with qtbot.waitSignal(link.offline):
        link.do(take())
    answered: list[object] = []
    with qtbot.assertNotEmitted(link.online):
        link.ask(Search("civic", "x"), answered=answered.append)
        qtbot.waitUntil(lambda: bool(answered))
    with qtbot.waitSignal(link.online):
        link.do(take())


def test_what_has_no_answer_when_the_database_is_lost_is_refused_and_can_be_sent_again(
    link: Link, door: FakeDoor, qtbot: QtBot
) -> None:
    views: list[DeskView] = []
    link.view_came.connect(views.append)
    link.watch(Desk("civic"))
    qtbot.waitUntil(lambda: len(views) == 1)
    command, waits, done, asked, answers = take(), take(), [], [], []
    door.gate.clear()
    link.do(command, done=done.append, refused=asked.append)
    link.do(waits, refused=asked.append)
    beside: list[Refused] = []

    def refused(no: Refused) -> None:
        asked.append(no)
        link.ask_beside(Search("civic", "x"), answers.append, beside.append)

    link.ask(Search("civic", "x"), answered=answers.append, refused=refused)
    with qtbot.waitSignal(link.offline):
        door.gate_is_loss = True
    qtbot.waitUntil(lambda: bool(beside))
    assert (asked, beside) == ([NOT_KNOWN, NOT_KNOWN, UNANSWERED], [UNANSWERED]), "what is asked then is refused too"
    assert not link.is_under_way(command.id)
    assert door.hung_up == 1
    link.do(take(), refused=asked.append)
    qtbot.waitUntil(lambda: len(asked) == 4)
    with qtbot.waitSignal(link.online):
        door.gate.set()
    qtbot.waitUntil(lambda: [row.number for row in views[-1].queue] == ["C001"])
    assert done == [], "it was refused; what came of it all the same is in the view"
    assert link.do(command, done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done[0].already_done
    settle(link, qtbot)
    assert len(door.visits) == 1, "what waited behind it was never sent"


def test_a_program_that_is_too_old_says_so_for_good(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.fail_ask = Refusal(Code.SCHEMA_NEWER, "Made by a newer version.", "Install it here.")
    with qtbot.waitSignal(link.offline) as said:
        link.watch(Desk("civic"))
    assert said.args is not None
    assert said.args[1].reason == "Made by a newer version."
    with qtbot.assertNotEmitted(link.online):
        settle_refused = []
        link.ask(Search("civic", "x"), answered=settle_refused.append, refused=settle_refused.append)
        qtbot.waitUntil(lambda: bool(settle_refused))


def test_a_slow_command_says_so_and_says_when_it_is_over(
    door: FakeDoor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "SLOW_AFTER_MS", 30)
    link = Link(door)
    door.gate.clear()
    with qtbot.waitSignal(link.slow) as slow:
        link.do(take())
    assert slow.args == [True]
    with qtbot.waitSignal(link.slow) as slow:
        door.gate.set()
    assert slow.args == [False]
    link.close()


def test_printing_follows_the_commit_and_waits_for_nobody(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.print_gate.clear()
    results: list[Result] = []
    link.do(take(), done=results.append)
    link.do(take(), done=results.append)
    qtbot.waitUntil(lambda: len(results) == 2)
    assert door.printed == []
    with qtbot.waitSignal(link.printed) as printed:
        door.print_gate.set()
    assert printed.args == ["C001"]
    qtbot.waitUntil(lambda: door.printed == ["C001", "C002"])


def test_a_failed_print_says_the_number_and_can_be_tried_again(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Put in a new roll.")
    with qtbot.waitSignal(link.print_failed) as failed:
        link.do(take())
    assert failed.args is not None
    assert failed.args[0] == "C001"
    assert failed.args[1] == Refused(Code.PRINTER, "The printer has no paper.", "Put in a new roll.")
    assert len(door.visits) == 1, "the visit stays"
    door.fail_print = None
    with qtbot.waitSignal(link.printed):
        assert link.papers.print_again("C001")


def test_the_evacuation_list_waits_for_no_jammed_ticket(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    door.print_gate.clear()
    door.gate.clear()
    link.do(take())
    link.do(Evacuate(office_id="civic"))
    printed: list[bool] = []
    link.papers.print_evacuation(
        EvacuationList(OFFICE.name, TUESDAY, OFFICE.timezone, ()), lambda: printed.append(True)
    )
    qtbot.waitUntil(lambda: bool(printed))
    assert len(door.evacuations) == 1


@pytest.mark.parametrize("stuck", ["gate", "print_gate"])
def test_it_closes_within_a_second_whatever_hangs(qtbot: QtBot, stuck: str) -> None:
    door = FakeDoor()
    link = Link(door)
    results: list[Result] = []
    if stuck == "gate":
        door.gate.clear()
        link.do(take(), done=results.append)
    else:
        door.print_gate.clear()
        link.do(take(), done=results.append)
        qtbot.waitUntil(lambda: bool(results))
    qtbot.wait(20)
    began = time.monotonic()
    ended = link.close()
    assert time.monotonic() - began < 1
    assert ended is (stuck == "print_gate")
    assert not link.do(take()), "closed: nothing more is sent"
    delete(link._relay)  # as Qt does with all that Python made, when the process ends
    getattr(door, stuck).set()
    for thread in threading.enumerate():
        if thread.name.startswith("reception-"):
            thread.join(5)


def test_it_closes_at_once_when_nothing_hangs(qtbot: QtBot) -> None:
    link = Link(FakeDoor())
    began = time.monotonic()
    assert link.close()
    assert link.close(), "twice does no harm"
    assert time.monotonic() - began < 0.3


def test_what_was_sent_before_closing_is_still_done(qtbot: QtBot) -> None:
    door = FakeDoor()
    link = Link(door)
    link.do(take())
    link.close()
    assert len(door.visits) == 1


def test_a_process_ends_while_a_printer_hangs() -> None:
    """Nobody can wait for a thread in a dead driver: the process must end all the same, with a clean exit."""
    program = (
        "import sys, time\n"
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "from tests.ui.fake_door import FakeDoor\n"
        "from reception.services.commands import TakeTicket\n"
        "from ui.link import Link\n"
        "class Hangs(FakeDoor):\n"
        "    def print_job(self, job_id):\n"
        "        time.sleep(600)\n"
        "application = QCoreApplication([])\n"
        "link = Link(Hangs())\n"
        "link.do(TakeTicket(office_id='civic', service_id='ctax'), done=lambda _: QTimer.singleShot(50, quit_now))\n"
        "def quit_now():\n"
        "    link.close()\n"
        "    application.quit()\n"
        "sys.exit(application.exec())\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=20, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()


def test_five_thousand_replies(link: Link, door: FakeDoor, qtbot: QtBot) -> None:
    """A library release once lost a reference to True at every signal; some 570 of them ended the process."""
    came: list[bool] = []
    for _ in range(5_000):
        link.ask(Search("civic", "nobody"), answered=lambda _: came.append(True))
    qtbot.waitUntil(lambda: len(came) == 5_000, timeout=20_000)


class WorkingDoor(FakeDoor):
    """Works something out: says once how far it is, goes on when `gate` is open, and then hears of no stop."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []

    def work_out(self, query: Any, progress: Callable[[int, int], None]) -> Any:
        self.begun.append(query)
        progress(1, 2)
        self.gate.wait(10)
        return query


def test_what_was_stopped_is_refused_whatever_was_found_and_what_waited_is_not_begun(qtbot: QtBot) -> None:
    door = WorkingDoor()
    link = Link(door)
    said: list[object] = []

    def ask(query: Any) -> Callable[[], None]:
        return link.work_out(
            query, said.append, lambda no: said.append((query, no.code)), lambda *done: said.append(done)
        )

    door.gate.clear()
    stops = [ask("first"), ask("second")]
    qtbot.waitUntil(lambda: said == [(1, 2)] or door.begun != [])
    for stop in stops:
        stop()
    door.gate.set()
    ask("third")
    qtbot.waitUntil(lambda: "third" in said)
    link.close()
    assert [each for each in said if each != (1, 2)] == [("first", Code.CANCELLED), ("second", Code.CANCELLED), "third"]
    assert door.begun == ["first", "third"]
    assert said.count((1, 2)) <= 2


def test_a_question_does_not_wait_for_pages_that_are_made(qtbot: QtBot) -> None:
    gate = threading.Event()
    link = Link(FakeDoor())
    said: list[object] = []
    link.at_door(lambda _door: gate.wait(10), lambda _found: said.append("made"), lambda _no: None)
    link.at_door(lambda _door: None, lambda _found: said.append("next"), lambda _no: None)
    link.ask_beside(Search("civic", "nobody"), lambda _found: said.append("answered"))
    qtbot.waitUntil(lambda: said == ["answered"])
    gate.set()
    qtbot.waitUntil(lambda: said == ["answered", "made", "next"])
    link.close()


def test_beside_lanes_wait_for_each_other_never_and_what_nobody_waits_for_is_not_asked(qtbot: QtBot) -> None:
    gate, asked, said = threading.Event(), [], []

    class Door(FakeDoor):
        def ask(self, query: Any) -> Any:
            asked.append(query)
            return query if query != "slow" else gate.wait(10) and query

    link = Link(Door())

    def refused(no: Refused) -> None:
        said.append(no.code)

    def ask(query: Any, lane: str = "") -> Callable[[], None]:
        return link.ask_beside(query, said.append, refused, lane)

    ask("slow")
    ask("withdrawn")()
    newest = Newest(link)
    for query in ("passed by", "newest"):
        newest.ask(query, said.append, refused)  # type: ignore[arg-type]
    left = Newest(link)
    left.ask("left", said.append, refused)  # type: ignore[arg-type]
    left.let_go()
    ask("in front", "past")
    qtbot.waitUntil(lambda: said == ["in front"])
    gate.set()
    qtbot.waitUntil(lambda: "newest" in said)
    assert said == ["in front", "slow", Code.CANCELLED, "newest"]
    assert sorted(asked) == ["in front", "newest", "slow"]
    link.close()
