"""Decides where translations come from: one compiled gettext catalogue per language and domain.

Domains: `messages` (sentences), `labels` (tables, columns, lists) and `hints` (what a column asks
for). English is the source: it has no catalogue, the text in the code is what is said.
"""

import gettext
import os.path
from functools import cache
from typing import Any

# Not pathlib: its import would be felt in every start of the command.
_FOLDER = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120


@cache
def catalogue(language: str, domain: str = "messages") -> gettext.NullTranslations:
    """Return the translations of a domain; those of English (or an unknown one) are empty."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(domain, _FOLDER, languages=[language], fallback=True)


def say(language: str, text: str, /, **facts: Any) -> str:  # noqa: ANN401 - facts of any kind
    """Return a sentence in a language, with its {placeholders} filled in from the facts."""
    said = catalogue(language).gettext(text)
    return said.format(**facts) if facts else said


def count(language: str, one: str, many: str, number: int, /, **facts: Any) -> str:  # noqa: ANN401
    """Return the form of a sentence that fits a number, which it may name as {n}."""
    return catalogue(language).ngettext(one, many, number).format(n=number, **facts)
