"""What `reception doctor` says of database user, TLS and password."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.cli.doctor_paper import printer
from reception.cli.doctor_session import findings_of
from reception.cli.findings import Here, Level
from reception.config import Config
from reception.domain.stations import StationKind
from reception.services import commands as c
from reception.storage.passwords import PasswordPlace
from reception.storage.session import Session, session_of
from tests.cli.conftest import Run
from tests.conftest import RoleUrls
from tests.support import OFFICE, At, door_on

KIOSK, DISPLAY, DESK = StationKind.KIOSK, StationKind.DISPLAY, StationKind.DESK
NEAT = Session("reception_desk", False, frozenset(), frozenset({DESK}), False, "TLSv1.3", True, PasswordPlace.KEYRING)


@pytest.mark.parametrize(
    ("changes", "what", "level", "words"),
    [
        ({}, "database user", Level.OK, "for a desk or supervisor"),
        ({"fits": frozenset({KIOSK}), "kinds": frozenset({KIOSK})}, "database user", Level.OK, "enough for a kiosk"),
        ({"kinds": frozenset({KIOSK})}, "database user", Level.FAILED, "“Front” is a kiosk, and reception_desk may"),
        ({"is_owner": True}, "database user", Level.ATTENTION, "may do everything in the database"),
        ({"is_owner": True, "kinds": frozenset({DISPLAY})}, "database user", Level.FAILED, "is a display"),
        ({}, "TLS", Level.OK, "TLSv1.3, and the server's certificate is verified"),
        ({"is_verified": False}, "TLS", Level.ATTENTION, "nothing shows that the server is the right one"),
        ({"tls": "", "is_verified": False}, "TLS", Level.ATTENTION, "can read along"),
        ({"tls": "", "is_verified": False, "is_here": True}, "TLS", Level.OK, "none needed"),
        ({"is_verified": False, "is_here": True}, "TLS", Level.OK, "TLSv1.3"),
        ({}, "password", Level.OK, "keyring"),
        ({"password": PasswordPlace.FILE}, "password", Level.OK, "only its owner"),
        ({"password": PasswordPlace.NONE}, "password", Level.OK, "none was asked for"),
        ({"password": PasswordPlace.ADDRESS}, "password", Level.ATTENTION, "Take it out"),
    ],
)
def test_what_a_session_is_worth(changes: dict[str, object], what: str, level: Level, words: str) -> None:
    found = {each.what: each for each in findings_of(replace(NEAT, **changes), "Front")}
    assert set(found) == {"database user", "TLS", "password"}
    assert found[what].level is level
    assert words in found[what].words


@pytest.mark.postgresql
def test_each_role_is_looked_at_as_itself(role_urls: RoleUrls) -> None:
    door = door_on(role_urls.desk)
    At(door).set_up()
    door.do(c.AddStation(office_id=OFFICE, name="Front", kind=KIOSK))
    door.close()
    seen = {name: session_of(getattr(role_urls, name), "", "Front") for name in ("owner", "desk", "kiosk", "display")}
    owner, desk, kiosk, display = seen.values()
    assert owner is not None and desk is not None and kiosk is not None and display is not None
    assert (owner.is_owner, desk.is_owner, kiosk.is_owner) == (True, False, False)
    assert [each.fits for each in (owner, desk, kiosk, display)] == [
        frozenset(),
        frozenset(),
        frozenset({KIOSK}),
        frozenset({DISPLAY}),
    ]
    assert owner.kinds == desk.kinds == kiosk.kinds == {KIOSK}
    assert display.kinds == frozenset(), "which it may not read"
    assert all(each.is_here and not each.tls for each in (owner, desk, kiosk, display))
    told = {name: [*printer(_at(getattr(role_urls, name)))] for name in ("desk", "kiosk", "display")}
    assert [name for name, findings in told.items() if findings] == ["desk", "kiosk"], "a display prints nothing"


def _at(url: str) -> Here:
    return Here(Config(database=url, station="Front"), Path("no.toml"), "", {}, "linux")


@pytest.mark.postgresql
def test_a_kiosk_with_a_desks_user_is_a_failure(run: Run, role_urls: RoleUrls, tmp_path: Path) -> None:
    door = door_on(role_urls.desk)
    At(door).set_up()
    door.do(c.AddStation(office_id=OFFICE, name="Front", kind=KIOSK))
    door.close()
    settings = tmp_path / "reception.toml"
    settings.write_text(f'database = "{role_urls.desk}"\nstation = "Front"\n', encoding="utf-8")
    answer = run("--config", settings, "doctor")
    assert answer.code == 1
    assert "“Front” is a kiosk" in answer.out


def test_a_file_has_no_session(sqlite_url: str) -> None:
    assert session_of(sqlite_url, "", "Front") is None


@pytest.mark.postgresql
def test_the_printer_is_looked_at_before_there_are_tables(empty_postgres_url: str) -> None:
    assert [*printer(_at(empty_postgres_url))]
