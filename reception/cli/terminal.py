"""Words on standard output, remarks and progress on standard error, and how long work is cancelled."""

from __future__ import annotations

import getpass
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from reception.errors import Code, Refusal


def use_utf8() -> None:
    """UTF-8 whatever the locale says; what cannot be written at all is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """A line of the answer."""
    sys.stdout.write(f"{text}\n")


def one_line(text: str) -> str:
    """One line without control characters: file names and columns may hold anything."""
    return "".join(each if each.isprintable() else "?" for each in " ".join(text.split()))


def ask_secretly(question: str) -> str:
    """What is typed without being shown; where there is no terminal, one line of standard input."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def complain(text: str) -> None:
    """What went wrong, on one line of standard error."""
    sys.stderr.write(f"{one_line(text)}\n")


def stop_writing() -> None:
    """Nobody reads any more: let what is still to be written go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class Progress:
    """How far long work is: one line that changes on a terminal, else a line for every tenth."""

    def __init__(self, what: str, unit: str, wanted: bool) -> None:
        self._what = what
        self._unit = unit
        self._is_terminal = sys.stderr.isatty()
        self._is_shown = self._is_terminal or wanted
        self._last = -1
        self._width = 0

    def __call__(self, done: int, total: int) -> None:
        if not self._is_shown or not total:
            return
        steps = 100 if self._is_terminal else 10
        reached = done * steps // total
        if reached == self._last:
            return
        self._last = reached
        text = f"{self._what}: {done:,} of {total:,} {self._unit}"
        if self._is_terminal:
            sys.stderr.write(f"\r{text.ljust(self._width)}")
            self._width = len(text)
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line off a terminal."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0


@contextmanager
def progress(what: str, unit: str, wanted: bool) -> Iterator[Progress]:
    """Progress that is taken off the screen at the end."""
    shown = Progress(what, unit, wanted)
    try:
        yield shown
    finally:
        shown.clear()


@contextmanager
def cancellable() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks the work to stop where nothing is left half done. A second one stops it at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def giving_up(cancelled: Callable[[], bool], then: str, shown: Progress) -> Callable[[int, int], None]:
    """Progress that refuses CANCELLED once that was asked for. `then` says what that means."""

    def tell(done: int, total: int) -> None:
        if cancelled():
            raise Refusal(Code.CANCELLED, "That was cancelled.", then)
        shown(done, total)

    return tell
