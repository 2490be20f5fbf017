"""Which walk-ins of a column are seen, judged, kept and delayed."""

from __future__ import annotations

import numpy as np

from reception.domain.columns import AFTER, Column
from reception.statistics.groups import Flags
from reception.statistics.past_rows import COLUMNS, NONE, WalkIns

_SEEN = COLUMNS.index(Column.SEEN)
_AFTER = np.array([column in AFTER for column in COLUMNS])


def is_kept(visits: WalkIns) -> Flags:
    """Seen within their own target."""
    return np.asarray(is_seen(visits) & (visits.target != NONE) & (visits.wait <= visits.target))


def is_judged(visits: WalkIns) -> Flags:
    """Seen, or ended unseen after it, with a promise."""
    return np.asarray((is_seen(visits) | _AFTER[visits.column]) & (visits.target != NONE))


def is_seen(visits: WalkIns) -> Flags:
    return np.asarray(visits.column == _SEEN)


def is_delayed(visits: WalkIns) -> Flags:
    """Whose promise was lost; a log does not say who was told, so the imported are none."""
    return is_judged(visits) & ~is_kept(visits) & ~visits.imported
