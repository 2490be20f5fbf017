"""The columns of the identity: every visit is in exactly one (`docs/definitions.md`, "Columns")."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    """Where a visit counts. *Before* and *after* say on which side of its wait target it ended unseen."""

    SEEN = "seen"
    LEFT_BEFORE = "left_before"
    LEFT_AFTER = "left_after"
    NO_SHOW_BEFORE = "no_show_before"
    NO_SHOW_AFTER = "no_show_after"
    BOOKED_UNSEEN_BEFORE = "booked_unseen_before"
    BOOKED_UNSEEN_AFTER = "booked_unseen_after"
    SIGNPOSTED_UNSEEN_BEFORE = "signposted_unseen_before"
    SIGNPOSTED_UNSEEN_AFTER = "signposted_unseen_after"
    UNRESOLVED_UNSEEN_BEFORE = "unresolved_unseen_before"
    UNRESOLVED_UNSEEN_AFTER = "unresolved_unseen_after"
    OPEN = "open"


AFTER = frozenset(
    {
        Column.LEFT_AFTER,
        Column.NO_SHOW_AFTER,
        Column.BOOKED_UNSEEN_AFTER,
        Column.SIGNPOSTED_UNSEEN_AFTER,
        Column.UNRESOLVED_UNSEEN_AFTER,
    }
)
"""The unseen ends that lost the promise; the denominator of the share is these and the seen."""
