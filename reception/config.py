"""The station's own settings: a TOML file, overridden by environment variables that begin with RECEPTION_.

Everything that an office decides (targets, services, staff) lives in the database; here is only what belongs to
this computer. An unknown key, a wrong type or an impossible value is refused with a plain sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from tomlkit.exceptions import TOMLKitError

from reception.errors import Code, Refusal

CONFIG_NAME = "reception.toml"


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


class PrinterConfig(BaseModel):
    """One printer. `address`: the system printer's name; tcp://host:port, usb://vendor:product (hexadecimal) or a
    device file for ESC/POS; a folder for *folder*. `timeout_seconds` bounds one job."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: PrinterKind = PrinterKind.NONE
    address: str = ""
    paper: Paper = Paper.ROLL_80
    dots_per_line: int = Field(default=576, ge=100, le=2000)
    timeout_seconds: float = Field(default=20.0, gt=0, le=300)


class OrderingConfig(BaseModel):
    """Used for the order of the queue where an office makes no promise; never shown as a promise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    walk_in_target_minutes: int = Field(default=15, ge=1, le=600)
    appointment_target_minutes: int = Field(default=5, ge=1, le=600)
    usual_call_to_start_seconds: int = Field(default=60, ge=0, le=1800)
    """The usual time from call to start of service, until the office's own record gives one."""
    usual_service_minutes: int = Field(default=8, ge=1, le=600)
    """The usual service, for an expected wait before the office has any record."""


class Config(BaseSettings):
    """All settings of one station."""

    model_config = SettingsConfigDict(env_prefix="RECEPTION_", env_nested_delimiter="__", extra="forbid", frozen=True)

    database: str = ""
    """SQLAlchemy URL; empty for the SQLite file in the user's data folder."""
    station: str = Field(default="Desk 1", min_length=1, max_length=40)
    office: str = ""
    """The office that this station belongs to; empty when the database holds only one."""
    counter: str = ""
    """The counter that this desk proposes when signing in."""
    sign_in_note: str = Field(default="", max_length=200)
    """A line to read when signing in; the sample office tells its PIN there."""
    theme: ThemeName = ThemeName.LIGHT
    text_percent: int = Field(default=100, ge=80, le=200)
    log_folder: str = ""
    printer: PrinterConfig = PrinterConfig()
    ordering: OrderingConfig = OrderingConfig()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

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
        return Config(**values)
    except ValidationError as error:
        raise Refusal(Code.BAD_SETTINGS, _first_problem(error, source), "Correct it and start again.") from error


def _first_problem(error: ValidationError, source: Path) -> str:
    problem = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in problem["loc"]) or "a setting"
    if problem["type"] == "extra_forbidden":
        return f"The settings in {source} have an unknown key “{key}”."
    message = problem["msg"].replace("Input should be", "it should be")
    return f"The setting “{key}” in {source} is {problem.get('input')!r}, but {message[0].lower()}{message[1:]}."


def save(path: Path, changes: Mapping[str, str | int | Mapping[str, str]]) -> None:
    """Write single settings into the file and leave the rest of it, comments too, as it is.

    The file is replaced whole or not at all. Refuses (BAD_SETTINGS) a place that cannot be written.
    """
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
