"""Decides which address of the Drive interface leads to which function, what calls may say."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from cjm_sheets.service.calls import Call, Reply
from cjm_sheets.service.drive import (
    about,
    changes,
    comments,
    exporting,
    files,
    permissions,
    revisions,
    uploads,
)
from cjm_sheets.service.refusals import Json

Function: TypeAlias = Callable[[Call], Json | Reply | None]


class DriveRoute(NamedTuple):
    """One method of the interface; ``is_upload`` says that its body is no JSON."""

    verb: str
    path: str
    function: Function
    is_upload: bool = False


_NAMES = """
acknowledgeAbuse addParents convert copyComments corpora corpus count driveId emailMessage
enforceExpansiveAccess enforceSingleParent exportFormat format gid id ignoreDefaultVisibility
includeCorpusRemovals includeDeleted includeItemsFromAllDrives includeLabels
includePermissionsForView includeRemoved includeTeamDriveItems keepRevisionForever mimeType
moveToNewOwnersRoot ocrLanguage orderBy pageSize pageToken q removeExpiration removeParents
restrictToMyDrive sendNotificationEmail space spaces startModifiedTime supportsAllDrives
supportsTeamDrives teamDriveId token transferOwnership type upload_id
useContentAsIndexableText useDomainAdminAccess
"""
PARAMETERS = frozenset(_NAMES.split())
"""What calls may say beside the standard parameters. Drive passes over one that belongs to another
method, and clients rely on it; one that belongs to no method is a slip, and is refused.
"""
_HERE = "/drive/v3"
_ONE = f"{_HERE}/files/{{file_id}}"
_COMMENT = f"{_ONE}/comments/{{comment_id}}"
_REPLY = f"{_COMMENT}/replies/{{reply_id}}"
_PERMISSION = f"{_ONE}/permissions/{{permission_id}}"
_UPLOAD = f"/upload{_HERE}/files"
_METHODS: tuple[tuple[str, str, Function], ...] = (
    ("GET", f"{_HERE}/about", about.get),
    ("GET", f"{_HERE}/drives", about.list_drives),
    ("GET", f"{_HERE}/drives/{{drive_id}}", about.get_drive),
    ("GET", f"{_HERE}/teamdrives", about.list_team_drives),
    ("GET", f"{_HERE}/teamdrives/{{drive_id}}", about.get_drive),
    ("GET", f"{_HERE}/changes/startPageToken", changes.start),
    ("GET", f"{_HERE}/changes", changes.list_changes),
    ("GET", f"{_HERE}/files", files.list_files),
    ("POST", f"{_HERE}/files", files.create),
    ("GET", f"{_HERE}/files/generateIds", files.generate_ids),
    ("DELETE", f"{_HERE}/files/trash", files.empty_trash),
    ("GET", f"{_ONE}/export", exporting.export),
    ("POST", f"{_ONE}/copy", files.copy),
    ("GET", f"{_ONE}/permissions", permissions.list_permissions),
    ("POST", f"{_ONE}/permissions", permissions.create),
    ("GET", _PERMISSION, permissions.get),
    ("PATCH", _PERMISSION, permissions.update),
    ("DELETE", _PERMISSION, permissions.delete),
    ("GET", f"{_ONE}/comments", comments.list_comments),
    ("POST", f"{_ONE}/comments", comments.create_comment),
    ("GET", _COMMENT, comments.get_comment),
    ("PATCH", _COMMENT, comments.update_comment),
    ("DELETE", _COMMENT, comments.delete_comment),
    ("GET", f"{_COMMENT}/replies", comments.list_replies),
    ("POST", f"{_COMMENT}/replies", comments.create_reply),
    ("GET", _REPLY, comments.get_reply),
    ("PATCH", _REPLY, comments.update_reply),
    ("DELETE", _REPLY, comments.delete_reply),
    ("GET", f"{_ONE}/revisions", revisions.list_revisions),
    ("GET", f"{_ONE}/revisions/{{revision_id}}", revisions.get),
    ("GET", _ONE, files.get),
    ("PATCH", _ONE, files.update),
    ("DELETE", _ONE, files.delete),
    ("GET", "/spreadsheets/d/{file_id}/export", exporting.download),
)
_UPLOADS: tuple[tuple[str, str, Function], ...] = (
    ("POST", _UPLOAD, uploads.create),
    ("PATCH", f"{_UPLOAD}/{{file_id}}", uploads.update),
    ("PUT", _UPLOAD, uploads.resume),
    ("PUT", f"{_UPLOAD}/{{file_id}}", uploads.resume),
    ("PUT", "/upload/drive/v2/files/{file_id}", uploads.update_v2),
)


def drive_routes() -> Iterator[DriveRoute]:
    """Yield the methods of the interface that are answered."""
    for verb, path, function in _METHODS:
        yield DriveRoute(verb, path, function)
    for verb, path, function in _UPLOADS:
        yield DriveRoute(verb, path, function, is_upload=True)
