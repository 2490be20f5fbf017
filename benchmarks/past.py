"""Years of past visits, for asking whether a long memory makes the counter slow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from reception.storage import schema as t

A_DAY = 300
"""Visits a day: a hundred thousand are about a year and a half."""


def add_past_visits(url: str, template_id: str, count: int) -> None:
    """Copy one ended visit `count` times, with its facts and commands, into the days before its own.

    The journal goes on: the copies have the sequence numbers that come next, as an import's have.
    """
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        past = sa.Table(
            "past",
            sa.MetaData(),
            sa.Column("i", sa.Integer, primary_key=True),
            sa.Column("day", sa.Text),
            sa.Column("shift", sa.BigInteger),
            sa.Column("tag", sa.Text),
            prefixes=["TEMPORARY"],
        )
        past.create(connection)
        template = connection.execute(sa.select(t.visit).where(t.visit.c.id == template_id)).one()
        first = date.fromisoformat(template.local_day) - timedelta(days=count // A_DAY + 1)
        rows = []
        for i in range(count):
            day = first + timedelta(days=i // A_DAY)
            opens = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(minutes=i % A_DAY)
            shift = int(opens.timestamp() * 1000) - template.arrived_at
            rows.append({"i": i, "day": day.isoformat(), "shift": shift, "tag": f"past{i:08d}"})
        connection.execute(past.insert(), rows)
        _copy(connection, past, t.visit, template_id)
        for table in (t.leg, t.visitor):
            _copy(connection, past, table, template_id)
        _copy_facts(connection, past, template_id)
        past.drop(connection)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _copy(connection: sa.Connection, past: sa.Table, table: sa.Table, template_id: str) -> None:
    times = ("arrived_at", "since", "ended_at", "started_at", "called_at", "held_at")
    values: dict[str, sa.ColumnElement[Any]] = {
        column.name: (column + past.c.shift).label(column.name) if column.name in times else column
        for column in table.c
    }
    values |= {"id" if table is t.visit else "visit_id": past.c.tag}
    if table is t.visit:
        values |= {
            "local_day": past.c.day,
            "number": sa.literal("Z") + past.c.tag,
            "code": sa.literal("RC-") + past.c.tag,
        }
    key = table.c.id if table is t.visit else table.c.visit_id
    chosen = sa.select(*values.values()).select_from(table.join(past, sa.true())).where(key == template_id)
    connection.execute(table.insert().from_select(list(values), chosen))


def _copy_facts(connection: sa.Connection, past: sa.Table, template_id: str) -> None:
    facts = connection.execute(
        sa.select(t.journal.c.sequence, t.journal.c.command_id)
        .where(t.journal.c.visit_id == template_id)
        .order_by(t.journal.c.sequence)
    ).all()
    head = connection.execute(sa.select(t.journal_head.c.sequence)).scalar_one()
    count = connection.execute(sa.select(sa.func.count()).select_from(past)).scalar_one()
    for place, fact in enumerate(facts, start=1):
        tag = past.c.tag + sa.literal(f"-{place}")
        values = {column.name: column for column in t.journal.c} | {
            "sequence": sa.literal(head + place) + past.c.i * len(facts),
            "at": t.journal.c.at + past.c.shift,
            "visit_id": past.c.tag,
            "command_id": tag,
        }
        chosen = (
            sa.select(*values.values())
            .select_from(t.journal.join(past, sa.true()))
            .where(t.journal.c.sequence == fact.sequence)
        )
        connection.execute(t.journal.insert().from_select(list(values), chosen))
        commands = {column.name: column for column in t.command.c} | {"id": tag, "at": t.command.c.at + past.c.shift}
        chosen = (
            sa.select(*commands.values())
            .select_from(t.command.join(past, sa.true()))
            .where(t.command.c.id == fact.command_id)
        )
        connection.execute(t.command.insert().from_select(list(commands), chosen))
    connection.execute(sa.update(t.journal_head).values(sequence=head + count * len(facts)))
