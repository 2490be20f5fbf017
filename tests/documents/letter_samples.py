"""Letters of every kind, as a snapshot has them, and ways to read them back."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, from_datetime
from reception.domain.booked import DelayReason, Kind, LetterKind
from reception.domain.booking import Place, Slot
from reception.domain.letter_snapshot import LetterSnapshot
from reception.domain.person import Need
from reception.domain.visitor import HomeVisit

WRITTEN = from_datetime(datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
STARTS = from_datetime(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
DAY = 24 * HOUR
REFERENCE = "AP-7K3QX9PM"

CONFIRMATION = LetterSnapshot(
    kind=LetterKind.CONFIRMATION,
    large_print=False,
    language="en",
    council="Hertsmere Borough Council",
    office="Civic Offices",
    office_address="Elstree Way\nBorehamwood WD6 1WA",
    timezone="Europe/London",
    written_at=WRITTEN,
    reference=REFERENCE,
    recipient="Kwame Boateng",
    address=("Flat 6 Larkfield House", "22 Maple Grove", "Borehamwood", "WD6 9ZZ"),
    service="Housing",
    kind_of_appointment=Kind.OFFICE,
    starts=STARTS,
    ends=STARTS + 30 * MINUTE,
    officer="Rukhsana Aziz",
    officer_title="Housing officer",
    room="Room 2, ground floor",
    contact_name="Rukhsana Aziz",
    contact_telephone="020 7946 0312",
    contact_email="rukhsana.aziz@hertsmere.example",
    about="Damp in the bathroom",
    home=HomeVisit(have_ready="your tenancy agreement and proof of who you are."),
    step_free=True,
    needs=frozenset({Need.STEP_FREE}),
    code=REFERENCE,
    target_minutes=5,
)

NEW_TIME = replace(CONFIRMATION, kind=LetterKind.NEW_TIME, was=STARTS - DAY, by_council=True)
CANCELLATION = replace(CONFIRMATION, kind=LetterKind.CANCELLATION, code="", by_council=True)
MISSED = replace(CONFIRMATION, kind=LetterKind.MISSED, code="")
DELAY_APOLOGY = replace(
    CONFIRMATION,
    kind=LetterKind.DELAY_APOLOGY,
    code="",
    expected_minutes=40,
    delay_reason=DelayReason.INTERPRETER_LATE,
    offered=tuple(
        Slot(Place(STARTS + days * DAY, STARTS + days * DAY + 30 * MINUTE), "Rukhsana Aziz") for days in (1, 2, 3)
    ),
)
HOME_VISIT = replace(
    CONFIRMATION,
    kind=LetterKind.HOME_VISIT,
    kind_of_appointment=Kind.HOME_VISIT,
    room="",
    code="",
    by_council=True,
    about="",
    step_free=False,
    needs=frozenset(),
    home=HomeVisit(
        purpose="We want to look at the damp in your bathroom and measure it.",
        password="blue kettle",
        have_ready="your tenancy agreement",
        what_next="We will write to you within 10 working days to say what work will be done and when.",
    ),
)
INTERPRETER_ORDER = replace(
    CONFIRMATION,
    kind=LetterKind.INTERPRETER_ORDER,
    recipient="Maria Szabó",
    address=("14 High Street", "Potters Bar", "EN6 9ZZ"),
    interpreter="Maria Szabó",
    interpreting="British Sign Language",
    about="",
    home=HomeVisit(),
    step_free=False,
    needs=frozenset(),
    code="",
)

KINDS = {
    snapshot.kind: snapshot
    for snapshot in (CONFIRMATION, NEW_TIME, CANCELLATION, DELAY_APOLOGY, MISSED, HOME_VISIT, INTERPRETER_ORDER)
}
NEUTRAL = replace(CONFIRMATION, service="")
