"""A window's voice: what is to be heard goes to a process of its own (`speaking`), one thing after another.

Nothing here waits: a process that does not answer in time is killed, and the next thing is said by a new one.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

log = logging.getLogger(__name__)

VOICES = {
    "en": "en",
    "ar": "ar",
    "bn": "bn",
    "zh-Hans": "cmn",
    "zh-Hant": "yue",
    "it": "it",
    "pl": "pl",
    "pa": "pa",
    "ur": "ur",
}
"""espeak-ng's voice for each language of visitors. Who reads traditional Chinese is spoken to in Cantonese: the
council's own traditional readers are Cantonese speakers (product.md, section 3); `cmn` is Mandarin."""

LIMIT_MS = 5_000
"""Speech is made within so long, and played within so long more than it takes; else the process is killed."""

Done = Callable[[bool], None]


class Utterance(Struct, frozen=True):
    """One thing to be heard: `asks` is what the process is told."""

    asks: Mapping[str, Any]
    done: Done | None


class Voice(QObject):
    """Says things one after another. `done`, where given, is told once whether it was heard whole.

    `folder`: nothing is played, and each thing becomes a WAV file there. `program` stands in for the process in tests.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        folder: Path | None = None,
        program: Sequence[str] = (),
        limit_ms: int = LIMIT_MS,
    ) -> None:
        super().__init__(parent)
        own = [sys.executable, "-I", str(Path(__file__).with_name("speaking.py"))]
        self._command = list(program) or [*own, *([str(folder)] if folder is not None else [])]
        self._limit_ms = limit_ms
        self._waiting: deque[Utterance] = deque()
        self._present: Utterance | None = None
        self._process: QProcess | None = None
        self._number = 0
        self._complaints: set[str] = set()
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(lambda: self._fall("it did not answer in time"))

    @staticmethod
    def can_say(language: str) -> bool:
        """Whether there is a voice for a language of visitors, by its tag."""
        return language in VOICES

    @property
    def is_speaking(self) -> bool:
        return self._present is not None

    def say(self, text: str, language: str = "en", done: Done | None = None) -> None:
        """Say a text after what is being said. A language without a voice is told as not heard."""
        voice = VOICES.get(language)
        if voice is None:
            self._complain(f"There is no voice for “{language}”.")
        if voice is None or not text.strip():
            _tell_later(self, done)
            return
        self._add({"text": text, "voice": voice}, done)

    def play(self, sound: Path, done: Done | None = None) -> None:
        """Play a WAV file after what is being said."""
        self._add({"sound": str(sound)}, done)

    def try_out(self, done: Done) -> None:
        """Find out whether there is a sound device that works."""
        self._add({"probe": True}, done)

    def stop(self) -> None:
        """End what is being said, and forget what was to be said after it. Each is told as not heard."""
        forgotten = [each.done for each in self._waiting]
        self._waiting.clear()
        if self._present is not None and self._process is not None:
            self._process.write(b'{"stop": true}\n')
            forgotten.insert(0, self._present.done)
            self._present = Utterance(self._present.asks, None)
            self._limit.start(self._limit_ms)
        for done in forgotten:
            _tell_later(self, done)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._waiting.clear()
        self._present = None
        self._limit.stop()
        self._let_go(wait=True)

    # -- one after another -----------------------------------------------------------------------------------

    def _add(self, asks: dict[str, Any], done: Done | None) -> None:
        self._number += 1
        self._waiting.append(Utterance({"id": self._number, **asks}, done))
        self._next()

    def _next(self) -> None:
        if self._present is not None or not self._waiting:
            return
        self._present = self._waiting.popleft()
        self._limit.start(self._limit_ms)
        if self._process is None:
            self._start()
        if self._process is not None:
            self._process.write((json.dumps(self._present.asks) + "\n").encode())

    def _start(self) -> None:
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(partial(self._read, process))
        # Methods, not lambdas: those would still be called while the voice and its process are being destroyed.
        process.errorOccurred.connect(self._lost)
        process.finished.connect(self._lost)
        self._process = process
        process.start(self._command[0], self._command[1:])

    def _read(self, process: QProcess) -> None:
        while process is self._process and process.canReadLine():
            try:
                told = json.loads(bytes(process.readLine().data()))
                if self._present is not None and told["id"] == self._present.asks["id"]:
                    self._hear(told)
            except (ValueError, KeyError, TypeError):
                self._fall("it answered what nobody understands")

    def _hear(self, told: Mapping[str, Any]) -> None:
        if "seconds" in told:
            self._limit.start(self._limit_ms + round(float(told["seconds"]) * 1_000))
            return
        end = told["end"]
        if end == "silent":
            self._complain("There is no sound device that works: calls are shown and not heard.")
        elif end == "failed":
            self._complain(f"Speech cannot be made: {told.get('why', '')}")
        else:
            self._complaints.clear()
        self._over(heard=end == "said")

    def _over(self, *, heard: bool) -> None:
        present, self._present = self._present, None
        self._limit.stop()
        if present is not None and present.done is not None:
            present.done(heard)
        self._next()

    # -- when it falls ---------------------------------------------------------------------------------------

    def _lost(self, *_: object) -> None:
        """A process has ended; one that was given up before does not count."""
        if self._process is not None and self.sender() is self._process:
            self._fall("it ended by itself")

    def _fall(self, why: str) -> None:
        """What is being said is given up; whatever comes next is said by a new process."""
        self._complain(f"The voice's process was given up: {why}.")
        self._let_go(wait=False)
        self._over(heard=False)

    def _let_go(self, *, wait: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        if wait:
            process.waitForFinished(1_000)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            process.finished.connect(process.deleteLater)

    def _complain(self, what: str) -> None:
        """Once in the log, until something has been heard again."""
        if what not in self._complaints:
            self._complaints.add(what)
            log.warning("%s", what)


def _environment() -> QProcessEnvironment:
    """This process's, less what it knows of databases: speech has no need of a password."""
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118  no mapping of Python's
        if name.startswith(("RECEPTION_", "PG")):
            environment.remove(name)
    return environment


def _tell_later(voice: Voice, done: Done | None) -> None:
    if done is not None:
        QTimer.singleShot(0, voice, lambda: done(False))
