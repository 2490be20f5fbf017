"""The command line as such: help, wrong usage, settings, exit codes, and its description in the README."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.cli import ExtraCommand, build_parser
from reception.cli.parser import DIVISIONS, NO_PRESET
from reception.cli.stats import RENDERERS
from reception.cli.stats_parser import APPOINTMENT_GROUPINGS, FORMATS, GROUPINGS
from reception.cli.values import MOST_COUNTERS, MOST_MINUTES
from reception.cli.workdays import Division
from reception.clock import MINUTE
from reception.config import Config
from reception.domain.booking import LONGEST
from reception.domain.grouping import AppointmentGrouping, Grouping
from reception.services import replaying
from reception.services.importing import NO_PRESET as NO_PRESET_OF_IMPORTS
from reception.statistics.visit_log import LONGEST_WAIT
from tests.cli.conftest import Run

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
WINDOWS = ("desk", "tour")


def commands(parser: argparse.ArgumentParser, *above: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command that does something, by its words."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield above, parser
    for group in groups:
        for name, under in group.choices.items():
            yield from commands(under, *above, name)


EVERY = dict(commands(build_parser()))


def test_the_commands_are_these() -> None:
    assert {" ".join(words) for words in EVERY} == {
        "sample",
        "doctor",
        "database init",
        "database migrate",
        "database check",
        "database roles",
        "database password",
        "backup",
        "verify",
        "restore",
        "upkeep",
        "station add",
        "station list",
        "station remove",
        "working-days",
        "slots",
        "book",
        "letter",
        "calendar",
        "import visits",
        "import appointments",
        "stats waits",
        "stats resolved",
        "stats appointments",
        "stats delays",
        "stats feedback",
        "stats week",
        "stats month",
        "stats office",
        "stats officer",
        "stats language",
        "stats need",
        "report",
        "forecast arrivals",
        "erlang",
        "replay",
        "staffing",
        "compare-policies",
    }


@pytest.mark.parametrize("words", [(), ("database",), ("import",), ("stats",), *EVERY], ids=" ".join)
def test_every_command_has_help(run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words, "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.startswith(f"usage: {' '.join(('reception', *words))}")
    assert len(answer.out.splitlines()) > 4


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_and_option_is_in_the_readme(words: tuple[str, ...]) -> None:
    positionals = [str(each.metavar) for each in EVERY[words]._get_positional_actions()]
    assert re.search(rf"`reception {' '.join([*words, *positionals])}`", README), "the command is not described"
    for option in EVERY[words]._get_optional_actions():
        if "--help" not in option.option_strings:
            (name,) = option.option_strings
            assert re.search(rf"`{name}[ `]", README), f"{name} is not described"


@pytest.mark.parametrize("option", ["--database URL", "--config FILE", "--version"])
def test_what_stands_before_the_command_is_in_the_readme(option: str) -> None:
    assert f"`{option}`" in README


@pytest.mark.parametrize("name", WINDOWS)
def test_the_commands_with_windows_are_in_the_readme(name: str) -> None:
    assert f"`reception {name}" in README


def test_choices_are_those_of_the_floors_below() -> None:
    """They are written out in the parser so that help is quick."""
    every = tuple(each.value for each in Grouping)
    assert every[: len(GROUPINGS)] == GROUPINGS
    assert {("stats", each) for each in every[len(GROUPINGS) :]} <= EVERY.keys()
    assert tuple(each.value for each in Division) == DIVISIONS
    assert tuple(RENDERERS) == FORMATS
    assert NO_PRESET == NO_PRESET_OF_IMPORTS
    assert MOST_COUNTERS == replaying.MOST_COUNTERS
    assert tuple(each.value for each in AppointmentGrouping) == APPOINTMENT_GROUPINGS
    assert MOST_MINUTES * MINUTE == LONGEST
    assert EVERY["import", "visits"].get_default("longest_wait") * 60_000 == LONGEST_WAIT


# -- wrong usage -----------------------------------------------------------------------------------------------


A_LOG = ["--arrived", "a", "--started", "b", "--finished", "c"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["fly"], "fly"),
        (["working-days", "2026-11-24"], "N"),
        (["working-days", "24.11.2026", "1"], "24.11.2026"),
        (["working-days", "2026-02-30", "1"], "there is no day 2026-02-30"),
        (["working-days", "2026-11-24", "two"], "“two” is not a whole number"),
        (["working-days", "2026-11-24", "1", "--division", "wales"], "wales"),
        (["stats", "waits", "--by", "moon"], "moon"),
        (["stats", "waits", "--office", " "], "the name is empty"),
        (["stats"], "WHAT"),
        (["doctor", "--database", "sqlite:///x"], "--database and --config stand before the command"),
        (["replay", "x.csv", *A_LOG], "--date"),
        (["replay", "x", *A_LOG, "--date", "2024-01-01", "--counters", "0"], "0 is not 1 to 99 counters"),
        (["import", "visits", "x", "--arrived", "a", "--started", "b"], "--finished"),
        (["import", "visits", "x", *A_LOG, "--timezone", "Mars/Olympus"], "there is no time zone “Mars/Olympus”"),
        (["slots"], "--service"),
        (["slots", "--service", "Housing", "--days", "0"], "0 is not 1 to 366 days"),
        (["slots", "--service", "Housing", "--count", "900"], "900 is not 1 to 200 slots"),
        (["slots", "--service", "Housing", "--room-feature", "sauna"], "sauna"),
        (["book", "--service", "Housing"], "--at"),
        (["book", "--service", "Housing", "--at", "tomorrow"], "“tomorrow” is not a day and a time"),
        (["book", "--service", "Housing", "--at", "2026-12-01T24:00"], "there is no time 24:00"),
        (["book", "--service", "H", "--at", "2026-12-01T10:00", "--minutes", "481"], "481 is not 1 to 480 minutes"),
        (["book", "--service", "H", "--at", "2026-12-01T10:00", "--id", "1"], "32 hexadecimal digits"),
        (["book", "--service", "H", "--at", "2026-12-01T10:00", "--born", "1970-02-30"], "there is no day 1970-02-30"),
        (["letter", "AP-1", "--kind", "love", "--out", "x"], "love"),
        (["letter", "AP-1", "--kind", "missed"], "--out"),
        (["calendar", "--out", "x"], "--reference"),
        (["calendar", "--reference", "a", "--officer", "b", "--out", "x"], "--officer"),
        (["stats", "waits", "--by", "officer"], "officer"),
        (["import", "visits", "x", *A_LOG, "--longest-wait", "0"], "0 is not 1 minute or more"),
        (["--dat", "sqlite:///x", "doctor"], "sqlite:///x"),
    ],
)
def test_wrong_usage_is_one_sentence(run: Run, argv: list[str], words: str) -> None:
    answer = run(*argv)
    assert answer.code == 2
    assert answer.out == ""
    assert words in answer.said
    assert answer.said.startswith("reception")


def test_without_a_command_and_without_windows_help_is_shown(run: Run) -> None:
    answer = run()
    assert answer.code == 2
    assert "usage: reception" in answer.out


# -- commands of other floors -------------------------------------------------------------------------------------


class Window:
    """A command that would open a window."""

    def __init__(self, name: str) -> None:
        self.seen: list[tuple[argparse.Namespace, Config]] = []
        self.command = ExtraCommand(name, "open something", self.open, self.add_arguments)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--out")

    def open(self, args: argparse.Namespace, config: Config) -> int:
        self.seen.append((args, config))
        return 7


def test_a_command_of_another_floor_gets_its_arguments_and_the_settings(run: Run, tmp_path: Path) -> None:
    tour = Window("tour")
    file = tmp_path / "reception.toml"
    file.write_text('station = "Desk 9"\n')
    answer = run("--config", file, "--database", "sqlite:///here.db", "tour", "--out", "x", extra=(tour.command,))
    assert answer.code == 7
    ((args, config),) = tour.seen
    assert args.out == "x"
    assert config.station == "Desk 9"
    assert config.database == "sqlite:///here.db"
    assert "Open something." in run("tour", "--help", extra=(tour.command,)).out


def test_without_a_command_the_desk_is_opened(run: Run) -> None:
    desk = Window("desk")
    assert run("--database", "sqlite:///here.db", extra=(desk.command,)).code == 7
    ((args, config),) = desk.seen
    assert config.database == "sqlite:///here.db"
    assert args.out is None


def test_the_command_line_comes_before_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECEPTION_DATABASE", "sqlite:///other.db")
    desk = Window("desk")
    run("--database", "sqlite:///here.db", extra=(desk.command,))
    run(extra=(desk.command,))
    assert [config.database for _, config in desk.seen] == ["sqlite:///here.db", "sqlite:///other.db"]


# -- settings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('statoin = "Desk 1"', "unknown key “statoin”"),
        ("station = 3", "station"),
        ("text_percent = 'big'", "text_percent"),
        ("[ordering]\nwalk_in_target_minutes = 0", "ordering.walk_in_target_minutes"),
        ("[ordering]\nwalk_in_target_minutes = -5", "ordering.walk_in_target_minutes"),
        ("[ordering]\ntarget = 5", "unknown key “ordering.target”"),
        ("station = ", "is not valid TOML"),
        ("\x00\x01", "is not valid TOML"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(run: Run, tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "reception.toml"
    file.write_text(text)
    answer = run("--config", file, "stats", "waits")
    assert answer.code == 1
    assert words in answer.said
    assert str(file) in answer.said


def test_a_settings_file_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    answer = run("--config", tmp_path / "no.toml", "stats", "waits")
    assert (answer.code, answer.out) == (1, "")
    assert "There is no settings file" in answer.said


@pytest.mark.parametrize("url", ["reception.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "://"])
def test_a_database_address_that_is_none_is_refused(run: Run, url: str) -> None:
    answer = run("--database", url, "stats", "waits")
    assert answer.code == 1
    assert answer.said.startswith(("The database address", "Reception keeps its data in"))


# -- what is printed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "day"),
    [
        (["2026-12-24", "1"], "2026-12-29"),
        (["2026-12-24", "1", "--division", "scotland"], "2026-12-29"),
        (["2026-12-31", "1"], "2027-01-04"),
        (["2026-12-31", "1", "--division", "scotland"], "2027-01-05"),
        (["2026-07-10", "1", "--division", "northern-ireland"], "2026-07-14"),
        (["2026-11-24", "10"], "2026-12-08"),
    ],
)
def test_working_days(run: Run, argv: list[str], day: str) -> None:
    answer = run("working-days", *argv)
    assert (answer.code, answer.out, answer.err) == (0, f"{day}\n", "")


@pytest.mark.parametrize("number", ["0", "-3"])
def test_working_days_below_one_are_refused(run: Run, number: str) -> None:
    answer = run("working-days", "2026-11-24", number)
    assert (answer.code, answer.out) == (1, "")
    assert "the day after it is day 1" in answer.said


def test_the_version_is_printed(run: Run) -> None:
    assert re.fullmatch(r"reception \d+\.\d+\.\d+\S*\n", run("--version").out)


def in_a_process(*argv: str, **environ: str) -> subprocess.Popen[bytes]:
    code = "import sys; from reception.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environ},
    )


def test_the_answer_is_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    with in_a_process("stats", "waits", "--office", "Zürich", LC_ALL="C", PYTHONIOENCODING="ascii") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    err.decode("utf-8")
    with in_a_process("stats", "waits", "--by", "Zürich", LC_ALL="C", PYTHONIOENCODING="ascii") as process:
        _, err = process.communicate(timeout=60)
    assert "Zürich" in err.decode("utf-8")


def test_nobody_reads_any_more() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code = "import sys; from reception.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == b""


def test_help_loads_neither_the_database_nor_numpy() -> None:
    code = (
        "import sys; from reception.cli import main; main(['--help']);"
        "print([n for n in ('sqlalchemy', 'numpy', 'pydantic', 'reportlab', 'PySide6') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        timeout=60,
        check=True,
    )
    assert done.stdout.endswith("[]\n")


# -- faults -------------------------------------------------------------------------------------------------------


def break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of the program")

    monkeypatch.setattr("reception.cli.workdays.working_day_after", broken)


def test_a_fault_outside_python_leaves_what_was_under_way_beside_the_log(tmp_path: Path) -> None:
    dies = (
        f"import ctypes; from reception.cli.faults import start_log; start_log({str(tmp_path)!r}); ctypes.string_at(0)"
    )
    assert subprocess.run([sys.executable, "-c", dies], check=False, capture_output=True).returncode
    assert "string_at" in (tmp_path / "stopped.log").read_text(encoding="utf-8")


def test_a_fault_goes_to_the_log_whole_and_is_told_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_it(monkeypatch)
    settings = tmp_path / "reception.toml"
    settings.write_text(f"log_folder = '{tmp_path / 'logs'}'\n")
    answer = run("--config", settings, "working-days", "2026-11-24", "1")
    assert answer.code == 1
    assert answer.said.startswith("Something went wrong in the program")
    assert str(tmp_path / "logs" / "reception.log") in answer.said
    logged = (tmp_path / "logs" / "reception.log").read_text()
    assert "ZeroDivisionError: a fault of the program" in logged
    assert "Traceback" in logged


def test_a_fault_is_told_also_when_no_log_can_be_written(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_it(monkeypatch)
    (tmp_path / "file").write_text("")
    settings = tmp_path / "reception.toml"
    settings.write_text(f"log_folder = '{tmp_path / 'file' / 'logs'}'\n")
    answer = run("--config", settings, "working-days", "2026-11-24", "1")
    assert answer.code == 1
    assert "could not be written" in answer.said


def test_ctrl_c_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reception.cli.workdays.working_day_after", interrupted)
    answer = run("working-days", "2026-11-24", "1")
    assert (answer.code, answer.said) == (130, "That was cancelled.")
