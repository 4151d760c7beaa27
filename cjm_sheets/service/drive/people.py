"""Decides who the people of the service are: its user, and whom files are shared with."""

import hashlib

from cjm_sheets.service.refusals import Json

EMAIL = "owner@localhost"
_ID_DIGITS = 20


def identity(text: str) -> str:
    """Return the permission id that stands for an address: the same one in every file."""
    return str(int(hashlib.sha256(text.casefold().encode()).hexdigest(), 16))[:_ID_DIGITS]


ME: Json = {
    "kind": "drive#user",
    "displayName": "Local user",
    "me": True,
    "permissionId": identity(EMAIL),
    "emailAddress": EMAIL,
}


def all_permissions(file: Json) -> list[Json]:
    """Return who may do what with a File: first the user of the service, then the others."""
    others: list[Json] = file["permissions"]
    mine: Json = {
        "kind": "drive#permission",
        "id": ME["permissionId"],
        "type": "user",
        "role": "owner" if is_mine(file) else "writer",
        "emailAddress": EMAIL,
        "displayName": ME["displayName"],
        "deleted": False,
        "pendingOwner": False,
    }
    return [mine, *others]


def is_mine(file: Json) -> bool:
    """Say whether the user of the service owns a File; it can be given away."""
    return all(permission["role"] != "owner" for permission in file["permissions"])


def owners(file: Json) -> list[Json]:
    """Return the owners of a File as users."""
    given = [item for item in file["permissions"] if item["role"] == "owner"]
    return [_user(item) for item in given] or [ME]


def _user(permission: Json) -> Json:
    return {
        "kind": "drive#user",
        "displayName": permission["displayName"],
        "me": False,
        "permissionId": permission["id"],
        "emailAddress": permission["emailAddress"],
    }


def addresses(file: Json, *roles: str) -> set[str]:
    """Return the addresses, in lower case, of those who have one of some roles, and ``me``."""
    found = [item for item in all_permissions(file) if item["role"] in roles]
    mails = {item["emailAddress"].casefold() for item in found if "emailAddress" in item}
    return mails | ({"me"} if EMAIL in mails else set())
