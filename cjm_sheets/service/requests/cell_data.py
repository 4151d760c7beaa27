"""Decides how CellData in requests becomes a stored cell: what is set, normal forms, limits."""

from cjm_sheets.service.borders import normal_borders
from cjm_sheets.service.colors import normal, paired_mask
from cjm_sheets.service.fields import Mask, overlay, parse_mask
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported, too_long
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.spreadsheet import MAX_TEXT

RUNS = ("textFormatRuns", "chipRuns")
"""The parts of a cell that lie in its text: a new value ends them."""

_SETTABLE = {"userEnteredValue", "userEnteredFormat", "note", "dataValidation", *RUNS}
_UNSUPPORTED = {"pivotTable", "dataSourceTable", "dataSourceFormula"}


def cell_mask(text: str | None) -> Mask:
    """Return the mask of the ``fields`` of a request about cells; it must name something."""
    if not text:
        refuse("At least one field must be listed in 'fields'. (Use '*' for all fields.)")
    mask = paired_mask(parse_mask(text))
    for name in mask:
        if name in _UNSUPPORTED:
            refuse_unsupported(f"the cell field {name}")
    check_update_mask(mask, "CellData")
    return mask


def checked_cell(source: Json) -> Json:
    """Return the settable fields of CellData in normal form; raises ``RefusedError`` otherwise."""
    cell: Json = {}
    for name, part in source.items():
        if name in _UNSUPPORTED:
            refuse_unsupported(f"the cell field {name}")
        if name in _SETTABLE and part not in (None, "", [], {}):
            cell[name] = part
    if "userEnteredValue" in cell:
        value = _checked_value(cell.pop("userEnteredValue"))
        cell |= {"userEnteredValue": value} if value else {}
    if "userEnteredFormat" in cell:
        look = normal_borders(cell.pop("userEnteredFormat"))
        cell |= {"userEnteredFormat": look} if look else {}
    tidy: Json = normal(cell)
    if "dataValidation" in tidy:
        tidy["dataValidation"] = tidied_rule(tidy["dataValidation"])
    return tidy


def _checked_value(value: Json) -> Json:
    if "errorValue" in value:
        refuse("userEnteredValue cannot be set to errorValue.")
    text = str(value.get("stringValue", value.get("formulaValue", "")))
    if len(text) > MAX_TEXT:
        raise too_long()
    if "formulaValue" in value and not value["formulaValue"].startswith("="):
        refuse("A formulaValue must start with an equals sign (=).")
    return {} if value == {"stringValue": ""} else value


def tidied_rule(rule: Json) -> Json:
    """Return a DataValidationRule without the fields that are false or empty."""
    return {name: part for name, part in rule.items() if part not in (None, False, "")}


def updated_cell(old: Json, new: Json, mask: Mask) -> Json:
    """Return a cell after an update by mask; a new value ends what lay in the text of the old."""
    cell = overlay(old, new, mask) if mask else dict(new)
    if not mask or "userEnteredValue" in mask:
        cell = {name: part for name, part in cell.items() if name not in RUNS or name in new}
    return {name: part for name, part in cell.items() if part not in ({}, "", [])}
