"""Every state of the display, made from a view and what the display knows besides."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, from_datetime
from reception.domain.board import BoardCall, BoardDelay, BoardView, BoardWait
from reception.domain.booked import DelayReason
from reception.domain.notices import Notice
from reception.domain.said_wait import ExpectedWait
from ui.display.lines import Page
from ui.display.scene import Scene, Standing, scene_of, starting

ZONE = "Europe/London"
NOW: Instant = from_datetime(datetime(2026, 11, 24, 10, 43, tzinfo=ZoneInfo(ZONE)))


def call(number: str, place: str, ago: int = 0, **more: object) -> BoardCall:
    """A call of `ago` seconds ago."""
    return BoardCall(f"call-{number}-{ago}", f"visit-{number}", number, place, NOW - ago * 1_000, **more)  # type: ignore[arg-type]


EARLIER = (
    call("C019", "Counter 3", 240),
    call("C018", "Counter 1", 400),
    call("B005", "Room 2", 560, private=True),
    call("H007", "Counter 2", 700),
    call("K003", "Counter 1", 900),
)
WAITS = tuple(
    BoardWait(name.casefold(), name, {}, ExpectedWait(low, high))
    for name, low, high in (
        ("Council Tax", 9, 14),
        ("Housing", 12, 20),
        ("Benefits", 8, 13),
        ("Planning", 5, 9),
        ("Parking", 6, 11),
    )
)
NOTICES = (
    Notice("children", {"en": "There is a room for feeding and changing babies. Ask at any counter."}),
    Notice("evening", {"en": "Good evening."}, opens=time(17), closes=time(19)),
    Notice(
        "help",
        {
            "en": "If you need an interpreter, tell any member of staff.",
            "pl": "Potrzebny tłumacz? Proszę powiedzieć pracownikowi.",
        },
    ),
)
VIEW = BoardView(
    NOW,
    1,
    "civic",
    "Civic Offices",
    "Hertsmere Borough Council",
    ZONE,
    (call("C020", "Counter 3"), *EARLIER),
    WAITS,
    NOTICES,
    (),
    evacuated=False,
    is_open=True,
)
PRIVACY = Page("You can ask to speak in private. Tell any member of staff.", "en")
LONG = Page(
    "Because of works in the car park, please use the entrance in Elstree Way until Friday. Step-free access is "
    "through the side door.",
    "en",
    2,
    15,
)
SEVEN_WAITS = (
    *WAITS,
    *(BoardWait(str(n), f"Licensing and registration {n}", {}, ExpectedWait(10, 25)) for n in (1, 2)),
)


def with_call(one: BoardCall, **more: object) -> Scene:
    return scene_of(VIEW, replace(Standing(NOW, one, EARLIER, PRIVACY), **more))


STATES: dict[str, Scene] = {
    "calling": with_call(VIEW.calls[0]),
    "polish": with_call(call("H012", "Counter 1", language="pl")),
    "urdu": with_call(call("H013", "Counter 12", language="ur")),
    "chinese": with_call(call("B021", "Counter 4", language="zh-Hant")),
    "private": with_call(call("B006", "Interview room 2", private=True, language="")),
    "nobody": scene_of(VIEW, Standing(NOW, None, EARLIER, PRIVACY)),
    "first": scene_of(replace(VIEW, waits=()), Standing(NOW, None, (), PRIVACY, speaks=False)),
    "delayed": scene_of(
        VIEW,
        Standing(
            NOW,
            VIEW.calls[0],
            EARLIER,
            Page("Housing: expect to wait about 25 minutes. Earlier visits are taking longer.", "en"),
        ),
    ),
    "long-notice": with_call(VIEW.calls[0], page=LONG),
    "urdu-notice": with_call(
        VIEW.calls[0],
        page=Page("اگر آپ کو ترجمان یا فارم بھرنے میں مدد چاہیے تو عملے کے کسی فرد کو بتائیں۔ یہ مفت ہے۔", "ur"),
    ),
    "long-names": scene_of(
        replace(VIEW, waits=SEVEN_WAITS[1:]),
        Standing(
            NOW,
            call("HK0123", "The Allum Interview and Meeting Room on the First Floor"),
            (call("HK0122", "The Allum Interview and Meeting Room", 100), *EARLIER[:4]),
            PRIVACY,
        ),
    ),
    "not-live": with_call(VIEW.calls[0], lost_since=NOW - MINUTE),
    "not-live-nobody": scene_of(VIEW, Standing(NOW, None, EARLIER, PRIVACY, lost_since=NOW - 9 * MINUTE)),
    "closed": scene_of(
        replace(VIEW, calls=(), is_open=False, next_open=NOW + 22 * HOUR + 17 * MINUTE),
        Standing(NOW, None, EARLIER, PRIVACY),
    ),
    "evacuated": scene_of(replace(VIEW, evacuated=True), Standing(NOW, None, EARLIER)),
    "starting": starting(),
}
DELAY = BoardDelay(DelayReason.STAFF_AWAY, "Housing", 20, NOW)
