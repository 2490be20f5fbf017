"""What an office tells its visitors: notices, and its services in their languages. Read whole, saved whole."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.notices import Notice
from reception.domain.office import ServiceWords
from reception.services.office_settings import OfficeSettings
from reception.storage import schema as t

_NOTICES = sa.select(t.notice).order_by(t.notice.c.position)
_SERVICE_WORDS = sa.select(t.service_words)


def read_notices(connection: Connection) -> dict[str, list[Notice]]:
    """By office, in the order in which the office has them."""
    found: dict[str, list[Notice]] = defaultdict(list)
    for row in connection.execute(_NOTICES):
        found[row.office_id].append(_notice_from(row))
    return found


def read_service_words(connection: Connection) -> dict[str, dict[str, ServiceWords]]:
    """By service and language."""
    found: dict[str, dict[str, ServiceWords]] = defaultdict(dict)
    for row in connection.execute(_SERVICE_WORDS):
        found[row.service_id][row.language] = ServiceWords(row.name, row.about)
    return found


def save_told(connection: Connection, office_id: str, settings: OfficeSettings) -> None:
    """Notices and words as the settings have them, and no others."""
    connection.execute(sa.delete(t.notice).where(t.notice.c.office_id == office_id))
    notices = [_notice_row(office_id, place, notice) for place, notice in enumerate(settings.notices)]
    if notices:
        connection.execute(t.notice.insert(), notices)
    of_office = sa.select(t.service.c.id).where(t.service.c.office_id == office_id)
    connection.execute(sa.delete(t.service_words).where(t.service_words.c.service_id.in_(of_office)))
    words = [
        {"service_id": service.id, "language": language, "name": said.name, "about": said.about}
        for service in settings.services
        for language, said in service.said.items()
    ]
    if words:
        connection.execute(t.service_words.insert(), words)


def _notice_row(office_id: str, position: int, notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "office_id": office_id,
        "position": position,
        "words": msgspec.json.encode(dict(notice.words)).decode(),
        "first": notice.first and notice.first.isoformat(),
        "last": notice.last and notice.last.isoformat(),
        "opens": notice.opens and notice.opens.strftime("%H:%M"),
        "closes": notice.closes and notice.closes.strftime("%H:%M"),
        "weekdays": "".join(str(day) for day in sorted(notice.weekdays)),
    }


def _notice_from(row: Any) -> Notice:
    return Notice(
        row.id,
        msgspec.json.decode(row.words, type=dict[str, str]),
        row.first and date.fromisoformat(row.first),
        row.last and date.fromisoformat(row.last),
        row.opens and time.fromisoformat(row.opens),
        row.closes and time.fromisoformat(row.closes),
        frozenset(int(day) for day in row.weekdays),
    )
