"""Decides how a canonical formula stands in a workbook: structured references under its labels."""

from cjm_sheets.tables import formulas, naming, schema


def structured(language: str, text: str, table: str = "") -> str:
    """Return a canonical formula under a language's labels; table owns the cells `[@column]`."""

    def label(of: str, key: str) -> str:
        known = schema.BY_KEY[of]
        return naming.column_label(language, known, known.by_key[key])

    return formulas.structured(text, table, label)
