"""Decides what the program asks of the place where starters lie."""

from typing import Protocol


class Starters(Protocol):
    """Filled-in sample workbooks that come with the program."""

    def text(self, name: str, language: str) -> str:
        """Return a starter as it is written; UnknownTemplateError if there is none."""
        ...
