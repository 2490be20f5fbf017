"""What all tables share: their metadata, and the types of keys and days."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    MetaData,
    String,
    text,
)

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


# What a column that was added later is filled with where rows are already there.
NO = text("false")
YES = text("true")
NOTHING = text("''")


def office_id() -> Column[str]:
    return Column("office_id", ID, ForeignKey("office.id"), nullable=False)
