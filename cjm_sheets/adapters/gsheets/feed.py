"""Decides how Drive is asked which spreadsheets changed: one request, whatever there is of them."""

from typing import Any

from cjm_sheets.adapters.gsheets.transport import GOOGLE_DRIVE, Transport
from cjm_sheets.ports.feed import Change

_CHANGES = f"{GOOGLE_DRIVE}/drive/v3/changes"
_PAGE = 1000
"""Changes that Drive tells at once, at the most."""
_FILE = "file(version,lastModifyingUser(me))"
_FIELDS = f"nextPageToken,newStartPageToken,changes(fileId,removed,{_FILE})"


class DriveFeed:
    """The change log of an account, with what is shared with it in shared drives."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def start(self) -> str:
        """Return the place in the log at which changes to come begin."""
        asked = {"supportsAllDrives": "true", "fields": "startPageToken"}
        return str(self._get("/startPageToken", asked)["startPageToken"])

    def since(self, place: str) -> tuple[tuple[Change, ...], str]:
        """Return the changes since a place, and the place at which those to come begin."""
        found: list[Change] = []
        while True:
            answer = self._get("", {
                "pageToken": place,
                "pageSize": str(_PAGE),
                "includeItemsFromAllDrives": "true",
                "supportsAllDrives": "true",
                "fields": _FIELDS,
            })  # fmt: skip
            found += map(_change, answer.get("changes", ()))
            place = str(answer.get("nextPageToken", ""))
            if not place:
                return tuple(found), str(answer["newStartPageToken"])

    def _get(self, path: str, params: dict[str, str]) -> dict[str, Any]:
        answer: dict[str, Any] = self._transport.request(
            "get", _CHANGES + path, params=params
        ).json()
        return answer


def _change(told: dict[str, Any]) -> Change:
    file = told.get("file", {})
    by_us = bool(file.get("lastModifyingUser", {}).get("me"))
    return Change(str(told["fileId"]), int(file.get("version", -1)), by_us)
