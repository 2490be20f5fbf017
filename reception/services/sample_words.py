"""What the sample office tells its visitors: its services in their languages, and notices for the waiting room.

The words in other languages are drafts, as the program's own are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from msgspec.structs import replace

from reception.domain.notices import Notice
from reception.domain.office import Service, ServiceWords

_ABOUT = {
    "Council Tax": "Bills, discounts, moving home",
    "Housing": "Applying, repairs, homelessness",
    "Benefits": "Housing Benefit, Council Tax support",
    "Planning": "Applications, building control",
    "Parking": "Permits, fines, blue badges",
    "Citizens Advice": "Debt, work, legal questions",
}
_NAMES = {
    "Council Tax": {
        "ar": "ضريبة المجلس",
        "bn": "কাউন্সিল ট্যাক্স",
        "zh-Hans": "市政税",
        "zh-Hant": "市政稅",
        "it": "Tassa comunale",
        "pl": "Podatek lokalny",
        "pa": "ਕੌਂਸਲ ਟੈਕਸ",
        "ur": "کونسل ٹیکس",
    },
    "Housing": {
        "ar": "الإسكان",
        "bn": "আবাসন",
        "zh-Hans": "住房",
        "zh-Hant": "房屋",
        "it": "Alloggi",
        "pl": "Mieszkania",
        "pa": "ਰਿਹਾਇਸ਼",
        "ur": "رہائش",
    },
    "Benefits": {
        "ar": "الإعانات",
        "bn": "ভাতা",
        "zh-Hans": "福利津贴",
        "zh-Hant": "福利津貼",
        "it": "Sussidi",
        "pl": "Zasiłki",
        "pa": "ਭੱਤੇ",
        "ur": "مالی امداد",
    },
    "Planning": {
        "ar": "التخطيط والبناء",
        "bn": "পরিকল্পনা",
        "zh-Hans": "规划",
        "zh-Hant": "規劃",
        "it": "Urbanistica",
        "pl": "Planowanie",
        "pa": "ਯੋਜਨਾਬੰਦੀ",
        "ur": "تعمیراتی منصوبہ بندی",
    },
    "Parking": {
        "ar": "مواقف السيارات",
        "bn": "পার্কিং",
        "zh-Hans": "停车",
        "zh-Hant": "泊車",
        "it": "Parcheggi",
        "pl": "Parkowanie",
        "pa": "ਪਾਰਕਿੰਗ",
        "ur": "پارکنگ",
    },
}
NOTICES = (
    Notice(
        "sample-privacy",
        {
            "en": "If you need an interpreter, or help with a form, tell any member of staff. It costs nothing.",
            "pl": "Jeśli potrzebują Państwo tłumacza lub pomocy z formularzem, proszę powiedzieć pracownikowi. "
            "To nic nie kosztuje.",
            "ur": "اگر آپ کو ترجمان یا فارم بھرنے میں مدد چاہیے تو عملے کے کسی فرد کو بتائیں۔ یہ مفت ہے۔",
            "zh-Hans": "如需口译员或需要帮助填写表格，请告诉工作人员。此服务免费。",
        },
    ),
    Notice("sample-telephone", {"en": "There is a free telephone by the door for calls to other council offices."}),
    Notice(
        "sample-children",
        {"en": "There is a room for feeding and changing babies. Ask at any counter."},
    ),
    Notice(
        "sample-friday",
        {"en": "On Fridays we close at 5pm. The last tickets are given about a quarter of an hour before."},
        opens=time(14),
        closes=time(17),
        weekdays=frozenset({4}),
    ),
)


def in_their_words(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """The services with what they are about, and their names in other languages."""
    return tuple(
        replace(each, about=_ABOUT.get(each.name, ""), said=_said(_NAMES.get(each.name, {}))) for each in services
    )


def _said(names: Mapping[str, str]) -> dict[str, ServiceWords]:
    return {tag: ServiceWords(name) for tag, name in names.items()}
