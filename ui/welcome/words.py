"""The words of the settings: presets and what their documents state, calling rules, bank holidays, roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from reception.domain.booked import Mode, RoomFeature
from reception.domain.office import Hours, Role
from reception.domain.standards import BUSHEY_HOURS, POTTERS_BAR_HOURS, PRESETS, Preset
from ui import codes, moments
from ui.welcome.reading import time_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

OWN = "own"
"""The preset of an office that sets its own targets, or makes no promise."""

NO_PROMISE = "no promise"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose document a preset is: the council's name in full, and the document's, to follow "in"."""

    name: str
    council: str
    document: str


PUBLISHERS: dict[str, Publisher] = {
    "hertfordshire": Publisher(
        "Hertfordshire", "Hertfordshire County Council", "Hertfordshire's customer care standards"
    ),
    "hart": Publisher("Hart", "Hart District Council", "Hart's customer care standards"),
    "hertsmere": Publisher("Hertsmere", "Hertsmere Borough Council", "Hertsmere's customer service strategy"),
    "north-herts": Publisher("North Herts", "North Herts Council", "North Herts' communications policy"),
}

_NOTES = {
    "hart": (
        "A specialist enquiry may take longer: it is exempt once the visitor has been told so. "
        "Visits are normally arranged in advance; no number of days is promised."
    ),
}


def preset_names() -> tuple[tuple[str, str], ...]:
    """(key, name) of every preset, and of none."""
    return (*((key, PUBLISHERS[key].name) for key in PRESETS), (OWN, "Our own promises"))


def preset_facts(key: str) -> tuple[tuple[str, str], ...]:
    """What a preset's document states, and what it leaves open: (what, promise)."""
    preset = PRESETS.get(key)
    if preset is None:
        return ()
    return (
        ("Walk-ins seen", within(preset.walk_in_seen)),
        ("Walk-ins resolved", within(preset.walk_in_resolved)),
        ("Appointments seen", within(preset.appointment_seen)),
        ("Notice of visits", notice(preset.notice_days)),
        ("Opening hours", week_words(preset.hours)),
        *((("Free telephone", "in reception; the kiosk says so"),) if preset.free_telephone else ()),
    )


def preset_note(key: str) -> str:
    """What else is to be known of a preset, in one sentence."""
    return _NOTES.get(key, "")


def within(minutes: int | None) -> str:
    """ "within 15 minutes", "no promise"."""
    return NO_PROMISE if minutes is None else f"within {moments.plural(minutes, 'minute')}"


def notice(days: int) -> str:
    """ "5 working days", "no promise"."""
    return moments.plural(days, "working day") if days else NO_PROMISE


def opening_words(opens: time, closes: time) -> str:
    """ "9am to 5.15pm"."""
    return f"{time_words(opens)} to {time_words(closes)}"


def week_words(hours: Sequence[Hours]) -> str:
    """ "Monday to Thursday 9am to 5.15pm, Friday 9am to 5pm"."""
    days: dict[int, list[str]] = {}
    for each in sorted(hours, key=lambda each: (each.weekday, each.opens)):
        days.setdefault(each.weekday, []).append(opening_words(each.opens, each.closes))
    runs = groupby(enumerate(sorted(days)), key=lambda placed: (placed[1] - placed[0], days[placed[1]]))
    parts = []
    for (_, words), run in runs:
        weekdays = [weekday for _, weekday in run]
        names = WEEKDAYS[weekdays[0]]
        if len(weekdays) > 1:
            names += f" to {WEEKDAYS[weekdays[-1]]}"
        parts.append(f"{names} {moments.joined(words)}")
    return ", ".join(parts)


def fills(key: str) -> tuple[tuple[str, tuple[Hours, ...]], ...]:
    """Hours that a document states, to fill in with one click: (name, hours)."""
    preset = PRESETS.get(key)
    if preset is None:
        return ()
    stated = ((f"{PUBLISHERS[key].name} hours", preset.hours),)
    if key != "hertsmere":
        return stated
    return (*stated, ("Potters Bar hours", POTTERS_BAR_HOURS), ("Bushey hours", BUSHEY_HOURS))


def council_of(key: str) -> str:
    """The council whose document a preset is; empty for none."""
    return PUBLISHERS[key].council if key in PUBLISHERS else ""


def said_of(preset: Preset | None, promise: str) -> str:
    """Beside a target: "Hertsmere: within 15 minutes"."""
    return "" if preset is None else f"{PUBLISHERS[preset.key].name}: {promise}"


# -- bank holidays -----------------------------------------------------------------------------------------------

DIVISIONS = (
    ("england-and-wales", "England and Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
)

# -- rooms and interpreters ---------------------------------------------------------------------------------------

FEATURES = (
    (RoomFeature.PRIVATE, "Private", 84),
    (RoomFeature.STEP_FREE, "Step-free", 104),
    (RoomFeature.HEARING_LOOP, "Hearing loop", 128),
)
"""(feature, name, pixels that a box to tick with it needs at 100 %)."""

MODES = (
    (Mode.IN_PERSON, "In person"),
    (Mode.VIDEO, "By video"),
    (Mode.TELEPHONE, "By telephone"),
)

# -- roles -------------------------------------------------------------------------------------------------------

ROLES = tuple((role.value, codes.role_words(role)) for role in Role)

ROLE_WORDS = (
    "Officers and receptionists serve visitors; supervisors also see how the day goes; "
    "administrators may also change these settings."
)


def listed(names: Iterable[str], most: int = 3) -> str:
    """ "Housing, Parking and 2 more"."""
    words = list(names)
    if len(words) <= most:
        return moments.joined(words)
    return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"
