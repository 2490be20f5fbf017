"""What a person may have the program do, and what it came to.

A command carries an id that is minted when its question is shown; done twice it is done once, and the stored
result is returned. `station` names the window it comes from.
"""

from __future__ import annotations

from reception.services.commands.command import Command, Result, new_id
from reception.services.commands.counters import (
    AtHand,
    CloseDay,
    EndEvacuation,
    Evacuate,
    SignIn,
    SignInSupervisor,
    SignOff,
)
from reception.services.commands.cut_off import (
    AnswerQuestion,
    ClaimCheckIn,
    ClaimSeries,
    JoinWork,
    KeptVisit,
    joined_id,
    series_id,
)
from reception.services.commands.setting_up import AddStation, RemoveStation, SetUpOffice
from reception.services.commands.visitors_say import CallForHelp, GiveFeedback, GiveHelp
from reception.services.commands.visits import (
    CallAgain,
    CallNext,
    CallVisit,
    ChangeDetails,
    CompleteFollowUp,
    EndHold,
    Finish,
    FinishAndCallNext,
    Hold,
    Leave,
    LinkVisits,
    NoShow,
    OnVisit,
    Reinstate,
    Reprint,
    ReturnToQueue,
    SeeFirst,
    StartService,
    TakeTicket,
    Transfer,
    Undo,
    WithdrawCall,
)

__all__ = [
    "AddStation",
    "AnswerQuestion",
    "AtHand",
    "CallAgain",
    "CallForHelp",
    "CallNext",
    "CallVisit",
    "ChangeDetails",
    "ClaimCheckIn",
    "ClaimSeries",
    "CloseDay",
    "Command",
    "CompleteFollowUp",
    "EndEvacuation",
    "EndHold",
    "Evacuate",
    "Finish",
    "FinishAndCallNext",
    "GiveFeedback",
    "GiveHelp",
    "Hold",
    "JoinWork",
    "KeptVisit",
    "Leave",
    "LinkVisits",
    "NoShow",
    "OnVisit",
    "Reinstate",
    "RemoveStation",
    "Reprint",
    "Result",
    "ReturnToQueue",
    "SeeFirst",
    "SetUpOffice",
    "SignIn",
    "SignInSupervisor",
    "SignOff",
    "StartService",
    "TakeTicket",
    "Transfer",
    "Undo",
    "WithdrawCall",
    "joined_id",
    "new_id",
    "series_id",
]
