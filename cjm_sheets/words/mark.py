"""Decides how a sentence in the code is marked for translation."""


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Return the text as it is; the catalogues are collected from these calls."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as N_, for a text with a number
    """Return the two English forms of a text, to be said later with `count`.

    >>> NN_("{n} row", "{n} rows")
    ('{n} row', '{n} rows')
    """
    return one, many
