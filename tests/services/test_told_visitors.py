"""What an office tells its visitors, through the door: it comes back whole, and what is not possible is refused."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.domain.notices import Notice
from reception.domain.office import Service, ServiceWords
from reception.errors import Code, Refusal
from reception.services import queries as q
from reception.services.checking_settings import check_settings
from reception.storage import schema as t
from tests.support import HOUSING, OFFICE, At, settings

SAID = Service(
    HOUSING,
    "Housing",
    "H",
    about="Repairs",
    said={"pl": ServiceWords("Mieszkania", "Naprawy"), "ur": ServiceWords("رہائش")},
)
REST = settings().services[1:]
NOTICE = Notice(
    "n1",
    {"en": "Closed on Friday.", "zh-Hant": "星期五休息。"},
    date(2026, 3, 2),
    date(2026, 3, 6),
    time(9),
    time(17),
    frozenset({0, 4}),
)
ALL = {
    "services": (SAID, *REST),
    "notices": (NOTICE, Notice("n0", {"en": "x" * 2_000})),
    "unstaffed": True,
    "who_comes": "Daniel comes.",
    "help_telephone": "020 7946 0100",
    "checked_languages": frozenset({"pl", "it"}),
    "place_said": {"pl": "Parter"},
    "who_comes_said": {"pl": "Przyjdzie Daniel."},
}


def pin_hash(at: At) -> str:
    with at.door._database.engine.connect() as connection:
        return str(connection.execute(sa.select(t.office.c.kiosk_pin_hash)).scalar_one())


def test_it_comes_back_as_it_was_saved(priya: At) -> None:
    priya.change_settings(settings(**ALL, kiosk_pin="97531"))
    kept = priya.door.ask(q.SettingsOf(OFFICE))
    assert {name: getattr(kept, name) for name in ALL} == ALL
    assert kept.kiosk_pin == "", "what a PIN is, is never told"
    first = pin_hash(priya)
    assert first and first != "97531"
    priya.change_settings(replace(kept, notices=kept.notices[1:], services=(replace(SAID, said={}), *REST)))
    again = priya.door.ask(q.SettingsOf(OFFICE))
    assert (again.notices, dict(again.services[0].said)) == (kept.notices[1:], {})
    assert pin_hash(priya) == first, "an empty PIN leaves it"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notices": (Notice("n", {"pl": "Bez angielskiego"}),)}, "notices/n/words"),
        ({"notices": (Notice("n", {"en": "x" * 2_001}),)}, "notices/n/words"),
        ({"notices": (Notice("n", {"en": "x", "tlh": "y"}),)}, "notices/n/words"),
        ({"notices": (Notice("n", {"en": "x"}, date(2026, 3, 2), date(2026, 3, 1)),)}, "notices/n/last"),
        ({"notices": (Notice("n", {"en": "x"}, opens=time(9)),)}, "notices/n/opens"),
        ({"notices": (Notice("n", {"en": "x"}, opens=time(9), closes=time(9)),)}, "notices/n/closes"),
        ({"notices": (Notice("n", {"en": "x"}, weekdays=frozenset()),)}, "notices/n/weekdays"),
        ({"notices": tuple(Notice(str(each), {"en": "x"}) for each in range(51))}, "notices"),
        ({"services": (replace(SAID, about="x" * 201), *REST)}, f"services/{HOUSING}/about"),
        ({"services": (replace(SAID, said={"pl": ServiceWords(" ")}), *REST)}, f"services/{HOUSING}/said"),
        ({"services": (replace(SAID, said={"xx": ServiceWords("x")}), *REST)}, f"services/{HOUSING}/said"),
        ({"who_comes": "x" * 501}, "who_comes"),
        ({"help_telephone": "1" * 41}, "help_telephone"),
        ({"unstaffed": True}, "who_comes"),
        ({"checked_languages": frozenset({"tlh"})}, "checked_languages"),
        ({"place_said": {"tlh": "x"}}, "place_said"),
        ({"who_comes_said": {"tlh": "x"}}, "who_comes_said"),
        ({"who_comes_said": {"pl": "x" * 501}}, "who_comes_said"),
        ({"kiosk_pin": "12a4"}, "kiosk_pin"),
    ],
)
def test_what_is_not_possible_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_settings(settings(**changes))
    assert caught.value.field == field
    assert caught.value.code in (Code.BAD_SETTINGS, Code.BAD_INPUT)
