"""The ticket: number, place, time and wait in one look, then what to do and the code, in the visitor's language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.config import Paper
from reception.documents import paper_parts
from reception.documents.flow import CAPITALS, LEADING, Box, Flow, Words
from reception.documents.fonts import Weight
from reception.documents.paper_parts import Row
from reception.documents.stationery import SMALL, TEXT, Stationery
from reception.documents.wording import Wording
from reception.domain.papers import TicketSnapshot

_TALLEST_NUMBER = 240
"""Dots. A number of two characters would else be as high as the ticket is long."""


def ticket_pdf(ticket: TicketSnapshot, paper: Paper, stationery: Stationery) -> bytes:
    """The ticket as PDF. The same snapshot gives the same bytes. Refuses (FONT) a script without a font."""
    wording = stationery.words.of(ticket.language)
    flow = stationery.fill(paper, wording, lambda flow: _lay(flow, ticket, wording), large_print=ticket.large_print)
    return stationery.pdf(flow, wording.ticket.title.format(number=ticket.number))


def _lay(flow: Flow, ticket: TicketSnapshot, wording: Wording) -> None:
    words = wording.ticket
    if ticket.voided:
        _void_band(flow, words.void)
    paper_parts.letterhead(flow, ticket.council, ticket.office)
    flow.gap(22)
    flow.text(words.your_number, 32, part=flow.document.add("P"))
    flow.gap(33)
    top = flow.y
    flow.across(ticket.number, Weight.BOLD, tallest=_TALLEST_NUMBER, part=flow.document.add("H1"))
    if ticket.voided:
        _strike(flow, top, flow.y)
    flow.gap(37)
    _service(flow, ticket, wording)
    flow.gap(28)
    flow.rule()
    paper_parts.facts(flow, _rows(ticket, wording))
    flow.gap(31)
    flow.rule()
    flow.gap(21)
    texts = words.void_next if ticket.voided else words.next
    paper_parts.paragraphs(flow, words.next_heading, [text.format(number=ticket.number) for text in texts])
    if ticket.code and not ticket.voided:
        flow.gap(27)
        flow.rule()
        flow.gap(33)
        paper_parts.code(flow, ticket.code, words.scan_heading, words.scan, words.code)
    if ticket.reprint:
        flow.gap(36)
        flow.text(words.reprint, SMALL, part=flow.document.add("P"))


def _service(flow: Flow, ticket: TicketSnapshot, wording: Wording) -> None:
    """What the visit is about, with the English below it for staff; for who asked for privacy, that they did."""
    if ticket.private and wording.ticket.private:
        flow.text(wording.ticket.private, TEXT, Weight.SEMIBOLD, part=flow.document.add("P"))
        return
    said = ticket.services.get(ticket.language, "") if not paper_parts.is_english(flow) else ""
    if said and said != ticket.service:
        flow.text(said, 48, Weight.BOLD, part=flow.document.add("P"), smaller=(40, 36))
        flow.gap(26)
        part = flow.document.add("P", language=paper_parts.ENGLISH)
        flow.text(ticket.service, TEXT, part=part, foreign=True)
    else:
        part = flow.document.add("P", language=paper_parts.english_of(flow))
        flow.text(ticket.service, 48, Weight.BOLD, part=part, smaller=(40, 36), foreign=True)


def _rows(ticket: TicketSnapshot, wording: Wording) -> list[Row]:
    words, saying = wording.ticket, wording.saying
    taken = Row(words.taken, saying.moment_of(ticket.taken_at, ZoneInfo(ticket.timezone), words.taken_at))
    if ticket.voided:
        return [taken]
    place = ticket.places.get(ticket.language, "")
    booked = ticket.booked_for
    return [
        taken,
        Row(words.appointment, "" if booked is None else saying.time_of(booked, ZoneInfo(ticket.timezone))),
        Row(words.wait, saying.wait_of(ticket.wait) if ticket.wait else ""),
        Row(words.where, place or ticket.place, english=not place),
        Row(words.room, ticket.room, english=True),
    ]


def _void_band(flow: Flow, text: str) -> None:
    """White on black from margin to margin."""
    padding = 24 * flow.scale
    lines = flow.fitted(text, Weight.BOLD, (56,), flow.sheet.inner - 2 * padding)
    size = lines[0].size
    height = 2 * padding + size * (CAPITALS + (len(lines) - 1) * LEADING)
    flow.put(Box(flow.left, flow.y, flow.sheet.inner, height))
    base = flow.y + padding + size * CAPITALS
    part = flow.document.add("P")
    for line in lines:
        flow.put(Words(flow.left + padding, base, line, part, white=True))
        base += size * LEADING
    flow.y += height
    flow.gap(36)


def _strike(flow: Flow, top: float, bottom: float) -> None:
    """A bar through the number, edged in white so that it shows on black, on the cross-bar of an H too."""
    middle, height = (top + bottom) / 2, bottom - top
    flow.put(Box(flow.left, middle - 0.16 * height, flow.sheet.inner, 0.32 * height, white=True))
    flow.put(Box(flow.left, middle - 0.06 * height, flow.sheet.inner, 0.12 * height))
