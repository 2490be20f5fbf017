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


_INTERPRETED = {
    "eng": "en",
    "ara": "ar",
    "ben": "bn",
    "ita": "it",
    "pol": "pl",
    "pan": "pa",
    "urd": "ur",
    "amh": "am",
    "bul": "bg",
    "fas": "fa",
    "fra": "fr",
    "guj": "gu",
    "hin": "hi",
    "lav": "lv",
    "lit": "lt",
    "orm": "om",
    "pus": "ps",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "som": "so",
    "tam": "ta",
    "tir": "ti",
    "tur": "tr",
    "vie": "vi",
    "zho": "zh",
}
"""ISO 639-3 codes, by which interpreters are known, to the tags above. Codes that are tags themselves are left out."""

_ALSO_INTERPRETED = {"ukr": "Ukrainian", "spa": "Spanish", "deu": "German", "ell": "Greek", "nep": "Nepali"}


def interpreted_name(code: str) -> str:
    """The English name of a language that is interpreted, by its ISO 639-3 code."""
    return _ALSO_INTERPRETED.get(code) or language_name(_INTERPRETED.get(code, code))
