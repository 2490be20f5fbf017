"""The display: what is called, shown and said, one after another; what holds when the database is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from reception.clock import HOUR, MINUTE, SECOND, Instant
from reception.config import Config, DisplayConfig
from reception.domain.board import BoardCall, BoardView
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.notices import Notice
from reception.domain.office import Office
from reception.domain.screen_texts import texts_from
from reception.domain.stations import Contact, Reach
from reception.errors import Code, Refusal
from reception.services import queries as q
from tests.ui.display_states import DELAY, EARLIER, LONG, NOW, STATES, VIEW, call
from tests.ui.fake_feed import FakeFeed
from ui import scripts, visitor_words
from ui.display import announcing
from ui.display.calling import Calls
from ui.display.lines import Line, Turns, lines_of, pages, time_for
from ui.display.painting import NOTICE, notice_place
from ui.display.places import place_in, said_call
from ui.display.run import build_display
from ui.display.scene import Said, Standing, State, scene_of
from ui.display.setting import Setter
from ui.display.window import DisplayWindow
from ui.link import Link
from ui.pulse import Pulse
from ui.theme import Look
from ui.theme_file import load_theme
from ui.visitor_words import words_of


def view(*calls: BoardCall, at: Instant = NOW, **more: Any) -> BoardView:
    return replace(VIEW, now=at, calls=tuple(calls), **more)


# -- one after another ---------------------------------------------------------------------------------------------


def test_a_display_that_has_just_started_calls_nobody_who_was_called_before() -> None:
    calls = Calls()
    calls.take(view(call("H001", "Counter 1", 30), *EARLIER))
    assert calls.next() is None
    assert calls.present is not None and calls.present.number == "H001", "it is shown all the same"
    calls.take(view(call("H002", "Counter 2"), call("H001", "Counter 1", 30), *EARLIER))
    assert (called := calls.next()) is not None and called.number == "H002"
    assert [each.number for each in calls.earlier()] == ["H001", "C019", "C018", "B005", "H007"]


def test_two_calls_at_once_never_run_over_each_other() -> None:
    calls = Calls()
    calls.take(view())
    one, two = call("H001", "Counter 1"), call("H002", "Counter 2")
    calls.take(view(two, one))
    assert calls.next() == one
    assert calls.next() is None, "the first is still being said"
    assert calls.earlier() == (), "the second is not shown before its turn"
    calls.take(view(call("H003", "Counter 3"), two, one))
    assert (calls.next(), calls.present) == (None, one)
    calls.said(one.id)
    assert calls.next() == two
    calls.said(one.id)
    assert calls.next() is None, "only its own end ends it"
    assert calls.earlier() == (one,)


def test_a_call_again_is_said_again_and_a_call_taken_back_is_not_said() -> None:
    calls = Calls()
    one = call("H001", "Counter 1", 20)
    calls.take(view())
    calls.take(view(one))
    assert calls.next() == one
    calls.said(one.id)
    again = replace(one, id="again", times=2)
    other = call("H002", "Counter 2")
    calls.take(view(other, again))
    assert calls.next() == again
    calls.take(view(again))
    calls.said(again.id)
    assert calls.next() is None, "the other was taken back before its turn"
    calls.take(view())
    assert calls.present is None
    calls.take(view(again))
    assert calls.next() is None, "undone and made to hold again: it was said"


def test_nobody_is_called_who_is_at_the_counter_or_has_gone() -> None:
    calls = Calls()
    calls.take(view())
    calls.take(view(call("H001", "Counter 1", is_over=True)))
    assert calls.next() is None, "joined after a cut, say, when it was over"
    one, two = call("H002", "Counter 1"), call("H003", "Counter 2")
    calls.take(view(two, one))
    assert calls.next() == one
    calls.take(view(replace(two, is_over=True), replace(one, is_over=True)))
    calls.end_old(NOW)
    assert calls.present is not None, "it is said to its end"
    calls.said(one.id)
    calls.end_old(NOW)
    assert (calls.present, calls.next()) == (None, None)


def test_a_call_again_waits_until_the_call_before_it_is_said_whole() -> None:
    calls = Calls()
    calls.take(view())
    one = call("H001", "Counter 1")
    calls.take(view(one))
    assert calls.next() == one
    again = replace(one, id="again", times=2, private=True)
    calls.take(view(again))
    assert calls.next() is None
    assert calls.present == replace(one, private=True), "and privacy that was asked for meanwhile holds at once"
    calls.said(one.id)
    assert calls.next() == again
    calls.take(view(replace(one, id="long ago", at=NOW - HOUR)))
    assert calls.present is None, "a call of an earlier leg is no call of now"


def test_after_a_cut_only_fresh_calls_are_made() -> None:
    calls = Calls()
    calls.take(view(*EARLIER))
    late = NOW + 10 * MINUTE
    old = replace(call("H010", "Counter 1"), at=late - 5 * MINUTE)
    fresh = replace(call("H011", "Counter 2"), at=late - 90 * SECOND)
    calls.take(view(fresh, old, *EARLIER, at=late))
    assert calls.next() == fresh
    calls.said(fresh.id)
    assert calls.next() is None
    assert calls.earlier()[0] == old
    calls.end_old(late + 5 * MINUTE)
    assert calls.present is None and calls.earlier()[0] == fresh


def test_an_evacuation_freezes_calls() -> None:
    calls = Calls()
    calls.take(view())
    one = call("H001", "Counter 1")
    calls.take(view(one))
    calls.take(view(call("H002", "Counter 2"), one, evacuated=True))
    assert (calls.next(), calls.present) == (None, None)
    calls.take(view(call("H002", "Counter 2"), one))
    assert calls.next() is None, "nobody is called who was called before the building was left"


# -- what is said ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "place", "said"),
    [
        ("H012", "Counter 3", "H, 0, 1, 2. Please go to Counter 3."),
        ("KA 7", "The Oak Room", "K, A, 7. Please go to The Oak Room."),
        ("H012", "", "H, 0, 1, 2."),
    ],
)
def test_numbers_are_said_sign_by_sign(number: str, place: str, said: str) -> None:
    assert said_call(call(number, place), "en") == said


def test_who_asked_for_privacy_is_called_in_english_and_not_shown_afterwards() -> None:
    private = call("B006", "Room 2", private=True, language="pl")
    assert announcing.tags_of(private) == ("en",)
    during = scene_of(VIEW, Standing(NOW, private)).call
    assert during is not None and (during.number, during.place, during.please) == ("B006", "Room 2", None)
    calls = Calls()
    calls.take(view(private, call("H001", "Counter 1", is_over=True)))
    calls.present = None
    assert [each.number for each in calls.earlier()] == ["B006", "H001"], "it has not been answered yet"
    calls.take(view(replace(private, is_over=True), call("H001", "Counter 1", is_over=True)))
    assert [each.number for each in calls.earlier()] == ["H001"], "no row without a place"


def test_a_broken_language_file_leaves_the_call_in_english(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = visitor_words._file

    def broken(tag: str) -> Any:
        return texts_from("language = ", "pl.toml") if tag == "pl" else whole(tag)

    monkeypatch.setattr(visitor_words, "_file", broken)
    visitor_words.words_of.cache_clear()
    polish = call("H001", "Counter 1", language="pl")
    assert announcing.tags_of(polish) == ("en",)
    shown = scene_of(VIEW, Standing(NOW, polish)).call
    assert shown is not None and (shown.place, shown.please) == ("Counter 1", None)
    assert "private pl" not in {line.key for line in lines_of(VIEW, NOW)}
    assert len([record for record in caplog.records if "pl.toml" in record.getMessage()]) == 1
    visitor_words.words_of.cache_clear()


def test_a_place_of_the_offices_own_name_keeps_it() -> None:
    words = words_of("en")
    assert place_in(words, "Counter 3") == "Counter 3"
    for place in ("Interview desk", "Counters and more", "Counter"):
        assert place_in(words_of("pl"), place) == place


# -- lines in turn ---------------------------------------------------------------------------------------------------


def short(text: str, _tag: str) -> bool:
    return len(text) <= 140


def test_notices_are_shown_by_their_hours_and_languages_delays_first() -> None:
    with_delay = replace(VIEW, delays=(DELAY,))
    shown = lines_of(with_delay, NOW)
    assert shown[0].text == "Housing: expect to wait about 20 minutes. Some of our staff are away."
    assert [line.key for line in shown if line.tag == "en"] == [
        f"delay {NOW} Housing en",
        "private en",
        "notice children en",
        "notice help en",
    ]
    assert [line.text for line in shown if line.tag == "pl"][-1] == "Potrzebny tłumacz? Proszę powiedzieć pracownikowi."
    evening = [line.key for line in lines_of(with_delay, NOW + 7 * HOUR)]
    assert "notice evening en" in evening and f"delay {NOW} Housing en" not in evening


def test_english_comes_round_after_every_second_of_the_other_languages() -> None:
    every = {each.tag: f"{each.tag}." for each in VISITOR_LANGUAGES}
    lines = lines_of(replace(VIEW, notices=(Notice("n", every),)), NOW)
    spoken = [tag for tag, _ in groupby(line.tag for line in lines)]
    assert spoken == ["en", "ar", "bn", "en", "zh-Hans", "zh-Hant", "en", "it", "pl", "en", "pa", "ur"]
    assert len({line.key for line in lines}) == len(lines), "each is a line of its own"


def test_a_closed_office_offers_nothing_and_an_evacuated_one_says_one_thing() -> None:
    closed = lines_of(replace(VIEW, is_open=False, delays=(DELAY,)), NOW)
    assert {line.key.split()[0] for line in closed} == {"notice"}
    assert lines_of(replace(VIEW, evacuated=True), NOW) == ()


def test_a_notice_of_2000_characters_is_read_page_by_page() -> None:
    words = ("Please read this carefully and to its end. " * 50)[:2_000].strip()
    line = Line("n", words)
    parts = pages(line, short)
    assert " ".join(parts) == words
    assert all(len(part) <= 140 for part in parts) and len(parts) == 15
    assert all(time_for(part, "en") >= 7 * SECOND for part in parts)
    chinese = pages(Line("z", "请到三号柜台" * 60, "zh-Hans"), short)
    assert "".join(chinese) == "请到三号柜台" * 60
    assert pages(Line("w", "x" * 300), short) == ("x" * 140, "x" * 140, "x" * 20)
    assert pages(Line("e", ""), short) == ("",)


def test_a_delay_is_read_at_once_whatever_is_being_read() -> None:
    turns, long = Turns(), Line("2", "x " * 1_000)
    assert turns.page((long,), NOW, short).count == 15
    delay = Line("d", "There are delays.", urgent=True)
    assert turns.page((delay, long), NOW + SECOND, short).text == "There are delays."
    assert turns.page((delay, long), NOW + 2 * SECOND, short).text == "There are delays."
    assert turns.page((delay, long), NOW + 10 * SECOND, short).text.startswith("x x"), (
        "and once in its turn from then on"
    )


def test_lines_take_turns_and_are_read_to_their_end() -> None:
    turns = Turns()
    one, two, three = Line("1", "First."), Line("2", "x " * 200), Line("3", "Third.")
    now, seen = NOW, []
    for _ in range(80):
        page = turns.page((one, two, three), now, short)
        mark = (page.text[:5], page.number)
        if not seen or seen[-1] != mark:
            seen.append(mark)
        now += SECOND
    assert seen[:6] == [("First", 1), ("x x x", 1), ("x x x", 2), ("x x x", 3), ("Third", 1), ("First", 1)]
    assert turns.page((two,), now, short).text.startswith("x x"), "what is gone is not read on"
    assert turns.page((), now, short).text == ""


# -- what holds ------------------------------------------------------------------------------------------------------


def test_nothing_false_is_said_when_the_database_is_gone() -> None:
    scene = scene_of(VIEW, Standing(NOW + 5 * MINUTE, None, EARLIER, lost_since=NOW))
    assert scene.trouble == "Not up to date since 10.43am. Please listen for your number, or ask at the desk."
    assert (scene.live, scene.waits_heading, scene.line) == (False, "Wait as of 10.43am", "")
    assert scene.clock == "10.48am"


@pytest.mark.parametrize(
    ("changes", "state", "line"),
    [
        ({}, State.NOBODY, "Your number will be shown here and called aloud."),
        ({"is_open": False, "next_open": NOW + HOUR}, State.CLOSED, "We open today at 11.43am."),
        (
            {"is_open": False, "next_open": NOW + 24 * HOUR},
            State.CLOSED,
            "We open again on Wednesday 25\u00a0November at 10.43am.",
        ),
        ({"is_open": False, "next_open": None}, State.CLOSED, "Please look at the notice by the door."),
        (
            {"evacuated": True, "is_open": False},
            State.EVACUATED,
            "Follow the staff to the nearest way out. No numbers are called now.",
        ),
    ],
)
def test_what_is_said_when_nobody_is_called(changes: dict[str, Any], state: State, line: str) -> None:
    scene = scene_of(replace(VIEW, calls=(), **changes), Standing(NOW))
    assert (scene.state, scene.line) == (state, line)


def test_closing_time_is_not_told_to_those_who_still_wait() -> None:
    closed = replace(VIEW, is_open=False)
    assert scene_of(closed, Standing(NOW + 29 * MINUTE)).state is State.NOBODY
    assert scene_of(closed, Standing(NOW + 31 * MINUTE)).state is State.CLOSED


def test_more_services_than_fit_take_turns() -> None:
    waits = tuple(replace(VIEW.waits[0], service_id=str(n), name=f"Service {n}") for n in range(7))
    shown = [scene_of(replace(VIEW, waits=waits), Standing(at)).waits for at in (NOW, NOW + 12 * SECOND)]
    assert sorted(len(each) for each in shown) == [3, 4]
    assert {wait.service for each in shown for wait in each} == {f"Service {n}" for n in range(7)}


# -- the window ------------------------------------------------------------------------------------------------------


class PretendVoice(QObject):
    """Says nothing, and remembers what it was to say; `finish` ends the next thing."""

    def __init__(self, works: bool = True) -> None:
        super().__init__()
        self.works = works
        self.waiting: list[tuple[str, Any]] = []
        self.said: list[str] = []
        self.closed = False

    def try_out(self, done: Any) -> None:
        done(self.works)

    def play(self, sound: Any, done: Any) -> None:
        self.said.append("chime")
        self.waiting.append(("chime", done))

    def say(self, text: str, language: str, done: Any) -> None:
        self.said.append(f"{language}: {text}")
        self.waiting.append((text, done))

    def stop(self) -> None:
        self.waiting.clear()

    def close(self) -> None:
        self.closed = True

    def finish(self) -> None:
        while self.waiting:
            self.waiting.pop(0)[1](self.works)


@dataclass
class Door:
    """A door that shows one view, and refuses when told to."""

    shown: BoardView = field(default_factory=view)
    gone: bool = False

    def _may(self) -> None:
        if self.gone:
            raise Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")

    def ask(self, query: q.Query) -> Any:
        self._may()
        if isinstance(query, q.Offices):
            return (Office("civic", "Civic Offices", "Hertsmere", "Europe/London"),)
        assert query == q.Board("civic", "Display 1")
        return self.shown

    def feed(self, on_beat: Any, on_contact: Any) -> FakeFeed:
        return FakeFeed(self._look, on_beat, on_contact)

    def _look(self) -> tuple[int, Instant]:
        self._may()
        return self.shown.sequence, self.shown.now

    def hang_up(self) -> None: ...


@dataclass
class Shown:
    window: DisplayWindow
    link: Link
    door: Door
    voice: PretendVoice
    qtbot: QtBot

    def now_shows(self, next_view: BoardView) -> None:
        """The database changes, and the display hears of it."""
        self.door.shown = replace(next_view, sequence=self.door.shown.sequence + 1)
        sequence = self.door.shown.sequence
        self.qtbot.waitUntil(lambda: self.window.sequence == sequence)

    def number(self) -> str:
        return self.window.scene.call.number if self.window.scene.call else ""


@pytest.fixture
def shown(qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    monkeypatch.setattr(announcing, "SHOWN_AT_LEAST", 1)
    pulse, door, voice = Pulse(), Door(), PretendVoice()
    link = Link(door, pulse.now)  # type: ignore[arg-type]
    window = DisplayWindow(link, look, pulse, Config(station="Display 1"), voice)  # type: ignore[arg-type]
    window.resize(1280, 720)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.scene.state is State.NOBODY)
    yield Shown(window, link, door, voice, qtbot)
    link.close()


def test_calls_are_shown_and_said_one_after_another(shown: Shown) -> None:
    polish = call("H001", "Counter 1", language="pl")
    shown.now_shows(view(call("H002", "Counter 2"), polish))
    assert shown.number() == "H001"
    said = list(shown.voice.said)
    assert said[0] == "chime"
    assert said[-1] == "en: H, 0, 0, 1. Please go to Counter 1."
    assert said.count(said[-1]) == 2, "and once more"
    shown.now_shows(view(call("H003", "Counter 3"), call("H002", "Counter 2"), polish))
    assert (shown.number(), shown.voice.said) == ("H001", said), "it is said whole first"
    shown.voice.finish()
    shown.qtbot.waitUntil(lambda: shown.number() == "H002")
    shown.voice.finish()
    shown.qtbot.waitUntil(lambda: shown.number() == "H003")
    assert [each.number for each in shown.window.scene.earlier] == ["H002", "H001"]
    face = QAccessible.queryAccessibleInterface(shown.window)
    assert "H003 Counter 3" in face.text(QAccessible.Text.Name)


def test_a_call_that_is_taken_back_is_not_said_on(shown: Shown) -> None:
    shown.now_shows(view(call("H001", "Counter 1")))
    assert shown.voice.waiting
    shown.now_shows(view())
    assert (shown.number(), shown.voice.waiting) == ("", [])


def test_it_says_since_when_it_is_not_live_and_comes_back(shown: Shown) -> None:
    with shown.qtbot.waitSignal(shown.link.offline):
        shown.door.gone = True
    assert shown.window.scene.trouble.startswith("Not up to date since 10.43am.")
    assert not shown.window.scene.live
    shown.door.gone = False
    shown.now_shows(view(call("H001", "Counter 1")))
    assert (shown.window.scene.trouble, shown.window.scene.live, shown.number()) == ("", True, "H001")


def test_it_says_that_the_database_is_slow_for_as_long(shown: Shown) -> None:
    shown.link.contact.emit(Contact(Reach.SLOW, NOW))
    assert shown.window.scene.trouble.startswith("The system is slow just now.")
    assert shown.window.scene.live, "what it shows is true all the same"
    shown.link.contact.emit(Contact(Reach.LIVE, NOW))
    assert shown.window.scene.trouble == ""


def test_only_control_q_ends_it(shown: Shown) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_F4, Qt.Key.Key_Q):
        shown.qtbot.keyClick(shown.window, key)
    shown.qtbot.mouseClick(shown.window, Qt.MouseButton.RightButton)
    assert shown.window.isVisible() and not shown.voice.closed
    assert shown.window.cursor().shape() is Qt.CursorShape.BlankCursor
    shown.qtbot.keyClick(shown.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not shown.window.isVisible() and shown.voice.closed


def test_it_fills_its_screen_unless_told_otherwise(qtbot: QtBot, look: Look) -> None:
    for full in (True, False):
        pulse, door = Pulse(), Door()
        link = Link(door, pulse.now)  # type: ignore[arg-type]
        settings = DisplayConfig(full_screen=full, voice=False, chime=False)
        window = build_display(link, Config(station="Display 1", display=settings), pulse)
        qtbot.addWidget(window)
        window.show()
        assert (window.size() == window.screen().size()) is full
        link.close()


def test_where_no_sound_works_it_does_not_promise_to_call_aloud(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    """Nor do the council's own words, where it has some, make it."""
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens" / "en.toml").write_text('[display]\nnobody = "Do sit down"', encoding="utf-8")
    pulse, door = Pulse(), Door()
    link = Link(door, pulse.now)  # type: ignore[arg-type]
    config = Config(station="Display 1", wording_folder=str(tmp_path))
    window = DisplayWindow(link, look, pulse, config, PretendVoice(works=False))  # type: ignore[arg-type]
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.scene.state is State.NOBODY)
    assert (window.scene.heading, window.scene.line) == ("Do sit down", "Your number will be shown here.")
    link.close()


def test_a_script_without_a_font_is_not_shown_and_said_once_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class NoBengali:
        @staticmethod
        def families(script: object) -> list[str]:
            return [] if script is scripts.SCRIPTS["bn"] else ["Noto Sans"]

    monkeypatch.setattr(scripts, "QFontDatabase", NoBengali)
    scripts.can_show.cache_clear()
    scene = replace(STATES["evacuated"], others=(Said("বাংলা", "bn"), Said("Polski", "pl")))
    for _ in range(2):
        assert scene.without(scripts.can_show).others == (Said("Polski", "pl"),)
    assert [record.getMessage() for record in caplog.records if "Bengali" in record.getMessage()] == [
        "there is no font for Bengali here: visitors are not offered it"
    ]
    scripts.can_show.cache_clear()


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)], ids=str)
def test_every_state_is_painted_whole_at_every_size(qtbot: QtBot, size: tuple[int, int]) -> None:
    from tests.ui.display_pictures import picture

    setter = Setter(Look(load_theme("light")), *size)
    assert setter.fits(notice_place(setter), LONG.text, NOTICE, "en")
    painted = {name: picture(scene, *size) for name, scene in STATES.items()}
    different = {bytes(image.constBits()) for image in painted.values()}  # type: ignore[arg-type]
    assert len(different) >= len(STATES) - 3, "languages whose words are still to come look alike"
