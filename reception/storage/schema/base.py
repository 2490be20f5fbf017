"""What all tables share: their metadata, the types of keys and days, the conditions of partial indexes."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    MetaData,
    String,
)

# The conditions of partial indexes. A query is served by such an index only when it says the very same, without
# parameters: see `conditions.py`.
OPEN = "state <> 'ended'"
AT_COUNTER = "state IN ('called', 'serving')"
TO_FOLLOW = "\"end\" = 'to_follow' AND done_at IS NULL"
CALLED_AND_STARTED = "called_at IS NOT NULL AND started_at IS NOT NULL"
UNDOABLE = "can_undo AND NOT undone"
UNPRINTED = "state <> 'printed'"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
DAY = String(10)


def office_id() -> Column[str]:
    return Column("office_id", ID, ForeignKey("office.id"), nullable=False)
