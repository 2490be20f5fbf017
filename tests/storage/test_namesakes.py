"""Two running windows of one name: both are told, and again when one of them has ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from reception.app import Door
from reception.cli.doctor import examine
from reception.cli.findings import Here
from reception.config import Config
from reception.domain.stations import StationKind
from reception.storage import feed as feed_module
from reception.storage import feed_postgresql, feed_sqlite
from reception.storage.namesakes import StationName, are_alike
from tests.conftest import RoleUrls
from tests.storage.listening import Listener
from tests.storage.processes import WITHIN_S, start, together
from tests.storage.proxy import Proxy, Way
from tests.support import At, door_on

STATION = "Desk 1"


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    with closing(door_on(database_url)) as door:
        At(door).set_up()
        yield door


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (feed_postgresql, feed_sqlite):
        monkeypatch.setattr(module, "BEAT_EVERY", 60)
    monkeypatch.setattr(feed_module, "AGAIN_AFTER", (0, 20, 50))


def until_shared(heard: Listener, shares: bool) -> None:
    heard.until(lambda: bool(heard.contacts) and heard.contacts[-1].shares_name is shares)


def some_beats(heard: Listener) -> None:
    after = len(heard.beats) + 6
    heard.until(lambda: len(heard.beats) >= after)


def listen(url: str, barrier: object) -> None:
    """A window in a process of its own, until it is killed."""
    with closing(door_on(url)) as door, Listener(door) as heard:
        heard.until_beat()
        barrier.wait(WITHIN_S)  # type: ignore[attr-defined]
        signal.pause()


def test_both_are_told_and_again_when_the_other_has_ended(door: Door, database_url: str) -> None:
    with closing(door_on(database_url)) as elsewhere, Listener(door) as first:
        some_beats(first)
        assert not first.contacts[-1].shares_name
        assert not are_alike(database_url, "", "", STATION)
        with Listener(elsewhere) as second:
            until_shared(first, True)
            until_shared(second, True)
            assert are_alike(database_url, "", "", STATION)
            # Each window lets go of its mark for an instant while it looks itself.
            here = Here(Config(database=database_url), Path("no.toml"), "", {}, "linux")
            looked = ({each.what: each.words for each in examine(here)} for _ in range(20))
            said = next(found["station"] for found in looked if "station" in found)
            assert said.startswith("several running windows are called “Desk 1”. Give each a name of its own")
        until_shared(first, False)
        assert not are_alike(database_url, "", "", STATION)


def test_one_that_is_killed_is_gone_at_once_and_started_again_is_not_accused(door: Door, database_url: str) -> None:
    barrier = together(2)
    process = start(listen, database_url, barrier)
    with Listener(door) as heard:
        barrier.wait(WITHIN_S)
        until_shared(heard, True)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        began = monotonic()
        until_shared(heard, False)
        assert monotonic() - began < 3
    with closing(door_on(database_url)) as again, Listener(again) as heard:
        some_beats(heard)
        assert not any(each.shares_name for each in heard.contacts)


@pytest.mark.postgresql
def test_a_window_is_not_taken_for_its_own_namesake_when_the_server_has_not_missed_it_yet(postgres_url: str) -> None:
    with Proxy(postgres_url) as proxy, closing(door_on(proxy.url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            some_beats(heard)
            beats = len(heard.beats)
            proxy.cut(*Way)
            heard.until(lambda: heard.contacts[-1].reach.value == "lost")
            proxy.cut()
            heard.until(lambda: len(heard.beats) > beats)
            some_beats(heard)
            assert not any(each.shares_name for each in heard.contacts)


@pytest.mark.postgresql
def test_kiosk_and_desk_of_one_name_are_told_and_a_display_is_not(role_urls: RoleUrls) -> None:
    """Each as its role: what gives numbers while cut off may not be called alike."""
    with closing(door_on(role_urls.owner)) as owner:
        At(owner).set_up()
        desk = door_on(role_urls.desk)
        kiosk = door_on(role_urls.kiosk, kind=StationKind.KIOSK)
        display = door_on(role_urls.display, kind=StationKind.DISPLAY)
        with closing(desk), closing(kiosk), closing(display), Listener(display) as third, Listener(desk) as first:
            some_beats(third)
            assert not first.contacts[-1].shares_name
            with Listener(kiosk) as second:
                until_shared(first, True)
                until_shared(second, True)
                assert not third.contacts[-1].shares_name


@pytest.mark.parametrize(
    ("one", "other", "is_shared", "same"),
    [
        (("", "Desk 1", "desk"), ("Civic Offices", "desk 1", "desk"), True, True),
        (("", "Desk 1", "desk"), ("", "Desk 2", "desk"), True, False),
        (("", "Desk 1", "desk"), ("", "Desk 1", "kiosk"), True, True),
        (("", "Desk 1", "desk"), ("", "Desk 1", "display"), True, False),
        (("", "Desk 1", "desk"), ("", "Desk 1", "kiosk"), False, False),
    ],
)
def test_which_names_are_the_same(
    one: tuple[str, str, str], other: tuple[str, str, str], is_shared: bool, same: bool
) -> None:
    found = [("office", "Civic Offices")]
    keys = [
        StationName(office, station, StationKind(kind)).key(found, is_shared=is_shared)
        for office, station, kind in (one, other)
    ]
    assert (keys[0] == keys[1]) is same


def test_the_same_name_at_another_office_is_another() -> None:
    found = [("a", "Bushey"), ("b", "Potters Bar")]
    keys = {
        StationName(office, STATION, StationKind.DESK).key(found, is_shared=True)
        for office in ("Bushey", "Potters Bar")
    }
    assert len(keys) == 2


def test_no_file_is_left_in_the_way_of_the_database(sqlite_url: str) -> None:
    with closing(door_on(sqlite_url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            some_beats(heard)
        At(door).sign_in().take()
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    assert [each.stat().st_size for each in folder.glob("*-named-*")] == [0]
