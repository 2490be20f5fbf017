"""What the sample office tells its visitors: its services in their languages, and notices for the waiting room.

The words stand in `resources/sample/words.toml`; those in other languages are drafts, as the program's own are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec.structs import replace

from reception.domain.languages import ENGLISH
from reception.domain.notices import Notice
from reception.domain.office import Service, ServiceWords


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("resources") / "sample" / "words.toml").read_text(encoding="utf-8"))


def in_their_words(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """The services with what they are about, and both in other languages."""
    said = _words()["services"]
    return tuple(_said(each, said[each.name]) for each in services)


def _said(service: Service, by_tag: Mapping[str, Mapping[str, str]]) -> Service:
    others = {tag: ServiceWords(**words) for tag, words in by_tag.items() if tag != ENGLISH}
    return replace(service, about=by_tag[ENGLISH]["about"], said=others)


def place_said() -> Mapping[str, str]:
    """Where to wait at the main office, in other languages."""
    return _of_others(_words()["place"])


def who_comes_said() -> Mapping[str, str]:
    """Who comes to visitors of Bushey's office, in other languages."""
    return _of_others(_words()["who_comes"])


def _of_others(said: Mapping[str, str]) -> Mapping[str, str]:
    return {tag: words for tag, words in said.items() if tag != ENGLISH}


def notices() -> tuple[Notice, ...]:
    """One of them is shown on Friday afternoons alone."""
    words = _words()["notices"]
    always = (Notice(f"sample-{key}", words[key]) for key in ("interpreter", "telephone", "children"))
    friday = Notice("sample-friday", words["friday"], opens=time(14), closes=time(17), weekdays=frozenset({4}))
    return (*always, friday)
