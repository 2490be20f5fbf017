"""Calls and announcements, as displays read them: rows of their own, written with the facts that they come to.

A row holds no name and no service; whether it is private, and the language it is said in, follow from what the visitor
needs, which no fact holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.events import (
    CallWithdrawn,
    CommandUndone,
    DelayAnnounced,
    Recorded,
    VisitCalled,
    VisitCalledAgain,
)
from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.person import Need, Person
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.storage import schema as t

_SPOKEN_AS = {"yue": "zh-Hant", "cmn": "zh-Hans", "zh": "zh-Hans"}
"""Languages that are spoken by their own tags, and read in one of the nine."""
_LANGUAGES = frozenset(each.tag for each in VISITOR_LANGUAGES[1:])
ENGLISH = VISITOR_LANGUAGES[0].tag

_CALLS = (VisitCalled, VisitCalledAgain)
_TAKES_BACK = (CallWithdrawn, CommandUndone)
_V = t.visitor.c
_PRIVATE = (sa.literal(",") + _V.needs + ",").contains(f",{Need.PRIVATE.value},")
_HEARD = sa.case(*((_V.spoken == spoken, tag) for spoken, tag in _SPOKEN_AS.items()), else_=_V.spoken)
_LANGUAGE = sa.case(
    (sa.or_(_PRIVATE, _HEARD == ENGLISH), ""),
    (_HEARD.in_(sorted(_LANGUAGES)), _HEARD),
    (_V.written.in_(sorted(_LANGUAGES)), _V.written),
    else_="",
)
_OWN = (
    "id",
    "office_id",
    "local_day",
    "visit_id",
    "number",
    "called_at",
    "times",
    "counter_id",
    "room_id",
    "withdrawn",
)
# In one statement, since every call waits for it; what it makes of the visitor is what `said_to` makes of a person.
_INSERT = sa.insert(t.call).from_select(
    [*_OWN, "private", "language"],
    sa.select(*(sa.bindparam(name, type_=t.call.c[name].type) for name in _OWN), _PRIVATE, _LANGUAGE).where(
        _V.visit_id == sa.bindparam("visit_id", type_=t.call.c.visit_id.type)
    ),
)
_OF_VISIT = t.call.c.visit_id == sa.bindparam("the_visit")
_UPDATE = sa.update(t.call).where(_OF_VISIT)


def language_of(spoken: str, written: str) -> str:
    """The language that a visitor is called in besides English, of those that the program speaks: as they speak, else
    as they read; empty for English alone."""
    heard = _SPOKEN_AS.get(spoken, spoken)
    if heard == ENGLISH:
        return ""
    return next((each for each in (heard, written) if each in _LANGUAGES), "")


def said_to(person: Person) -> dict[str, Any]:
    """What of a call follows from the person; who asked for privacy is called in English."""
    private = Need.PRIVATE in person.needs
    return {"private": private, "language": "" if private else language_of(person.spoken, person.written)}


def write_calls(
    connection: Connection, before: Visit, after: Visit, earlier: Sequence[Recorded], facts: Sequence[Recorded]
) -> None:
    """Write what new facts of a visit make of its calls; most make nothing of them, and cost nothing."""
    call = next((each for each in reversed(facts) if isinstance(each.fact, _CALLS)), None)
    if call is not None:
        connection.execute(_INSERT, _row(after, call))
    if any(isinstance(each.fact, _TAKES_BACK) for each in facts):
        taken_back = sorted(withdrawn_calls([*earlier, *facts]))
        connection.execute(_UPDATE.values(withdrawn=t.call.c.id.in_(taken_back)), {"the_visit": after.id})
    if before.number != after.number:
        connection.execute(_UPDATE.values(number=after.number), {"the_visit": after.id})
    if before.room_id != after.room_id and before.state is State.CALLED and after.state is State.CALLED:
        since = after.leg.called_at or 0
        moved = _UPDATE.where(t.call.c.called_at >= since).values(room_id=after.room_id or None)
        connection.execute(moved, {"the_visit": after.id})


def follow_person(connection: Connection, visit_id: str, person: Person) -> None:
    """What was corrected of a person holds for the calls that are shown, too."""
    connection.execute(_UPDATE.values(**said_to(person)), {"the_visit": visit_id})


def withdrawn_calls(facts: Iterable[Recorded]) -> set[str]:
    """The commands whose call no longer holds: undone themselves, or put back into the queue with all repeats."""
    held = list(facts)
    undone = {each.fact.command_id for each in held if isinstance(each.fact, CommandUndone)}
    found: set[str] = set()
    present: set[str] = set()
    for each in held:
        if isinstance(each.fact, _CALLS) and each.command_id in undone:
            found.add(each.command_id)
        elif each.command_id in undone:
            continue
        elif isinstance(each.fact, VisitCalled):
            present = {each.command_id}
        elif isinstance(each.fact, VisitCalledAgain):
            present.add(each.command_id)
        elif isinstance(each.fact, CallWithdrawn):
            found |= present
    return found


def calls_that_differ(rows: Iterable[Mapping[str, Any]], visit: Visit, facts: Sequence[Recorded]) -> Iterator[str]:
    """The ids of those rows of a visit's calls that its facts do not come to."""
    calls = {each.command_id: each for each in facts if isinstance(each.fact, _CALLS)}
    taken_back = withdrawn_calls(facts)
    for row in rows:
        call = calls.get(row["id"])
        if (
            call is None
            or row["number"] != visit.number
            or row["called_at"] != call.at
            or row["withdrawn"] != (row["id"] in taken_back)
            or row["local_day"] != visit.local_day.isoformat()
        ):
            yield row["id"]


def write_announcement(
    connection: Connection, command_id: str, office_id: str, fact: DelayAnnounced, at: Instant, day: date
) -> None:
    """A delay that is announced to the whole room."""
    connection.execute(
        t.announcement.insert().values(
            id=command_id,
            office_id=office_id,
            local_day=day.isoformat(),
            announced_at=at,
            reason=fact.reason.value,
            service_id=fact.service_id or None,
            minutes=fact.minutes,
        )
    )


def _row(visit: Visit, call: Recorded) -> dict[str, Any]:
    assert isinstance(call.fact, _CALLS)
    return {
        "id": call.command_id,
        "office_id": visit.office_id,
        "local_day": visit.local_day.isoformat(),
        "visit_id": visit.id,
        "number": visit.number,
        "called_at": call.at,
        "times": visit.leg.calls or 1,
        "counter_id": call.fact.counter_id,
        "room_id": visit.room_id or None,
        "withdrawn": False,
    }
