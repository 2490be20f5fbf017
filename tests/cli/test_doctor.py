"""`reception doctor`: every line of it, when it is well and when it is not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reception.cli import doctor_computer, doctor_database, doctor_paper
from reception.cli.doctor import examine
from reception.cli.findings import Here, Level
from reception.config import Config, PrinterConfig, PrinterKind
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.office import ServiceWords
from reception.storage.checking import Look, SchemaState
from tests.cli.conftest import COLUMNS, Log, Run
from tests.house.ordinary_user import OrdinaryUser
from tests.support import At, door_on, settings

CURRENT = SchemaState("0001", "0001", is_empty=False, is_older=False)


def here(url: str = "", environ: dict[str, str] | None = None, system: str = "linux", **settings: Any) -> Here:
    return Here(Config(database=url, **settings), Path("no.toml"), "", environ or {}, system)


def found(where: Here, *whats: str) -> dict[str, tuple[Level, str]]:
    """The findings, by what they are about."""
    return {each.what: (each.level, each.words) for each in examine(where) if not whats or each.what in whats}


@pytest.fixture
def set_up(database_url: str) -> str:
    door = door_on(database_url)
    At(door).set_up()
    door.close()
    return database_url


def test_all_is_told_and_it_can_work(run: Run, set_up: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    answer = run("--database", set_up, "doctor")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert all(line.split()[0] in ("ok", "attention") for line in lines)
    for what in (
        "program",
        "windows",
        "settings",
        "database",
        "schema",
        "offices",
        "time zones",
        "clock",
        "font, Latin",
    ):
        assert sum(line[11:].startswith(f"{what}  ") for line in lines) == 1, what
    assert "Civic Offices" in answer.out
    assert "drawn offscreen" in answer.out


def test_before_the_first_start_nothing_is_made(run: Run, tmp_path: Path, empty_sqlite_url: str) -> None:
    answer = run("--database", empty_sqlite_url, "doctor")
    assert answer.code == 0
    assert "will be made when the desk is first opened" in answer.out
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read_are_a_failure_and_the_rest_is_told(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "reception.toml"
    settings.write_text("[ordering]\nwalk_in_target_minutes = 0\n")
    answer = run("--config", settings, "doctor")
    assert answer.code == 1
    assert "failed     settings" in answer.out
    assert "walk_in_target_minutes" in answer.out
    assert "font, Latin" in answer.out


def test_a_database_that_is_none_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"something else entirely" * 100)
    answer = run("--database", f"sqlite:///{tmp_path / 'other.db'}", "doctor")
    assert answer.code == 1
    assert "failed     database" in answer.out


def test_a_server_that_cannot_be_reached_is_a_failure(run: Run, tmp_path: Path) -> None:
    answer = run("--database", f"postgresql://ann:hidden@/reception?host={tmp_path}", "doctor")
    assert answer.code == 1
    assert "failed     database" in answer.out
    assert "hidden" not in answer.out


def test_a_database_that_may_not_be_written(as_ordinary_user: OrdinaryUser) -> None:
    folder = as_ordinary_user.folder
    door = door_on(f"sqlite:///{folder / 'reception.db'}")
    At(door).set_up()
    door.close()
    (folder / "closed").mkdir()
    as_ordinary_user.give(folder)
    (folder / "reception.db").chmod(0o444)
    (folder / "closed").chmod(0o555)

    def look(name: str) -> tuple[str, str]:
        level, words = found(here(f"sqlite:///{folder / name}"), "database")["database"]
        return level.value, words

    level, words = as_ordinary_user(look, "reception.db")
    assert (level, "may not be written" in words) == ("failed", True)
    level, words = as_ordinary_user(look, "closed/reception.db")
    assert (level, "cannot be made" in words) == ("failed", True)
    assert as_ordinary_user(look, "new/reception.db")[0] == "ok"


@pytest.mark.parametrize(
    ("look", "what", "level", "words"),
    [
        (Look(SchemaState("0000", "0001", False, True), 0, None), "schema", Level.FAILED, "database migrate URL"),
        (Look(SchemaState("0002", "0001", False, False), 0, None), "schema", Level.FAILED, "Install the newer version"),
        (Look(SchemaState(None, "0001", True, False), 0, None), "schema", Level.OK, "none yet"),
        (Look(CURRENT, 0, 1_000, now=2_000), "clock", Level.OK, "agrees"),
        (Look(CURRENT, 2_000, 1_000, now=2_000), "clock", Level.OK, "agrees"),
        (Look(CURRENT, 65_000, 1_000, now=2_000), "clock", Level.ATTENTION, "65 s ahead of the database"),
        (Look(CURRENT, -65_000, 1_000, now=2_000), "clock", Level.ATTENTION, "65 s behind the database"),
        (Look(CURRENT, 0, 3_602_000, now=2_000), "clock", Level.ATTENTION, "3,600 s before the last thing recorded"),
        (Look(CURRENT, 0, None), "offices", Level.ATTENTION, "none is set up yet"),
        (Look(CURRENT, 0, None, (("Cork", "Europe/Dublin", False),)), "offices", Level.ATTENTION, "Cork (imported"),
        (Look(CURRENT, 0, None, (("X", "Europe/London", True),)), "offices", Level.OK, "X"),
        (Look(CURRENT, 0, None, (("X", "Mars/Olympus", True),)), "time zones", Level.FAILED, "Mars/Olympus"),
    ],
)
def test_what_a_look_at_the_database_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look, what: str, level: Level, words: str
) -> None:
    (tmp_path / "reception.db").write_bytes(b"")
    monkeypatch.setattr(doctor_database, "look", lambda url, password_file: look)
    told = found(here(f"sqlite:///{tmp_path / 'reception.db'}"))[what]
    assert told[0] is level
    assert words in told[1]


def test_a_network_share_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = doctor_database.place_of(f"sqlite:///{tmp_path / 'reception.db'}")
    monkeypatch.setattr(doctor_database, "place_of", lambda url: type(place)(place.shown, place.file, "cifs"))
    level, words = found(here("sqlite:///x"))["database"]
    assert (level, "network share" in words) == (Level.FAILED, True)


@pytest.mark.parametrize(
    ("environ", "system", "level", "words"),
    [
        ({}, "linux", Level.ATTENTION, "no window can open here"),
        ({"DISPLAY": ":0"}, "linux", Level.OK, ":0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", Level.OK, "wayland-0"),
        ({}, "win32", Level.OK, "this computer's own"),
        ({}, "darwin", Level.OK, "this computer's own"),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "linux", Level.ATTENTION, "nobody sees them"),
        ({"QT_QPA_PLATFORM": "eglfs"}, "linux", Level.OK, "eglfs"),
    ],
)
def test_the_screen(environ: dict[str, str], system: str, level: Level, words: str) -> None:
    told = found(here(environ=environ, system=system), "screen")["screen"]
    assert told[0] is level
    assert words in told[1]


def test_a_script_without_a_font_wants_attention(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_paper, "font_report", lambda: [("Latin", "Noto Sans"), ("Gurmukhi", None)])
    fonts = found(here())
    assert fonts["font, Latin"] == (Level.OK, "Noto Sans")
    assert fonts["font, Gurmukhi"][0] is Level.ATTENTION
    assert "fonts-noto-core" in fonts["font, Gurmukhi"][1]


@pytest.fixture
def ticket_printer() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("kind", "address", "level", "words"),
    [
        (PrinterKind.NONE, "", Level.ATTENTION, "tickets are not printed"),
        (PrinterKind.SYSTEM, "office", Level.OK, "office"),
        (PrinterKind.SYSTEM, "", Level.OK, "default printer"),
        (PrinterKind.SYSTEM, "cellar", Level.ATTENTION, "“cellar” is not among"),
        (PrinterKind.ESCPOS, "tcp://127.0.0.1:9", Level.ATTENTION, "does not answer"),
        (PrinterKind.ESCPOS, "nonsense://", Level.ATTENTION, "is no address"),
        (PrinterKind.FOLDER, "FOLDER", Level.OK, "the folder"),
        (PrinterKind.FOLDER, "FOLDER/no", Level.ATTENTION, "is not there"),
    ],
)
def test_the_printer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: PrinterKind, address: str, level: Level, words: str
) -> None:
    monkeypatch.setattr(doctor_paper, "list_system_printers", lambda: ["office", "upstairs"])
    printer = PrinterConfig(kind=kind, address=address.replace("FOLDER", str(tmp_path)))
    told = found(here(printer=printer), "printer")["printer"]
    assert told[0] is level
    assert words in told[1]
    if kind is not PrinterKind.NONE:
        assert found(here(letter_printer=printer), "letter printer") == {"letter printer": told}


def test_a_ticket_printer_that_answers(ticket_printer: str) -> None:
    printer = PrinterConfig(kind=PrinterKind.ESCPOS, address=ticket_printer)
    assert found(here(printer=printer), "printer")["printer"] == (Level.OK, f"{ticket_printer} can be reached")


def test_no_print_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_paper, "list_system_printers", list)
    told = found(here(printer=PrinterConfig(kind=PrinterKind.SYSTEM, address="office")), "printer")["printer"]
    assert told[0] is Level.ATTENTION
    assert "none is known here" in told[1]


def test_a_log_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert found(here(log_folder=str(tmp_path / "new" / "logs")), "log")["log"][0] is Level.OK
    assert not (tmp_path / "new").exists()
    told = found(here(log_folder=str(tmp_path / "file")), "log")["log"]
    assert told[0] is Level.ATTENTION
    assert "log_folder" in told[1]


@pytest.mark.parametrize(
    ("python", "qt", "level"),
    [
        ((3, 11), "6.11.3", Level.OK),
        ((3, 11), "6.12.0", Level.FAILED),
        ((3, 12), "6.12.0", Level.OK),
        ((3, 12), None, Level.FAILED),
    ],
)
def test_the_window_toolkit(
    monkeypatch: pytest.MonkeyPatch, python: tuple[int, int], qt: str | None, level: Level
) -> None:
    def version(name: str) -> str:
        if qt is None:
            raise doctor_computer.PackageNotFoundError
        return qt

    monkeypatch.setattr(doctor_computer, "installed_version", version)
    monkeypatch.setattr(doctor_computer.sys, "version_info", python)
    assert next(doctor_computer.windows(here())).level is level


def test_a_check_that_breaks_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor_paper, "font_report", broken)
    told = found(here())
    assert told["fonts"] == (Level.ATTENTION, "could not be looked at: ZeroDivisionError")
    assert "log" in told


def test_it_says_which_languages_are_drafts_until_they_are_ticked(sqlite_url: str) -> None:
    def told(*checked: str) -> tuple[Level, str]:
        at.change_settings(settings(checked_languages=frozenset(checked)))
        return found(here(sqlite_url))["languages"]

    door = door_on(sqlite_url)
    at = At(door).set_up()
    level, words = told()
    assert level is Level.ATTENTION
    assert "Arabic, Bengali" in words and "Polish" in words and "English" not in words
    assert "Polish" not in told("ar", "pl")[1]
    assert told(*(each.tag for each in VISITOR_LANGUAGES))[0] is Level.OK
    assert found(here(sqlite_url))["services"][1].startswith("every service has no name in some visitors' languages")
    said = {each.tag: ServiceWords("Name") for each in VISITOR_LANGUAGES[1:]}
    services = tuple(replace(each, said=said) for each in settings().services)
    at.change_settings(settings(services=services))
    assert found(here(sqlite_url))["services"][0] is Level.OK
    door.close()


def test_imported_visits_alone_are_no_office_set_up(run: Run, log: Log, sqlite_url: str) -> None:
    path = log("2024-07-01 10:00,2024-07-01 10:04,2024-07-01 10:25")
    run("--database", sqlite_url, "import", "visits", path, *COLUMNS)
    answer = run("--database", sqlite_url, "doctor")
    assert "none is set up yet; Imported visits (imported visits only)" in answer.out


def test_the_council_s_own_words_are_looked_over(tmp_path: Path) -> None:
    assert found(here(), "wording") == {"wording": (Level.OK, "the program's own")}
    assert "not yet checked by a translator" in found(here())["wording, Polish"][1]
    own = tmp_path / "our words.toml"
    own.write_text('language = "en"\ntickt = 1\n', encoding="utf-8")
    level, words = found(here(wording_file=str(own)), "wording")["wording"]
    assert level is Level.ATTENTION
    assert "In the letters file our words.toml" in words
    assert "“ticket” is missing" in words
    original = Path("resources/letters/en.toml").read_text(encoding="utf-8")
    own.write_text(original, encoding="utf-8")
    assert found(here(wording_file=str(own)), "wording") == {"wording": (Level.OK, f"the council's own, {own}")}


def test_a_council_s_sentences_for_the_screens_are_looked_over(tmp_path: Path) -> None:
    screens = tmp_path / "screens"
    screens.mkdir()
    for name, text in (
        ("pl", 'status = ""\n[kiosk]\nback = "Cofnij"\n'),
        ("it", '[kiosk]\nback = "{who}"'),
        ("xx", ""),
    ):
        (screens / f"{name}.toml").write_text(text, encoding="utf-8")
    told = found(here(wording_folder=str(tmp_path)))
    assert told["words on screens, Polish"] == (Level.OK, f"1 of the council's own, {screens / 'pl.toml'}")
    assert told["words on screens, Italian"] == (
        Level.ATTENTION,
        "it.toml, line 2: kiosk.back has the unknown placeholder {who}. The program's own words are used there.",
    )
    assert "it is not read" in told["words on screens"][1]
