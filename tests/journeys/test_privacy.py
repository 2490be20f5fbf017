"""Names planted in visits are found nowhere but in the tables that are meant for them."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.app import Door
from reception.config import PrinterConfig, PrinterKind
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.engine import open_engine
from tests.support import COUNCIL_TAX, EWAN, HOUSING, OFFICE, At, door_on

NAME = "Zebedee Quuxmarmalade"
NOTE = "lives above the bakery with a parrot"
REASON = "fainted twice this morning"
SECRETS = ("Zebedee", "Quuxmarmalade", "bakery", "parrot", "fainted")
MEANT_FOR_IT = {"visitor", "visit_reason"}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which everything that is written ends up: temporary files, log, paper."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    handler = logging.FileHandler(tmp_path / "reception.log", encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield tmp_path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def live(door: Door) -> None:
    """A life with a name in every place that takes one, and every kind of mistake."""
    at = At(door).set_up().sign_in()
    person = Person(NAME, "pl", "en", frozenset({Need.PRIVATE}), NOTE)
    first = at.take(HOUSING, person=person, print_ticket=True, see_first_reason=REASON)
    second = at.take(COUNCIL_TAX, person=person)
    at.correct(second, party_size=2)
    assert at.next().number == first.number
    at.on(c.StartService, first)
    ended = at.on(c.Finish, first, end=End.TO_FOLLOW, due=date(2999, 1, 1), owner_id=EWAN, note=NOTE)
    at.door.do(c.CallVisit(**at.who, visit_id=second.visit_id, reason=REASON))
    for job in (*first.prints, *ended.prints):
        door.print_job(job)
    details = {"person": replace(person, name=NAME[::-1]), "shown": person, "shown_party_size": 2}
    for wrong in (
        c.ChangeDetails(**at.who, visit_id=second.visit_id, **details, party_size=0),
        c.ChangeDetails(**at.who, visit_id=second.visit_id, **{**details, "shown": Person()}, party_size=2),
        c.ChangeDetails(**at.who, visit_id="nobody", **details, party_size=1),
        c.CallVisit(**at.who, visit_id=first.visit_id, reason=REASON),
        c.TakeTicket(**at.who, service_id="nothing", person=person),
    ):
        assert not any(secret in repr(wrong) for secret in SECRETS)
        with pytest.raises(Refusal) as refused:
            door.do(wrong)
        logging.getLogger("test").exception("refused", exc_info=refused.value)
    assert door.ask(q.Search(OFFICE, "zebedee"))


def test_no_file_and_no_file_name_holds_a_name(room: Path) -> None:
    database = room / "data" / "reception.db"
    paper = room / "paper"
    paper.mkdir()
    door = door_on(f"sqlite:///{database}", printer=PrinterConfig(kind=PrinterKind.FOLDER, address=str(paper)))
    live(door)
    door.close()
    files = [file for file in room.rglob("*") if file.is_file() and file.parent != database.parent]
    assert any(file.parent == paper for file in files)
    for file in room.rglob("*"):
        assert not any(secret.casefold() in file.name.casefold() for secret in SECRETS), file
    for file in files:
        content = file.read_bytes()
        for secret in SECRETS:
            for encoding in ("utf-8", "utf-16-le", "latin-1"):
                assert secret.encode(encoding) not in content, (file, secret)


def test_no_table_but_those_for_personal_data_holds_a_name(database_url: str) -> None:
    door = door_on(database_url)
    live(door)
    door.close()
    engine = open_engine(database_url)
    tables = sa.MetaData()
    tables.reflect(engine)
    found = set()
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(sa.select(table)):
                if any(secret in str(value) for secret in SECRETS for value in row):
                    found.add(table.name)
    engine.dispose()
    assert found == MEANT_FOR_IT
