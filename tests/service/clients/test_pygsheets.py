"""pygsheets, with an HTTP client that sends its calls to the service."""

import gc
import io
from pathlib import Path

import httplib2
import openpyxl
import pandas as pd
import pygsheets
import pytest
from pygsheets.custom_types import ExportType

from tests.service.calls import Api, Book
from tests.service.conftest import BearerCredentials


@pytest.fixture
def client(http: httplib2.Http, credentials: BearerCredentials) -> pygsheets.client.Client:
    return pygsheets.authorize(custom_credentials=credentials, http=http)


def test_cells_are_written_read_and_formatted(client: pygsheets.client.Client, api: Api) -> None:
    made = client.create("By pygsheets")
    tab = made.sheet1
    tab.update_values("A1", [["step", "mood"], ["call", 1], ["wait", -2]])
    tab.update_value("C2", "=B2+B3")
    head = tab.cell("A1")
    head.set_text_format("bold", True)  # noqa: FBT003 - its own way to say it
    head.color = (1.0, 0.5, 0.0, 1.0)
    head.note = "where it begins"
    book = Book(api, made.id)
    assert book.values("A1:C3") == [["step", "mood"], ["call", "1", "-1"], ["wait", "-2"]]
    assert tab.get_all_values(include_tailing_empty=False, include_tailing_empty_rows=False) == [
        ["step", "mood"],
        ["call", "1", "-1"],
        ["wait", "-2"],
    ]
    cell = book.sheet(includeGridData="true")["data"][0]["rowData"][0]["values"][0]
    assert cell["note"] == "where it begins"
    assert cell["userEnteredFormat"]["textFormat"]["bold"] is True
    assert cell["userEnteredFormat"]["backgroundColor"].items() >= {"red": 1, "green": 0.5}.items()


def test_frames_go_there_and_back(client: pygsheets.client.Client, api: Api) -> None:
    made = client.create("Frames of pygsheets")
    frame = pd.DataFrame({"pain": ["wait", "noise"], "n": [3, 4]})
    made.sheet1.set_dataframe(frame, "B2")
    assert Book(api, made.id).values("B2:C4") == [["pain", "n"], ["wait", "3"], ["noise", "4"]]
    back = made.sheet1.get_as_df(start="B2", end="C4")
    assert back.to_dict("list") == {"pain": ["wait", "noise"], "n": [3, 4]}


def test_tabs_rows_and_ranges(client: pygsheets.client.Client, api: Api) -> None:
    made = client.create("Tabs of pygsheets")
    tab = made.add_worksheet("Pains", rows=10, cols=5)
    tab.update_values("A1", [["a", 2]])  # it reads tableRange, which is absent without a table
    tab.append_table([["b", 1]], start="A1")
    tab.insert_rows(0, values=[["name", "n"]])
    tab.sort_range("A2", "B3", basecolumnindex=1)
    tab.create_named_range("both", "A2", "B3", returnas="json")
    tab.frozen_rows = 1
    tab.merge_cells("D1", "E1")
    tab.add_conditional_formatting(
        "A2", "A3", "NUMBER_BETWEEN", {"backgroundColor": {"red": 1}}, ["1", "5"]
    )
    book = Book(api, made.id)
    assert book.values("both") == [["b", "1"], ["a", "2"]]
    sheet = book.sheet(1)
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert len(sheet["merges"]) == len(sheet["conditionalFormats"]) == 1
    assert [cell.value for cell in tab.find("a")] == ["name", "a"]
    made.del_worksheet(tab)
    assert len(book.get()["sheets"]) == 1


# pygsheets leaves the files open that it exports to
@pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_files_are_found_shared_exported_and_deleted(
    client: pygsheets.client.Client, api: Api, tmp_path: Path
) -> None:
    made = client.create("Found by pygsheets")
    made.sheet1.update_value("A1", "one")
    assert client.open("Found by pygsheets").id == made.id
    assert made.id in client.spreadsheet_ids()
    made.share("a@example.com", role="commenter", type="user")
    listed = api.call("GET", f"/drive/v3/files/{made.id}/permissions", fields="*")["permissions"]
    assert [item["role"] for item in listed] == ["owner", "commenter"]
    made.remove_permission("a@example.com")
    assert len(made.permissions) == 1
    assert made.updated
    made.export(ExportType.XLS, path=f"{tmp_path}/", filename="whole")
    made.export(ExportType.CSV, path=f"{tmp_path}/", filename="table")
    gc.collect()
    (workbook,) = tmp_path.glob("whole*")
    assert openpyxl.load_workbook(io.BytesIO(workbook.read_bytes()))["Sheet1"]["A1"].value == "one"
    assert [path.read_text() for path in tmp_path.glob("table*")] == ["one"]
    made.delete()
    assert api.call("GET", "/drive/v3/files", q="name = 'Found by pygsheets'")["files"] == []


def test_folders(client: pygsheets.client.Client, api: Api) -> None:
    folder = client.drive.create_folder("Folder of pygsheets")
    made = client.create("In a folder")
    client.drive.move_file(made.id, old_folder="root", new_folder=folder)
    parents = api.call("GET", f"/drive/v3/files/{made.id}", fields="parents")["parents"]
    assert parents == [folder]
    assert client.drive.get_folder_id("Folder of pygsheets") == folder
