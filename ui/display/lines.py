"""The line at the bottom: delays, the standing line and notices take turns, each long enough to read.

Nothing of Qt is in here; how much fits on a page is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import SECOND, Instant, Millis, local_datetime
from reception.domain.board import BoardDelay, BoardView
from reception.domain.languages import VISITOR_LANGUAGES
from ui.visitor_words import VisitorWords, WordsOf, words_of

ENGLISH = VISITOR_LANGUAGES[0].tag
LEAST_TIME: Millis = 7 * SECOND
SETTLE: Millis = 2 * SECOND
"""Before an eye has found the line."""
SIGNS_A_SECOND = 13
"""Slow readers, and readers of a second language, read about 150 words a minute."""
SIGNS_A_SECOND_CHINESE = 4
OTHERS_IN_A_ROW = 2
CHINESE = frozenset({"zh-Hans", "zh-Hant"})

Fits = Callable[[str, str], bool]
"""Whether a text in a language fits on one page."""


class Line(Struct, frozen=True):
    """Something to read. `key` stays the same while its words do not change. `urgent`: it is read as soon as it comes,
    whatever is being read."""

    key: str
    text: str
    tag: str = ENGLISH
    urgent: bool = False


def tongues(view: BoardView) -> tuple[str, ...]:
    """The languages that this office tells its visitors things in, English first: those of its notices."""
    used = {tag for notice in view.notices for tag in notice.words}
    return tuple(each.tag for each in VISITOR_LANGUAGES if each.tag == ENGLISH or each.tag in used)


def lines_of(view: BoardView, now: Instant, of: WordsOf = words_of) -> tuple[Line, ...]:
    """All that is to be read now, in turn, language by language; English comes round after every second of the others,
    since most read it, and some languages have nothing else to say."""
    if view.evacuated:
        return ()
    english, *others = (_in_language(view, now, tag, of) for tag in tongues(view))
    found = [*english]
    for turn, lines in enumerate(others, start=1):
        found += lines
        if turn % OTHERS_IN_A_ROW == 0 and turn < len(others):
            found += [replace(line, key=f"{line.key} {turn}") for line in english]
    return tuple(found)


def _in_language(view: BoardView, now: Instant, tag: str, of: WordsOf) -> list[Line]:
    """In one language: delays first, then that one may ask for privacy, then the notices of this hour."""
    words, local = of(tag), local_datetime(now, ZoneInfo(view.timezone))
    found = []
    if view.is_open and words.tag == tag:
        found = [
            Line(f"delay {each.at} {each.service} {tag}", delay_line(words, view, each), tag, urgent=True)
            for each in view.delays
            if each.until > now
        ]
        found.append(Line(f"private {tag}", words("display.ask_private"), tag))
    return found + [
        Line(f"notice {each.id} {tag}", " ".join(each.words[tag].split()), tag)
        for each in view.notices
        if each.is_shown(local.date(), local.time()) and each.words.get(tag, "").strip()
    ]


def delay_line(words: VisitorWords, view: BoardView, delay: BoardDelay) -> str:
    """An announced delay, in one language."""
    names = next((each.names for each in view.waits if each.name == delay.service), {})
    service = names.get(words.tag, delay.service)
    key = f"display.delay.{'service' if service else 'room'}{'_minutes' if delay.minutes else ''}"
    values: dict[str, str | int] = {"reason": words(f"display.reason.{delay.reason.value}")}
    if service:
        values["service"] = service
    if delay.minutes:
        values["count"] = delay.minutes
    return words(key, **values)


def pages(line: Line, fits: Fits) -> tuple[str, ...]:
    """The text in pages that fit, parted between words; in Chinese, and within a word that is too long, anywhere."""
    made: list[str] = []
    rest = line.text
    while rest and not fits(rest, line.tag):
        most = _most_that_fits(rest, line.tag, fits)
        blank = rest.rfind(" ", 0, most + 1)
        cut = blank if blank > 0 else most
        made.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*made, rest) if rest or not made else tuple(made)


def _most_that_fits(text: str, tag: str, fits: Fits) -> int:
    """How many characters fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle], tag) else (low, middle - 1)
    return low


def time_for(text: str, tag: str) -> Millis:
    """How long a page is shown."""
    rate = SIGNS_A_SECOND_CHINESE if tag in CHINESE else SIGNS_A_SECOND
    return max(LEAST_TIME, SETTLE + len(text) * SECOND // rate)


class Page(Struct, frozen=True):
    """What is read now: one page of a line, `number` of `count`."""

    text: str
    tag: str
    number: int = 1
    count: int = 1


NOTHING = Page("", ENGLISH)


class Turns:
    """Whose turn it is. Lines may come and go meanwhile: what is being read is read to its end, if it still holds."""

    def __init__(self) -> None:
        self._lines: tuple[Line, ...] = ()
        self._line: Line | None = None
        self._pages: tuple[str, ...] = ()
        self._page = 0
        self._until: Instant = 0

    def page(self, lines: Sequence[Line], now: Instant, fits: Fits) -> Page:
        """What is to be read now."""
        if (urgent := self._just_come(lines)) is not None:
            self._begin(urgent, now, fits)
        elif self._line not in lines:
            self._begin(self._after(lines), now, fits)
        elif now >= self._until:
            if self._page + 1 < len(self._pages):
                self._turn_to(self._page + 1, now)
            else:
                self._begin(self._after(lines), now, fits)
        self._lines = tuple(lines)
        if self._line is None:
            return NOTHING
        return Page(self._pages[self._page], self._line.tag, self._page + 1, len(self._pages))

    def again(self) -> None:
        """The screen has another size: what is read is parted anew."""
        self._line = None

    def _just_come(self, lines: Sequence[Line]) -> Line | None:
        """What is urgent, and was not there before; nothing is when the display has only just begun."""
        known = {line.key for line in self._lines}
        return next((line for line in lines if line.urgent and line.key not in known), None) if known else None

    def _after(self, lines: Sequence[Line]) -> Line | None:
        """The line whose turn comes: the first of those that stood after the present one and are still there."""
        if not lines:
            return None
        if self._line is None or self._line not in self._lines:
            return lines[0]
        place = self._lines.index(self._line)
        order: Iterable[Line] = (*self._lines[place + 1 :], *self._lines[: place + 1])
        keys = {line.key: line for line in lines}
        return next((keys[line.key] for line in order if line.key in keys), lines[0])

    def _begin(self, line: Line | None, now: Instant, fits: Fits) -> None:
        self._line = line
        self._pages = () if line is None else pages(line, fits)
        self._turn_to(0, now)

    def _turn_to(self, page: int, now: Instant) -> None:
        self._page = page
        if self._line is not None:
            self._until = now + time_for(self._pages[page], self._line.tag)
