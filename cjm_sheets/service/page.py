"""Decides how people see a spreadsheet in the browser: plain, read only, without any script."""

from collections.abc import Iterable
from html import escape

from cjm_sheets.service.a1 import column_letters
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE

_STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #202124; }
nav a { margin-right: 1rem; }
table { border-collapse: collapse; margin: 0 0 2rem; }
th, td { border: 1px solid #dadce0; padding: 2px 6px; text-align: left; vertical-align: top;
  white-space: pre-wrap; max-width: 30rem; }
th { background: #f1f3f4; font-weight: normal; color: #5f6368; }
"""


def list_page(files: Iterable[Json], token: str) -> str:
    """Return the page that lists all spreadsheets; ``token`` goes into the links when given."""
    tail = f"?token={escape(token, quote=True)}" if token else ""
    items = "".join(
        f'<li><a href="/spreadsheets/d/{escape(file["id"], quote=True)}{tail}">'
        f"{escape(file['name'])}</a> <time>{escape(file['modifiedTime'])}</time></li>"
        for file in files
        if not file.get("trashed") and file["mimeType"] == SPREADSHEET_TYPE
    )
    return _document("Spreadsheets", f"<h1>Spreadsheets</h1><ul>{items}</ul>")


def spreadsheet_page(book: Spreadsheet) -> str:
    """Return the page of one spreadsheet, every visible tab as a table."""
    title = book.properties["title"]
    tabs = [sheet for sheet in book.sheets if not sheet.properties.get("hidden")]
    links = "".join(f'<a href="#tab{sheet.id}">{escape(sheet.title)}</a>' for sheet in tabs)
    tables = "".join(
        f'<h2 id="tab{sheet.id}">{escape(sheet.title)}</h2>{_table(book, sheet)}' for sheet in tabs
    )
    return _document(title, f"<h1>{escape(title)}</h1><nav>{links}</nav>{tables}")


def _table(book: Spreadsheet, sheet: Sheet) -> str:
    width = max((max(row) + 1 for row in sheet.rows if row), default=0)
    heads = "".join(f'<th scope="col">{column_letters(column)}</th>' for column in range(width))
    lines = "".join(
        f'<tr><th scope="row">{row + 1}</th>'
        + "".join(f"<td>{escape(_text(book, sheet, row, column))}</td>" for column in range(width))
        + "</tr>"
        for row in range(len(sheet.rows))
    )
    return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _text(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> str:
    number_format = sheet.cell(row, column).get("userEnteredFormat", {}).get("numberFormat", {})
    value = book.effective(sheet, row, column)
    return shown(value, number_format, book.properties["locale"]) or ""


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
