"""Decides what tables, columns and list values are called in each language."""

from cjm_sheets.words.catalogue import catalogue


def label(language: str, context: str, english: str) -> str:
    """Return a label in a language; context is `Table`, `Table.column` or `list.NAME.KEY`."""
    return catalogue(language, "labels").pgettext(context, english)


def hint(language: str, context: str, english: str) -> str:
    """Return the input hint of a column in a language; context is `Table.column`."""
    return catalogue(language, "hints").pgettext(context, english)
