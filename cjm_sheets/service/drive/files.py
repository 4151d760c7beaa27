"""Decides what the methods on files and folders answer: make, show, change, copy, find, delete."""

from cjm_sheets.service.calls import Call
from cjm_sheets.service.creation import empty_spreadsheet
from cjm_sheets.service.drive import folders
from cjm_sheets.service.drive.answers import Listing, default_mask, mask_of, masked, page
from cjm_sheets.service.drive.changing import changed, check_kind, check_type
from cjm_sheets.service.drive.folders import called_file, file_of
from cjm_sheets.service.drive.ordering import in_order
from cjm_sheets.service.drive.people import is_mine
from cjm_sheets.service.drive.query import parse_query
from cjm_sheets.service.drive.refusing import (
    forbid,
    invalid_parameter,
    no_drive,
    not_downloadable,
    not_owner,
    out_of_range,
    refuse_field,
)
from cjm_sheets.service.drive.resources import BASIC, file_json
from cjm_sheets.service.drive.shapes import FILE, FILE_LIST, GENERATED_IDS
from cjm_sheets.service.refusals import Json, RefusedError, refuse_unsupported
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import FOLDER_TYPE, Draft, new_id

_DEFAULT = default_mask(BASIC)
_LISTING = Listing("drive#fileList", "files", FILE_LIST, _DEFAULT)
_MOST_IDS = 1000
_CORPORA = frozenset({"", "user", "domain", "allDrives"})


def answered(call: Call, file: Json) -> Json:
    """Return the part of a File that a call asks for."""
    mask = mask_of(call, FILE)
    return masked(file_json(call, file), _DEFAULT if mask is None else mask)


def create(call: Call) -> Json:
    """Make a folder, or a spreadsheet with one empty tab."""
    mask_of(call, FILE)
    if check_kind(call.body) != FOLDER_TYPE:
        return answered(call, added(call, empty_spreadsheet("")))
    given = call.body
    file = _described(call, call.store.new_file("Untitled", FOLDER_TYPE))
    if "id" in given:
        file["id"] = _new_identity(call, given["id"])
    call.store.add(Draft(Spreadsheet(file["id"], {"title": file["name"]}), file))
    return answered(call, file)


def _new_identity(call: Call, identity: str) -> str:
    """Return an id that the caller chose for a folder, as ``generateIds`` gave it."""
    if any(file["id"] == identity for file in call.store.files()):
        message = "A file already exists with the provided ID."
        forbid(message, "fileIdInUse")
    return identity


def added(call: Call, book: Spreadsheet, name: str = "Untitled spreadsheet") -> Json:
    """Store a new spreadsheet with the name and all else that a body gives; return its File."""
    file = _described(call, call.store.new_file(name))
    book.id = file["id"]
    book.properties = book.properties | {"title": file["name"]}
    call.store.add(Draft(book, file))
    return file


def _described(call: Call, new: Json) -> Json:
    given = call.body
    file = changed(new, given | {"name": given.get("name") or new["name"]})
    for name in ("createdTime", "modifiedTime"):
        file[name] = file[name] if name in given else new[name]
    parents = given.get("parents") or new.get("parents") or [folders.ROOT]
    return file | {"parents": folders.checked_parents(call.store, parents)}


def get(call: Call) -> Json:
    """Return a File."""
    if call.one("alt") == "media":
        called_file(call)
        raise not_downloadable()
    return answered(call, called_file(call))


def update(call: Call) -> Json:
    """Change the name, the properties, the parents or the marks of a File."""
    mask_of(call, FILE)
    old = _changeable(call)
    check_type(old, call.body)
    if "parents" in call.body:
        detail = "The parents field is not directly writable in update requests."
        refuse_field(
            "parents", f"{detail} Use the addParents and removeParents parameters instead."
        )
    if "id" in call.body and call.body["id"] != old["id"]:
        refuse_field("id")
    with call.store.filing(old["id"]) as file:
        new = _updated(call, dict(file))
        file.clear()
        file.update(new)
    return answered(call, new)


def _updated(call: Call, file: Json) -> Json:
    new = changed(file, call.body)
    added_, removed = (_names(call, name) for name in ("addParents", "removeParents"))
    if added_ or removed:
        new["parents"] = folders.moved(call.store, file, added_, removed)
    return new


def _names(call: Call, name: str) -> list[str]:
    return [text.strip() for text in call.one(name).split(",") if text.strip()]


def _changeable(call: Call) -> Json:
    """Return the File that a call names, if it is one that can be changed."""
    file = called_file(call)
    if file["id"] == folders.ROOT:
        forbid("The root folder cannot be changed.", "cannotModifyRoot")
    return file


def copy(call: Call) -> Json:
    """Make a copy of a spreadsheet; permissions and the application's properties stay behind."""
    mask_of(call, FILE)
    old = called_file(call)
    if folders.is_folder(old):
        forbid("This file cannot be copied by the user.", "cannotCopyFile")
    check_type(old, call.body)
    name = f"Copy of {old['name']}"
    kept = {part: old[part] for part in ("properties", "description") if part in old}
    body = kept | {"parents": folders.parents_of(old)} | call.body
    book = call.store.book(old["id"]).copy()
    return answered(call, added(call.with_content(body, b""), book, name))


def delete(call: Call) -> None:
    """Delete a file for good; with a folder goes all that lies in it."""
    file = _changeable(call)
    if not is_mine(file):
        raise not_owner()
    _remove(call, file)


def _remove(call: Call, file: Json) -> None:
    inside = folders.contents(call.store.files(), file["id"]) if folders.is_folder(file) else []
    for identity in [*reversed(inside), file["id"]]:
        call.store.remove(identity)


def empty_trash(call: Call) -> None:
    """Delete all that was put into the trash for good."""
    for file in call.store.files():
        if file.get("trashed") and is_mine(file):
            try:
                current = file_of(call.store, file["id"])
            except RefusedError:
                continue  # it lay in a folder that went before it
            _remove(call, current)


def list_files(call: Call) -> Json:
    """Return the Files that a search finds, page by page."""
    _check_corpora(call)
    test = parse_query(call.one("q"), lambda file: _words(call, file))
    files = folders.with_trash(call.store.files()) if _is_asked_here(call) else []
    found = in_order([file for file in files if test(file)], call.one("orderBy"))
    answer = page(call, _LISTING, found, lambda file: file_json(call, file))
    mask = mask_of(call, FILE_LIST)
    extra: Json = {"incompleteSearch": False}
    return answer | (extra if not mask or "incompleteSearch" in mask else {})


def _is_asked_here(call: Call) -> bool:
    """Say whether the files of the service are asked for, and not those of an application."""
    spaces = set(_names(call, "spaces")) or {"drive"}
    if spaces - {"drive", "appDataFolder", "photos"}:
        raise invalid_parameter("spaces")
    return "drive" in spaces


def _check_corpora(call: Call) -> None:
    corpora = call.one("corpora")
    drive = call.one("driveId") or call.one("teamDriveId")
    if drive:
        raise no_drive(drive)
    if corpora not in _CORPORA:
        raise invalid_parameter("corpora")


def _words(call: Call, file: Json) -> str:
    """Return all that can be read in a file, for searches in full text."""
    parts = [file["name"], file.get("description", "")]
    if not folders.is_folder(file):
        for sheet in call.store.book(file["id"]).sheets:
            parts.append(sheet.title)
            values = (cell.get("userEnteredValue", {}) for _, _, cell in sheet.cells())
            parts += [str(part) for value in values for part in value.values()]
    return "\n".join(parts)


def generate_ids(call: Call) -> Json:
    """Return ids that folders can be made with."""
    text = call.one("count") or "10"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_IDS):
        raise out_of_range("count", text, _MOST_IDS)
    if call.one("space") not in {"", "drive"}:
        refuse_unsupported(f"the space {call.one('space')}")
    ids = [new_id() for _ in range(int(text))]
    answer: Json = {"kind": "drive#generatedIds", "space": "drive", "ids": ids}
    return masked(answer, mask_of(call, GENERATED_IDS) or {})
