"""Decides what the tabs of a spreadsheet are called in Excel, and how formulas follow."""

import re
from collections.abc import Iterable, Mapping

_LONGEST = 31
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"
_PIECE = re.compile(r"""
    "(?:[^"]|"")*"                     # a text
  | '(?P<quoted>(?:[^']|'')*)'!        # a tab in quotes
  | (?<![\w.])(?P<plain>[^\W\d][\w.]*)!  # a tab that needs none
    """, re.VERBOSE)  # fmt: skip


def titles(given: Iterable[str]) -> list[str]:
    """Return the titles that Excel takes for tabs: short, plain, each once.

    >>> titles(["Q1/Q2", "Q1_Q2", "History"])
    ['Q1_Q2', 'Q1_Q2~2', 'History~2']
    """
    taken: set[str] = {_RESERVED}
    found = []
    for wanted in given:
        plain = _NOT_ALLOWED.sub("_", wanted).strip("'") or "_"
        title, number = plain[:_LONGEST], 2
        while title.casefold() in taken:
            tail = f"~{number}"
            title, number = plain[: _LONGEST - len(tail)] + tail, number + 1
        taken.add(title.casefold())
        found.append(title)
    return found


def renamed(old: Iterable[str], new: Iterable[str]) -> dict[str, str]:
    """Return the new titles of those tabs that have one, by casefolded old title."""
    return {a.casefold(): b for a, b in zip(old, new, strict=True) if a != b}


def followed(formula: str, names: Mapping[str, str]) -> str:
    """Return a formula with the new titles of tabs.

    >>> followed("='Q1/Q2'!A1&History!A1&Other!A1", {"q1/q2": "Q1_Q2", "history": "History~2"})
    "='Q1_Q2'!A1&'History~2'!A1&Other!A1"
    """

    def piece(match: re.Match[str]) -> str:
        title = (match["quoted"] or match["plain"] or "").replace("''", "'")
        new = names.get(title.casefold())
        return match[0] if new is None else quoted(new) + "!"

    return _PIECE.sub(piece, formula) if names else formula


def quoted(title: str) -> str:
    """Return a title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"
