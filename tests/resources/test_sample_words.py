"""The sample office tells its visitors all things in all nine languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from reception.domain.languages import VISITOR_LANGUAGES
from reception.services.checking_settings import check_settings
from reception.services.office_settings import OfficeSettings
from reception.services.sample_office import OFFICES

NINE = {language.tag for language in VISITOR_LANGUAGES}


@pytest.mark.parametrize(("key", "settings"), OFFICES)
def test_services_and_notices_are_said_in_every_language(key: str, settings: Callable[[], OfficeSettings]) -> None:
    office = settings()
    check_settings(office)
    for service in office.services:
        assert {"en", *service.said} == NINE and service.about, service.name
        assert len({words.name for words in service.said.values()} - {service.name}) == len(NINE) - 1
        assert all(words.about for words in service.said.values())
    for notice in office.notices:
        assert set(notice.words) == NINE, notice.id
    texts = [notice.words[tag] for notice in office.notices for tag in notice.words]
    texts += [
        text for service in office.services for words in service.said.values() for text in (words.name, words.about)
    ]
    assert all(unicodedata.is_normalized("NFC", text) and not set(text) & set("\"'") for text in texts)
