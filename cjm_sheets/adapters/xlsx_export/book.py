"""Decides how a whole spreadsheet becomes an Excel workbook."""

import io
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

from cjm_sheets.adapters.xlsx_export.charts import draw_charts
from cjm_sheets.adapters.xlsx_export.looks import Looks
from cjm_sheets.adapters.xlsx_export.sheets import Making, names, write_sheet
from cjm_sheets.adapters.xlsx_export.titles import renamed, titles


def build(book: Mapping[str, Any]) -> bytes:
    """Return the workbook of a ``Spreadsheet`` with its grid data.

    Values, formulas with their results, formats, merges, notes, links, drop-downs, sizes, frozen
    and hidden parts, named ranges, filters, bands, rules that colour cells and usual charts cross.
    Protection does not: that of a workbook forbids where that of a spreadsheet warns.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    workbook = Workbook(out, options)
    old = [sheet["properties"]["title"] for sheet in book["sheets"]]
    tabs = titles(old)
    making = Making(workbook, Looks(workbook), renamed(old, tabs))
    sheets = [workbook.add_worksheet(title) for title in tabs]
    hidden = [sheet["properties"].get("hidden", False) for sheet in book["sheets"]]
    if False in hidden:
        sheets[hidden.index(False)].activate()
        sheets[hidden.index(False)].set_first_sheet()
    places = zip((each["properties"] for each in book["sheets"]), tabs, strict=True)
    tabs_by_id = {
        each.get("sheetId", 0): (tab, each.get("gridProperties", {})) for each, tab in places
    }
    for sheet, source in zip(sheets, book["sheets"], strict=True):
        write_sheet(making, sheet, source)
        draw_charts(workbook, sheet, source, tabs_by_id)
        if source["properties"].get("hidden"):
            sheet.hide()
    for name, reference in names(book, tabs):
        workbook.define_name(name, reference)
    workbook.set_properties({"title": book["properties"]["title"][:255]})
    workbook.close()
    return out.getvalue()
