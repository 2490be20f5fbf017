"""An engine that keeps the rows and parameters of its statements to itself."""

from __future__ import annotations

import logging
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

_LOG_NAME = "reception"


def create_quiet_engine(url: URL, **options: Any) -> Engine:
    # Names stand in the parameters and rows of statements: they go to no log, at whatever level, and to no traceback.
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOG_NAME}").setLevel(logging.WARNING)
    return sa.create_engine(url, hide_parameters=True, logging_name=_LOG_NAME, **options)
