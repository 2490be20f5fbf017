"""Ends that ask something: what becomes of further services, an answer to follow (by when, from whom), signposting."""

from __future__ import annotations

from datetime import date

from reception.clock import local_date
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.visit_states import End
from reception.errors import Code
from reception.services.commands import Finish
from ui import moments
from ui.desk.due import QUICK, DueDays
from ui.desk.offered import SIGNPOSTS, OfferedText
from ui.isolated import isolated
from ui.panels.fields import FieldRow, as_typed, officer_choices
from ui.panels.fitting import flowing
from ui.panels.panel import Panel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import ChoiceGrid, ElidingLabel, LineEdit, Offer, Tick
from ui.widgets.drop import Drop

NO_OWNER = Refused(Code.BAD_INPUT, "Choose who will answer.", "The visitor is told the name and how to reach them.")
NO_PLACE = Refused(Code.BAD_INPUT, "Say where the visitor is to go.", "It is printed on the slip.")


def _slip_tick(prints: bool) -> Tick:
    """Whether to print a slip; where there is no printer it says so and can't be ticked."""
    tick = Tick("Print a slip for the visitor" if prints else "This station has no printer", "printer")
    tick.setChecked(prints)
    tick.setEnabled(prints)
    return tick


class FurtherTick(Tick):
    """Whether the visitor no longer wants the further services that were planned."""

    def __init__(self, card: VisitCard) -> None:
        super().__init__(f"No longer wants {moments.joined(card.then_services)}")
        self._number, self._planned = card.number, card.then_services

    def goes_on(self) -> str:
        """What becomes of the visit after this service."""
        if self._planned and not self.isChecked():
            return f"{self._number} then waits for {self._planned[0]}"
        return "The visit ends here"


class FinishPanel(Panel):
    """A visit with further services planned is finished: does it go on, or does it end?"""

    def __init__(self, card: VisitCard, by: SentBy) -> None:
        super().__init__(f"{card.number}: finish")
        self._visit_id, self._by = card.visit_id, by
        self.further = FurtherTick(card)
        self.content.addWidget(FieldRow("Then", self.further))
        self.end_content()
        main = self.set_main("Finish", self._finish, self.further.goes_on())
        self.start_with(self.further)
        self.further.toggled.connect(lambda: main.set_detail(self.further.goes_on()))

    def _finish(self) -> None:
        self.sent.emit(
            Finish(
                id=self.ids.id_for("finish"),
                **self._by,
                visit_id=self._visit_id,
                end=End.RESOLVED,
                without_further=self.further.isChecked(),
            )
        )


class ToFollowPanel(Panel):
    """Not resolved today: the visitor is told by when, and who deals with it."""

    wants_room = True

    def __init__(self, card: VisitCard, view: DeskView, by: SentBy, days: DueDays, *, prints: bool = True) -> None:
        super().__init__(f"{card.number}: to follow")
        self._visit_id, self._by, self._office = card.visit_id, by, view.office
        self._today = local_date(view.now, view.office.zone)
        self._days = {day.value: day for day in days}
        self.quick = flowing(ChoiceGrid(2, "Answer by"))
        self.quick.set_offers(
            [Offer(days[count].value, key, f"{days[count].span.capitalize()}") for count, key in QUICK]
        )
        self.due = Drop("Answer by", [(day.value, day.words(self._today)) for day in days])
        self.owner = Drop("Who answers", officer_choices(view.office, "Choose who answers"))
        self.reach = ElidingLabel(token="text-muted")
        self.contact = LineEdit(placeholder="Telephone or e-mail; not printed")
        self.remark = LineEdit(placeholder="For colleagues; not printed")
        self.further = FurtherTick(card)
        self.slip = _slip_tick(prints)
        self.content.addWidget(self.quick)
        for label, field in (
            ("Answer by", self.due),
            ("From", self.owner),
            ("Reached", self.reach),
            ("Visitor at", self.contact),
            ("Note", self.remark),
            ("Slip", self.slip),
        ):
            self.content.addWidget(FieldRow(label, field))
        if card.then_services:
            self.content.addWidget(FieldRow("Then", self.further))
        self.end_content()
        self._main_words = self.set_main("Finish, to follow", self._finish)
        self.start_with(self.quick)
        self.quick.changed.connect(self._quick_chosen)
        self.quick.chosen.connect(lambda _: self.owner.setFocus())
        self.due.currentIndexChanged.connect(self._due_chosen)
        self.owner.currentIndexChanged.connect(self._show_promise)
        self.quick.set_value(days[QUICK[2][0]].value)
        self.owner.set_value(by["officer_id"])
        self._show_promise()

    def _quick_chosen(self, value: str) -> None:
        if value:
            self.due.set_value(value)

    def _due_chosen(self) -> None:
        if self.quick.value() != self.due.value():
            self.quick.set_value(self.due.value())
        self._show_promise()

    def _show_promise(self) -> None:
        self.clear_problem()
        owner = self._office.officer(self.owner.value())
        ways = [way for way in (owner.telephone, owner.email) if way] if owner else []
        self.reach.set_text(", ".join(ways) or ("No telephone or e-mail is known" if owner else ""))
        by = moments.day_words(self._days[self.due.value()].day, self._today)
        self._main_words.set_detail(f"By {by}, {isolated(owner.name)}" if owner else f"By {by}")

    def _finish(self) -> None:
        if not self.owner.value():
            self.refuse(NO_OWNER)
            self.owner.setFocus()
            return
        self.sent.emit(
            Finish(
                id=self.ids.id_for("to follow"),
                **self._by,
                visit_id=self._visit_id,
                end=End.TO_FOLLOW,
                due=date.fromisoformat(self.due.value()),
                owner_id=self.owner.value(),
                note=as_typed(self.remark.text()),
                contact=as_typed(self.contact.text()),
                without_further=self.further.isChecked(),
                print_slip=self.slip.isChecked(),
            )
        )

    def is_worth_keeping(self) -> bool:
        return bool(self.remark.text() or self.contact.text())


class SignpostPanel(Panel):
    """The visitor is sent to whoever can help."""

    wants_room = True

    def __init__(self, card: VisitCard, by: SentBy, *, prints: bool = True) -> None:
        super().__init__(f"{card.number}: signpost")
        self._visit_id, self._by = card.visit_id, by
        self.place = OfferedText("Where to", SIGNPOSTS, "Name and address, or choose below")
        self.further = FurtherTick(card)
        self.slip = _slip_tick(prints)
        self.content.addWidget(FieldRow("Where to", self.place))
        self.content.addWidget(FieldRow("Slip", self.slip))
        if card.then_services:
            self.content.addWidget(FieldRow("Then", self.further))
        self.end_content()
        main = self.set_main("Finish, signposted", self._finish, self.further.goes_on())
        self.start_with(self.place)
        self.further.toggled.connect(lambda: main.set_detail(self.further.goes_on()))
        self.place.edited.connect(self.clear_problem)

    def _finish(self) -> None:
        place = self.place.text()
        if not place:
            self.refuse(NO_PLACE)
            self.place.setFocus()
            return
        self.sent.emit(
            Finish(
                id=self.ids.id_for("signpost"),
                **self._by,
                visit_id=self._visit_id,
                end=End.SIGNPOSTED,
                signpost_to=place,
                without_further=self.further.isChecked(),
                print_slip=self.slip.isChecked(),
            )
        )

    def is_worth_keeping(self) -> bool:
        return bool(self.place.text())
