"""Languages that are interpreted, by their ISO 639-3 codes: those that English councils report booking, by name.

Any other language may be entered by its code. What a person speaks and reads is kept by BCP 47 tags, whose short
ones have a longer code here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = re.compile(r"[a-z]{3}", re.ASCII)

# code, the tag where it is another, name
_LANGUAGES = (
    ("bfi", "", "British Sign Language"),
    ("amh", "am", "Amharic"),
    ("ara", "ar", "Arabic"),
    ("ben", "bn", "Bengali"),
    ("bul", "bg", "Bulgarian"),
    ("yue", "", "Cantonese"),
    ("prs", "", "Dari"),
    ("eng", "en", "English"),
    ("fas", "fa", "Farsi"),
    ("fra", "fr", "French"),
    ("guj", "gu", "Gujarati"),
    ("hin", "hi", "Hindi"),
    ("isg", "", "Irish Sign Language"),
    ("ita", "it", "Italian"),
    ("ckb", "", "Kurdish (Sorani)"),
    ("lav", "lv", "Latvian"),
    ("lit", "lt", "Lithuanian"),
    ("cmn", "", "Mandarin"),
    ("orm", "om", "Oromo"),
    ("pus", "ps", "Pashto"),
    ("pol", "pl", "Polish"),
    ("por", "pt", "Portuguese"),
    ("pan", "pa", "Punjabi"),
    ("ron", "ro", "Romanian"),
    ("rus", "ru", "Russian"),
    ("slk", "sk", "Slovak"),
    ("som", "so", "Somali"),
    ("tam", "ta", "Tamil"),
    ("tir", "ti", "Tigrinya"),
    ("tur", "tr", "Turkish"),
    ("ukr", "uk", "Ukrainian"),
    ("urd", "ur", "Urdu"),
    ("vie", "vi", "Vietnamese"),
    ("cym", "cy", "Welsh"),
    ("zho", "zh", "Chinese"),
)
_OWN_NAMES = {
    "amh": "አማርኛ",
    "ara": "العربية",
    "ben": "বাংলা",
    "bul": "Български",
    "yue": "廣東話",
    "prs": "دری",
    "eng": "English",
    "fas": "فارسی",
    "fra": "Français",
    "guj": "ગુજરાતી",
    "hin": "हिन्दी",
    "ita": "Italiano",
    "ckb": "کوردیی ناوەندی",
    "lav": "Latviešu",
    "lit": "Lietuvių",
    "cmn": "普通话",
    "orm": "Oromoo",
    "pus": "پښتو",
    "pol": "Polski",
    "por": "Português",
    "pan": "ਪੰਜਾਬੀ",
    "ron": "Română",
    "rus": "Русский",
    "slk": "Slovenčina",
    "som": "Soomaali",
    "tam": "தமிழ்",
    "tir": "ትግርኛ",
    "tur": "Türkçe",
    "ukr": "Українська",
    "urd": "اردو",
    "vie": "Tiếng Việt",
    "cym": "Cymraeg",
    "zho": "中文",
}
_NAMES = {code: name for code, _, name in _LANGUAGES}
_CODES = {tag or code: code for code, tag, _ in _LANGUAGES}
_TAGS = {code: tag or code for code, tag, _ in _LANGUAGES}
_BY_NAME = {name.casefold(): code for code, name in _NAMES.items()} | {"bsl": "bfi", "sorani": "ckb", "persian": "fas"}


def is_code(code: str) -> bool:
    """Whether it has the form of an ISO 639-3 code; whether there is such a language is not known here."""
    return _CODE.fullmatch(code) is not None


def interpreted() -> tuple[tuple[str, str], ...]:
    """Languages with a name here: (code, name), British Sign Language first, then by name."""
    rest = sorted(((code, name) for code, name in _NAMES.items() if code != "bfi"), key=lambda each: each[1])
    return (("bfi", _NAMES["bfi"]), *rest)


def name_of(code: str) -> str:
    """The English name of a language by its ISO 639-3 code; an unknown code is given as it is."""
    return _NAMES.get(code, code)


def own_name_of(code: str) -> str:
    """What a language is called by whoever speaks it; empty where that is not known."""
    return _OWN_NAMES.get(code, "")


def code_of(text: str) -> str:
    """The code that a name, a code or a BCP 47 tag stands for ("Polish", "pol", "pl"); empty for none."""
    typed = text.strip().casefold()
    if typed in _BY_NAME:
        return _BY_NAME[typed]
    short = typed.partition("-")[0]
    if short in _CODES:
        return _CODES[short]
    return typed if is_code(typed) else ""


def tag_of(code: str) -> str:
    """The BCP 47 tag of a language by its ISO 639-3 code: the short one where there is one."""
    return _TAGS.get(code, code)


ENGLISH = "en"


class VisitorLanguage(NamedTuple):
    """One of the nine languages that kiosk, display, tickets and letters speak, by its own name."""

    tag: str
    own_name: str
    name: str
    is_right_to_left: bool = False


VISITOR_LANGUAGES = (
    VisitorLanguage("en", "English", "English"),
    VisitorLanguage("ar", "العربية", "Arabic", is_right_to_left=True),
    VisitorLanguage("bn", "বাংলা", "Bengali"),
    VisitorLanguage("zh-Hans", "简体中文", "Chinese (simplified)"),
    VisitorLanguage("zh-Hant", "繁體中文", "Chinese (traditional)"),
    VisitorLanguage("it", "Italiano", "Italian"),
    VisitorLanguage("pl", "Polski", "Polish"),
    VisitorLanguage("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    VisitorLanguage("ur", "اردو", "Urdu", is_right_to_left=True),
)
"""The languages of product.md section 5, English first."""


_READ_BY_WHO_SPEAKS = {"yue": "zh-Hant", "cmn": "zh-Hans", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans"} | {
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}
"""Chinese has a written form of its own; a Cantonese speaker reads the traditional one."""


def language_of_paper(written: str, spoken: str = "") -> str:
    """The tag of the language, of the nine, for whoever reads `written`, or where nothing is known of that speaks
    `spoken` (BCP 47): English where it is none of the nine."""
    tag = written.strip() or spoken.strip()
    tried = (tag, _READ_BY_WHO_SPEAKS.get(tag, ""), tag.partition("-")[0])
    known = {each.tag for each in VISITOR_LANGUAGES}
    return next((each for each in tried if each in known), ENGLISH)


def visitor_language(tag: str) -> VisitorLanguage:
    """The language in which a visitor who reads `tag` is written to: English where it is none of the nine."""
    return next((each for each in VISITOR_LANGUAGES if each.tag == tag), VISITOR_LANGUAGES[0])
