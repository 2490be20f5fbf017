"""The words on paper: one file a language in resources/letters, which the council may edit.

The file is checked whole when it is read. A placeholder that the program does not fill, a lone brace, a missing or
unknown key is refused with the line and the reason, so that a slip of the pen is found at once and not on paper.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reception.clock import Instant, local_datetime
from reception.customs import Customs, TimeWords, half_hours
from reception.documents.breaking import unbroken
from reception.documents.letter_words import LetterWords, only
from reception.domain.said_wait import ExpectedWait, said_wait

_LONGEST = 400
"""Characters in one sentence; more would not be read on a ticket, and is most likely a quotation mark left open."""


_Sentence = Annotated[str, Field(max_length=_LONGEST)]
_Label = Annotated[_Sentence, Field(min_length=1), AfterValidator(only())]
_Optional = Annotated[_Sentence, AfterValidator(only())]
_Title = Annotated[_Sentence, Field(min_length=1), AfterValidator(only("number"))]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Moment = Annotated[_Sentence, AfterValidator(only("time", "day", needed=("time", "day")))]
_Range = Annotated[_Sentence, AfterValidator(only("low", "high", "length", needed=("low", "high|length")))]


class DateWords(_Section):
    """How days and times are written where that is not as is usual in the language: in English."""

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
    weekdays: tuple[_Label, ...] = ()
    months: tuple[_Label, ...] = ()
    moment: Annotated[_Sentence, AfterValidator(only("time", "day"))] = ""
    """These three are of older copies of the file, and are not used."""

    @property
    def times(self) -> TimeWords:
        return TimeWords(
            morning=self.morning,
            morning_hour=self.morning_hour,
            afternoon=self.afternoon,
            afternoon_hour=self.afternoon_hour,
            noon=self.noon,
            midnight=self.midnight,
        )


class TicketWords(_Section):
    """The ticket's words."""

    title: _Title
    your_number: _Label
    taken: _Label
    taken_at: _Moment
    wait: _Label
    where: _Label
    room: _Label
    appointment: Annotated[_Sentence, AfterValidator(only())] = ""
    """Older copies of the file have no word for it, and the ticket no such line."""
    wait_minute: _Label
    wait_minutes: Annotated[_Sentence, AfterValidator(only("minutes", "length", needed=("minutes|length",)))]
    wait_minutes_range: _Range
    wait_up_to: Annotated[_Sentence, AfterValidator(only("high", "length"))] = ""
    """Older copies of the file say the range instead."""
    wait_hour: _Label
    wait_hours: Annotated[_Sentence, AfterValidator(only("hours", "length", needed=("hours|length",)))]
    wait_hours_range: _Range
    next_heading: _Label
    next: tuple[Annotated[_Sentence, AfterValidator(only("number"))], ...]
    scan_heading: _Label
    scan: _Optional
    void: _Label
    void_next: tuple[Annotated[_Sentence, AfterValidator(only("number"))], ...]
    reprint: _Label
    code: _Label
    private: _Optional


class SlipWords(_Section):
    """The words of the slip for *to follow* and for signposting."""

    title: _Title
    ticket: _Label
    service: _Label
    visited: _Label
    visited_at: _Moment
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
    code: _Label
    go_to: _Label
    next_heading: _Label
    next: tuple[_Optional, ...]
    free_telephone: _Optional


class EvacuationWords(_Section):
    """The words of the evacuation list."""

    title: _Label
    heading: _Label
    made: Annotated[_Sentence, AfterValidator(only("office", "time", "day", "moment", needed=("time|moment",)))]
    """`moment`, of older copies of the file, is time and day."""
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


class FileCopyWords(_Section):
    """The words of the English letter that is kept of one in another language."""

    heading: _Label


class Wording(BaseModel):
    """One language's words for paper. Sections for other papers may stand in the same file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    language: Annotated[str, Field(min_length=2, max_length=35, pattern=r"^[A-Za-z]+(-[A-Za-z0-9]+)*$")]
    """BCP 47 tag of the language, as it is written into the PDF."""
    status: _Optional = ""
    """Whether a translator has checked it, in words for staff; empty for what nobody translated."""
    dates: DateWords | None = None
    ticket: TicketWords
    slip: SlipWords
    evacuation: EvacuationWords | None = None
    """In English alone, as is the next: these are for staff."""
    file_copy: FileCopyWords | None = None
    letter: LetterWords

    @cached_property
    def saying(self) -> Saying:
        """How this language says days, times and lengths of time."""
        return Saying(self)


class Saying:
    """Days, times and waits in words: as the file has them, else as is usual in its language."""

    def __init__(self, wording: Wording) -> None:
        self._words = wording.dates
        self._ticket = wording.ticket
        self.customs = Customs(wording.language)

    def time_of(self, instant: Instant, zone: ZoneInfo) -> str:
        """The time of day in `zone`, as people say it: "10.42am", "2pm", "12 noon"."""
        own = self._words.times if self._words is not None else None
        return self.customs.time(local_datetime(instant, zone).time(), own)

    def day_of(self, day: date, seen_from: date | None = None) -> str:
        """The day: "Tuesday 24 November", with its year where it is not the year of `seen_from`."""
        if seen_from is not None and seen_from.year != day.year:
            return self.day_of_year(day)
        return self._words.day.format(**self._parts_of(day)) if self._words else self.customs.day(day)

    def day_of_year(self, day: date) -> str:
        """The day with its year: "Tuesday 24 November 2026"."""
        if self._words is None:
            return self.customs.day(day, with_year=True)
        return self._words.day_of_year.format(**self._parts_of(day))

    def date_of(self, day: date, pattern: str) -> str:
        """A date for a letter's head, as is usual where there is no pattern."""
        return pattern.format(**self._parts_of(day)) if pattern else self.customs.date_of(day)

    def moment_of(self, instant: Instant, zone: ZoneInfo, pattern: str) -> str:
        """Time and day: "10.42am, Tuesday 24 November"; no line ends after a figure."""
        day = unbroken(self.day_of(local_datetime(instant, zone).date()))
        return pattern.format(time=unbroken(self.time_of(instant, zone), everywhere=True), day=day)

    def wait_of(self, wait: ExpectedWait) -> str:
        """The expected wait in words; from one hour on in half hours, the range widened to them."""
        words = self._ticket
        low, high = sorted((wait.low, wait.high))
        if low >= 60:
            shortest, longest = math.floor(low / 30), math.ceil(high / 30)
            length = self.customs.half_hours(longest)
            if shortest == longest:
                return (
                    words.wait_hour
                    if shortest == 2
                    else words.wait_hours.format(hours=half_hours(shortest), length=length)
                )
            return words.wait_hours_range.format(low=half_hours(shortest), high=half_hours(longest), length=length)
        said = said_wait(wait)
        length = self.customs.minutes(said.high)
        if said.low == said.high:
            return words.wait_minute if low == 1 else words.wait_minutes.format(minutes=low, length=length)
        if said.low is None and words.wait_up_to:
            return words.wait_up_to.format(high=said.high, length=length)
        return words.wait_minutes_range.format(low=said.low or low, high=said.high, length=length)

    def _parts_of(self, day: date) -> dict[str, str | int]:
        weekday, month = self.customs.weekday(day), self.customs.month(day)
        return {"weekday": weekday, "day": day.day, "month": month, "year": day.year}
