"""What visitors say at a kiosk: kept without anybody's name, and read for desks and figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import HOUR, Instant
from reception.domain.kiosk import Face
from reception.domain.questions import HelpCall
from reception.services.commands import Command
from reception.services.queries import FeedbackReport
from reception.storage import schema as t

if TYPE_CHECKING:
    from reception.storage.database import Database

HELP_STANDS_FOR = 4 * HOUR
"""A call for help that nobody answered in so long is of a visitor who has gone."""

_help = t.help_call.c
_STANDS = sa.and_(
    _help.office_id == sa.bindparam("office_id"), _help.given_at.is_(None), _help.asked_at > sa.bindparam("since")
)
_HELP_CALLS = sa.select(_help.id, _help.station, _help.asked_at, _help.discreet).where(_STANDS).order_by(_help.asked_at)
_SAME_STATION = sa.select(_help.id, _help.discreet).where(_STANDS, _help.station == sa.bindparam("station")).limit(1)
_FEEDBACK = (
    sa.select(t.feedback.c.local_day, t.service.c.name, t.feedback.c.face, sa.func.count().label("times"))
    .outerjoin_from(t.feedback, t.service, t.feedback.c.service_id == t.service.c.id)
    .where(
        t.feedback.c.office_id == sa.bindparam("office_id"),
        t.feedback.c.local_day.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(t.feedback.c.local_day, t.service.c.name, t.feedback.c.face)
    .order_by(t.feedback.c.local_day, t.service.c.name)
)


class StoredSayings:
    """Writes them, within one transaction (see `services.station_ports.Sayings`)."""

    def __init__(self, connection: Connection, command: Command, now: Instant) -> None:
        self._connection = connection
        self._command = command
        self._now = now

    def keep_feedback(self, day: date, face: Face, service_id: str) -> None:
        self._connection.execute(
            sa.insert(t.feedback),
            {
                "id": self._command.id,
                "office_id": self._command.office_id,
                "local_day": day.isoformat(),
                "service_id": service_id or None,
                "face": face.value,
            },
        )

    def call_for_help(self, discreet: bool) -> bool:
        command = self._command
        asked = {
            "office_id": command.office_id,
            "station": command.station,
            "since": self._now - HELP_STANDS_FOR,
        }
        standing = self._connection.execute(_SAME_STATION, asked).first()
        if standing is None:
            self._connection.execute(
                sa.insert(t.help_call),
                {
                    "id": command.id,
                    "office_id": command.office_id,
                    "station": command.station,
                    "asked_at": self._now,
                    "discreet": discreet,
                },
            )
        elif discreet and not standing.discreet:
            self._connection.execute(sa.update(t.help_call).where(_help.id == standing.id).values(discreet=True))
        else:
            return False
        return True

    def give_help(self, help_id: str) -> bool:
        given = self._connection.execute(
            sa.update(t.help_call)
            .where(_help.id == help_id, _help.office_id == self._command.office_id, _help.given_at.is_(None))
            .values(given_at=self._now)
        )
        return bool(given.rowcount)


def help_calls(connection: Connection, office_id: str, now: Instant) -> tuple[HelpCall, ...]:
    """Who asks for help at a kiosk and is not helped yet, the oldest first."""
    asked = {"office_id": office_id, "since": now - HELP_STANDS_FOR}
    return tuple(HelpCall(*row) for row in connection.execute(_HELP_CALLS, asked))


def feedback_report(database: Database, query: FeedbackReport) -> dict[str, dict[Face, int]]:
    """How often each face was touched, days inclusive."""
    asked = {"office_id": query.office_id, "first": query.first.isoformat(), "last": query.last.isoformat()}
    counts: dict[str, Counter[Face]] = defaultdict(Counter)
    with database.read() as (connection, _head, _now):
        for day, service, face, times in connection.execute(_FEEDBACK, asked):
            group = {"day": day, "service": service or "", "total": "total"}[query.by]
            counts[group][Face(face)] += times
    return {group: dict(faces) for group, faces in counts.items()}
