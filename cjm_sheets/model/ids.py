"""Decides what a row id looks like, and draws new ones that two sides never invent twice."""

import re
from collections.abc import Callable, Container

# Crockford's base 32: no I, L, O, U, so that an id survives being said aloud and written by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
"""Drawn characters behind the prefix: 32 ** 5 = 33 million, none of which people count to."""

_SHAPE = re.compile(rf"([A-Z])([{ALPHABET}]{{1,6}})")
# Zero-width characters and the byte order mark come along when cells are copied from web pages.
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


def tidy(text: str) -> str:
    """Return an id as typed without invisible characters and surrounding blanks, in capitals.

    >>> tidy(" t4\u00a0")
    'T4'
    """
    return _seen(text).strip().upper()


def is_id(text: str, prefix: str) -> bool:
    """Tell whether text is a well-formed id of the table with this one-letter prefix.

    >>> is_id("T7F3K", "T"), is_id("T", "T"), is_id("TOIL", "T"), is_id("N7", "T")
    (True, False, False, False)
    """
    found = _SHAPE.fullmatch(text)
    return found is not None and found[1] == prefix


def id_of_reference(text: str) -> str:
    """Return the id in a cell that refers to one row: what stands before the first blank.

    >>> id_of_reference("t4 Product page")
    'T4'
    """
    words = _seen(text).split(maxsplit=1)
    return words[0].upper().rstrip(";,") if words else ""


def ids_of_references(text: str) -> tuple[str, ...]:
    r"""Return the ids in a cell that refers to several rows, without repetitions, in their order.

    Ids alone, separated by semicolons, commas, blanks or new lines.

    >>> ids_of_references("e1; E11,e2\nE1")
    ('E1', 'E11', 'E2')
    """
    if not text.isascii():
        text = text.translate(INVISIBLE)
    if text.isalnum():
        return (text.upper(),)  # one id and nothing else, as in most cells
    parts = text.upper().replace(";", " ").replace(",", " ").split()
    if len(parts) == 2 and parts[0] != parts[1]:  # noqa: PLR2004 - as in most other cells
        return (parts[0], parts[1])
    return tuple(dict.fromkeys(parts))


def _seen(text: str) -> str:
    """Return a text without invisible characters, of which ASCII has none."""
    return text if text.isascii() else text.translate(INVISIBLE)


def new_id(prefix: str, taken: Container[str], draw: Callable[[int], int]) -> str:
    """Draw an id that is not taken; draw(n) returns a whole number from 0 to n - 1.

    At least one letter is among the drawn characters: people count T1, T2, T3, so a drawn id can
    never be the next one that somebody types.

    >>> drawn = iter([7, 15, 3, 19, 8])
    >>> new_id("T", set(), lambda n: next(drawn) % n)
    'T7F3K8'
    """
    while True:
        drawn = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(LENGTH))
        if not drawn.isdigit() and prefix + drawn not in taken:
            return prefix + drawn


def is_drawn(text: str, prefix: str) -> bool:
    """Tell whether an id of the table with this prefix was drawn: people count, or write words.

    >>> is_drawn("T7F3K8", "T"), is_drawn("T12345", "T"), is_drawn("T87", "T")
    (True, False, False)
    """
    return is_id(text, prefix) and len(text) == 1 + LENGTH and not text[1:].isdigit()
