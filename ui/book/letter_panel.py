"""Letters: of one appointment, looked at before it is printed or saved; and all of a day at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QSizePolicy, QWidget

from reception.clock import local_date
from reception.domain.book import AppointmentRow, LetterOut
from reception.domain.booked import Kind, LetterKind, Standing
from reception.domain.snapshots import Need
from reception.errors import Code
from reception.services.appointment_commands import KeepLetter
from reception.services.appointment_queries import LettersDue
from reception.services.commands import Command, Result
from ui.book.hands import BookPanel, Hands
from ui.book.preview import pages_of
from ui.book.small_panels import about
from ui.book.words import letter_words
from ui.link import Refused
from ui.panels.fields import FieldRow
from ui.panels.panel import sentences
from ui.texts import day_words, plural
from ui.theme import look_of
from ui.widgets import RING, KeyButton, Segmented
from ui.widgets.drop import Drop

_STANDARD, _LARGE = "standard", "large"
_SHARPNESS = 2
"""Pixels of the picture for one of the screen."""


class Letters(Protocol):
    """Who makes and prints letters: the link."""

    def letter(
        self,
        appointment_id: str,
        kind: LetterKind,
        large_print: bool | None,
        came: Callable[[LetterOut], None],
        came_not: Callable[[Refused], None],
    ) -> None: ...

    def print_letter(self, letter: LetterOut, done: Callable[[], None], refused: Callable[[Refused], None]) -> None: ...


def kinds_for(row: AppointmentRow) -> tuple[LetterKind, ...]:
    """The letters that may be written about an appointment, the likeliest first."""
    found: list[LetterKind] = []
    if row.standing is Standing.CANCELLED:
        found.append(LetterKind.CANCELLATION)
    elif row.standing is Standing.DID_NOT_ATTEND:
        found.append(LetterKind.MISSED)
    elif row.kind is Kind.HOME_VISIT:
        found.append(LetterKind.HOME_VISIT)
    if row.standing is Standing.BOOKED:
        found += [LetterKind.NEW_TIME, LetterKind.CONFIRMATION] if row.moved else [LetterKind.CONFIRMATION]
    found.append(LetterKind.DELAY_APOLOGY)
    if row.interpreter_id:
        found.append(LetterKind.INTERPRETER_ORDER)
    return tuple(found)


class LetterPanel(BookPanel):
    """Enter prints what is shown; Ctrl S saves it."""

    def __init__(self, hands: Hands, letters: Letters, row: AppointmentRow) -> None:
        super().__init__(hands, "Letter", about(hands, row))
        self._paper, self._row = letters, row
        self._letter: LetterOut | None = None
        self._wanted: tuple[LetterKind, bool] | None = None
        self.kind = Drop("Letter", [(each.value, letter_words(each)) for each in kinds_for(row)])
        self.print_size = Segmented([(_STANDARD, "Standard"), (_LARGE, "Large print")], "Size")
        self.print_size.set_value(_LARGE if Need.LARGE_PRINT in row.needs else _STANDARD)
        self.preview = Pages()
        self.content.addWidget(FieldRow("Letter", self.kind))
        self.content.addWidget(FieldRow("Size", self.print_size))
        self.content.addWidget(self.preview)
        self.end_content()
        self._save_deed = self.deed("Save as a file", "S", self._save)
        self.foot.addWidget(KeyButton(self._save_deed))
        self.start_with(self.set_main("Print", self._print))
        self.kind.currentIndexChanged.connect(self._make)
        self.print_size.changed.connect(lambda _: self._make())
        self._make()

    def _make(self) -> None:
        self.clear_problem()
        kind, large = LetterKind(self.kind.value()), self.print_size.value() == _LARGE
        self._wanted, self._letter = (kind, large), None
        self._save_deed.setEnabled(False)
        wanted, alive = self._wanted, self._while_alive()

        def came(letter: LetterOut) -> None:
            if alive and wanted == self._wanted:
                self._letter = letter
                self._save_deed.setEnabled(True)
                self.preview.show_pages(pages_of(letter.pdf, self.preview.width() * _SHARPNESS))
                main = self.main_button()
                if main is not None:
                    main.set_detail(plural(letter.pages, "page"))

        def came_not(no: Refused) -> None:
            if alive and wanted == self._wanted:
                self.preview.show_pages(())
                self.refuse(no)

        self._paper.letter(self._row.id, kind, large, came, came_not)

    def _while_alive(self) -> list[bool]:
        alive = [True]
        self.destroyed.connect(alive.clear)
        return alive

    def _print(self) -> None:
        letter, alive = self._letter, self._while_alive()
        if letter is None:
            self.refuse(Refused(Code.NOT_POSSIBLE_NOW, "The letter is not ready yet.", "Wait a moment."))
            return
        self._paper.print_letter(letter, lambda: self._keep(letter), lambda no: self.refuse(no) if alive else None)

    def _save(self) -> None:
        letter = self._letter
        if letter is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save the letter", letter.file_name, "Letters (*.pdf)")
        if not name:
            return
        try:
            Path(name).write_bytes(letter.pdf)
        except OSError:
            self.refuse(Refused(Code.UNREADABLE_FILE, "The letter can't be saved there.", "Choose another folder."))
            return
        self._keep(letter)

    def _keep(self, letter: LetterOut) -> None:
        self.sent.emit(
            KeepLetter(
                id=self.ids.id_for(("keep", letter.kind, self.print_size.value())),
                **self.hands.by(),
                appointment_id=letter.appointment_id,
                kind=letter.kind,
                large_print=self.print_size.value() == _LARGE,
            )
        )


class Pages(QWidget):
    """Pages under each other, each with a hairline round it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[QImage, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Preview of the letter")

    def show_pages(self, pages: tuple[QImage, ...]) -> None:
        self._pages = pages
        self.setAccessibleDescription(plural(len(pages), "page"))
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def pages(self) -> int:
        return len(self._pages)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * RING
        return sum(page.height() * inner // max(1, page.width()) + 8 for page in self._pages) + 8

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(240), self.heightForWidth(max(240, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        inner, y = self.width() - 2 * RING, 8
        painter.setPen(look_of(self).colour("line-strong"))
        for page in self._pages:
            height = page.height() * inner // max(1, page.width())
            target = self.rect()
            target.setRect(RING, y, inner, height)
            painter.drawImage(target, page)
            painter.drawRect(target.adjusted(0, 0, -1, -1))
            y += height + 8


class BatchPanel(BookPanel):
    """All letters of a day that have not been made yet, one after another; Escape stops after the one in hand."""

    def __init__(self, hands: Hands, letters: Letters) -> None:
        super().__init__(hands, "Letters of a day")
        self._paper = letters
        self._due: list[tuple[str, LetterKind]] = []
        self._count = 0
        self._printed = 0
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
        self.bar.setContentsMargins(RING, 0, RING, 0)
        self.bar.hide()
        self.content.addWidget(self.bar)
        self.end_content()
        self.start_with(self.set_main("Print them all", self._begin))
        self.day.currentIndexChanged.connect(self._count_them)
        self._count_them()

    def _count_them(self) -> None:
        if self._is_running:
            return
        day = date.fromisoformat(self.day.value())
        self.ask(LettersDue(self.hands.view().office.id, day), lambda due: self._counted(day, due))

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
        alive = [True]
        self.destroyed.connect(alive.clear)

        def made(letter: LetterOut) -> None:
            if alive:
                self._paper.print_letter(letter, lambda: printed(letter), failed)

        def printed(letter: LetterOut) -> None:
            if alive:
                self._keep(letter)

        def failed(no: Refused) -> None:
            if alive:
                self._failed.append(sentences(no))
                self._step()

        self._paper.letter(appointment_id, kind, None, made, failed)

    def _keep(self, letter: LetterOut) -> None:
        self._printed += 1
        command = KeepLetter(
            id=self.ids.id_for((letter.appointment_id, letter.kind)),
            **self.hands.by(),
            appointment_id=letter.appointment_id,
            kind=letter.kind,
        )
        self.sent.emit(command)
        self._step()

    def _step(self) -> None:
        self.bar.setValue(self._printed + len(self._failed))
        self._next()

    def _end(self) -> None:
        self._is_running = False
        self.day.setEnabled(True)
        said = f"{plural(self._printed, 'letter')} printed."
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
