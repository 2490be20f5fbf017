"""The settings and the database that a command works with."""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from reception import config
from reception.app import Door, open_door
from reception.config import Config
from reception.storage.engine import open_engine


def settings_of(args: argparse.Namespace) -> Config:
    """The settings file that was named, or the usual one. What stands on the command line comes before all."""
    settings = config.load(args.config)
    return settings if args.database is None else replace(settings, database=args.database)


def existing_door(settings: Config) -> Door:
    """The door on a database that is there: asking for figures makes none. Refuses DATABASE_UNREACHABLE."""
    open_engine(settings.database_url(), must_exist=True).dispose()
    return open_door(settings)
