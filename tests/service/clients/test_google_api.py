"""google-api-python-client, built from the descriptions it carries: all that it asks of Drive."""

import io
import json
from typing import Any

import httplib2
import openpyxl
import pytest
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload, MediaIoBaseUpload

from tests.service.calls import Api, Book
from tests.service.conftest import BearerCredentials

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def signed(http: httplib2.Http, credentials: BearerCredentials) -> AuthorizedHttp:
    return AuthorizedHttp(credentials, http=http)


@pytest.fixture
def drive(signed: AuthorizedHttp) -> Any:
    return build("drive", "v3", http=signed, static_discovery=True, cache_discovery=False)


@pytest.fixture
def sheets(signed: AuthorizedHttp) -> Any:
    return build("sheets", "v4", http=signed, static_discovery=True, cache_discovery=False)


def reason(error: HttpError) -> tuple[int, str]:
    return int(error.resp.status), json.loads(error.content)["error"]["errors"][0]["reason"]


def test_a_spreadsheet_is_made_written_formatted_and_shared(
    sheets: Any, drive: Any, api: Api
) -> None:
    made = sheets.spreadsheets().create(body={"properties": {"title": "Made"}}).execute()
    values = sheets.spreadsheets().values()
    body = {"values": [["step", "mood"], ["call", -1], ["sum", "=SUM(B2:B2)"]]}
    values.update(
        spreadsheetId=made["spreadsheetId"],
        range="A1",
        valueInputOption="USER_ENTERED",
        body=body,
    ).execute()
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    sheets.spreadsheets().batchUpdate(
        spreadsheetId=made["spreadsheetId"],
        body={
            "requests": [
                {
                    "repeatCell": {
                        "range": {"sheetId": 0, "endRowIndex": 1},
                        "cell": bold,
                        "fields": "userEnteredFormat.textFormat.bold",
                    }
                }
            ]
        },
    ).execute()
    drive.permissions().create(
        fileId=made["spreadsheetId"],
        body={"type": "user", "role": "writer", "emailAddress": "a@example.com"},
        sendNotificationEmail=False,
        fields="id",
    ).execute()
    book = Book(api, made["spreadsheetId"])
    assert book.values("A1:B3") == [["step", "mood"], ["call", "-1"], ["sum", "-1"]]
    first = book.sheet(includeGridData="true")["data"][0]["rowData"][0]["values"]
    assert {cell["userEnteredFormat"]["textFormat"]["bold"] for cell in first} == {True}
    people = api.call("GET", f"/drive/v3/files/{book.id}/permissions", fields="*")
    assert [item.get("emailAddress") for item in people["permissions"]][1:] == ["a@example.com"]


def test_files_are_made_moved_marked_copied_and_deleted(drive: Any, api: Api) -> None:
    files = drive.files()
    folder = files.create(body={"name": "Box", "mimeType": FOLDER}, fields="id").execute()["id"]
    body = {"name": "Kept", "mimeType": SPREADSHEET, "properties": {"a": "1"}}
    made = files.create(body=body, fields="id,parents").execute()
    moved = files.update(
        fileId=made["id"],
        addParents=folder,
        removeParents=",".join(made["parents"]),
        body={"description": "of ours", "starred": True},
        fields="parents,description,starred",
    ).execute()
    assert moved == {"parents": [folder], "description": "of ours", "starred": True}
    copied = files.copy(
        fileId=made["id"], body={"name": "Again", "parents": ["root"], "properties": {"a": None}}
    ).execute()
    answer = api.call("GET", f"/drive/v3/files/{copied['id']}", fields="name,parents,properties")
    assert answer == {"name": "Again", "parents": ["root"], "properties": {}}
    query = f"'{folder}' in parents and starred = true"
    page = files.list(q=query, fields="files(name)").execute()
    assert page["files"] == [{"name": "Kept"}]
    files.delete(fileId=folder).execute()
    with pytest.raises(HttpError) as refusal:
        files.get(fileId=made["id"]).execute()
    assert reason(refusal.value) == (404, "notFound")


def test_all_pages_of_a_list_are_read(drive: Any) -> None:
    names = {f"Page {number}" for number in range(7)}
    for name in names:
        drive.files().create(body={"name": name, "mimeType": SPREADSHEET}).execute()
    asked = drive.files().list(q="name contains 'Page'", pageSize=3, orderBy="name_natural")
    found: list[str] = []
    while asked is not None:
        page = asked.execute()
        found += [file["name"] for file in page["files"]]
        asked = drive.files().list_next(asked, page)
    assert found == sorted(names)


def workbook() -> io.BytesIO:
    made = openpyxl.Workbook()
    tab = made.active
    assert tab is not None
    tab.title = "Pains"
    tab.append(["pain", "severity"])
    tab.append(["long wait", 4])
    tab.append(["sum", "=SUM(B2:B2)*10"])
    out = io.BytesIO()
    made.save(out)
    return out


@pytest.mark.parametrize("resumable", [False, True])
def test_a_workbook_is_uploaded_and_becomes_a_spreadsheet(
    drive: Any, api: Api, *, resumable: bool
) -> None:
    media = MediaIoBaseUpload(workbook(), XLSX, chunksize=262_144, resumable=resumable)
    body = {"name": "Uploaded.xlsx", "mimeType": SPREADSHEET}
    made = drive.files().create(body=body, media_body=media, fields="id,name,mimeType").execute()
    assert (made["name"], made["mimeType"]) == ("Uploaded", SPREADSHEET)
    book = Book(api, made["id"])
    assert book.values("Pains") == [["pain", "severity"], ["long wait", "4"], ["sum", "40"]]
    assert book.formulas("Pains!B3") == [["=SUM(B2:B2)*10"]]
    table = MediaIoBaseUpload(io.BytesIO(b"a,b\n1,2\n"), "text/csv", resumable=resumable)
    drive.files().update(fileId=made["id"], media_body=table).execute()
    assert book.values("A1:Z9") == [["a", "b"], ["1", "2"]]


def test_a_large_file_comes_in_pieces(drive: Any, api: Api) -> None:
    lines = b"".join(b"%d,%s\n" % (number, b"x" * 400) for number in range(2000))
    media = MediaIoBaseUpload(io.BytesIO(lines), "text/csv", chunksize=262_144, resumable=True)
    asked = drive.files().create(body={"name": "Long", "mimeType": SPREADSHEET}, media_body=media)
    progress, made = [], None
    while made is None:
        status, made = asked.next_chunk()
        progress += [status.resumable_progress] if status else []
    assert progress == [262_144, 524_288, 786_432]
    assert Book(api, made["id"]).values("A2000") == [["1999"]]


def test_a_spreadsheet_is_exported_and_has_no_bytes_of_its_own(drive: Any, sheets: Any) -> None:
    made = sheets.spreadsheets().create(body={}).execute()["spreadsheetId"]
    body = {"values": [["é", 1]]}
    sheets.spreadsheets().values().update(
        spreadsheetId=made, range="A1", valueInputOption="RAW", body=body
    ).execute()
    assert drive.files().export(fileId=made, mimeType="text/csv").execute() == "é,1".encode()
    out = io.BytesIO()
    download = MediaIoBaseDownload(out, drive.files().export_media(fileId=made, mimeType=XLSX))
    while not download.next_chunk()[1]:
        pass
    tab = openpyxl.load_workbook(out).active
    assert tab is not None
    assert [cell.value for cell in next(tab.iter_rows())] == ["é", 1]
    with pytest.raises(HttpError) as refusal:
        drive.files().get_media(fileId=made).execute()
    assert reason(refusal.value) == (403, "fileNotDownloadable")


def test_permissions_are_read_changed_and_taken_away(drive: Any, api: Api) -> None:
    made = drive.files().create(body={"name": "P", "mimeType": SPREADSHEET}).execute()["id"]
    permissions = drive.permissions()
    body = {"type": "group", "role": "reader", "emailAddress": "g@example.com"}
    given = permissions.create(fileId=made, body=body).execute()["id"]
    changed = permissions.update(
        fileId=made, permissionId=given, body={"role": "commenter"}, fields="role,emailAddress"
    ).execute()
    assert changed == {"role": "commenter", "emailAddress": "g@example.com"}
    got = permissions.get(fileId=made, permissionId=given, fields="role,type").execute()
    assert got == {"role": "commenter", "type": "group"}
    with pytest.raises(HttpError) as refusal:
        permissions.update(fileId=made, permissionId=given, body={"role": "owner"}).execute()
    assert refusal.value.resp.status in {400, 403}
    permissions.delete(fileId=made, permissionId=given).execute()
    listed = api.call("GET", f"/drive/v3/files/{made}/permissions")["permissions"]
    assert [item["role"] for item in listed] == ["owner"]


def test_comments_and_replies(drive: Any, api: Api) -> None:
    made = drive.files().create(body={"name": "C", "mimeType": SPREADSHEET}).execute()["id"]
    comments, replies = drive.comments(), drive.replies()
    said = comments.create(fileId=made, body={"content": "<Why>?"}, fields="*").execute()
    assert (said["content"], said["htmlContent"]) == ("<Why>?", "&lt;Why&gt;?")
    comments.update(
        fileId=made, commentId=said["id"], body={"content": "How?"}, fields="id"
    ).execute()
    place = {"fileId": made, "commentId": said["id"]}
    reply = replies.create(**place, body={"content": "So"}, fields="id").execute()["id"]
    replies.update(**place, replyId=reply, body={"content": "So."}, fields="id").execute()
    done = replies.create(**place, body={"action": "resolve"}, fields="action").execute()
    assert done == {"action": "resolve"}
    path = f"/drive/v3/files/{made}/comments"
    seen = api.call("GET", path, fields="comments(content,resolved,replies(content,action))")
    assert seen["comments"] == [
        {
            "content": "How?",
            "resolved": True,
            "replies": [{"content": "So."}, {"action": "resolve"}],
        }
    ]
    assert replies.get(**place, replyId=reply, fields="content").execute() == {"content": "So."}
    replies.delete(**place, replyId=reply).execute()
    assert len(replies.list(**place, fields="replies(id)").execute()["replies"]) == 1
    comments.delete(**place).execute()
    assert comments.list(fileId=made, fields="comments(id)").execute() == {"comments": []}
    gone = comments.list(fileId=made, fields="comments(deleted)", includeDeleted=True).execute()
    assert gone == {"comments": [{"deleted": True}]}
    with pytest.raises(HttpError) as refusal:
        comments.list(fileId=made).execute()
    assert reason(refusal.value) == (400, "required")


def test_revisions_changes_and_what_drive_says_of_itself(drive: Any, api: Api) -> None:
    book = api.create("Revised")
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    before = drive.revisions().list(fileId=book.id).execute()["revisions"]
    book.write("A1", [["x"]])
    after = drive.revisions().list(fileId=book.id, fields="*").execute()["revisions"]
    assert len(after) == len(before) + 1
    assert XLSX in after[-1]["exportLinks"]
    head = drive.revisions().get(fileId=book.id, revisionId="head").execute()
    assert head["id"] == after[-1]["id"]
    page = drive.changes().list(pageToken=token, fields="*").execute()
    assert [(c["fileId"], c["file"]["name"]) for c in page["changes"]] == [(book.id, "Revised")]
    drive.files().delete(fileId=book.id).execute()
    asked = {"pageToken": page["newStartPageToken"], "includeRemoved": False}
    assert drive.changes().list(**asked).execute()["changes"] == []
    asked["includeRemoved"] = True
    assert drive.changes().list(**asked).execute()["changes"][0]["removed"] is True
    about = drive.about().get(fields="user,exportFormats").execute()
    assert about["user"]["me"] is True
    assert XLSX in about["exportFormats"][SPREADSHEET]
    assert drive.drives().list().execute()["drives"] == []
    with pytest.raises(HttpError) as refusal:
        drive.drives().get(driveId="0A").execute()
    assert reason(refusal.value) == (404, "notFound")


def test_the_trash_is_emptied(drive: Any, api: Api) -> None:
    made = drive.files().create(body={"name": "Waste", "mimeType": SPREADSHEET}).execute()["id"]
    drive.files().update(fileId=made, body={"trashed": True}).execute()
    query = "trashed = true and name = 'Waste'"
    assert len(api.call("GET", "/drive/v3/files", q=query)["files"]) == 1
    drive.files().emptyTrash().execute()
    assert api.call("GET", "/drive/v3/files", q=query)["files"] == []
    ids = drive.files().generateIds(count=3).execute()["ids"]
    assert len(set(ids)) == 3
    body = {"id": ids[0], "name": "Chosen", "mimeType": FOLDER}
    assert drive.files().create(body=body).execute()["id"] == ids[0]
