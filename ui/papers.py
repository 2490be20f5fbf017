"""Printing, on a thread of its own: no desk waits for a printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.booked import LetterKind
from reception.domain.evacuation import EvacuationList
from reception.domain.letter_snapshot import LetterOut, PageImage
from reception.errors import Code, Refusal
from reception.services.commands import Result
from ui.refused import Refused
from ui.worker import Job, Relay, Worker

PRINT_SLOW_AFTER_MS = 5_000


class PrintingDoor(Protocol):
    """What printing needs of the door."""

    def print_job(self, job_id: str) -> None: ...

    def print_evacuation(self, evacuation: EvacuationList) -> None: ...

    def letter(self, appointment_id: str, kind: LetterKind, large_print: bool | None) -> LetterOut: ...

    def page_images(self, letter: LetterOut, scale: float) -> tuple[PageImage, ...]: ...

    def print_letter(self, letter: LetterOut) -> None: ...


class Papers(QObject):
    """The tickets and slips that were ordered at this window."""

    printed = Signal(str)
    """The number whose ticket or slip came out."""
    failed = Signal(str, object)
    """(number, Refused)"""
    slow = Signal(str)

    def __init__(self, door: PrintingDoor, relay: Relay, parent: QObject) -> None:
        super().__init__(parent)
        self._door = door
        self._relay = relay
        self._worker = Worker("reception-printing", relay)
        self._last: dict[str, str] = {}
        self._under_way: dict[str, str] = {}
        self._slow_timer = QTimer(self)
        self._slow_timer.setInterval(PRINT_SLOW_AFTER_MS)
        self._slow_timer.setSingleShot(True)
        self._slow_timer.timeout.connect(self._still_printing)

    def order(self, result: Result) -> None:
        """Print what a command has ordered."""
        for job_id in result.prints:
            self._print(job_id, result.number or result.finished_number)

    def print_again(self, number: str) -> bool:
        """Print the last ticket or slip of a number that was ordered at this window once more."""
        job_id = self._last.get(number)
        if job_id is None or job_id in self._under_way:
            return False
        self._print(job_id, number)
        return True

    def is_printing(self, number: str) -> bool:
        return number in self._under_way.values()

    def print_evacuation(
        self,
        evacuation: EvacuationList,
        done: Callable[[], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Print who is inside, at once: on a thread of its own, so that it waits for no jammed ticket."""
        worker = Worker("reception-evacuation", self._relay)
        worker.add(
            Job(
                lambda: self._door.print_evacuation(evacuation),
                lambda _: done() if done is not None else None,
                lambda no: refused(no) if refused is not None else None,
            )
        )
        worker.end()

    def letter(
        self,
        appointment_id: str,
        kind: LetterKind,
        large_print: bool | None,
        came: Callable[[LetterOut], None],
        came_not: Callable[[Refused], None],
    ) -> None:
        """Make a letter; `large_print` None: as the visitor needs it."""
        self._worker.add(Job(lambda: self._door.letter(appointment_id, kind, large_print), came, came_not))

    def look_at(
        self,
        letter: LetterOut,
        scale: float,
        came: Callable[[tuple[PageImage, ...]], None],
        came_not: Callable[[Refused], None],
    ) -> None:
        """The pages of a letter as pictures; `scale` is pixels to the point."""
        self._worker.add(Job(lambda: self._door.page_images(letter, scale), came, came_not))

    def save_letter(
        self, letter: LetterOut, file: Path, done: Callable[[], None], refused: Callable[[Refused], None]
    ) -> None:
        """Write a letter to a file, and its English copy to one beside it. Refuses UNREADABLE_FILE."""
        self._worker.add(Job(lambda: _write(letter, file), lambda _: done(), refused))

    def print_letter(self, letter: LetterOut, done: Callable[[], None], refused: Callable[[Refused], None]) -> None:
        """Print a letter on the office's paper printer."""
        self._worker.add(Job(lambda: self._door.print_letter(letter), lambda _: done(), refused))

    def end(self) -> None:
        """Nothing more is printed after what was ordered."""
        self._slow_timer.stop()
        self._worker.end()

    def wait(self, until: float) -> None:
        """Wait for it, until an instant of the monotonic clock (seconds)."""
        self._worker.wait(until)

    def _print(self, job_id: str, number: str) -> None:
        self._last[number] = job_id
        self._under_way[job_id] = number
        if not self._slow_timer.isActive():
            self._slow_timer.start()

        def came(_: None) -> None:
            self._under_way.pop(job_id, None)
            self.printed.emit(number)

        def came_not(no: Refused) -> None:
            self._under_way.pop(job_id, None)
            self.failed.emit(number, no)

        self._worker.add(Job(lambda: self._door.print_job(job_id), came, came_not))

    def _still_printing(self) -> None:
        for number in self._under_way.values():
            self.slow.emit(number)
            return


def _write(letter: LetterOut, file: Path) -> None:
    try:
        file.write_bytes(letter.pdf)
        if letter.file_copy:
            file.with_name(f"{file.stem}-english{file.suffix}").write_bytes(letter.file_copy)
    except OSError as error:
        raise Refusal(
            Code.UNREADABLE_FILE, "The letter can't be saved there.", "Choose another folder, or free some space."
        ) from error
