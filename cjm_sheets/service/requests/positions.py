"""Decides where charts and slicers lie over a tab, and what moving, framing and deleting does."""

from cjm_sheets.service.colors import paired_mask
from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, exceeds_grid, refuse, refuse_unsupported
from cjm_sheets.service.requests.filtering import hide_rows
from cjm_sheets.service.requests.objects import replace_object
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_KINDS = (("charts", "chartId"), ("slicers", "slicerId"))
_SIZE = {"widthPixels": 600, "heightPixels": 371}


def placed(book: Spreadsheet, position: Json) -> tuple[Sheet, Json]:
    """Return (tab, position) of an object that lies over cells; its size is added if missing."""
    overlaid = position.get("overlayPosition")
    if overlaid is None:
        refuse_unsupported("charts on sheets of their own")
    cell = overlaid.get("anchorCell", {})
    sheet = book.grid(cell.get("sheetId", 0))
    row, column = cell.get("rowIndex", 0), cell.get("columnIndex", 0)
    if not 0 <= row < sheet.row_count or not 0 <= column < sheet.column_count:
        raise exceeds_grid(sheet.title, sheet.row_count, sheet.column_count)
    return sheet, {"overlayPosition": overlaid | _SIZE | overlaid}


def _found(book: Spreadsheet, identity: int | None) -> tuple[Sheet, str, int]:
    for sheet in book.sheets:
        for kind, id_name in _KINDS:
            for position, item in enumerate(sheet.listed(kind)):
                if item[id_name] == identity:
                    return sheet, kind, position
    return refuse(f"No embedded object with id: {identity or 0}")


@handles("updateEmbeddedObjectPosition", "objectId", "newPosition", "fields")
def update_embedded_object_position(book: Spreadsheet, request: Json) -> Json:
    """Move or size a chart or slicer, also to another tab."""
    sheet, kind, at = _found(book, request.get("objectId"))
    given = request.get("newPosition", {})
    if "overlayPosition" not in given:
        refuse_unsupported("charts on sheets of their own")
    mask = required_mask(request)
    check_update_mask(mask, "OverlayPosition")
    item = sheet.listed(kind)[at]
    old = item["position"]["overlayPosition"]
    new = overlay(old, given["overlayPosition"], mask)
    home, position = placed(book, {"overlayPosition": new})
    stored = stored_object(book, item | {"position": position})
    replace_object(sheet, kind, at, None)
    items = home.listed(kind)
    place = at if home is sheet else len(items)
    home.objects[kind] = [*items[:place], stored, *items[place:]]
    return {"position": stored["position"]}


@handles("updateEmbeddedObjectBorder", "objectId", "border", "fields")
def update_embedded_object_border(book: Spreadsheet, request: Json) -> Json:
    """Change the frame of a chart."""
    sheet, kind, at = _found(book, request.get("objectId"))
    if kind != "charts":
        refuse("Only charts can have a border.")
    mask = paired_mask(required_mask(request))
    check_update_mask(mask, "EmbeddedObjectBorder")
    item = sheet.listed(kind)[at]
    border = overlay(item.get("border", {}), request.get("border", {}), mask)
    replace_object(sheet, kind, at, stored_object(book, item | {"border": border}))
    return {}


@handles("deleteEmbeddedObject", "objectId")
def delete_embedded_object(book: Spreadsheet, request: Json) -> Json:
    """Remove a chart or a slicer."""
    sheet, kind, at = _found(book, request.get("objectId"))
    replace_object(sheet, kind, at, None)
    if kind == "slicers":
        hide_rows(book, sheet)
    return {}
