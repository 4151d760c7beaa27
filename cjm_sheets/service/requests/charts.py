"""Decides what the requests about charts do: kept and given back, never drawn."""

from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.objects import add_object, found, identified, replace_object
from cjm_sheets.service.requests.positions import placed
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.spreadsheet import Spreadsheet

_KIND = "charts"
_ID = "chartId"


@handles("addChart", "chart")
def add_chart(book: Spreadsheet, request: Json) -> Json:
    """Keep a chart that lies over the cells of a tab."""
    given = request.get("chart", {})
    if not given.get("spec"):
        refuse("A chart needs a spec.")
    sheet, position = placed(book, given.get("position", {}))
    item = identified(book, given | {"position": position}, _KIND, _ID)
    return {"chart": add_object(book, sheet, _KIND, item)}


@handles("updateChartSpec", "chartId", "spec")
def update_chart_spec(book: Spreadsheet, request: Json) -> Json:
    """Replace what a chart shows; its place stays."""
    sheet, position = found(book, _KIND, _ID, request.get(_ID))
    old = sheet.listed(_KIND)[position]
    replace_object(sheet, _KIND, position, None)
    add_object(book, sheet, _KIND, old | {"spec": request.get("spec", {})})
    return {}
