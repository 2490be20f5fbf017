"""PINs: hashed with argon2id, five wrong ones lock the person out for a while."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reception.clock import MINUTE, Millis
from reception.errors import Code, Refusal

WRONG_PINS_ALLOWED = 5
LOCKED_FOR: Millis = 5 * MINUTE
SHORTEST, LONGEST = 4, 12


class Argon2Pins:
    """The library's own defaults (RFC 9106, low memory), which fit a desk's computer."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, pin: str) -> str:
        return self._hasher.hash(check_form(pin))

    def verify(self, pin_hash: str, pin: str) -> bool:
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False


def check_form(pin: str) -> str:
    """A PIN is 4 to 12 digits; anything else is refused."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise Refusal(
            Code.BAD_INPUT, f"A PIN is {SHORTEST} to {LONGEST} digits.", "Choose digits only, without spaces."
        )
    return pin
