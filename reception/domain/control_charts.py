"""Days in time, and which of them stand out from the others."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Signal(StrEnum):
    """Why a point stands out from the others: the usual rules of control charts (Western Electric, 1956)."""

    BEYOND_LIMIT = "beyond_limit"
    """One point outside the limits of three sigma."""
    RUN = "run"
    """Nine or more in a row on one side of the mean."""
    TREND = "trend"
    """Six or more in a row, each above the one before, or each below."""
    TWO_OF_THREE = "two_of_three"
    """Two of three in a row beyond two sigma on one side."""


class ChartPoint(Struct, frozen=True):
    """One day. `low` and `high` are its limits, for a share narrower the more visits it rests on."""

    day: date
    value: float
    low: float
    high: float
    visits: int
    signals: tuple[Signal, ...] = ()


class Found(Struct, frozen=True):
    """One signal: `count` points in a row, from `first` to `last`."""

    signal: Signal
    first: date
    last: date
    count: int
    is_above: bool
    """On which side of the mean; of a trend: it rises."""


class ControlChart(Struct, frozen=True):
    """Days in time. `centre`: the mean of an XmR chart, the share of the whole period of a p-chart."""

    centre: float
    points: tuple[ChartPoint, ...]
    found: tuple[Found, ...]
    """In time, the graver first."""
    widened: float = 1.0
    """By how much the limits of shares are wider than chance among single visits makes them; 1 for medians."""
