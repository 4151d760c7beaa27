"""Decides which files a Drive search (``q``) finds."""

import re
from collections.abc import Callable
from typing import TypeAlias

from cjm_sheets.service.drive.refusing import DriveRefusedError, invalid_parameter
from cjm_sheets.service.drive.terms import Test, compared, member, unquoted
from cjm_sheets.service.refusals import Json, refuse_unsupported

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<word>[A-Za-z.]+)
    | (?P<mark>!=|<=|>=|[=<>(){}])
    )""",
    re.VERBOSE,
)
Words: TypeAlias = Callable[[Json], str]
"""What gives all that can be read in a file."""


def parse_query(text: str, words: Words) -> Test:
    """Return the test that a ``q`` stands for; an empty one lets every file through.

    Raises ``RefusedError`` (400 for text that is no query, 501 for a term not supported).
    """
    if not text.strip():
        return lambda _: True
    reader = _Reader(text, words)
    test = reader.either()
    reader.expect_end()
    return test


class _Reader:
    """Reads a query from left to right: ``or`` binds less than ``and``, ``not`` most."""

    def __init__(self, text: str, words: Words) -> None:
        self._words = words
        self._tokens = _split(text)
        self._at = 0

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise _bad()
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, *wanted: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return True
        return False

    def _need(self, wanted: str) -> None:
        if not self._take(wanted):
            raise _bad()

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self._at != len(self._tokens):
            raise _bad()

    def either(self) -> Test:
        """Read terms joined by ``or``."""
        tests = [self._all()]
        while self._take("or"):
            tests.append(self._all())
        return lambda file: any(test(file) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._take("and"):
            tests.append(self._one())
        return lambda file: all(test(file) for test in tests)

    def _one(self) -> Test:
        if self._take("not"):
            test = self._one()
            return lambda file: not test(file)
        if self._take("("):
            test = self.either()
            self._need(")")
            return test
        return self._term(self._next())

    def _term(self, start: str) -> Test:
        """Read the rest of a single term."""
        if start[0] in "'\"":
            self._need("in")
            return member(unquoted(start), self._next())
        if start == "sharedWithMe":
            return self._shared()
        if self._take("has"):
            return self._has(start)
        if self._take("in"):  # the other way round, as gspread says it
            return member(self._text(), start)
        operator = self._next()
        if start == "fullText":
            return self._full_text(operator)
        return compared(start, operator, self._next())

    def _shared(self) -> Test:
        """Read the rest of a term about what others have shared: nothing is, here."""
        wanted = True
        if self._take("=", "!="):
            wanted = (self._tokens[self._at - 1] == "=") == (self._next() == "true")
        return lambda _: not wanted

    def _full_text(self, operator: str) -> Test:
        if operator != "contains":
            raise _bad()
        phrase, words = self._text().strip('"').casefold(), self._words
        return lambda file: phrase in words(file).casefold()

    def _text(self) -> str:
        token = self._next()
        if token[0] not in "'\"":
            raise _bad()
        return unquoted(token)

    def _has(self, name: str) -> Test:
        if name not in {"appProperties", "properties"}:
            refuse_unsupported(f"the search term {name} has")
        pair: dict[str, str] = {}
        self._need("{")
        while not self._take("}"):
            self._take("and")
            part = self._next()
            self._need("=")
            pair[part] = self._text()
        if pair.keys() != {"key", "value"}:
            raise _bad()
        return lambda file: file.get(name, {}).get(pair["key"]) == pair["value"]


def _split(text: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise _bad()
        tokens.append(match[0].strip())
        position = match.end()
    return tokens


def _bad() -> DriveRefusedError:
    return invalid_parameter("q")
