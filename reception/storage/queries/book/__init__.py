"""What the book, the desk beside the queue, and letters are made from. Loaded with the first of its questions."""

from __future__ import annotations

from reception.storage.queries.book.cards import appointment_by_code, one_appointment
from reception.storage.queries.book.delays import delay_figures
from reception.storage.queries.book.duties import duties
from reception.storage.queries.book.figures import appointment_figures
from reception.storage.queries.book.finding import find_appointments
from reception.storage.queries.book.letters import letter_snapshot, letters_due
from reception.storage.queries.book.now import about_now
from reception.storage.queries.book.rooms import rooms_for
from reception.storage.queries.book.slots import free_slots, obstacles_to, slots_like
from reception.storage.queries.book.view import book_view
from reception.storage.queries.book.wanting import wanting_earlier

__all__ = [
    "about_now",
    "appointment_by_code",
    "appointment_figures",
    "book_view",
    "delay_figures",
    "duties",
    "find_appointments",
    "free_slots",
    "letter_snapshot",
    "letters_due",
    "obstacles_to",
    "one_appointment",
    "rooms_for",
    "slots_like",
    "wanting_earlier",
]
