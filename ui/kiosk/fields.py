"""What may be typed into each field of a kiosk, and what it comes to."""

from __future__ import annotations

from datetime import date

from ui.kiosk.entered import At
from ui.kiosk.keyboards import CODE_ALPHABET
from ui.scanner import APPOINTMENT_CODE

NAME_MOST = 60
CODE_LENGTH = 8
PIN_MOST = 12
DATE_LENGTH = 8
_MOST = {At.NAME: NAME_MOST, At.BORN: DATE_LENGTH, At.PIN: PIN_MOST}
_CODE_SIGNS = frozenset(CODE_ALPHABET)
_PREFIX = APPOINTMENT_CODE.rstrip("-")
_A_NAME_GOES_ON = " -'"
"""After these another name begins."""


def typed_with(at: At, typed: str, sign: str) -> str:
    """What stands in a screen's field once a sign is typed after what stood there."""
    if at is At.REFERENCE:
        return _reference_with(typed, sign.upper())
    if len(typed) >= _MOST.get(at, 0):
        return typed
    if at is At.NAME:
        return typed + (sign.upper() if not typed or typed[-1] in _A_NAME_GOES_ON else sign)
    return typed + sign if sign.isascii() and sign.isdigit() else typed


def _reference_with(typed: str, sign: str) -> str:
    """A reference, or one as letters print it: the prefix that stands in the field already is not kept twice."""
    if sign == "-" and typed == _PREFIX:
        return ""
    if sign not in _CODE_SIGNS:
        return typed
    if len(typed) < CODE_LENGTH:
        return typed + sign
    return typed.removeprefix(_PREFIX) + sign if typed.startswith(_PREFIX) else typed


def date_typed(typed: str) -> date | None:
    """Day, month and year as eight digits; None for what is no date of birth."""
    if len(typed) != DATE_LENGTH:
        return None
    try:
        return date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    except ValueError:
        return None
