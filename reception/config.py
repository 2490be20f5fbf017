"""The station's own settings: a TOML file, overridden by environment variables that begin with RECEPTION_.

Everything that an office decides (targets, services, staff) lives in the database; here is only what belongs to
this computer. An unknown key, a wrong type or an impossible value is refused with a plain sentence.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import platformdirs

from reception.declared import Length, Range, UnfitError, of_the_environment, read_as
from reception.errors import Code, Refusal

CONFIG_NAME = "reception.toml"
ENVIRONMENT_PREFIX = "RECEPTION_"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterConfig:
    """One printer. `address`: the system printer's name; tcp://host:port, usb://vendor:product (hexadecimal) or a
    device file for ESC/POS; a folder for *folder*. `timeout_seconds` bounds one job."""

    kind: PrinterKind = PrinterKind.NONE
    address: str = ""
    paper: Paper = Paper.ROLL_80
    dots_per_line: Annotated[int, Range(100, 2000)] = 576
    timeout_seconds: Annotated[float, Range(0.1, 300)] = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingConfig:
    """Used for the order of the queue where an office makes no promise; never shown as a promise."""

    walk_in_target_minutes: Annotated[int, Range(1, 600)] = 15
    appointment_target_minutes: Annotated[int, Range(1, 600)] = 5
    usual_call_to_start_seconds: Annotated[int, Range(0, 1800)] = 60
    """The usual time from call to start of service, until the office's own record gives one."""
    usual_service_minutes: Annotated[int, Range(1, 600)] = 8
    """The usual service, for an expected wait before the office has any record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of one station."""

    database: str = ""
    """SQLAlchemy URL; empty for the SQLite file in the user's data folder."""
    station: Annotated[str, Length(1, 40)] = "Desk 1"
    office: str = ""
    """The office that this station belongs to; empty when the database holds only one."""
    counter: str = ""
    """The counter that this desk proposes when signing in."""
    sign_in_note: Annotated[str, Length(0, 200)] = ""
    """A line to read when signing in; the sample office tells its PIN there."""
    theme: ThemeName = ThemeName.LIGHT
    text_percent: Annotated[int, Range(80, 200)] = 100
    log_folder: str = ""
    printer: PrinterConfig = PrinterConfig()
    ordering: OrderingConfig = OrderingConfig()

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
    try:
        return read_as(Config, values, of_the_environment(Config, ENVIRONMENT_PREFIX, os.environ))
    except UnfitError as unfit:
        where = f"in {source}" if unfit.variable is None else f"from the environment ({unfit.variable})"
        if unfit.wanted is None:
            reason = f"The settings {where} have an unknown key “{unfit.key}”."
        else:
            reason = f"The setting “{unfit.key}” {where} is {unfit.found!r}, but it should be {unfit.wanted}."
        raise Refusal(Code.BAD_SETTINGS, reason, "Correct it and start again.") from None


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
        part = path.with_name(path.name + ".part")
        part.write_text(tomlkit.dumps(document), encoding="utf-8")
        part.replace(path)
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise Refusal(
            Code.BAD_SETTINGS, f"The settings file {path} cannot be written.", "This setting holds until you close."
        ) from error
