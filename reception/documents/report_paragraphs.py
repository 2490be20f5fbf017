"""What a monthly report tells beside waits, in a paragraph each; an empty one is left out."""

from __future__ import annotations

from reception.documents.report_told import told_in_time_words
from reception.documents.report_words import Words
from reception.domain.reporting import MonthlyFigures


def appointments_words(figures: MonthlyFigures, words: Words) -> str:
    """What came of them."""
    row = figures.month("month_appointments")
    booked = row["appointments"].value
    if row.is_hidden:
        return "Fewer than 5 appointments, so none of their figures is published."
    if not isinstance(booked, int) or not booked:
        return "No appointment was booked for this month."
    share = row["share_within_target"]
    said = [f"{words.visits(booked, 'appointment', 'appointments')}."]
    if share.value is not None or share.is_hidden:
        target = row["target_min"].value
        time = f"within {words.plain(target)} minutes" if isinstance(target, int | float) else "within their target"
        kept = row["within_target"].value
        of = f" ({words.number(kept)})" if isinstance(kept, int) else ""
        said.append(f"Seen {time} of booked time or arrival: {words.share(share)}{of}.")
    else:
        said.append("No promise is made of when they are seen.")
    said.append(f"Did not attend: {words.count(row['did_not_attend'])}. Cancelled: {words.count(row['cancelled'])}.")
    said.append(f"Visitors late: {words.count(row['visitors_late'])}.")
    return " ".join(said)


def delays_words(figures: MonthlyFigures, words: Words) -> str:
    """Who was told."""
    row = figures.month("month_delays")
    delayed = row["delayed"].value
    if figures.month().is_hidden:
        return ""
    if row.is_hidden:
        return "Hidden: fewer than 5 walk-ins, or fewer than 5 appointments, were delayed."
    if not isinstance(delayed, int) or not delayed:
        return _no_delays(figures)
    said = [
        f"{words.visits(delayed, 'promise was lost', 'promises were lost')}, to walk-ins and appointments together.",
        told_in_time_words(row, words.count, words.share),
        f"Told late: {words.count(row['told_late'])}. Never told: {words.count(row['never_told'])}.",
        f"Offered another time: {words.count(row['offered_another_time'])}.",
        f"Took another time: {words.count(row['took_another_time'])}.",
    ]
    return " ".join(said)


def _no_delays(figures: MonthlyFigures) -> str:
    """None was lost, or nothing is known of who was told, as of imported visits."""
    share = figures.month()["share_within_target"]
    if share.value is None and not share.is_hidden:
        return "No promise was lost."
    if share.at_least is not None or share.value == 1:
        return "No promise was lost of which it is known who was told."
    return "It is not known who was told of a delay: an imported log does not say."


def legs_words(figures: MonthlyFigures, words: Words) -> str:
    """Second and later legs; nothing where there were none, and in what is published."""
    row = figures.month("month_legs")
    later = row["later_legs"].value
    if not isinstance(later, int):
        return ""
    if not later and figures.month()["visits"].value and not figures.month("month_outcomes")["visits"].value:
        return "It is not known who had a second service: an imported log does not say."
    if not later:
        return "Nobody waited for a second service."
    return (
        f"{words.visits(later, 'wait', 'waits')} for a second or later service, which no promise covers:"
        f" median {words.minutes(row['median_later_min'])} min, 9 in 10 within"
        f" {words.minutes(row['p90_later_min'])}, longest {words.minutes(row['longest_later_min'])}."
        f" All waits of a visit together: median {words.minutes(row['median_total_min'])},"
        f" 9 in 10 within {words.minutes(row['p90_total_min'])}."
    )


def resolved_words(figures: MonthlyFigures, words: Words) -> str:
    """The second clock, where it is promised."""
    row = figures.month("month_resolved")
    share, target = row["share_within_target"], row["target_min"].value
    if share.value is None or not isinstance(target, int | float):
        return ""
    return (
        f"Resolved within {words.plain(target)} minutes of arrival: {words.share(share)}; with those passed to a"
        f" specialist in time {words.share(row['share_with_exempt'])}."
    )
