"""What the figures of a past period need of one visit, which the database itself keeps as one short text.

It is made when the visit is written, so that a year of them is read, not reckoned. It is four whole numbers of eight
hexadecimal digits: a number of codes, and three durations in milliseconds. Of the codes the last `FLAGS` bits say yes
or no, then come four bits of how it ended, four of its column, seven of its people and the rest of its hour. The
durations are the promised wait and one more, or 0 while it goes on; the wait over all legs; the time from arrival to
end. What does not fit, and what only facts tell of, is `ODD` and is read by itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles

from reception.domain.columns import Column
from reception.domain.snapshots import End

DIGITS = 8
NUMBERS = 4
ODD = "f" * DIGITS * NUMBERS
COLUMNS = tuple(Column)
ENDS = (None, *End)
"""Their places are the codes. The database keeps them: a new value comes last, and with a migration."""
FLAGS = {
    "reinstated": "reinstated",
    "exempt": "exempt",
    "told": "told_at IS NOT NULL",
    "told_in_time": "told_in_time",
    "offered": "was_offered",
}
_LONGEST = 1 << 31
IS_UNSURE = """"end" = 'no_show' AND resolved_target IS NOT NULL AND (leg > 1 OR stepped_out > 0 OR outcome = 'seen')"""
"""A no-show whose first call, to which the resolved clock runs, its facts alone remember; of the others it is the
promised wait that runs to it."""
_IS_ODD = (
    f"ended_at IS NULL OR ended_at - arrived_at >= {_LONGEST} OR coalesce(promise_wait, 0) >= {_LONGEST} "
    f"OR total_wait < 0 OR total_wait >= {_LONGEST} OR party_size >= 128 OR ({IS_UNSURE})"
)


def _code(column: str, values: tuple[str | None, ...]) -> str:
    each = " ".join(f"WHEN {column} = '{value}' THEN {place}" for place, value in enumerate(values) if value)
    return f"CASE {each} ELSE 0 END"


def _codes() -> str:
    column, end = _code("outcome", COLUMNS), _code('"end"', ENDS)
    codes = f"(((local_hour * 128 + party_size) * 16 + {column}) * 16 + {end})"
    for flag in FLAGS.values():
        codes = f"({codes} * 2 + CASE WHEN {flag} THEN 1 ELSE 0 END)"
    return codes


def figures(is_postgresql: bool) -> str:
    """The expression that makes the text."""
    numbers = (
        _codes(),
        "coalesce(promise_wait + 1, 0)",
        "total_wait",
        "CASE WHEN ended_at > arrived_at THEN ended_at - arrived_at ELSE 0 END",
    )
    if is_postgresql:
        text = " || ".join(f"lpad(to_hex({number}), {DIGITS}, '0')" for number in numbers)
    else:
        text = f"printf('{f'%0{DIGITS}x' * NUMBERS}', {', '.join(numbers)})"
    return f"CASE WHEN {_IS_ODD} THEN '{ODD}' ELSE {text} END"


class Figures(ColumnElement[str]):
    """The same, as each engine writes it."""

    inherit_cache = True
    type = Text()


@compiles(Figures)
def _of_engine(_element: Figures, compiler: Any, **_: Any) -> str:
    return figures(compiler.dialect.name == "postgresql")
