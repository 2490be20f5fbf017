"""What is held of a visitor, corrected at a station that was cut off, beside what another desk has corrected."""

from __future__ import annotations

from msgspec.structs import replace

from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.recording import LONGEST_TEXT

_WHERE = "Typed while cut off: "


def correct(uow: UnitOfWork, command: c.ChangeDetails) -> None:
    """Field by field. Where another desk has changed the same field, that stays, and what was typed goes into the note:
    nothing that was typed is lost, and nobody's words are overwritten unread.
    """
    now = uow.visits.person(command.visit_id)
    clashes = now.clashes(command.shown, command.person)
    stands = {name: getattr(now, name) for name in clashes}
    corrected = replace(now.corrected(command.shown, command.person), **stands)
    typed = "; ".join(str(getattr(command.person, name)) for name in clashes)
    if typed:
        corrected = replace(corrected, note=f"{corrected.note}\n{_WHERE}{typed}".strip()[:LONGEST_TEXT])
    uow.visits.save_person(command.visit_id, corrected)
