"""What others ask of a desk, at the line below: who wants help at a kiosk, and what is left to be settled after a
station was cut off. One at a time, the oldest first, each answered by a key."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reception.domain.desk_view import DeskView
from reception.domain.questions import HelpCall, Question, QuestionAnswer, QuestionKind
from reception.services import commands as c
from reception.services.appointment_queries import AppointmentByCode
from ui.desk import question_words as words
from ui.desk.key_table import Act, key_of
from ui.desk.panel_stack import PanelStack
from ui.desk.questions_panel import QuestionsPanel
from ui.desk.said import Offer, Said, said_no
from ui.desk.sending import Sending
from ui.desk.speaker import Speaker, Standing
from ui.desk.state import DeskState
from ui.desk.visits import OpenPanel, Visits
from ui.link import Link
from ui.panels.minted import MintedIds

NOT_KNOWN = Said(
    "What is to be settled is not known while the database is out of reach.", "It is asked here when it is back."
)
NOTHING_ASKED = Said("Nothing is left to be settled.", "Nobody asks for help.")


class Asked(QObject):
    """See the module."""

    def __init__(
        self,
        link: Link,
        state: DeskState,
        stack: PanelStack,
        speaker: Speaker,
        sending: Sending,
        visits: Visits,
        open_panel: OpenPanel,
    ) -> None:
        super().__init__(stack)
        self._open_panel = open_panel
        self._link, self._state, self._stack, self._speaker = link, state, stack, speaker
        self._sending, self._visits = sending, visits
        self._ids = MintedIds()
        self._answered: set[str] = set()
        """Answered here, and asked until the next view has come."""
        sending.done.connect(self._done)

    def show_view(self, view: DeskView) -> None:
        self._answered &= {each.id for each in view.questions} | {each.id for each in view.help_calls}
        self._show()

    def _show(self) -> None:
        """Nobody is asked who has not signed in."""
        view = self._state.view
        calls = [each for each in view.help_calls if each.id not in self._answered] if view is not None else []
        questions = [each for each in view.questions if each.id not in self._answered] if view is not None else []
        is_asked = view is not None and bool(view.officer_id)
        if is_asked and calls:
            self._speaker.keep(Standing.HELP, self._of_help(calls[0], len(calls) - 1))
        else:
            self._speaker.drop(Standing.HELP)
        if view is not None and is_asked and questions:
            self._speaker.keep(Standing.QUESTION, self._of_question(questions[0], len(questions) - 1, view))
        else:
            self._speaker.drop(Standing.QUESTION)

    def _of_help(self, call: HelpCall, more: int) -> Said:
        return Said(words.help_words(call), _more(more), "due-soon", (Offer("I go there", lambda: self._help(call)),))

    def _of_question(self, question: Question, more: int, view: DeskView) -> Said:
        station = self._state.station.name
        detail = f"{words.about(question, view.office.zone, station)} {_more(more)}".strip()
        there = Offer(
            words.answer_words(question, QuestionAnswer.AS_THERE, station),
            lambda: self._answer(question, QuestionAnswer.AS_THERE),
        )
        if question.kind is QuestionKind.CLAIM and not question.appointment_id:
            there = Offer("Look it up", self.open)
        here = Offer(
            words.answer_words(question, QuestionAnswer.AS_HERE, station),
            lambda: self._answer(question, QuestionAnswer.AS_HERE),
        )
        return Said(words.asked(question, station), detail, "due-soon", (there, here))

    def _help(self, call: HelpCall) -> None:
        self._speaker.forget_event()
        self._sending.send(c.GiveHelp(id=self._ids.id_for(call.id), **self._state.by(), help_id=call.id))

    def _answer(self, question: Question, answer: QuestionAnswer) -> None:
        accepted = question.kind is QuestionKind.CLAIM and answer is QuestionAnswer.AS_THERE
        self._speaker.forget_event()
        self._sending.send(
            c.AnswerQuestion(
                id=self._ids.id_for((question.id, answer)),
                **self._state.by(),
                question_id=question.id,
                answer=answer,
                appointment_id=question.appointment_id if accepted else "",
            )
        )

    def _done(self, command: c.Command, _result: c.Result, _panel: object) -> None:
        match command:
            case c.AnswerQuestion(question_id=some_id) | c.GiveHelp(help_id=some_id):
                self._answered.add(some_id)
                self._show()

    def open(self) -> None:
        """All of it in a panel; a word where nothing is asked."""
        view = self._state.view
        if view is None or not (view.questions or view.help_calls):
            self._speaker.say(NOTHING_ASKED if view is None or view.kept is None else NOT_KNOWN)
            return
        panel = self._stack.open_of(QuestionsPanel)
        if panel is None:
            panel = QuestionsPanel(view, self._state.by())
            panel.visit_wanted.connect(self._visits.open)
            panel.reference_typed.connect(self._look_up)
        self._open_panel(panel, False)

    def _look_up(self, reference: str, found: object) -> None:
        view = self._state.view
        assert callable(found)
        if view is not None:
            self._link.ask(
                AppointmentByCode(view.office.id, reference),
                lambda card: found(card.row.id if card is not None else None),
                lambda no: self._speaker.say(said_no(no)),
            )


def _more(count: int) -> str:
    return f"{count} more: {key_of(Act.QUESTIONS)}." if count else ""
