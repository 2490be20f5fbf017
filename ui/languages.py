"""Languages that visitors speak, sign and read, by their BCP 47 tags."""

from __future__ import annotations

_LANGUAGES = {
    "en": "English",
    "ar": "Arabic",
    "bn": "Bengali",
    "bfi": "British Sign Language",
    "zh-Hans": "Chinese (simplified)",
    "zh-Hant": "Chinese (traditional)",
    "it": "Italian",
    "pl": "Polish",
    "pa": "Punjabi",
    "ur": "Urdu",
    "am": "Amharic",
    "bg": "Bulgarian",
    "yue": "Cantonese",
    "prs": "Dari",
    "fa": "Farsi",
    "fr": "French",
    "gu": "Gujarati",
    "hi": "Hindi",
    "ckb": "Kurdish (Sorani)",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "cmn": "Mandarin",
    "om": "Oromo",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "so": "Somali",
    "ta": "Tamil",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages of the letters, and those that English councils report booking interpreters for."""

_WRITTEN_ONLY = frozenset({"zh-Hans", "zh-Hant"})
_SPOKEN_ONLY = frozenset({"bfi", "yue", "cmn", "zh"})
_LETTERS = ("en", "ar", "bn", "zh-Hans", "zh-Hant", "it", "pl", "pa", "ur")


def language_name(tag: str) -> str:
    """The English name of a language by its BCP 47 tag; an unknown tag is shown as it is."""
    return _LANGUAGES.get(tag) or _LANGUAGES.get(tag.split("-")[0]) or tag


def spoken_languages() -> tuple[tuple[str, str], ...]:
    """Languages that a visitor may speak or sign: (tag, name), English first, then by name."""
    tags = [tag for tag in _LANGUAGES if tag not in _WRITTEN_ONLY]
    return tuple((tag, _LANGUAGES[tag]) for tag in sorted(tags, key=lambda tag: (tag != "en", _LANGUAGES[tag])))


def written_languages() -> tuple[tuple[str, str], ...]:
    """Languages that a visitor may read: (tag, name), those of the letters first, then by name."""
    tags = [tag for tag in _LANGUAGES if tag not in _SPOKEN_ONLY and tag not in _LETTERS]
    return tuple((tag, _LANGUAGES[tag]) for tag in (*_LETTERS, *sorted(tags, key=_LANGUAGES.__getitem__)))
