"""What the heat map says: each cell aloud, and below it where it is worst and on how much it rests."""

from __future__ import annotations

from collections.abc import Sequence

from reception.domain.figures import SMALL
from reception.domain.grouping import WEEKDAYS
from reception.domain.past_view import HeatCell, enough_visits
from ui.moments import hour_words, plural
from ui.supervisor.figure_words import minutes_aloud, minutes_words, share_words


def cell_aloud(cell: HeatCell | None, weekday: int, hour: int, *, is_share: bool) -> str:
    """ "Monday from 10am: median 11 minutes, 113 visits"."""
    where = f"{WEEKDAYS[weekday]} from {hour_words(hour)}"
    if cell is None or not cell.visits:
        return f"{where}: nobody came"
    visits = plural(cell.visits, "visit")
    if is_share:
        share = share_words(cell.share_within_target, 0)
        return f"{where}: {f'{share} in time' if cell.share_within_target is not None else 'none judged'}, {visits}"
    if cell.median_wait_min is None:
        return f"{where}: nobody seen, {visits}"
    return f"{where}: median {minutes_aloud(cell.median_wait_min)}, {visits}"


def heat_note(cells: Sequence[HeatCell], elsewhere: int = 0, *, is_share: bool) -> str:
    """Where it is worst, and on how much each cell rests. `elsewhere`: visits at hours that are not shown."""
    known = [cell for cell in cells if _figure(cell, is_share=is_share) is not None]
    if not known:
        return "Nobody was seen." if not is_share else "Nothing was promised."
    fewest_to_judge = enough_visits([cell.visits for cell in cells])
    judged = [cell for cell in known if cell.visits >= fewest_to_judge] or [max(known, key=lambda cell: cell.visits)]
    known = [cell for cell in known if cell.visits >= SMALL] or known
    fewest, most = min(cell.visits for cell in known), max(cell.visits for cell in known)
    rests = f"{fewest:,} to {most:,} visits" if fewest != most else plural(most, "visit")
    if is_share:
        worst = min(judged, key=lambda cell: (cell.share_within_target or 0.0, cell.weekday, cell.hour))
        figure = f"Fewest in time on {_where(worst)}: {share_words(worst.share_within_target, 0)}"
    else:
        worst = max(judged, key=lambda cell: (cell.median_wait_min or 0.0, -cell.weekday, -cell.hour))
        figure = f"Longest on {_where(worst)}: {minutes_words(worst.median_wait_min)} min"
    other = f" At other hours: {plural(elsewhere, 'visit')}, in the table." if elsewhere else ""
    fewer = " No colour: fewer than 5 visits." if any(cell.visits < SMALL <= most for cell in cells) else ""
    return f"{figure}, {plural(worst.visits, 'visit')}. Each cell rests on {rests}.{fewer}{other}"


def _figure(cell: HeatCell, *, is_share: bool) -> float | None:
    return cell.share_within_target if is_share else cell.median_wait_min


def _where(cell: HeatCell) -> str:
    return f"{WEEKDAYS[cell.weekday]} from {hour_words(cell.hour)}"
