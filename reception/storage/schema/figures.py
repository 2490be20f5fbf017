"""What the figures of a past period need of one visit, kept beside it as one short text.

It is made when the visit is written, so that a year of them is read, not reckoned. It is four whole numbers of eight
hexadecimal digits: a number of codes, and three durations in milliseconds. Of the codes the last bits are `FLAGS`, then
come four bits of how it ended, four of its column, seven of its people and the rest of its hour. The durations are the
promised wait and one more, or 0 while it goes on; the wait over all legs; the time from arrival to end. What does not
fit, what is still open, and what only facts tell of, is `ODD` and is read by itself.
"""

from __future__ import annotations

from typing import Any

from reception.domain.columns import Column
from reception.domain.visit_states import End

DIGITS = 8
NUMBERS = 4
ODD = "f" * DIGITS * NUMBERS
COLUMNS = {column.value: place for place, column in enumerate(Column)}
ENDS = {end.value: place for place, end in enumerate(End, start=1)}
"""The codes. The database keeps them: a new value comes last."""
FLAGS = ("reinstated", "exempt", "told", "told_in_time", "offered", "took")
PEOPLE = 1 << 7
LONGEST = 1 << 31


def figures_of(row: dict[str, Any]) -> str:
    """Of a row of `visit`."""
    ended_at, wait, total_wait = row["ended_at"], row["promise_wait"], row["total_wait"]
    if ended_at is None or row["party_size"] >= PEOPLE or is_unsure(row):
        return ODD
    lasted = ended_at - row["arrived_at"]
    if lasted >= LONGEST or (wait or 0) >= LONGEST or not 0 <= total_wait < LONGEST:
        return ODD
    codes = (row["local_hour"] << 7 | row["party_size"]) << 4 | COLUMNS[row["outcome"]]
    codes = codes << 4 | ENDS.get(row["end"], 0)
    told = (row["told_at"] is not None, row["told_in_time"], row["was_offered"], row["took_another_time"])
    for flag in (row["reinstated"], row["exempt"], *told):
        codes = codes << 1 | bool(flag)
    return f"{codes:08x}{0 if wait is None else wait + 1:08x}{total_wait:08x}{max(0, lasted):08x}"


def is_unsure(row: dict[str, Any]) -> bool:
    """A no-show whose first call, to which the resolved clock runs, its facts alone remember; of the others it is the
    promised wait that runs to it."""
    was_elsewhere = row["leg"] > 1 or row["stepped_out"] > 0 or row["outcome"] == Column.SEEN.value
    return row["end"] == End.NO_SHOW.value and row["resolved_target"] is not None and was_elsewhere
