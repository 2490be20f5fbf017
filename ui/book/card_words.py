"""What the sheet beside the grid says of an appointment."""

from __future__ import annotations

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentCard, AppointmentRow, BookView
from reception.domain.booked import Kind, Standing
from reception.domain.person import Need
from ui.book.faces import At, standing_at
from ui.book.words import kind_icon, kind_words, letter_words, need_list, safe_words
from ui.languages import interpreted_name
from ui.moments import joined, said_time, short_day
from ui.needed import NeedItem, need_icon, need_short, need_words, needs_in_order


def facts_of(
    row: AppointmentRow, card: AppointmentCard | None, view: BookView, now: Instant
) -> list[tuple[str, str | tuple[NeedItem, ...]]]:
    """The rows of its form: label and value; needs as a list of them."""
    zone = view.office.zone
    found: list[tuple[str, str | tuple[NeedItem, ...]]] = [("Visitor", row.name or "Name not given")]
    if row.party_size > 1:
        found.append(("People", str(row.party_size)))
    found.append(("Reference", row.reference))
    if items := need_items(row):
        found.append(("Needs", items))
    if row.standing is not Standing.BOOKED:
        found.append(("State", state_sentence(row, now, view)))
    if card is not None:
        if card.about:
            found.append(("About", card.about))
        if card.visitor.safe:
            found.append(("Contact", joined(safe_words(each) for each in sorted(card.visitor.safe))))
        if card.visitor.telephone:
            found.append(("Telephone", card.visitor.telephone))
        if card.visitor.born is not None:
            found.append(("Born", short_day(card.visitor.born) + f" {card.visitor.born.year}"))
        if card.visitor.address:
            found.append(("Address", card.visitor.address.replace("\n", ", ")))
        if row.kind is Kind.HOME_VISIT and card.home.purpose:
            found.append(("Purpose", card.home.purpose))
        if row.kind is Kind.HOME_VISIT and card.home.password:
            found.append(("Password", card.home.password))
        if card.home.have_ready:
            found.append(("Needed", card.home.have_ready))
        if card.series:
            found.append(("Repeat", f"One of {len(card.series) + 1}"))
        if card.letters:
            found.append(("Letters", joined(letter_words(each) for each in card.letters)))
        if card.untrue_letter_at is not None and row.standing is Standing.BOOKED:
            written = short_day(local_date(card.untrue_letter_at, zone), local_date(now, zone))
            found.append(("Letter", f"That of {written} says another time: print a new one"))
        if card.reason:
            found.append(("Reason", card.reason))
    if row.told_at is not None:
        found.append(("Told", f"of a delay at {said_time(row.told_at, zone)}"))
    return found


def need_items(row: AppointmentRow) -> tuple[NeedItem, ...]:
    """The needs of an appointment, each with its icon; how it takes place as well, where that is not the office."""
    items = []
    full = dict(zip(need_list(row), need_list(row), strict=True))
    for need in needs_in_order():
        words = need_words(need)
        if words in full:
            items.append(NeedItem(need_icon(need), need_short(need), words))
    if row.language and row.language != "bfi":
        words = f"{interpreted_name(row.language)} interpreter"
        items.append(NeedItem(need_icon(Need.INTERPRETER), words, words))
    if row.kind is not Kind.OFFICE:
        words = kind_words(row.kind)
        items.append(NeedItem(kind_icon(row.kind), words, words))
    return tuple(items)


def state_sentence(row: AppointmentRow, now: Instant, view: BookView) -> str:
    """Where it stands, in a few words: "Here since 10.34am, ticket H009"."""
    zone = view.office.zone
    if row.standing is Standing.CANCELLED:
        return "Cancelled"
    match standing_at(row, now):
        case At.HERE:
            since = f" since {said_time(row.checked_in_at, zone)}" if row.checked_in_at is not None else ""
            return f"Here{since}, ticket {row.number}" if row.number else f"Here{since}"
        case At.SEEN:
            return f"Seen at {said_time(row.seen_at, zone)}" if row.seen_at is not None else "Seen"
        case At.LEFT:
            return "Left without being seen"
        case At.MISSED:
            return "Did not attend"
        case At.TOOK_PLACE:
            return "Took place"
    return "Booked"
