"""Decides what the methods on changes answer: which files changed since a token."""

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.answers import default_mask, mask_of, masked, page_size, page_token
from cjm_sheets.service.drive.folders import file_of
from cjm_sheets.service.drive.refusing import no_drive, required_parameter
from cjm_sheets.service.drive.resources import BASIC, file_json
from cjm_sheets.service.drive.shapes import CHANGE_LIST, START_TOKEN
from cjm_sheets.service.fields import EVERYTHING, Mask, below
from cjm_sheets.service.refusals import Json, RefusedError

_FILE = default_mask(BASIC)


def start(call: Call) -> Json:
    """Return the token from which the changes to come can be asked for."""
    _check_drive(call)
    token = str(call.store.last_change() + 1)
    answer: Json = {"kind": "drive#startPageToken", "startPageToken": token}
    return masked(answer, mask_of(call, START_TOKEN) or EVERYTHING)


def list_changes(call: Call) -> Json:
    """Return the changes since a token, the latest of each file, page by page."""
    if not call.one("pageToken"):
        raise required_parameter("pageToken")
    _check_drive(call)
    mask = mask_of(call, CHANGE_LIST)
    size = page_size(call, 100)
    rows = call.store.changes_from(page_token(call, 1), size + 1)
    with_removed = call.one("includeRemoved", "true").lower() not in {"false", "0"}
    answer: Json = {
        "kind": "drive#changeList",
        "changes": [_change(call, row, mask) for row in rows[:size] if with_removed or not row[3]],
    }
    if len(rows) > size:
        answer["nextPageToken"] = str(rows[size][0])
    else:
        answer["newStartPageToken"] = str(call.store.last_change() + 1)
    return masked(answer, mask or EVERYTHING)


def _check_drive(call: Call) -> None:
    drive = call.one("driveId") or call.one("teamDriveId")
    if drive:
        raise no_drive(drive)


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
    if removed:
        return change
    try:
        file = file_of(call.store, file_id)
    except RefusedError:  # removed after the changes were read: the next page tells of it
        return change | {"removed": True}
    inner = below(mask, "changes", "file") if mask else _FILE
    return change | {"file": masked(file_json(call, file), inner or EVERYTHING)}
