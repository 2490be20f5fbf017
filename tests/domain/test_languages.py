"""Languages by name, code and tag."""

from __future__ import annotations

import pytest

from reception.domain.languages import code_of, interpreted, is_code, name_of
from ui.languages import spoken_languages


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("British Sign Language", "bfi"),
        ("bsl", "bfi"),
        ("bfi", "bfi"),
        ("Polish", "pol"),
        (" polish ", "pol"),
        ("pl", "pol"),
        ("POL", "pol"),
        ("zh-Hant", "zho"),
        ("Kurdish (Sorani)", "ckb"),
        ("kmr", "kmr"),
        ("Klingon", ""),
        ("x", ""),
        ("żół", ""),
        ("", ""),
    ],
)
def test_what_a_person_types_for_a_language(typed: str, code: str) -> None:
    assert code_of(typed) == code


def test_names() -> None:
    assert (name_of("ckb"), name_of("kmr")) == ("Kurdish (Sorani)", "kmr")
    assert interpreted()[0] == ("bfi", "British Sign Language")
    for code, name in interpreted():
        assert is_code(code) and code_of(name) == code and name_of(code) == name


def test_whatever_a_visitor_may_speak_can_be_interpreted() -> None:
    """A tag and its code are of one name."""
    for tag, name in spoken_languages():
        assert name_of(code_of(tag)) == name
