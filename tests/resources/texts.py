"""The texts of a language's files by their keys, as they stand: no English stands in for what is wrong."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from reception.documents.said import parsed
from reception.domain.languages import VISITOR_LANGUAGES

TAGS = tuple(language.tag for language in VISITOR_LANGUAGES if language.tag != "en")
KINDS = ("i18n", "letters")
IN_ENGLISH_ALONE = {"letters": ("dates", "evacuation", "file_copy", "letter.date"), "i18n": ("times",)}
"""Papers for staff, and how days and times are written where that is not as usual."""


@cache
def file_text(kind: str, tag: str) -> str:
    return (files("resources") / kind / f"{tag}.toml").read_text(encoding="utf-8")


@cache
def file_data(kind: str, tag: str) -> Mapping[str, Any]:
    return tomllib.loads(file_text(kind, tag))


@cache
def texts(kind: str, tag: str) -> Mapping[str, str]:
    """Every text by key; one of a list as "letter.missed.body.1". Neither the language nor the status."""
    found = dict(_flat(file_data(kind, tag), ""))
    return {key: text for key, text in found.items() if key not in ("language", "status")}


@cache
def english_of(kind: str) -> Mapping[str, str]:
    """The English texts that every other language has too."""
    return {key: text for key, text in texts(kind, "en").items() if not key.startswith(IN_ENGLISH_ALONE[kind])}


def _flat(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, f"{key}.{name}" if key else name)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, part in enumerate(value):
            yield from _flat(part, f"{key}.{number}")
    else:
        yield key, value


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def condition(text: str) -> str:
    return parsed(text).condition


def is_heading(text: str) -> bool:
    return parsed(text).is_heading


def words(text: str) -> str:
    """The text without its condition, its heading's mark and its placeholders."""
    pieces = (piece for piece, _, _, _ in string.Formatter().parse(parsed(text).text))
    return "".join(pieces)


def is_form_of_number(key: str) -> bool:
    return key.rpartition(".")[2] in {"zero", "one", "two", "few", "many", "other"} and key != "display.reason.other"
