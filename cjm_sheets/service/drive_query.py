"""Decides which files a Drive search (``q``) finds."""

import re
from collections.abc import Callable
from typing import TypeAlias

from cjm_sheets.service.refusals import Json, RefusedError, refuse_unsupported

Test: TypeAlias = Callable[[Json], bool]

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<word>[A-Za-z]+)
    | (?P<mark>!=|<=|>=|[=<>(){}])
    )""",
    re.VERBOSE,
)
_COMPARED = {"name", "mimeType", "modifiedTime", "createdTime"}


def parse_query(text: str) -> Test:
    """Return the test that a ``q`` stands for; an empty one lets every file through.

    Raises ``RefusedError`` (400 for text that is no query, 501 for a term not supported).
    """
    if not text.strip():
        return lambda _: True
    reader = _Reader(text)
    test = reader.either()
    reader.expect_end()
    return test


class _Reader:
    """Reads a query from left to right: ``or`` binds less than ``and``, ``not`` most."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split(text))
        self._at = 0

    def _split(self, text: str) -> list[str]:
        tokens: list[str] = []
        position = 0
        stripped = text.rstrip()
        while position < len(stripped):
            match = _TOKEN.match(stripped, position)
            if match is None:
                raise self._bad()
            tokens.append(match[0].strip())
            position = match.end()
        return tokens

    def _bad(self) -> RefusedError:
        return RefusedError(f"Invalid Value: {self._text}")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise self._bad()
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, *wanted: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return True
        return False

    def _need(self, wanted: str) -> None:
        if not self._take(wanted):
            raise self._bad()

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self._at != len(self._tokens):
            raise self._bad()

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
        token = self._next()
        if token[0] in "'\"":
            self._need("in")
            return _member(_unquoted(token), self._next())
        if self._take("has"):
            return self._has(token)
        return self._compared(token)

    def _compared(self, name: str) -> Test:
        operator = self._next()
        value = self._next()
        if name == "trashed" and value in {"true", "false"}:
            wanted = (value == "true") == (operator == "=")
            return lambda file: bool(file.get("trashed")) == wanted
        if name not in _COMPARED or value[0] not in "'\"":
            refuse_unsupported(f"the search term {name} {operator} {value}")
        return _comparison(name, operator, _unquoted(value))

    def _has(self, name: str) -> Test:
        if name not in {"appProperties", "properties"}:
            refuse_unsupported(f"the search term {name} has")
        pair: dict[str, str] = {}
        self._need("{")
        while not self._take("}"):
            self._take("and")
            part = self._next()
            self._need("=")
            pair[part] = _unquoted(self._next())
        if pair.keys() != {"key", "value"}:
            raise self._bad()
        return lambda file: file.get(name, {}).get(pair["key"]) == pair["value"]


def _unquoted(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def _member(value: str, collection: str) -> Test:
    if collection != "parents":
        refuse_unsupported(f"a search in {collection}")
    return lambda file: value in file.get("parents", ["root"])


def _comparison(name: str, operator: str, value: str) -> Test:
    tests: dict[str, Test] = {
        "=": lambda file: str(file[name]).casefold() == value.casefold(),
        "!=": lambda file: str(file[name]).casefold() != value.casefold(),
        "contains": lambda file: value.casefold() in str(file[name]).casefold(),
        ">": lambda file: str(file[name]) > value,
        ">=": lambda file: str(file[name]) >= value,
        "<": lambda file: str(file[name]) < value,
        "<=": lambda file: str(file[name]) <= value,
    }
    if operator not in tests:
        refuse_unsupported(f"the search operator {operator}")
    return tests[operator]
