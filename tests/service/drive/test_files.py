"""Files and folders of Drive: what can be asked for, what changes, what is refused and how."""

from typing import Any

import pytest
import requests

from cjm_sheets.service.drive import shapes
from cjm_sheets.service.drive.routes import PARAMETERS, drive_routes
from cjm_sheets.service.running import RunningService
from tests.service.calls import TIMEOUT, Api, Book, RefusedCallError
from tests.service.discovery import document, method_of
from tests.service.witness import error_problems

Json = dict[str, Any]
FILES = "/drive/v3/files"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"


def made(api: Api, name: str, kind: str = SPREADSHEET, **parts: Any) -> str:
    body = {"name": name, "mimeType": kind} | parts
    identity: str = api.call("POST", FILES, body, fields="id")["id"]
    return identity


def names(api: Api, query: str, **asked: Any) -> list[str]:
    found = api.call("GET", FILES, q=query, fields="files(name)", **asked)["files"]
    return [file["name"] for file in found]


def refusal(service: RunningService, verb: str, path: str, **sent: Any) -> Json:
    """Return the error that a call is answered with, in the form of Drive."""
    headers = {"Authorization": f"Bearer {service.token}"}
    answer = requests.request(verb, service.url + path, headers=headers, timeout=TIMEOUT, **sent)
    assert answer.status_code >= 400
    content = answer.json()
    assert error_problems(path, content) == []
    (entry,) = content["error"]["errors"]
    error: Json = {"code": answer.status_code} | entry
    return error


def test_the_names_of_fields_are_those_of_google() -> None:
    schemas = document("drive.v3")["schemas"]
    ours = {
        "File": shapes.FILE,
        "FileList": shapes.FILE_LIST,
        "Permission": shapes.PERMISSION,
        "PermissionList": shapes.PERMISSION_LIST,
        "Comment": shapes.COMMENT,
        "CommentList": shapes.COMMENT_LIST,
        "Reply": shapes.REPLY,
        "ReplyList": shapes.REPLY_LIST,
        "Revision": shapes.REVISION,
        "RevisionList": shapes.REVISION_LIST,
        "Change": shapes.CHANGE,
        "ChangeList": shapes.CHANGE_LIST,
        "StartPageToken": shapes.START_TOKEN,
        "DriveList": shapes.DRIVE_LIST,
        "TeamDriveList": shapes.TEAM_DRIVE_LIST,
        "GeneratedIds": shapes.GENERATED_IDS,
        "About": shapes.ABOUT,
        "User": shapes.USER,
    }
    for name, shape in ours.items():
        assert shape.keys() == schemas[name]["properties"].keys(), name


def test_every_method_takes_the_parameters_that_google_lists() -> None:
    answered = set()
    for route in drive_routes():
        path = route.path.removeprefix("/upload").removeprefix("/drive/v3/")
        verb = route.verb if route.verb != "PUT" else "POST"
        method = method_of("drive.v3", verb, path)
        if method is not None:
            answered.add(method["id"])
            asked = {
                name
                for name, part in method.get("parameters", {}).items()
                if part["location"] == "query"
            }
            assert asked <= PARAMETERS, method["id"]
    assert len(answered) == 33


def test_a_file_shows_what_is_asked_for(api: Api, service: RunningService) -> None:
    identity = made(api, "Shown", description="of ours", starred=True)
    path = f"{FILES}/{identity}"
    assert set(api.call("GET", path)) == {"kind", "id", "name", "mimeType"}
    whole = api.call("GET", path, fields="*")
    assert whole["parents"] == ["root"]
    assert whole["capabilities"]["canEdit"] is True
    assert whole["webViewLink"] == f"{service.url}/spreadsheets/d/{identity}/edit"
    assert api.call("GET", path, fields="owners/me,capabilities(canEdit)") == {
        "owners": [{"me": True}],
        "capabilities": {"canEdit": True},
    }
    assert "comments" not in whole
    for fields, name in (("nme", "nme"), ("owners/mi", "mi"), ("files(id)", "files"), ("(", "(")):
        error = refusal(service, "GET", path, params={"fields": fields})
        assert (error["code"], error["reason"]) == (400, "invalidParameter")
        assert (error["message"], error["location"]) == (
            f"Invalid field selection {name}",
            "fields",
        )
    listed = api.call("GET", FILES, q="name = 'Shown'", fields="files/id,kind")
    assert listed == {"kind": "drive#fileList", "files": [{"id": identity}]}
    assert api.call("GET", FILES, fields="kind") == {"kind": "drive#fileList"}


def test_the_version_grows_and_the_time_of_change_is_that_of_the_content(api: Api) -> None:
    book = api.create("Versions")

    def state() -> tuple[int, str]:
        file = api.call("GET", f"{FILES}/{book.id}", fields="version,modifiedTime")
        return int(file["version"]), file["modifiedTime"]

    first = state()
    api.call("PATCH", f"{FILES}/{book.id}", {"starred": True})
    starred = state()
    assert starred[0] > first[0]
    assert starred[1] == first[1]
    book.write("A1", [["x"]])
    written = state()
    assert written[0] > starred[0]
    assert written[1] >= starred[1]
    api.call("PATCH", f"{FILES}/{book.id}", {"modifiedTime": "2020-02-03T04:05:06+02:00"})
    assert state()[1] == "2020-02-03T02:05:06.000Z"


def test_a_new_name_is_the_title_and_the_other_way_round(api: Api) -> None:
    book = api.create("Old")
    body = {"name": "New", "properties": {"a": "1"}}
    answer = api.call("PATCH", f"{FILES}/{book.id}", body, fields="name,properties")
    assert answer == {"name": "New", "properties": {"a": "1"}}
    assert book.get(fields="properties.title") == {"properties": {"title": "New"}}
    change = {"properties": {"title": "Newest"}, "fields": "title"}
    book.batch({"updateSpreadsheetProperties": change})
    assert api.call("GET", f"{FILES}/{book.id}")["name"] == "Newest"


def test_folders_hold_files_and_take_them_along(api: Api, service: RunningService) -> None:
    outer = made(api, "Outer", FOLDER)
    inner = made(api, "Inner", FOLDER, parents=[outer])
    deep = made(api, "Deep", parents=[inner])
    assert names(api, f"'{outer}' in parents") == ["Inner"]
    assert names(api, f"mimeType = '{FOLDER}' and name = 'Inner'") == ["Inner"]
    api.call("PATCH", f"{FILES}/{outer}", {"trashed": True})
    marks = api.call("GET", f"{FILES}/{deep}", fields="trashed,explicitlyTrashed")
    assert marks == {"trashed": True, "explicitlyTrashed": False}
    assert names(api, "name = 'Deep' and trashed = false") == []
    assert Book(api, deep).values("A1") == []  # what is in the trash can still be read
    api.call("PATCH", f"{FILES}/{outer}", {"trashed": False})
    assert names(api, "name = 'Deep' and trashed = false") == ["Deep"]
    circle = refusal(
        service,
        "PATCH",
        f"{FILES}/{outer}",
        params={"addParents": inner, "removeParents": "root"},
    )
    assert (circle["code"], circle["reason"]) == (403, "cyclicalParents")
    second = refusal(service, "PATCH", f"{FILES}/{deep}", params={"addParents": outer})
    assert second["reason"] == "cannotAddParent"
    with pytest.raises(RefusedCallError, match="not supported for this document"):
        Book(api, outer).get()
    with pytest.raises(RefusedCallError, match="not supported for this document"):
        Book(api, outer).write("A1", [["x"]])
    copied = {"destinationSpreadsheetId": outer}
    with pytest.raises(RefusedCallError, match="not supported for this document"):
        api.call("POST", f"/v4/spreadsheets/{deep}/sheets/0:copyTo", copied)
    error = refusal(service, "GET", f"{FILES}/{outer}/export", params={"mimeType": "text/csv"})
    assert (error["code"], error["reason"]) == (403, "fileNotExportable")
    page = f"/spreadsheets/d/{outer}/export?format=csv"
    assert refusal(service, "GET", page)["reason"] == "fileNotExportable"
    api.call("DELETE", f"{FILES}/{outer}")
    with pytest.raises(RefusedCallError, match=f"File not found: {deep}."):
        api.call("GET", f"{FILES}/{deep}")


def test_the_root_folder_is_there_and_stays_as_it_is(api: Api, service: RunningService) -> None:
    assert api.call("GET", f"{FILES}/root", fields="name,mimeType") == {
        "name": "My Drive",
        "mimeType": FOLDER,
    }
    for verb in ("PATCH", "DELETE"):
        assert refusal(service, verb, f"{FILES}/root")["code"] == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name = 'Bank map'", ["Bank map"]),
        ("name contains 'map' and name != 'Retail Map 2'", ["Bank map", "It's a map"]),
        ("name contains 'ank'", []),
        (r"name = 'It\'s a map'", ["It's a map"]),
        ("name contains 'map' and not starred = true", ["It's a map", "Retail Map 2"]),
        ("starred = true or name = 'Retail Map 2'", ["Bank map", "Retail Map 2"]),
        ("properties has { key='team' and value='cx' }", ["Retail Map 2"]),
        ("appProperties has { key='team' and value='cx' }", []),
        ("modifiedTime > '2021-01-01T00:00:00' and name contains 'map'", ["It's a map"]),
        ("modifiedTime <= '2020-01-01T01:00:00+01:00'", ["Bank map"]),
        ("modifiedTime < '2020-06-01' and modifiedTime > '2020-01-02'", ["Retail Map 2"]),
        ("'a@example.com' in writers", ["Retail Map 2"]),
        ("'A@example.com' in owners", []),
        ("'me' in owners and starred = true", ["Bank map"]),
        ("visibility = 'anyoneWithLink'", ["It's a map"]),
        ("visibility = 'limited' and starred = true", ["Bank map"]),
        ("fullText contains 'Long waits'", ["Bank map"]),
        ("mimeType contains 'application/vnd.google' and starred = true", ["Bank map"]),
        ("sharedWithMe", []),
        ("not sharedWithMe = true and starred = true", ["Bank map"]),
    ],
)
def test_searches(searched: Api, query: str, found: list[str]) -> None:
    assert sorted(names(searched, query)) == found


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give a service with three files."""
    with RunningService(tmp_path_factory.mktemp("searched")) as service:
        api = Api(service)
        bank = made(api, "Bank map", starred=True, modifiedTime="2020-01-01T00:00:00Z")
        retail = made(
            api,
            "Retail Map 2",
            properties={"team": "cx"},
            modifiedTime="2020-03-01T00:00:00Z",
        )
        plain = made(api, "It's a map")
        Book(api, bank).write("A1", [["long waits at the counter"]])
        for identity, body in (
            (retail, {"type": "user", "role": "writer", "emailAddress": "a@example.com"}),
            (plain, {"type": "anyone", "role": "reader"}),
        ):
            api.call("POST", f"{FILES}/{identity}/permissions", body)
        api.call("PATCH", f"{FILES}/{bank}", {"modifiedTime": "2020-01-01T00:00:00Z"})
        yield api


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("name", ["Bank map", "It's a map", "Retail Map 2"]),
        ("name desc", ["Retail Map 2", "It's a map", "Bank map"]),
        ("starred,name", ["Bank map", "It's a map", "Retail Map 2"]),
        ("modifiedTime", ["Bank map", "Retail Map 2", "It's a map"]),
        ("folder,recency desc", ["It's a map", "Retail Map 2", "Bank map"]),
    ],
)
def test_orders(searched: Api, order: str, found: list[str]) -> None:
    assert names(searched, "", orderBy=order) == found


def test_pages(searched: Api) -> None:
    first = searched.call("GET", FILES, pageSize=2, orderBy="name")
    assert [file["name"] for file in first["files"]] == ["Bank map", "It's a map"]
    second = searched.call(
        "GET", FILES, pageSize=2, orderBy="name", pageToken=first["nextPageToken"]
    )
    assert [file["name"] for file in second["files"]] == ["Retail Map 2"]
    assert "nextPageToken" not in second
    assert searched.call("GET", FILES, spaces="appDataFolder")["files"] == []
    everywhere = searched.call(
        "GET",
        FILES,
        corpora="allDrives",
        includeItemsFromAllDrives="true",
        supportsAllDrives="true",
    )
    assert len(everywhere["files"]) == 3


@pytest.mark.parametrize(
    ("asked", "place", "reason"),
    [
        ({"q": "name is 'x'"}, "q", "invalid"),
        ({"q": "modifiedTime > 'soon'"}, "q", "invalid"),
        ({"q": "name > 'x'"}, "q", "invalid"),
        ({"q": "trashed = perhaps"}, "q", "invalid"),
        ({"orderBy": "colour"}, "orderBy", "invalid"),
        ({"pageSize": "0"}, "pageSize", "invalidParameter"),
        ({"pageSize": "1001"}, "pageSize", "invalidParameter"),
        ({"pageToken": "next"}, "pageToken", "invalid"),
        ({"corpora": "all"}, "corpora", "invalid"),
        ({"spaces": "outer"}, "spaces", "invalid"),
        ({"driveId": "0A"}, "driveId", "notFound"),
    ],
)
def test_what_is_no_search_is_refused_with_its_place(
    service: RunningService, asked: Json, place: str, reason: str
) -> None:
    error = refusal(service, "GET", FILES, params=asked)
    assert (error["location"], error["reason"]) == (place, reason)


@pytest.mark.parametrize(
    ("body", "code", "reason"),
    [
        ({"parents": ["root"]}, 403, "fieldNotWritable"),
        ({"ownedByMe": True}, 403, "fieldNotWritable"),
        ({"id": "other"}, 403, "fieldNotWritable"),
        ({"name": 7}, 400, "invalid"),
        ({"trashed": "yes"}, 400, "invalid"),
        ({"modifiedTime": "soon"}, 400, "invalid"),
        ({"properties": {"a": 1}}, 400, "invalid"),
        ({"properties": {"a": "x" * 124}}, 403, "propertyTooLong"),
        ({"properties": {str(n): "x" for n in range(31)}}, 403, "tooManyProperties"),
        ({"contentHints": {}}, 501, "notImplemented"),
        ({"mimeType": FOLDER}, 501, "notImplemented"),
        ({"nmae": "x"}, 400, "badRequest"),
    ],
)
def test_what_cannot_be_changed_is_refused_and_nothing_changes(
    api: Api, service: RunningService, body: Json, code: int, reason: str
) -> None:
    identity = made(api, "Fixed")
    before = api.call("GET", f"{FILES}/{identity}", fields="*")
    error = refusal(service, "PATCH", f"{FILES}/{identity}", json=body | {"description": "new"})
    assert (error["code"], error["reason"]) == (code, reason)
    assert api.call("GET", f"{FILES}/{identity}", fields="*") == before


def test_what_is_not_there_says_so(service: RunningService, api: Api) -> None:
    identity = made(api, "There")
    for path, place in (
        (f"{FILES}/nowhere", "fileId"),
        (f"{FILES}/{identity}/permissions/7", "permissionId"),
        (f"{FILES}/{identity}/comments/7?fields=id", "commentId"),
        (f"{FILES}/{identity}/revisions/7777", "revisionId"),
        ("/drive/v3/drives/0A", "driveId"),
    ):
        error = refusal(service, "GET", path)
        assert (error["code"], error["reason"], error["location"]) == (404, "notFound", place)
    for verb, path in (("POST", f"{FILES}/{identity}/watch"), ("POST", "/drive/v3/drives")):
        assert refusal(service, verb, path)["code"] == 501
    for path in ("/drive/v3/about", f"{FILES}/{identity}/comments"):
        assert refusal(service, "GET", path)["reason"] == "required"
    assert refusal(service, "GET", "/drive/v3/changes")["location"] == "pageToken"
    assert refusal(service, "GET", FILES, params={"qq": "x"})["code"] == 400


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ({"role": "reader"}, 400, "permission.type"),
        ({"type": "user"}, 400, "permission.role"),
        ({"type": "user", "role": "reader"}, 400, "permission.emailAddress"),
        ({"type": "user", "role": "reader", "emailAddress": "x"}, 400, "permission.emailAddress"),
        ({"type": "domain", "role": "reader"}, 400, "permission.domain"),
        ({"type": "anyone", "role": "king"}, 400, "permission.role"),
        ({"type": "anyone", "role": "owner"}, 400, "permission.role"),
        ({"type": "user", "role": "owner", "emailAddress": "a@b.c"}, 403, None),
        ({"type": "user", "role": "organizer", "emailAddress": "a@b.c"}, 403, None),
    ],
)
def test_a_sharing_that_makes_no_sense_is_refused(
    api: Api, service: RunningService, body: Json, code: int, place: str | None
) -> None:
    identity = made(api, "Alone")
    error = refusal(service, "POST", f"{FILES}/{identity}/permissions", json=body)
    assert (error["code"], error.get("location")) == (code, place)
    assert len(api.call("GET", f"{FILES}/{identity}/permissions")["permissions"]) == 1


def test_an_owner_is_one_and_cannot_be_removed(api: Api, service: RunningService) -> None:
    identity = made(api, "Given away")
    path = f"{FILES}/{identity}/permissions"
    body = {"type": "user", "role": "owner", "emailAddress": "heir@example.com"}
    given = api.call("POST", path, body, transferOwnership="true", fields="*")
    assert given["displayName"] == "heir"
    assert refusal(service, "DELETE", f"{path}/{given['id']}")["code"] == 403
    assert refusal(service, "DELETE", f"{FILES}/{identity}")["code"] == 403
    again = api.call("POST", path, {"type": "anyone", "role": "reader"})
    assert again["id"] == "anyoneWithLink"
    roles = [item["role"] for item in api.call("GET", path)["permissions"]]
    assert roles == ["writer", "owner", "reader"]


def test_revisions_are_bounded(api: Api) -> None:
    book = api.create("Often")
    for number in range(40):
        book.write("A1", [[number]])
    path = f"{FILES}/{book.id}/revisions"
    first = api.call("GET", path, pageSize=20)
    rest = api.call("GET", path, pageSize=20, pageToken=first["nextPageToken"])
    found = [int(revision["id"]) for revision in first["revisions"] + rest["revisions"]]
    assert found == list(range(12, 42))
    api.call("PATCH", f"{FILES}/{book.id}", {"starred": True})
    assert len(api.call("GET", path)["revisions"]) == 30
