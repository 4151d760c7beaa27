"""Decides which requests to Drive say who may open a shared copy.

Who gets access hears of it by e-mail, from Google, which writes to everybody who has no account.
"""

from typing import Any

from cjm_sheets.adapters.gsheets.transport import GOOGLE_DRIVE, Transport
from cjm_sheets.ports.permissions import ANYONE, Access, Role

_FIELDS = "id,type,role,emailAddress,domain"
_EVERYWHERE = {"supportsAllDrives": "true"}  # a shared copy may lie in a team's drive


class DrivePermissions:
    """Who may open one spreadsheet."""

    def __init__(self, transport: Transport, spreadsheet: str) -> None:
        self._transport = transport
        self._url = f"{GOOGLE_DRIVE}/drive/v3/files/{spreadsheet}/permissions"

    def listed(self) -> tuple[Access, ...]:
        """Return all who may open it, page by page."""
        params = {**_EVERYWHERE, "fields": f"nextPageToken,permissions({_FIELDS})"}
        found: list[Access] = []
        while True:
            answer = self._transport.request("get", self._url, params=params).json()
            found += map(_access, answer.get("permissions", ()))
            if "nextPageToken" not in answer:
                return tuple(found)
            params = {**params, "pageToken": answer["nextPageToken"]}

    def give(self, who: str, role: Role) -> None:
        """Let an e-mail address, or anyone, open it."""
        body = {"type": ANYONE, "role": role}
        if who != ANYONE:
            body = {"type": "user", "role": role, "emailAddress": who}
        self._transport.request("post", self._url, params={**_EVERYWHERE}, json=body)

    def change(self, access: Access, role: Role) -> None:
        """Let somebody who may open it already do something else."""
        url = f"{self._url}/{access.id}"
        self._transport.request("patch", url, params={**_EVERYWHERE}, json={"role": role})

    def take(self, access: Access) -> None:
        """Let somebody open it no more."""
        self._transport.request("delete", f"{self._url}/{access.id}", params={**_EVERYWHERE})


def _access(answer: dict[str, Any]) -> Access:
    """Return who is meant by a permission of Drive's."""
    who = answer.get("emailAddress") or answer.get("domain") or answer.get("type", "")
    return Access(answer["id"], str(who), str(answer.get("role", "")))
