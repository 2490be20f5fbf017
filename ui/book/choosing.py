"""What is chosen in the book, and what can be done with it now."""

from __future__ import annotations

from datetime import date, timedelta

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentRow, BookView
from reception.domain.booked import Kind, Standing
from reception.domain.person import Need
from ui.book.cancelled_panel import BOOK_AGAIN
from ui.book.card_sheet import Chosen
from ui.book.columns import Arrangement, By, Range, whose
from ui.book.faces import At, standing_at
from ui.book.grid import BookGrid
from ui.book.keys import ENTRIES, Act, BookKeys
from ui.book.walking import Spot
from ui.book.words import days_words
from ui.moments import day_words


def chosen_of(grid: BookGrid, spot: Spot | None) -> Chosen:
    """What a spot of the grid stands for."""
    plan = grid.plan()
    if spot is None or plan is None:
        return Chosen()
    block = plan.by_key.get(spot.key)
    if block is not None:
        return Chosen(row=block.row)
    local, column = plan.day(spot.column), plan.columns[spot.column]
    whose = column.title
    if plan.shown.days > 1:
        office = plan.view.office
        officer, room = office.officer(column.officer_id), office.room(column.room_id)
        whose = officer.name if officer is not None else room.name if room is not None else column.title
    return Chosen(free=(local.instant(spot.starts), local.instant(spot.ends), whose))


def settle_keys(keys: BookKeys, chosen: Chosen, view: BookView, now: Instant) -> None:
    """Enable what can be done, and word it for what is chosen."""
    row = chosen.row
    ahead = row is not None and row.standing is Standing.BOOKED
    is_today = row is not None and local_date(row.starts, view.office.zone) == local_date(now, view.office.zone)
    at_office = row is None or row.kind is Kind.OFFICE
    missed = row is not None and row.standing is Standing.DID_NOT_ATTEND
    keys[Act.CHECK_IN].setText("Check in" if at_office else "Took place")
    begun = row is not None and now >= row.starts
    keys[Act.CHECK_IN].setEnabled((ahead and (is_today if at_office else begun)) or (missed and is_today))
    for act in (Act.MOVE, Act.CANCEL):
        keys[act].setEnabled(ahead)
    again = row is not None and may_book_again(row, now)
    keys[Act.ANOTHER_TIME].setEnabled(ahead or (again and chosen.card is not None))
    keys[Act.ANOTHER_TIME].setText(BOOK_AGAIN if again else ENTRIES[Act.ANOTHER_TIME].words)
    for act in (Act.LETTER, Act.DETAILS):
        keys[act].setEnabled(row is not None)
    keys[Act.LETTER].setVisible(row is not None)
    large = row is not None and Need.LARGE_PRINT in row.needs
    keys[Act.LETTER].setText("Print letter, large print" if large else "Print letter")
    keys[Act.INTERPRETER].setVisible(row is not None and bool(row.interpreter_id or row.language))
    keys[Act.WANTS_EARLIER].setEnabled(ahead)
    on_list = row is not None and row.wants_earlier
    keys[Act.WANTS_EARLIER].setText("Off earlier list" if on_list else "Wants earlier")
    late = row is not None and standing_at(row, now) is At.NOT_HERE
    rings = row is not None and row.kind is Kind.TELEPHONE
    keys[Act.MISSED].setText("No answer" if rings else "Did not attend")
    keys[Act.MISSED].setVisible(late or (rings and ahead and begun))
    keys[Act.EARLIER_LIST].setEnabled(view.wanting_earlier > 0)


def may_book_again(row: AppointmentRow, now: Instant) -> bool:
    """Whether it is over, so that another time is a new booking."""
    return standing_at(row, now) in (At.MISSED, At.TOOK_PLACE, At.SEEN, At.LEFT)


def title_of(shown: Arrangement, today: date) -> str:
    """The days that are shown in words."""
    if shown.range is Range.DAY:
        return day_words(shown.day, today)
    return days_words(shown.first, shown.first + timedelta(days=6), today)


def next_who(shown: Arrangement, view: BookView, step: int) -> str:
    """Whose week comes after, or before, the one that is shown; round to the first after the last."""
    known = [key for key, _ in whose(view, shown)]
    if shown.who not in known:
        return known[0] if known else ""
    return known[(known.index(shown.who) + step) % len(known)]


def whose_week(shown: Arrangement, row: AppointmentRow | None, grid: BookGrid, view: BookView) -> str:
    """The officer or room whose week is meant: of what is chosen, else of the column of the cursor, else the first."""
    spot, plan, found = grid.cursor_spot(), grid.plan(), ""
    if row is not None:
        found = row.room_id if shown.by is By.ROOMS else row.officer_id
    elif spot is not None and plan is not None and plan.shown.range is Range.DAY and plan.shown.by is shown.by:
        column = plan.columns[spot.column]
        found = column.room_id if shown.by is By.ROOMS else column.officer_id
    known = [key for key, _ in whose(view, shown)]
    return found if found in known else (known[0] if known else "")
