"""What stands on the display at a moment, in words: made from the view, the calls and the time. Nothing of Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import MINUTE, SECOND, Instant, local_date, local_datetime
from reception.domain.board import BoardCall, BoardView, BoardWait
from reception.domain.languages import VISITOR_LANGUAGES
from ui.display.lines import ENGLISH, NOTHING, Page, tongues
from ui.display.places import place_in
from ui.visitor_words import VisitorWords, WordsOf, words_of

MOST_WAITS = 5
WAITS_SHOWN_FOR = 12 * SECOND
"""More services than stand beside each other take turns."""


STILL_CALLING = 30 * MINUTE
"""After so long without a call an office that has closed is empty."""


class State(StrEnum):
    """What the large part of the screen is for."""

    STARTING = "starting"
    CALLING = "calling"
    NOBODY = "nobody"
    CLOSED = "closed"
    EVACUATED = "evacuated"


class Said(Struct, frozen=True):
    """Words in a language."""

    text: str
    tag: str = ENGLISH


class Call(Struct, frozen=True):
    """A call as it is shown. `please`: where to go, in the visitor's language; None for English alone."""

    number: str
    place: str
    please: Said | None = None


class Wait(Struct, frozen=True):
    """The expected wait for one service."""

    service: str
    wait: str


class Scene(Struct, frozen=True):
    """All that stands on the screen. `live`: what it says of waits holds now."""

    state: State
    heading: str
    line: str = ""
    call: Call | None = None
    earlier_heading: str = ""
    earlier: tuple[Call, ...] = ()
    others: tuple[Said, ...] = ()
    """The heading in other languages, where it concerns everybody."""
    waits_heading: str = ""
    waits: tuple[Wait, ...] = ()
    wait_columns: int = 0
    """How many stand beside each other, on whichever page."""
    office: str = ""
    page: Page = NOTHING
    trouble: str = ""
    clock: str = ""
    live: bool = True

    def without(self, can_show: Callable[[str], bool]) -> Scene:
        """The scene less what this computer has no font for."""
        call = self.call
        if call is not None and call.please is not None and not can_show(call.please.tag):
            call = replace(call, please=None)
        return replace(self, call=call, others=tuple(each for each in self.others if can_show(each.tag)))


def starting(of: WordsOf = words_of) -> Scene:
    """Before anything is known."""
    return Scene(State.STARTING, of(ENGLISH)("display.not_live_yet"), live=False)


class Standing(Struct, frozen=True):
    """What the display knows besides the view. `lost_since`: the database has not answered since then."""

    now: Instant
    present: BoardCall | None = None
    earlier: tuple[BoardCall, ...] = ()
    page: Page = NOTHING
    lost_since: Instant | None = None
    speaks: bool = True
    is_slow: bool = False


def scene_of(view: BoardView, standing: Standing, of: WordsOf = words_of) -> Scene:
    """The view at a moment."""
    words, zone = of(ENGLISH), ZoneInfo(view.timezone)
    live = standing.lost_since is None
    state, heading, line = _main(view, standing, zone, words)
    lost_at = "" if standing.lost_since is None else words.time(local_datetime(standing.lost_since, zone))
    is_calling = state in (State.CALLING, State.NOBODY)
    waits, columns = _waits(view.waits, standing.now, words)
    return Scene(
        state=state,
        heading=heading,
        line=line,
        call=_call(standing.present, of) if state is State.CALLING and standing.present else None,
        earlier_heading=words("display.earlier") if standing.earlier else "",
        earlier=tuple(Call(call.number, call.place) for call in standing.earlier) if is_calling else (),
        others=() if is_calling else _others(view, state, of),
        waits_heading=words("display.expected_wait") if live else words("display.as_of", time=lost_at),
        waits=waits if is_calling else (),
        wait_columns=columns,
        office=view.office,
        page=standing.page,
        trouble=_trouble(standing, lost_at, words),
        clock=words.time(local_datetime(standing.now, zone)),
        live=live,
    )


def _trouble(standing: Standing, lost_at: str, words: VisitorWords) -> str:
    if standing.lost_since is not None:
        return words("display.not_live", time=lost_at)
    return words("display.slow") if standing.is_slow else ""


def _main(view: BoardView, standing: Standing, zone: ZoneInfo, words: VisitorWords) -> tuple[State, str, str]:
    if view.evacuated:
        return State.EVACUATED, words("display.evacuated"), words("display.evacuated_line")
    if standing.present is not None:
        return State.CALLING, words("display.now_calling"), ""
    if not view.is_open and not _is_still_calling(view, standing.now):
        return State.CLOSED, words("display.closed"), _opens(view, standing.now, zone, words)
    if standing.lost_since is not None:
        return State.NOBODY, words("display.nobody"), ""
    line = "display.nobody_line" if standing.speaks else "display.nobody_line_silent"
    return State.NOBODY, words("display.nobody"), words(line)


def _is_still_calling(view: BoardView, now: Instant) -> bool:
    """Closing time sends nobody away who is here: whoever still waits is not told that it is closed."""
    return bool(view.calls) and now - view.calls[0].at < STILL_CALLING


def _opens(view: BoardView, now: Instant, zone: ZoneInfo, words: VisitorWords) -> str:
    if view.next_open is None or view.next_open <= now:
        return words("display.opens_unknown")
    opens, today = local_datetime(view.next_open, zone), local_date(now, zone)
    if opens.date() == today:
        return words("display.opens_today", time=words.time(opens))
    return words("display.opens", day=words.day(opens.date(), today), time=words.time(opens))


def _others(view: BoardView, state: State, of: WordsOf) -> tuple[Said, ...]:
    """What concerns everybody in every language; that it is closed, in those of the office."""
    everyone = tuple(each.tag for each in VISITOR_LANGUAGES) if state is State.EVACUATED else tongues(view)
    english = of(ENGLISH)(f"display.{state.value}")
    said = (Said(of(tag)(f"display.{state.value}"), tag) for tag in everyone if tag != ENGLISH)
    return tuple(each for each in said if each.text != english)


def _call(call: BoardCall, of: WordsOf) -> Call:
    please = None
    if call.language and not call.private and call.place and of(call.language).tag == call.language:
        words = of(call.language)
        please = Said(words("display.please_go_to", place=place_in(words, call.place)), call.language)
    return Call(call.number, call.place, please)


def _waits(waits: Sequence[BoardWait], now: Instant, words: VisitorWords) -> tuple[tuple[Wait, ...], int]:
    """Those that are known; where they are many, some at a time; and how many at most."""
    made = [Wait(each.name, words.wait("display.wait.brief", each.wait)) for each in waits if each.wait is not None]
    pages = max(1, -(-len(made) // MOST_WAITS))
    each_page = -(-len(made) // pages)
    first = now // WAITS_SHOWN_FOR % pages * each_page
    return tuple(made[first : first + each_page]), each_page
