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
_MOST = {At.NAME: NAME_MOST, At.PIN: PIN_MOST}
_CODE_SIGNS = frozenset(CODE_ALPHABET)
_PREFIX = APPOINTMENT_CODE.rstrip("-")
_A_NAME_GOES_ON = " -'"
"""After these another name begins."""
DATE_PARTS = (2, 2, 4)
"""The figures of day, month and year."""
_PART_ENDS = "/.-, "
"""Typed after a day or a month."""
_FIRST_MOST = ("3", "1")
"""The largest first figure of a day and of a month that have two."""
GAP = " "
"""A figure that is yet to be typed, before others that stay."""


def typed_with(at: At, typed: str, sign: str) -> str:
    """What stands in a screen's field once a sign is typed after what stood there."""
    if at is At.REFERENCE:
        return _reference_with(typed, sign.upper())
    if at is At.BORN:
        return _date_with(typed, sign)
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


def erased_from(typed: str) -> str:
    """What stands in a field once the sign before the place of the next is taken away."""
    at = place_of_next(typed)
    return f"{typed[: at - 1]}{GAP}{typed[at:]}".rstrip(GAP) if at else typed


def place_of_next(typed: str) -> int:
    """Where the next sign goes: the first gap, or the end."""
    return typed.find(GAP) if GAP in typed else len(typed)


def date_at_part(typed: str, part: int) -> str:
    """A date once its day (0), month (1) or year (2) has been touched: that is typed next, where all before it stands.

    A day or a month of one figure gets its nought. What the part held is typed anew; the parts after it stay.
    """
    was = _part_at(place_of_next(typed))
    typed = _with_nought(typed) if part != was else typed
    start, end = _span(part)
    if part == was or place_of_next(typed) < start:
        return typed
    return f"{typed[:start]}{GAP * DATE_PARTS[part]}{typed[end:]}".rstrip(GAP)


def _date_with(typed: str, sign: str) -> str:
    at = place_of_next(typed)
    if sign in _PART_ENDS:
        return _with_nought(typed)
    if at >= DATE_LENGTH or not (sign.isascii() and sign.isdigit()):
        return typed
    part = _part_at(at)
    is_whole = part < len(_FIRST_MOST) and at == _span(part)[0] and sign > _FIRST_MOST[part]
    put = f"0{sign}" if is_whole else sign
    return typed[:at] + put + typed[at + len(put) :]


def _with_nought(typed: str) -> str:
    """With a day or a month of one figure closed by a nought before it."""
    at = place_of_next(typed)
    part = _part_at(at)
    start, end = _span(part)
    if part >= len(_FIRST_MOST) or at != start + 1 or typed[start] == "0":
        return typed
    return f"{typed[:start]}0{typed[start]}{typed[end:]}"


def _part_at(at: int) -> int:
    """In which part of a date the place is; after all of them, their number."""
    return sum(at >= _span(part)[1] for part in range(len(DATE_PARTS)))


def _span(part: int) -> tuple[int, int]:
    start = sum(DATE_PARTS[:part])
    return start, start + sum(DATE_PARTS[part : part + 1])


def date_typed(typed: str) -> date | None:
    """Day, month and year as eight digits; None for what is no date of birth."""
    if len(typed) != DATE_LENGTH or GAP in typed:
        return None
    try:
        return date(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    except ValueError:
        return None
