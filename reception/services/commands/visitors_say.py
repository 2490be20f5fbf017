"""What visitors say without a ticket."""

from __future__ import annotations

from reception.domain.kiosk import Face
from reception.services.commands.command import Command


class CallForHelp(Command, frozen=True, kw_only=True):
    """Somebody at a kiosk asks for a member of staff; `discreet`: by the phrase that says nothing to bystanders."""

    discreet: bool = False


class GiveHelp(Command, frozen=True, kw_only=True):
    """A member of staff goes there; a call for help that was answered already is let be."""

    help_id: str


class GiveFeedback(Command, frozen=True, kw_only=True):
    """How did we do? Kept by service and day, and of nobody. `service_id` empty: of the office."""

    face: Face
    service_id: str = ""
