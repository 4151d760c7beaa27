"""Decides what it takes to add a table to a workbook: its sheet, its lists, who else shows it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cjm_sheets.errors.asked import UnknownTableError
from cjm_sheets.ports.sheets import AddedList, PutSheets, SheetStore
from cjm_sheets.tables import naming, schema, spec
from cjm_sheets.tables.table import Table
from cjm_sheets.templates import again, lists_sheet, map_types, offers
from cjm_sheets.templates.blank import STAGE_MODEL, blank
from cjm_sheets.templates.content import Content, as_table
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Book, Shown
from cjm_sheets.templates.table_sheet import table_sheet
from cjm_sheets.usecases.as_content import facts_of, map_type_of, shown
from cjm_sheets.usecases.map_health import health_of_reading
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.usecases.recalculate import blank_result
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_ADDED = N_("{file} has the sheet {sheet} now.")
_THERE = N_("{file} has the sheet {sheet} already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a table: the title of its sheet, and whether anything had to be done."""

    file: str
    table: str
    sheet: str
    new: bool

    def document(self) -> dict[str, Any]:
        """Return it as a JSON-able document."""
        return {"workbook": self.file, "table": self.table, "sheet": self.sheet, "added": self.new}

    def lines(self, language: str) -> list[str]:
        """Return it as lines of text."""
        template = _ADDED if self.new else _THERE
        return [say(language, template, file=self.file, sheet=self.sheet)]


def add_table(store: SheetStore, name: str, now: datetime) -> Added:
    """Add a table, named by its key or by the title of its sheet in any language.

    One that is there but hidden comes into sight.

    Raises:
        UnknownTableError: there is no such table.
    """
    of = naming.known_titles().get(naming.plain(name))
    if of is None:
        raise UnknownTableError(name, ", ".join(table.key for table in schema.TABLES))
    reading = read_map(store)
    there = reading.decoded.get(of.key)
    sheet = there.table.sheet if there else naming.table_label(reading.snapshot.language, of)
    put = PutSheets(_nothing(now), unhidden=(sheet,)) if there else _put(reading, of, now)
    outcome = store.put_sheets(put, reading.snapshot)
    return Added(store.name, of.key, sheet, outcome.stamp != reading.snapshot.stamp)


def _put(reading: Reading, of: spec.Table, now: datetime) -> PutSheets:
    """Return the sheet of a new table, and the sheets of ours that speak of it."""
    made, language = reading.snapshot.made, reading.snapshot.language
    new = _new_table(reading, of)
    facts = _with_results(
        facts_of(reading, now.date(), {of.key: new}, health_of_reading(reading, now.date())), new
    )
    book = again.again(facts, [role for role in again.ROLES if role in made], now)
    sheet = table_sheet(facts.content, of.key, facts.results)
    book = again.with_sheets(book, facts, (sheet,))
    before = {sheet.title: _follower(facts.content, of.key, made.get("Lists", ""))}
    if "Lists" in made:
        lists = _lists(language, of, made["Lists"])
    else:
        lists = ()
        book = again.with_sheets(book, facts, (lists_sheet.lists_sheet(language, [of.key]),))
        book = replace(book, names={**book.names, **lists_sheet.names(language, [of.key])})
    return PutSheets(book, again.before(facts, book) | before, lists)


def _nothing(now: datetime) -> Book:
    """Return a book without a sheet."""
    return Book((), {}, title="", subject="", comment="", language="", created=now, active="")


def _new_table(reading: Reading, of: spec.Table) -> Table:
    """Return the table as it will lie, with what a new workbook would have in its rows."""
    map_type, language = map_type_of(reading), reading.snapshot.language
    fresh = blank(map_type, language, STAGE_MODEL)
    rows = {key: fresh.rows[key] for key in {"Maps", "Steps"} & {of.key} if key in fresh.rows}
    return as_table(Content(map_type, language, rows), of.key)


def _with_results(facts: Facts, new: Table) -> Facts:
    """Return the facts with what the formulas of a table without content show."""
    results: dict[str, tuple[Shown, ...]] = {
        column.key: tuple(shown(blank_result(new, column.key, line)) for line in new.lines)
        for column in new.spec.columns
        if column.computed
    }
    settings = {} if new.spec.key == "Settings" else facts.content.settings
    content = replace(facts.content, settings=settings)
    return Facts(content, {**facts.results, new.spec.key: results}, facts.health)


def _lists(language: str, of: spec.Table, sheet: str) -> tuple[AddedList, ...]:
    """Return the lists that the table offers, for the sheet of lists that is there."""
    return tuple(
        AddedList(
            sheet,
            offers.LIST_NAME.format(name),
            lists_sheet.words(language, name),
            lists_sheet.LAST_LINE,
        )
        for name in lists_sheet.used([of.key])
    )


def _follower(content: Content, key: str, lists: str) -> str:
    """Return the title of the sheet in front of which a table stands, as in a new workbook."""
    usual = map_types.shown(content.map_type)
    order = tuple(dict.fromkeys((*usual, *schema.BY_KEY)))
    later = (other for other in order[order.index(key) + 1 :] if other in usual)
    return next((content.lying[other].sheet for other in later if other in content.lying), lists)
