"""What tells the members of staff apart, which is a supervisor's alone: figures by officer, and who told of a delay."""

from __future__ import annotations

from reception.domain.grouping import AppointmentGrouping, Grouping
from reception.errors import Code, Refusal
from reception.services.appointment_queries import AppointmentReport
from reception.services.queries import Query
from reception.services.supervisor_queries import Past


class ForSupervisors:
    """Whether one has signed in at a door, and not left since. Nobody has at first."""

    def __init__(self) -> None:
        self._is_one_here = False

    @property
    def is_one_here(self) -> bool:
        return self._is_one_here

    def came(self) -> None:
        """Their PIN was right."""
        self._is_one_here = True

    def left(self) -> None:
        """Their window has locked."""
        self._is_one_here = False

    def check(self, query: Query) -> None:
        """Refuses NOT_ALLOWED for figures by officer where no supervisor is there."""
        if not self._is_one_here and is_by_officer(query):
            raise Refusal(
                Code.NOT_ALLOWED,
                "Waits and promises by officer are for supervisors alone.",
                "Sign in with a supervisor's PIN first.",
            )


def is_by_officer(query: Query) -> bool:
    """The answer tells the members of staff apart."""
    match query:
        case Past(by=by):
            return by == Grouping.OFFICER
        case AppointmentReport(by=by):
            return by == AppointmentGrouping.OFFICER
        case _:
            return False
