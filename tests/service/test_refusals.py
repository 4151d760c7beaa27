"""What Google refuses in requests, in its words where they are known: ids, names, tabs, places."""

import pytest

from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines

BANDS = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}


@pytest.fixture
def book(api: Api) -> Book:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((0, "Sheet1"), (2, "Two"))]
    return api.create(sheets=tabs)


def refused(book: Book, *requests: Json) -> str:
    with pytest.raises(RefusedCallError) as refusal:
        book.batch(*requests)
    assert (refusal.value.code, refusal.value.status) == (400, "INVALID_ARGUMENT")
    assert refusal.value.message.startswith(f"Invalid requests[{len(requests) - 1}].")
    return refusal.value.message.partition(": ")[2]


def point(kind: str = "", value: str = "") -> Json:
    parts = {"type": kind, "value": value, "color": {"red": 1}}
    return {name: part for name, part in parts.items() if part}


def scale(**points: Json) -> Json:
    rule = {"ranges": [grid(0, 0, 1, 0, 1)], "gradientRule": points}
    return {"addConditionalFormatRule": {"rule": rule}}


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (
            {"addSheet": {"properties": {"title": "sheet1"}}},
            'A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        (
            {"addSheet": {"properties": {"sheetId": 2}}},
            "A sheet with the id 2 already exists. Please use another id.",
        ),
        ({"deleteSheet": {"sheetId": 9}}, "No sheet with id: 9"),
        ({"deleteProtectedRange": {"protectedRangeId": 9}}, "No protected range with id: 9"),
        ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
        ({"updateChartSpec": {"chartId": 9, "spec": {}}}, "No chart with id: 9"),
        (
            {"insertDimension": {"range": lines(0, "ROWS", 1000, 1001)}},
            (
                "range.startIndex[1000] must be less than the grid size (1000) "
                "if inheritFromBefore is false."
            ),
        ),
        (
            {"deleteDimension": {"range": lines(0, "ROWS", 1005, 1006)}},
            (
                "Cannot delete a row that doesn't exist. Tried to delete row index 1005 "
                "but there are only 1000 rows."
            ),
        ),
        (
            {"deleteDimension": {"range": lines(0, "COLUMNS", 0, 26)}},
            "You can't delete all the columns on the sheet.",
        ),
        (
            {"repeatCell": {"range": grid(0, 0, 1001, 0, 1), "cell": {}, "fields": "note"}},
            "Range (Sheet1!A1:A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        (
            {"updateCells": {"start": {}, "rows": []}},
            "At least one field must be listed in 'fields'. (Use '*' for all fields.)",
        ),
        (scale(minpoint=point("MIN")), "No interpolationPointType specified."),
        (
            scale(minpoint=point("NUMBER"), maxpoint=point("MAX")),
            "InterpolationPoint.value is required.",
        ),
        (
            scale(minpoint=point("NUMBER", "1,5"), maxpoint=point("MAX")),
            "Invalid InterpolationPoint.value: 1,5",
        ),
    ],
)
def test_a_request_is_refused_in_one_sentence(book: Book, request_: Json, sentence: str) -> None:
    assert refused(book, request_) == sentence
    assert [tab["properties"]["title"] for tab in book.get()["sheets"]] == ["Sheet1", "Two"]


def test_ids_and_names_that_exist_are_refused(book: Book) -> None:
    place = grid(0, 0, 2, 0, 2)
    named = {"namedRangeId": "n", "name": "both", "range": place}
    banded = {"bandedRangeId": 5, "range": place, "rowProperties": BANDS}
    book.batch(
        {"addNamedRange": {"namedRange": named}},
        {"addBanding": {"bandedRange": banded}},
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 2}}}},
    )
    again = named | {"namedRangeId": "m", "name": "BOTH"}
    assert refused(book, {"addNamedRange": {"namedRange": again}}) == (
        "Cannot add named range with name BOTH, a named range with that name already exists."
    )
    again = named | {"name": "other"}
    assert refused(book, {"addNamedRange": {"namedRange": again}}) == (
        "Cannot add named range with id n, a named range with that id already exists."
    )
    elsewhere = banded | {"range": grid(0, 5, 6, 0, 1)}
    assert refused(book, {"addBanding": {"bandedRange": elsewhere}}) == (
        "Cannot add banded range with id 5, a banded range with that id already exists."
    )
    over = {"range": grid(0, 1, 3, 1, 3), "rowProperties": BANDS}
    assert "already has alternating" in refused(book, {"addBanding": {"bandedRange": over}})
    whole: Json = {"protectedRange": {"range": {"sheetId": 2}}}
    assert refused(book, {"addProtectedRange": whole}) == (
        'Sheet "Two" already has sheet protection.'
    )
    part = {"range": place, "unprotectedRanges": [grid(0, 0, 1, 0, 1)]}
    assert "only supported on protected sheets" in refused(
        book, {"addProtectedRange": {"protectedRange": part}}
    )


def test_one_tab_stays_and_stays_visible(book: Book) -> None:
    def hide(sheet: int) -> Json:
        properties = {"sheetId": sheet, "hidden": True}
        return {"updateSheetProperties": {"properties": properties, "fields": "hidden"}}

    assert refused(book, hide(0), hide(2)) == "You can't hide all the sheets in a document."
    assert refused(book, hide(0), {"deleteSheet": {"sheetId": 2}}) == (
        "You can't remove all the visible sheets in a document."
    )
    gone = {"deleteSheet": {"sheetId": 0}}
    assert refused(book, gone, {"deleteSheet": {"sheetId": 2}}) == (
        "You can't remove all the sheets in a document."
    )


def test_a_colour_scale_is_kept_as_google_keeps_it(book: Book) -> None:
    book.batch(scale(minpoint=point("MIN", "2"), maxpoint=point("NUMBER", "10")))
    german: Json = {"properties": {"locale": "de_DE"}, "fields": "locale"}
    book.batch(
        {"updateSpreadsheetProperties": german},
        scale(minpoint=point("NUMBER", "1,5"), maxpoint=point("MAX")),
    )
    first, second = (rule["gradientRule"] for rule in book.sheet()["conditionalFormats"])
    assert "value" not in second["minpoint"]
    assert second["maxpoint"]["value"] == "10"
    assert first["minpoint"]["value"] == "1,5"


def test_an_open_filter_ends_at_the_edge_of_the_grid(book: Book) -> None:
    book.batch(
        {"setBasicFilter": {"filter": {"range": {"sheetId": 2}}}},
        {"addFilterView": {"filter": {"range": {"sheetId": 2, "startRowIndex": 3}}}},
    )
    tab = book.sheet(1)
    assert tab["basicFilter"]["range"] == grid(2, 0, 1000, 0, 26)
    assert tab["filterViews"][0]["range"] == grid(2, 3, 1000, 0, 26)
