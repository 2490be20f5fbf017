"""PINs: hashed with argon2id, five wrong ones lock the person out for a while."""

from __future__ import annotations

from reception.clock import MINUTE, Millis
from reception.errors import Code, Refusal
from reception.services.office_settings import PIN_DIGITS

WRONG_PINS_ALLOWED = 5
LOCKED_FOR: Millis = 5 * MINUTE


class Argon2Pins:
    """The library's own defaults (RFC 9106, low memory), which fit a desk's computer.

    It is loaded with the first PIN: a desk shows its queue before anyone signs in.
    """

    def hash(self, pin: str) -> str:
        from argon2 import PasswordHasher

        return PasswordHasher().hash(check_form(pin))

    def verify(self, pin_hash: str, pin: str) -> bool:
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False


def check_form(pin: str) -> str:
    """A PIN is as many digits as :data:`PIN_DIGITS` allows; anything else is refused."""
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS.allow(len(pin))):
        raise Refusal(
            Code.BAD_INPUT,
            f"A PIN is {PIN_DIGITS.low} to {PIN_DIGITS.high} digits.",
            "Choose digits only, without spaces.",
        )
    return pin
