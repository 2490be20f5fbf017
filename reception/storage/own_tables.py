"""What a station's own file holds beside the tables of every database: which file it is, how far its copy goes and how
this computer's clock stands to the database's, and what was done while cut off, in its order.
"""

from __future__ import annotations

import sqlalchemy as sa
from msgspec import Struct

from reception.clock import Instant, Millis

own_metadata = sa.MetaData()
copied = sa.Table(
    "own_copy",
    own_metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("office_id", sa.String(32), nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("settings_version", sa.BigInteger, nullable=False),
    sa.Column("clock_offset", sa.BigInteger, nullable=False),
    sa.Column("last_live", sa.BigInteger, nullable=False),
    sa.Column("series", sa.String(4), nullable=False),
)
identity = sa.Table(
    "own_file",
    own_metadata,
    sa.Column("file_id", sa.String(32), primary_key=True),
)
done = sa.Table(
    "own_done",
    own_metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("command_id", sa.String(32), nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("command", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("aloud", sa.String(32), nullable=False),
    sa.Column("joined", sa.Boolean, nullable=False),
    # it was refused when it was to join, and is kept in a file of its own
    sa.Column("set_aside", sa.Boolean, nullable=False),
)


class Copy(Struct, frozen=True):
    """How far the copy goes. `last_live`: the database's time when it last answered."""

    office_id: str
    day: str
    sequence: int
    settings_version: int
    clock_offset: Millis
    last_live: Instant
    series: str
