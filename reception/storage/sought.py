"""Names and telephone numbers as people are looked for by them: however they are written."""

from __future__ import annotations

import unicodedata

_LEFT_OUT = ("Mn", "Zs", "P", "C")
"""Accents, spaces, hyphens and apostrophes."""


def sought_name(name: str) -> str:
    """A name without case, accents, spaces and punctuation: "Zoë O'Hara-Lee" and "zoe ohara lee" are the same."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(each for each in apart if not unicodedata.category(each).startswith(_LEFT_OUT))
    return unicodedata.normalize("NFC", kept)


def sought_telephone(number: str) -> str:
    """Digits alone, as dialled inside the country: "+44 7700 900123" and "07700 900 123" are the same."""
    digits = "".join(each for each in number if each in "0123456789")
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and (abroad == "0044" or number.lstrip(" (").startswith("+")):
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits
