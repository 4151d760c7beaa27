"""Decides which phrase of a word list a text holds: lists that native speakers keep, per language.

A list is a file `words/WHAT.LANGUAGE.toml` with lists of phrases: `starts` at the beginning of a
text, `words` anywhere, `names` that are the whole text, `never` for what only looks like one of
them. In a phrase `*` stands for any letters within a word, and `...` for up to three words.
"""

import pkgutil
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

_ENGLISH = "en"
_CLEARED = "\N{LATIN LETTER BILABIAL PERCUSSIVE}"
"""What stands in the place of a phrase that is no hit: a word that is in no language's list."""

_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00a0": " "})
_PLAIN_LETTERS = re.compile(r"[a-zа-яё]*")
"""Letters that stand for themselves in a pattern."""

_LEADING = r"^[\W\d_]*"
"""What may come before the first word: a number, a bullet, a quotation mark."""


@dataclass(frozen=True, slots=True)
class _List:
    """The lists of phrases as patterns, None where a list is empty."""

    starts: re.Pattern[str] | None
    words: re.Pattern[str] | None
    names: re.Pattern[str] | None
    never: re.Pattern[str] | None


def has_list(what: str, language: str) -> bool:
    """Tell whether there is a list of these words in a language."""
    return _text(what, language) is not None


@lru_cache(maxsize=4096)  # a step is often called as another one is
def hits(what: str, language: str, text: str) -> str:
    """Return the first piece of a text that is in a list, "" if none is; folded as compared.

    A language without a list is read with the English one. ValueError if there is none at all.
    """
    phrases = _list(what, language if has_list(what, language) else _ENGLISH)
    plain = _folded(text)
    hit = _first(phrases, plain)
    # What clears a text is looked for only where there is something to clear: most have nothing.
    return _first(phrases, phrases.never.sub(_CLEARED, plain)) if hit and phrases.never else hit


def _first(phrases: _List, plain: str) -> str:
    """Return the first piece of a folded text that is in a list, "" if none is."""
    for pattern in (phrases.names, phrases.starts, phrases.words):
        found = pattern.search(plain) if pattern else None
        if found:
            return found["hit"]
    return ""


def _folded(text: str) -> str:
    """Return a text as it is compared: composed, without case, with single blanks."""
    if text.isascii():  # most are, in some languages; this is quicker
        return " ".join(text.split()).casefold()
    composed = unicodedata.normalize("NFC", text.translate(_STRAIGHT))
    return unicodedata.normalize("NFC", " ".join(composed.split()).casefold())


@cache
def _list(what: str, language: str) -> _List:
    """Return a list as patterns; ValueError if there is none or it has anything but phrases."""
    text = _text(what, language)
    if text is None:
        message = f"no list of words {what}.{language}"
        raise ValueError(message)
    document = tomllib.loads(text)
    unknown = document.keys() - {"starts", "words", "names", "never"}
    if unknown:
        message = f"{what}.{language}: no such list of phrases: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return _List(
        starts=_pattern(document.get("starts", []), _LEADING),
        words=_pattern(document.get("words", []), r"(?<!\w)"),
        names=_pattern(document.get("names", []), _LEADING, r"[\W\d_]*$"),
        never=_pattern(document.get("never", []), r"(?<!\w)"),
    )


def _pattern(phrases: list[str], before: str, behind: str = r"(?!\w)") -> re.Pattern[str] | None:
    """Return what finds one of the phrases as whole words, the longest first."""
    if not phrases:
        return None
    by_beginning: dict[str, list[str]] = {}
    for phrase in sorted(map(_folded, phrases), key=lambda phrase: (-len(phrase), phrase)):
        beginning = _PLAIN_LETTERS.match(phrase).group()  # type: ignore[union-attr] # fits any
        by_beginning.setdefault(beginning, []).append(_one(phrase)[len(beginning) :])
    # Phrases that begin with the same letters share them, which is much quicker.
    groups = (f"{one}(?:{'|'.join(rests)})" for one, rests in by_beginning.items())
    return re.compile(rf"{before}(?P<hit>{'|'.join(groups)}){behind}")


def _one(phrase: str) -> str:
    """Return the pattern of a phrase."""
    parts = (" ".join(part.split()) for part in phrase.split("..."))
    return r" (?:\S+ ){0,3}".join(re.escape(part).replace(r"\*", r"\w*") for part in parts)


@cache
def _text(what: str, language: str) -> str | None:
    """Return the text of a list's file, None if there is none."""
    try:
        data = pkgutil.get_data("cjm_sheets.checks", f"words/{what}.{language}.toml")
    except FileNotFoundError:
        return None
    return None if data is None else data.decode("utf-8")
