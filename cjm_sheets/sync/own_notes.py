"""Decides how our part of a note is told from what a person wrote there."""

import re

_FIRST, _LAST = "⇄ cjm-sheets", "⇄"
_OURS = re.compile(rf"\n*^{_FIRST}\n.*?(?:\n{_LAST}$|\Z)", re.DOTALL | re.MULTILINE)


def marked(text: str) -> str:
    """Return a text as our part of a note."""
    return f"{_FIRST}\n{text}\n{_LAST}"


def is_told_in(note: str) -> bool:
    """Tell whether a note has a part of ours."""
    return bool(_OURS.search(note))


def by_person(note: str) -> str:
    """Return what a person wrote in a note."""
    return _OURS.sub("", note).strip()
