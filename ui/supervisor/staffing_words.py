"""What staffing says in words: the plan, what it would come to, what is needed."""

from __future__ import annotations

from datetime import date

from reception.domain.forecasting import ArrivalsForecast, hardly_open_words
from reception.domain.office import Office
from reception.domain.staffing import (
    Desk,
    Misled,
    Plan,
    SlotOutcome,
    SmoothPlan,
    Spread,
    StaffingAnswer,
    WhatIfResult,
)
from ui.moments import day_words, joined, plural, time_words
from ui.supervisor.figure_words import mean_words, minutes_aloud, minutes_words, share_words
from ui.supervisor.record_words import days_played, days_words, hardly_open_detail

_MISLED = {
    Misled.CLUMPED: "on some days far more come at once than on others",
    Misled.CHANGING: "people still wait from the half hour before, or numbers change quickly",
    Misled.SKEWED: "some visits last much longer than others, or all about as long",
    Misled.OVERLOADED: "more work comes than fits into the half hour, and is done in the next, still in time for most",
}
_MISLED_BRIEFLY = {
    Misled.CLUMPED: "far busier on some days",
    Misled.CHANGING: "queue from before, or quick change",
    Misled.SKEWED: "lengths of visits",
    Misled.OVERLOADED: "work goes on in the next half hour",
}
"""For a cell of a table, over which all of it is said in full."""
SELDOM = 0.5
"""A half hour to which fewer come on average is not looked at by itself."""


# -- times, days and plans -----------------------------------------------------------------------------------------


def span_words(begin: int, end: int) -> str:
    """ "12.30pm to 1pm"."""
    return f"{time_words(begin)} to {time_words(end)}"


def breaks_words(desk: Desk) -> str:
    """ "12.30pm to 1pm, 3pm to 3.15pm"; empty for none."""
    return ", ".join(span_words(*each) for each in desk.breaks)


def skills_words(desk: Desk, office: Office) -> str:
    """ "Housing and Benefits", "all services"."""
    if not desk.skills:
        return "all services"
    return joined(each.name for each in office.services if each.id in desk.skills) or "no service of this office"


def hours_words(hours: float) -> str:
    """ "27.5", "28", "27.25"."""
    return f"{hours:,.2f}".rstrip("0").rstrip(".")


def staff_hours_words(hours: float) -> str:
    """ "27.5 staff hours", "1 staff hour"."""
    return f"{hours_words(hours)} staff {_of(hours, 'hour')}"


def _of(count: float, one: str) -> str:
    return one if abs(count) == 1 else f"{one}s"


def plan_words(plan: Plan, usual: Plan | None, counters: int) -> str:
    """ "27.5 staff hours, 2 more than usual. 12 appointments booked."

    `counters`: how many the office has; 0: not known.
    """
    hours = plan.staff_hours
    difference = hours - usual.staff_hours if usual is not None else 0.0
    beside = ""
    if usual is not None:
        beside = ", as usual" if not difference else f", {hours_words(abs(difference))} {_more(difference)} than usual"
    words = f"{staff_hours_words(hours)}{beside}."
    if plan.appointments:
        words += f" {plural(len(plan.appointments), 'appointment')} booked."
    if counters and len(plan.desks) > counters:
        words += f" {len(plan.desks)} desks, but the office has {plural(counters, 'counter')}."
    return words


def _more(difference: float) -> str:
    return "more" if difference > 0 else "fewer"


def closed_words(office: Office, day: date, arrivals: ArrivalsForecast | None) -> tuple[str, str]:
    """Why there is nothing to plan, and what that rests on."""
    if arrivals is None or arrivals.hardly_open is None:
        return f"{office.name} is closed on {day_words(day)} {day.year}.", ""
    return f"{hardly_open_words(arrivals.hardly_open, day)}.", hardly_open_detail(day, "plan")


# -- what a plan comes to ------------------------------------------------------------------------------------------


def shares_between(spread: Spread) -> str:
    """ "79% to 92%"."""
    return f"{share_words(spread.low, 0)} to {share_words(spread.high, 0)}"


def between(spread: Spread) -> str:
    """ "4 to 8.5"."""
    return f"{minutes_words(spread.low)} to {minutes_words(spread.high)}"


def outcome_words(result: WhatIfResult) -> str:
    """ "65% of all visitors seen in time: walk-ins 70%, appointments 40%"."""
    kinds = ""
    if result.all_appointments_kept is not None:
        of_kinds = (("walk-ins", result.all_walk_ins_kept), ("appointments", result.all_appointments_kept))
        kinds = ": " + ", ".join(f"{name} {share_words(kept, 0)}" for name, kept in of_kinds if kept is not None)
    return f"{share_words(result.all_kept, 0)} of all visitors seen in time{kinds}"


def outcome_detail(result: WhatIfResult) -> str:
    """How far days lie apart, waits, and the worst half hour."""
    busiest = busiest_of(result)
    spread = days_words(result.share_kept)
    median, ninth = (minutes_words(each) for each in (result.all_median_wait_min, result.all_p90_wait_min))
    longest, of_bad_day = (
        minutes_words(each) for each in (result.longest_wait_min.middle, result.longest_wait_min.high)
    )
    parts = [
        f"{spread[0].upper()}{spread[1:]}.",
        f"Median {median} min, 9 in 10 of all days' visitors within {ninth}.",
        f"The longest wait of a day is {longest} min or more on half of the days, {of_bad_day} or more on one in ten.",
    ]
    if busiest is not None and busiest.share_kept is not None:
        parts.append(f"{fewest_words(result, busiest)}.")
    parts.append(f"Still unseen at closing: {mean_words(result.unseen)}.")
    return " ".join(parts)


def fewest_words(result: WhatIfResult, busiest: SlotOutcome) -> str:
    """The worst half hour; where the plot shows a worse one to which hardly anybody comes, why it is not that one."""
    share = busiest.share_kept or 0.0
    words = f"Fewest in time from {time_words(busiest.minute)}: {share_words(share, 0)}"
    seldom = [
        slot.minute
        for slot in result.slots
        if slot.share_kept is not None and slot.share_kept < share and slot.arrivals < SELDOM
    ]
    if not seldom:
        return words
    times = joined(time_words(each) for each in seldom)
    return f"{words} (fewer still from {times}, but to these comes fewer than one visitor in two days)"


def rests_on(result: WhatIfResult) -> str:
    """ "500 simulated days, drawn from 26 recorded ones. Seen in time: walk-ins within 15 minutes."."""
    drawn = f", drawn from {days_played(result)}" if result.days else ""
    promise = (
        "Nothing is promised: 15 minutes for walk-ins and 5 for appointments are assumed."
        if result.is_assumed
        else f"In time: walk-ins within {minutes_aloud(result.target_min)}{_of_appointments(result)}."
    )
    return f"{result.runs:,} simulated days{drawn}. {promise}"


def _of_appointments(result: WhatIfResult) -> str:
    is_shown = result.all_appointments_kept is not None and result.appointment_target_min is not None
    return f", appointments within {minutes_words(result.appointment_target_min)}" if is_shown else ""


def beside_usual(result: WhatIfResult, usual: WhatIfResult) -> str:
    """ "As usual: 82% of all visitors. This plan keeps 4 points more, give or take 0.5, for 2 staff hours more."."""
    found = result.beside(usual)
    hours = result.plan.staff_hours - usual.plan.staff_hours
    costs = "in the same staff hours" if not hours else f"for {staff_hours_words(abs(hours))} {_more(hours)}"
    points, error = round(100 * found.more, 1), round(100 * found.error, 1)
    how_much = f"{abs(points):g} {_of(points, 'point')}" if points else "hardly a tenth of a point"
    if not found.more and not found.error:
        keeps = "keeps the same share"
    elif found.is_clear:
        keeps = f"keeps {how_much} {_more(found.more)}, give or take {error:g}"
    else:
        keeps = f"keeps no clearly other share ({how_much} {_more(found.more)}, give or take {error:g})"
    return f"As usual: {share_words(usual.all_kept, 0)} of all visitors. This plan {keeps}, {costs}."


def busiest_of(result: WhatIfResult) -> SlotOutcome | None:
    """The half hour in which the fewest are kept."""
    return next((slot for slot in result.slots if slot.minute == result.busiest), None)


# -- what it takes -------------------------------------------------------------------------------------------------


def least_words(answer: StaffingAnswer) -> str:
    """ "28.5 staff hours are enough for 90% within 15 minutes, in each half hour"."""
    wanted = f"{share_words(answer.share, 0)} within {minutes_aloud(answer.target_min)}"
    hours = staff_hours_words(answer.staff_hours)
    if not answer.is_met:
        return f"Not even all counters reach {wanted}: {hours} come near to it"
    below = _below(answer)
    if below:
        return f"{hours} are enough for {wanted} over the whole day, but not in {plural(len(below), 'half hour')} of it"
    return f"{hours} are enough for {wanted}, in each half hour"


def _below(answer: StaffingAnswer) -> tuple[int, ...]:
    """The half hours that do not keep it, with whatever counters: of those to which more than a few come."""
    return tuple(
        slot.minute
        for slot in answer.slots
        if slot.share_kept is not None and slot.share_kept < answer.share and slot.arrivals >= SELDOM
    )


def least_detail(answer: StaffingAnswer) -> str:
    """What they keep, and how it was found."""
    named = {slot.minute for slot in answer.slots if slot.is_out_of_reach}
    kept, below = answer.share_kept, tuple(minute for minute in _below(answer) if minute not in named)
    fewer = f"Not enough from {joined(time_words(each) for each in below)}. " if below else ""
    beyond = joined(time_words(slot.minute) for slot in answer.slots if slot.is_out_of_reach)
    if beyond:
        fewer += (
            f"At {beyond} it would not be kept even with {plural(answer.reasonable, 'counter')} all day, so it is not "
            "asked for there. "
        )
        more = joined(time_words(slot.minute) for slot in answer.slots if slot.counters > answer.reasonable)
        fewer += (
            f"At {more} there are more than {answer.reasonable}: there they raise the share of the whole day most. "
            if more
            else ""
        )
    drawn = f" drawn from {plural(answer.days, 'recorded one')}" if answer.days else ""
    booked = "Appointments take counters, and are not judged here. " if answer.plan.appointments else ""
    return (
        f"They keep {share_words(answer.mean_kept)} of all walk-ins; {days_words(kept)}. "
        f"{booked}{fewer}{_smooth(answer)}Everyone is taken to serve every service. "
        f"Found by trying plans on {answer.runs} simulated days{drawn}; "
        f"fewer may do.{' That is little to go by.' if answer.is_little_known else ''}"
    )


def smooth_of(answer: StaffingAnswer) -> SmoothPlan | None:
    """The plan that people can work, where one was found that is another."""
    smooth = answer.smooth
    return None if smooth is None or smooth.counters == tuple(slot.counters for slot in answer.slots) else smooth


def _smooth(answer: StaffingAnswer) -> str:
    """What a plan that people can work would take."""
    smooth = smooth_of(answer)
    if smooth is None:
        return ""
    return (
        "It is the least by half hour, and no rota. The smooth plan, by which no more than one counter opens or closes "
        f"at a time and each that opens stays for two hours at least, keeps {share_words(smooth.mean_kept)} in "
        f"{staff_hours_words(smooth.staff_hours)}. "
    )


def erlang_words(answer: StaffingAnswer) -> str:
    """What Erlang's formula says, and why it says another thing."""
    if answer.erlang_staff_hours is None:
        hours = "By Erlang's formula alone it never settles"
    else:
        hours = f"By Erlang's formula alone: {staff_hours_words(answer.erlang_staff_hours)}"
    reasons = [why for why in Misled if any(why in slot.misled for slot in answer.slots)]
    if not reasons:
        return f"{hours}."
    slots = sum(bool(slot.misled) for slot in answer.slots)
    why = "; ".join(_MISLED[each] for each in reasons)
    return f"{hours}. It leaves out what matters in {plural(slots, 'half hour')}: {why}."


def misled_words(misled: tuple[Misled, ...]) -> str:
    """Why the formula differs in one half hour, briefly."""
    words = "; ".join(_MISLED_BRIEFLY[each] for each in misled)
    return words[:1].upper() + words[1:]
