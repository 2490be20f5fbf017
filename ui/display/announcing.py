"""A call made heard: a chime, the visitor's language, English, and both once more. It never runs into another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from reception.config import DisplayConfig
from reception.domain.board import BoardCall
from ui.display.calling import SHOWN_AT_LEAST
from ui.display.places import said_call, tags_of
from ui.visitor_words import WordsOf, words_of
from ui.voice.voice import Voice

TIMES = 2
"""Each call is said twice."""


def chime() -> Path:
    """The chime, as a file."""
    with as_file(files("resources") / "sounds" / "chime.wav") as file:
        return file


class Announcer(QObject):
    """Says one call at a time. `done` is told once it was said whole, or could not be, and was shown long enough."""

    def __init__(
        self, voice: Voice, config: DisplayConfig, words_of: WordsOf = words_of, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._voice = voice
        self._words_of = words_of
        self._config = config
        self._call_id = ""
        self._left = 0
        self._done: Callable[[str], None] | None = None
        self._least = QTimer(self)
        self._least.setSingleShot(True)
        self._least.setInterval(SHOWN_AT_LEAST)
        self._least.timeout.connect(self._see)
        self._is_heard = True
        if config.voice:
            voice.try_out(self._heard)

    @property
    def speaks(self) -> bool:
        """Whether calls are said aloud here, as far as is known."""
        return self._config.voice and self._is_heard

    def _heard(self, heard: bool) -> None:
        self._is_heard = heard

    def announce(self, call: BoardCall, done: Callable[[str], None]) -> None:
        """Make a call heard, after what is still being said has been ended."""
        self.stop()
        self._call_id, self._done = call.id, done
        tags = [tag for tag in tags_of(call) if Voice.can_say(tag)] if self._config.voice else []
        texts = [(tag, said_call(call, tag, self._words_of)) for tag in tags]
        self._left = len(texts) * TIMES + int(self._config.chime)
        self._least.start()
        if self._config.chime:
            self._voice.play(chime(), partial(self._one_less, call.id))
        for tag, text in texts * TIMES:
            self._voice.say(text, tag, partial(self._was_said, call.id))

    def stop(self) -> None:
        """Say no more: calls are frozen, or the window closes."""
        if self._call_id:
            self._voice.stop()
        self._call_id, self._done, self._left = "", None, 0
        self._least.stop()

    def _was_said(self, call_id: str, heard: bool) -> None:
        if call_id == self._call_id:
            self._is_heard = heard
        self._one_less(call_id, heard)

    def _one_less(self, call_id: str, _heard: bool) -> None:
        if call_id == self._call_id:
            self._left -= 1
            self._see()

    def _see(self) -> None:
        if self._left > 0 or self._least.isActive() or self._done is None:
            return
        done, call_id = self._done, self._call_id
        self._done = None
        done(call_id)
