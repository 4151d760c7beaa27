"""Decides how the language of a spreadsheet writes numbers and dates."""

from dataclasses import dataclass

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Conventions:
    """Marks of one language; ``date_order`` is ``mdy``, ``dmy`` or ``ymd``."""

    decimal: str
    group: str
    date_order: str
    date_pattern: str


_ENGLISH = Conventions(".", ",", "mdy", "m/d/yyyy")
_BY_LANGUAGE = {
    "de": Conventions(",", ".", "dmy", "dd.mm.yyyy"),
    "da": Conventions(",", ".", "dmy", "dd.mm.yyyy"),
    "lv": Conventions(",", _NO_BREAK, "dmy", "dd.mm.yyyy"),
    "ru": Conventions(",", _NO_BREAK, "dmy", "dd.mm.yyyy"),
    "af": Conventions(",", _NO_BREAK, "ymd", "yyyy-mm-dd"),
    "fr": Conventions(",", _NO_BREAK, "dmy", "dd/mm/yyyy"),
    "es": Conventions(",", ".", "dmy", "dd/mm/yyyy"),
    "it": Conventions(",", ".", "dmy", "dd/mm/yyyy"),
    "nl": Conventions(",", ".", "dmy", "d-m-yyyy"),
}
_BRITISH = Conventions(".", ",", "dmy", "dd/mm/yyyy")


def conventions(locale: str) -> Conventions:
    """Return the conventions of a locale such as ``de_DE``; American ones where unknown."""
    if locale in {"en_GB", "en_AU", "en_IE", "en_NZ"}:
        return _BRITISH
    return _BY_LANGUAGE.get(locale.split("_", maxsplit=1)[0], _ENGLISH)
