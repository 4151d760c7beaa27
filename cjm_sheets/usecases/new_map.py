"""Decides how a new workbook comes to be: its content, its scores, its plan, its file."""

from dataclasses import dataclass
from datetime import date, datetime

from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.ports.builder import Builder
from cjm_sheets.ports.starters import Starters
from cjm_sheets.scoring.computed import Columns, computed_values
from cjm_sheets.scoring.layout import as_it_lies
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables.codec import Decoded, value_of
from cjm_sheets.tables.table import Table
from cjm_sheets.tables.to_model import to_model
from cjm_sheets.templates import book, starter
from cjm_sheets.templates.blank import blank
from cjm_sheets.templates.content import Content, as_tables
from cjm_sheets.templates.facts import Results
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Book, Shown
from cjm_sheets.templates.start_button import with_button
from cjm_sheets.usecases.map_health import health_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants a new workbook to be; `starter` "" makes a blank one.

    `stages` is a model (see templates.stages) or own names separated by commas. A starter
    brings its own stages.
    """

    map_type: str = "current"
    language: str = "en"
    stages: str = "buying4"
    starter: str = ""


def new_map(
    wish: Wish, starters: Starters, builder: Builder, created: datetime, *, button: bool = False
) -> bytes:
    """Return the file of a new workbook; `created` is now, and makes equal files equal bytes.

    `button`: Start has a button; the builder must know the VBA that it runs.

    Raises UnknownTemplateError for a kind of map, a stage model or a starter that is not there.
    """
    plan = planned(content_of(wish, starters, created.date()), created)
    return builder.build(with_button(plan) if button else plan)


def content_of(wish: Wish, starters: Starters, today: date) -> Content:
    """Return what the new workbook holds."""
    if wish.starter:
        rows, words = starters.written(wish.starter, wish.map_type, wish.language)
        return starter.parse(rows, words, wish.language, today)
    if wish.map_type not in MAP_TYPES:
        raise UnknownTemplateError(wish.map_type, ", ".join(MAP_TYPES))
    return blank(wish.map_type, wish.language, wish.stages)


def planned(content: Content, created: datetime) -> Book:
    """Return the plan of a workbook, with what its live formulas show on the day it is made."""
    results = results_of(content, created.date())
    return book.plan(content, results, created, health_of(content, created.date()))


def results_of(content: Content, today: date) -> Results:
    """Return what the live formulas of all rows show, as sheets show it."""
    return {
        table: {key: tuple(map(_shown, column)) for key, column in columns.items()}
        for table, columns in computed(content, today).items()
    }


def computed(content: Content, today: date) -> dict[str, Columns]:
    """Return what the live formulas of all rows show, blank rows included."""
    tables = as_tables(content)
    workbook = to_model(map(_every_row, tables), content.language)
    return computed_values(workbook, score_pains(workbook), today, as_it_lies(workbook, tables))


def _every_row(table: Table) -> Decoded:
    """Return all rows of a table, blank ones too: live formulas stand there as well."""
    columns = {
        key: tuple(value_of(cell, table.spec.by_key[key]) for cell in placed.cells)
        for key, placed in table.by_key.items()
        if not table.spec.by_key[key].computed
    }
    return Decoded(table, table.lines, columns)


def _shown(value: object) -> Shown:
    if value is None or isinstance(value, Shown):
        return value
    raise TypeError(value)
