"""Decides how it is said how much a check found."""

from cjm_sheets.words.catalogue import count


def findings(language: str, errors: int, warnings: int, notes: int) -> str:
    """Return the numbers of findings, worst first.

    >>> findings("en", 1, 2, 0)
    '1 error, 2 warnings, 0 notes'
    """
    return ", ".join(
        (
            count(language, "{n} error", "{n} errors", errors),
            count(language, "{n} warning", "{n} warnings", warnings),
            count(language, "{n} note", "{n} notes", notes),
        )
    )
