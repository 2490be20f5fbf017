"""`reception database roles` and `password`, and `reception station`."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import psycopg
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy.engine import make_url

from reception.domain.stations import StationKind
from reception.storage.engine import parse_url
from reception.storage.passwords import SERVICE, completed
from tests.cli.conftest import Run
from tests.storage.roles import drop_roles
from tests.support import At, door_on


@pytest.fixture
def office(database_url: str) -> str:
    door = door_on(database_url)
    At(door).set_up()
    door.close()
    return database_url


def test_stations_are_named_listed_and_removed(run: Run, office: str) -> None:
    def station(*words: str) -> tuple[int, str]:
        answer = run("--database", office, "station", *words)
        return answer.code, answer.out or answer.said

    assert station("list") == (0, "Civic Offices has no stations yet.\n")
    code, out = station("add", "Kiosk 1", "--kind", "kiosk")
    assert (code, out.endswith("numbers of the series A.\n")) == (0, True)
    code, out = station("add", " kiosk  1", "--kind", "desk")
    assert (code, "has a station called kiosk 1 already" in out) == (1, True)
    station("add", "Desk 1", "--kind", "desk")
    assert station("list")[1].splitlines() == [
        "Station  Kind        Series",
        "Desk 1   desk        B",
        "Kiosk 1  kiosk       A",
    ]
    assert "has no station of that name. Its stations: Desk 1, Kiosk 1." in station("remove", "Kiosk 2")[1]
    assert station("remove", "KIOSK 1")[0] == 0
    assert station("add", "Waiting room", "--kind", "display")[1] == "Waiting room is a display of Civic Offices.\n"
    assert station("list")[1].splitlines()[-1] == "Waiting room  display", "it gives no numbers"
    assert station("remove", "Waiting room")[0] == 0
    station("add", "Kiosk 1", "--kind", "kiosk")
    assert station("list")[1].splitlines()[2] == "Kiosk 1  kiosk       D", "a series is never given again"


@pytest.mark.postgresql
def test_roles_are_made_with_the_database_and_passwords_are_told_once(
    run: Run, postgres_url: str, tmp_path: Path
) -> None:
    made = run("database", "init", postgres_url)
    assert (made.code, made.err) == (0, "")
    name = make_url(postgres_url).database
    lines = [line.split() for line in made.out.splitlines()[1:5]]
    assert [line[:2] for line in lines] == [[kind.value, f"{name}_{kind.value}"] for kind in StationKind]
    assert all(len(line[2]) >= 32 for line in lines)
    again = run("database", "init", postgres_url)
    assert again.out.count("has its password already") == 4
    assert not any(line[2] in again.out for line in lines)

    file = tmp_path / "passwords"
    answer = run("database", "roles", postgres_url, "--new-passwords", "--passwords-to", file)
    assert (answer.code, answer.err) == (0, "")
    written = dict(line.split() for line in file.read_text().splitlines())
    assert set(written) == {f"{name}_{kind.value}" for kind in StationKind}
    assert not any(word in answer.out for word in written.values())
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    refused = run("database", "roles", postgres_url, "--new-passwords", "--passwords-to", file)
    assert "is there already, and is not replaced" in refused.said
    assert file.read_bytes() == before
    with psycopg.connect(f"host={make_url(postgres_url).query['host']} user=postgres dbname={name}") as owner:
        ((kept,),) = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [f"{name}_kiosk"])
    assert kept.startswith("SCRAM-SHA-256$"), "the server was never told the password itself"
    drop_roles(postgres_url)


@pytest.mark.postgresql
def test_roles_belong_to_a_database_with_tables_on_a_server(
    run: Run, empty_postgres_url: str, empty_sqlite_url: str
) -> None:
    assert "Run first: reception database init URL" in run("database", "roles", empty_postgres_url).said
    assert run("database", "init", empty_sqlite_url).code == 0
    assert "SQLite file has no roles" in run("database", "roles", empty_sqlite_url).said
    assert "has no users" in run("database", "init", empty_sqlite_url, "--passwords-to", "x").said


class Memory(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    own = Memory()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


URL = "postgresql://reception_desk@db.example.org/reception"


def test_a_password_is_kept_in_the_keyring_and_found_there(
    run: Run, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("s3cret!\n"))
    answer = run("database", "password", URL)
    assert answer.code == 0
    assert "s3cret!" not in answer.out
    assert memory.kept == {(SERVICE, "reception_desk@db.example.org:5432/reception"): "s3cret!"}
    assert completed(parse_url(URL)).url.password == "s3cret!"
    other = parse_url(URL.replace("_desk", "_kiosk"))
    assert completed(other).url.password is None
    assert completed(parse_url("postgresql://reception_desk:own@db.example.org/reception")).url.password == "own"
    assert "s3cret!" not in repr(completed(parse_url(URL)))


def test_what_has_no_password_is_given_none(run: Run, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    assert "Only the address of a PostgreSQL database" in run("database", "password", sqlite_url).said
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "No password was given" in run("database", "password", URL).said
