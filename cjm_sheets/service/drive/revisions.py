"""Decides what the methods on revisions answer: when a spreadsheet was changed of late."""

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.answers import Listing, default_mask, mask_of, masked, page
from cjm_sheets.service.drive.folders import called_file, is_folder
from cjm_sheets.service.drive.people import ME
from cjm_sheets.service.drive.refusing import forbid, missing, not_downloadable
from cjm_sheets.service.drive.resources import export_links
from cjm_sheets.service.drive.shapes import REVISION, REVISION_LIST
from cjm_sheets.service.refusals import Json

_DEFAULT = default_mask("kind id mimeType modifiedTime")
_LISTING = Listing("drive#revisionList", "revisions", REVISION_LIST, _DEFAULT, size=200, most=1000)


def list_revisions(call: Call) -> Json:
    """Return the revisions of a spreadsheet that are remembered, the oldest first."""
    return page(call, _LISTING, _revisions(call), lambda revision: revision)


def get(call: Call) -> Json:
    """Return one revision."""
    mask = mask_of(call, REVISION)
    wanted = call.path["revision_id"]
    found = _revisions(call)
    if wanted == "head":
        wanted = found[-1]["id"]
    for revision in found:
        if revision["id"] == wanted:
            if call.one("alt") == "media":
                raise not_downloadable()
            return masked(revision, _DEFAULT if mask is None else mask)
    raise missing("Revision", wanted, "revisionId")


def _revisions(call: Call) -> list[Json]:
    """Return all revisions; what a spreadsheet held is known of the last one alone."""
    file = called_file(call)
    if is_folder(file):
        forbid("The file does not support revisions.", "revisionsNotSupported")
    found: list[Json] = [
        {
            "kind": "drive#revision",
            "id": version,
            "mimeType": file["mimeType"],
            "modifiedTime": time,
            "lastModifyingUser": ME,
            "published": False,
        }
        for version, time in file.get("revisions", [[file["version"], file["modifiedTime"]]])
    ]
    found[-1]["exportLinks"] = export_links(call, file["id"])
    return found
