"""The strips that show an :class:`AboutNow` beside the queue: today's appointments; counters, rooms, interpreters."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reception.clock import Instant
from reception.domain.about_now import AboutNow, InterpreterRow, RoomRow
from reception.domain.book import AppointmentRow
from reception.domain.desk_view import DeskView
from ui import appointment_words as words
from ui import moments
from ui.appointment_words import Arrival
from ui.models.strips import Cell, CounterModel, StripModel, StripRow


class TodayModel(StripModel):
    """Today's appointments: those still to come or waiting first, by time, then those that are over."""

    heads = ("Time", "Service", "With", "Interpreter", "Where", "State")
    selectable = True
    give_way = (2, 4, 3)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._about: AboutNow | None = None

    def show_about(self, about: AboutNow) -> None:
        self._about = about
        if self._view is not None:
            self.show(self._view)

    def appointment(self, appointment_id: str) -> AppointmentRow | None:
        rows = self._about.appointments if self._about is not None else ()
        return next((row for row in rows if row.id == appointment_id), None)

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        if self._about is None:
            return []
        interpreters = {each.id: each for each in self._about.interpreters}
        rows = [today_row(row, view, now, interpreters) for row in self._about.appointments]
        zone = view.office.zone
        over = {row.id for row in self._about.appointments if not words.arrival_of(row, zone, now).arrival.is_open}
        return sorted(rows, key=lambda row: row.key in over)


def today_row(row: AppointmentRow, view: DeskView, now: Instant, interpreters: dict[str, InterpreterRow]) -> StripRow:
    """One appointment in the strip of the day."""
    zone = view.office.zone
    arrival = words.arrival_of(row, zone, now)
    over = not arrival.arrival.is_open
    here = arrival.arrival is Arrival.HERE
    needed = words.interpreting_words(row, interpreters)
    plain, quiet = ("text-muted", "text-muted") if over else ("text", "text-muted")
    cells = (
        Cell(moments.short_time(row.starts, zone), plain, weight=600),
        Cell(row.service, plain),
        Cell(row.officer, quiet),
        Cell(needed, plain, icon=words.language_icon(row.language) if needed else ""),
        Cell(words.place_words(row), plain),
        Cell(
            arrival.words,
            quiet if arrival.arrival is Arrival.DUE else plain,
            weight=600 if here else 400,
            right=True,
            icon=arrival.arrival.value,
        ),
    )
    aloud = [moments.said_time(row.starts, zone), *(cell.words for cell in cells[1:] if cell.words)]
    return StripRow(row.id, row, cells, ", ".join(aloud))


class PlacesModel(CounterModel):
    """Every counter, every room, and the interpreters who are here or due today, in the office's order at every desk:
    a place is looked for where it stood before."""

    heads = ("Place", "Now", "Detail")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._about: AboutNow | None = None

    def show_about(self, about: AboutNow) -> None:
        self._about = about
        if self._view is not None:
            self.show(self._view)

    def _rows_of(self, view: DeskView, now: Instant) -> list[StripRow]:
        rows = super()._rows_of(view, now)
        if self._about is None:
            return rows
        rooms = [_room_row(room, view, now) for room in self._about.rooms]
        due = [each for each in self._about.interpreters if each.with_number or each.free_until is not None]
        return [*rows, *rooms, *(_interpreter_row(each, view) for each in due)]


def _room_row(room: RoomRow, view: DeskView, now: Instant) -> StripRow:
    free = words.is_free(room)
    cells = (
        Cell(room.name, "text-muted"),
        Cell(words.room_words(room), "text" if free or room.visit_id else "text-muted", 600 if free else 400),
        Cell(words.room_detail(room, view.office.zone, now), "text-muted"),
    )
    return StripRow(f"room {room.id}", room, cells, _aloud(cells))


def _interpreter_row(row: InterpreterRow, view: DeskView) -> StripRow:
    due = f"Due {moments.short_time(row.free_until, view.office.zone)}" if row.free_until is not None else ""
    cells = (
        Cell(row.name, "text-muted"),
        Cell(f"With {row.with_number}" if row.with_number else due),
        Cell(words.languages_words(row), "text-muted"),
    )
    return StripRow(f"interpreter {row.id}", row, cells, _aloud(cells))


def _aloud(cells: tuple[Cell, ...]) -> str:
    return ", ".join(cell.words for cell in cells if cell.words)
