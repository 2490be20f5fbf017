"""The settings file and the environment, read by their declared types."""

from __future__ import annotations

from pathlib import Path

import pytest

from reception.config import Config, PrinterKind, ThemeName, load, save
from reception.errors import Code, Refusal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reception.toml"


def test_what_is_not_said_stands_at_its_usual_value(file: Path) -> None:
    file.write_text("")
    assert load(file) == Config()


def test_what_is_said_is_read_by_its_declared_type(file: Path) -> None:
    file.write_text(
        'theme = "dark"\ntext_percent = 125\n'
        '[printer]\nkind = "escpos"\naddress = "tcp://printer:9100"\ntimeout_seconds = 30\n'
        "[ordering]\nwalk_in_target_minutes = 20\n"
    )
    read = load(file)
    assert read.theme is ThemeName.DARK
    assert read.text_percent == 125
    assert (read.printer.kind, read.printer.timeout_seconds) == (PrinterKind.ESCPOS, 30.0)
    assert isinstance(read.printer.timeout_seconds, float)
    assert (read.ordering.walk_in_target_minutes, read.ordering.usual_service_minutes) == (20, 8)


def test_the_environment_comes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('station = "Desk 1"\ntext_percent = 90\n[printer]\nkind = "folder"\naddress = "/prints"\n')
    monkeypatch.setenv("RECEPTION_STATION", "Desk 2")
    monkeypatch.setenv("RECEPTION_PRINTER__KIND", "system")
    monkeypatch.setenv("RECEPTION_ORDERING__USUAL_SERVICE_MINUTES", "12")
    monkeypatch.setenv("RECEPTION_OF_ANOTHER_PROGRAM", "1")
    read = load(file)
    assert (read.station, read.text_percent) == ("Desk 2", 90)
    assert (read.printer.kind, read.printer.address) == (PrinterKind.SYSTEM, "/prints")
    assert read.ordering.usual_service_minutes == 12


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("text_percent = 'big'", "“text_percent” in FILE is 'big', but it should be a whole number"),
        ("text_percent = 79", "is 79, but it should be a whole number at least 80"),
        ("text_percent = 201", "is 201, but"),
        ("text_percent = 100.5", "is 100.5, but"),
        ("text_percent = true", "is True, but"),
        ("text_percent = '100'", "is '100', but"),
        ("station = 3", "“station” in FILE is 3, but it should be a text"),
        ("station = ''", "is '', but it should be a text of length at least 1"),
        ("database = 3", "is 3, but it should be a text"),
        ("theme = 'pink'", "is 'pink', but it should be one of: “light”, “dark”, “high-contrast”"),
        ("theme = ['dark']", "is ['dark'], but it should be one of"),
        ("printer = 'none'", "“printer” in FILE is 'none', but it should be a table"),
        ("[printer]\nkind = 3", "“printer.kind” in FILE is 3, but it should be one of"),
        ("[printer]\ntimeout_seconds = nan", "is nan, but it should be a number"),
        ("[printer]\ntimeout_seconds = 0", "is 0, but it should be a number at least 0.1"),
        ("[printer]\nname = 'x'", "The settings in FILE have an unknown key “printer.name”"),
        ("Station = 'Desk 1'", "unknown key “Station”"),
    ],
)
def test_what_cannot_be_right_is_said_in_words(file: Path, text: str, words: str) -> None:
    file.write_text(text)
    with pytest.raises(Refusal) as refused:
        load(file)
    assert refused.value.code is Code.BAD_SETTINGS
    assert words.replace("FILE", str(file)) in refused.value.reason


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RECEPTION_TEXT_PERCENT", "big", "“text_percent” from the environment is 'big'"),
        ("RECEPTION_TEXT_PERCENT", "500", "is '500', but it should be a whole number at most 200"),
        ("RECEPTION_PRINTER__SIZE", "3", "unknown key “printer.size”"),
        ("RECEPTION_PRINTER", "laser", "“printer” from the environment is 'laser', but it should be a table"),
        ("RECEPTION_PRINTER__KIND", "fax", "“printer.kind” from the environment is 'fax'"),
    ],
)
def test_the_environment_is_held_to_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    file.write_text("")
    monkeypatch.setenv(name, value)
    with pytest.raises(Refusal) as refused:
        load(file)
    assert words in refused.value.reason


def test_a_choice_is_kept_and_the_rest_of_the_file_stays(file: Path) -> None:
    file.write_text('# our desk\nstation = "Desk 4"  # by the door\n')
    save(file, {"text_percent": 110, "theme": ThemeName.DARK.value})
    assert file.read_text().startswith('# our desk\nstation = "Desk 4"  # by the door\n')
    assert (load(file).text_percent, load(file).theme, load(file).station) == (110, ThemeName.DARK, "Desk 4")


def test_a_settings_file_that_cannot_be_written_is_said(file: Path) -> None:
    file.write_text("station = ")
    with pytest.raises(Refusal) as refused:
        save(file, {"text_percent": 110})
    assert refused.value.code is Code.BAD_SETTINGS
