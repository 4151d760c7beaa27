"""Decides what the requests about slicers do: each hides the rows that its criteria leave out."""

from cjm_sheets.service.colors import paired_mask
from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.filtering import hide_rows
from cjm_sheets.service.requests.objects import add_object, found, identified, replace_object
from cjm_sheets.service.requests.positions import placed
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_KIND = "slicers"
_ID = "slicerId"


@handles("addSlicer", "slicer")
def add_slicer(book: Spreadsheet, request: Json) -> Json:
    """Keep a slicer that lies over the cells of a tab."""
    given = request.get("slicer", {})
    sheet, position = placed(book, given.get("position", {}))
    _check_spec(book, sheet, given.get("spec", {}))
    item = identified(book, given | {"position": position}, _KIND, _ID)
    stored = add_object(book, sheet, _KIND, item)
    hide_rows(book, sheet)
    return {"slicer": stored}


def _check_spec(book: Spreadsheet, sheet: Sheet, spec: Json) -> None:
    if "dataRange" not in spec:
        refuse("A slicer needs a dataRange.")
    box = book.box(spec["dataRange"])
    if box.sheet != sheet.id:
        refuse("A slicer must lie on the sheet of its data.")
    if not 0 <= spec.get("columnIndex", 0) < box.width:
        refuse(f"The column {spec['columnIndex']} is outside the data range of the slicer.")


@handles("updateSlicerSpec", "slicerId", "spec", "fields")
def update_slicer_spec(book: Spreadsheet, request: Json) -> Json:
    """Change the parts of a slicer that the mask names; its place stays."""
    mask = paired_mask(required_mask(request))
    check_update_mask(required_mask(request), "SlicerSpec")
    sheet, position = found(book, _KIND, _ID, request.get(_ID))
    old = sheet.listed(_KIND)[position]
    spec = overlay(old["spec"], request.get("spec", {}), mask)
    _check_spec(book, sheet, spec)
    replace_object(sheet, _KIND, position, stored_object(book, old | {"spec": spec}))
    hide_rows(book, sheet)
    return {}
