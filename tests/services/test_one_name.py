"""Two stations whose settings give them one name: nothing is lost, and nobody is called by another's number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.app import Door
from reception.clock import MINUTE, SetClock
from tests.services.bookkeeping import books
from tests.services.cut_off import Net
from tests.support import COUNTER_2, EWAN, At, door_on


@pytest.fixture
def shared(office_url: str, clock: SetClock) -> Iterator[Door]:
    door = door_on(office_url, clock)
    yield door
    books(door)
    door.close()


@pytest.mark.parametrize("computers", [1, 2])
def test_cut_off_at_once_every_visitor_is_there_once(
    computers: int, office_url: str, shared: Door, tmp_path: Path, clock: SetClock
) -> None:
    nets = [Net(office_url, tmp_path / f"computer {number}", clock) for number in range(computers)]
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
    numbers = sorted(each.visit.number for each in visits.values())
    assert numbers == (["HA01", "HA02", "HA03", "HA04"] if computers == 1 else ["HA01", "HA01-2", "HA02", "HA02-2"])
    assert At(shared).view().questions == ()
