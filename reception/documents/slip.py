"""The slip that a visitor takes home: an answer that is to follow, or where else to go.

Hart's standards: "give you the name, telephone number and email address of the person dealing with your enquiry".
Hertsmere's: "have a free phone in main reception areas to allow you to contact other Council Offices".
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import local_date
from reception.config import Paper
from reception.documents import stationery as paper_parts
from reception.documents.flow import Flow
from reception.documents.fonts import Weight
from reception.documents.stationery import Stationery
from reception.domain.snapshots import End, SlipSnapshot


def slip_pdf(slip: SlipSnapshot, paper: Paper, stationery: Stationery) -> bytes:
    """The slip as PDF; the same snapshot gives the same bytes. Refuses (FONT) a script without a font."""
    match slip.end:
        case End.TO_FOLLOW:
            flow = stationery.fill(paper, lambda flow: _to_follow(flow, slip, stationery))
        case End.SIGNPOSTED:
            flow = stationery.fill(paper, lambda flow: _signpost(flow, slip, stationery))
        case _:
            raise ValueError(f"there is no slip for the end {slip.end}")
    return stationery.pdf(flow, stationery.wording.slip.title.format(number=slip.number))


def _to_follow(flow: Flow, slip: SlipSnapshot, stationery: Stationery) -> None:
    words, dates = stationery.wording.slip, stationery.wording.dates
    zone = ZoneInfo(slip.timezone)
    today = local_date(slip.printed_at, zone)
    day = dates.day_of(slip.due, seen_from=today) if slip.due else ""
    owner = slip.owner or slip.office
    paper_parts.letterhead(flow, slip.council, slip.office)
    flow.gap(22)
    if day:
        flow.text(words.answer_by, 32)
        flow.gap(30)
        flow.text(day, 64, Weight.BOLD, smaller=(56, 48, 40))
    else:
        flow.text(words.answer_to_come, 48, Weight.BOLD, smaller=(40, 36))
    flow.gap(30)
    flow.rule()
    paper_parts.facts(
        flow,
        [
            (words.owner, slip.owner),
            (words.telephone, slip.telephone),
            (words.email, slip.email),
            (words.reference, slip.code or slip.number),
            (words.service, slip.service),
            (words.visited, dates.moment_of(slip.visited_at, zone)),
        ],
    )
    flow.gap(31)
    flow.rule()
    flow.gap(21)
    texts = words.nothing_heard if day else words.nothing_heard_undated
    filled = [text.format(day=day, owner=owner) for text in texts]
    paper_parts.paragraphs(flow, words.nothing_heard_heading, filled)
    if slip.code:
        flow.gap(27)
        flow.rule()
        flow.gap(33)
        paper_parts.code(flow, slip.code, words.scan_heading, words.scan)


def _signpost(flow: Flow, slip: SlipSnapshot, stationery: Stationery) -> None:
    words, dates = stationery.wording.slip, stationery.wording.dates
    paper_parts.letterhead(flow, slip.council, slip.office)
    flow.gap(22)
    flow.text(words.go_to, 32)
    flow.gap(30)
    flow.text(slip.signpost_to, 64, Weight.BOLD, smaller=(56, 48, 40), lines=2)
    flow.gap(28)
    flow.rule()
    paper_parts.facts(
        flow,
        [
            (words.service, slip.service),
            (words.visited, dates.moment_of(slip.visited_at, ZoneInfo(slip.timezone))),
            (words.ticket, slip.number),
        ],
    )
    flow.gap(31)
    flow.rule()
    flow.gap(21)
    texts = [*words.next, words.free_telephone if slip.free_telephone else ""]
    paper_parts.paragraphs(flow, words.next_heading, texts)
