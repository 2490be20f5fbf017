"""A PostgreSQL server whose disk is full, really: a database that lies on a small file system of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from reception.config import Config
from reception.domain.person import Person
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.station.door import StationDoor
from reception.station.opening import open_station_door
from tests.house.postgres import NOBODY, Server
from tests.storage.checks import assert_sound, dump
from tests.support import HOUSING, OFFICE, At, PlainPins, door_on

pytestmark = pytest.mark.postgresql
SPARE_KIB = 64
"""What is left beside the ballast: soon used up."""
PERSON = Person(note="x" * 2_000)


@pytest.fixture
def disk(postgres_server: Server) -> Iterator[Path]:
    """A file system of 24 MiB, the server's own."""
    disk = postgres_server.folder / "small disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size=24m,uid={NOBODY},gid={NOBODY},mode=0700", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("this machine lets nobody mount a file system of their own")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    disk.rmdir()


@pytest.fixture
def url(postgres_server: Server, disk: Path) -> Iterator[str]:
    """A database on it."""
    postgres_server.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
    postgres_server.execute("CREATE DATABASE on_small_disk TEMPLATE template0 TABLESPACE small")
    url = make_url(f"postgresql+psycopg://postgres@/on_small_disk?host={postgres_server.folder}")
    yield url.render_as_string()
    postgres_server.drop_database(url.render_as_string())
    postgres_server.execute("DROP TABLESPACE small")


def test_it_is_said_and_loses_nothing_and_goes_on_with_room(disk: Path, url: str, tmp_path: Path) -> None:
    with closing(door_on(url)) as owner:
        At(owner).set_up().sign_in()
    config = Config(database=url, station="Desk 1")
    with closing(
        open_station_door(config, StationKind.DESK, pins=PlainPins(), folder=tmp_path / "own", watch=False)
    ) as desk:
        assert isinstance(desk, StationDoor)
        space = os.statvfs(disk)
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(space.f_bavail * space.f_frsize - SPARE_KIB * 1024))
        taken: list[str] = []
        for _ in range(300):
            command = c.TakeTicket(office_id=OFFICE, station="Desk 1", service_id=HOUSING, person=PERSON)
            try:
                taken.append(desk.do(command).number)
            except Refusal as refusal:
                full = refusal
                break
        else:
            raise AssertionError("the disk was never full")
        assert full.code is Code.DATABASE_FULL
        assert not desk.is_cut_off, "it answers: the desk goes on seeing what the others do"
        assert [row.number for row in At(desk).view().queue] == taken
        with pytest.raises(Refusal) as still:
            desk.do(command)
        assert still.value.code is Code.DATABASE_FULL
        ballast.unlink()
        done = desk.do(command)
        assert (done.already_done, done.number) == (False, f"H{len(taken) + 1:03d}")
        assert desk.do(command).already_done
    assert_sound(url)
    assert len(dump(url)["visit"]) == len(taken) + 1
