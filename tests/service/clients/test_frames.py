"""Three packages on top of gspread: gspread-dataframe, gspread-formatting, gspread-pandas."""

import gspread
import pandas as pd
import pytest
from google.auth.transport.requests import AuthorizedSession
from gspread_dataframe import get_as_dataframe, set_with_dataframe
from gspread_formatting import (
    BooleanCondition,
    BooleanRule,
    Color,
    ConditionalFormatRule,
    DataValidationRule,
    GridRange,
    batch_updater,
    cellFormat,
    format_cell_range,
    get_conditional_format_rules,
    get_data_validation_rule,
    get_user_entered_format,
    set_column_width,
    set_data_validation_for_cell_range,
    set_frozen,
    textFormat,
)
from gspread_pandas import Client, Spread

from tests.service.calls import Api, Book
from tests.service.conftest import BearerCredentials

FRAME = pd.DataFrame({"pain": ["wait", "noise"], "n": [3, 4], "share": [0.25, 0.5]})


@pytest.fixture
def tab(session: AuthorizedSession, credentials: BearerCredentials) -> gspread.Worksheet:
    return gspread.Client(credentials, session=session).create("Frames").sheet1


def book_of(tab: gspread.Worksheet, api: Api) -> Book:
    return Book(api, tab.spreadsheet_id)


def test_a_frame_goes_there_and_back(tab: gspread.Worksheet, api: Api) -> None:
    set_with_dataframe(tab, FRAME, row=2, col=2, include_index=True, resize=True)
    raw = book_of(tab, api)
    assert raw.values("B2:E4") == [
        ["", "pain", "n", "share"],
        ["0", "wait", "3", "0.25"],
        ["1", "noise", "4", "0.5"],
    ]
    size = raw.sheet()["properties"]["gridProperties"]
    assert (size["rowCount"], size["columnCount"]) == (4, 5)
    back = get_as_dataframe(tab, skiprows=1, usecols=[2, 3, 4], nrows=2)
    pd.testing.assert_frame_equal(back, FRAME, check_dtype=False)


def test_formats_rules_and_widths(tab: gspread.Worksheet, api: Api) -> None:
    look = cellFormat(
        backgroundColor=Color(1, 0.5, 0),
        textFormat=textFormat(bold=True, foregroundColor=Color(0, 0, 1)),
        horizontalAlignment="CENTER",
    )
    with batch_updater(tab.spreadsheet) as batch:
        batch.format_cell_range(tab, "A1:B1", look)
        batch.set_column_width(tab, "C", 250)
    format_cell_range(tab, "A2", cellFormat(wrapStrategy="WRAP"))
    set_frozen(tab, rows=1, cols=1)
    set_column_width(tab, "A", 80)
    rule = DataValidationRule(BooleanCondition("ONE_OF_LIST", ["yes", "no"]), showCustomUi=True)
    set_data_validation_for_cell_range(tab, "A3:A5", rule)
    rules = get_conditional_format_rules(tab)
    rules.append(
        ConditionalFormatRule(
            ranges=[GridRange.from_a1_range("B2:B9", tab)],
            booleanRule=BooleanRule(
                condition=BooleanCondition("NUMBER_GREATER", ["3"]),
                format=cellFormat(textFormat=textFormat(bold=True)),
            ),
        )
    )
    rules.save()
    sheet = book_of(tab, api).sheet(includeGridData="true")
    rows, columns = sheet["data"][0]["rowData"], sheet["data"][0]["columnMetadata"]
    first = rows[0]["values"][1]["userEnteredFormat"]
    assert first["backgroundColor"].items() >= {"red": 1, "green": 0.5}.items()
    assert first["textFormat"]["foregroundColor"].items() >= {"blue": 1}.items()
    assert rows[1]["values"][0]["userEnteredFormat"]["wrapStrategy"] == "WRAP"
    assert [column["pixelSize"] for column in columns[:3]] == [80, 100, 250]
    words = rows[2]["values"][0]["dataValidation"]["condition"]["values"]
    assert words == [{"userEnteredValue": "yes"}, {"userEnteredValue": "no"}]
    (kept,) = sheet["conditionalFormats"]
    assert kept["booleanRule"]["condition"]["type"] == "NUMBER_GREATER"
    assert get_user_entered_format(tab, "A1").textFormat.bold is True
    assert get_data_validation_rule(tab, "A3").condition.type == "ONE_OF_LIST"


def test_gspread_pandas(
    session: AuthorizedSession, credentials: BearerCredentials, api: Api
) -> None:
    client = Client(session=session, creds=credentials)
    client.create_folder("/ours/deep")
    spread = Spread("Spread", client=client, create_spread=True, create_sheet=True)
    spread.df_to_sheet(
        FRAME, sheet="Pains", start="B2", index=False, freeze_headers=True, add_filter=True
    )
    back = spread.sheet_to_df(sheet="Pains", index=None, start_row=2)
    assert list(back["pain"]) == ["wait", "noise"]
    raw = Book(api, spread.spread.id)
    assert raw.values("Pains!B2:D4") == [
        ["pain", "n", "share"],
        ["wait", "3", "0.25"],
        ["noise", "4", "0.5"],
    ]
    spread.add_permission("a@example.com|writer")
    listed = api.call("GET", f"/drive/v3/files/{raw.id}/permissions", fields="*")["permissions"]
    assert [item["role"] for item in listed] == ["owner", "writer"]
    spread.move("/ours/deep")
    (parent,) = api.call("GET", f"/drive/v3/files/{raw.id}", fields="parents")["parents"]
    assert api.call("GET", f"/drive/v3/files/{parent}", fields="name") == {"name": "deep"}
    found = client.find_spreadsheet_files_in_folders("deep")
    assert [file["name"] for file in found["deep"]] == ["Spread"]
