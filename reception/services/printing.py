"""Printing: after the commit, each paper once, each failure told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as with_other
from typing import Protocol

from reception.clock import Instant
from reception.config import Paper, PrinterConfig, PrinterKind
from reception.documents.evacuation import evacuation_pdf
from reception.documents.letters import letter_pdf
from reception.documents.printers import Printer, printer_from
from reception.documents.slip import slip_pdf
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from reception.documents.word_book import PROGRAMS_OWN, WordBook, WordingFiles
from reception.domain.evacuation import EvacuationList
from reception.domain.letter_snapshot import LetterOut, LetterSnapshot
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.errors import Code, Refusal
from reception.services.ports import PrintJob

_PRINT_A4 = frozenset({PrinterKind.SYSTEM, PrinterKind.FOLDER})


class PrintJobs(Protocol):
    """Where print jobs are kept. A job is claimed by a conditional write, so that it is printed once."""

    def claim_print(self, job_id: str, now: Instant) -> PrintJob | None: ...

    def printed(self, job_id: str, now: Instant, succeeded: bool) -> None: ...


PaperOf = Callable[[str, bool, ExpectedWait | None], tuple[TicketSnapshot, SlipSnapshot | None]]
"""What a visit's ticket and slip say: whether it is a reprint, and what the visitor has been told of the wait."""


@dataclass(frozen=True)
class Press:
    """Fonts, words, paper and printers of one station.

    `printer` None: this station does not print; `letters` None: it prints no letters.
    """

    stationery: Stationery
    paper: Paper
    printer: Printer | None
    letters: Printer | None = None

    @classmethod
    def load(
        cls,
        config: PrinterConfig,
        letters: PrinterConfig,
        printer: Printer | None = None,
        wording: WordingFiles = PROGRAMS_OWN,
    ) -> Press:
        """Read fonts and words; refusals as :meth:`Stationery.load`. `printer` stands in for the configured ones.

        `wording`: where the council keeps its own words.
        """
        own = printer_from(config)
        for_letters = printer_from(letters) or (own if config.kind in _PRINT_A4 else None)
        return cls(Stationery.load(wording), config.paper, printer or own, printer or for_letters)

    def with_words_of(self, wording: WordingFiles) -> Press:
        """The same with the words read anew; refusals as `load_wording`."""
        return with_other(self, stationery=Stationery(self.stationery.fonts, WordBook(wording)))

    def run(self, job_id: str, jobs: PrintJobs, paper_of: PaperOf, now: Callable[[], Instant]) -> None:
        """Print one ordered job; does nothing when it is printed already. A failure is kept, and a reprint offered.

        A station without a printer lets its papers go silently, but says so to whoever asks for a reprint.
        """
        job = jobs.claim_print(job_id, now())
        if job is None:
            return
        succeeded = False
        try:
            if self.printer is None:
                succeeded = True
                if job.reprint:
                    raise Refusal(
                        Code.PRINTER,
                        "This station has no printer, so nothing was printed.",
                        "Tell the visitor the number.",
                    )
                return
            ticket, slip = paper_of(job.visit_id, job.reprint, job.told)
            if job.paper == "ticket":
                self.printer.print(ticket_pdf(ticket, self.paper, self.stationery), f"Ticket {ticket.number}")
            elif slip is not None:  # None where what it told of was taken back meanwhile
                self.printer.print(slip_pdf(slip, self.paper, self.stationery), f"Slip {slip.number}")
            succeeded = True
        finally:
            jobs.printed(job_id, now(), succeeded)

    def letter(self, snapshot: LetterSnapshot, appointment_id: str) -> LetterOut:
        """A letter to look at, save or print. Refuses FONT."""
        return letter_pdf(snapshot, self.stationery, appointment_id)

    def print_letter(self, letter: LetterOut) -> None:
        """Print a letter on A4, and then its English copy for the file, which so never stands on its back.

        Refuses PRINTER, and says so where the letter itself was printed.
        """
        if self.letters is None:
            raise Refusal(
                Code.PRINTER,
                "This station has no printer for letters.",
                "Save the letter and print it elsewhere, or name a printer for letters in the settings file.",
            )
        title = letter.file_name.removesuffix(".pdf")
        self.letters.print(letter.pdf, title)
        if not letter.file_copy:
            return
        try:
            self.letters.print(letter.file_copy, f"{title}-english")
        except Refusal as refusal:
            raise Refusal(
                refusal.code,
                f"The letter was printed, its English copy was not: {refusal.reason}",
                f"{refusal.remedy} Both are then printed again; throw one letter away.",
            ) from refusal

    def print_evacuation(self, everyone: EvacuationList) -> None:
        """Print the list from memory: no database is asked."""
        if self.printer is None:
            raise Refusal(
                Code.PRINTER, "This station has no printer.", "Take the list from the screen, or use another desk."
            )
        on_roll = self.paper is Paper.ROLL_80
        self.printer.print(evacuation_pdf(everyone, self.stationery, on_roll=on_roll), "Evacuation list")
