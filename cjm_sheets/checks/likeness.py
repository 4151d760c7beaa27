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
    said = plain(text)
    if not said.isascii() or "-" in said or "'" in said:
        said = _JOINED.sub("", said)
    return tuple(sorted(_WORDS.findall(said)))


def alike(texts: Sequence[tuple[Hashable, str]]) -> Iterator[tuple[int, ...]]:
    """Yield the indices of each group of texts that say the same, as they come.

    Each text comes with the scope within which it counts. Linear in the texts: those of the same
    words meet in a dictionary, those with one word mistyped in another one.
    """
    firsts: dict[tuple[Hashable, tuple[str, ...]], int] = {}
    mistyped = _Mistyped()
    groups: dict[int, list[int]] = {}
    for at, (scope, text) in enumerate(texts):
        if not (said := words(text)):
            continue
        first = firsts.get((scope, said))
        if first is None:
            first = mistyped.first(scope, said, at)
            firsts[scope, said] = first
        groups.setdefault(first, []).append(at)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


class _Mistyped:
    """Finds earlier texts from which one slip parts a text.

    Texts without one of their words meet by the sum of the hashes of the others, which is told in a
    step and needs little room. Those that meet by chance are told apart by their words.
    """

    def __init__(self) -> None:
        self.meeting: dict[int, int | list[int]] = {}
        self.said: dict[int, tuple[Hashable, tuple[str, ...], int]] = {}

    def first(self, scope: Hashable, said: tuple[str, ...], at: int) -> int:
        """Return the index of the first text that says the same but for a slip, `at` if none."""
        found, meeting = at, self.meeting
        hashes = [hash(word) for word in said]
        whole = sum(hashes) + hash(scope)
        mine = [
            whole - of
            for word, of in zip(said, hashes, strict=True)
            if len(word) >= _LONG and word.isalpha()
        ]
        for key in mine:
            others = meeting.get(key)
            if others is None:
                continue
            for other in (others,) if isinstance(others, int) else others:
                there, words_there, first = self.said[other]
                if there == scope and _is_same_but_one(said, words_there):
                    found = min(found, first)
        self.said[at] = (scope, said, found)
        for key in mine:
            others = meeting.setdefault(key, at)
            if isinstance(others, list):
                if len(others) < _MOST:
                    others.append(at)
            elif others != at:
                meeting[key] = [others, at]
        return found


def _is_same_but_one(said: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two texts have the same words but for one, which is a slip of the other's."""
    if len(said) != len(other):
        return False
    left, right = list(said), list(other)
    for word in said:
        if word in right:
            left.remove(word)
            right.remove(word)
    return len(left) == 1 and _is_slip(left[0], right[0])


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
