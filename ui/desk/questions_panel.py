"""All that is left to be settled after stations were cut off, and who asks for help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from reception.domain.desk_view import DeskView
from reception.domain.questions import HelpCall, Question, QuestionAnswer, QuestionKind
from reception.errors import Code
from reception.services.commands import AnswerQuestion, Command, GiveHelp, Result
from ui import moments
from ui.desk import question_words as words
from ui.models.strips import Cell, StripRow
from ui.panels.fields import FieldRow, as_typed
from ui.panels.rows_panel import RowsPanel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import KeyButton, LineEdit

COLUMNS = (88, 0, 88)
HEADS = ("For", "What is asked", "Since")
LOOK = "Look at the visit"
NOTHING_CHOSEN = Refused(Code.BAD_INPUT, "Nothing is left to be settled.", "Go back with Esc.")
WHICH_APPOINTMENT = Refused(
    Code.BAD_INPUT, "No appointment is named yet.", "Write its reference, or let the visitor wait as a walk-in."
)
NO_SUCH = Refused(Code.UNKNOWN_APPOINTMENT, "No appointment has this reference.", "Compare it with the letter.")


class QuestionsPanel(RowsPanel):
    """Enter looks at the visit. H leaves a question as it is here, T has what was done there count; G goes to help."""

    visit_wanted = Signal(str)
    reference_typed = Signal(str, object)
    """(reference, called with the appointment's id, or None where there is none)."""

    def __init__(self, view: DeskView, by: SentBy) -> None:
        super().__init__("To settle", "after a station was cut off", HEADS, COLUMNS, "Questions and calls for help")
        self._view, self._by = view, by
        self.about = self.add_words("")
        self.claimed = self.add_words("", "text-muted")
        self.reference = LineEdit(placeholder="AP-7K2QX9TB")
        self.reference_row = FieldRow("Reference", self.reference)
        self.content.addWidget(self.reference_row)
        deeds = self.add_deeds()
        self._there = self.deed("As at this desk", "T", self._answering(QuestionAnswer.AS_THERE))
        self._here = self.deed("As at the database", "H", self._answering(QuestionAnswer.AS_HERE))
        self._go = self.deed("I go there", "G", self._give_help)
        for action in (self._there, self._here, self._go):
            deeds.add(KeyButton(action))
        self._main_is_help = False
        self.set_main(LOOK, self._look)
        self.start_with(self.list)
        self.list.chosen.connect(lambda _: self._show_choice())
        self.show_view(view)

    def show_view(self, view: DeskView) -> None:
        self._view = view
        rows = [self._row_of_help(call) for call in view.help_calls]
        rows += [self._row_of(question) for question in view.questions]
        self.show_rows(rows, rows[0].key if rows else "")
        self._show_choice()

    def is_over(self, view: DeskView) -> bool:
        return not view.questions and not view.help_calls

    def _row_of(self, question: Question) -> StripRow:
        return self._cells(
            question.id, question, question.number, words.asked(question, self._by["station"]), question.at
        )

    def _row_of_help(self, call: HelpCall) -> StripRow:
        return self._cells(call.id, call, call.station, words.help_words(call), call.at)

    def _cells(self, key: str, source: object, who: str, what: str, at: int) -> StripRow:
        since = moments.said_time(at, self._view.office.zone)
        cells = (Cell(who, weight=600), Cell(what), Cell(since, "text-muted", right=True))
        return StripRow(key, source, cells, f"{who}, {what} Since {since}.")

    def question(self) -> Question | None:
        """The question that is chosen, unless a call for help is."""
        return next((each for each in self._view.questions if each.id == self.chosen()), None)

    def _show_choice(self) -> None:
        if self.is_another():
            self.clear_problem()
        question = self.question()
        is_claim = question is not None and question.kind is QuestionKind.CLAIM
        self.about.set_text(
            words.about(question, self._view.office.zone, self._by["station"]) if question is not None else ""
        )
        self.claimed.set_text(f"Entered: {question.claimed}" if question is not None and question.claimed else "")
        for paragraph in (self.about, self.claimed):
            paragraph.setVisible(bool(paragraph.text()))
        self.reference_row.setVisible(is_claim and question is not None and not question.appointment_id)
        is_help = question is None and bool(self.chosen())
        if is_help != self._main_is_help:
            self._main_is_help = is_help
            self.set_main("I go there" if is_help else LOOK, self._give_help if is_help else self._look)
        self._go.setEnabled(question is None and bool(self.chosen()))
        for action, answer in ((self._there, QuestionAnswer.AS_THERE), (self._here, QuestionAnswer.AS_HERE)):
            action.setEnabled(question is not None)
            if question is not None:
                action.setText(words.answer_words(question, answer, self._by["station"]))

    # -- deeds -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        question = self.question()
        if question is not None:
            self.visit_wanted.emit(question.visit_id)

    def _answering(self, answer: QuestionAnswer) -> Callable[[], None]:
        return lambda: self._answer(answer)

    def _answer(self, answer: QuestionAnswer) -> None:
        question = self.question()
        if question is None:
            self.refuse(NOTHING_CHOSEN)
        elif question.kind is QuestionKind.CLAIM and answer is QuestionAnswer.AS_THERE:
            self._check_in(question)
        else:
            self._send(question, answer, "")

    def _check_in(self, question: Question) -> None:
        typed = as_typed(self.reference.text())
        if question.appointment_id:
            self._send(question, QuestionAnswer.AS_THERE, question.appointment_id)
        elif not typed:
            self.refuse(WHICH_APPOINTMENT)
            self.reference.setFocus()
        else:

            def found(appointment_id: str | None) -> None:
                if appointment_id:
                    self._send(question, QuestionAnswer.AS_THERE, appointment_id)
                else:
                    self.refuse(NO_SUCH)

            self.reference_typed.emit(typed, found)

    def _send(self, question: Question, answer: QuestionAnswer, appointment_id: str) -> None:
        command_id = self.ids.id_for((question.id, answer, appointment_id))
        self.sent.emit(
            AnswerQuestion(
                id=command_id, **self._by, question_id=question.id, answer=answer, appointment_id=appointment_id
            )
        )

    def _give_help(self) -> None:
        call = next((each for each in self._view.help_calls if each.id == self.chosen()), None)
        if call is not None:
            self.sent.emit(GiveHelp(id=self.ids.id_for(call.id), **self._by, help_id=call.id))

    def command_done(self, command: Command, result: Result) -> bool:
        """The next one stands in its place; the last one closes the panel."""
        self.ids.answered(command.id)
        self.reference.clear()
        return len(self._view.questions) + len(self._view.help_calls) <= 1

    def is_worth_keeping(self) -> bool:
        return bool(as_typed(self.reference.text()))

    def asks_before_leaving(self) -> bool:
        """A reference stands on the letter, to be typed again."""
        return False
