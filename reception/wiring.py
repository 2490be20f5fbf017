"""Which function does which command, and which of them can be taken back. Loaded with a station's first command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reception.errors import Refusal
from reception.services import (
    absences,
    appointment_details,
    arriving,
    booking,
    bringing_in,
    calling,
    claiming,
    day,
    finishing,
    interpreting,
    joining,
    moving,
    moving_appointments,
    questions,
    rooms,
    setting_up,
    stations,
    telling,
    undoing,
    visitors_say,
    walk_in,
)
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.checking_settings import check_settings
from reception.services.office_ports import PinHasher
from reception.services.office_settings import KIOSK_PIN
from reception.services.ports import UnitOfWork
from reception.storage.database import Database
from reception.storage.day_to_day import pin_of

Handler = Callable[[Any, UnitOfWork], c.Result]
Handle = Callable[[UnitOfWork], c.Result | Refusal]

HANDLERS: dict[type[c.Command], Handler] = {
    c.TakeTicket: walk_in.take_ticket,
    c.ClaimCheckIn: claiming.claim_check_in,
    c.JoinWork: joining.join,
    c.AnswerQuestion: questions.answer_question,
    c.CallNext: calling.call_next,
    c.CallVisit: calling.call_visit,
    c.CallAgain: calling.call_again,
    c.StartService: calling.start_service,
    c.WithdrawCall: calling.withdraw_call,
    c.NoShow: calling.no_show,
    c.Reinstate: calling.reinstate,
    c.Leave: moving.leave,
    c.Hold: moving.hold,
    c.EndHold: moving.end_hold,
    c.ReturnToQueue: moving.return_to_queue,
    c.Transfer: moving.transfer,
    c.Finish: finishing.finish,
    c.FinishAndCallNext: finishing.finish_and_call_next,
    c.CompleteFollowUp: finishing.complete_follow_up,
    c.SeeFirst: walk_in.see_first,
    c.ChangeDetails: walk_in.change_details,
    c.LinkVisits: walk_in.link_visits,
    c.Reprint: walk_in.reprint,
    c.Undo: undoing.undo,
    c.SignOff: day.sign_off,
    c.CloseDay: day.close_day,
    c.Evacuate: day.evacuate,
    c.EndEvacuation: day.end_evacuation,
    c.AddStation: stations.add_station,
    c.RemoveStation: stations.remove_station,
    c.ClaimSeries: stations.claim_series,
    c.GiveFeedback: visitors_say.give_feedback,
    c.CallForHelp: visitors_say.call_for_help,
    c.GiveHelp: visitors_say.give_help,
    a.HoldSlot: booking.hold_slot,
    a.ReleaseHold: booking.release_hold,
    a.BookAppointment: booking.book_appointment,
    a.MoveAppointment: moving_appointments.move_appointment,
    a.CancelAppointment: moving_appointments.cancel_appointment,
    a.CheckIn: arriving.check_in,
    a.DidNotAttend: arriving.did_not_attend,
    a.Attended: arriving.attended,
    a.CorrectAppointment: appointment_details.correct_appointment,
    a.WantEarlier: appointment_details.want_earlier,
    a.ProgressInterpreter: appointment_details.progress_interpreter,
    a.KeepLetter: appointment_details.keep_letter,
    a.AssignRoom: rooms.assign_room,
    a.FreeRoom: rooms.free_room,
    a.SetRoomState: rooms.set_room_state,
    a.RequestInterpreter: interpreting.request_interpreter,
    a.InterpreterHere: interpreting.interpreter_here,
    a.CallWithoutInterpreter: interpreting.call_without_interpreter,
    a.TellOfDelay: telling.tell_of_delay,
    a.AnnounceDelay: telling.announce_delay,
    a.EnterAbsence: absences.enter_absence,
    a.RemoveAbsence: absences.remove_absence,
    a.BringInAppointments: bringing_in.bring_in_appointments,
}

# What a mis-click may have done and undo takes back, if it changed a visit, an appointment or an absence. Of a
# correction it only knows that it was the last thing done.
CAN_UNDO: frozenset[type[c.Command]] = frozenset(HANDLERS) - {
    c.ChangeDetails,
    c.JoinWork,
    c.AnswerQuestion,
    c.LinkVisits,
    c.Reprint,
    c.Undo,
    c.CloseDay,
    c.CallAgain,
    c.ClaimCheckIn,
    c.GiveFeedback,
    c.CallForHelp,
    c.GiveHelp,
    c.AddStation,
    c.RemoveStation,
    c.ClaimSeries,
    a.KeepLetter,
    a.BringInAppointments,
}

ABSENCES: frozenset[type[c.Command]] = frozenset({a.EnterAbsence, a.RemoveAbsence})


def handler_of(command: c.Command, database: Database, pins: PinHasher) -> Handle:
    """What does a command inside its unit of work. PINs are hashed here, before that takes the lock: it is slow on
    purpose. Refuses settings that are not possible."""
    match command:
        case c.SignIn():
            is_right = _pin_is_right(database, pins, command.officer_id, command.pin)
            return lambda uow: day.sign_in(command, uow, is_right)
        case c.SignInSupervisor():
            is_right = _pin_is_right(database, pins, command.officer_id, command.pin)
            return lambda uow: day.sign_in_supervisor(command, uow, is_right)
        case c.SetUpOffice():
            check_settings(command.settings)
            hashes = {entry.officer.id: pins.hash(entry.pin) for entry in command.settings.staff if entry.pin}
            if command.settings.kiosk_pin:
                hashes[KIOSK_PIN] = pins.hash(command.settings.kiosk_pin)
            is_right = bool(command.administrator_id) and _pin_is_right(
                database, pins, command.administrator_id, command.pin
            )
            return lambda uow: setting_up.set_up_office(command, uow, is_right, hashes)
        case _:
            handler = HANDLERS[type(command)]
            return lambda uow: handler(command, uow)


def _pin_is_right(database: Database, pins: PinHasher, officer_id: str, pin: str) -> bool:
    with database.read() as (connection, _head, _now):
        known = pin_of(connection, officer_id)
    return pins.verify(known.pin_hash, pin)
