"""Which letters fit where an appointment stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reception.domain.appointment import Appointment
from reception.domain.booked import Kind, LetterKind, Standing
from reception.domain.booking import Place
from reception.domain.letters import check_letter
from reception.errors import Code, Refusal

L, S = LetterKind, Standing
ALWAYS = {L.DELAY_APOLOGY}


def appointment(**more: Any) -> Appointment:
    values: dict[str, Any] = {
        "id": "a",
        "office_id": "o",
        "reference": "AP-2345ABCD",
        "kind": Kind.OFFICE,
        "standing": S.BOOKED,
        "service_id": "housing",
        "place": Place(1_000_000, 2_000_000, "grace"),
        "booked_at": 0,
        "last_at": 0,
        "local_day": date(2026, 3, 2),
    }
    return Appointment(**{**values, **more})


@pytest.mark.parametrize(
    ("stands", "fitting"),
    [
        ({}, {L.CONFIRMATION}),
        ({"moved": 1}, {L.CONFIRMATION, L.NEW_TIME}),
        ({"kind": Kind.TELEPHONE}, {L.CONFIRMATION}),
        ({"kind": Kind.HOME_VISIT}, {L.CONFIRMATION, L.HOME_VISIT}),
        ({"kind": Kind.HOME_VISIT, "moved": 2}, {L.CONFIRMATION, L.HOME_VISIT, L.NEW_TIME}),
        ({"language": "bfi"}, {L.CONFIRMATION, L.INTERPRETER_ORDER}),
        ({"place": Place(0, 9, "grace", "", "alex")}, {L.CONFIRMATION, L.INTERPRETER_ORDER}),
        ({"standing": S.CANCELLED, "moved": 1, "language": "bfi"}, {L.CANCELLATION}),
        ({"standing": S.DID_NOT_ATTEND, "moved": 1, "language": "bfi"}, {L.MISSED}),
        ({"standing": S.CHECKED_IN, "moved": 1, "language": "bfi"}, {L.INTERPRETER_ORDER}),
        ({"standing": S.ATTENDED, "kind": Kind.HOME_VISIT, "moved": 1}, set()),
    ],
)
def test_which_letters_fit(stands: dict[str, Any], fitting: set[LetterKind]) -> None:
    stood = appointment(**stands)
    for kind in LetterKind:
        if kind in fitting | ALWAYS:
            check_letter(stood, kind)
            continue
        with pytest.raises(Refusal) as refused:
            check_letter(stood, kind)
        assert refused.value.code is Code.NOT_POSSIBLE_NOW
        assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("stands", "kind", "words"),
    [
        ({}, L.MISSED, "This appointment is not marked as not attended. If nobody came, mark it so first."),
        ({}, L.CANCELLATION, "This appointment is not cancelled. Cancel it first."),
        ({}, L.NEW_TIME, "This appointment was never moved. Write a confirmation instead."),
        ({"standing": S.CANCELLED}, L.CONFIRMATION, "This appointment is cancelled. Write the cancellation instead."),
        (
            {"standing": S.CHECKED_IN},
            L.MISSED,
            "This appointment is not marked as not attended. Choose another letter.",
        ),
    ],
)
def test_what_is_wrong_and_what_to_do(stands: dict[str, Any], kind: LetterKind, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_letter(appointment(**stands), kind)
    assert str(refused.value) == words
