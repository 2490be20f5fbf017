"""What is not possible in what an office tells its visitors: notices, services in other languages, who comes."""

from __future__ import annotations

from collections.abc import Iterable

from reception.domain.languages import VISITOR_LANGUAGES
from reception.domain.notices import EVERY_DAY, Notice
from reception.errors import Code, Refusal
from reception.services.office_settings import (
    MOST_NOTICES,
    NOTICE_LENGTH,
    SERVICE_ABOUT_LENGTH,
    SERVICE_NAME_LENGTH,
    TELEPHONE_LENGTH,
    WHO_COMES_LENGTH,
    OfficeSettings,
)
from reception.services.pins import check_form

_LANGUAGES = {each.tag: each.name for each in VISITOR_LANGUAGES}
ENGLISH = VISITOR_LANGUAGES[0].tag


def check_told(settings: OfficeSettings) -> None:
    """Refuses (BAD_SETTINGS) the first thing that is wrong; `field` as in `checking_settings`, notices as
    "notices/<id>/words" and the like."""
    if len(settings.notices) > MOST_NOTICES:
        raise _bad("notices", f"{len(settings.notices)} notices are too many.", f"Keep at most {MOST_NOTICES}.")
    for notice in settings.notices:
        _check_notice(notice)
    for service in settings.services:
        field = f"services/{service.id}"
        _check_length(f"{field}/about", service.about, SERVICE_ABOUT_LENGTH, f"What {service.name} is about")
        _check_languages(f"{field}/said", service.said)
        for language, said in service.said.items():
            if not said.name.strip():
                raise _bad(
                    f"{field}/said",
                    f"{service.name} has no name in {_LANGUAGES[language]}.",
                    "Enter its name, or remove the language.",
                )
            _check_length(f"{field}/said", said.name, SERVICE_NAME_LENGTH, f"The name of {service.name}")
            _check_length(f"{field}/said", said.about, SERVICE_ABOUT_LENGTH, f"What {service.name} is about")
    _check_length("who_comes", settings.who_comes, WHO_COMES_LENGTH, "Who comes to visitors")
    _check_length("help_telephone", settings.help_telephone, TELEPHONE_LENGTH, "The number to ring for help")
    if settings.unstaffed and not (settings.who_comes.strip() or settings.help_telephone.strip()):
        raise _bad(
            "who_comes",
            "Nobody is at the desk, and visitors are not told who comes or what number to ring.",
            "Enter who comes, or a number.",
        )
    _check_languages("checked_languages", settings.checked_languages)
    _check_languages("place_said", settings.place_said)
    for place in settings.place_said.values():
        _check_length("place_said", place, SERVICE_ABOUT_LENGTH, "Where to wait")
    _check_languages("who_comes_said", settings.who_comes_said)
    for who in settings.who_comes_said.values():
        _check_length("who_comes_said", who, WHO_COMES_LENGTH, "Who comes to visitors")
    if settings.kiosk_pin:
        try:
            check_form(settings.kiosk_pin)
        except Refusal as no:
            raise Refusal(no.code, no.reason, no.remedy, "kiosk_pin") from None


def _check_notice(notice: Notice) -> None:
    field = f"notices/{notice.id}"
    if not notice.words.get(ENGLISH, "").strip():
        raise _bad(f"{field}/words", "A notice has no words in English.", "Enter them, or remove the notice.")
    _check_languages(f"{field}/words", notice.words)
    for words in notice.words.values():
        _check_length(f"{field}/words", words, NOTICE_LENGTH, "A notice")
    if notice.first and notice.last and notice.last < notice.first:
        raise _bad(f"{field}/last", "A notice ends before its first day.", "Correct its days.")
    if (notice.opens is None) != (notice.closes is None):
        raise _bad(f"{field}/opens", "A notice has only one of its two times.", "Enter both, or none for all day.")
    if notice.opens is not None and notice.opens == notice.closes:
        raise _bad(f"{field}/closes", "A notice ends when it begins.", "Correct its times.")
    if not notice.weekdays or not notice.weekdays <= EVERY_DAY:
        raise _bad(f"{field}/weekdays", "A notice is shown on no day.", "Choose its days.")


def _check_languages(field: str, tags: Iterable[str]) -> None:
    for tag in tags:
        if tag not in _LANGUAGES:
            raise _bad(field, f"“{tag}” is none of the languages that visitors are told things in.", "Choose another.")


def _check_length(field: str, words: str, longest: int, what: str) -> None:
    if len(words) > longest:
        raise _bad(field, f"{what} is {len(words):,} characters long.", f"Shorten it to {longest:,}.")


def _bad(field: str, reason: str, remedy: str) -> Refusal:
    return Refusal(Code.BAD_SETTINGS, reason, remedy, field)
