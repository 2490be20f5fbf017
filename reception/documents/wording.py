"""The words on paper: one file a language in resources/letters, which the council may edit.

The file is checked whole when it is read. A placeholder that the program does not fill, a lone brace, a missing or
unknown key is refused with the line and the reason, so that a slip of the pen is found at once and not on paper.
"""

from __future__ import annotations

import math
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from reception.clock import Instant, local_datetime
from reception.documents.letter_words import LetterWords, first_fault, only
from reception.documents.toml_lines import line_of
from reception.domain.snapshots import ExpectedWait
from reception.errors import Code, Refusal

DEFAULT_LANGUAGE = "en"

_LONGEST = 400
"""Characters in one sentence; more would not be read on a ticket, and is most likely a quotation mark left open."""


_Sentence = Annotated[str, Field(max_length=_LONGEST)]
_Label = Annotated[_Sentence, Field(min_length=1), AfterValidator(only())]
_Optional = Annotated[_Sentence, AfterValidator(only())]
_Title = Annotated[_Sentence, Field(min_length=1), AfterValidator(only("number"))]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DateWords(_Section):
    """How this language says times and days."""

    weekdays: tuple[_Label, ...] = Field(min_length=7, max_length=7)
    months: tuple[_Label, ...] = Field(min_length=12, max_length=12)
    morning: Annotated[_Sentence, AfterValidator(only("hour", "minute", needed=("hour", "minute")))]
    morning_hour: Annotated[_Sentence, AfterValidator(only("hour", needed=("hour",)))]
    afternoon: Annotated[_Sentence, AfterValidator(only("hour", "minute", needed=("hour", "minute")))]
    afternoon_hour: Annotated[_Sentence, AfterValidator(only("hour", needed=("hour",)))]
    noon: _Label
    midnight: _Label
    day: Annotated[_Sentence, AfterValidator(only("weekday", "day", "month", needed=("day", "month")))]
    day_of_year: Annotated[
        _Sentence, AfterValidator(only("weekday", "day", "month", "year", needed=("day", "month", "year")))
    ]
    moment: Annotated[_Sentence, AfterValidator(only("time", "day", needed=("time", "day")))]

    def time_of(self, instant: Instant, zone: ZoneInfo) -> str:
        """The time of day in `zone`, as people say it: "10.42am", "2pm", "12 noon"."""
        local = local_datetime(instant, zone)
        if local.minute == 0 and local.hour in (0, 12):
            return self.noon if local.hour else self.midnight
        hour = local.hour % 12 or 12
        if local.minute == 0:
            return (self.morning_hour if local.hour < 12 else self.afternoon_hour).format(hour=hour)
        words = self.morning if local.hour < 12 else self.afternoon
        return words.format(hour=hour, minute=f"{local.minute:02d}")

    def day_of(self, day: date, seen_from: date | None = None) -> str:
        """The day: "Tuesday 24 November", with its year where it is not the year of `seen_from`."""
        words = self.day_of_year if seen_from is not None and seen_from.year != day.year else self.day
        return words.format(**self.parts_of(day))

    def parts_of(self, day: date) -> dict[str, str | int]:
        """What the words for a day are filled in with."""
        return {
            "weekday": self.weekdays[day.weekday()],
            "day": day.day,
            "month": self.months[day.month - 1],
            "year": day.year,
        }

    def moment_of(self, instant: Instant, zone: ZoneInfo) -> str:
        """Time and day: "10.42am, Tuesday 24 November"."""
        day = self.day_of(local_datetime(instant, zone).date())
        return self.moment.format(time=self.time_of(instant, zone), day=day)


class TicketWords(_Section):
    """The ticket's words."""

    title: _Title
    your_number: _Label
    taken: _Label
    wait: _Label
    where: _Label
    room: _Label
    wait_minute: _Label
    wait_minutes: Annotated[_Sentence, AfterValidator(only("minutes", needed=("minutes",)))]
    wait_minutes_range: Annotated[_Sentence, AfterValidator(only("low", "high", needed=("low", "high")))]
    wait_hour: _Label
    wait_hours: Annotated[_Sentence, AfterValidator(only("hours", needed=("hours",)))]
    wait_hours_range: Annotated[_Sentence, AfterValidator(only("low", "high", needed=("low", "high")))]
    next_heading: _Label
    next: tuple[Annotated[_Sentence, AfterValidator(only("number"))], ...]
    scan_heading: _Label
    scan: _Optional
    void: _Label
    void_next: tuple[Annotated[_Sentence, AfterValidator(only("number"))], ...]
    reprint: _Label

    def wait_of(self, wait: ExpectedWait) -> str:
        """The expected wait in words; from one hour on in half hours, the range widened to them."""
        low, high = sorted((wait.low, wait.high))
        if low >= 60:
            shortest, longest = math.floor(low / 30), math.ceil(high / 30)
            if shortest == longest:
                return self.wait_hour if shortest == 2 else self.wait_hours.format(hours=_half_hours(shortest))
            return self.wait_hours_range.format(low=_half_hours(shortest), high=_half_hours(longest))
        if low == high:
            return self.wait_minute if low == 1 else self.wait_minutes.format(minutes=low)
        return self.wait_minutes_range.format(low=low, high=high)


def _half_hours(count: int) -> str:
    return f"{count // 2}½" if count % 2 else str(count // 2)


class SlipWords(_Section):
    """The words of the slip for *to follow* and for signposting."""

    title: _Title
    ticket: _Label
    service: _Label
    visited: _Label
    reference: _Label
    answer_by: _Label
    answer_to_come: _Label
    owner: _Label
    telephone: _Label
    email: _Label
    nothing_heard_heading: _Label
    nothing_heard: tuple[Annotated[_Sentence, AfterValidator(only("day", "owner"))], ...]
    nothing_heard_undated: tuple[Annotated[_Sentence, AfterValidator(only("owner"))], ...]
    scan_heading: _Label
    scan: _Optional
    go_to: _Label
    next_heading: _Label
    next: tuple[_Optional, ...]
    free_telephone: _Optional


class EvacuationWords(_Section):
    """The words of the evacuation list."""

    title: _Label
    heading: _Label
    made: Annotated[_Sentence, AfterValidator(only("office", "moment", needed=("moment",)))]
    note: _Optional
    people: _Label
    parties: _Label
    step_free_total: _Label
    step_free_numbers: Annotated[_Sentence, AfterValidator(only("numbers", needed=("numbers",)))]
    out: _Label
    number: _Label
    party: _Label
    place: _Label
    step_free_head: _Label
    step_free: _Label
    waiting_room: _Label
    nobody: _Label
    page: Annotated[_Sentence, AfterValidator(only("page", "pages", needed=("page", "pages")))]


class Wording(BaseModel):
    """One language's words for paper. Sections for other papers may stand in the same file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    language: Annotated[str, Field(min_length=2, max_length=35, pattern=r"^[A-Za-z]+(-[A-Za-z0-9]+)*$")]
    """BCP 47 tag of the language, as it is written into the PDF."""
    dates: DateWords
    ticket: TicketWords
    slip: SlipWords
    evacuation: EvacuationWords
    letter: LetterWords


def load_wording(path: Path | None = None) -> Wording:
    """Read a letters file; without a path the English one that comes with the program.

    Refuses a file that cannot be read or is not TOML (UNREADABLE_FILE) and one whose content is wrong (BAD_LETTER).
    """
    name = path.name if path is not None else f"{DEFAULT_LANGUAGE}.toml"
    source = path if path is not None else resources.files("resources") / "letters" / name
    try:
        text = source.read_text(encoding="utf-8")
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(
            Code.UNREADABLE_FILE, f"The letters file {name} is not valid TOML: {error}.", "Mend that line."
        ) from error
    except FileNotFoundError:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"There is no letters file {name}.",
            "Put it back, or name another after wording_file in the settings file.",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"The letters file {name} cannot be read.",
            "Check that you may open it and that it is saved as UTF-8 text.",
        ) from error
    try:
        wording = Wording.model_validate(values)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False)[0]
        place = tuple(part for part in problem["loc"] if part != "[key]")  # pydantic's word for the key itself
        raise _refusal(name, text, place, _fault(problem)) from error
    found = first_fault(wording.letter)
    if found is not None:
        raise _refusal(name, text, *found)
    return wording


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
