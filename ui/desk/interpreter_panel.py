"""An interpreter for a visit: who is in and free, the telephone line with its number, or a booking for later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from reception.domain.about_now import InterpreterRow
from reception.domain.booked import Mode
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.languages import code_of, interpreted, name_of
from reception.errors import Code
from reception.services.appointment_commands import CallWithoutInterpreter, InterpreterHere, RequestInterpreter
from reception.services.commands import Command, Result
from ui import appointment_words as words
from ui.desk.rebooking import language_for
from ui.models.strips import Cell, StripRow
from ui.panels.fields import FieldRow
from ui.panels.rows_panel import RowsPanel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import RING, KeyButton, Paragraph
from ui.widgets.drop import Drop

COLUMNS = (140, 120, 0)
HEADS = ("Interpreter", "Now", "How")
HERE = "Interpreter is here"
NO_LANGUAGE = Refused(Code.BAD_INPUT, "Choose the language first.", "Its first letters are enough.")
_MODES = {Mode.IN_PERSON: "in person", Mode.VIDEO: "by video", Mode.TELEPHONE: "by telephone"}


class InterpreterPanel(RowsPanel):
    """Enter asks for the interpreter that is chosen; the visit is then not called until that one is there.

    Once one is asked for, Enter says that the interpreter is here.
    """

    ends_at_counter = True

    later_wanted = Signal(str)
    """An appointment with an interpreter of this language (ISO 639-3) instead; empty while none is chosen."""

    def __init__(self, card: VisitCard, view: DeskView, by: SentBy, interpreters: Sequence[InterpreterRow]) -> None:
        super().__init__(f"{card.number}: interpreter", card.service, HEADS, COLUMNS, "Interpreters")
        self._card, self._view, self._by = card, view, by
        self._interpreters = tuple(interpreters)
        self._language = ""
        self.language = Drop("Language", [("", "Choose a language"), *interpreted()])
        spoken = "" if card.person.spoken in ("", "en") else code_of(card.person.spoken)
        self.language.set_value(card.interpreting or language_for(card.person) or spoken)
        self.content.addWidget(FieldRow("Language", self.language))
        self.words = self.add_words(_asked_words(card))
        self.line = Paragraph(size="title", weight=600)
        self.line.setContentsMargins(RING, 0, RING, 0)
        deeds = self.add_deeds()
        self._another = deeds.add(KeyButton(self.deed("Ask for another", "A", self._ask)))
        self._without = deeds.add(KeyButton(self.deed("Go on without", "G", self._go_without)))
        deeds.add(KeyButton(self.deed("Book a later time", "B", self._book_later)))
        self.foot.insertWidget(0, self.line)
        self._here = self.deed(HERE, "H", self._say_here)
        self._expected = _expected_words(card)
        """Who was asked for; empty while nobody is."""
        self._show_asked()
        self.start_with(self.list if self.language.value() else self.language)
        self.language.currentIndexChanged.connect(self._show_language)
        self.list.chosen.connect(lambda _: self._show_choice())
        self._show_language()

    # -- showing -----------------------------------------------------------------------------------------------

    def show_interpreters(self, interpreters: Sequence[InterpreterRow]) -> None:
        """They as they are now."""
        self._interpreters = tuple(interpreters)
        self._show_language()

    def _able(self) -> list[InterpreterRow]:
        """Those of the language: who is free now, then the lines, then the rest."""
        able = [each for each in self._interpreters if self.language.value() in each.languages]
        return sorted(able, key=lambda each: (each.is_line, each.name) if _is_free(each) else (2, each.name))

    def _show_language(self) -> None:
        self.clear_problem()
        able = self._able()
        if self.language.value() != self._language:
            self._language = self.language.value()
            self.list.choose("")
        self.show_rows([self._row(each) for each in able], able[0].id if able else "")
        self._show_choice()

    def _row(self, each: InterpreterRow) -> StripRow:
        free = _is_free(each)
        cells = (
            Cell(each.name, weight=600 if free else 400),
            Cell(words.interpreter_state(each, self._view.office.zone), "text" if free else "text-muted"),
            Cell(", ".join(said for mode, said in _MODES.items() if mode in each.modes), "text-muted"),
        )
        return StripRow(each.id, each, cells, ", ".join(cell.words for cell in cells if cell.words))

    def _chosen(self) -> InterpreterRow | None:
        return next((each for each in self._able() if each.id == self.chosen()), None)

    def _show_choice(self) -> None:
        if self.is_another():
            self.clear_problem()
        each = self._chosen()
        self.line.set_text(_line_words(each))
        self.line.setVisible(each is not None and each.is_line)
        self.words.setVisible(bool(self.words.text()))
        if self._expected:
            self._button.set_detail(self._expected)
        elif each is not None:
            self._button.set_detail(f"{each.name}, {name_of(self.language.value())}")
        elif self.language.value():
            self._button.set_detail(f"Nobody interprets {name_of(self.language.value())} here: still to be found")
        else:
            self._button.set_detail(NO_LANGUAGE.reason)

    def _show_asked(self) -> None:
        """What the keys do: before anybody is asked for, and after."""
        asked = bool(self._expected)
        for button in (self._another, self._without):
            button.action().setVisible(asked)
        self._here.setEnabled(asked)
        if asked:
            self._button = self.set_main(HERE, self._say_here, self._expected)
        else:
            self._button = self.set_main("Ask for this interpreter", self._ask)

    # -- deeds -------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        language = self.language.value()
        if not language:
            self.refuse(NO_LANGUAGE)
            self.language.setFocus()
            return
        each = self._chosen()
        interpreter_id = each.id if each is not None else ""
        self.sent.emit(
            RequestInterpreter(
                id=self.ids.id_for((language, interpreter_id)),
                **self._by,
                visit_id=self._card.visit_id,
                language=language,
                mode=_mode_of(each),
                interpreter_id=interpreter_id,
            )
        )

    def _book_later(self) -> None:
        self.later_wanted.emit(self.language.value())

    def _say_here(self) -> None:
        self.sent.emit(InterpreterHere(id=self.ids.id_for("here"), **self._by, visit_id=self._card.visit_id))

    def _go_without(self) -> None:
        command_id = self.ids.id_for("without")
        self.sent.emit(CallWithoutInterpreter(id=command_id, **self._by, visit_id=self._card.visit_id))

    def command_done(self, command: Command, result: Result) -> bool:
        """While the line is dialled its number stays in sight."""
        each = self._chosen()
        if isinstance(command, RequestInterpreter) and each is not None and each.is_line:
            self.words.set_text("Dial the number below, then press Enter when the interpreter is on the line.")
            self._expected = f"{each.name}, {name_of(command.language)}"
            self._show_asked()
            return False
        return True


def _is_free(each: InterpreterRow) -> bool:
    return each.is_line or (each.works_now and not each.with_number)


def _mode_of(each: InterpreterRow | None) -> Mode:
    if each is None:
        return Mode.IN_PERSON
    if each.is_line:
        return Mode.TELEPHONE
    return next((mode for mode in Mode if mode in each.modes), Mode.IN_PERSON)


def _line_words(each: InterpreterRow | None) -> str:
    if each is None or not each.is_line:
        return ""
    return f"{each.telephone}, code {each.code}" if each.code else each.telephone


def _expected_words(card: VisitCard) -> str:
    """Who is waited for: "Maria Szabó, British Sign Language"; empty for nobody."""
    if not card.waits_for_interpreter:
        return ""
    return ", ".join(part for part in (card.interpreter, name_of(card.interpreting)) if part)


def _asked_words(card: VisitCard) -> str:
    if not card.interpreting:
        return ""
    language = name_of(card.interpreting)
    who = f", {card.interpreter}" if card.interpreter else ""
    if card.waits_for_interpreter:
        return f"{language} was asked for{who}. The visit is not called before the interpreter is there."
    return f"{language}{who}: there, or done without."
