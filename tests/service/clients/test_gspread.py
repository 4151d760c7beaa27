"""gspread: sharing, exporting, copying, importing, and what else it does to a spreadsheet."""

import io

import gspread
import openpyxl
import pytest
from google.auth.transport.requests import AuthorizedSession
from gspread.utils import ExportFormat

from tests.service.calls import Api, Book
from tests.service.conftest import BearerCredentials


@pytest.fixture
def client(session: AuthorizedSession, credentials: BearerCredentials) -> gspread.Client:
    return gspread.Client(credentials, session=session)


@pytest.fixture
def book(client: gspread.Client, request: pytest.FixtureRequest) -> gspread.Spreadsheet:
    return client.create(request.node.name)


def test_files_lie_in_folders(client: gspread.Client, api: Api) -> None:
    folder = api.call(
        "POST",
        "/drive/v3/files",
        {"name": "Maps of ours", "mimeType": "application/vnd.google-apps.folder"},
    )["id"]
    inside = client.create("Inside", folder_id=folder)
    client.create("Outside")
    assert [file["name"] for file in client.list_spreadsheet_files(folder_id=folder)] == ["Inside"]
    assert client.open("Inside", folder_id=folder).id == inside.id
    assert [book.title for book in client.openall("Inside")] == ["Inside"]
    assert api.call("GET", f"/drive/v3/files/{inside.id}", fields="parents") == {
        "parents": [folder]
    }
    copied = client.copy(inside.id, title="Copied", folder_id=folder, copy_comments=False)
    titles = {file["name"] for file in client.list_spreadsheet_files(folder_id=folder)}
    assert titles == {"Inside", copied.title}


def test_a_file_is_shared_with_people_and_everybody(book: gspread.Spreadsheet, api: Api) -> None:
    book.share("a@example.com", "user", "writer", notify=True, email_message="Look at it")
    book.share("team@example.com", "group", "reader", notify=False)
    book.share("example.com", "domain", "reader")
    book.share("", "anyone", "reader", with_link=True)
    path = f"/drive/v3/files/{book.id}/permissions"
    listed = api.call("GET", path, fields="permissions(type,role,emailAddress,domain)")
    assert listed["permissions"][1:] == [
        {"type": "user", "role": "writer", "emailAddress": "a@example.com"},
        {"type": "group", "role": "reader", "emailAddress": "team@example.com"},
        {"type": "domain", "role": "reader", "domain": "example.com"},
        {"type": "anyone", "role": "reader"},
    ]
    assert len(book.list_permissions()) == 5
    book.remove_permissions("a@example.com", role="writer")
    assert len(api.call("GET", path)["permissions"]) == 4


def test_ownership_is_given_away(book: gspread.Spreadsheet, api: Api) -> None:
    answer = book.share("heir@example.com", "user", "writer")
    permission = answer.json()["id"]
    book.transfer_ownership(permission)
    file = api.call("GET", f"/drive/v3/files/{book.id}", fields="owners(emailAddress),ownedByMe")
    assert file["ownedByMe"] is True
    listed = api.call("GET", f"/drive/v3/files/{book.id}/permissions", fields="*")["permissions"]
    assert [item["pendingOwner"] for item in listed] == [False, True]
    book.accept_ownership(permission)
    file = api.call("GET", f"/drive/v3/files/{book.id}", fields="owners(emailAddress),ownedByMe")
    assert file == {"owners": [{"emailAddress": "heir@example.com"}], "ownedByMe": False}


def test_a_spreadsheet_is_exported(book: gspread.Spreadsheet) -> None:
    book.sheet1.update([["name", "n"], ["Tür, groß", 2], ["sum", "=B2*2"]], "A1", raw=False)
    assert book.export(ExportFormat.CSV) == 'name,n\r\n"Tür, groß",2\r\nsum,4'.encode()
    assert book.export(ExportFormat.TSV) == "name\tn\r\nTür, groß\t2\r\nsum\t4".encode()
    workbook = openpyxl.load_workbook(io.BytesIO(book.export(ExportFormat.EXCEL)))
    assert workbook["Sheet1"]["B3"].value == "=B2*2"


def test_a_table_of_text_is_imported(
    client: gspread.Client, book: gspread.Spreadsheet, api: Api
) -> None:
    book.add_worksheet("Goes", 2, 2)
    client.import_csv(book.id, "name,n\nÄpfel,1.5\ntotal,=B2*2\n")
    raw = Book(api, book.id)
    assert [tab["properties"]["title"] for tab in raw.get()["sheets"]] == ["Sheet1"]
    assert raw.values("A1:B3") == [["name", "n"], ["Äpfel", "1.5"], ["total", "3"]]
    assert raw.formulas("B3") == [["=B2*2"]]


def test_tabs_are_doubled_formatted_and_protected(book: gspread.Spreadsheet, api: Api) -> None:
    tab = book.sheet1
    tab.update([["a", "b"], ["c", "d"]], "A1:B2")
    tab.batch_format(
        [
            {"range": "A1:B1", "format": {"textFormat": {"bold": True}}},
            {"range": "A2", "format": {"backgroundColor": {"red": 1, "green": 0.5}}},
        ]
    )
    tab.insert_note("A1", "first")
    tab.insert_notes({"A2": "second", "B2": "third"})
    tab.merge_cells("A3:B3")
    tab.add_protected_range("A1:B1", editor_users_emails=["a@example.com"], warning_only=False)
    copied = book.duplicate_sheet(tab.id, new_sheet_name="Again", insert_sheet_index=1)
    sheet = Book(api, book.id).sheet(1, includeGridData="true")
    rows = [row["values"] for row in sheet["data"][0]["rowData"]]
    assert [cell["userEnteredFormat"]["textFormat"]["bold"] for cell in rows[0]] == [True, True]
    assert rows[1][0]["userEnteredFormat"]["backgroundColor"] == {"red": 1, "green": 0.5}
    assert [rows[0][0]["note"], rows[1][0]["note"], rows[1][1]["note"]] == [
        "first",
        "second",
        "third",
    ]
    assert sheet["merges"][0]["sheetId"] == copied.id
    assert "a@example.com" in sheet["protectedRanges"][0]["editors"]["users"]


def test_values_are_found_sorted_and_cleared(book: gspread.Spreadsheet, api: Api) -> None:
    tab = book.sheet1
    tab.update([["b", 2], ["a", 1], ["c", 3]], "A1")
    tab.sort((2, "des"))
    assert Book(api, book.id).values("A1:A3") == [["c"], ["b"], ["a"]]
    found = tab.find("b", in_column=1)
    assert found is not None
    assert found.address == "A2"
    tab.batch_clear(["A1:B1"])
    assert Book(api, book.id).values("A1:B3") == [[], ["b", "2"], ["a", "1"]]


def test_times_and_comments_are_asked_for(
    client: gspread.Client, book: gspread.Spreadsheet, api: Api
) -> None:
    path = f"/drive/v3/files/{book.id}"
    said = api.call("POST", f"{path}/comments", {"content": "Why?"}, fields="id")
    copied = client.copy(book.id, "With comments", copy_comments=True)
    comments = api.call("GET", f"/drive/v3/files/{copied.id}/comments", fields="comments(content)")
    assert comments["comments"] == [{"content": "Why?"}]
    assert said["id"]
    file = api.call("GET", path, fields="createdTime,modifiedTime")
    assert book.get_lastUpdateTime() == file["modifiedTime"]
    assert book.creationTime == file["createdTime"]
