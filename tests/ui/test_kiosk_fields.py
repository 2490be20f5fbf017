"""What is typed into a kiosk's field for the date of birth, touch by touch."""

from __future__ import annotations

from datetime import date

import pytest

from ui.kiosk.entered import At
from ui.kiosk.fields import date_at_part, date_typed, erased_from, typed_with

_BOXES = {"D": 0, "M": 1, "Y": 2}


def _typed(touches: str) -> str:
    """Figures and separators; D, M and Y touch a box, < deletes."""
    typed = ""
    for touch in touches:
        if touch in _BOXES:
            typed = date_at_part(typed, _BOXES[touch])
        else:
            typed = erased_from(typed) if touch == "<" else typed_with(At.BORN, typed, touch)
    return typed


@pytest.mark.parametrize(
    ("touches", "stands"),
    [
        ("03111975", "03111975"),
        ("2M1Y1975", "02011975"),
        ("2/1/1975", "02011975"),
        ("451975", "04051975"),
        ("031119756", "03111975"),
        ("4<", "0"),
        ("0M", "0"),
        ("M3", "3"),
        ("2Y1", "021"),
        ("2M2M4", "0204"),
        ("21M", "21"),
        ("03111975D", "  111975"),
        ("03111975D7", "07111975"),
        ("03111975M2", "03021975"),
        ("03111975D2M1Y1980", "02011980"),
        ("03111975D2<", "  111975"),
        ("03111975D<", "  111975"),
        ("031119Y75", "03111975"),
        ("a", ""),
    ],
)
def test_a_date_is_typed_box_by_box(touches: str, stands: str) -> None:
    assert _typed(touches) == stands


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("03111975", date(1975, 11, 3)),
        ("3 111975", None),
        ("31021975", None),
        ("0311197", None),
    ],
)
def test_a_date_that_is_not_whole_is_none(typed: str, born: date | None) -> None:
    assert date_typed(typed) == born
