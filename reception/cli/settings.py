"""The settings that a command works with."""

from __future__ import annotations

import argparse

from msgspec.structs import replace

from reception import config
from reception.config import Config


def settings_of(args: argparse.Namespace) -> Config:
    """The settings file that was named, or the usual one. What stands on the command line comes before all."""
    settings = config.load(args.config)
    return settings if args.database is None else replace(settings, database=args.database)
