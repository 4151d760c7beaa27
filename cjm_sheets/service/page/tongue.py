"""Decides which language a visitor reads: the one asked for, else the browser's first we know."""

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

from cjm_sheets.words.languages import LANGUAGES, first_known


def language_of(scope: Scope) -> str:
    """Return the language of a call: ``?lang=``, else by Accept-Language."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    asked: str = query.get("lang", [""])[0]
    if asked in LANGUAGES:
        return asked
    return first_known(_wishes(Headers(scope=scope).get("accept-language", "")))


def _wishes(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the dearest first.

    >>> _wishes("fr;q=0.3, de-AT, en;q=0.8, x;q=0")
    ['de-AT', 'en', 'fr']
    """
    found = []
    for part in header[:500].split(","):
        name, _, rest = part.strip().partition(";")
        found.append((_weight(rest), name.strip()))
    return [name for weight, name in sorted(found, key=lambda pair: -pair[0]) if weight > 0]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
