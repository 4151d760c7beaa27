"""Decides how files lie in folders: whose parent a folder is, what is in the trash with it."""

from collections.abc import Iterable, Iterator, Mapping

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.refusing import bad_part, forbid, missing
from cjm_sheets.service.refusals import Json, RefusedError
from cjm_sheets.service.store_sqlite import FOLDER_TYPE, Store

ROOT = "root"
_ROOT_FILE: Json = {
    "kind": "drive#file",
    "id": ROOT,
    "name": "My Drive",
    "mimeType": FOLDER_TYPE,
    "createdTime": "2020-01-01T00:00:00.000Z",
    "modifiedTime": "2020-01-01T00:00:00.000Z",
    "version": "1",
    "trashed": False,
    "permissions": [],
    "parents": [],
}


def is_folder(file: Json) -> bool:
    """Say whether a File is a folder."""
    return bool(file["mimeType"] == FOLDER_TYPE)


def parents_of(file: Json) -> list[str]:
    """Return the ids of the folders that a File lies in."""
    parents: list[str] = file.get("parents", [ROOT])
    return parents


def file_of(store: Store, file_id: str) -> Json:
    """Return a File, or the folder in which all others lie."""
    if file_id == ROOT:
        return _ROOT_FILE
    try:
        return store.file(file_id)
    except RefusedError:
        raise missing("File", file_id, "fileId") from None


def called_file(call: Call) -> Json:
    """Return the File that a call names in its path."""
    return file_of(call.store, call.path["file_id"])


def checked_parents(store: Store, parents: Iterable[str]) -> list[str]:
    """Return the ids of folders that files can be put in; at most one."""
    found = list(dict.fromkeys(parents))
    for parent in found:
        if not is_folder(file_of(store, parent)):
            raise bad_part("file", "parents")
    if len(found) > 1:
        message = "A file cannot be in more than one folder."
        forbid(message, "multipleParentsInsertion")
    return found


def moved(store: Store, file: Json, added: list[str], removed: list[str]) -> list[str]:
    """Return the parents of a File that is put into some folders and taken out of others."""
    old = parents_of(file)
    kept = [parent for parent in old if parent not in removed]
    new = list(dict.fromkeys([*kept, *added]))
    if len(new) > max(1, len(old)):
        forbid("Increasing the number of parents is not allowed", "cannotAddParent")
    for parent in added:
        if not is_folder(file_of(store, parent)):
            raise bad_part("file", "parents")
        if file["id"] in _above(store, parent):
            message = "A folder cannot be put into itself or into a folder that lies in it."
            forbid(message, "cyclicalParents")
    return new


def _above(store: Store, file_id: str) -> Iterator[str]:
    """Yield a file and every folder above it."""
    seen: set[str] = set()
    left = [file_id]
    while left:
        here = left.pop()
        if here in seen:
            continue
        seen.add(here)
        yield here
        try:
            left += parents_of(file_of(store, here))
        except RefusedError:
            continue


def is_in_trash(store: Store, file: Json) -> bool:
    """Say whether a File, or a folder above it, was put into the trash."""
    if file.get("trashed"):
        return True
    above = (place for parent in parents_of(file) for place in _above(store, parent))
    return any(_is_trashed(store, place) for place in above)


def _is_trashed(store: Store, file_id: str) -> bool:
    try:
        return bool(file_of(store, file_id).get("trashed"))
    except RefusedError:
        return False


def with_trash(files: Iterable[Json]) -> list[Json]:
    """Return Files, each with ``explicitlyTrashed``, and ``trashed`` as its folders have it."""
    listed = list(files)
    by_id = {file["id"]: file for file in listed}
    known: dict[str, bool] = {}
    return [
        file
        | {
            "trashed": _looked_up(file["id"], by_id, known),
            "explicitlyTrashed": bool(file.get("trashed")),
        }
        for file in listed
    ]


def _looked_up(file_id: str, by_id: Mapping[str, Json], known: dict[str, bool]) -> bool:
    """Say whether a file is in the trash; the folders above it are remembered."""
    if file_id not in known:
        known[file_id] = False  # ends a circle, should there be one
        file = by_id.get(file_id)
        known[file_id] = file is not None and (
            bool(file.get("trashed"))
            or any(_looked_up(parent, by_id, known) for parent in parents_of(file))
        )
    return known[file_id]


def contents(files: Iterable[Json], folder: str) -> list[str]:
    """Return the ids of all that lies in a folder, at any depth."""
    inside: dict[str, list[str]] = {}
    for file in files:
        for parent in parents_of(file):
            inside.setdefault(parent, []).append(file["id"])
    found: list[str] = []
    left = [folder]
    while left:
        below = [each for each in inside.get(left.pop(), []) if each not in found]
        found += below
        left += below
    return found
