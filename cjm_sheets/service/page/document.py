"""Decides the two pages as they are sent: the list of maps, and one map."""

from collections.abc import Iterable
from html import escape

from cjm_sheets.service.page.frame import Look, frame, languages
from cjm_sheets.service.page.plain import sheets_as_tables
from cjm_sheets.service.page.texts import texts
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.spreadsheet import Spreadsheet


def list_page(files: Iterable[Json], look: Look) -> str:
    """Return the page that lists the maps a visitor may see."""
    words = texts(look.language)
    rows = "".join(
        f'<li><a href="{_address(file["id"])}">{escape(file["name"])}</a>'
        f'<time datetime="{escape(file["modifiedTime"], quote=True)}">'
        f"{escape(file['modifiedTime'][:16].replace('T', ' '))}</time></li>"
        for file in files
        if not file.get("trashed")
    )
    listing = f'<ul class="maps">{rows}</ul>' if rows else f"<p>{escape(words['no_maps'])}</p>"
    body = (
        f'<header class="bar"><h1>{escape(words["maps"])}</h1>{languages(look)}</header>'
        f'<main class="list" id="main">{listing}</main>'
    )
    return _document(words["maps"], body, look, "list.js")


def map_page(book: Spreadsheet, look: Look) -> str:
    """Return the page of one map: editable with the grid, else its tables to read."""
    title = str(book.properties["title"])
    words = texts(look.language)
    if not look.grid:
        note = f'<p class="notice">{escape(words["no_grid"])}</p>'
        body = (
            f'<header class="bar"><h1>{escape(title)}</h1>{languages(look)}</header>'
            f'<main class="plain" id="main">{note}{sheets_as_tables(book)}</main>'
        )
        return _document(title, body, look, "list.js")
    return _document(title, frame(book.id, title, look), look, "main.js")


def _address(file_id: str) -> str:
    return f"/spreadsheets/d/{escape(file_id, quote=True)}/edit"


def _document(title: str, body: str, look: Look, script: str) -> str:
    return (
        f'<!doctype html><html lang="{look.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="/page/assets/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/page/assets/page.css">'
        f'<script type="module" src="/page/assets/{script}"></script>'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )
