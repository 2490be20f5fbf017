"""Issue and call on psycopg, under the same lock and by the same clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.raw import Raw

LOCK = "SELECT pg_advisory_xact_lock(1380270928)"
HEAD = """SELECT sequence, last_at, settings_version,
    CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint) FROM journal_head WHERE id = 1"""


def connect(url: str, office_id: str, service_id: str, counter_id: str, officer_id: str) -> Raw:
    parsed = make_url(url)
    connection: psycopg.Connection[Any] = psycopg.connect(
        host=str(parsed.query["host"]), user=parsed.username, dbname=parsed.database
    )

    def execute(statement: str, values: Sequence[object]) -> psycopg.Cursor[Any]:
        return connection.execute(statement.replace("?", "%s"), values)

    def begin() -> tuple[int, int]:
        connection.execute(LOCK)
        sequence, _last_at, _settings, now = connection.execute(HEAD).fetchone()  # type: ignore[misc]
        return sequence, now

    return Raw(execute, begin, connection.commit, office_id, service_id, counter_id, officer_id)
