"""What visitors say at a kiosk without a ticket: how we did, and that they need somebody. One function per command."""

from __future__ import annotations

from reception.clock import local_date
from reception.domain.events import FeedbackGiven, HelpAsked, HelpGiven
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.recording import service_of


def give_feedback(command: c.GiveFeedback, uow: UnitOfWork) -> c.Result:
    """Kept by service and day. Refuses a service that the office does not have."""
    office = uow.offices.office()
    if command.service_id:
        service_of(uow, command.service_id)
    uow.sayings.keep_feedback(local_date(uow.now, office.zone), command.face, command.service_id)
    uow.record(FeedbackGiven(command.face, command.service_id))
    return c.Result(command.id, at=uow.now)


def call_for_help(command: c.CallForHelp, uow: UnitOfWork) -> c.Result:
    """The call stands until it is answered. A station has one at a time: asked again, the first one stands, and what
    was asked for discreetly once stays so.
    """
    if uow.sayings.call_for_help(command.discreet):
        uow.record(HelpAsked(command.discreet))
    return c.Result(command.id, at=uow.now)


def give_help(command: c.GiveHelp, uow: UnitOfWork) -> c.Result:
    """Somebody goes there. One that was answered already, or never was, is let be."""
    if uow.sayings.give_help(command.help_id):
        uow.record(HelpGiven(command.help_id))
    return c.Result(command.id, at=uow.now)
