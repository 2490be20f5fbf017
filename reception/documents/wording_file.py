"""Letters files: read, checked whole, and refused with the line and the reason.

A placeholder that the program does not fill, a lone brace, a missing or unknown key is found at once and not on paper.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reception.documents.letter_words import first_fault
from reception.documents.wording import Wording
from reception.domain.languages import ENGLISH
from reception.domain.toml_lines import line_of
from reception.errors import Code, Refusal

_LATER = (
    ("ticket", "taken_at"),
    ("ticket", "code"),
    ("ticket", "private"),
    ("slip", "visited_at"),
    ("slip", "code"),
    ("letter", "code"),
    ("letter", "sign_languages"),
    ("file_copy",),
)
"""What the file did not have at first: a council's copy without it takes it from the program's own."""


def own_file(language: str) -> Path:
    """The file of a language that comes with the program."""
    return Path(str(resources.files("resources"))) / "letters" / f"{language}.toml"


def load_wording(path: Path | None = None) -> Wording:
    """Read a letters file; without a path the English one that comes with the program.

    Refuses a file that cannot be read or is not TOML (UNREADABLE_FILE) and one whose content is wrong (BAD_LETTER).
    """
    file = path if path is not None else own_file(ENGLISH)
    text = _read(file)
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(
            Code.UNREADABLE_FILE, f"The letters file {file.name} is not valid TOML: {error}.", "Mend that line."
        ) from error
    if path is not None:
        _fill_up(values)
    try:
        wording = Wording.model_validate(values)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False)[0]
        place = tuple(part for part in problem["loc"] if part != "[key]")  # pydantic's word for the key itself
        raise _refusal(file.name, text, place, _fault(problem)) from error
    found = _lacks_for_staff(wording) or first_fault(wording.letter)
    if found is not None:
        raise _refusal(file.name, text, *found)
    return wording


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"There is no letters file {file.name}.",
            "Put it back, or name another after wording_file in the settings file.",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"The letters file {file.name} cannot be read.",
            "Check that you may open it and that it is saved as UTF-8 text.",
        ) from error


def _lacks_for_staff(wording: Wording) -> tuple[tuple[int | str, ...], str] | None:
    """English has the words of papers for staff as well."""
    if is_english(wording.language) and wording.evacuation is None:
        return ("evacuation",), "is missing"
    return None


def is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == ENGLISH


def _fill_up(values: dict[str, Any]) -> None:
    """Give a council's copy what came into the file later, in its own language where the program has that."""
    language = values.get("language")
    own = _own_values(language if isinstance(language, str) else ENGLISH)
    for *tables, key in _LATER:
        into: Any = values
        out_of: Any = own
        for table in tables:
            into, out_of = into.get(table), out_of.get(table, {})
        if isinstance(into, dict) and key not in into and key in out_of:
            into[key] = out_of[key]


@lru_cache(maxsize=16)
def _own_values(language: str) -> dict[str, Any]:
    """The values of the program's own file for a language, English for any other; not to be changed."""
    for tag in (language, language.partition("-")[0], ENGLISH):
        file = own_file(tag)
        if file.is_file():
            return tomllib.loads(file.read_text(encoding="utf-8"))
    return {}


def _refusal(name: str, text: str, location: tuple[int | str, ...], fault: str) -> Refusal:
    line = line_of(text, location)
    where = f"{name}, line {line}," if line else f"{name},"
    return Refusal(
        Code.BAD_LETTER,
        f"In the letters file {where} “{_key(location)}” {fault}.",
        "Correct it, or take that line from the program's own copy.",
    )


def _fault(problem: ErrorDetails) -> str:
    match problem["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known"
        case "value_error":
            return problem["msg"].removeprefix("Value error, ")
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return "is too long; perhaps a quotation mark is left open"
    message = problem["msg"].replace("Input should be", "it should be").replace("Tuple", "the list")
    return f"is wrong: {message[0].lower()}{message[1:]}"


def _key(location: tuple[int | str, ...]) -> str:
    """The place in the file as its reader counts: ticket.next, number 2."""
    named = ".".join(part for part in location if isinstance(part, str))
    places = [part + 1 for part in location if isinstance(part, int)]
    return f"{named}, number {places[0]}" if places else named
