"""A ticket and a letter in nine languages, after the first of each: from a snapshot to a tagged PDF.

Time of the processor, since nothing here waits for anything. A letter in another language than English is two
documents: its English copy for the file as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

from msgspec.structs import replace

from benchmarks.measure import Options, Row, at_most
from reception.config import Paper
from reception.documents.letters import letter_pdf
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from reception.domain.languages import VISITOR_LANGUAGES
from tests.documents.letter_samples import CONFIRMATION
from tests.documents.samples import TICKET

NAME = "papers"
AIM_MS = 150


def run(options: Options) -> list[Row]:
    stationery = Stationery.load()
    found: dict[str, list[tuple[float, str]]] = {}
    for language in VISITOR_LANGUAGES:
        for large in (False, True):
            ticket = replace(TICKET, language=language.tag, large_print=large)
            letter = replace(CONFIRMATION, language=language.tag, large_print=large)
            makers: dict[str, Callable[[], object]] = {
                "ticket on a roll": partial(ticket_pdf, ticket, Paper.ROLL_80, stationery),
                "ticket on A6": partial(ticket_pdf, ticket, Paper.A6, stationery),
                "letter": partial(letter_pdf, letter, stationery),
            }
            for what, make in makers.items():
                found.setdefault(what, []).append((_milliseconds(make, options.times(15)), language.name))
    rows = []
    for what, times in found.items():
        slowest, language_name = max(times)
        rows.append(Row(f"{what}, median of all", median(time for time, _ in times), "ms"))
        rows.append(at_most(f"{what}, slowest language ({language_name})", slowest, "ms", AIM_MS))
    return rows


def _milliseconds(make: Callable[[], object], times: int) -> float:
    """The median, after a first one."""
    make()
    taken = []
    for _ in range(times):
        start = process_time()
        make()
        taken.append((process_time() - start) * 1000)
    return median(taken)
