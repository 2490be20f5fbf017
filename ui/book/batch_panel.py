"""All letters of a day, one after another, with how far it is."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from reception.clock import local_date
from reception.domain.booked import LetterKind
from reception.domain.letter_snapshot import LetterOut
from reception.services.appointment_commands import KeepLetter
from reception.services.appointment_queries import LettersDue
from reception.services.commands import Command, Result
from ui.book.hands import BookPanel, Hands
from ui.book.letter_panel import Letters
from ui.moments import day_words, plural
from ui.panels.fields import FieldRow
from ui.panels.panel import sentences
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING
from ui.widgets.drop import Drop


class BatchPanel(BookPanel):
    """All letters of a day that have not been made yet, one after another; Escape stops after the one in hand."""

    def __init__(self, hands: Hands, letters: Letters) -> None:
        super().__init__(hands, "Letters of a day")
        self._paper = letters
        self._due: list[tuple[str, LetterKind]] = []
        self._count = 0
        self._printed = 0
        self._in_other_languages = 0
        self._failed: list[str] = []
        self._is_running = False
        today = local_date(hands.now(), hands.view().office.zone)
        days = [today + timedelta(days=later) for later in range(1, 15)]
        self.day = Drop("Day", [(day.isoformat(), _day_words(day, today)) for day in days])
        self.content.addWidget(FieldRow("Day", self.day))
        self.words = self.add_words("Counting the letters…")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Letters printed")
        self.bar.hide()
        beside = QHBoxLayout()
        beside.setContentsMargins(RING, 0, RING, 0)
        beside.addWidget(self.bar)
        self.content.addLayout(beside)
        self.end_content()
        self.start_with(self.set_main("Print them all", self._begin))
        self.day.currentIndexChanged.connect(self._count_them)
        self._count_them()

    def _count_them(self) -> None:
        if self._is_running:
            return
        day = date.fromisoformat(self.day.value())
        query = LettersDue(self.hands.view().office.id, day)
        self.ask(query, lambda due: self._counted(day, due), lambda _: self.words.set_text(""))

    def _counted(self, day: date, due: tuple[tuple[str, LetterKind], ...]) -> None:
        if day.isoformat() != self.day.value() or self._is_running:
            return
        self._due = list(due)
        words = f"{plural(len(due), 'letter')} to print." if due else "Every letter of this day has been made."
        self.words.set_text(f"{words} Visitors who are not to be written to are left out.")

    def _begin(self) -> None:
        if self._is_running or not self._due:
            return
        self._is_running = True
        self._count, self._printed, self._failed = len(self._due), 0, []
        self._in_other_languages = 0
        self.bar.setRange(0, self._count)
        self.bar.show()
        self.day.setEnabled(False)
        self.set_main("Stop", self._stop)
        self._next()

    def _stop(self) -> None:
        self._due.clear()

    def _next(self) -> None:
        if not self._due:
            self._end()
            return
        appointment_id, kind = self._due.pop(0)
        self.words.set_text(f"Printing {self._printed + len(self._failed) + 1} of {self._count}.")
        by = self.hands.by()

        def made(letter: LetterOut) -> None:
            if self.is_there():
                self._paper.print_letter(letter, lambda: self._keep(letter, by), failed)

        def failed(no: Refused) -> None:
            if self.is_there():
                self._failed.append(sentences(no))
                self._step()

        self._paper.letter(appointment_id, kind, None, made, failed)

    def _keep(self, letter: LetterOut, by: SentBy) -> None:
        """It came out of the printer: the booking tells of it, though nobody waits here for it any more."""
        self._printed += 1
        self._in_other_languages += bool(letter.file_copy)
        command = KeepLetter(
            id=self.ids.id_for((letter.appointment_id, letter.kind)),
            **by,
            appointment_id=letter.appointment_id,
            kind=letter.kind,
            language=letter.language,
        )
        self.carry_out(command)
        if self.is_there():
            self._step()

    def _step(self) -> None:
        self.bar.setValue(self._printed + len(self._failed))
        self._next()

    def _end(self) -> None:
        self._is_running = False
        self.day.setEnabled(True)
        said = f"{plural(self._printed, 'letter')} printed."
        if self._in_other_languages:
            said = f"{said} With {plural(self._in_other_languages, 'English copy', 'English copies')} for the file."
        if self._failed:
            said = f"{said} {plural(len(self._failed), 'letter')} could not be printed: {self._failed[0]}"
        elif self._printed < self._count:
            said = f"{said} {self._count - self._printed} left."
        self.words.set_text(said)
        self.set_main("Print them all", self._begin)
        self._count_them_quietly()

    def _count_them_quietly(self) -> None:
        day = date.fromisoformat(self.day.value())
        self.ask(LettersDue(self.hands.view().office.id, day), self._remember)

    def _remember(self, due: tuple[tuple[str, LetterKind], ...]) -> None:
        if not self._is_running:
            self._due = list(due)

    def command_done(self, command: Command, result: Result) -> bool:
        return False


def _day_words(day: date, today: date) -> str:
    return "Tomorrow" if day == today + timedelta(days=1) else day_words(day, today)
