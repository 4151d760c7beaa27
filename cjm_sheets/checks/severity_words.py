"""Decides which severity a word in Settings means, in any of the six languages."""

from functools import cache

from cjm_sheets.checks.finding import Severity
from cjm_sheets.tables import naming

OFF = "off"
"""What Settings may give a rule in place of a severity, so that it does not run."""

_WORDS = {
    Severity.ERROR.value: "error errors fehler fejl kļūda fout ошибка",
    Severity.WARNING.value: "warning warnings warnung advarsel brīdinājums waarskuwing"
    " предупреждение",
    Severity.INFO.value: "info note hinweis information bemærkning piezīme informācija nota"
    " inligting примечание информация",
    OFF: "off none aus ausgeschaltet fra slukket izslēgts nē af afgeskakel выкл выключено нет",
}


def meant(word: str) -> str | None:
    """Return error, warning, info or off; None for a word that is none of these.

    >>> meant(" Warnung "), meant("aus"), meant("perhaps")
    ('warning', 'off', None)
    """
    return _keys().get(naming.plain(word).rstrip("."))


@cache
def _keys() -> dict[str, str]:
    return {naming.plain(word): key for key, words in _WORDS.items() for word in words.split()}
