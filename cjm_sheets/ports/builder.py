"""Decides what the program asks of something that makes a workbook file from its plan."""

from typing import Protocol

from cjm_sheets.templates.plan import Book


class Builder(Protocol):
    """Makes workbook files."""

    def build(self, book: Book) -> bytes:
        """Return the file of a planned workbook; equal plans give equal bytes."""
        ...
