"""Decides which sheets a new workbook consists of, in which order, and what it says of itself."""

from dataclasses import replace
from datetime import datetime

from cjm_sheets.templates import leads, map_types, titles
from cjm_sheets.templates.calc_sheet import calc_sheet
from cjm_sheets.templates.calc_sheet import names as calc_names
from cjm_sheets.templates.content import Content
from cjm_sheets.templates.facts import Facts, Health, Results
from cjm_sheets.templates.lists_sheet import lists_sheet
from cjm_sheets.templates.lists_sheet import names as list_names
from cjm_sheets.templates.map_sheet import map_sheets
from cjm_sheets.templates.plan import Book, Cell, Sheet, Style
from cjm_sheets.templates.retention_sheet import retention_sheet
from cjm_sheets.templates.start_sheet import start_sheet
from cjm_sheets.templates.table_sheet import table_sheet
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

MEMORY_MARK = "cjm-sheets/1"
"""The first cell of the very hidden sheet in which a store keeps what both sides last agreed on."""

_NAME = N_("Customer journey map")
_SUBJECT = N_("What customers go through, what hurts, and what to mend first")


def plan(
    content: Content, results: Results, created: datetime, health: Health | None = None
) -> Book:
    """Return the plan of a workbook.

    `results` has what each live formula shows, row by row, blank rows included: table key to column
    key to values. `created` also says which day it is for the formulas. `health` is what a check
    found on that day, None if there is nothing to check yet.
    """
    language, map_type = content.language, content.map_type
    facts, today = Facts(content, results, health), created.date()
    shown = map_types.shown(map_type)
    after = shown.index("Settings")
    walls = map_sheets(facts)
    sheets = (
        start_sheet(facts),
        *walls[:1],
        *(table_sheet(content, key, results) for key in shown[:after]),
        retention_sheet(facts),
        *(table_sheet(content, key, results) for key in shown[after:]),
        lists_sheet(language, content.tables),
        *(_hidden(table_sheet(content, key, results)) for key in _unseen(map_type)),
        calc_sheet(facts, today),
        *walls[1:],
        Sheet(titles.MEMORY, (Cell(1, 1, MEMORY_MARK, Style()),), visibility="very_hidden"),
    )
    return Book(
        sheets,
        list_names(language, content.tables)
        | calc_names(facts, today)
        | titles.marks(language, {sheet.title: sheet.title for sheet in sheets}),
        title=_title(content),
        subject=say(language, _SUBJECT),
        comment=say(language, leads.ILLUSTRATIVE) if content.illustrative else "",
        created=created,
        active=titles.start(language),
        language=language,
    )


def _unseen(map_type: str) -> tuple[str, ...]:
    return map_types.MAP_TYPES[map_type].hidden


def _hidden(sheet: Sheet) -> Sheet:
    return replace(sheet, visibility="hidden")


def _title(content: Content) -> str:
    """Return the title of the first map, or what a workbook is called that has none yet."""
    maps = content.rows.get("Maps", ())
    named = next((f"{row['title']}" for row in maps if row.get("title")), "")
    return named or say(content.language, _NAME)
