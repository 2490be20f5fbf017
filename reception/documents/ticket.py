"""The ticket: number, place, time and wait in one look, then what to do and the code."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.config import Paper
from reception.documents import stationery as paper_parts
from reception.documents.flow import CAPITALS, LEADING, Box, Flow, Words
from reception.documents.fonts import Weight
from reception.documents.stationery import Stationery
from reception.domain.snapshots import TicketSnapshot

_TALLEST_NUMBER = 240
"""Dots. A number of two characters would else be as high as the ticket is long."""


def ticket_pdf(ticket: TicketSnapshot, paper: Paper, stationery: Stationery) -> bytes:
    """The ticket as PDF. The same snapshot gives the same bytes. Refuses (FONT) a script without a font."""
    flow = stationery.fill(paper, lambda flow: _lay(flow, ticket, stationery))
    return stationery.pdf(flow, stationery.wording.ticket.title.format(number=ticket.number))


def _lay(flow: Flow, ticket: TicketSnapshot, stationery: Stationery) -> None:
    words, dates = stationery.wording.ticket, stationery.wording.dates
    zone = ZoneInfo(ticket.timezone)
    if ticket.voided:
        _void_band(flow, words.void)
    paper_parts.letterhead(flow, ticket.council, ticket.office)
    flow.gap(22)
    flow.text(words.your_number, 32)
    flow.gap(33)
    top = flow.y
    flow.across(ticket.number, Weight.BOLD, tallest=_TALLEST_NUMBER)
    if ticket.voided:
        _strike(flow, top, flow.y)
    flow.gap(37)
    flow.text(ticket.service, 48, Weight.BOLD, smaller=(40, 36))
    flow.gap(28)
    flow.rule()
    paper_parts.facts(
        flow,
        [
            (words.taken, dates.moment_of(ticket.taken_at, zone)),
            (words.wait, words.wait_of(ticket.wait) if ticket.wait and not ticket.voided else ""),
            (words.where, "" if ticket.voided else ticket.place),
            (words.room, "" if ticket.voided else ticket.room),
        ],
    )
    flow.gap(31)
    flow.rule()
    flow.gap(21)
    texts = words.void_next if ticket.voided else words.next
    paper_parts.paragraphs(flow, words.next_heading, [text.format(number=ticket.number) for text in texts])
    if ticket.code and not ticket.voided:
        flow.gap(27)
        flow.rule()
        flow.gap(33)
        paper_parts.code(flow, ticket.code, words.scan_heading, words.scan)
    if ticket.reprint:
        flow.gap(36)
        flow.text(words.reprint, paper_parts.SMALL)


def _void_band(flow: Flow, text: str) -> None:
    """White on black from margin to margin."""
    padding = 24 * flow.scale
    lines, size = flow.fitted(text, Weight.BOLD, (56,), flow.sheet.inner - 2 * padding)
    height = 2 * padding + size * (CAPITALS + (len(lines) - 1) * LEADING)
    flow.put(Box(flow.left, flow.y, flow.sheet.inner, height))
    base = flow.y + padding + size * CAPITALS
    for line in lines:
        flow.put(Words(flow.left + padding, base, line, Weight.BOLD, size, white=True))
        base += size * LEADING
    flow.y += height
    flow.gap(36)


def _strike(flow: Flow, top: float, bottom: float) -> None:
    """A bar through the number, edged in white so that it shows on black, on the cross-bar of an H too."""
    middle, height = (top + bottom) / 2, bottom - top
    flow.put(Box(flow.left, middle - 0.16 * height, flow.sheet.inner, 0.32 * height, white=True))
    flow.put(Box(flow.left, middle - 0.06 * height, flow.sheet.inner, 0.12 * height))
