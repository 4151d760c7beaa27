"""Decides which of many short texts say the same: the same words, but for one slip of the pen."""

import re
from collections.abc import Hashable, Iterator, Sequence

from cjm_sheets.tables.naming import plain

_WORDS = re.compile(r"\w+")
_JOINED = re.compile(r"(?<=\w)[-'\u2019\u2010\u2011](?=\w)")

_LONG = 5
"""Letters from which on a word with another letter is the same word mistyped, not another one."""

_MOST = 20
"""Texts that differ in the same place and are compared with each other; bounds the time."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: no case, no signs, in any order.

    >>> words("E-mail: Confirm the order!") == words("Order - confirm the email")
    True
    """
    return tuple(sorted(_WORDS.findall(_JOINED.sub("", plain(text)))))


def alike(texts: Sequence[tuple[Hashable, str]]) -> Iterator[tuple[int, ...]]:
    """Yield the indices of each group of texts that say the same, as they come.

    Each text comes with the scope within which it counts. Linear in the texts: those of the same
    words meet in a dictionary, those with one word mistyped in another one.
    """
    firsts: dict[tuple[Hashable, ...], int] = {}
    nearly: dict[tuple[Hashable, ...], list[tuple[str, int]]] = {}
    groups: dict[int, list[int]] = {}
    for at, (scope, text) in enumerate(texts):
        if not (said := words(text)):
            continue
        first = firsts.get((scope, *said))
        if first is None:
            first = _mistyped(scope, said, at, nearly)
            firsts[(scope, *said)] = first
        groups.setdefault(first, []).append(at)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def _mistyped(
    scope: Hashable,
    said: tuple[str, ...],
    at: int,
    nearly: dict[tuple[Hashable, ...], list[tuple[str, int]]],
) -> int:
    """Return the index of an earlier text from which one slip parts this one, its own if none."""
    found = at
    for place, word in enumerate(said):
        if len(word) < _LONG or not word.isalpha():
            continue
        others = nearly.setdefault((scope, said[:place] + said[place + 1 :]), [])
        found = min([found, *(first for other, first in others if _is_slip(word, other))])
        if len(others) < _MOST:
            others.append((word, found))
    return found


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter (more, less, another) or by two swapped.

    >>> _is_slip("checkout", "chekout"), _is_slip("checkout", "chekcout")
    (True, True)
    >>> _is_slip("online", "offline")
    False
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    start = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    pair = long[start : start + 2]
    swapped = short[start : start + 2] == pair[::-1] and short[start + 2 :] == long[start + 2 :]
    return swapped or short[start + 1 :] == long[start + 1 :]
