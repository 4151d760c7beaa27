"""Decides what the requests about developer metadata do."""

from collections import Counter

from cjm_sheets.service.fields import overlay
from cjm_sheets.service.metadata_search import location_type, matches
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.objects import drawn_id
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.spreadsheet import Spreadsheet

_MOST = 30_000
_FIELDS = {"metadataId", "metadataKey", "metadataValue", "location", "visibility"}


@handles("createDeveloperMetadata", "developerMetadata")
def create_developer_metadata(book: Spreadsheet, request: Json) -> Json:
    """Attach metadata to the spreadsheet, a tab, one row or one column."""
    given = request.get("developerMetadata", {})
    identity = given.get("metadataId")
    if any(item["metadataId"] == identity for item in book.metadata):
        refuse(f"The metadataId {identity} is already in use.")
    item = _checked(book, {"metadataId": drawn_id() if identity is None else identity} | given)
    book.metadata.append(item)
    _check_amount(book)
    return {"developerMetadata": item}


def _checked(book: Spreadsheet, item: Json) -> Json:
    unknown = item.keys() - _FIELDS
    if unknown:
        refuse(f"Unknown field of developer metadata: {', '.join(sorted(unknown))}")
    if not item.get("metadataKey"):
        refuse("Developer metadata must have a key.")
    if item.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        refuse("Developer metadata must have a visibility: DOCUMENT or PROJECT.")
    return item | {"location": _location(book, item.get("location", {}))}


def _location(book: Spreadsheet, location: Json) -> Json:
    kind = {"locationType": location_type(location)}
    if location.get("spreadsheet"):
        return kind | {"spreadsheet": True}
    if "dimensionRange" not in location:
        if "sheetId" not in location:
            refuse("Developer metadata needs a location.")
        return kind | {"sheetId": book.grid(location["sheetId"]).id}
    place = location["dimensionRange"]
    sheet = book.grid(place.get("sheetId", 0))
    start, end = place.get("startIndex", 0), place.get("endIndex", 0)
    if place.get("dimension") not in {"ROWS", "COLUMNS"} or end - start != 1:
        refuse("Developer metadata can stand on one row or one column only.")
    if end > sheet.size(place["dimension"]):
        refuse("The row or column of the developer metadata is outside the grid.")
    identity = {"sheetId": sheet.id} if sheet.id else {}
    span = {"dimension": place["dimension"], "startIndex": start, "endIndex": end}
    return kind | {"dimensionRange": identity | span}


def _check_amount(book: Spreadsheet) -> None:
    """Refuse more text than Google keeps: 30,000 characters a spreadsheet and again a tab."""
    used: Counter[int] = Counter()
    for item in book.metadata:
        place = item["location"].get("dimensionRange", item["location"])
        home = -1 if item["location"].get("spreadsheet") else place.get("sheetId", 0)
        used[home] += len(item["metadataKey"]) + len(item.get("metadataValue", ""))
    if max(used.values(), default=0) > _MOST:
        refuse(f"Developer metadata may hold at most {_MOST} characters.")


@handles("updateDeveloperMetadata", "dataFilters", "developerMetadata", "fields")
def update_developer_metadata(book: Spreadsheet, request: Json) -> Json:
    """Change every piece of metadata that one of the filters finds."""
    mask = required_mask(request)
    given = request.get("developerMetadata", {})
    filters = request.get("dataFilters", [])
    changed: list[Json] = []
    for position, item in enumerate(book.metadata):
        if any(matches(book, item, one) for one in filters):
            new = overlay(item, given, mask) if mask else item | given
            book.metadata[position] = _checked(book, new)
            changed.append(book.metadata[position])
    _check_amount(book)
    return {"developerMetadata": changed} if changed else {}


@handles("deleteDeveloperMetadata", "dataFilter")
def delete_developer_metadata(book: Spreadsheet, request: Json) -> Json:
    """Delete every piece of metadata that the filter finds; none is no error."""
    chosen = request.get("dataFilter", {})
    gone = [item for item in book.metadata if matches(book, item, chosen)]
    book.metadata = [item for item in book.metadata if item not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}
