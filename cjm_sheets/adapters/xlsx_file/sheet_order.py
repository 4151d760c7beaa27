"""Decides where an element of a sheet stands among the others, as the format asks for it."""

import re

from cjm_sheets.adapters.xlsx_file import small_xml
from cjm_sheets.errors.workbook import CannotWriteSafelyError

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet[\s>]")
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def place_for(xml: bytes, element: str, file: str, title: str) -> int:
    """Return the offset at which an element may be put in, in front of those that follow it."""
    if not _ROOT.match(xml):
        raise CannotWriteSafelyError(file, title)
    later = set(_ORDER[_ORDER.index(element) + 1 :])
    following = (
        tag.at
        for tag in small_xml.tags(xml)
        if tag.depth == 2 and tag.name in later  # noqa: PLR2004 - right below the root
    )
    end = xml.rfind(b"</worksheet")
    return next(following, end)
