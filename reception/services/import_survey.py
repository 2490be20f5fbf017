"""Looks a log over before anything of it is written: what can be taken in, what is set aside, which services it names.

`docs/definitions.md`, "Importing a log", is the law.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from zoneinfo import ZoneInfo

from reception.clock import Instant, local_date, midnight_after
from reception.domain.foresight import BELIEVABLE
from reception.errors import Code, Refusal
from reception.statistics.visit_log import LoggedVisit, Reason, SetAside, VisitLog

SERVICE_WITHOUT_NAME = "Walk-in"
"""What a visit is counted under whose row names no service."""


@dataclass(frozen=True)
class Survey:
    """What a log holds, before anything is written."""

    read: int
    aside: Counter[str]
    """Rows set aside, by reason."""
    not_yet: dict[int, Reason]
    """Their row numbers, where the reason is one of these."""
    services: tuple[str, ...]
    """The services of the believable rows, in the order in which they first appear; "" for none named."""
    long_services: int = 0
    """Of the believable rows, those served for longer than `BELIEVABLE`: most likely nobody closed the ticket."""
    to_another_day: int = 0
    """Of these, those whose service ended on another day than it began."""

    @property
    def believed(self) -> int:
        return self.read - self.aside.total()


def survey(log: VisitLog, now: Instant, zone: ZoneInfo) -> Survey:
    """Read the whole log and say what is to be set aside. `zone` is the office's, where its days end."""
    aside: Counter[str] = Counter()
    not_yet: dict[int, Reason] = {}
    services: dict[str, None] = {}
    long_services = to_another_day = 0
    for row in log:
        if isinstance(row, SetAside):
            aside[row.reason.value] += 1
        elif (reason := _not_yet(row, now, zone)) is not None:
            aside[reason.value] += 1
            not_yet[row.row_number] = reason
        else:
            services.setdefault(row.service or "")
            if row.started is not None and row.finished is not None and row.finished - row.started > BELIEVABLE:
                long_services += 1
                to_another_day += local_date(row.finished, zone) != local_date(row.started, zone)
    return Survey(log.rows, aside, not_yet, tuple(services), long_services, to_another_day)


def _not_yet(row: LoggedVisit, now: Instant, zone: ZoneInfo) -> Reason | None:
    times = (row.arrived, row.started, row.finished, row.left)
    if any(time is not None and time > now for time in times):
        return Reason.IN_THE_FUTURE
    unfinished = row.started is not None and row.finished is None
    if unfinished and midnight_after(local_date(row.arrived, zone), zone) > now:
        return Reason.NOT_OVER_YET
    return None


def rows_set_aside(log: VisitLog, found: Survey) -> Iterator[SetAside]:
    """The rows that were set aside, for the file of them."""
    for row, (row_number, cells) in zip(log, log.records(), strict=True):
        if isinstance(row, SetAside):
            yield row
        elif row_number in found.not_yet:
            reason = found.not_yet[row_number]
            yield SetAside(row_number, reason, tuple(cells))


REASONS: tuple[str, ...] = tuple(reason.value for reason in Reason)
"""Every reason for which a row may be set aside, in the order in which they are told."""


def choose_letter(name: str, taken: set[str]) -> str:
    """The first letter of the name, else the first of the alphabet that is free; refuses when none is."""
    plain = unicodedata.normalize("NFKD", name).upper()
    first = next((letter for letter in plain if letter in ascii_uppercase), "")
    for letter in first + ascii_uppercase:
        if letter not in taken:
            return letter
    raise too_many_services()


def too_many_services() -> Refusal:
    return Refusal(
        Code.BAD_INPUT,
        f"The log names more services than there are letters for their tickets ({len(ascii_uppercase)}).",
        "Check the column after --service, or leave it out.",
    )
