"""What prints at a station: loaded when the first paper is made, and read again when the council's words change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reception.config import Config
from reception.errors import Code, Refusal

if TYPE_CHECKING:
    from reception.documents.printers import Printer
    from reception.documents.word_book import WordingFiles
    from reception.services.printing import Press

WRONG_WORDS = frozenset({Code.UNREADABLE_FILE, Code.BAD_LETTER})


class PressRoom:
    """`printer` stands in for the ones of the settings."""

    def __init__(self, config: Config, printer: Printer | None) -> None:
        self._config = config
        self._printer = printer
        self._press: Press | None = None
        self._words_as_of: tuple[int, ...] = ()

    def press(self) -> Press:
        """Fonts, words and printer. The council's own words are read again once their file has changed, so that a
        preview shows what was edited.

        Refuses UNREADABLE_FILE and BAD_LETTER for as long as something is wrong with that file.
        """
        from reception.documents.word_book import WordingFiles

        wording = WordingFiles(self._config.wording_path(), self._config.wording_folder_path())
        as_of = wording.as_of()
        if self._press is None:
            self._press = self._press_with(wording)
        elif as_of != self._words_as_of:
            self._press = self._press.with_words_of(wording)
        self._words_as_of = as_of
        return self._press

    def press_whatever_the_words(self) -> Press:
        """As `press`, in the program's own words where something is wrong with the council's."""
        try:
            return self.press()
        except Refusal as no:
            if no.code not in WRONG_WORDS:
                raise
        from reception.documents.word_book import PROGRAMS_OWN

        return self._press_with(PROGRAMS_OWN)

    def _press_with(self, wording: WordingFiles) -> Press:
        from reception.services.printing import Press

        return Press.load(self._config.printer, self._config.letter_printer, self._printer, wording)
