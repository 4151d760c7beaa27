"""Decides which languages there are, and which one to speak."""

from collections.abc import Iterable

LANGUAGES = ("en", "de", "da", "lv", "af", "ru")

NAMES = {
    "en": "English",
    "de": "Deutsch",
    "da": "Dansk",
    "lv": "Latviešu",
    "af": "Afrikaans",
    "ru": "Русский",
}


def first_known(wishes: Iterable[str | None], default: str = "en") -> str:
    """Return the first wish that is one of our languages; wishes may be locale names.

    >>> first_known([None, "fr_FR.UTF-8", "de_AT:en"])
    'de'
    """
    for wish in wishes:
        code = (wish or "").replace("-", "_").split("_")[0].split(".")[0].split(":")[0].lower()
        if code in LANGUAGES:
            return code
    return default
