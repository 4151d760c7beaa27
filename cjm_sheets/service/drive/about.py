"""Decides what Drive tells of itself: who uses it, what it converts; no drive is shared."""

from typing import NoReturn

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.answers import Listing, default_mask, masked, needed_mask, page
from cjm_sheets.service.drive.formats import EXPORTS, IMPORTS, can_export
from cjm_sheets.service.drive.people import ME
from cjm_sheets.service.drive.refusing import no_drive
from cjm_sheets.service.drive.shapes import ABOUT, DRIVE_LIST, TEAM_DRIVE_LIST
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE

_UPLOAD_BYTES = str(64 << 20)
_DRIVES = Listing("drive#driveList", "drives", DRIVE_LIST, default_mask("id"), size=10, most=100)
_TEAM_DRIVES = Listing(
    "drive#teamDriveList", "teamDrives", TEAM_DRIVE_LIST, default_mask("id"), size=10, most=100
)


def get(call: Call) -> Json:
    """Return what is known of the user and of the service."""
    mask = needed_mask(call, ABOUT)
    exports = [kind for kind, suffix in EXPORTS.items() if can_export(call, suffix)]
    imports = [kind for kind, suffix in IMPORTS.items() if can_export(call, suffix)]
    usage = {"usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0"}
    answer: Json = {
        "kind": "drive#about",
        "user": ME,
        "storageQuota": usage,
        "importFormats": {kind: [SPREADSHEET_TYPE] for kind in imports},
        "exportFormats": {SPREADSHEET_TYPE: exports},
        "maxUploadSize": _UPLOAD_BYTES,
        "maxImportSizes": {SPREADSHEET_TYPE: _UPLOAD_BYTES},
        "appInstalled": True,
        "canCreateDrives": False,
        "canCreateTeamDrives": False,
    }
    return masked(answer, mask)


def list_drives(call: Call) -> Json:
    """Return the shared drives: none."""
    return page(call, _DRIVES, (), dict)


def list_team_drives(call: Call) -> Json:
    """Return the shared drives under their old name: none."""
    return page(call, _TEAM_DRIVES, (), dict)


def get_drive(call: Call) -> NoReturn:
    """Refuse to tell of a shared drive, since there is none."""
    raise no_drive(call.path["drive_id"])
