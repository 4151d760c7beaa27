"""What keeping a workbook in step asks of the service: one creation, masks, records, metadata."""

import pytest

from tests.service.calls import Api, Json, RefusedCallError, grid, lines

RECORD_MASK = (
    "spreadsheetId,replies,updatedSpreadsheet(sheets(properties(sheetId,title),"
    "data(startRow,rowData/values(userEnteredValue,effectiveValue),columnMetadata)))"
)


def test_one_creation_makes_all_tabs_with_their_cells(api: Api) -> None:
    pains = {
        "properties": {
            "sheetId": 77,
            "title": "Pains",
            "gridProperties": {"rowCount": 20, "columnCount": 4, "frozenRowCount": 1},
        },
        "data": [
            {
                "rowData": [
                    {"values": [{"userEnteredValue": {"stringValue": "id"}, "note": "its id"}]},
                    {
                        "values": [
                            {"userEnteredValue": {"stringValue": "=not a formula"}},
                            {"userEnteredValue": {"numberValue": 0.25}},
                            {"userEnteredValue": {"formulaValue": "=B2*4"}},
                        ]
                    },
                ],
                "columnMetadata": [
                    {
                        "pixelSize": 60,
                        "developerMetadata": [
                            {
                                "metadataKey": "cjm",
                                "metadataValue": "pains.id",
                                "visibility": "DOCUMENT",
                            }
                        ],
                    }
                ],
            }
        ],
        "conditionalFormats": [
            {
                "ranges": [grid(77, 1, 20, 1, 2)],
                "booleanRule": {
                    "condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "3"}]},
                    "format": {"backgroundColor": {"red": 1}},
                },
            }
        ],
        "merges": [grid(77, 5, 6, 0, 2)],
        "protectedRanges": [{"range": grid(77, 0, 1, 0, 4), "warningOnly": True}],
    }
    lists = {"properties": {"sheetId": 78, "title": "Lists", "hidden": True}}
    names = [{"namedRangeId": "n1", "name": "cjm_a", "range": grid(77, 1, 2, 1, 2)}]
    book = api.create("Map", sheets=[pains, lists], namedRanges=names)
    whole = book.get(includeGridData="true")
    tab, hidden = whole["sheets"]
    assert hidden["properties"]["hidden"] is True
    assert tab["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert tab["merges"] == [grid(77, 5, 6, 0, 2)]
    assert tab["protectedRanges"][0]["warningOnly"] is True
    assert whole["namedRanges"][0]["name"] == "cjm_a"
    cells = tab["data"][0]["rowData"][1]["values"]
    assert cells[0]["userEnteredValue"] == {"stringValue": "=not a formula"}
    assert cells[2]["effectiveValue"] == {"numberValue": 1}
    column = tab["data"][0]["columnMetadata"][0]
    assert column["pixelSize"] == 60
    assert column["developerMetadata"][0]["metadataValue"] == "pains.id"
    assert column["developerMetadata"][0]["location"]["locationType"] == "COLUMN"


def test_a_creation_with_something_unknown_is_refused(api: Api) -> None:
    tab = {"properties": {"title": "T"}, "commentAnchors": [{"anchorId": "a"}]}
    with pytest.raises(
        RefusedCallError, match="commentAnchors of a sheet in a creation"
    ) as refusal:
        api.create(sheets=[tab])
    assert (refusal.value.code, refusal.value.status) == (501, "UNIMPLEMENTED")


def test_a_mask_alone_decides_on_grid_data(api: Api) -> None:
    book = api.create()
    book.write("A1", [["x"]])
    assert "data" not in book.sheet(includeGridData="true", fields="sheets.properties")
    masked = book.get(fields="sheets(properties/title,data.rowData.values.formattedValue)")
    assert masked == {
        "sheets": [
            {
                "properties": {"title": "Sheet1"},
                "data": [{"rowData": [{"values": [{"formattedValue": "x"}]}]}],
            }
        ]
    }
    assert "data" not in book.sheet()


def test_ranges_limit_the_tabs_and_the_data(api: Api) -> None:
    book = api.create(sheets=[{"properties": {"title": name}} for name in ("One", "Two 2")])
    book.write("'Two 2'!B3", [["here"]])
    answer = book.get(ranges=["'Two 2'!B2:C9"], fields="sheets(properties.title,data)")
    (tab,) = answer["sheets"]
    assert tab["properties"]["title"] == "Two 2"
    data = tab["data"][0]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert data["rowData"][1]["values"][0]["formattedValue"] == "here"
    assert len(data["rowMetadata"]) == 8


def test_the_record_tab_keeps_what_was_there_and_all_comes_back_in_one_answer(api: Api) -> None:
    tabs = [
        {"properties": {"sheetId": 1, "title": "Pains"}},
        {"properties": {"sheetId": 500, "title": "_cjm", "hidden": True}},
    ]
    book = api.create(sheets=tabs)
    book.write("Pains!A1:C2", [["id", "n", "double"], ["P1", 4, "=B2*2"]])
    answer = book.batch(
        {"deleteSheet": {"sheetId": 500}},
        {
            "addSheet": {
                "properties": {
                    "sheetId": 501,
                    "title": "_cjm",
                    "hidden": True,
                    "gridProperties": {"rowCount": 5, "columnCount": 10},
                }
            }
        },
        *(
            {
                "copyPaste": {
                    "source": grid(1, 1, 2, 0, 3),
                    "destination": grid(501, 1, 2, 0, 3),
                    "pasteType": kind,
                }
            }
            for kind in ("PASTE_FORMAT", "PASTE_VALUES")
        ),
        {
            "updateCells": {
                "start": {"sheetId": 1, "rowIndex": 1, "columnIndex": 1},
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 5}}]}],
                "fields": "userEnteredValue",
            }
        },
        includeSpreadsheetInResponse=True,
        responseRanges=["'_cjm'", "'Pains'!A1:C2"],
        fields=RECORD_MASK,
    )
    pains, record = answer["updatedSpreadsheet"]["sheets"]
    kept = [cell["userEnteredValue"] for cell in record["data"][0]["rowData"][1]["values"]]
    assert kept == [{"stringValue": "P1"}, {"numberValue": 4}, {"numberValue": 8}]
    assert pains["data"][0]["rowData"][1]["values"][2]["effectiveValue"] == {"numberValue": 10}
    assert "rowMetadata" not in pains["data"][0]


def test_a_second_job_of_the_same_generation_changes_nothing(api: Api) -> None:
    tabs = [{"properties": {"sheetId": 1, "title": "A"}}, {"properties": {"sheetId": 9}}]
    book = api.create(sheets=tabs)
    write = (
        {"deleteSheet": {"sheetId": 9}},
        {"addSheet": {"properties": {"sheetId": 10, "title": "_cjm"}}},
    )
    book.batch(*write)
    with pytest.raises(RefusedCallError, match="No sheet with id: 9") as refusal:
        book.batch(*write)
    assert (refusal.value.code, refusal.value.status) == (400, "INVALID_ARGUMENT")
    add = {"addSheet": {"properties": {"sheetId": 10, "title": "twice"}}}
    with pytest.raises(RefusedCallError, match=r"Invalid requests\[0\].addSheet"):
        book.batch(add)
    assert len(book.get()["sheets"]) == 2


def test_filtered_rows_are_passed_over_and_then_tiled(api: Api) -> None:
    book = api.create()
    book.write("A1:A5", [["n"], ["a"], ["b"], ["a"], ["b"]])
    filter_ = {"range": grid(0, 0, 5, 0, 1), "criteria": {"0": {"hiddenValues": ["b"]}}}
    book.batch({"setBasicFilter": {"filter": filter_}})
    hidden = book.sheet(fields="sheets.data.rowMetadata.hiddenByFilter")["data"][0]["rowMetadata"]
    assert [bool(line) for line in hidden[:5]] == [False, False, True, False, True]
    copy = {"source": grid(0, 1, 5, 0, 1), "destination": grid(0, 1, 5, 2, 3)}
    book.batch({"copyPaste": copy | {"pasteType": "PASTE_VALUES"}})
    assert book.values("C2:C5") == [["a"], ["a"], ["a"], ["a"]]
    book.batch({"clearBasicFilter": {"sheetId": 0}}, {"copyPaste": copy})
    assert book.values("C2:C5") == [["a"], ["b"], ["a"], ["b"]]


def metadata(number: int, place: Json) -> Json:
    return {
        "metadataId": number,
        "metadataKey": "cjm",
        "metadataValue": f"v{number}",
        "location": {"dimensionRange": place},
        "visibility": "DOCUMENT",
    }


def test_metadata_follows_its_column_and_row(api: Api) -> None:
    book = api.create()
    book.write("A1:B3", [["id", "x"], ["b", 2], ["a", 1]])
    column, row = (metadata(1, lines(0, "COLUMNS", 1, 2)), metadata(2, lines(0, "ROWS", 1, 2)))
    book.batch(
        {"createDeveloperMetadata": {"developerMetadata": column}},
        {"createDeveloperMetadata": {"developerMetadata": row}},
        {"insertDimension": {"range": lines(0, "COLUMNS", 0, 2)}},
        {"sortRange": {"range": grid(0, 1, 3, 2, 4), "sortSpecs": [{"dimensionIndex": 2}]}},
    )
    path = f"/v4/spreadsheets/{book.id}/developerMetadata"
    assert api.call("GET", f"{path}/1")["location"]["dimensionRange"]["startIndex"] == 3
    lookup = {"developerMetadataLookup": {"metadataKey": "cjm", "locationType": "ROW"}}
    found = api.call("POST", f"{path}:search", {"dataFilters": [lookup]})
    (match,) = found["matchedDeveloperMetadata"]
    assert match["developerMetadata"]["location"]["dimensionRange"]["startIndex"] == 2
    with pytest.raises(RefusedCallError, match="metadataId 1 is already in use"):
        book.batch({"createDeveloperMetadata": {"developerMetadata": column}})
    book.batch({"deleteDimension": {"range": lines(0, "COLUMNS", 3, 4)}})
    with pytest.raises(RefusedCallError) as refusal:
        api.call("GET", f"{path}/1")
    assert (refusal.value.code, refusal.value.status) == (404, "NOT_FOUND")


def test_deleting_absent_metadata_is_no_error(api: Api) -> None:
    lookup = {"developerMetadataLookup": {"metadataId": 12345}}
    answer = api.create().batch({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert answer["replies"] == [{"deleteDeveloperMetadata": {}}]


def test_drop_downs_follow_their_list(api: Api) -> None:
    tabs = [{"properties": {"sheetId": n, "title": t}} for n, t in ((1, "Pains"), (2, "Lists"))]
    book = api.create(sheets=tabs)
    condition = {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "=Lists!$A$2:$A$9"}],
    }
    rule = {"condition": condition, "showCustomUi": True, "strict": False}
    book.batch(
        {"setDataValidation": {"range": grid(1, 1, 3, 0, 1), "rule": rule}},
        {"insertDimension": {"range": lines(2, "ROWS", 3, 5)}},
    )
    cells = book.sheet(fields="sheets.data.rowData.values.dataValidation")["data"][0]["rowData"]
    stored = cells[2]["values"][0]["dataValidation"]
    assert stored["condition"]["values"] == [{"userEnteredValue": "=Lists!$A$2:$A$11"}]
    assert "strict" not in stored


def test_drive_remembers_properties_and_finds_by_them(api: Api) -> None:
    body = {
        "name": "Found again",
        "mimeType": "application/vnd.google-apps.spreadsheet",
        "appProperties": {"cjm_map": "m-1"},
    }
    made = api.call("POST", "/drive/v3/files", body)
    query = "appProperties has { key='cjm_map' and value='m-1' } and trashed = false"
    found = api.call("GET", "/drive/v3/files", q=query, fields="files(id,name,appProperties)")
    assert found == {
        "files": [{"id": made["id"], "name": "Found again", "appProperties": {"cjm_map": "m-1"}}]
    }
    api.call("PATCH", f"/drive/v3/files/{made['id']}", {"trashed": True})
    assert api.call("GET", "/drive/v3/files", q=query)["files"] == []


def test_drive_tells_what_changed(api: Api) -> None:
    token = api.call("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    book = api.create("Watched")
    before = api.call("GET", f"/drive/v3/files/{book.id}", fields="version,modifiedTime")
    book.write("A1", [["x"]])
    after = api.call("GET", f"/drive/v3/files/{book.id}", fields="version,modifiedTime")
    assert int(after["version"]) > int(before["version"])
    assert after["modifiedTime"] >= before["modifiedTime"]
    page = api.call("GET", "/drive/v3/changes", pageToken=token)
    assert book.id in {change["fileId"] for change in page["changes"]}
    later = api.call("GET", "/drive/v3/changes", pageToken=page["newStartPageToken"])
    assert later["changes"] == []
    api.call("DELETE", f"/drive/v3/files/{book.id}")
    last = api.call("GET", "/drive/v3/changes", pageToken=page["newStartPageToken"])
    assert [(change["fileId"], change["removed"]) for change in last["changes"]] == [
        (book.id, True)
    ]


def test_what_is_not_supported_says_so(api: Api) -> None:
    book = api.create()
    with pytest.raises(RefusedCallError, match="addDataSource") as refusal:
        book.batch({"addDataSource": {"dataSource": {"sheetId": 1}}})
    assert refusal.value.code == 501
    with pytest.raises(RefusedCallError, match="exports as application/pdf") as refusal:
        api.call("GET", f"/drive/v3/files/{book.id}/export", mimeType="application/pdf")
    assert refusal.value.code == 501
    with pytest.raises(RefusedCallError) as refusal:
        api.call("GET", "/v4/spreadsheets/nosuch")
    assert refusal.value.code == 404


@pytest.mark.parametrize(
    "value",
    [{"numberValue": "x"}, {"numberValue": True}, {"boolValue": 1}, {"stringValue": 7}, {"a": 1}],
)
def test_values_of_the_wrong_kind_are_refused(api: Api, value: Json) -> None:
    book = api.create()
    rows = [{"values": [{"userEnteredValue": value}]}]
    update = {"start": {"sheetId": 0}, "rows": rows, "fields": "userEnteredValue"}
    path = f"/v4/spreadsheets/{book.id}:batchUpdate"
    with pytest.raises(RefusedCallError) as refusal:
        api.call("POST", path, body_unchecked={"requests": [{"updateCells": update}]})
    assert refusal.value.code == 400
    place = "requests[0].update_cells.rows[0].values[0].user_entered_value"
    assert refusal.value.violations[0]["field"].startswith(place)


def test_limits_are_those_of_google(api: Api) -> None:
    book = api.create()
    with pytest.raises(RefusedCallError, match="50000 characters"):
        book.write("A1", [["x" * 50_001]], "RAW")
    size = {"rowCount": 10_000_000, "columnCount": 2}
    with pytest.raises(RefusedCallError, match="above the limit of 10000000 cells"):
        book.batch({"addSheet": {"properties": {"title": "Big", "gridProperties": size}}})
    wide = {"rowCount": 1, "columnCount": 18_279}
    with pytest.raises(RefusedCallError, match="18278 columns"):
        book.batch({"addSheet": {"properties": {"title": "Wide", "gridProperties": wide}}})
    with pytest.raises(RefusedCallError, match="exceeds grid limits"):
        book.values("A1001:A1002")
