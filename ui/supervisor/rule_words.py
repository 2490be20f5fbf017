"""Which calling rule would have done best, in words."""

from __future__ import annotations

from reception.domain.staffing import NO_LIMIT, PolicyComparison, PolicyOutcome
from ui.calling_rules import CALLING_RULES
from ui.moments import day_words, plural
from ui.supervisor.figure_words import minutes_words, share_words

OF_ALL_DAYS = (
    "95 and 99 in 100 are of the visits of all days together, the worst too: they may be above the longest of a day, "
    "which is the average of the days."
)
_RULE_NAMES = {key: name for key, name, _ in CALLING_RULES}
GUARDED = "keep_promises"
"""The one rule by which some go first after a multiple of their target."""


def rule_words(rule: str, *, is_ours: bool = False) -> str:
    """ "First come, first served", "Keep the promises that can be kept (ours)"."""
    words = _RULE_NAMES.get(rule, rule)
    return f"{words} (ours)" if is_ours else words


def guards_words(outcome: PolicyOutcome) -> str:
    """ "1.5 and 2": after how many times the target walk-ins and appointments go first; empty for other rules."""
    settings = outcome.settings
    return f"{settings.walk_in_guard:g} and {settings.appointment_guard:g}" if outcome.rule == GUARDED else ""


def overtaken_words(outcome: PolicyOutcome) -> str:
    """ "2", "no limit": how often one may be overtaken; empty where none holds."""
    if outcome.rule != GUARDED:
        return ""
    overtakes = outcome.settings.overtakes
    return "no limit" if overtakes >= NO_LIMIT else str(overtakes)


def best_words(answer: PolicyComparison) -> str:
    """Which rule kept most, and how far ours is behind it."""
    best, ours = answer.outcomes[0], ours_of(answer)
    if ours is best:
        return f"Our rule kept most: {share_words(best.kept)}"
    if ours is None:
        return f"{rule_words(best.rule)} kept most: {share_words(best.kept)}"
    if better_of(answer) is None:
        return "No rule did clearly better than ours on these days"
    return f"Ours is not best: it kept {share_words(ours.kept)}, the best {share_words(best.kept)}"


def better_of(answer: PolicyComparison) -> PolicyOutcome | None:
    """The rule that kept most, where it kept more than ours by more than the error of the difference."""
    best, ours = answer.outcomes[0], ours_of(answer)
    if ours is None or best.difference_error is None or best.kept - ours.kept <= best.difference_error:
        return None
    return best


def best_detail(answer: PolicyComparison) -> str:
    """What the best would have cost, and what it rests on."""
    best, ours = answer.outcomes[0], ours_of(answer)
    parts = []
    if ours is not None and ours is not best:
        longest, our_longest = minutes_words(best.longest_wait_min), minutes_words(ours.longest_wait_min)
        parts += [
            f"{'Best' if better_of(answer) else 'Most was kept by'}: {rule_words(best.rule)}{_first_after(best)}.",
            f"On the same days {_points(best.kept - ours.kept)} points more than ours{_give_or_take(best)}.",
            f"Longest wait of a day, on average: {longest} min with it, {our_longest} with ours.",
        ]
    first, last = (f"{day_words(day)} {day.year}" for day in (answer.first, answer.last))
    parts.append(
        f"The last recorded weeks, whatever day is planned: {plural(answer.days, 'recorded day')}, "
        f"{first if first == last else f'{first} to {last}'}, "
        f"each played {answer.runs} times."
    )
    return " ".join(parts)


def _first_after(outcome: PolicyOutcome) -> str:
    if outcome.rule != GUARDED:
        return ""
    settings = outcome.settings
    return (
        f", a walk-in goes first after {settings.walk_in_guard:g} times the target, "
        f"an appointment after {settings.appointment_guard:g}"
    )


def _give_or_take(outcome: PolicyOutcome) -> str:
    return "" if outcome.difference_error is None else f", give or take {_points(outcome.difference_error)}"


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def ours_of(answer: PolicyComparison) -> PolicyOutcome | None:
    """The rule that the office has now."""
    return next((each for each in answer.outcomes if each.is_ours), None)
