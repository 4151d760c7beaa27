"""A refused batch leaves nothing behind: no draft reaches into the spreadsheet it came from."""

import copy

import pytest

from cjm_sheets.service.creation import created
from cjm_sheets.service.refusals import RefusedError
from cjm_sheets.service.requests.batch import FAMILIES, run_batch
from cjm_sheets.service.requests.registry import KNOWN, supported
from cjm_sheets.service.requests.sorting import SEED
from cjm_sheets.service.spreadsheet import Spreadsheet
from tests.service.calls import Json, grid, lines
from tests.service.discovery import document

BOLD: Json = {"userEnteredFormat": {"textFormat": {"bold": True}}}
BANDS = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}
RULE = {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}}
PIXELS = {"properties": {"pixelSize": 9}, "fields": "pixelSize"}
CHECKBOX = {"condition": {"type": "BOOLEAN"}}
METADATA: Json = {
    "metadataId": 5,
    "metadataKey": "k",
    "location": {"dimensionRange": lines(1, "ROWS", 1, 2)},
    "visibility": "DOCUMENT",
}
FAR = {"overlayPosition": {"anchorCell": {"sheetId": 1, "rowIndex": 9, "columnIndex": 9}}}
NEAR = {"overlayPosition": {"anchorCell": {"sheetId": 1}}}
SLICER = {"spec": {"dataRange": grid(1, 0, 4, 0, 2), "columnIndex": 1}, "position": NEAR}
OBJECTS: list[Json] = [
    {"addTable": {"table": {"tableId": "t1", "name": "One", "range": grid(2, 0, 3, 0, 2)}}},
    {"addFilterView": {"filter": {"filterViewId": 7, "range": grid(1, 0, 4, 0, 2)}}},
    {"addSlicer": {"slicer": SLICER | {"slicerId": 8}}},
    {"addChart": {"chart": {"chartId": 9, "spec": {"title": "Pains"}, "position": NEAR}}},
]
STEPS: list[Json] = [
    {"insertComment": {"content": "Why?", "coordinate": {"sheetId": 1, "rowIndex": 1}}},
    {"updateCells": {"range": grid(1, 0, 2, 0, 2), "rows": [], "fields": "*"}},
    {"repeatCell": {"range": grid(1, 0, 3, 0, 3), "cell": BOLD, "fields": "userEnteredFormat"}},
    {"insertDimension": {"range": lines(1, "ROWS", 1, 3)}},
    {"insertDimension": {"range": lines(1, "COLUMNS", 1, 3), "inheritFromBefore": True}},
    {"deleteDimension": {"range": lines(1, "ROWS", 0, 1)}},
    {"moveDimension": {"source": lines(1, "COLUMNS", 0, 1), "destinationIndex": 4}},
    {"sortRange": {"range": grid(1, 0, 5, 0, 5), "sortSpecs": [{"dimensionIndex": 0}]}},
    {"insertRange": {"range": grid(1, 0, 1, 0, 1), "shiftDimension": "ROWS"}},
    {"deleteRange": {"range": grid(1, 0, 1, 0, 1), "shiftDimension": "COLUMNS"}},
    {"copyPaste": {"source": grid(1, 0, 2, 0, 2), "destination": grid(2, 0, 4, 0, 4)}},
    {"mergeCells": {"range": grid(1, 6, 8, 0, 2), "mergeType": "MERGE_ALL"}},
    {"unmergeCells": {"range": grid(1, 10, 12, 0, 2)}},
    {"updateDimensionProperties": {"range": lines(1, "ROWS", 0, 3), **PIXELS}},
    {"addDimensionGroup": {"range": lines(1, "ROWS", 0, 2)}},
    {"addNamedRange": {"namedRange": {"name": "cjm_two", "range": grid(1, 0, 1, 0, 1)}}},
    {"deleteNamedRange": {"namedRangeId": "n1"}},
    {"addProtectedRange": {"protectedRange": {"range": grid(1, 0, 1, 0, 1)}}},
    {"addBanding": {"bandedRange": {"range": grid(1, 0, 2, 0, 2), "rowProperties": BANDS}}},
    {"addConditionalFormatRule": {"rule": {"ranges": [grid(1, 0, 2, 0, 2)], "booleanRule": RULE}}},
    {"deleteConditionalFormatRule": {"sheetId": 1, "index": 0}},
    {"setBasicFilter": {"filter": {"range": grid(1, 0, 3, 0, 2)}}},
    {"clearBasicFilter": {"sheetId": 1}},
    {"createDeveloperMetadata": {"developerMetadata": METADATA | {"metadataId": 6}}},
    {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": 5}}}},
    {"findReplace": {"find": "a", "replacement": "b", "allSheets": True}},
    {"updateSheetProperties": {"properties": {"sheetId": 1, "title": "New"}, "fields": "title"}},
    {"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}},
    {"duplicateSheet": {"sourceSheetId": 1}},
    {"addSheet": {"properties": {"title": "More"}}},
    {"deleteSheet": {"sheetId": 2}},
    {"autoResizeDimensions": {"dimensions": lines(1, "COLUMNS", 0, 2)}},
    {"appendDimension": {"sheetId": 1, "dimension": "ROWS", "length": 2}},
    {"appendCells": {"sheetId": 1, "rows": [{"values": [BOLD]}], "fields": "*"}},
    {"setDataValidation": {"range": grid(1, 0, 2, 0, 2), "rule": CHECKBOX}},
    {"cutPaste": {"source": grid(1, 0, 2, 0, 2), "destination": {"sheetId": 2, "rowIndex": 3}}},
    {"pasteData": {"coordinate": {"sheetId": 1}, "data": "a;1\nb;2", "delimiter": ";"}},
    {"textToColumns": {"source": grid(1, 0, 4, 1, 2), "delimiter": "a", "delimiterType": "CUSTOM"}},
    {"trimWhitespace": {"range": grid(1, 0, 4, 0, 6)}},
    {"deleteDuplicates": {"range": grid(1, 0, 4, 1, 6)}},
    {"randomizeRange": {"range": grid(1, 0, 4, 0, 6)}},
    {"autoFill": {"range": grid(1, 0, 9, 0, 1)}},
    {"addTable": {"table": {"range": grid(1, 3, 6, 0, 3)}}},
    {"updateTable": {"table": {"tableId": "t1", "name": "Other"}, "fields": "name"}},
    {"deleteTable": {"tableId": "t1"}},
    {"addFilterView": {"filter": {"range": grid(1, 0, 4, 0, 2)}}},
    {"updateFilterView": {"filter": {"filterViewId": 7, "title": "New"}, "fields": "title"}},
    {"duplicateFilterView": {"filterId": 7}},
    {"deleteFilterView": {"filterId": 7}},
    {"addSlicer": {"slicer": SLICER}},
    {"updateSlicerSpec": {"slicerId": 8, "spec": {"title": "New"}, "fields": "title"}},
    {"updateEmbeddedObjectPosition": {"objectId": 8, "newPosition": FAR, "fields": "*"}},
    {"updateEmbeddedObjectBorder": {"objectId": 9, "border": {"color": {}}, "fields": "*"}},
    {"deleteEmbeddedObject": {"objectId": 9}},
    {"updateBorders": {"range": grid(1, 0, 2, 0, 2), "top": {"style": "SOLID"}}},
]


@pytest.fixture
def book() -> Spreadsheet:
    texts = ["a0", "a1 ", "a2", "a3"]
    cells = [{"userEnteredValue": {"stringValue": text}, "note": "n"} for text in texts]
    formula = {"userEnteredValue": {"formulaValue": "=LEN(Other!A1)&A1"}}
    first = [{"userEnteredValue": {"numberValue": -row}} for row in range(4)]
    rows = [{"values": [number, *cells, formula]} for number in first]
    tab = {
        "properties": {"sheetId": 1, "title": "Tab"},
        "data": [{"rowData": rows, "rowMetadata": [{"pixelSize": 40}]}],
        "conditionalFormats": [{"ranges": [grid(1, 0, 2, 0, 2)], "booleanRule": RULE}],
        "merges": [grid(1, 10, 12, 0, 2)],
        "basicFilter": {"range": grid(1, 0, 4, 0, 2)},
    }
    other = {"properties": {"sheetId": 2, "title": "Other"}}
    names = [{"namedRangeId": "n1", "name": "cjm_one", "range": grid(1, 0, 2, 0, 2)}]
    book = created({"sheets": [tab, other], "namedRanges": names})
    run_batch(book, [{"createDeveloperMetadata": {"developerMetadata": METADATA}}, *OBJECTS])
    return book


@pytest.mark.parametrize("step", STEPS, ids=lambda step: next(iter(step)))
def test_a_draft_changes_without_touching_its_origin(
    book: Spreadsheet, step: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SEED, "7")
    before = copy.deepcopy(book.stored())
    draft = book.copy()
    run_batch(draft, [step])
    assert book.stored() == before
    assert draft.stored() != before
    assert Spreadsheet.restored(draft.stored()).stored() == draft.stored()


def test_the_first_refusal_ends_a_batch(book: Spreadsheet) -> None:
    with pytest.raises(RefusedError, match=r"Invalid requests\[1\].deleteSheet: No sheet"):
        run_batch(book.copy(), [STEPS[0], {"deleteSheet": {"sheetId": 99}}, STEPS[1]])


def test_every_request_of_google_is_known_by_name() -> None:
    properties = document("sheets.v4")["schemas"]["Request"]["properties"]
    assert set(properties) == KNOWN
    assert supported() <= KNOWN
    assert FAMILIES


def test_every_step_above_covers_a_request_and_every_request_a_step() -> None:
    tried = {next(iter(step)) for step in STEPS}
    untried = {
        "addChart",
        "deleteComment",
        "deleteBanding",
        "deleteDimensionGroup",
        "deleteProtectedRange",
        "updateBanding",
        "updateChartSpec",
        "updateConditionalFormatRule",
        "updateDeveloperMetadata",
        "updateDimensionGroup",
        "updateNamedRange",
        "updateProtectedRange",
    }
    assert tried | untried == supported()
