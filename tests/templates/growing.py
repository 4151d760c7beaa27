"""Decides how a test sees a map that fills itself with steps that somebody typed into it."""

from dataclasses import replace
from datetime import datetime

from cjm_sheets.templates.content import Content
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.map_sheet import map_sheets
from cjm_sheets.templates.plan import Book, Shown
from cjm_sheets.usecases.new_map import computed, planned


def growing(content: Content, now: datetime) -> Book:
    """Return a workbook with steps whose Map sheet was made before there were any."""
    values = computed(content, now.date())
    results = {
        table: {
            key: tuple(v for v in column if v is None or isinstance(v, Shown))
            for key, column in of.items()
        }
        for table, of in values.items()
    }
    made = {sheet.title: sheet for sheet in map_sheets(Facts(content, results), growing=True)}
    book = planned(content, now)
    return replace(book, sheets=tuple(made.get(sheet.title, sheet) for sheet in book.sheets))
