"""An officer is not to be booked: who, why, from when until when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent

from reception.clock import MINUTE, local_date
from reception.domain.book import AbsenceRow
from reception.domain.booked import AbsenceKind
from reception.errors import Code
from reception.services.appointment_commands import EnterAbsence, RemoveAbsence
from ui.book.hands import BookPanel, Hands
from ui.book.times import DAY, LocalDay, minutes_of
from ui.book.words import absence_words, span_said, when_words
from ui.moments import said_time
from ui.panels.fields import FieldRow
from ui.refused import Refused
from ui.typed import day_typed, minutes_typed
from ui.widgets import KeyButton, LineEdit, Segmented
from ui.widgets.drop import Drop

BAD_DAY = Refused(Code.BAD_INPUT, "This day can't be read.", "Write it as 24 11 or 24 November.")
BAD_TIME = Refused(Code.BAD_INPUT, "This time can't be read.", "Write it as 9.30 or 2pm; leave it out for all day.")
_NOON = 12 * 60
_PARTS = {"day": ("Whole day", 0, DAY), "morning": ("Morning", 0, _NOON), "afternoon": ("Afternoon", _NOON, DAY)}
"""In words, and from which minute of the day until which."""
ENDS_FIRST = Refused(Code.BAD_INPUT, "It ends before it begins.", "Change the last day or the time.")


class WholeEdit(LineEdit):
    """What is typed replaces what is filled in: the focus chooses it all."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # after the click has put the cursor somewhere
        else:
            self.selectAll()


class AbsencePanel(BookPanel):
    """Filled in with the officer's working day. Enter saves; where appointments stand in it, it is asked again."""

    def __init__(self, hands: Hands, officer_id: str, day: date) -> None:
        super().__init__(hands, "Absence", "not to be booked")
        office = hands.view().office
        self._day = day
        staff = [(each.id, each.name) for each in office.staff if each.takes_appointments]
        self.officer = Drop("Who", staff)
        self.officer.set_value(officer_id)
        self.kind = Drop("Why", [(each.value, absence_words(each)) for each in AbsenceKind])
        self.first = WholeEdit(f"{day.day} {day.month} {day.year}")
        self.last = WholeEdit(f"{day.day} {day.month} {day.year}")
        self.part = Segmented([(part, words) for part, (words, _, _) in _PARTS.items()], "Which part of the day")
        self.opens = WholeEdit("", "All day")
        self.closes = WholeEdit("", "All day")
        self._filled_in = ("", "")
        for label, field in (
            ("Who", self.officer),
            ("Why", self.kind),
            ("Part", self.part),
            ("First day", self.first),
            ("From", self.opens),
            ("Last day", self.last),
            ("Until", self.closes),
        ):
            self.content.addWidget(FieldRow(label, field, label_above=field is self.part))
        self._fill_in()
        self.standing = self.add_grid(1)
        self.end_content()
        self._anyway = False
        self.set_main("Enter absence", self._enter)
        self.start_with(self.officer)
        for edit in (self.first, self.last, self.opens, self.closes):
            edit.textChanged.connect(self._changed)
        self.officer.currentIndexChanged.connect(self._changed)
        self.officer.currentIndexChanged.connect(self._show_standing)
        self.officer.currentIndexChanged.connect(self._fill_in)
        self.part.changed.connect(lambda _: self._fill_in())
        self.first.editingFinished.connect(self._fill_in_first_day)
        self._show_standing()

    def _fill_in(self) -> None:
        """From when until when the officer works on the first day, or in that part of it; what was typed stays."""
        office = self.hands.view().office
        day = day_typed(self.first.text(), self._day) or self._day
        officer = office.officer(self.officer.value())
        worked = officer.hours if officer is not None and officer.hours else office.hours
        hours = [each for each in worked if each.weekday == day.weekday()]
        words = ("", "")
        if hours:
            _, earliest, latest = _PARTS[str(self.part.value())]
            opens = max(earliest, min(minutes_of(each.opens) for each in hours))
            closes = min(latest, max(minutes_of(each.closes) for each in hours))
            local = LocalDay(day, office.zone)
            if opens < closes:
                words = (said_time(local.instant(opens), office.zone), said_time(local.instant(closes), office.zone))
        if self._times_typed() == self._filled_in:
            self.opens.setText(words[0])
            self.closes.setText(words[1])
            self._filled_in = words

    def _fill_in_first_day(self) -> None:
        """An absence that begins later ends no sooner."""
        first, last = (day_typed(edit.text(), self._day) for edit in (self.first, self.last))
        if first is not None and last is not None and last < first:
            self.last.setText(self.first.text())
        self._fill_in()

    def _times_typed(self) -> tuple[str, str]:
        return self.opens.text().strip(), self.closes.text().strip()

    def _show_standing(self) -> None:
        """What is entered already for this officer in the days that are shown, each to be taken out."""
        self.standing.clear()
        view = self.hands.view()
        for absence in view.absences:
            if absence.officer_id == self.officer.value():
                words = f"Take out: {absence_words(absence.kind).lower()}, {self._when(absence)}"
                self.standing.add(KeyButton(self._taking_out(words, absence.id), "lean"))

    def _when(self, absence: AbsenceRow) -> str:
        zone, now = self.hands.view().office.zone, self.hands.now()
        local = LocalDay(local_date(absence.starts, zone), zone)
        day = when_words(absence.starts, now, zone)
        if absence.ends > local.ends:
            last = when_words(absence.ends - 1, now, zone)
            return f"{said_time(absence.starts, zone)} {day} to {said_time(absence.ends, zone)} {last}"
        if absence.starts <= local.starts and absence.ends >= local.ends - MINUTE:
            return f"all day {day}"
        return f"{span_said(absence.starts, absence.ends, zone)} {day}"

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
        return self._times_typed() != self._filled_in
