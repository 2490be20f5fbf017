from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reception.clock import from_datetime
from reception.documents.wording import Wording
from reception.documents.wording_file import load_wording
from reception.domain.said_wait import ExpectedWait
from reception.errors import Code, Refusal

LONDON = ZoneInfo("Europe/London")
ORIGINAL = (resources.files("resources") / "letters" / "en.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words() -> Wording:
    return load_wording()


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    assert ORIGINAL.count(old) == 1
    path = tmp_path / "en.toml"
    path.write_text(ORIGINAL.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "12 midnight"),
        (0, 5, "12.05am"),
        (9, 0, "9am"),
        (10, 42, "10.42am"),
        (11, 59, "11.59am"),
        (12, 0, "12 noon"),
        (12, 30, "12.30pm"),
        (16, 7, "4.07pm"),
    ],
)
def test_times_as_people_say_them(hour: int, minute: int, said: str, words: Wording) -> None:
    winter = from_datetime(datetime(2026, 11, 24, hour, minute, 59, tzinfo=UTC))
    moment = words.saying.moment_of(winter, LONDON, words.ticket.taken_at)
    assert moment.replace("\u00a0", " ") == f"{said}, Tuesday 24 November"


def test_times_are_the_offices_own(words: Wording) -> None:
    summer = from_datetime(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert words.saying.moment_of(summer, LONDON, words.ticket.taken_at) == "12.30am, Wednesday 1\u00a0July"


def test_a_day_of_another_year_has_its_year(words: Wording) -> None:
    new_year = date(2027, 1, 4)
    assert words.saying.day_of(new_year) == "Monday 4 January"
    assert words.saying.day_of(new_year, seen_from=date(2026, 12, 21)) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (12, 20, "about 12 to 20 minutes"),
        (20, 12, "about 12 to 20 minutes"),
        (1, 1, "about 1 minute"),
        (5, 5, "about 5 minutes"),
        (40, 75, "about 40 to 75 minutes"),
        (7, 24, "about 5 to 25 minutes"),
        (1, 29, "up to about 30 minutes"),
        (60, 60, "about 1 hour"),
        (90, 90, "about 1½ hours"),
        (61, 89, "about 1 to 1½ hours"),
        (75, 130, "about 1 to 2½ hours"),
    ],
)
def test_waits_as_people_say_them(low: int, high: int, said: str, words: Wording) -> None:
    assert words.saying.wait_of(ExpectedWait(low, high)) == said


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"{number} will not be called."',
            '"{nmber} will not be called."',
            "“ticket.void_next, number 1” has the placeholder {nmber}, which is not known here",
        ),
        ('"{number} will not be called."', '"{number will not be called."', "has a brace without its partner"),
        ('"{number} will not be called."', '"{number.__class__} will not"', "is not known here"),
        ('"{number} will not be called."', '"{number!r} will not be called."', "is not known here"),
        ('"{number} will not be called."', '"{} will not be called."', "is not known here"),
        ("about {low} to {high} minutes", "about {low} minutes", "lacks the placeholder {high}"),
        ('wait = "Wait"', "", "“ticket.wait” is missing"),
        ('wait = "Wait"', 'wait = "Wait"\nweight = "Heavy"', "“ticket.weight” is not known"),
        ('wait = "Wait"', 'wait = ""', "“ticket.wait” is empty"),
        ('wait = "Wait"', "wait = 3", "“ticket.wait” is wrong"),
        ('wait = "Wait"', f'wait = "{"w" * 401}"', "“ticket.wait” is too long"),
        ('noon = "12 noon"\n', "", "“dates.noon” is missing"),
        ("in English.\n[evacuation]", "in English.\n[evacuations]", "“evacuation” is missing"),
        ('language = "en-GB"', 'language = "English, please"', "“language” is wrong"),
        (
            'heading = ["You missed your appointment on {day}"]',
            'heading = ["You missed {dya}"]',
            "“letter.missed.heading, number 1” has the placeholder {dya}, which is not known here; known here: {name}",
        ),
        (
            'heading = ["You missed your appointment on {day}"]',
            'heading = ["You missed your appointment"]',
            "“letter.missed.heading, number 1” lacks the placeholder {day}",
        ),
        ('heading = ["You missed your appointment on {day}"]', "", "“letter.missed.heading” is missing"),
        ('heading = ["You missed your appointment on {day}"]', "heading = []", "“letter.missed.heading” is wrong"),
        ('    "Contact {contact}.",', '    "Contact us.",', "“letter.missed” lacks the placeholder {contact}"),
        (
            '    "To answer, contact {contact}.",',
            '    "{about}: contact {contact}.",',
            "“letter.interpreter_order.body, number 1” has the placeholder {about}, which is not known here",
        ),
        (
            '"{purpose}"',
            '"{purpose"',
            "“letter.home_visit.body, number 2” has a brace without its partner",
        ),
        (
            '"[office] You do not need to come."',
            '"[offices] You do not need to come."',
            "“letter.cancellation.action, number 1” has the condition [offices], which is not known; known are",
        ),
        ('greeting = "Dear {name}"', 'greeting = "Dear friend"', "“letter.greeting” lacks the placeholder {name}"),
        ('children = "Room for children"', 'child = "Room for children"', "“letter.needs.child” is wrong"),
        ("[letter.missed]", "[letter.mist]", "“letter.missed” is missing"),
    ],
)
def test_a_broken_letters_file_is_refused_with_the_place(old: str, new: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load_wording(_changed(tmp_path, old, new))
    assert refused.value.code is Code.BAD_LETTER
    assert told in refused.value.reason
    assert "en.toml" in refused.value.reason
    assert str(tmp_path) not in refused.value.reason
    assert refused.value.remedy


@pytest.mark.parametrize("content", [b'language = "en', b"\xff\xfe\x00", None])
def test_a_file_that_is_no_letters_file_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        load_wording(path)
    assert refused.value.code is Code.UNREADABLE_FILE


def test_a_council_may_change_the_words_and_drop_a_sentence(tmp_path: Path) -> None:
    changed = load_wording(_changed(tmp_path, 'wait = "Wait"', 'wait = "Your wait, we think"'))
    assert changed.ticket.wait == "Your wait, we think"
    dropped = load_wording(
        _changed(tmp_path, 'scan = "If you come back about this, let us scan the code."', 'scan = ""')
    )
    assert dropped.slip.scan == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"{number} will not be called."', '"{nmber} will not be called."'),
        ('wait = "Wait"', "wait = 3"),
        ('    "To answer, contact {contact}.",', '    "{about}: contact {contact}.", # {about}'),
        ('    "# What happens next",', '    "# What happens [ next {",'),
        ('"{what_next}"', "'{next}'"),
        ('sign_off = "Yours sincerely"', 'sign_of = "Yours sincerely"\nsign_off = "Yours sincerely"'),
    ],
)
def test_the_line_of_a_slip_is_named(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load_wording(_changed(tmp_path, old, new))
    line = ORIGINAL[: ORIGINAL.index(old)].count("\n") + 1
    assert f"en.toml, line {line}," in refused.value.reason


def test_what_is_missing_is_told_with_the_line_of_its_table(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load_wording(_changed(tmp_path, 'heading = ["You missed your appointment on {day}"]', ""))
    line = ORIGINAL[: ORIGINAL.index("[letter.missed]")].count("\n") + 1
    assert f"line {line}," in refused.value.reason


def test_a_line_of_toml_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load_wording(_changed(tmp_path, 'sign_off = "Yours sincerely"', 'sign_off = "Yours sincerely'))
    line = ORIGINAL[: ORIGINAL.index("sign_off")].count("\n") + 1
    assert f"line {line}" in refused.value.reason
