"""Decides what Python programs get from the package: a workbook's values, findings, frames."""

from cjm_sheets.api.book import Book, Findings, Ranking
from cjm_sheets.api.starting import new, open, rules, sentence  # noqa: A004 - as in gzip
from cjm_sheets.api.writing import Change
from cjm_sheets.errors import CjmError as Error

__all__ = [
    "Book", "Change", "Error", "Findings", "Ranking", "new", "open", "rules", "sentence",
]  # fmt: skip
