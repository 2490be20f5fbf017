"""The pictures of `script/screenshots`: every paper of the sample day, and the few that README and docs show.

    python docs/images/draw.py FOLDER IMAGES

FOLDER holds what the tour left; its papers and all letters in both sizes are put there as PNG. IMAGES gets the few,
each with as few colours as it does with.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image

from reception.app import Door
from reception.cli.sample import make_files
from reception.clock import HOUR, SetClock
from reception.config import CONFIG_NAME, Config, Paper, load
from reception.documents.letters import letter_pdf
from reception.documents.preview import page_images
from reception.documents.raster import rasterise
from reception.documents.slip import slip_pdf
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from reception.domain.book import AppointmentRow
from reception.domain.booked import DelayReason, LetterKind
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import End
from reception.domain.visitor import Visitor
from reception.opening import open_door
from reception.services import appointment_commands as a
from reception.services.appointment_queries import FindAppointments, LetterOf, OneAppointment, SlotsLike
from reception.services.sample_office import CIVIC, PRIYA
from ui.tour import DAY

SCALE = 1.3
"""Pixels to the point: an A4 page is 774 wide."""
WEEKS_BEFORE = 14 * 24 * HOUR
SCREENS = {
    "welcome": "welcome",
    "signed-in": "desk",
    "called": "called",
    "to-follow": "to-follow",
    "the-desk--dark": "desk-dark",
    "the-desk--high-contrast": "desk-high-contrast",
    "tell-of-a-delay": "delay",
    "book-day": "book-day",
    "book-week": "book-week",
    "new-booking": "book-new",
}
"""Pictures of the tour, and what they are called in the docs."""
LETTERS = {
    "letter-confirmation-1": "letter",
    "letter-confirmation-large-print-1": "letter-large-print",
    "letter-confirmation-ur-1": "letter-urdu",
}
TAGS = [each.tag for each in VISITOR_LANGUAGES]
TICKET = TicketSnapshot(
    council="Hertsmere Borough Council",
    office="Civic Offices, Borehamwood",
    number="H010",
    service="Housing",
    taken_at=DAY,
    timezone="Europe/London",
    wait=ExpectedWait(12, 20),
    place="Ground floor, by the screen",
    code="H010-20261124-7K3QX",
    services={
        "ar": "الإسكان",
        "bn": "আবাসন",
        "it": "Alloggi",
        "pa": "ਰਿਹਾਇਸ਼",
        "pl": "Mieszkania",
        "ur": "رہائش",
        "zh-Hans": "住房",
        "zh-Hant": "房屋",
    },
)
SLIP = SlipSnapshot(
    council=TICKET.council,
    office=TICKET.office,
    number=TICKET.number,
    service=TICKET.service,
    visited_at=DAY,
    printed_at=DAY,
    timezone=TICKET.timezone,
    end=End.TO_FOLLOW,
    due=date(2026, 12, 1),
    owner="Priya Shah",
    telephone="020 7946 0124",
    email="priya.shah@hertsmere.example",
    code=TICKET.code,
)
COLOURS, GREYS = 192, 16


def main(folder: Path, images: Path) -> None:
    """See the module."""
    images.mkdir(parents=True, exist_ok=True)
    for paper in sorted(folder.glob("paper-*.pdf")):
        for number, page in enumerate(rasterise(paper.read_bytes()), start=1):
            page.save(folder / f"{paper.stem}-{number}.png", optimize=True)
    with tempfile.TemporaryDirectory() as scratch:
        _draw_letters(Path(scratch), folder)
    for name, called in SCREENS.items():
        (file,) = folder.glob(f"[0-9][0-9]-{name}.png")
        _save(Image.open(file).convert("RGB"), images / f"{called}.png", COLOURS)
    for name, called in LETTERS.items():
        _save(Image.open(folder / f"{name}.png").convert("L"), images / f"{called}.png", GREYS)
    Image.open(folder / "paper-1-1.png").save(images / "ticket.png", optimize=True)
    Image.open(folder / "paper-ticket-ur.png").save(images / "ticket-urdu.png", optimize=True)


def _save(picture: Image.Image, file: Path, colours: int) -> None:
    """With no dither, which would speckle what is plain and make the file larger."""
    picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)


def _draw_letters(scratch: Path, folder: Path) -> None:
    make_files(scratch, Config(), lambda _done, _of: None, DAY)
    clock = SetClock(DAY)
    door = open_door(load(scratch / CONFIG_NAME), clock=clock)
    try:
        stationery = door.press.stationery
        for kind, appointment_id in _letters(door, clock):
            for size in (False, True) if kind is not LetterKind.INTERPRETER_ORDER else (False,):
                letter = door.ask(LetterOf(appointment_id, kind, size))
                for tag in TAGS if kind is not LetterKind.INTERPRETER_ORDER else TAGS[:1]:
                    made = letter_pdf(replace(letter, language=tag), stationery)
                    name = f"letter-{_name(kind.value.replace('_', '-'), tag, size)}"
                    _save_pages(made.pdf, folder, name)
                    if made.file_copy and not size:
                        _save_pages(made.file_copy, folder, f"{name}-for-the-file")
        _draw_tickets(stationery, folder)
    finally:
        door.close()


def _draw_tickets(stationery: Stationery, folder: Path) -> None:
    """A ticket and a slip in every language and both sizes, as a ticket printer prints them."""
    for tag, size in product(TAGS, (False, True)):
        ticket = replace(TICKET, language=tag, large_print=size)
        slip = replace(SLIP, language=tag, large_print=size)
        for kind, pdf in (
            ("ticket", ticket_pdf(ticket, Paper.ROLL_80, stationery)),
            ("slip", slip_pdf(slip, Paper.ROLL_80, stationery)),
        ):
            (page,) = rasterise(pdf)
            page.save(folder / f"paper-{_name(kind, tag, size)}.png", optimize=True)


def _name(kind: str, tag: str, size: bool) -> str:
    return "-".join(filter(None, (kind, "" if tag == "en" else tag, "large-print" if size else "")))


def _save_pages(pdf: bytes, folder: Path, name: str) -> None:
    for number, drawn in enumerate(page_images(pdf, SCALE), start=1):
        Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels).save(folder / f"{name}-{number}.png")


def _letters(door: Door, clock: SetClock) -> Iterator[tuple[LetterKind, str]]:
    """Each kind with an appointment that it is about, brought about before it is written."""
    by: dict[str, Any] = {"office_id": CIVIC, "officer_id": PRIYA, "station": "Desk 3"}
    planning, visit, missed = (_row(door, name) for name in ("Adebayo", "Kowalska", "Ferri"))
    clock.at = DAY - WEEKS_BEFORE
    yield LetterKind.CONFIRMATION, planning.id
    yield LetterKind.INTERPRETER_ORDER, planning.id
    yield LetterKind.HOME_VISIT, visit.id
    clock.at = DAY
    slots = door.ask(SlotsLike(CIVIC, planning.id))
    offered = tuple(slot.place.starts for slot in slots)
    late = a.TellOfDelay(
        **by,
        appointment_id=planning.id,
        reason=DelayReason.RUNNING_OVER,
        expected_minutes=35,
        offered=offered,
        by_telephone=True,
    )
    door.do(late)
    yield LetterKind.DELAY_APOLOGY, planning.id
    version = door.ask(OneAppointment(planning.id)).row.version
    door.do(
        a.MoveAppointment(**by, appointment_id=planning.id, version=version, place=slots[-1].place, offered=offered)
    )
    yield LetterKind.NEW_TIME, planning.id
    card = door.ask(OneAppointment(missed.id))
    door.do(
        a.CorrectAppointment(
            **by, appointment_id=missed.id, version=card.row.version, visitor=_at_home(card.visitor), about=card.about,
            party_size=card.row.party_size,
        )
    )  # fmt: skip
    yield LetterKind.MISSED, missed.id
    door.do(a.CancelAppointment(**by, appointment_id=visit.id, by_visitor=False))
    yield LetterKind.CANCELLATION, visit.id


def _row(door: Door, name: str) -> AppointmentRow:
    rows: tuple[AppointmentRow, ...] = door.ask(FindAppointments(CIVIC, name))
    return rows[0]


def _at_home(visitor: Visitor) -> Visitor:
    """With an address: whoever was booked by telephone left none."""
    return Visitor(visitor.person, telephone=visitor.telephone, address="4 Sample Avenue\nPotters Bar\nEN6 0AB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
