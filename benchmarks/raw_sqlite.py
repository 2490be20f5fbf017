"""Issue and call on the standard library's sqlite3, with the same safety: write-ahead log, full synchronisation."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import time_ns

from benchmarks.raw import Raw


def connect(path: Path, office_id: str, service_id: str, counter_id: str, officer_id: str) -> Raw:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")

    def begin() -> tuple[int, int]:
        connection.execute("BEGIN IMMEDIATE")
        sequence, _last_at, _settings = connection.execute(
            "SELECT sequence, last_at, settings_version FROM journal_head WHERE id = 1"
        ).fetchone()
        return sequence, time_ns() // 1_000_000

    return Raw(connection.execute, begin, connection.commit, office_id, service_id, counter_id, officer_id)
