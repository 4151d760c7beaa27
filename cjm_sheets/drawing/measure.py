"""Decides how wide a text is and where its lines break; nothing is ever cut off."""

import unicodedata
from functools import lru_cache

from cjm_sheets.drawing.shapes import Font
from cjm_sheets.drawing.widths import BOLD, REGULAR

_WIDTHS = {
    bold: {char: width for width, chars in table.items() for char in chars}
    for bold, table in ((False, REGULAR), (True, BOLD))
}
_OTHER = {False: 72, True: 80}
"""Letters of a script that is not in the tables, in hundredths of the font size."""
_WIDE = 104
_PICTURE = 140
_FIRST_PICTURE = 0x1F000
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_BREAK_AFTER = "-/–—_.,;:@&=?|"
_VOWELS = frozenset("aeiouyäöüåæøāēīōūêëéèôîïóаеёиоуыэюя")
_HYPHENLESS = "\u0530"
"""Scripts from here on do without hyphens; Latin, Greek and Cyrillic letters come before."""
_LEAST = 3
"""Letters that stay on either side of a hyphen."""


@lru_cache(maxsize=65536)
def units(text: str, *, bold: bool) -> int:
    """Return the width of a text on one line, in hundredths of the font size, rather too large."""
    known = _WIDTHS[bold]
    return sum(known.get(char) or _other(char, bold=bold) for char in text)


def width(text: str, font: Font) -> float:
    """Return the width of a text on one line, in pixels, rather too large than too small."""
    return units(text, bold=font.bold) * font.size / 100


def _other(char: str, *, bold: bool) -> int:
    if _sticks(char):
        return 0
    if ord(char) >= _FIRST_PICTURE or unicodedata.category(char) == "So":
        return _PICTURE
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    return 28 if char.isspace() else _OTHER[bold] if ord(char) < 0x0900 else 110  # noqa: PLR2004 - the scripts of India and further east have wide letters


def _sticks(char: str) -> bool:
    """Tell whether a character is one with the character before it."""
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Me"} or ord(char) in _SKIN


def wrap(text: str, font: Font, room: float) -> tuple[str, ...]:
    r"""Return the lines of a text, each at most `room` pixels wide; () for an empty text.

    Lines break at blanks; a word that is wider than the room is divided. Only a single character
    that is wider than the room stands out of it.

    >>> wrap("a short text\nof two lines", Font(10), 60)
    ('a short text', 'of two lines')
    """
    limit = max(int(room * 100 / font.size), 1)
    return tuple(
        line for part in text.split("\n") for line in _fill(part, limit, bold=font.bold) if line
    )


def _fill(text: str, limit: int, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used, blank = "", 0, units(" ", bold=bold)
    for word in text.split(" "):
        wide = units(word, bold=bold)
        if line and used + blank + wide <= limit:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if line:
            lines.append(line)
        *full, line = _divide(word, limit, bold=bold) if wide > limit else (word,)
        lines += full
        used = units(line, bold=bold)
    return [*lines, line]


def _divide(word: str, limit: int, *, bold: bool) -> list[str]:
    """Divide a word into pieces that fit, with a hyphen where letters are torn apart."""
    pieces: list[str] = []
    while units(word, bold=bold) > limit:
        most = _fitting(word, limit, bold=bold)
        cut, hyphen = _best_cut(word, most)
        if hyphen and units(word[:cut] + "-", bold=bold) > limit:
            cut, hyphen = most, False
        pieces.append(word[:cut] + ("-" if hyphen else ""))
        word = word[cut:]
        if not word:
            return pieces
    return [*pieces, word]


def _fitting(word: str, limit: int, *, bold: bool) -> int:
    """Return how many characters of a word fit, at least one with all that sticks to it."""
    used = 0
    for index, char in enumerate(word):
        used += units(char, bold=bold)
        if index and used > limit and not (_sticks(char) or word[index - 1] == _JOINER):
            return index
    return len(word)


def _best_cut(word: str, most: int) -> tuple[int, bool]:
    """Return where to divide a word, at most at `most`, and whether that takes a hyphen."""
    for cut in range(most, most // 2, -1):
        if word[cut - 1] in _BREAK_AFTER:
            return cut, False
    if not all(char.isalpha() and char < _HYPHENLESS for char in word[: most + 1]):
        return most, False
    for cut in range(min(most - 1, len(word) - _LEAST), max(most // 2, _LEAST) - 1, -1):
        if _between_syllables(word, cut):
            return cut, True
    return (most - 1, True) if most > _LEAST else (most, False)


def _between_syllables(word: str, cut: int) -> bool:
    """Tell whether a consonant with a vowel behind it starts here: good enough in six languages."""
    here, after = word[cut].lower(), word[cut + 1 : cut + 2].lower()
    vowel_before = any(char in _VOWELS for char in word[:cut].lower())
    return here not in _VOWELS and after in _VOWELS and vowel_before
