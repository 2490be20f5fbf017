"""What a desk is asked: questions that stations left which were cut off."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.booked import Kind, Standing
from reception.domain.office import Office
from reception.domain.questions import Question, QuestionKind
from reception.storage import schema as t
from reception.storage.questions import facts_from_json
from reception.storage.sought import sought_name

_QUESTIONS = (
    sa.select(
        t.question,
        t.visit.c.number,
        t.visit.c.local_day,
        t.question_person.c.reference,
        t.question_person.c.name,
        t.question_person.c.born,
    )
    .join(t.visit, t.visit.c.id == t.question.c.visit_id)
    .outerjoin(t.question_person, t.question_person.c.question_id == t.question.c.id)
    .where(t.question.c.office_id == sa.bindparam("office_id"), t.question.c.answered_at.is_(None))
    .order_by(t.question.c.asked_at, t.question.c.id)
)
_CLAIMABLE = (
    sa.select(
        t.appointment.c.id,
        t.appointment.c.reference,
        t.appointment.c.local_day,
        t.appointment_person.c.sought_name,
        t.appointment_person.c.born,
    )
    .join(t.appointment_person, t.appointment_person.c.appointment_id == t.appointment.c.id)
    .where(
        t.appointment.c.office_id == sa.bindparam("office_id"),
        t.appointment.c.local_day.in_(sa.bindparam("days", expanding=True)),
        t.appointment.c.kind == Kind.OFFICE.value,
        t.appointment.c.standing.in_((Standing.BOOKED.value, Standing.DID_NOT_ATTEND.value)),
        ~t.appointment.c.voided,
    )
)


def questions_of(connection: Connection, office: Office) -> tuple[Question, ...]:
    """What is still to be settled, the oldest first. A claim names the one appointment of its day that it fits."""
    rows = connection.execute(_QUESTIONS, {"office_id": office.id}).all()
    claims = [row for row in rows if row.kind == QuestionKind.CLAIM.value]
    fitting = _fitting(connection, office, claims) if claims else {}
    return tuple(
        Question(
            row.id,
            QuestionKind(row.kind),
            row.asked_at,
            row.station,
            row.visit_id,
            row.number,
            tuple(type(item.fact).__name__ for item in facts_from_json(row.there)),
            tuple(type(item.fact).__name__ for item in facts_from_json(row.here)),
            _claimed(row),
            fitting.get(row.id, ""),
        )
        for row in rows
    )


def _claimed(row: Any) -> str:
    return ", ".join(each for each in (row.reference, row.name, _born(row.born)) if each)


def _born(iso: str | None) -> str:
    return "" if not iso else f"born {iso[8:]}/{iso[5:7]}/{iso[:4]}"


def _fitting(connection: Connection, office: Office, claims: list[Any]) -> dict[str, str]:
    """By question: the appointment that it fits, where it is the only one. By exact reference or code, else by exact
    name (however it is written) and date of birth."""
    days = sorted({row.local_day for row in claims})
    by_reference: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_person: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in connection.execute(_CLAIMABLE, {"office_id": office.id, "days": days}):
        by_reference[row.local_day, row.reference].append(row.id)
        if row.born:
            by_person[row.local_day, row.sought_name, row.born].append(row.id)
    found: dict[str, str] = {}
    for row in claims:
        fits = by_reference[row.local_day, row.reference.upper()] if row.reference else []
        if not fits and row.name and row.born:
            fits = by_person[row.local_day, sought_name(row.name), row.born]
        if len(fits) == 1:
            found[row.id] = fits[0]
    return found
