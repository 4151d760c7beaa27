"""Decides what somebody may have meant who typed something that is not known."""

import difflib
from collections.abc import Container, Iterable, Iterator, Mapping

from cjm_sheets.model.ids import ALPHABET
from cjm_sheets.tables.naming import plain

_ALIKE = 0.6
"""How alike (0 to 1, as difflib counts) two words must be for one to be a slip of the other."""

_SHORT = 4
"""Letters that a text must have for one wrong letter not to make another word of it."""

_DRAWN = 5
"""Characters from which on an id is one that the program drew, not one that people counted."""

_LOOK_ALIKE = str.maketrans("OILU", "011V")
"""Letters that ids do not have, and what they are read as."""


def nearest_word(typed: str, known: Mapping[str, str]) -> str:
    """Return the value of the known word (as compared by naming.plain) most like a text, or ""."""
    found = difflib.get_close_matches(plain(typed), known, n=1, cutoff=_ALIKE)
    return known[found[0]] if found else ""


def sure_word(typed: str, known: Mapping[str, str]) -> str:
    """Return the value that a text is a slip of, "" if that is not sure.

    One letter is wrong, missing, too many or swapped with its neighbour, or only blanks and hyphens
    differ, and no other value is as near.

    >>> known = {"website": "website", "store": "store", "stores": "many"}
    >>> sure_word("Webiste", known), sure_word("web site", known), sure_word("storee", known)
    ('website', 'website', '')
    """
    text = plain(typed)
    if len(text) < _SHORT:
        return ""
    near = {known[word] for word in known if _is_slip(text, word)}
    return near.pop() if len(near) == 1 else ""


def _is_slip(text: str, word: str) -> bool:
    """Tell whether two texts differ in one letter, or in blanks and hyphens only."""
    text, word = (each.replace(" ", "").replace("-", "") for each in (text, word))
    if abs(len(text) - len(word)) > 1:
        return False
    start = next(
        (at for at, two in enumerate(zip(text, word, strict=False)) if two[0] != two[1]), None
    )
    if start is None:
        return True
    rest, other = text[start:], word[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def alikeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1."""
    return difflib.SequenceMatcher(None, plain(one), plain(other)).ratio()


def nearest_id(typed: str, known: Container[str]) -> str:
    """Return the known id that is one slip away from a text, "" if none is.

    In ids that people count, another digit is just another row, and no slip.

    >>> nearest_id("TO7", {"T07"}), nearest_id("T72", {"T27"}), nearest_id("T9", {"T1"})
    ('T07', 'T27', '')
    >>> nearest_id("T7F3X", {"T7F3K"})
    'T7F3K'
    """
    return next((id_ for id_ in _slips(typed) if id_ in known), "")


def _slips(text: str) -> Iterator[str]:
    """Yield what somebody may have meant: letters misread, swapped, one too many, missing, wrong.

    The likelier slips come first; the letter of the table is taken as meant.
    """
    yield text.translate(_LOOK_ALIKE)
    yield text[:1] + text[1:].translate(_LOOK_ALIKE)
    splits = [(text[:i], text[i:]) for i in range(1, len(text) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in splits if tail)
    if len(text) >= _DRAWN:
        yield from _with_letters(splits)


def _with_letters(splits: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield texts with a letter more, or another one, at each place."""
    for head, tail in splits:
        for letter in ALPHABET:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
