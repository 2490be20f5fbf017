"""What the on-screen keyboard offers in each language: names as people spell them, and codes as letters print them."""

from __future__ import annotations

from msgspec import Struct


class Layout(Struct, frozen=True):
    """Letters to choose from. `rows` keep their order of an alphabet that has rows of its own; `flow` fills rows."""

    rows: tuple[str, ...] = ()
    flow: tuple[str, ...] = ()

    @property
    def signs(self) -> tuple[str, ...]:
        return (*"".join(self.rows), *self.flow)


CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of a code on a letter."""
DOTTED = "\u25cc"
"""Stands under a sign that belongs to a letter, on its key."""
_LATIN_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm'-.")
LATIN = Layout(_LATIN_ROWS)
_POLISH = Layout((*_LATIN_ROWS, "ąćęłńóśźż"))
_ITALIAN = Layout((*_LATIN_ROWS, "àèéìíòóùú"))
_ARABIC = Layout(flow=tuple("اأإآبتثجحخدذرزسشصضطظعغفقكلمنهةوؤيىئء"))
_URDU = Layout(flow=tuple("اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہھءیئے"))
_BENGALI = Layout(flow=(*"কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ", "ড়", "ঢ়", "য়", *"ৎংঃঁািীুূৃেৈোৌ্অআইঈউঊঋএঐওঔ"))
_GURMUKHI = Layout(flow=(*"ਸਹਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜ", "ਸ਼", "ਖ਼", "ਗ਼", "ਜ਼", "ਫ਼", *"ਾਿੀੁੂੇੈੋੌੰਂੱ੍ਅਆਇਈਉਊਏਐਓਔ"))
CODES = Layout(flow=tuple(CODE_ALPHABET))
DIGITS = Layout(("123", "456", "789", "0"))
DIGITS_WIDE = Layout(("12345", "67890"))

_NAMES = {
    "pl": (_POLISH,),
    "it": (_ITALIAN,),
    "ar": (_ARABIC, LATIN),
    "ur": (_URDU, LATIN),
    "bn": (_BENGALI, LATIN),
    "pa": (_GURMUKHI, LATIN),
}
RIGHT_TO_LEFT = (_ARABIC, _URDU)


def for_names(tag: str) -> tuple[Layout, ...]:
    """The keyboards on which a name is typed in a language, the likeliest first. Chinese names are typed as letters
    print them, in the Latin alphabet."""
    return _NAMES.get(tag, (LATIN,))


def rows_of(layout: Layout, columns: int, most: int) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The layout as pages of at most `most` rows of at most `columns` signs."""
    rows: list[tuple[str, ...]] = []
    for row in layout.rows:
        rows += [tuple(row[start : start + columns]) for start in range(0, len(row), columns)]
    rows += [layout.flow[start : start + columns] for start in range(0, len(layout.flow), columns)]
    return tuple(tuple(rows[start : start + most]) for start in range(0, len(rows), most))
