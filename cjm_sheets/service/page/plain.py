"""Decides how people see a spreadsheet without the grid: plain tables, to be read only."""

from html import escape

from cjm_sheets.service.a1 import column_letters
from cjm_sheets.service.page.typed import shown_text
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet


def sheets_as_tables(book: Spreadsheet) -> str:
    """Return every visible tab of a spreadsheet as a table."""
    tabs = [sheet for sheet in book.sheets if not sheet.properties.get("hidden")]
    links = "".join(f'<a href="#tab{sheet.id}">{escape(sheet.title)}</a> ' for sheet in tabs)
    tables = "".join(
        f'<h2 id="tab{sheet.id}">{escape(sheet.title)}</h2>{_table(book, sheet)}' for sheet in tabs
    )
    return f"<nav>{links}</nav>{tables}"


def _table(book: Spreadsheet, sheet: Sheet) -> str:
    width = max((max(row) + 1 for row in sheet.rows if row), default=0)
    heads = "".join(f'<th scope="col">{column_letters(column)}</th>' for column in range(width))
    lines = "".join(
        f'<tr><th scope="row">{row + 1}</th>'
        + "".join(
            f"<td>{escape(shown_text(book, sheet, row, column))}</td>" for column in range(width)
        )
        + "</tr>"
        for row in range(len(sheet.rows))
    )
    return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{lines}</tbody></table>"
