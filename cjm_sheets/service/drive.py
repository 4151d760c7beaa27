"""Decides what each method of the Drive interface answers: files, permissions, changes."""

import csv
import io
from http import HTTPStatus
from typing import Any

from cjm_sheets.service.a1 import quoted_title
from cjm_sheets.service.calls import Call
from cjm_sheets.service.creation import empty_spreadsheet
from cjm_sheets.service.drive_query import parse_query
from cjm_sheets.service.fields import EVERYTHING, Mask, below, select
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE, Draft
from cjm_sheets.service.values import Rendering, read

_BASIC: Mask = {"kind": {}, "id": {}, "name": {}, "mimeType": {}}
_WRITABLE = {"name", "appProperties", "properties", "description", "parents", "trashed", "starred"}
_ORDERS = {"name", "createdTime", "modifiedTime"}
_OWNER = {
    "kind": "drive#user",
    "displayName": "Local user",
    "me": True,
    "permissionId": "owner",
    "emailAddress": "owner@localhost",
}


def _file_json(call: Call, file: Json, mask: Mask) -> Json:
    """Return the parts of a File that a mask names, with what the service adds itself."""
    whole = file | {
        "webViewLink": call.page(file["id"]),
        "owners": [_OWNER],
        "ownedByMe": True,
        "permissions": _permissions(file),
        "capabilities": {"canEdit": True, "canCopy": True, "canDelete": True, "canShare": True},
        "spaces": ["drive"],
    }
    whole.setdefault("parents", ["root"])
    selected: Json = select(whole, mask)
    return selected


def _permissions(file: Json) -> list[Json]:
    owner = {
        "kind": "drive#permission",
        "id": _OWNER["permissionId"],
        "type": "user",
        "role": "owner",
        "emailAddress": _OWNER["emailAddress"],
        "displayName": _OWNER["displayName"],
    }
    return [owner, *file["permissions"]]


def _changed(file: Json, given: Json) -> Json:
    """Return a File after the changes a body asks for; a null property is taken off."""
    unknown = given.keys() - _WRITABLE - {"mimeType"}
    if unknown:
        refuse_unsupported(f"{', '.join(sorted(unknown))} of a file")
    if given.get("mimeType", SPREADSHEET_TYPE) != SPREADSHEET_TYPE:
        refuse_unsupported(f"files of type {given['mimeType']}")
    result = dict(file)
    for name, value in given.items():
        if name in {"appProperties", "properties"}:
            merged = file.get(name, {}) | value
            result[name] = {key: text for key, text in merged.items() if text is not None}
        elif name != "mimeType":
            result[name] = value
    return result


def create(call: Call) -> Json:
    """Make a spreadsheet with one empty tab."""
    if call.body.get("mimeType") != SPREADSHEET_TYPE:
        refuse_unsupported("files other than spreadsheets")
    name = call.body.get("name") or "Untitled spreadsheet"
    file = _changed(call.store.new_file(name), call.body) | {"name": name}
    book = empty_spreadsheet(name)
    book.id = file["id"]
    call.store.add(Draft(book, file))
    return _file_json(call, file, call.mask() or _BASIC)


def get(call: Call) -> Json:
    """Return a File."""
    return _file_json(call, call.store.file(call.path["file_id"]), call.mask() or _BASIC)


def update(call: Call) -> Json:
    """Change the name, the properties, the parents or the trash mark of a File."""
    with call.store.editing(call.path["file_id"]) as draft:
        draft.file = _changed(draft.file, call.body)
        parents = draft.file.get("parents", ["root"])
        removed = set(call.one("removeParents").split(","))
        added = [name for name in call.one("addParents").split(",") if name]
        if added or removed != {""}:
            draft.file["parents"] = [name for name in parents if name not in removed] + added
    return _file_json(call, draft.file, call.mask() or _BASIC)


def copy(call: Call) -> Json:
    """Make a copy of a spreadsheet; permissions and the application's properties stay behind."""
    source = call.store.book(call.path["file_id"])
    old = call.store.file(call.path["file_id"])
    name = call.body.get("name") or f"Copy of {old['name']}"
    new = call.store.new_file(name)
    kept = {part: old[part] for part in ("properties", "description", "parents") if part in old}
    file = _changed(new | kept, call.body) | {"name": name}
    book = source.copy()
    book.id = file["id"]
    book.properties = book.properties | {"title": name}
    call.store.add(Draft(book, file))
    return _file_json(call, file, call.mask() or _BASIC)


def delete(call: Call) -> None:
    """Delete a spreadsheet for good."""
    call.store.remove(call.path["file_id"])


def list_files(call: Call) -> Json:
    """Return the Files that a search finds, page by page."""
    test = parse_query(call.one("q"))
    found = [file for file in call.store.files() if test(file)]
    for key in reversed([part for part in call.one("orderBy").split(",") if part]):
        name, _, direction = key.strip().partition(" ")
        if name not in _ORDERS:
            refuse_unsupported(f"the order {name}")
        found.sort(key=lambda file: str(file[name]), reverse=direction == "desc")
    start, size = _number(call, "pageToken", 0), _number(call, "pageSize", 100)
    mask = call.whole_mask()
    file_mask = below(mask, "files") if call.mask() else _BASIC
    page = [_file_json(call, file, file_mask or EVERYTHING) for file in found[start : start + size]]
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": page}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    selected: Json = select(answer, {name: {} for name in mask})
    return selected


def _number(call: Call, name: str, default: int) -> int:
    text = call.one(name) or str(default)
    if not text.isdigit():
        refuse(f"Invalid value '{text}'. Values must be within the range: [1, 1000]")
    return int(text)


def export(call: Call) -> tuple[str, bytes]:
    """Return (content type, bytes) of the first tab as CSV."""
    kind = call.one("mimeType")
    if kind != "text/csv":
        refuse_unsupported(f"exports as {kind}")
    book = call.store.book(call.path["file_id"])
    lines: list[list[Any]] = read(book, quoted_title(book.sheets[0].title), Rendering()).get(
        "values", []
    )
    width = max((len(line) for line in lines), default=0)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([*line, *[""] * (width - len(line))] for line in lines)
    return "text/csv", out.getvalue().removesuffix("\r\n").encode()


def permission_create(call: Call) -> Json:
    """Record that a file is shared; nothing leaves this machine."""
    kind, role = call.body.get("type"), call.body.get("role")
    if kind not in {"user", "group", "domain", "anyone"} or not role:
        refuse("The permission needs a type and a role.")
    given = {name: call.body[name] for name in _PERMISSION_FIELDS if call.body.get(name)}
    with call.store.editing(call.path["file_id"]) as draft:
        taken = {item["id"] for item in draft.file["permissions"]}
        number = next(n for n in range(1, len(taken) + 2) if f"permission{n}" not in taken)
        identity = "anyoneWithLink" if kind == "anyone" else f"permission{number}"
        permission: Json = {"kind": "drive#permission", "id": identity} | given
        others = [item for item in draft.file["permissions"] if item["id"] != identity]
        draft.file["permissions"] = [*others, permission]
    selected: Json = select(permission, call.mask() or _PERMISSION_BASIC)
    return selected


_PERMISSION_FIELDS = ("type", "role", "emailAddress", "domain", "allowFileDiscovery")
_PERMISSION_BASIC: Mask = {"kind": {}, "id": {}, "type": {}, "role": {}}


def permission_list(call: Call) -> Json:
    """Return who a file is shared with."""
    permissions = _permissions(call.store.file(call.path["file_id"]))
    mask = call.whole_mask()
    inner = below(mask, "permissions") if call.mask() else _PERMISSION_BASIC
    answer = {
        "kind": "drive#permissionList",
        "permissions": [select(item, inner or EVERYTHING) for item in permissions],
    }
    selected: Json = select(answer, {name: {} for name in mask})
    return selected


def permission_delete(call: Call) -> None:
    """Record that a file is shared with one person less."""
    identity = call.path["permission_id"]
    with call.store.editing(call.path["file_id"]) as draft:
        kept = [item for item in draft.file["permissions"] if item["id"] != identity]
        if len(kept) == len(draft.file["permissions"]):
            refuse(f"Permission not found: {identity}.", HTTPStatus.NOT_FOUND)
        draft.file["permissions"] = kept


def comment_list(call: Call) -> Json:
    """Return the comments of a file: none, since none can be made here."""
    call.store.file(call.path["file_id"])
    return {"kind": "drive#commentList", "comments": []}


def changes_start(call: Call) -> Json:
    """Return the token from which the changes to come can be asked for."""
    token = str(call.store.last_change() + 1)
    return {"kind": "drive#startPageToken", "startPageToken": token}


def changes_list(call: Call) -> Json:
    """Return the changes since a token, the latest of each file, page by page."""
    if not call.one("pageToken"):
        refuse("Required parameter: pageToken")
    size = _number(call, "pageSize", 100)
    start = _number(call, "pageToken", 1)
    rows = call.store.changes_from(start, size + 1)
    mask = call.mask()
    changes = [_change(call, row, mask) for row in rows[:size]]
    answer: Json = {"kind": "drive#changeList", "changes": changes}
    if len(rows) > size:
        answer["nextPageToken"] = str(rows[size][0])
    else:
        answer["newStartPageToken"] = str(call.store.last_change() + 1)
    selected: Json = select(answer, call.whole_mask())
    return selected


def _change(call: Call, row: tuple[int, str, str, bool], mask: Mask | None) -> Json:
    _, file_id, time, removed = row
    change: Json = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": time,
        "removed": removed,
        "fileId": file_id,
    }
    if not removed:
        inner = below(mask, "changes", "file") if mask else _BASIC
        change["file"] = _file_json(call, call.store.file(file_id), inner or EVERYTHING)
    return change
