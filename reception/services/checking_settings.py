"""What is not possible in an office's settings, found before anything is written."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reception.domain.booked import Mode
from reception.domain.languages import is_code
from reception.domain.office import Hours, Interpreter, Officer
from reception.domain.queueing import RULES
from reception.domain.workdays import Division
from reception.errors import Code, Refusal
from reception.services.checking_told import check_told
from reception.services.office_settings import (
    APPOINTMENT_MINUTES,
    CALLS_BEFORE_NO_SHOW,
    GRACE_MINUTES,
    GUARD_TIMES,
    HOLD_MINUTES,
    NOTICE_DAYS,
    NOTICE_HOURS,
    OVERTAKES,
    PRIORITIES,
    SEATS,
    SET_UP_MINUTES,
    TARGET_MINUTES,
    TICKET_LETTERS,
    UNDO_MINUTES,
    Limits,
    OfficeSettings,
)
from reception.services.pins import check_form

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check_settings(settings: OfficeSettings) -> None:
    """Refuses (BAD_SETTINGS) the first thing that is wrong, in words that name it.

    The refusal's `field` is the name of a setting, or "services", "counters", "staff", "rooms", "interpreters" or
    "notices" with the id of one of them and the name of what is wrong with it: "services/<id>/letter". Hours are
    named with their weekday, Monday being 0: "hours/<weekday>", "staff/<id>/breaks/<weekday>".
    """
    for field, value, what in (("name", settings.name, "office"), ("council", settings.council, "council")):
        if not value.strip():
            raise bad(field, f"The {what} has no name.", f"Enter the name of the {what}.")
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad(
            "timezone",
            f"There is no time zone “{settings.timezone}”.",
            "Choose one from the list, for example Europe/London.",
        ) from None
    if settings.division not in {each.value for each in Division}:
        raise bad(
            "division", f"There are no bank holidays for “{settings.division}”.", "Choose a division from the list."
        )
    _check_numbers(settings)
    _check_hours(settings.hours, "", "the office closes before it opens", "openings", "opening hours")
    _check_services(settings)
    _check_counters(settings)
    _check_staff(settings)
    _check_rooms(settings)
    _check_interpreters(settings)
    check_told(settings)


def bad(field: str, reason: str, remedy: str) -> Refusal:
    return Refusal(Code.BAD_SETTINGS, reason, remedy, field)


def _check_numbers(settings: OfficeSettings) -> None:
    low, high = TARGET_MINUTES
    for field, minutes, what in (
        ("walk_in_seen", settings.walk_in_seen, "walk-ins seen"),
        ("walk_in_resolved", settings.walk_in_resolved, "walk-ins resolved"),
        ("appointment_seen", settings.appointment_seen, "appointments seen"),
    ):
        if minutes is not None and not TARGET_MINUTES.allow(minutes):
            raise bad(
                field,
                f"A target of {minutes} minutes for {what} is not possible.",
                f"Enter {low} to {high} minutes, or leave it empty for no promise.",
            )
    if settings.rule not in RULES:
        raise bad("rule", f"There is no calling rule “{settings.rule}”.", "Choose one from the list.")
    for field, number, limits, what in (
        ("walk_in_guard", settings.walk_in_guard, GUARD_TIMES, "times the target as a guard"),
        ("appointment_guard", settings.appointment_guard, GUARD_TIMES, "times the target as a guard"),
        ("overtakes", settings.overtakes, OVERTAKES, "times overtaken"),
        ("no_show_after_calls", settings.no_show_after_calls, CALLS_BEFORE_NO_SHOW, "calls before a no-show"),
        ("undo_minutes", settings.undo_minutes, UNDO_MINUTES, "minutes for undo"),
        ("grace_minutes", settings.grace_minutes, GRACE_MINUTES, "minutes late and still seen in time"),
        ("hold_minutes", settings.hold_minutes, HOLD_MINUTES, "minutes for holding a slot"),
        ("notice_days", settings.notice_days, NOTICE_DAYS, "working days of notice"),
    ):
        _check_limits(field, number, limits, what)


def _check_limits(field: str, number: float, limits: Limits, what: str) -> None:
    if not limits.allow(number):
        raise bad(field, f"{number} {what} is not possible.", f"Enter {limits.low} to {limits.high}.")


def _check_hours(hours: Iterable[Hours], prefix: str, late: str, spans: str, what: str) -> None:
    """Each in order, no two of a day overlapping. `prefix`: whose they are, for the field."""
    ordered = sorted(hours, key=lambda each: (each.weekday, each.opens))
    for each in ordered:
        if not 0 <= each.weekday <= 6 or each.opens >= each.closes:
            day = WEEKDAYS[each.weekday % 7]
            raise bad(f"{prefix}hours/{each.weekday}", f"On {day} {late}.", f"Correct the {what}.")
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.opens < one.closes:
            raise bad(
                f"{prefix}hours/{one.weekday}",
                f"Two {spans} on {WEEKDAYS[one.weekday]} overlap.",
                f"Correct the {what}.",
            )


def _check_services(settings: OfficeSettings) -> None:
    if not settings.services:
        raise bad("services", "The office has no service.", "Enter at least one.")
    for service in settings.services:
        field = f"services/{service.id}"
        if not service.name.strip():
            raise bad(f"{field}/name", "A service has no name.", "Enter its name, or remove it.")
        if len(service.letter) != 1 or service.letter not in TICKET_LETTERS:
            raise bad(
                f"{field}/letter",
                f"The service {service.name} has no letter for its tickets.",
                "Give it one capital letter, A to Z.",
            )
        if not PRIORITIES.allow(service.priority):
            raise bad(
                f"{field}/priority",
                f"A priority of {service.priority} for {service.name} is not possible.",
                f"Enter {PRIORITIES.low} to {PRIORITIES.high}.",
            )
        _check_limits(f"{field}/minutes", service.minutes, APPOINTMENT_MINUTES, f"minutes for {service.name}")
        _check_limits(
            f"{field}/set_up_minutes", service.set_up_minutes, SET_UP_MINUTES, f"minutes of set-up for {service.name}"
        )
    letter, count = Tally(service.letter for service in settings.services).most_common(1)[0]
    if count > 1:
        alike = [service for service in settings.services if service.letter == letter]
        raise bad(
            f"services/{alike[-1].id}/letter",
            f"{' and '.join(service.name for service in alike)} have the same letter {letter}.",
            "Give each service a letter of its own.",
        )


def _check_counters(settings: OfficeSettings) -> None:
    if not settings.counters:
        raise bad("counters", "The office has no counter.", "Enter at least one.")
    _check_names("counters", "counter", [(counter.id, counter.name) for counter in settings.counters])
    known = {service.id for service in settings.services}
    for counter in settings.counters:
        if not counter.services <= known:
            raise bad(
                f"counters/{counter.id}/services",
                f"{counter.name} serves something that is not offered.",
                "Choose its services.",
            )


def _check_staff(settings: OfficeSettings) -> None:
    known = {service.id for service in settings.services}
    for entry in settings.staff:
        field, name = f"staff/{entry.officer.id}", entry.officer.name.strip()
        if not name:
            raise bad(f"{field}/name", "A member of staff has no name.", "Enter the name, or remove the line.")
        if not entry.officer.skills <= known:
            raise bad(f"{field}/services", f"{name} serves something that is not offered.", "Choose the services.")
        _check_pattern(f"{field}/", name, entry.officer)
        if entry.pin:
            try:
                check_form(entry.pin)
            except Refusal as no:
                raise Refusal(no.code, no.reason, no.remedy, f"{field}/pin") from None
    _check_alike("staff", "members of staff", [(each.officer.id, each.officer.name) for each in settings.staff])


def _check_pattern(prefix: str, name: str, officer: Officer) -> None:
    """Working hours in order, and each break inside them; where there are none, whenever the office is open."""
    _check_hours(officer.hours, prefix, f"{name} stops before starting", f"times of {name}", "working hours")
    for each in officer.breaks:
        day = WEEKDAYS[each.weekday % 7]
        of_day = [work for work in officer.hours if work.weekday == each.weekday]
        inside = any(work.opens <= each.opens and each.closes <= work.closes for work in of_day)
        if not 0 <= each.weekday <= 6 or each.opens >= each.closes:
            wrong = "ends before it begins"
        elif officer.hours and not inside:
            wrong = "is not within the working hours"
        else:
            continue
        raise bad(f"{prefix}breaks/{each.weekday}", f"A break of {name} on {day} {wrong}.", "Correct its times.")


def _check_rooms(settings: OfficeSettings) -> None:
    _check_names("rooms", "room", [(room.id, room.name) for room in settings.rooms])
    for room in settings.rooms:
        _check_limits(f"rooms/{room.id}/seats", room.seats, SEATS, f"seats in {room.name}")


def _check_names(kind: str, what: str, named: Sequence[tuple[str, str]]) -> None:
    """Of every record (id, name): a name, and one of its own."""
    for record_id, name in named:
        if not name.strip():
            article = "An" if what[0] in "aeiou" else "A"
            raise bad(f"{kind}/{record_id}/name", f"{article} {what} has no name.", "Enter its name, or remove it.")
    _check_alike(kind, f"{what}s", named)


def _check_alike(kind: str, whats: str, named: Iterable[tuple[str, str]]) -> None:
    """No two have the same name; capitals and blanks do not tell them apart, since nobody hears them."""
    taken: set[str] = set()
    for record_id, whole in named:
        name = " ".join(whole.split())
        if name.casefold() in taken:
            raise bad(f"{kind}/{record_id}/name", f"Two {whats} are called {name}.", "Give each a name of its own.")
        taken.add(name.casefold())


def _check_interpreters(settings: OfficeSettings) -> None:
    _check_names("interpreters", "interpreter", [(each.id, each.name) for each in settings.interpreters])
    for each in settings.interpreters:
        field = f"interpreters/{each.id}"
        if not each.languages:
            raise bad(f"{field}/languages", f"{each.name} has no language.", "Add at least one.")
        if unknown := sorted(code for code in each.languages if not is_code(code)):
            raise bad(
                f"{field}/languages",
                f"“{unknown[0]}” is not the code of a language.",
                "Choose one from the list, or enter its code of three letters (ISO 639-3).",
            )
        _check_modes(field, each)
        _check_limits(f"{field}/notice_hours", each.notice_hours, NOTICE_HOURS, f"hours of notice for {each.name}")
        _check_hours(
            each.hours, f"{field}/", f"{each.name} stops before starting", f"times of {each.name}", "working hours"
        )


def _check_modes(field: str, interpreter: Interpreter) -> None:
    name = interpreter.name
    if not interpreter.modes:
        raise bad(f"{field}/modes", f"{name} works in no way.", "Say whether in person, by video or by telephone.")
    if interpreter.is_line and not interpreter.telephone.strip():
        raise bad(f"{field}/telephone", f"The line {name} has no telephone number.", "Enter the number to ring.")
    if interpreter.is_line and Mode.IN_PERSON in interpreter.modes:
        raise bad(f"{field}/modes", f"The line {name} can't come in person.", "Choose telephone or video.")
