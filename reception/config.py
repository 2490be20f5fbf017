"""The station's own settings: a TOML file, overridden by environment variables that begin with RECEPTION_.

Everything that an office decides (targets, services, staff) lives in the database; here is only what belongs to
this computer. An unknown key, a wrong type or an impossible value is refused with a plain sentence.
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec
import platformdirs
from msgspec import Meta

from reception.errors import Code, Refusal

CONFIG_NAME = "reception.toml"
ENVIRONMENT_PREFIX = "RECEPTION_"
ENVIRONMENT_TABLE = "__"
"""Stands between a table's name and its key in the name of an environment variable."""


class PrinterKind(StrEnum):
    """How this station prints."""

    NONE = "none"
    SYSTEM = "system"
    ESCPOS = "escpos"
    FOLDER = "folder"


class Paper(StrEnum):
    """What tickets and slips are printed on."""

    ROLL_80 = "roll-80"
    A6 = "a6"


class ThemeName(StrEnum):
    """The themes in resources/themes."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class PrinterConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One printer. `address`: the system printer's name; tcp://host:port, usb://vendor:product (hexadecimal) or a
    device file for ESC/POS; a folder for *folder*. `timeout_seconds` bounds one job."""

    kind: PrinterKind = PrinterKind.NONE
    address: str = ""
    paper: Paper = Paper.ROLL_80
    dots_per_line: Annotated[int, Meta(ge=100, le=2000)] = 576
    timeout_seconds: Annotated[float, Meta(ge=0.1, le=300)] = 20.0


class OrderingConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Used for the order of the queue where an office makes no promise; never shown as a promise."""

    walk_in_target_minutes: Annotated[int, Meta(ge=1, le=600)] = 15
    appointment_target_minutes: Annotated[int, Meta(ge=1, le=600)] = 5
    usual_call_to_start_seconds: Annotated[int, Meta(ge=0, le=1800)] = 60
    """The usual time from call to start of service, until the office's own record gives one."""
    usual_service_minutes: Annotated[int, Meta(ge=1, le=600)] = 8
    """The usual service, for an expected wait before the office has any record."""


class KioskConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is this kiosk's own. `idle_seconds` without a touch and it asks whether anybody is there; `answer_seconds`
    more, at least 20 (WCAG 2.2, 2.2.1), and it begins anew."""

    idle_seconds: Annotated[int, Meta(ge=20, le=600)] = 60
    answer_seconds: Annotated[int, Meta(ge=20, le=120)] = 30
    full_screen: bool = True


class DisplayConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is this display's own."""

    voice: bool = True
    chime: bool = True
    full_screen: bool = True


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one station."""

    database: str = ""
    """SQLAlchemy URL; empty for the SQLite file in the user's data folder."""
    password_file: str = ""
    """A file that only its owner may read, with the database's password in its first line; empty for the system's
    keyring."""
    station: Annotated[str, Meta(min_length=1, max_length=40)] = "Desk 1"
    office: str = ""
    """The office that this station belongs to; empty when the database holds only one."""
    counter: str = ""
    """The counter that this desk proposes when signing in."""
    sign_in_note: Annotated[str, Meta(max_length=200)] = ""
    """A line to read when signing in; the sample office tells its PIN there."""
    theme: ThemeName = ThemeName.LIGHT
    text_percent: Annotated[int, Meta(ge=80, le=200)] = 100
    log_folder: str = ""
    printer: PrinterConfig = PrinterConfig()
    letter_printer: PrinterConfig = PrinterConfig()
    """For A4; where none is named, letters come out of `printer` unless that prints tickets on a roll."""
    wording_file: str = ""
    """The council's own words for letters, tickets and lists, a TOML file; empty for those of the program. It is read
    and never written."""
    wording_folder: str = ""
    """A folder with the council's own words in other languages, a file each: "pl.toml", "zh-Hans.toml"; and "en.toml"
    where no `wording_file` is named. A language without a file there has those of the program. In its folder "screens"
    a file each may correct sentences of kiosk, display and voice."""
    report_folder: str = ""
    """Where each month's reports are written on the first working day of the next; empty for nowhere."""
    backup_folder: str = ""
    """Where `reception backup` and `reception upkeep` write copies of the database; empty for nowhere."""
    backups_kept: Annotated[int, Meta(ge=1, le=1000)] = 14
    """How many of them stay there; the oldest go."""
    postgresql_tools: str = ""
    """The folder of `pg_dump` and `pg_restore`; empty for those on the PATH."""
    ordering: OrderingConfig = OrderingConfig()
    kiosk: KioskConfig = KioskConfig()
    display: DisplayConfig = DisplayConfig()

    def wording_path(self) -> Path | None:
        """The council's own wording; None for the program's."""
        return Path(self.wording_file).expanduser() if self.wording_file.strip() else None

    def wording_folder_path(self) -> Path | None:
        """Where the council's own wording in other languages is; None for nowhere."""
        return Path(self.wording_folder).expanduser() if self.wording_folder.strip() else None

    def screen_words_path(self) -> Path | None:
        """Where the council's own sentences for kiosk, display and voice are; None for nowhere."""
        folder = self.wording_folder_path()
        return None if folder is None else folder / "screens"

    def backup_folder_path(self) -> Path | None:
        """Where copies of the database are written; None for nowhere."""
        return Path(self.backup_folder).expanduser() if self.backup_folder.strip() else None

    def report_folder_path(self) -> Path | None:
        """Where reports are written by themselves; None for nowhere."""
        return Path(self.report_folder).expanduser() if self.report_folder.strip() else None

    def database_url(self) -> str:
        """The database in use."""
        if self.database:
            return self.database
        return f"sqlite:///{(data_folder() / 'reception.db').as_posix()}"


def data_folder() -> Path:
    """Where this user's data lives when nothing else is said."""
    return Path(platformdirs.user_data_dir("reception", appauthor=False))


def default_config_path() -> Path:
    """The settings file that is read when none is named."""
    return Path(platformdirs.user_config_dir("reception", appauthor=False)) / CONFIG_NAME


def load(path: Path | None = None) -> Config:
    """Read the settings; a named file must exist, the default one need not.

    Refuses (BAD_SETTINGS) a file that is not TOML, an unknown key, a wrong type and a value out of its range.
    """
    values: dict[str, Any] = {}
    source = path or default_config_path()
    if path is not None or source.exists():
        try:
            values = tomllib.loads(source.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Refusal(
                Code.BAD_SETTINGS, f"There is no settings file {source}.", "Check the name after --config."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(
                Code.BAD_SETTINGS,
                f"The settings file {source} cannot be read.",
                "Check that you may open it.",
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise Refusal(
                Code.BAD_SETTINGS,
                f"The settings file {source} is not valid TOML: {error}.",
                "Mend that line.",
            ) from error
    in_file = _read_as_config(values, f"in {source}", strict=True)
    given = _of_the_environment(os.environ)
    return _read_as_config(_merged(msgspec.to_builtins(in_file), given), "from the environment", strict=False)


def _of_the_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Settings by name as environment variables give them, RECEPTION_PRINTER__KIND for `printer.kind`."""
    given: dict[str, Any] = {}
    for variable, text in environ.items():
        table, _, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition(ENVIRONMENT_TABLE)
        if not variable.startswith(ENVIRONMENT_PREFIX) or table not in Config.__struct_fields__:
            continue
        if key:
            given.setdefault(table, {})[key] = text
        else:
            given[table] = text
    return given


def _merged(values: Mapping[str, Any], first: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those of `first` before them, in tables too."""
    return {**values, **{key: {**values[key], **own} if isinstance(own, dict) else own for key, own in first.items()}}


def _read_as_config(values: Mapping[str, Any], where: str, *, strict: bool) -> Config:
    try:
        return msgspec.convert(values, Config, strict=strict)
    except msgspec.ValidationError as error:
        raise Refusal(Code.BAD_SETTINGS, _said_of(error, values, where), "Correct it and start again.") from None


_WORDS = {
    "`str`": "a text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`object`": "a table",
    ">=": "at least",
    "<=": "at most",
}


def _said_of(error: msgspec.ValidationError, values: Mapping[str, Any], where: str) -> str:
    """A sentence with the whole name of the setting, made from "Expected `int` >= 80 - at `$.text_percent`"."""
    problem, _, place = str(error).partition(" - at `$")
    name = place.strip(".`")
    if unknown := re.match(r"Object contains unknown field `(.*)`", problem):
        return f"The settings {where} have an unknown key “{'.'.join(filter(None, (name, unknown[1])))}”."
    found: Any = values
    for key in name.split("."):
        found = found[key]
    if choices := _choices(name):
        wanted = f"one of: {', '.join(choices)}"
    else:
        wanted = problem.removeprefix("Expected ").split(", got ")[0]
        for sign, words in _WORDS.items():
            wanted = wanted.replace(sign, words)
    return f"The setting “{name}” {where} is {found!r}, but it should be {wanted}."


def _choices(name: str) -> list[str]:
    """The words that a setting may be; none where it is not one of several."""
    kind: Any = Config
    for key in name.split("."):
        kind = get_type_hints(kind)[key]
    return [f"“{choice}”" for choice in kind] if issubclass(kind, StrEnum) else []


def save(path: Path, changes: Mapping[str, str | int | Mapping[str, str]]) -> None:
    """Write single settings into the file and leave the rest of it, comments too, as it is.

    The file is replaced whole or not at all. Refuses (BAD_SETTINGS) a place that cannot be written.
    """
    # Reading needs no library that keeps comments, and a desk reads its settings before anything else.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
        document.update(changes)
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: two choices made one after the other may be written at the same time.
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            part.write_text(tomlkit.dumps(document), encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise Refusal(
            Code.BAD_SETTINGS, f"The settings file {path} cannot be written.", "This setting holds until you close."
        ) from error
