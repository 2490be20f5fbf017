"""Of how many lost promises the visitor was told in time, in a sentence that says what is known of it."""

from __future__ import annotations

from collections.abc import Callable

from reception.domain.reporting import Figure, Row

Said = Callable[[Figure], str]


def told_in_time_words(row: Row, count: Said, share: Said) -> str:
    """ "Told in time: 41 (27%)." In what is published the count, the share or both may be told as a bound, or hidden;
    a bound beside a count that is told would only be read as a contradiction."""
    told, of_all = row["told_in_time"], row["share_told_in_time"]
    if told.value == 0:
        return "Nobody was told in time."
    if told.is_hidden and of_all.at_most is not None:
        return f"Told in time: fewer than 5, {share(of_all)}."
    if told.is_hidden:
        return f"Told in time: {share(of_all)}."
    if of_all.is_hidden:
        return f"Told in time: {count(told)}."
    return f"Told in time: {count(told)} ({share(of_all)})."
