"""Where a database's password comes from, and that nothing goes over a network unencrypted by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from reception.errors import Code, Refusal
from reception.storage.checking import place_of
from reception.storage.engine import parse_url
from reception.storage.passwords import PasswordPlace, completed
from reception.storage.postgresql import own_parameters, postgresql_engine
from reception.storage.servers import is_here, tls_mode

URL = "postgresql://reception_kiosk@db.example.org/reception"


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSSLROOTCERT", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("s3cret!\nnot this\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_file_that_is_only_ours_gives_the_password(file: Path) -> None:
    found = completed(parse_url(URL), str(file))
    assert (found.url.password, found.place) == ("s3cret!", PasswordPlace.FILE)
    assert "s3cret!" not in repr(found)
    assert "s3cret!" not in str(found.url)


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is said in another way")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610])
def test_a_file_that_others_may_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(Refusal) as refused:
        completed(parse_url(URL), str(file))
    assert refused.value.code is Code.BAD_SETTINGS
    assert "may be read by others" in refused.value.reason
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"", b"\nsecond", b"\xff\xfe"])
def test_a_file_without_a_password_is_refused(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        completed(parse_url(URL), str(file))
    assert refused.value.code is Code.BAD_SETTINGS


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:s3cret!@db.example.org/reception",
        "postgresql://desk@db.example.org/reception?password=s3cret!",
    ],
)
def test_a_password_in_an_address_is_never_shown(url: str) -> None:
    assert parse_url(url).password == "s3cret!"
    assert "s3cret" not in place_of(url).shown
    assert "s3cret" not in repr(parse_url(url))


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("", True),
        ("localhost", True),
        ("LocalHost:5433", True),
        ("127.0.0.1", True),
        ("127.1", True),
        ("[::1]", True),
        ("db.example.org", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("192.0.2.7", False),
        ("[2001:db8::1]", False),
    ],
)
def test_this_machine_and_others_are_told_apart(host: str, here: bool) -> None:
    url = make_url(f"postgresql+psycopg://desk@{host}/reception")
    assert is_here(url) is here
    assert tls_mode(url) == ("" if here else "require")


@pytest.mark.parametrize(
    ("query", "mode"),
    [
        ("host=/var/run/postgresql", ""),
        ("host=/var/run/postgresql,db.example.org", "require"),
        ("host=localhost&host=db.example.org", "require"),
        ("hostaddr=192.0.2.7", "require"),
        ("hostaddr=127.0.0.1", ""),
        ("host=db.example.org&sslrootcert=ours.crt", "verify-full"),
        ("host=db.example.org&sslmode=verify-ca", ""),
    ],
)
def test_what_is_asked_for_by_the_address(query: str, mode: str) -> None:
    assert tls_mode(make_url(f"postgresql+psycopg://desk@/reception?{query}")) == mode


def test_the_environment_may_say_where_but_never_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGHOST", "db.example.org")
    monkeypatch.setenv("PGSSLMODE", "disable")
    assert tls_mode(make_url("postgresql+psycopg://desk@/reception")) == "require"
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").touch()
    assert tls_mode(make_url(URL)) == "verify-full"
    monkeypatch.delenv("PGHOST")
    assert tls_mode(make_url("postgresql+psycopg://desk@/reception")) == ""


def test_every_connection_of_a_station_asks_for_it() -> None:
    engine = postgresql_engine(parse_url(URL), 1.0)
    assert engine.url.query["sslmode"] == "require"
    assert own_parameters(engine)["sslmode"] == "require", "also the one for news and heartbeat"
    engine.dispose()
