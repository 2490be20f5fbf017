"""Check in: somebody with an appointment is here. One field for a name, a reference, a date of birth or a telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, Standing
from reception.domain.desk_view import DeskView
from reception.errors import Code
from reception.services.appointment_commands import CheckIn
from ui import appointment_words as words
from ui import moments
from ui.isolated import isolated
from ui.models.strips import Cell, StripRow
from ui.panels.fields import as_typed
from ui.panels.search_panel import SearchPanel
from ui.panels.sender import SentBy
from ui.refused import Refused
from ui.widgets import KeyButton

COLUMNS = (72, 150, 0, 120)
HEADS = ("When", "Visitor", "For", "State")
NOBODY = Refused(
    Code.BAD_INPUT,
    "Nobody is chosen yet.",
    "Type a name, a reference, a date of birth or a telephone, or choose with the arrow keys.",
)
WAYS_OUT = frozenset(
    {Code.OTHER_DAY, Code.OTHER_OFFICE, Code.ALREADY_CHECKED_IN, Code.CANCELLED_APPOINTMENT, Code.NOT_POSSIBLE_NOW}
)
"""After these refusals the panel offers what can be done instead."""


KNOWN_BEFORE = (
    "Expected today, as it was known before the database was out of reach. Nobody can be checked in until it is back."
)
_NOT_NOW = "Not now"
NOT_KNOWN = "Who is expected is not known while the database is out of reach."


class CheckInPanel(SearchPanel):
    """Nothing typed: who is expected today, nobody chosen. Typed: Enter checks in who is chosen, or the first."""

    ends_at_counter = True
    give_way = (2, 3)

    another_time = Signal(str)
    opened = Signal(str)
    walk_in_wanted = Signal()

    def __init__(self, view: DeskView, by: SentBy, expected: Sequence[AppointmentRow]) -> None:
        super().__init__(
            "Check in",
            "someone with an appointment",
            HEADS,
            COLUMNS,
            "Appointments",
            "Name, reference, date of birth or telephone",
        )
        self._view, self._by = view, by
        self._expected = tuple(expected)
        self._shown: dict[str, AppointmentRow] = {}
        self._shown_for = ""
        """What was typed to find those who are shown; empty for those who are expected."""
        self._enter_waits = False
        """Enter was pressed while what was typed was still looked for."""
        self._unknown: Refused | None = None
        """Why nothing can be looked up."""
        self.text.setAccessibleName("Who has come")
        self.words = self.add_words("", "text-muted")
        self._ways = self.add_deeds()
        for said, letter, run in (
            ("Another time", "A", self._to_another_time),
            ("All about it", "D", self._open),
            ("Give a ticket", "T", self.walk_in_wanted.emit),
        ):
            self._ways.add(KeyButton(self.deed(said, letter, run)))
        self._ways.hide()
        self._button = self.set_main("Check in", self._check_in)
        self.list.chosen.connect(lambda _: self._show_choice())
        self.list.clicked.connect(lambda _: self._show_choice())
        self.text.textChanged.connect(self._forget_enter)
        self.show_unasked()

    # -- showing -----------------------------------------------------------------------------------------------

    def show_expected(self, expected: Sequence[AppointmentRow]) -> None:
        """Today's appointments, as they are now."""
        self._expected = tuple(expected)
        self.ask_again()

    def _look_up_again(self) -> None:
        if self._unknown is not None:
            self._unknown = None
            self.clear_problem()

    def show_unasked(self) -> None:
        self._look_up_again()
        if self._shown_for:
            self._shown_for = ""
            self.list.choose("")
        due = [row for row in self._expected if row.standing is Standing.BOOKED and row.kind is Kind.OFFICE]
        self._show_these(due)
        if self._view.kept is not None:
            self._say(KNOWN_BEFORE if due else NOT_KNOWN)
        else:
            self._say("Expected today, first who is due first." if due else "Nobody is expected any more today.")

    def _say(self, said: str) -> None:
        self.words.set_text(said)
        self.words.setVisible(bool(said))

    def show_found(self, text: str, rows: Sequence[AppointmentRow]) -> None:
        """What a search has found."""
        if self.is_asked(text):
            self._shown_for = text
            self._look_up_again()
            self._show_these(rows)
            waits, self._enter_waits = self._enter_waits, False
            if waits and len(rows) == 1:
                self._check_in()
            self._say("" if rows else f"No appointment found for “{text}”.")

    def show_unknown(self, text: str, no: Refused) -> None:
        """Nothing can be looked up: why, and what to do meanwhile. What was typed stays."""
        if self.is_asked(text):
            self._shown_for, self._enter_waits, self._unknown = text, False, no
            self._show_these(())
            self._say("")
            self.refuse(no)

    def _show_these(self, rows: Sequence[AppointmentRow]) -> None:
        self._shown = {row.id: row for row in rows}
        now = self._view.now
        self.show_rows([self._row(row, now) for row in rows])
        self._show_choice()

    def _row(self, row: AppointmentRow, now: Instant) -> StripRow:
        zone = self._view.office.zone
        today, day = local_date(now, zone), local_date(row.starts, zone)
        when = moments.short_time(row.starts, zone)
        if day != today:
            when = f"{moments.short_day(day, today)}, {when}"
        state = words.arrival_of(row, zone, now)
        said = state.words if day == today else ""
        icon = state.arrival.value
        if self._view.kept is not None:
            said, icon = _NOT_NOW, ""
        for_words = ", ".join(part for part in (row.service, row.officer) if part)
        cells = (
            Cell(when, weight=600),
            Cell(row.name or row.reference),
            Cell(for_words, "text-muted"),
            Cell(said, "text-muted", right=True, icon=icon),
        )
        return StripRow(row.id, row, cells, ", ".join(cell.words for cell in cells if cell.words))

    def chosen(self) -> str:
        """Nobody, until one is chosen or something is typed: the first of the expected is not who has come."""
        is_found = bool(self._shown_for) and self._shown_for == as_typed(self.text.text())
        return super().chosen() if is_found else self.list.chosen_key()

    def row(self) -> AppointmentRow | None:
        """The appointment that Enter is meant for."""
        return self._shown.get(self.chosen())

    def _show_choice(self) -> None:
        row = self.row()
        if self.is_another():
            self.clear_problem()
        if row is None:
            self._button.set_detail(NOBODY.reason if self._unknown is None else "")
            return
        when = words.when_words(row.starts, self._view.office.zone, self._view.now)
        self._button.set_detail(f"{words.capital(when)}: {isolated(row.name) or row.reference}")

    def show_view(self, view: DeskView) -> None:
        before, self._view = self._view, view
        if (before.kept is None) != (view.kept is None):
            self.ask_again()

    def refuse(self, no: Refused) -> None:
        """Where there is another way for the visitor its keys come up, and work at once: the focus is in the list."""
        if no.code in WAYS_OUT:
            self.go_to_list()
        super().refuse(no)
        if no.code in WAYS_OUT:
            self._ways.show()
            self._button.set_detail("")  # the other ways are worth the room

    def clear_problem(self) -> None:
        super().clear_problem()
        self._ways.hide()

    def _forget_enter(self) -> None:
        self._enter_waits = False

    # -- deeds -------------------------------------------------------------------------------------------------

    def _check_in(self) -> None:
        appointment_id = self.answer()
        if appointment_id:
            self.sent.emit(CheckIn(id=self.ids.id_for(appointment_id), **self._by, appointment_id=appointment_id))
        elif self._shown_for == as_typed(self.text.text()):
            self.refuse(self._unknown or NOBODY)
        else:
            self._enter_waits = True

    def _to_another_time(self) -> None:
        self._with_row(self.another_time.emit)

    def _open(self) -> None:
        self._with_row(self.opened.emit)

    def _with_row(self, run: Callable[[str], None]) -> None:
        row = self.row()
        if row is not None:
            run(row.id)

    def is_worth_keeping(self) -> bool:
        return bool(self.text.text())
