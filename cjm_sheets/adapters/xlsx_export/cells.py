"""Decides how one cell of a spreadsheet is written into a workbook: what it shows stays shown."""

import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_export.looks import Looks

Json = Mapping[str, Any]
Shown = str | float | bool

_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_079
_LONGEST_FORMULA = 8_192
_ERRORS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}
_LINK = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_GOOGLE_ALONE = re.compile(
    r"\b(?:ARRAYFORMULA|ARRAY_CONSTRAIN|COUNTUNIQUE|DETECTLANGUAGE|FLATTEN|GOOGLEFINANCE"
    r"|GOOGLETRANSLATE|IMAGE|IMPORTDATA|IMPORTFEED|IMPORTHTML|IMPORTRANGE|IMPORTXML|ISEMAIL|ISURL"
    r"|JOIN|QUERY|REGEXEXTRACT|REGEXMATCH|REGEXREPLACE|SPARKLINE|SPLIT|TO_DATE|TO_TEXT)\s*\(",
    re.IGNORECASE,
)
"""Functions that Excel does not have. As in Google's own exports, a formula with one of them keeps
the result, and stands there as a text that no program calculates."""


def write_cell(sheet: Worksheet, place: tuple[int, int], cell: Json, looks: Looks) -> None:
    """Write the value, the look, the link and the note of a cell."""
    look = looks.of(cell.get("userEnteredFormat", {}))
    shown = _shown(cell.get("effectiveValue", {}))
    typed = cell.get("userEnteredValue", {})
    link = cell.get("hyperlink", "")
    if "formulaValue" in typed:
        sheet.write_formula(*place, _formula(typed["formulaValue"], shown), look, shown)
    elif isinstance(shown, str) and _LINK.match(link) and len(link) <= _LONGEST_LINK:
        sheet.write_url(*place, link, look, string=shown[:_LONGEST_TEXT])
    elif isinstance(shown, bool):
        sheet.write_boolean(*place, shown, look)
    elif isinstance(shown, str) and shown:
        sheet.write_string(*place, shown[:_LONGEST_TEXT], look)
    elif isinstance(shown, int | float):
        sheet.write_number(*place, shown, look)
    elif look is not None:
        sheet.write_blank(*place, None, look)
    if cell.get("note"):
        sheet.write_comment(*place, cell["note"][:_LONGEST_TEXT])


def _shown(value: Json) -> Shown:
    """Return what a cell shows; an error as its text."""
    error = value.get("errorValue")
    if error is not None:
        return _ERRORS.get(error.get("type", ""), "#VALUE!")
    found: Shown = next(iter(value.values()), "")
    return found


def _formula(text: str, shown: Shown) -> str:
    """Return a formula that Excel reads; one that it does not have keeps what it showed."""
    if len(text) <= _LONGEST_FORMULA and not _GOOGLE_ALONE.search(_QUOTED.sub("", text)):
        return text
    said = text.removeprefix("=")[:250].replace('"', '""')
    return f'=IFERROR(__xludf.DUMMYFUNCTION("{said}"),{_constant(shown)})'


def _constant(value: Shown) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return '"' + value[:250].replace('"', '""') + '"'
    return str(value)
