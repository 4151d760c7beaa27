"""Decides which field names Drive's answers have, for the masks of calls."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from cjm_sheets.service.drive.refusing import bad_fields
from cjm_sheets.service.fields import Mask
from cjm_sheets.service.refusals import Json, unknown_name

Shape: TypeAlias = Mapping[str, "Shape | None"]
"""Names and what lies below them; None means that anything may."""


def _leaves(names: str) -> dict[str, Shape | None]:
    return dict.fromkeys(names.split())


USER: Shape = _leaves("displayName emailAddress kind me permissionId photoLink")
PERMISSION: Shape = _leaves(
    "allowFileDiscovery deleted displayName domain emailAddress expirationTime id"
    " inheritedPermissionsDisabled kind pendingOwner permissionDetails photoLink role"
    " teamDrivePermissionDetails type view"
)
FILE: Shape = _leaves(
    "appProperties capabilities clientEncryptionDetails contentHints contentRestrictions"
    " copyRequiresWriterPermission createdTime description downloadRestrictions driveId"
    " explicitlyTrashed exportLinks fileExtension folderColorRgb fullFileExtension"
    " hasAugmentedPermissions hasThumbnail headRevisionId iconLink id imageMediaMetadata"
    " inheritedPermissionsDisabled isAppAuthorized kind labelInfo linkShareMetadata md5Checksum"
    " mimeType modifiedByMe modifiedByMeTime modifiedTime name originalFilename ownedByMe parents"
    " permissionIds properties quotaBytesUsed resourceKey sha1Checksum sha256Checksum shared"
    " sharedWithMeTime shortcutDetails size spaces starred teamDriveId thumbnailLink"
    " thumbnailVersion trashed trashedTime version videoMediaMetadata viewedByMe viewedByMeTime"
    " viewersCanCopyContent webContentLink webViewLink writersCanShare"
) | {
    "lastModifyingUser": USER,
    "owners": USER,
    "permissions": PERMISSION,
    "sharingUser": USER,
    "trashingUser": USER,
}
REPLY: Shape = _leaves(
    "action assigneeEmailAddress content createdTime deleted htmlContent id kind"
    " mentionedEmailAddresses modifiedTime"
) | {"author": USER}
COMMENT: Shape = _leaves(
    "anchor assigneeEmailAddress content createdTime deleted htmlContent id kind"
    " mentionedEmailAddresses modifiedTime resolved"
) | {"author": USER, "quotedFileContent": _leaves("mimeType value"), "replies": REPLY}
REVISION: Shape = _leaves(
    "exportLinks id keepForever kind md5Checksum mimeType modifiedTime originalFilename"
    " publishAuto published publishedLink publishedOutsideDomain size"
) | {"lastModifyingUser": USER}
CHANGE: Shape = _leaves(
    "changeType drive driveId fileId kind removed teamDrive teamDriveId time type"
) | {"file": FILE}
FILE_LIST: Shape = _leaves("incompleteSearch kind nextPageToken") | {"files": FILE}
PERMISSION_LIST: Shape = _leaves("kind nextPageToken") | {"permissions": PERMISSION}
COMMENT_LIST: Shape = _leaves("kind nextPageToken") | {"comments": COMMENT}
REPLY_LIST: Shape = _leaves("kind nextPageToken") | {"replies": REPLY}
REVISION_LIST: Shape = _leaves("kind nextPageToken") | {"revisions": REVISION}
CHANGE_LIST: Shape = _leaves("kind newStartPageToken nextPageToken") | {"changes": CHANGE}
START_TOKEN: Shape = _leaves("kind startPageToken")
DRIVE_LIST: Shape = _leaves("drives kind nextPageToken")
TEAM_DRIVE_LIST: Shape = _leaves("kind nextPageToken teamDrives")
GENERATED_IDS: Shape = _leaves("ids kind space")
ABOUT: Shape = _leaves(
    "appInstalled canCreateDrives canCreateTeamDrives driveThemes exportFormats"
    " folderColorPalette importFormats kind maxImportSizes maxUploadSize teamDriveThemes"
) | {"storageQuota": _leaves("limit usage usageInDrive usageInDriveTrash"), "user": USER}


def check_mask(mask: Mask, shape: Shape) -> None:
    """Refuse a mask that names a field which does not exist."""
    for name, child in mask.items():
        if name not in shape:
            raise bad_fields(name)
        inner = shape[name]
        if inner is not None:
            check_mask(child, inner)


def check_names(given: Json, names: Iterable[str]) -> None:
    """Refuse a body with a field that does not exist."""
    for name in given.keys() - set(names):
        raise unknown_name(name, "")
