"""Questions to the desk: what stations that were cut off left to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.domain.events import Recorded
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.errors import Code, Refusal
from reception.services.station_ports import Claim, StoredQuestion
from reception.storage import schema as t
from reception.storage.codec import fact_from_json, fact_to_json


class KeptFact(Struct, frozen=True, omit_defaults=True):
    """A fact with its envelope as a question keeps it."""

    kind: str
    data: str
    at: Instant
    command_id: str
    counter_id: str = ""
    officer_id: str = ""
    estimated: bool = False


def facts_to_json(facts: Sequence[Recorded]) -> str:
    kept = [
        KeptFact(
            type(item.fact).__name__,
            fact_to_json(item.fact),
            item.at,
            item.command_id,
            item.counter_id,
            item.officer_id,
            item.estimated,
        )
        for item in facts
    ]
    return msgspec.json.encode(kept).decode()


def facts_from_json(kept: str) -> tuple[Recorded, ...]:
    return tuple(
        Recorded(
            each.at,
            each.command_id,
            fact_from_json(each.kind, each.data),
            each.counter_id,
            each.officer_id,
            each.estimated,
        )
        for each in msgspec.json.decode(kept, type=tuple[KeptFact, ...])
    )


class StoredQuestions:
    """The questions of one office within one transaction."""

    def __init__(self, connection: Connection, office_id: str) -> None:
        self._connection = connection
        self._office_id = office_id

    def open_about(self, visit_id: str, station: str) -> str | None:
        found = sa.select(t.question.c.id).where(
            t.question.c.visit_id == visit_id,
            t.question.c.station == station,
            t.question.c.answered_at.is_(None),
            t.question.c.kind.in_((QuestionKind.CALLED_ALOUD.value, QuestionKind.CHANGED_TWICE.value)),
        )
        return self._connection.execute(found).scalar()

    def ask(
        self,
        question_id: str,
        kind: QuestionKind,
        visit_id: str,
        station: str,
        at: Instant,
        there: Sequence[Recorded] = (),
        here: Sequence[Recorded] = (),
        claim: Claim | None = None,
    ) -> None:
        self._connection.execute(
            t.question.insert().values(
                id=question_id,
                office_id=self._office_id,
                kind=kind.value,
                asked_at=at,
                station=station,
                visit_id=visit_id,
                there=facts_to_json(there),
                here=facts_to_json(here),
            )
        )
        if claim is not None:
            self._connection.execute(
                t.question_person.insert().values(
                    question_id=question_id,
                    reference=claim.reference,
                    name=claim.name,
                    born=claim.born.isoformat() if claim.born else None,
                )
            )

    def add(self, question_id: str, there: Sequence[Recorded]) -> None:
        before = self.load(question_id).there
        self._change(question_id, there=facts_to_json([*before, *there]))

    def load(self, question_id: str) -> StoredQuestion:
        row = self._connection.execute(
            sa.select(t.question).where(t.question.c.id == question_id, t.question.c.office_id == self._office_id)
        ).first()
        if row is None:
            raise Refusal(Code.UNKNOWN_THING, "That question is not known here.", "Look at what is still asked.")
        return StoredQuestion(
            row.id, QuestionKind(row.kind), row.visit_id, facts_from_json(row.there), row.answered_at is not None
        )

    def answered(self, question_id: str, answer: QuestionAnswer, at: Instant) -> None:
        self._change(question_id, answered_at=at, answer=answer.value)
        self._connection.execute(t.question_person.delete().where(t.question_person.c.question_id == question_id))

    def _change(self, question_id: str, **values: Any) -> None:
        self._connection.execute(sa.update(t.question).where(t.question.c.id == question_id).values(**values))
