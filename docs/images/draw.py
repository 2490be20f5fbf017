"""The pictures of `script/screenshots`: every paper of the sample day, and the few that README and docs show.

    python docs/images/draw.py FOLDER IMAGES

FOLDER holds what the tour left; its papers and all letters in both sizes are put there as PNG. IMAGES gets the few,
each with as few colours as it does with.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from reception.app import Door, open_door
from reception.cli.sample import make_files
from reception.clock import HOUR, SetClock
from reception.config import CONFIG_NAME, Config, load
from reception.documents.preview import page_images
from reception.documents.raster import rasterise
from reception.domain.book import AppointmentRow
from reception.domain.booked import DelayReason, LetterKind
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services.appointment_queries import FindAppointments, OneAppointment, SlotsLike
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
LETTERS = {"letter-confirmation-1": "letter", "letter-confirmation-large-print-1": "letter-large-print"}
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


def _save(picture: Image.Image, file: Path, colours: int) -> None:
    """With no dither, which would speckle what is plain and make the file larger."""
    picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)


def _draw_letters(scratch: Path, folder: Path) -> None:
    make_files(scratch, Config(), lambda _done, _of: None, DAY)
    clock = SetClock(DAY)
    door = open_door(load(scratch / CONFIG_NAME), clock=clock)
    try:
        for kind, appointment_id in _letters(door, clock):
            for size in (False, True) if kind is not LetterKind.INTERPRETER_ORDER else (False,):
                letter = door.letter(appointment_id, kind, size)
                for number, drawn in enumerate(page_images(letter.pdf, SCALE), start=1):
                    name = f"letter-{kind.value.replace('_', '-')}{'-large-print' if size else ''}-{number}.png"
                    Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels).save(folder / name)
    finally:
        door.close()


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
