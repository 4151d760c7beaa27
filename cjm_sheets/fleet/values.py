"""Decides what each single value of a fleet file may be, and what it means."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from cjm_sheets.fleet.lines import Path
from cjm_sheets.fleet.problems import Problems
from cjm_sheets.fleet.settings import DAY, HOUR, LOCAL, NEVER, NEW, REMEMBERED, SEVERITIES, FailOn

LONGEST = 366 * DAY
_UNITS = {"s": 1, "m": 60, "h": HOUR, "d": DAY, "w": 7 * DAY}
_EVERY = re.compile(r"(\d{1,9})\s*([smhdw])")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)*")
_ADDRESS = re.compile(r"(?:[a-z]+://)?[^\s/]+/spreadsheets/(?:u/\d+/)?d/[\w-]+\S*")
_ID = re.compile(r"[\w-]{20,}")


def seconds_of(text: str) -> int:
    """Return a stretch of time such as 15m or 7d in seconds, 0 for what is none, or over a year.

    >>> seconds_of("15m"), seconds_of("2w"), seconds_of("0d"), seconds_of("soon")
    (900, 1209600, 0, 0)
    """
    found = _EVERY.fullmatch(text.strip())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    return seconds if seconds <= LONGEST else 0


class Values:
    """Takes the values of one table of the file; what is wrong is noted, and gives the default."""

    def __init__(self, table: Mapping[str, Any], path: Path, problems: Problems) -> None:
        self._table = table
        self._path = path
        self._problems = problems

    def refuse_others(self, known: Collection[str]) -> None:
        """Note each key that means nothing here."""
        for key in self._table:
            if key not in known:
                self.wrong(key, "unknown", known=", ".join(known))

    def wrong(self, key: str, kind: str, *item: int, **facts: object) -> None:
        """Note a problem of a key, or of an item of its list."""
        self._problems.add((*self._path, key, *item), kind, key=key, **facts)

    def has(self, key: str) -> bool:
        """Tell whether the file gives a value."""
        return key in self._table

    def text(self, key: str, default: str = "") -> str:
        """Return a text that is not blank."""
        value = self._table.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, "text", value=_shown(value))
        elif key in self._table and not value.strip():
            self.wrong(key, "blank")
        else:
            return value.strip()
        return default

    def choice(self, key: str, default: str, known: Collection[str]) -> str:
        """Return one of a few words."""
        value = self._table.get(key, default)
        if isinstance(value, str) and value in known:
            return value
        self.wrong(key, "choice", value=_shown(value), known=", ".join(known))
        return default

    def share(self, key: str, default: float) -> float:
        """Return a part of the whole: above 0, and at most 1."""
        value = self._table.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
            return float(value)
        self.wrong(key, "share", value=_shown(value))
        return default

    def yes_no(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._table.get(key, default)
        if isinstance(value, bool):
            return value
        self.wrong(key, "yes_no", value=_shown(value))
        return default

    def whole(self, key: str, default: int, most: int) -> int:
        """Return a whole number from 1."""
        value = self._table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
            return value
        self.wrong(key, "whole", value=_shown(value), most=most)
        return default

    def every(self, key: str, default: int) -> int:
        """Return a stretch of time, such as 15m, in seconds."""
        if key not in self._table:
            return default
        value = self._table[key]
        if isinstance(value, str) and (seconds := seconds_of(value)):
            return seconds
        self.wrong(key, "every", value=_shown(value))
        return default

    def emails(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return e-mail addresses; one alone may stand without brackets."""
        taken = self._texts(key, default)
        for number, address in enumerate(taken):
            if not _EMAIL.fullmatch(address):
                self.wrong(key, "email", number, value=address)
        return taken

    def shared_copy(self, key: str) -> str:
        """Return where the shared copy is: one of three words, an address or an id."""
        value = self.text(key, REMEMBERED)
        words = {REMEMBERED, NEW, LOCAL}
        if not (value in words or _ADDRESS.fullmatch(value) or _ID.fullmatch(value)):
            self.wrong(key, "shared_copy", value=value)
        return value

    def fail_on(self, key: str, default: FailOn, known: Collection[str]) -> FailOn:
        """Return which checks fail a run: a severity, ``never``, or a list of known rules."""
        if key not in self._table:
            return default
        if not isinstance(self._table[key], list):
            return FailOn(self.choice(key, default.severity or "error", (*SEVERITIES, NEVER)))
        rules = tuple(rule.upper() for rule in self._texts(key, ()))
        if not rules:
            self.wrong(key, "blank")
        for number, rule in enumerate(rules):
            if rule not in known:
                self.wrong(key, "rule", number, value=rule)
        return FailOn("", rules)

    def _texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._table.get(key, list(default))
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            self.wrong(key, "texts", value=_shown(value))
            return default
        for number, item in enumerate(items):
            if not isinstance(item, str):
                self.wrong(key, "text", number, value=_shown(item))
        return tuple(item.strip() for item in items if isinstance(item, str))


def _shown(value: object) -> str:
    """Return a value as the file has it, short enough for a sentence."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - said above
