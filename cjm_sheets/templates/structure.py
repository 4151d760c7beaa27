"""Decides how a canonical formula stands in a workbook: structured references under its labels."""

from cjm_sheets.tables import formulas
from cjm_sheets.templates.content import Content, header


def structured(of: Content, text: str, table: str = "") -> str:
    """Return a canonical formula under a workbook's labels; table owns the cells `[@column]`.

    It is "" if the workbook lacks a column that it speaks of: programs refuse such a file whole,
    so what the formula would show must then stand there by itself.
    """
    known = of.said.get((table, text))
    if known is None:
        known = of.said[table, text] = _structured(of, text, table)
    return known


def _structured(of: Content, text: str, table: str) -> str:
    def label(key: str, column: str) -> str:
        found = header(of, key, column)
        if found is None:
            raise LookupError(key, column)
        return found

    try:
        return formulas.structured(text, table, label)
    except LookupError:
        return ""
