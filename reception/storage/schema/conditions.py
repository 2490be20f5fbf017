"""The conditions of partial indexes as queries say them."""

from __future__ import annotations

from sqlalchemy import (
    and_,
    literal_column,
    text,
)

from reception.storage.schema.book import appointment
from reception.storage.schema.records import print_job
from reception.storage.schema.visits import leg, visit

IS_OPEN = visit.c.state != literal_column("'ended'")
IS_AT_COUNTER = visit.c.state.in_([literal_column("'called'"), literal_column("'serving'")])
IS_IN_ROOM = and_(visit.c.room_id.is_not(None), IS_OPEN)
IS_OF_SERIES = appointment.c.series_id != literal_column("''")
IS_WANTING_EARLIER = appointment.c.wants_earlier_since.is_not(None)
# Nobody has checked in, and it is not marked as not attended.
IS_UNMARKED = text("appointment.standing = 'booked' AND appointment.kind = 'office' AND NOT appointment.voided")
IS_TO_FOLLOW = and_(visit.c.end == literal_column("'to_follow'"), visit.c.done_at.is_(None))
IS_CALLED_AND_STARTED = and_(leg.c.called_at.is_not(None), leg.c.started_at.is_not(None))
IS_UNDOABLE = text("command.can_undo AND NOT command.undone")
IS_UNPRINTED = print_job.c.state != literal_column("'printed'")
# The index of open visits serves those who wait, too, if it is told that they are open.
IS_WAITING = and_(visit.c.state == literal_column("'waiting'"), IS_OPEN)
IS_PLAIN_WALK_IN = text("NOT visit.voided AND visit.booked_for IS NULL AND visit.appointment_id IS NULL")
HAS_LATER_WAITS = visit.c.later_waits != literal_column("''")
