"""An officer is not to be booked: who, why, from when until when."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QAction

from reception.clock import Instant
from reception.domain.booked import AbsenceKind
from reception.errors import Code
from reception.services.appointment_commands import EnterAbsence, RemoveAbsence
from ui.book.hands import BookPanel, Hands
from ui.book.times import DAY, LocalDay
from ui.book.typed import day_typed, minutes_typed
from ui.book.words import absence_words, span_said
from ui.link import Refused
from ui.panels.fields import FieldRow
from ui.texts import short_time
from ui.widgets import KeyButton, LineEdit
from ui.widgets.drop import Drop

BAD_DAY = Refused(Code.BAD_INPUT, "This day can't be read.", "Write it as 24 11 or 24 November.")
BAD_TIME = Refused(Code.BAD_INPUT, "This time can't be read.", "Write it as 9.30 or 2pm; leave it out for all day.")
ENDS_FIRST = Refused(Code.BAD_INPUT, "It ends before it begins.", "Change the last day or the time.")


class AbsencePanel(BookPanel):
    """Enter saves. Where appointments stand in it, it is asked again."""

    def __init__(self, hands: Hands, officer_id: str, day: date, starts: Instant | None) -> None:
        super().__init__(hands, "Absence", "not to be booked")
        office = hands.view().office
        self._day = day
        staff = [(each.id, each.name) for each in office.staff if each.takes_appointments]
        self.officer = Drop("Who", staff)
        self.officer.set_value(officer_id)
        self.kind = Drop("Why", [(each.value, absence_words(each)) for each in AbsenceKind])
        self.first = LineEdit(f"{day.day} {day.month} {day.year}")
        self.last = LineEdit(f"{day.day} {day.month} {day.year}")
        self.opens = LineEdit(short_time(starts, office.zone) if starts is not None else "", "All day")
        self.closes = LineEdit("", "All day")
        for label, field in (
            ("Who", self.officer),
            ("Why", self.kind),
            ("First day", self.first),
            ("From", self.opens),
            ("Last day", self.last),
            ("Until", self.closes),
        ):
            self.content.addWidget(FieldRow(label, field))
        self.standing = self.add_grid(1)
        self.end_content()
        self._anyway = False
        self.set_main("Enter absence", self._enter)
        self.start_with(self.officer)
        for edit in (self.first, self.last, self.opens, self.closes):
            edit.textChanged.connect(self._changed)
        self.officer.currentIndexChanged.connect(self._changed)
        self.officer.currentIndexChanged.connect(self._show_standing)
        self._show_standing()

    def _show_standing(self) -> None:
        """What is entered already for this officer in the days that are shown, each to be taken out."""
        self.standing.clear()
        view = self.hands.view()
        for absence in view.absences:
            if absence.officer_id == self.officer.value():
                span = span_said(absence.starts, absence.ends, view.office.zone)
                words = f"Take out: {absence_words(absence.kind).lower()}, {span}"
                self.standing.add(KeyButton(self._taking_out(words, absence.id), "lean"))

    def _taking_out(self, words: str, absence_id: str) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda: self._take_out(absence_id))
        return action

    def _take_out(self, absence_id: str) -> None:
        command_id = self.ids.id_for(("out", absence_id))
        self.sent.emit(RemoveAbsence(id=command_id, **self.hands.by(), absence_id=absence_id))

    def _changed(self) -> None:
        self.clear_problem()
        if self._anyway:
            self._anyway = False
            self.set_main("Enter absence", self._enter)

    def _enter(self) -> None:
        days = [day_typed(edit.text(), self._day) for edit in (self.first, self.last)]
        minutes = [
            minutes_typed(edit.text()) if edit.text().strip() else default
            for edit, default in ((self.opens, 0), (self.closes, DAY))
        ]
        if days[0] is None or days[1] is None:
            self._refuse_at(BAD_DAY, self.first if days[0] is None else self.last)
            return
        if minutes[0] is None or minutes[1] is None:
            self._refuse_at(BAD_TIME, self.opens if minutes[0] is None else self.closes)
            return
        zone = self.hands.view().office.zone
        last = LocalDay(days[1], zone)
        starts = LocalDay(days[0], zone).instant(minutes[0])
        ends = last.ends if minutes[1] == DAY else last.instant(minutes[1])
        if ends <= starts:
            self._refuse_at(ENDS_FIRST, self.closes)
            return
        answer = (self.officer.value(), self.kind.value(), starts, ends, self._anyway)
        self.sent.emit(
            EnterAbsence(
                id=self.ids.id_for(answer),
                **self.hands.by(),
                absentee_id=self.officer.value(),
                kind=AbsenceKind(self.kind.value()),
                starts=starts,
                ends=ends,
                anyway=self._anyway,
            )
        )

    def _refuse_at(self, no: Refused, field: LineEdit) -> None:
        self.refuse(no)
        field.setFocus()

    def refuse(self, no: Refused) -> None:
        super().refuse(no)
        if no.code is Code.SLOT_TAKEN and not self._anyway:
            self._anyway = True
            self.set_main("Enter it all the same", self._enter, "The appointments stand until they are moved")

    def is_worth_keeping(self) -> bool:
        return bool(self.closes.text().strip())
