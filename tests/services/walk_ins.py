"""What the tests of walk-ins share: refusals by their code, a visit served, reasons as they are kept."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.storage import schema as t
from tests.support import At, settings


def refused(code: Code, do: Any, *arguments: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do(*arguments, **more)
    assert caught.value.code is code
    return caught.value


def serve(at: At, visit: c.Result) -> None:
    """Called by name and started."""
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)


def reasons(at: At, visit: c.Result) -> list[tuple[str, str]]:
    with at.door._database.read() as (connection, _head, _now):
        rows = connection.execute(
            sa.select(t.visit_reason.c.kind, t.visit_reason.c.reason).where(t.visit_reason.c.visit_id == visit.visit_id)
        )
        return [(kind, reason) for kind, reason in rows]


def change(at: At, **changes: Any) -> None:
    at.change_settings(settings(**changes))
