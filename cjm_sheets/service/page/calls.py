"""Decides what each call of the page's scripts answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from cjm_sheets.service.page import history, links, making
from cjm_sheets.service.page.actor import Actor, acting_as
from cjm_sheets.service.page.desk import Desk
from cjm_sheets.service.page.edits import carry_out, edits_of
from cjm_sheets.service.page.layout import Tab, tables_of, tabs
from cjm_sheets.service.page.places import (
    Edit,
    MovedError,
    number_of,
    row_of,
    says,
    tab_of,
    text_of,
)
from cjm_sheets.service.page.rows import add_row, delete_row
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.spreadsheet import Spreadsheet

_KEYS_KEPT = 2_000
"""Answers of each map that are known again if their calls are repeated."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: of which map, by whom, in which language, with which body and query."""

    desk: Desk
    file_id: str
    who: Actor
    language: str
    body: Json
    query: dict[str, str]


def content(asked: Asked) -> Json:
    """Return the tabs; of those that the caller has already (by their marks) the mark alone."""
    moment, found = asked.desk.moments.content(asked.file_id)
    known = set(asked.query.get("known", "").split(","))
    return {
        "version": moment.version,
        "title": moment.book.properties["title"],
        "language": moment.reading.snapshot.language,
        "maps": making.maps(moment),
        "tabs": [
            {"id": tab["id"], "mark": tab["mark"]} if tab["mark"] in known else tab for tab in found
        ],
    }


def health(asked: Asked) -> Json:
    """Return what a check finds in the map."""
    return making.health(asked.desk.moments.moment(asked.file_id), asked.language)


def told(asked: Asked) -> Json:
    """Return the history, the latest first."""
    version = asked.desk.moments.version(asked.file_id)
    before = asked.query.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() else None
    return {"entries": history.told(asked.desk.shelf, asked.file_id, version, number)}


def edit(asked: Asked) -> Json:
    """Carry out edits of cells; those that no longer fit are answered with what is there now."""
    edits = edits_of(asked.body)

    def change(book: Spreadsheet) -> Json:
        results = [result.json() for result in carry_out(book, edits)]
        states = {result["state"] for result in results}
        return {"results": results, "fits": not states & {"conflict", "moved"}}

    return _changed(asked, change)


def add(asked: Asked) -> Json:
    """Add a row to a table; one that comes back has its id again, and what was typed into it."""
    sheet, wish = number_of(asked.body, "sheetId"), text_of(asked.body, "rowId")
    cells = _cells(asked.body, "cells")

    def change(book: Spreadsheet) -> Json:
        tab = _tab(book, sheet)
        made = add_row(book, tab, wish)
        carry_out(
            book,
            [
                Edit(sheet, made["row"], made["rowId"], at, column.heading, "", cells[at], {})
                for at, column in ((column.at, column) for column in tab.columns)
                if cells.get(at) and not column.is_fixed
            ],
        )
        return made

    return _changed(asked, change)


def delete(asked: Asked) -> Json:
    """Delete a row, if it is still the one that was meant, and says what was seen beside."""
    sheet, row = number_of(asked.body, "sheetId"), number_of(asked.body, "row")
    cells = _cells(asked.body, "beside")
    meant = Edit(sheet, row, text_of(asked.body, "rowId"), 0, "", "", "", cells)

    def change(book: Spreadsheet) -> Json:
        tab = _tab(book, sheet)
        found = row_of(book, tab, meant)
        if not says(book, tab, found, cells):
            raise MovedError
        delete_row(book, tab, found)
        return {}

    return _changed(asked, change)


def _cells(body: Json, name: str) -> dict[int, str]:
    """Return the texts of a row by column."""
    given = body.get(name, {})
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        refuse(f"{name} must be an object of texts.")
    return {int(at): text for at, text in given.items() if at.isdigit()}


def _tab(book: Spreadsheet, sheet: int) -> Tab:
    return tab_of(tabs(book, tables_of(book)), sheet)


def _changed(asked: Asked, change: Callable[[Spreadsheet], Json]) -> Json:
    """Carry out a change once, however often it is sent, and return its answer.

    A browser that lost the answer sends the change again, under the same key.
    """
    key = text_of(asked.body, "key")
    known = _answer(asked, key)
    if known is not None:
        return known
    with acting_as(asked.who), asked.desk.store.editing(asked.file_id) as draft:
        answer = change(draft.book)
        answer["version"] = int(draft.file["version"]) + 1
        _keep(asked, key, answer)  # ahead: it counts once that version is stored
    return answer


def _answer(asked: Asked, key: str) -> Json | None:
    version = asked.desk.moments.version(asked.file_id)
    query = "select answer from answers where key = ? and file_id = ? and version <= ?"
    rows = asked.desk.shelf.rows(query, key, asked.file_id, version) if key else []
    found: Json | None = json.loads(rows[0][0]) if rows else None
    return found


def _keep(asked: Asked, key: str, answer: Json) -> None:
    if not key:
        return
    with asked.desk.shelf.writing() as database:
        database.execute(
            "insert or replace into answers (key, file_id, version, answer) values (?, ?, ?, ?)",
            (key, asked.file_id, answer["version"], json.dumps(answer)),
        )
        database.execute(
            "delete from answers where file_id = ? and number <= (select number from answers"
            " where file_id = ? order by number desc limit 1 offset ?)",
            (asked.file_id, asked.file_id, _KEYS_KEPT),
        )


def make_link(asked: Asked) -> Json:
    """Make a link to the map."""
    asked.desk.store.file(asked.file_id)
    role, name = text_of(asked.body, "role"), text_of(asked.body, "name")
    return links.make(asked.desk.shelf, asked.file_id, role, name)


def list_links(asked: Asked) -> Json:
    """Return the links of the map."""
    return {"links": links.listed(asked.desk.shelf, asked.file_id)}


def revoke_link(asked: Asked) -> Json:
    """Revoke a link of the map."""
    links.revoke(asked.desk.shelf, asked.file_id, text_of(asked.body, "id"))
    return {}


def wall_map(asked: Asked) -> tuple[str, bytes]:
    """Return the drawing of the map."""
    moment = asked.desk.moments.moment(asked.file_id)
    text = making.wall_map(moment, asked.query.get("map", ""))
    return "image/svg+xml", text.encode(errors="replace")


def download(asked: Asked) -> tuple[str, bytes]:
    """Return the map as an Excel workbook."""
    moment = asked.desk.moments.moment(asked.file_id)
    if asked.desk.builder is None or not moment.reading.snapshot.tables:
        refuse_unsupported("a workbook of a spreadsheet without a journey map")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return kind, making.workbook(moment, asked.desk.builder)
