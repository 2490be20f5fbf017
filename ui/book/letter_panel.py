"""The letters of one appointment, looked at before they are printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from reception.clock import Instant
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, LetterKind, Standing
from reception.domain.letter_snapshot import LetterOut, PageImage
from reception.domain.person import Need
from reception.errors import Code
from reception.services.appointment_commands import KeepLetter
from ui.book.hands import BookPanel, Hands
from ui.book.letter_pages import Pages
from ui.book.small_panels import about
from ui.book.words import letter_words
from ui.file_dialog import FileDialog
from ui.moments import plural
from ui.panels.fields import FieldRow
from ui.refused import Refused
from ui.widgets import KeyButton, Segmented
from ui.widgets.drop import Drop

_STANDARD, _LARGE = "standard", "large"
_SHARPNESS = 2
"""Pixels of the picture for one of the screen."""
_PAGE_WIDTH = 595.28
"""Of A4, in points."""


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

    def look_at(
        self,
        letter: LetterOut,
        scale: float,
        came: Callable[[tuple[PageImage, ...]], None],
        came_not: Callable[[Refused], None],
    ) -> None: ...

    def save_letter(
        self, letter: LetterOut, file: Path, done: Callable[[], None], refused: Callable[[Refused], None]
    ) -> None: ...

    def print_letter(self, letter: LetterOut, done: Callable[[], None], refused: Callable[[Refused], None]) -> None: ...


def kinds_for(row: AppointmentRow, now: Instant) -> tuple[LetterKind, ...]:
    """The letters that may be written about an appointment, the likeliest first.

    An apology is for a time that has come, or for whoever was told of a delay; where nothing else would be true it is
    the one that is left.
    """
    found: list[LetterKind] = []
    match row.standing:
        case Standing.CANCELLED:
            found.append(LetterKind.CANCELLATION)
        case Standing.DID_NOT_ATTEND:
            found.append(LetterKind.MISSED)
        case Standing.BOOKED:
            if row.kind is Kind.HOME_VISIT:
                found.append(LetterKind.HOME_VISIT)
            found += [LetterKind.NEW_TIME, LetterKind.CONFIRMATION] if row.moved else [LetterKind.CONFIRMATION]
    if row.interpreter_id and row.standing not in (Standing.CANCELLED, Standing.DID_NOT_ATTEND):
        found.append(LetterKind.INTERPRETER_ORDER)
    if row.starts <= now or row.told_at is not None or not found:
        found.append(LetterKind.DELAY_APOLOGY)
    return tuple(found)


class LetterPanel(BookPanel):
    """Enter prints what is shown; Ctrl S saves it."""

    def __init__(self, hands: Hands, letters: Letters, row: AppointmentRow) -> None:
        super().__init__(hands, "Letter", about(hands, row))
        self._paper, self._row = letters, row
        self._letter: LetterOut | None = None
        self._did = ""
        self._doing = ""
        """What is being done with the letter, until the booking tells of it: "printed"."""
        self._wanted: tuple[LetterKind, bool] | None = None
        self.kind = Drop("Letter", [(each.value, letter_words(each)) for each in kinds_for(row, hands.now())])
        self.print_size = Segmented([(_STANDARD, "Standard"), (_LARGE, "Large print")], "Size")
        self.print_size.set_value(_LARGE if Need.LARGE_PRINT in row.needs else _STANDARD)
        self.preview = Pages()
        self.content.addWidget(FieldRow("Letter", self.kind))
        self.content.addWidget(FieldRow("Size", self.print_size))
        self.about_language = self.add_words("", "text-muted")
        self.about_language.hide()
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
        self.about_language.hide()
        wanted, alive = self._wanted, self._alive

        def came(letter: LetterOut) -> None:
            if alive and wanted == self._wanted:
                self._letter = letter
                self._save_deed.setEnabled(True)
                self._tell_of(letter)
                self._paper.look_at(letter, self.preview.width() * _SHARPNESS / _PAGE_WIDTH, shown, came_not)
                main = self.main_button()
                if main is not None:
                    main.set_detail(plural(letter.pages + letter.file_copy_pages, "page"))

        def shown(pages: tuple[PageImage, ...]) -> None:
            if alive and wanted == self._wanted:
                self.preview.show_pages(pages)

        def came_not(no: Refused) -> None:
            if alive and wanted == self._wanted:
                self.preview.show_pages(())
                self.refuse(no)

        self._paper.letter(self._row.id, kind, large, came, came_not)

    def _tell_of(self, letter: LetterOut) -> None:
        """What staff should know of a letter that is not, or should not be, in English."""
        copy = "In English below it: the copy for the file." if letter.file_copy else ""
        self.about_language.set_text(" ".join(filter(None, (letter.note, copy))))
        self.about_language.setVisible(bool(self.about_language.text()))

    def refuse(self, no: Refused) -> None:
        self._doing = ""
        super().refuse(no)

    def _ready(self) -> LetterOut | None:
        """The letter, or None and why there is nothing to be done with it now: it is done once."""
        if self._letter is not None and not self._doing:
            return self._letter
        why = f"is still being {self._doing}" if self._doing else "is not ready yet"
        super().refuse(Refused(Code.NOT_POSSIBLE_NOW, f"The letter {why}.", "Wait a moment."))
        return None

    def _could_not(self, no: Refused) -> None:
        if self.is_there():
            self.refuse(no)
        else:
            self.hands.say_problem(no)

    def _print(self) -> None:
        letter = self._ready()
        if letter is None:
            return
        kept = self._kept(letter)
        copy = ", with its English copy for the file" if letter.file_copy else ""
        self._doing = "printed"

        def printed() -> None:
            self._did = f"Printed on the printer for letters{copy}."
            self.carry_out(kept)

        self._paper.print_letter(letter, printed, self._could_not)

    def did(self) -> str:
        return self._did

    def _save(self) -> None:
        letter = self._ready()
        if letter is None:
            return
        kept = self._kept(letter)
        copy = " Its English copy is beside it." if letter.file_copy else ""
        # The window's, not the panel's: it stays until it is answered, whatever becomes of the panel.
        name, _ = FileDialog.ask_file(self.window(), "Save the letter", letter.file_name, "Letters (*.pdf)")
        if not name:
            return
        self._doing = "saved"

        def saved() -> None:
            self._did = f"Saved as {Path(name).name}.{copy}"
            self.carry_out(kept)

        self._paper.save_letter(letter, Path(name), saved, self._could_not)

    def _kept(self, letter: LetterOut) -> KeepLetter:
        """What the booking is to tell of the letter that is shown, by whoever is here now."""
        size = self.print_size.value()
        return KeepLetter(
            id=self.ids.id_for(("keep", letter.kind, size)),
            **self.hands.by(),
            appointment_id=letter.appointment_id,
            kind=letter.kind,
            large_print=size == _LARGE,
            language=letter.language,
        )
