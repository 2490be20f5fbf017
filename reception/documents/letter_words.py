"""The words of letters: which sentences each kind has, and which placeholders they may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reception.documents.said import parsed
from reception.domain.booked import DelayReason, LetterKind
from reception.domain.person import Need

LONGEST_PARAGRAPH = 1000
"""Characters; more is most likely a quotation mark left open."""

_PLACE_AND_TIME = ("day", "time", "until", "minutes", "length", "place", "room", "office", "council")
_CONTACT = ("contact", "contact_name", "contact_telephone", "contact_email")
_OF_VISITOR = ("name", "reference", *_PLACE_AND_TIME, "service", "about", "officer", *_CONTACT, "telephone")
_AHEAD = ("have_ready", "target_minutes", "target_length", "interpreter", "interpreting")

PLACEHOLDERS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.CONFIRMATION: (*_OF_VISITOR, *_AHEAD),
    LetterKind.NEW_TIME: (*_OF_VISITOR, *_AHEAD, "old_day", "old_time"),
    LetterKind.CANCELLATION: _OF_VISITOR,
    LetterKind.DELAY_APOLOGY: (*_OF_VISITOR, "delay_reason", "expected_minutes", "expected_length", "offered"),
    LetterKind.MISSED: _OF_VISITOR,
    LetterKind.HOME_VISIT: (*_OF_VISITOR, *_AHEAD, "purpose", "password", "what_next"),
    # the visitor's name, telephone number and business are not the interpreter's
    LetterKind.INTERPRETER_ORDER: (
        *("name", "reference"),
        *_PLACE_AND_TIME,
        *("service", "officer"),
        *_CONTACT,
        *("interpreter", "interpreting"),
    ),
}
"""What each letter may say."""


def only(*allowed: str, needed: tuple[str, ...] = ()) -> Callable[[str], str]:
    """A check that a paragraph uses only the placeholders it may, and all that it must; of "a|b" one will do."""

    def check(text: str) -> str:
        used = parsed(text).placeholders
        for name in used:
            if name not in allowed:
                raise ValueError(f"has the placeholder {{{name}}}, which is not known here; {listed(allowed)}")
        for name in needed:
            choice = name.split("|")
            if not any(each in used for each in choice):
                raise ValueError(f"lacks the placeholder {{{choice[0]}}}")
        return text

    return check


def listed(allowed: tuple[str, ...]) -> str:
    if not allowed:
        return "no placeholder is"
    return "known here: " + ", ".join(f"{{{name}}}" for name in allowed)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Text = Annotated[str, Field(max_length=LONGEST_PARAGRAPH)]
_Label = Annotated[_Text, Field(min_length=1), AfterValidator(only())]


class Labels(_Section):
    """What stands before the facts of a letter, and in their place where there is nothing to fill in."""

    when: _Label
    was: _Label
    where: _Label
    with_: _Label = Field(alias="with")
    about: _Label
    language: _Label
    interpreter: _Label
    arranged: _Label
    place_telephone: Annotated[_Text, AfterValidator(only("telephone", needed=("telephone",)))]
    place_telephone_unknown: _Label
    place_home: _Label
    interpreter_telephone: _Label
    interpreter_home: _Label
    officer: _Label


class LetterText(_Section):
    """The paragraphs of one kind of letter. Of `heading` and `action` the first that can be said is printed."""

    title: Annotated[_Text, Field(min_length=1), AfterValidator(only("reference"))]
    heading: Annotated[tuple[_Text, ...], Field(min_length=1)]
    lead: tuple[_Text, ...]
    action: tuple[_Text, ...]
    body: tuple[_Text, ...]


class LetterWords(_Section):
    """The words of all letters."""

    date: Annotated[_Text, AfterValidator(only("day", "month", "year", needed=("day", "month", "year")))] = ""
    """Empty: as is usual in the language."""
    reference: _Label
    greeting: Annotated[_Text, AfterValidator(only("name", needed=("name",)))]
    greeting_unnamed: _Label
    contact: Annotated[
        tuple[Annotated[_Text, AfterValidator(only(*_CONTACT[1:], "council"))], ...], Field(min_length=1)
    ]
    sign_off: _Label
    formats: Annotated[_Text, AfterValidator(only("contact_telephone"))]
    formats_unphoned: Annotated[_Text, AfterValidator(only())]
    scan: Annotated[_Text, AfterValidator(only("reference"))]
    code: Annotated[_Text, Field(min_length=1), AfterValidator(only("reference"))]
    turn_over: _Label
    page: Annotated[_Text, AfterValidator(only("page", "pages", "reference", needed=("page",)))]
    day_and_time: Annotated[_Text, AfterValidator(only("day", "time", needed=("day", "time")))]
    from_to: Annotated[_Text, AfterValidator(only("time", "until", needed=("time", "until")))]
    labels: Labels
    needs: dict[Need, _Label]
    sign_languages: dict[str, _Label]
    """By ISO 639-3 code: what the tables of language names lack."""
    delay_reasons: dict[DelayReason, _Label]
    confirmation: LetterText
    new_time: LetterText
    cancellation: LetterText
    delay_apology: LetterText
    missed: LetterText
    home_visit: LetterText
    interpreter_order: LetterText

    def of(self, kind: LetterKind) -> LetterText:
        text: LetterText = getattr(self, kind.value)
        return text


_IN_HEADING: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.CONFIRMATION: ("day", "time"),
    LetterKind.NEW_TIME: ("day", "time"),
    LetterKind.CANCELLATION: ("day",),
    LetterKind.DELAY_APOLOGY: (),
    LetterKind.MISSED: ("day",),
    LetterKind.HOME_VISIT: ("day", "time"),
    LetterKind.INTERPRETER_ORDER: ("interpreting", "day"),
}
"""What every heading of a kind must say."""


def first_fault(words: LetterWords) -> tuple[tuple[int | str, ...], str] | None:
    """The first sentence that says what its letter may not, or not what it must: its place, and the fault in words."""
    for kind in LetterKind:
        text = words.of(kind)
        for part in ("heading", "lead", "action", "body"):
            check = only(*PLACEHOLDERS[kind], needed=_IN_HEADING[kind] if part == "heading" else ())
            for number, paragraph in enumerate(getattr(text, part)):
                try:
                    check(paragraph)
                except ValueError as fault:
                    return ("letter", kind.value, part, number), str(fault)
        used = {name for paragraph in (*text.lead, *text.action, *text.body) for name in parsed(paragraph).placeholders}
        if "contact" not in used and not {"contact_name", "contact_telephone"} <= used:
            return ("letter", kind.value), "lacks the placeholder {contact}: a letter says whom to reach and how"
    return None
