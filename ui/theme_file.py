"""Themes as files: read, checked, and handed on as values. Nothing of Qt is in here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

FontSize = Literal["base", "lead", "title", "figure", "number"]

_COLOUR_NAMES = (
    "surface",
    "surface-raised",
    "surface-sunken",
    "surface-selected",
    "surface-hover",
    "line",
    "line-strong",
    "hatch",
    "text",
    "text-muted",
    "accent",
    "accent-hover",
    "accent-pressed",
    "on-accent",
    "accent-text",
    "accent-soft",
    "on-accent-soft",
    "in-time",
    "in-time-text",
    "in-time-soft",
    "on-in-time",
    "due-soon",
    "due-soon-text",
    "due-soon-soft",
    "on-due-soon",
    "late",
    "late-text",
    "late-soft",
    "on-late",
    "private",
    "private-text",
    "private-soft",
    "on-private",
    "focus",
    "focus-gap",
    "track",
    "promise-line",
    "chart-line",
    "chart-band",
    "chart-grid",
    "heat-0",
    "heat-1",
    "heat-2",
    "heat-3",
    "heat-4",
    "on-heat-0",
    "on-heat-1",
    "on-heat-2",
    "on-heat-3",
    "on-heat-4",
    "disabled",
    "on-disabled",
    "display-surface",
    "display-raised",
    "display-line",
    "display-text",
    "display-muted",
    "display-call",
    "on-display-call",
    "on-display-call-muted",
    "display-place",
    "on-display-place",
)
COLOURS = frozenset(_COLOUR_NAMES)
"""Every colour token. A theme names each of them and no other."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_SIZES: tuple[FontSize, ...] = ("base", "lead", "title", "figure", "number")
_MEASURES = ("space", "size", "radius", "stroke", "bar")


class ThemeError(ValueError):
    """A theme file that is wrong, or a name that no theme has. A fault of the program, not of its user."""


class Theme(Struct, frozen=True):
    """One theme, whole. Sizes are pixels at 100 % text."""

    name: str
    minimum_text_contrast: float
    minimum_shape_contrast: float
    colours: Mapping[str, str]
    text_pairs: tuple[tuple[str, str], ...]
    """What is written on what: (foreground, background)."""
    shape_pairs: tuple[tuple[str, str], ...]
    families: tuple[str, ...]
    weights: Mapping[str, int]
    scale: Mapping[str, tuple[int, int]]
    """Type sizes of the desk: name to (size, line height)."""
    station_scales: Mapping[str, Mapping[str, float | tuple[int, int]]]
    """Type sizes of kiosk and display, by table."""
    measures: Mapping[str, Mapping[str, int]]
    """Tables space, size, radius, stroke and bar."""


def load_theme(name: str) -> Theme:
    """Read `resources/themes/<name>.toml`; raises :class:`ThemeError` with what is wrong in it."""
    source = files("resources") / "themes" / f"{name}.toml"
    if not source.is_file():
        raise ThemeError(f"There is no theme “{name}”.")
    return theme_from(source.read_text(encoding="utf-8"), name)


def theme_from(text: str, source: str) -> Theme:
    """The theme in a file's text; `source` names the file in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThemeError(f"The theme {source} is not valid TOML: {error}.") from error
    known = {"name", "minimum_text_contrast", "minimum_shape_contrast", "colour", "pairs", "type", *_MEASURES}
    _same_names(source, "the theme", set(data), known)
    colours = _colours(data["colour"], source)
    pairs = data["pairs"]
    _same_names(source, "pairs", set(pairs), {"text", "shape"})
    scale, stations = _type_scales(data["type"], source)
    return Theme(
        name=str(data["name"]),
        minimum_text_contrast=float(data["minimum_text_contrast"]),
        minimum_shape_contrast=float(data["minimum_shape_contrast"]),
        colours=MappingProxyType(colours),
        text_pairs=_pairs(pairs["text"], colours, source),
        shape_pairs=_pairs(pairs["shape"], colours, source),
        families=tuple(str(family) for family in data["type"]["family"]),
        weights=MappingProxyType({key: int(data["type"][key]) for key in ("regular", "semibold", "bold")}),
        scale=MappingProxyType(scale),
        station_scales=MappingProxyType(stations),
        measures=MappingProxyType({table: _measures(data[table], table, source) for table in _MEASURES}),
    )


def _same_names(source: str, where: str, found: set[str], known: set[str] | frozenset[str]) -> None:
    if unknown := sorted(found - known):
        raise ThemeError(f"The theme {source} has an unknown name in {where}: {', '.join(unknown)}.")
    if missing := sorted(known - found):
        raise ThemeError(f"The theme {source} lacks in {where}: {', '.join(missing)}.")


def _colours(table: Mapping[str, Any], source: str) -> dict[str, str]:
    _same_names(source, "colour", set(table), COLOURS)
    for token, value in table.items():
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise ThemeError(f"The theme {source} has a colour that is not #RRGGBB: {token} = {value!r}.")
    return dict(table)


def _pairs(rows: list[list[str]], colours: Mapping[str, str], source: str) -> tuple[tuple[str, str], ...]:
    for row in rows:
        if len(row) != 2 or any(token not in colours for token in row):
            raise ThemeError(f"The theme {source} pairs an unknown colour: {row!r}.")
    return tuple((row[0], row[1]) for row in rows)


def _type_scales(
    table: Mapping[str, Any], source: str
) -> tuple[dict[str, tuple[int, int]], dict[str, Mapping[str, float | tuple[int, int]]]]:
    stations = ("kiosk", "kiosk_landscape", "display")
    _same_names(source, "type", set(table), {"family", "regular", "semibold", "bold", *_SIZES, *stations})
    scale: dict[str, tuple[int, int]] = {size: (int(table[size][0]), int(table[size][1])) for size in _SIZES}
    return scale, {
        station: MappingProxyType(
            {
                key: (int(value[0]), int(value[1])) if isinstance(value, list) else float(value)
                for key, value in table[station].items()
            }
        )
        for station in stations
    }


def _measures(table: Mapping[str, Any], name: str, source: str) -> Mapping[str, int]:
    for key, value in table.items():
        if not isinstance(value, int) or value < 0:
            raise ThemeError(f"The theme {source} has a measure that is not whole pixels: {name}.{key} = {value!r}.")
    return MappingProxyType({key: int(value) for key, value in table.items()})
