"""Decides what the methods on permissions answer; whom a file is shared with is only noted."""

from datetime import datetime

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.answers import Listing, default_mask, mask_of, masked, page
from cjm_sheets.service.drive.folders import ROOT, called_file
from cjm_sheets.service.drive.people import EMAIL, ME, all_permissions, identity, is_mine
from cjm_sheets.service.drive.refusing import (
    DriveRefusedError,
    bad_part,
    forbid,
    missing,
    not_owner,
    refuse_field,
    required_part,
)
from cjm_sheets.service.drive.shapes import PERMISSION, PERMISSION_LIST, check_names
from cjm_sheets.service.refusals import Json, refuse_unsupported

_DEFAULT = default_mask("kind id type role")
_LISTING = Listing("drive#permissionList", "permissions", PERMISSION_LIST, _DEFAULT, most=100)
_ROLES = frozenset({"owner", "writer", "commenter", "reader"})
_SHARED_DRIVE_ROLES = frozenset({"organizer", "fileOrganizer"})
_WITH_ADDRESS = frozenset({"user", "group"})
_TYPES = _WITH_ADDRESS | {"domain", "anyone"}
_CHANGEABLE = frozenset({"role", "expirationTime", "pendingOwner"})
_KNOWN = {*PERMISSION, "withLink"}  # gspread sends a name of Drive 2, which Drive 3 passes over
_SET_BY_SERVICE = frozenset({"kind", "id", "displayName", "photoLink", "deleted"})


def _answered(call: Call, permission: Json) -> Json:
    mask = mask_of(call, PERMISSION)
    return masked(permission, _DEFAULT if mask is None else mask)


def _found(file: Json, permission_id: str) -> Json:
    wanted = ME["permissionId"] if permission_id == "me" else permission_id
    for permission in all_permissions(file):
        if permission["id"] == wanted:
            return permission
    raise missing("Permission", permission_id, "permissionId")


def list_permissions(call: Call) -> Json:
    """Return who a file is shared with."""
    found = all_permissions(called_file(call))
    return page(call, _LISTING, found, lambda permission: permission)


def get(call: Call) -> Json:
    """Return one permission."""
    return _answered(call, _found(called_file(call), call.path["permission_id"]))


def create(call: Call) -> Json:
    """Note that a file is shared; nothing leaves this machine, no mail is sent."""
    mask_of(call, PERMISSION)
    permission = _described(call)
    file = called_file(call)
    if file["id"] == ROOT:
        forbid("The root folder cannot be shared.", "cannotShareRootFolder")
    if permission["id"] == ME["permissionId"]:
        return _answered(call, _found(file, "me"))
    _put(call, permission)
    return _answered(call, permission)


def _described(call: Call) -> Json:
    """Return the permission that a body describes."""
    given = call.body
    check_names(given, _KNOWN)
    for name in ("type", "role"):
        if not given.get(name):
            raise required_part("permission", name)
    kind = given["type"]
    if kind not in _TYPES:
        raise bad_part("permission", "type")
    whom = _whom(kind, given)
    permission: Json = {
        "kind": "drive#permission",
        "type": kind,
        "role": _role(call, kind, given["role"]),
    }
    if kind in _WITH_ADDRESS:
        permission |= {"deleted": False, "pendingOwner": bool(given.get("pendingOwner"))}
    else:
        permission["allowFileDiscovery"] = bool(given.get("allowFileDiscovery"))
    if "view" in given:
        refuse_unsupported("permissions for a view")
    return permission | whom | _expiry(kind, given)


def _whom(kind: str, given: Json) -> Json:
    """Return the id of a permission, and the parts that say whom it is for."""
    if kind == "anyone":
        found = bool(given.get("allowFileDiscovery"))
        return {"id": "anyone" if found else "anyoneWithLink"}
    if kind == "domain":
        domain = given.get("domain")
        if not domain:
            raise required_part("permission", "domain")
        return {"id": f"{identity(domain)}k", "domain": domain, "displayName": domain}
    address = given.get("emailAddress")
    if not address:
        raise required_part("permission", "emailAddress")
    if not isinstance(address, str) or "@" not in address:
        raise _no_address()
    name = address.partition("@")[0]
    return {"id": identity(address), "emailAddress": address, "displayName": name}


def _no_address() -> DriveRefusedError:
    message = "The specified emailAddress is invalid or not applicable for the given permission"
    return DriveRefusedError(
        f"{message} type.", "invalid", place=("permission.emailAddress", "other")
    )


def _role(call: Call, kind: str, role: str) -> str:
    """Return a role that somebody can be given."""
    if role in _SHARED_DRIVE_ROLES:
        message = "This role is only for items of shared drives."
        forbid(message, "invalidSharingRequest")
    if role not in _ROLES or (role == "owner" and kind != "user"):
        raise bad_part("permission", "role")
    if role == "owner" and not call.flag("transferOwnership"):
        message = "The transferOwnership parameter must be enabled when the permission role is"
        forbid(f"{message} 'owner'.", "forbidden")
    return role


def _expiry(kind: str, given: Json) -> Json:
    text = given.get("expirationTime")
    if text is None:
        return {}
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise bad_part("permission", "expirationTime") from None
    if kind not in _WITH_ADDRESS:
        raise bad_part("permission", "expirationTime")
    return {"expirationTime": text}


def _put(call: Call, permission: Json) -> None:
    """Keep a permission in the place of an older one for the same; ownership is one person's."""
    with call.store.filing(call.path["file_id"]) as file:
        if permission["role"] == "owner" and not is_mine(file):
            raise not_owner()
        others = [item for item in file["permissions"] if item["id"] != permission["id"]]
        file["permissions"] = [*others, permission]


def update(call: Call) -> Json:
    """Change the role that somebody has, or until when."""
    mask_of(call, PERMISSION)
    given = call.body
    check_names(given, _KNOWN)
    old = _found(called_file(call), call.path["permission_id"])
    for name in given.keys() - _CHANGEABLE - _SET_BY_SERVICE:
        if given[name] != old.get(name):
            refuse_field(name)
    new = old | {"role": _role(call, old["type"], given.get("role") or old["role"])}
    new |= _expiry(old["type"], given)
    if "pendingOwner" in given:
        new["pendingOwner"] = bool(given["pendingOwner"])
    if call.flag("removeExpiration"):
        new.pop("expirationTime", None)
    if old.get("emailAddress") == EMAIL:
        forbid("The owner of a file cannot change their own role.", "cannotChangeOwner")
    _put(call, new)
    return _answered(call, new)


def delete(call: Call) -> None:
    """Note that a file is shared with one less."""
    permission = _found(called_file(call), call.path["permission_id"])
    if permission["role"] == "owner" or permission["id"] == ME["permissionId"]:
        forbid("The owner of a file cannot be removed.", "cannotRemoveOwner")
    with call.store.filing(call.path["file_id"]) as file:
        file["permissions"] = [
            item for item in file["permissions"] if item["id"] != permission["id"]
        ]
