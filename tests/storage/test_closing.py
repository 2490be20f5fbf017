"""A door that is closed while somebody still asks."""

from __future__ import annotations

import sqlalchemy as sa

from tests.support import door_on


def test_a_connection_that_is_given_back_after_the_door_was_closed_is_closed(database_url: str) -> None:
    door = door_on(database_url)
    connection = door.database.engine.connect()
    connection.execute(sa.text("SELECT 1"))
    driver = connection.connection.dbapi_connection
    assert driver is not None
    closed: list[object] = []
    sa.event.listen(door.database.engine.pool, "close", lambda driver, _: closed.append(driver))
    door.close()
    assert driver not in closed
    connection.close()
    assert driver in closed
