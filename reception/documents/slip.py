"""The slip that a visitor takes home: an answer that is to follow, or where else to go.

Hart's standards: "give you the name, telephone number and email address of the person dealing with your enquiry".
Hertsmere's: "have a free phone in main reception areas to allow you to contact other Council Offices".
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.clock import local_date
from reception.config import Paper
from reception.documents import paper_parts
from reception.documents.breaking import unbroken
from reception.documents.direction import isolated
from reception.documents.flow import Flow
from reception.documents.fonts import Weight
from reception.documents.paper_parts import Row
from reception.documents.stationery import Stationery
from reception.documents.wording import Wording
from reception.domain.papers import SlipSnapshot
from reception.domain.visit_states import End


def slip_pdf(slip: SlipSnapshot, paper: Paper, stationery: Stationery) -> bytes:
    """The slip as PDF; the same snapshot gives the same bytes. Refuses (FONT) a script without a font."""
    wording = stationery.words.of(slip.language)
    match slip.end:
        case End.TO_FOLLOW:
            lay = _to_follow
        case End.SIGNPOSTED:
            lay = _signpost
        case _:
            raise ValueError(f"there is no slip for the end {slip.end}")
    flow = stationery.fill(paper, wording, lambda flow: lay(flow, slip, wording), large_print=slip.large_print)
    return stationery.pdf(flow, wording.slip.title.format(number=slip.number))


def _to_follow(flow: Flow, slip: SlipSnapshot, wording: Wording) -> None:
    words, saying = wording.slip, wording.saying
    zone = ZoneInfo(slip.timezone)
    today = local_date(slip.printed_at, zone)
    day = saying.day_of(slip.due, seen_from=today) if slip.due else ""
    owner = isolated(slip.owner or slip.office, right_to_left=flow.setter.right_to_left)
    paper_parts.letterhead(flow, slip.council, slip.office)
    flow.gap(22)
    if day:
        flow.text(words.answer_by, 32, part=flow.document.add("P"))
        flow.gap(30)
        flow.text(unbroken(day), 64, Weight.BOLD, part=flow.document.add("H1"), smaller=(56, 48, 40))
    else:
        flow.text(words.answer_to_come, 48, Weight.BOLD, part=flow.document.add("H1"), smaller=(40, 36))
    flow.gap(30)
    flow.rule()
    paper_parts.facts(
        flow,
        [
            Row(words.owner, slip.owner, english=True),
            Row(words.telephone, slip.telephone, english=True),
            Row(words.email, slip.email, english=True),
            Row(words.reference, slip.code or slip.number, english=True),
            Row(words.service, slip.service, english=True),
            Row(words.visited, saying.moment_of(slip.visited_at, zone, words.visited_at)),
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
        paper_parts.code(flow, slip.code, words.scan_heading, words.scan, words.code)


def _signpost(flow: Flow, slip: SlipSnapshot, wording: Wording) -> None:
    words, saying = wording.slip, wording.saying
    paper_parts.letterhead(flow, slip.council, slip.office)
    flow.gap(22)
    flow.text(words.go_to, 32, part=flow.document.add("P"))
    flow.gap(30)
    part = flow.document.add("H1", language=paper_parts.english_of(flow))
    flow.text(slip.signpost_to, 64, Weight.BOLD, part=part, smaller=(56, 48, 40), lines=2, foreign=True)
    flow.gap(28)
    flow.rule()
    paper_parts.facts(
        flow,
        [
            Row(words.service, slip.service, english=True),
            Row(words.visited, saying.moment_of(slip.visited_at, ZoneInfo(slip.timezone), words.visited_at)),
            Row(words.ticket, slip.number, english=True),
        ],
    )
    flow.gap(31)
    flow.rule()
    flow.gap(21)
    texts = [*words.next, words.free_telephone if slip.free_telephone else ""]
    paper_parts.paragraphs(flow, words.next_heading, texts)
