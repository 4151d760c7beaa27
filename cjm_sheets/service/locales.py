"""Decides how the language and country of a spreadsheet write numbers, dates, money, yes and no."""

from dataclasses import dataclass, replace

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Conventions:
    """Marks of one locale; ``date_order`` is ``mdy``, ``dmy`` or ``ymd``.

    ``currency`` is the symbol of its own money, ``currency_pattern`` how an amount is shown.
    """

    decimal: str
    group: str
    date_order: str
    date_pattern: str
    time_pattern: str = "hh:mm:ss"
    currency: str = "€"
    currency_pattern: str = '#,##0.00\\ "€"'
    yes: str = "TRUE"
    no: str = "FALSE"
    language: str = "en"

    @property
    def date_mark(self) -> str:
        """The mark between the parts of a date."""
        return next(mark for mark in self.date_pattern if mark in "./-")


_ENGLISH = Conventions(".", ",", "mdy", "m/d/yyyy", "h:mm:ss am/pm", "$", '"$"#,##0.00')
_BRITISH = Conventions(".", ",", "dmy", "dd/mm/yyyy", "hh:mm:ss", "£", '"£"#,##0.00')
_GERMAN = Conventions(",", ".", "dmy", "dd.mm.yyyy", yes="WAHR", no="FALSCH", language="de")
_BY_LANGUAGE = {
    "de": _GERMAN,
    "da": Conventions(
        ",",
        ".",
        "dmy",
        "dd.mm.yyyy",
        "hh.mm.ss",
        "kr.",
        '#,##0.00\\ "kr."',
        yes="SAND",
        no="FALSK",
        language="da",
    ),
    "lv": Conventions(",", _NO_BREAK, "dmy", "dd.mm.yyyy", language="lv"),
    "ru": Conventions(
        ",",
        _NO_BREAK,
        "dmy",
        "dd.mm.yyyy",
        "h:mm:ss",
        "₽",
        '#,##0.00\\ "₽"',
        yes="ИСТИНА",
        no="ЛОЖЬ",
        language="ru",
    ),
    "af": Conventions(
        ",",
        _NO_BREAK,
        "ymd",
        "yyyy-mm-dd",
        currency="R",
        currency_pattern='"R"\\ #,##0.00',
        language="af",
    ),
    "fr": Conventions(",", _NO_BREAK, "dmy", "dd/mm/yyyy", yes="VRAI", no="FAUX", language="fr"),
    "es": Conventions(
        ",", ".", "dmy", "dd/mm/yyyy", "h:mm:ss", yes="VERDADERO", no="FALSO", language="es"
    ),
    "it": Conventions(",", ".", "dmy", "dd/mm/yyyy", yes="VERO", no="FALSO", language="it"),
    "nl": Conventions(
        ",",
        ".",
        "dmy",
        "d-m-yyyy",
        currency_pattern='"€"\\ #,##0.00',
        yes="WAAR",
        no="ONWAAR",
        language="nl",
    ),
}
_EURO_ENGLISH = replace(_BRITISH, currency="€", currency_pattern='"€"#,##0.00')
_BY_LOCALE = {
    "en_GB": _BRITISH,
    "en_IE": _EURO_ENGLISH,
    "en_AU": replace(_BRITISH, currency="$", currency_pattern='"$"#,##0.00'),
    "en_NZ": replace(_BRITISH, currency="$", currency_pattern='"$"#,##0.00'),
    "en_ZA": replace(
        _BRITISH,
        date_order="ymd",
        date_pattern="yyyy/mm/dd",
        currency="R",
        currency_pattern='"R"#,##0.00',
    ),
    "de_CH": replace(
        _GERMAN, decimal=".", group="’", currency="CHF", currency_pattern='"CHF"\\ #,##0.00'
    ),
}


def conventions(locale: str) -> Conventions:
    """Return the conventions of a locale such as ``de_DE``; American ones where unknown."""
    if locale in _BY_LOCALE:
        return _BY_LOCALE[locale]
    return _BY_LANGUAGE.get(locale.split("_", maxsplit=1)[0], _ENGLISH)
