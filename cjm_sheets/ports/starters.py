"""Decides what the program asks of the place where starters lie."""

from typing import Protocol

Written = tuple[str, str]
"""A starter as it is written: its rows with English words, and other words for them ("": none)."""


class Starters(Protocol):
    """Filled-in sample workbooks that come with the program."""

    def written(self, name: str, map_type: str, language: str) -> Written:
        """Return a starter as it is written; UnknownTemplateError if there is none."""
        ...
