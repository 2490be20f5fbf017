"""`reception upkeep`: days closed so that other stations hear of it, a copy, and last month's reports once due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from reception.app import Door
from reception.cli import main, upkeep
from reception.clock import HOUR, SetClock
from reception.domain.visit_states import End, State
from reception.services import commands as c
from reception.services import monthly_reports
from reception.storage.backups import is_dump
from tests.cli.conftest import Answer, Run
from tests.cli.test_backups import TOOLS
from tests.cli.test_database import change
from tests.services.the_book import when
from tests.storage.checks import dump
from tests.support import At, door_on

FIRST = date(2026, 4, 1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[At]:
    door = door_on(database_url, clock)
    yield At(door).set_up().sign_in()
    door.close()


@pytest.fixture
def nightly(
    desk: At, database_url: str, clock: SetClock, run: Run, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Answer]:
    """Runs it at the hour that the clock stands at."""

    def opened(_settings: object) -> Door:
        return door_on(database_url, clock)

    monkeypatch.setattr(upkeep, "existing_door", opened)
    return lambda: run("--database", database_url, "upkeep")


def test_days_that_are_over_are_closed_and_other_stations_hear_of_it(
    desk: At, clock: SetClock, nightly: Callable[[], Answer]
) -> None:
    waiting = desk.take()
    other = desk.door
    before, _ = other.changes(0)
    assert "no day that is over was open" in nightly().out
    clock.at = when(2) + 24 * HOUR
    answer = nightly()
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "Civic Offices: the days that were over are closed; what was open on them is unresolved.",
        "No copy of the database: the settings name no backup_folder.",
        "No report: the settings name no report_folder.",
    ]
    after, changed = other.changes(before)
    assert (after > before, waiting.visit_id in changed) == (True, True)
    card = desk.card(waiting)
    assert (card.state, card.end, card.ended_at) == (State.ENDED, End.UNRESOLVED, when(0) + 24 * HOUR)
    assert desk.view().counters[0].officer == ""
    assert "no day that is over was open" in nightly().out
    assert other.changes(after) == (after, frozenset())


def test_copy_and_reports(
    sqlite_url: str, clock: SetClock, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On the first working day of the month or after it, once; a report that is there is left alone."""
    copies, reports = tmp_path / "copies", tmp_path / "reports"
    copies.mkdir()
    reports.mkdir()
    monkeypatch.setenv("RECEPTION_BACKUP_FOLDER", str(copies))
    monkeypatch.setenv("RECEPTION_REPORT_FOLDER", str(reports))
    monkeypatch.setattr(upkeep, "existing_door", lambda _settings: door_on(sqlite_url, clock))
    door = door_on(sqlite_url, clock)
    desk = At(door).set_up(closures=frozenset({FIRST})).sign_in()
    visit = desk.take()
    desk.next()
    desk.on(c.StartService, visit)
    desk.on(c.Finish, visit)
    door.close()

    clock.at = when(22, day=FIRST)
    answer = run("--database", sqlite_url, "upkeep")
    assert answer.code == 0, answer.err
    assert "No report before 2026-04-02, the first working day of the month." in answer.out
    assert "It was looked over, and is sound." in answer.out
    (copy,) = copies.iterdir()
    assert not is_dump(copy)
    assert list(reports.iterdir()) == []

    clock.at = when(22, day=date(2026, 4, 2))
    answer = run("--database", sqlite_url, "upkeep")
    assert answer.code == 0, answer.err
    written = sorted(path.name for path in reports.iterdir())
    assert "reception-2026-03-civic-offices.pdf" in written
    assert f"Last month's reports written: {len(written)}." in answer.out
    whole = {name: (reports / name).read_bytes() for name in written}
    (reports / written[0]).unlink()
    assert "Last month's reports written: 1." in run("--database", sqlite_url, "upkeep").out
    assert sorted(path.name for path in reports.iterdir()) == written
    assert all((reports / name).read_bytes() == data for name, data in whole.items() if name != written[0])
    assert "No report of last month was left to write." in run("--database", sqlite_url, "upkeep").out


def test_what_is_refused_keeps_nothing_else_from_being_done(
    desk: At, clock: SetClock, nightly: Callable[[], Answer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECEPTION_BACKUP_FOLDER", str(tmp_path / "not connected"))
    waiting = desk.take()
    clock.at = when(2) + 24 * HOUR
    answer = nightly()
    assert (answer.code, "There is no folder" in answer.said) == (1, True)
    assert desk.card(waiting).state is State.ENDED
    assert "No report" in answer.out


def test_no_older_copy_goes_for_one_that_is_not_sound(
    sqlite_url: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    door = door_on(sqlite_url)
    At(door).set_up().sign_in().take()
    door.close()
    change(sqlite_url, "UPDATE visit SET number = 'H999'")
    copies = tmp_path / "copies"
    copies.mkdir()
    sound = copies / "reception-backup-20260101T020000Z.db"
    sound.write_text("")
    monkeypatch.setenv("RECEPTION_BACKUP_FOLDER", str(copies))
    monkeypatch.setenv("RECEPTION_BACKUPS_KEPT", "1")
    answer = run("--database", sqlite_url, "upkeep")
    assert (answer.code, "so no older one was removed" in answer.said) == (1, True)
    assert sound.exists()


def test_a_copy_of_postgresql_is_read_to_its_end(
    postgres_url: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Flipped bits, a lost end and a missing table are told, and nothing older goes for such a copy."""
    door_on(postgres_url).close()
    older = tmp_path / "reception-backup-20260101T020000Z.dump"
    older.write_text("")
    monkeypatch.setenv("RECEPTION_BACKUP_FOLDER", str(tmp_path))
    monkeypatch.setenv("RECEPTION_BACKUPS_KEPT", "1")
    whole = upkeep.write_backup

    def spoilt(spoil: Callable[[bytes], bytes]) -> Answer:
        def written(*args: Any) -> Path:
            path = whole(*args)
            path.write_bytes(spoil(path.read_bytes()))
            return path

        with monkeypatch.context() as patched:
            patched.setattr(upkeep, "write_backup", written)
            return run("--database", postgres_url, "upkeep", *TOOLS)

    for spoil, said in (
        (lambda data: data[:-200], "cannot be read to its end, so no older one was removed"),
        (lambda data: data[:-3000] + bytes(2000) + data[-1000:], "cannot be read to its end"),
        (lambda data: data.replace(b"TABLE DATA", b"TABLE DUMB"), "lacks the table"),
    ):
        answer = spoilt(spoil)
        assert (answer.code, said in answer.said, older.exists()) == (1, True, True), answer
        for each in set(tmp_path.glob("*.dump")) - {older}:
            each.unlink()
    answer = run("--database", postgres_url, "upkeep", *TOOLS)
    assert (answer.code, older.exists()) == (0, False), answer.err
    assert "It was read to its end, and no table is missing." in answer.out


def test_two_at_once_close_a_day_once_and_write_one_report(
    postgres_url: str, clock: SetClock, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Both have seen that a day is left open, and that reports are missing, before either does anything about it."""
    door = door_on(postgres_url, clock)
    desk = At(door).set_up().sign_in()
    waiting = desk.take()
    clock.at = when(2, day=date(2026, 4, 1))
    monkeypatch.setenv("RECEPTION_REPORT_FOLDER", str(tmp_path))
    monkeypatch.setattr(upkeep, "existing_door", lambda _settings: door_on(postgres_url, clock))
    both = Barrier(2, timeout=60)

    def together(step: Callable[..., Any]) -> Callable[..., Any]:
        def met(*args: Any) -> Any:
            both.wait()
            found = step(*args)
            both.wait()
            return found

        return met

    monkeypatch.setattr(upkeep, "left_open", together(upkeep.left_open))
    monkeypatch.setattr(monthly_reports, "made", together(monthly_reports.made))
    with ThreadPoolExecutor(2) as pool:
        codes = [each.result() for each in [pool.submit(main, ["--database", postgres_url, "upkeep"]) for _ in "ab"]]
    assert codes == [0, 0]
    card = desk.card(waiting)
    assert (card.state, card.end, card.ended_at) == (State.ENDED, End.UNRESOLVED, when(0) + 24 * HOUR)
    door.close()
    closings = [row for row in dump(postgres_url)["journal"] if "DayClosed" in row]
    assert len(closings) == 1
    files = sorted(path.name for path in tmp_path.iterdir())
    assert len(files) == 8 and not [name for name in files if name.endswith(".part")]
