"""Two stations whose settings give them one name: nothing is lost, and nobody is called by another's number."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.cut_off import Net
from tests.storage.processes import WITHIN_S, finish, start, together
from tests.support import COUNTER_2, EWAN, At, door_on


@pytest.fixture
def shared(office_url: str, clock: SetClock) -> Iterator[Door]:
    door = door_on(office_url, clock)
    yield door
    books(door)
    door.close()


def take_while_cut_off(url: str, folder: Path, at: int, barrier: Any) -> None:
    """A desk on a computer of its own: cut off, it takes two visitors in; then all joins."""
    net = Net(url, folder, SetClock(at))
    desk = net.desk()
    net.cut()
    for _ in range(2):
        desk.take()
        net.clock.advance(MINUTE)
    barrier.wait(WITHIN_S)
    net.mend()
    net.close()


def test_two_processes_that_join_at_once_give_no_two_visitors_one_number(
    office_url: str, shared: Door, tmp_path: Path, clock: SetClock
) -> None:
    barrier = together(2)
    folders = [tmp_path / f"computer {number}" for number in range(2)]
    codes = finish(*(start(take_while_cut_off, office_url, folder, clock.at, barrier) for folder in folders))
    assert codes == [0, 0]
    clock.advance(5 * MINUTE)
    at = At(shared).sign_in()
    queue = at.view().queue
    assert sorted(row.number for row in queue) == ["HA01", "HA02", "HZA01", "HZA02"]
    called = [at.next() for _ in range(1)]
    for _ in range(3):
        at.on(c.Leave, called[-1])
        called.append(at.next())
    by_id = {row.visit_id: row.number for row in queue}
    assert [each.number for each in called] == [by_id[each.visit_id] for each in called]
    assert {each.number for each in called[:2]} == {"HA01", "HZA01"}, "who came first is called first"


@pytest.mark.parametrize(
    ("computers", "numbers"),
    [
        ("one", ["HA01", "HA02", "HA03", "HA04"]),
        ("two", ["HA01", "HA02", "HZA01", "HZA02"]),
        ("one and its copy", ["HA01", "HA01-2", "HA02", "HA02-2"]),
    ],
)
def test_cut_off_at_once_every_visitor_is_there_once(
    computers: str, numbers: list[str], office_url: str, shared: Door, tmp_path: Path, clock: SetClock
) -> None:
    folders = [tmp_path / "computer"] if computers == "one" else [tmp_path / "computer", tmp_path / "another"]
    if computers == "one and its copy":
        before = Net(office_url, folders[0], clock)
        before.station("Desk 1")
        before.close()
        shutil.copytree(*folders)
    nets = [Net(office_url, folder, clock) for folder in folders]
    first, second = nets[0].desk(), nets[-1].desk(counter=COUNTER_2, officer=EWAN)
    for net in nets:
        net.cut()
    taken = []
    for desk in (first, second, second, first):
        taken.append(desk.take())
        clock.advance(MINUTE)
    assert first.next().visit_id == taken[0].visit_id
    for net in reversed(nets):
        net.mend()
        net.close()
    visits = books(shared)
    assert len(visits) == 4
    assert [visits[each.visit_id].visit.arrived_at for each in taken] == [each.at for each in taken]
    assert sorted(each.visit.number for each in visits.values()) == numbers
    assert At(shared).view().questions == ()
