"""The voice: what is heard, up to the WAV file, and what happens when its process hangs, falls or finds no library."""

from __future__ import annotations

import array
import logging
import sys
import wave
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reception.domain.languages import VISITOR_LANGUAGES
from ui.voice import speaking
from ui.voice.voice import Voice

SPEAKING = str(Path(speaking.__file__))
CHIME = Path(str(files("resources") / "sounds" / "chime.wav"))
MakeVoice = Callable[..., Voice]

SAID = {
    "en": "H, 0, 1, 2. Please go to counter 3.",
    "ar": "الرقم H، 0، 1، 2.",
    "bn": "নম্বর H, 0, 1, 2।",
    "zh-Hans": "H, 0, 1, 2号，请到3号柜台。",
    "zh-Hant": "H, 0, 1, 2號，請到3號櫃枱。",
    "it": "Numero H, 0, 1, 2.",
    "pl": "Numer H, 0, 1, 2.",
    "pa": "ਨੰਬਰ H, 0, 1, 2.",
    "ur": "نمبر H، 0، 1، 2۔",
}


@pytest.fixture
def make_voice(qapp: object) -> Iterator[MakeVoice]:
    made: list[Voice] = []

    def make(**options: object) -> Voice:
        made.append(Voice(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for voice in made:
        voice.close()


def seconds_and_loudness(file: Path) -> tuple[float, int]:
    with wave.open(str(file)) as read:
        samples = array.array("h", read.readframes(read.getnframes()))
        return len(samples) / read.getframerate(), max(map(abs, samples), default=0)


def heard(qtbot: QtBot, say: Callable[[Callable[[bool], None]], None], timeout: int = 5_000) -> bool:
    told: list[bool] = []
    say(told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=timeout)
    return told[0]


def test_each_language_is_spoken_by_a_voice_of_its_own(qtbot: QtBot, tmp_path: Path, make_voice: MakeVoice) -> None:
    voice = make_voice(folder=tmp_path)
    told: list[bool] = []
    for language in VISITOR_LANGUAGES:
        voice.say(SAID[language.tag], language.tag, told.append)
    voice.say("5", "pl", told.append)
    voice.say("5", "it", told.append)
    voice.play(CHIME, told.append)
    qtbot.waitUntil(lambda: len(told) == 12, timeout=10_000)
    assert all(told)
    made = [tmp_path / f"{number}.wav" for number in range(1, 13)]
    for file in made:
        seconds, loudness = seconds_and_loudness(file)
        assert 0.3 < seconds < 10
        assert 5_000 < loudness <= 32_768
    assert made[9].read_bytes() != made[10].read_bytes()
    assert made[11].read_bytes() == CHIME.read_bytes()


def test_a_voice_that_hangs_is_killed_and_the_next_thing_is_said(
    qtbot: QtBot, tmp_path: Path, make_voice: MakeVoice, caplog: pytest.LogCaptureFixture
) -> None:
    """The first process hangs; the second, which stands in its place, works."""
    mark = tmp_path / "hung"
    program = (
        "import pathlib, runpy, sys, time\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        "if not mark.exists():\n"
        "    mark.touch()\n"
        "    time.sleep(60)\n"
        f"sys.argv = ['', {str(tmp_path)!r}]\n"
        f"runpy.run_path({SPEAKING!r}, run_name='__main__')\n"
    )
    # Long enough for the second to start on a busy machine.
    voice = make_voice(program=[sys.executable, "-I", "-c", program], limit_ms=2_500)
    told: list[bool] = []
    voice.say("One", "en", told.append)
    voice.say("Two", "en", told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    assert told == [False, True]
    assert [record.getMessage() for record in caplog.records if "did not answer" in record.getMessage()]


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ([sys.executable, "-I", "-c", "raise SystemExit(3)"], "ended by itself"),
        (["/nowhere/python"], "ended by itself"),
        ([sys.executable, "-I", "-c", "input(); print('what?', flush=True); input()"], "nobody understands"),
        ([sys.executable, "-I", "-S", SPEAKING], "ModuleNotFoundError"),
    ],
)
def test_what_is_not_said_is_told_and_logged_once(
    qtbot: QtBot, make_voice: MakeVoice, caplog: pytest.LogCaptureFixture, program: list[str], why: str
) -> None:
    voice = make_voice(program=program)
    with caplog.at_level(logging.WARNING):
        assert not heard(qtbot, lambda told: voice.say("One", "en", told))
        assert not heard(qtbot, lambda told: voice.say("Two", "en", told))
    assert len([record for record in caplog.records if why in record.getMessage()]) == 1


def test_its_process_is_told_no_password(
    qtbot: QtBot, make_voice: MakeVoice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("RECEPTION_DATABASE", "postgresql://desk:secret@server/reception")
    tells = (
        "import json, os; found = [n for n in os.environ if n.startswith('RECEPTION')]; asked = json.loads(input());"
        "print(json.dumps({'id': asked['id'], 'end': 'failed' if found else 'said', 'why': str(found)}), flush=True);"
        "input()"
    )
    assert heard(qtbot, lambda told: make_voice(program=[sys.executable, "-I", "-c", tells]).say("One", "en", told))


NO_DEVICE = (
    "import runpy, sys, types\n"
    "class MiniaudioError(Exception): pass\n"
    "def none(**options): raise MiniaudioError('no device')\n"
    "sys.modules['miniaudio'] = types.SimpleNamespace(MiniaudioError=MiniaudioError, PlaybackDevice=none)\n"
    f"sys.argv = ['']\nrunpy.run_path({SPEAKING!r}, run_name='__main__')\n"
)


def test_without_a_sound_device_it_is_silent_and_says_so_once(
    qtbot: QtBot, make_voice: MakeVoice, caplog: pytest.LogCaptureFixture
) -> None:
    voice = make_voice(program=[sys.executable, "-I", "-c", NO_DEVICE])
    with caplog.at_level(logging.WARNING):
        assert not heard(qtbot, lambda told: voice.play(CHIME, told))
        assert not heard(qtbot, lambda told: voice.say("One", "en", told))
    assert [record.getMessage() for record in caplog.records].count(
        "There is no sound device that works: calls are shown and not heard."
    ) == 1


SLOW_DEVICE = NO_DEVICE.replace(
    "def none(**options): raise MiniaudioError('no device')",
    """
class none:
    def __init__(self, **options): pass
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def start(self, stream): pass
""",
)


def test_stopping_ends_what_is_said_and_forgets_the_rest(qtbot: QtBot, make_voice: MakeVoice) -> None:
    voice = make_voice(program=[sys.executable, "-I", "-c", SLOW_DEVICE])
    told: list[bool] = []
    voice.say("A long sentence that goes on and on and on and on.", "en", told.append)
    voice.say("Another.", "en", told.append)
    qtbot.waitUntil(lambda: voice.is_speaking)
    voice.stop()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=5_000)
    assert told == [False, False]
    qtbot.waitUntil(lambda: not voice.is_speaking, timeout=5_000)
    assert not heard(qtbot, lambda done: voice.say("Nothing", "xx", done)), "no voice: not heard, and no harm"


@pytest.mark.qt_log_ignore("QProcess: Destroyed while process")
def test_a_window_that_is_destroyed_while_it_speaks_complains_of_nothing(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    window = QObject()
    voice = Voice(window, program=[sys.executable, "-c", "input()"])
    voice.say("Counter 3")
    qtbot.waitUntil(lambda: voice.is_speaking)
    shiboken6.delete(window)
    assert "Traceback" not in capfd.readouterr().err
