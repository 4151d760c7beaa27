"""Decides what a File shows beside what is stored of it: links, owners, capabilities, exports."""

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.folders import is_folder, is_in_trash, parents_of
from cjm_sheets.service.drive.formats import EXPORTS, can_export
from cjm_sheets.service.drive.people import ME, all_permissions, is_mine, owners
from cjm_sheets.service.refusals import Json

BASIC = "kind id name mimeType"
HIDDEN = frozenset({"comments", "revisions"})
"""What is kept in a File and is no part of it for others."""


def file_json(call: Call, file: Json) -> Json:
    """Return a whole File; ``explicitlyTrashed`` in it says that its folders were looked at."""
    permissions = all_permissions(file)
    whole = {name: part for name, part in file.items() if name not in HIDDEN}
    whole |= {
        "parents": parents_of(file),
        "owners": owners(file),
        "ownedByMe": is_mine(file),
        "permissions": permissions,
        "permissionIds": [item["id"] for item in permissions],
        "shared": len(permissions) > 1,
        "starred": bool(file.get("starred")),
        "spaces": ["drive"],
        "capabilities": _capabilities(file),
        "lastModifyingUser": ME,
        "modifiedByMe": True,
        "modifiedByMeTime": file["modifiedTime"],
        "viewedByMe": True,
        "isAppAuthorized": True,
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "quotaBytesUsed": "0",
        "writersCanShare": file.get("writersCanShare", True),
        "copyRequiresWriterPermission": file.get("copyRequiresWriterPermission", False),
        "viewersCanCopyContent": not file.get("copyRequiresWriterPermission", False),
        "webViewLink": _link(call, file),
    }
    if "explicitlyTrashed" not in whole:
        whole["explicitlyTrashed"] = bool(file.get("trashed"))
        whole["trashed"] = is_in_trash(call.store, file)
    if not is_folder(file):
        whole["exportLinks"] = export_links(call, file["id"])
    return {name: part for name, part in whole.items() if part != [] or name == "permissions"}


def _link(call: Call, file: Json) -> str:
    return f"{call.url}/" if is_folder(file) else call.page(file["id"])


def export_links(call: Call, file_id: str) -> dict[str, str]:
    """Return where a spreadsheet can be had in other formats, by content type."""
    address = f"{call.url}/spreadsheets/d/{file_id}/export?format="
    return {kind: address + suffix for kind, suffix in EXPORTS.items() if can_export(call, suffix)}


def _capabilities(file: Json) -> Json:
    mine, folder = is_mine(file), is_folder(file)
    always = dict.fromkeys(
        ("canEdit", "canRename", "canComment", "canShare", "canListChildren", "canTrash"), True
    )
    return always | {
        "canListChildren": folder,
        "canAddChildren": folder,
        "canCopy": not folder,
        "canDownload": not folder,
        "canReadRevisions": not folder,
        "canModifyContent": not folder,
        "canDelete": mine,
        "canUntrash": bool(file.get("trashed")),
    }
