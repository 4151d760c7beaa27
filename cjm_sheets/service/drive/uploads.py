"""Decides how a file is uploaded: at once, with its metadata, or piece by piece."""

import re
from http import HTTPStatus

from cjm_sheets.service.calls import Call, Reply
from cjm_sheets.service.drive import files
from cjm_sheets.service.drive.answers import mask_of
from cjm_sheets.service.drive.changing import changed, check_kind, check_type
from cjm_sheets.service.drive.folders import called_file, is_folder
from cjm_sheets.service.drive.importing import imported, put_into, title_of
from cjm_sheets.service.drive.multipart import metadata, taken_apart
from cjm_sheets.service.drive.refusing import invalid_parameter, missing, refuse_request, too_large
from cjm_sheets.service.drive.shapes import FILE
from cjm_sheets.service.refusals import Json, refuse_unsupported
from cjm_sheets.service.store_sqlite import FOLDER_TYPE
from cjm_sheets.service.upload_sessions import MOST_BYTES, Session, header

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_INCOMPLETE = HTTPStatus.PERMANENT_REDIRECT  # Drive's own meaning of 308: send the rest


def create(call: Call) -> Json | Reply:
    """Make a spreadsheet of a file."""
    return _begun(call)


def update(call: Call) -> Json | Reply:
    """Replace what a spreadsheet holds by what a file holds."""
    called_file(call)
    return _begun(call)


def update_v2(call: Call) -> Json:
    """Do the same for clients that speak an older version of Drive; answer as that did."""
    if call.one("uploadType") != "media" or not call.flag("convert"):
        refuse_unsupported("uploads to version 2 of Drive that are not media to convert")
    file = _stored(call, header(call.headers, "content-type"))
    return {
        "kind": "drive#file",
        "id": file["id"],
        "title": file["name"],
        "mimeType": file["mimeType"],
        "createdDate": file["createdTime"],
        "modifiedDate": file["modifiedTime"],
        "version": file["version"],
        "alternateLink": call.page(file["id"]),
    }


def _begun(call: Call) -> Json | Reply:
    way = call.one("uploadType")
    if way == "media":
        return _finished(call, {}, header(call.headers, "content-type"), call.content)
    if way == "multipart":
        body, kind, content = taken_apart(call.headers.get("content-type", ""), call.content)
        return _finished(call, body, kind, content)
    if way != "resumable":
        raise invalid_parameter("uploadType")
    mask_of(call, FILE)
    kind = call.headers.get("x-upload-content-type", "").partition(";")[0].strip().lower()
    file_id = call.path.get("file_id", "")
    session = Session(metadata(call.content), call.query, file_id, kind)
    identity = call.uploads.start(session)
    place = f"/upload/drive/v3/files{'/' if file_id else ''}{file_id}"
    address = f"{call.url}{place}?uploadType=resumable&upload_id={identity}"
    return Reply(b"", headers={"Location": address, "X-GUploader-UploadID": identity})


def resume(call: Call) -> Json | Reply:
    """Take a piece of a file; with the last one the spreadsheet is made."""
    identity = call.one("upload_id")
    session = call.uploads.find(identity)
    if session is None or session.file_id != call.path.get("file_id", ""):
        raise missing("Upload", identity, "upload_id")
    with session.lock:
        if not _is_complete(session, call):
            return _wanting(session)
        call.uploads.end(identity)
    made = call.with_query(session.query)
    kind = session.kind or header(call.headers, "content-type")
    return _finished(made, session.body, kind, bytes(session.content))


def _is_complete(session: Session, call: Call) -> bool:
    """Add a piece to what has come of a file; say whether that is all of it."""
    text = call.headers.get("content-range", "")
    if not text:
        session.content[:] = call.content
        return True
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        refuse_request("Failed to parse Content-Range header.")
    first, last, total = found.groups()
    if first is not None:
        start, end = int(first), int(last) + 1
        if start > len(session.content) or end - start != len(call.content):
            refuse_request("Invalid request. The pieces do not fit.")
        if end > MOST_BYTES:
            session.content.clear()
            raise too_large()
        session.content[start:end] = call.content
    return total != "*" and len(session.content) == int(total)


def _wanting(session: Session) -> Reply:
    """Return the answer that says how much has come."""
    got = len(session.content)
    headers = {"Range": f"bytes=0-{got - 1}"} if got else {}
    return Reply(b"", status=_INCOMPLETE, headers=headers)


def _finished(call: Call, body: Json, kind: str, content: bytes) -> Json:
    mask_of(call, FILE)
    whole = call.with_content(body, content)
    return files.answered(whole, _stored(whole, kind))


def _stored(call: Call, kind: str) -> Json:
    """Store the spreadsheet that a file becomes; return its File."""
    name = call.body.get("name") or ""
    if "file_id" in call.path:
        return _replaced(call, kind, name)
    if check_kind(call.body) == FOLDER_TYPE:
        refuse_request("A folder cannot have content.")
    book = imported(call, kind, call.content, name or "upload")
    title = title_of(name)
    named = call.with_content(call.body | ({"name": title} if title else {}), b"")
    return files.added(named, book, "Untitled")


def _replaced(call: Call, kind: str, name: str) -> Json:
    old = called_file(call)
    if is_folder(old):
        refuse_request("A folder cannot have content.")
    check_type(old, call.body)
    new = imported(call, kind, call.content, name or old["name"])
    with call.store.editing(old["id"]) as draft:
        put_into(draft.book, new)
        draft.file = changed(draft.file, call.body)
    return draft.file
