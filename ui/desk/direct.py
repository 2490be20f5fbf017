"""Keys that are answered at once: the command that each stands for."""

from __future__ import annotations

from collections.abc import Hashable

from reception.domain.desk_view import DeskView
from reception.domain.visit_states import End, State
from reception.services.commands import (
    CallAgain,
    CallNext,
    Command,
    Finish,
    FinishAndCallNext,
    Hold,
    Leave,
    NoShow,
    ReturnToQueue,
    StartService,
    Undo,
    WithdrawCall,
)
from ui.desk.key_table import Act
from ui.desk.situation import MainDeed, Situation
from ui.panels.minted import MintedIds
from ui.panels.sender import SentBy


def on_show(view: DeskView) -> Hashable:
    """What the counter's questions are about: when it differs from before, every question is a new one."""
    present = view.present
    if present is None:
        return (view.counter_id, view.officer_id)
    return (view.counter_id, view.officer_id, present.visit_id, present.state, present.calls, present.leg)


def direct_command(act: Act, view: DeskView, situation: Situation, by: SentBy, ids: MintedIds) -> Command | None:
    """The command of a key, or None when the key asks something first."""
    command_id = ids.id_for(act)
    if act is Act.MAIN:
        return _main(situation.main.deed, view, by, command_id)
    if act is Act.UNDO:
        if view.undoable is None:
            return None
        undoable = view.undoable.command_id
        return Undo(id=ids.id_for((act, undoable)), **by, command_id=undoable)
    if view.present is None:
        return None
    visit_id = view.present.visit_id
    match act:
        case Act.CALL_AGAIN:
            return CallAgain(id=command_id, **by, visit_id=visit_id)
        case Act.NO_SHOW:
            return NoShow(id=command_id, **by, visit_id=visit_id)
        case Act.BACK_TO_PLACE:
            return WithdrawCall(id=command_id, **by, visit_id=visit_id)
        case Act.FINISH if not view.present.then_services:
            return Finish(id=command_id, **by, visit_id=visit_id, end=End.RESOLVED)
        case Act.HOLD if view.present.state is State.SERVING:
            return Hold(id=command_id, **by, visit_id=visit_id)
        case Act.BACK_TO_QUEUE:
            return ReturnToQueue(id=command_id, **by, visit_id=visit_id)
        case Act.LEFT:
            return Leave(id=command_id, **by, visit_id=visit_id)
        case _:
            return None


def _main(deed: MainDeed, view: DeskView, by: SentBy, command_id: str) -> Command | None:
    if deed is MainDeed.CALL_NEXT:
        return CallNext(id=command_id, **by)
    if view.present is None:
        return None
    visit_id = view.present.visit_id
    match deed:
        case MainDeed.START:
            return StartService(id=command_id, **by, visit_id=visit_id)
        case MainDeed.FINISH:
            return Finish(id=command_id, **by, visit_id=visit_id, end=End.RESOLVED)
        case _:
            return FinishAndCallNext(id=command_id, **by, visit_id=visit_id)
