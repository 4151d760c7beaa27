"""Decides what the methods on comments and their replies answer; they are kept in the File."""

from collections.abc import Callable
from html import escape

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.answers import (
    Listing,
    default_mask,
    masked,
    needed_mask,
    page,
)
from cjm_sheets.service.drive.folders import ROOT, called_file
from cjm_sheets.service.drive.people import ME
from cjm_sheets.service.drive.refusing import bad_part, missing, required_part
from cjm_sheets.service.drive.shapes import (
    COMMENT,
    COMMENT_LIST,
    REPLY,
    REPLY_LIST,
    Shape,
    check_names,
)
from cjm_sheets.service.refusals import Json, refuse_unsupported
from cjm_sheets.service.store_sqlite import new_id, timestamp

_COMMENTS = Listing(
    "drive#commentList", "comments", COMMENT_LIST, default_mask("id"), size=20, most=100
)
_REPLIES = Listing("drive#replyList", "replies", REPLY_LIST, default_mask("id"), size=20, most=100)
_ACTIONS = {"resolve": True, "reopen": False}
_MOST_TEXT = 4096


def _kept(file: Json) -> list[Json]:
    comments: list[Json] = file.get("comments", [])
    return comments


def _found(items: list[Json], wanted: str, what: str, *, deleted: bool = False) -> Json:
    for item in items:
        if item["id"] == wanted and (deleted or not item["deleted"]):
            return item
    raise missing(what, wanted, f"{what.lower()}Id")


def _comment(call: Call, file: Json, *, deleted: bool = False) -> Json:
    return _found(_kept(file), call.path["comment_id"], "Comment", deleted=deleted)


def _reply(call: Call, comment: Json, *, deleted: bool = False) -> Json:
    return _found(comment["replies"], call.path["reply_id"], "Reply", deleted=deleted)


def _said(given: Json, shape: Shape, what: str, *, may_be_empty: bool = False) -> Json:
    """Return the text of a body, as it is and as HTML."""
    check_names(given, shape)
    for name in ("assigneeEmailAddress", "mentionedEmailAddresses"):
        if name in given:
            refuse_unsupported(f"{name} of a {what}")
    text = given.get("content", "")
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        raise bad_part(what, "content")
    if not text and not may_be_empty:
        raise required_part(what, "content")
    return {"content": text, "htmlContent": escape(text)} if text else {}


def _new(kind: str) -> Json:
    now = timestamp()
    return {
        "kind": f"drive#{kind}",
        "id": new_id()[:11],
        "createdTime": now,
        "modifiedTime": now,
        "author": ME,
        "deleted": False,
    }


def _without_words(item: Json) -> Json:
    kept = {name: part for name, part in item.items() if name not in {"content", "htmlContent"}}
    return kept | {"deleted": True, "modifiedTime": timestamp()}


def _change(call: Call, change: Callable[[Json], Json]) -> Json:
    """Replace the comment that a call names by what a function makes of it; return that."""
    with call.store.filing(call.path["file_id"]) as file:
        new = change(_comment(call, file))
        file["comments"] = [new if item["id"] == new["id"] else item for item in _kept(file)]
    return new


def _visible(comment: Json, *, deleted: bool) -> Json:
    replies = [reply for reply in comment["replies"] if deleted or not reply["deleted"]]
    return comment | {"replies": replies}


def list_comments(call: Call) -> Json:
    """Return the comments of a file, the one changed last first."""
    needed_mask(call, COMMENT_LIST)
    deleted, since = call.flag("includeDeleted"), call.one("startModifiedTime")
    found = [
        _visible(item, deleted=deleted)
        for item in _kept(called_file(call))
        if (deleted or not item["deleted"]) and item["modifiedTime"] >= since
    ]
    found.sort(key=lambda item: str(item["modifiedTime"]), reverse=True)
    return page(call, _COMMENTS, found, lambda item: item)


def get_comment(call: Call) -> Json:
    """Return a comment with its replies."""
    mask = needed_mask(call, COMMENT)
    deleted = call.flag("includeDeleted")
    found = _comment(call, called_file(call), deleted=deleted)
    return masked(_visible(found, deleted=deleted), mask)


def create_comment(call: Call) -> Json:
    """Write a comment."""
    mask = needed_mask(call, COMMENT)
    said = _said(call.body, COMMENT, "comment")
    extra = {name: call.body[name] for name in ("anchor", "quotedFileContent") if name in call.body}
    comment = _new("comment") | said | extra | {"resolved": False, "replies": []}
    if called_file(call)["id"] == ROOT:
        refuse_unsupported("comments on the root folder")
    with call.store.filing(call.path["file_id"]) as file:
        file["comments"] = [*_kept(file), comment]
    return masked(comment, mask)


def update_comment(call: Call) -> Json:
    """Change what a comment says."""
    mask = needed_mask(call, COMMENT)
    said = _said(call.body, COMMENT, "comment") | {"modifiedTime": timestamp()}
    called_file(call)
    return masked(_visible(_change(call, lambda comment: comment | said), deleted=False), mask)


def delete_comment(call: Call) -> None:
    """Take a comment away; that it was there stays."""
    called_file(call)
    _change(call, _without_words)


def list_replies(call: Call) -> Json:
    """Return the replies to a comment, the first one first."""
    needed_mask(call, REPLY_LIST)
    deleted = call.flag("includeDeleted")
    comment = _comment(call, called_file(call), deleted=deleted)
    return page(call, _REPLIES, _visible(comment, deleted=deleted)["replies"], lambda item: item)


def get_reply(call: Call) -> Json:
    """Return a reply."""
    mask = needed_mask(call, REPLY)
    deleted = call.flag("includeDeleted")
    comment = _comment(call, called_file(call), deleted=deleted)
    return masked(_reply(call, comment, deleted=deleted), mask)


def create_reply(call: Call) -> Json:
    """Write a reply, which may resolve the comment or open it again."""
    mask = needed_mask(call, REPLY)
    action = call.body.get("action")
    if action is not None and action not in _ACTIONS:
        raise bad_part("reply", "action")
    said = _said(call.body, REPLY, "reply", may_be_empty=action is not None)
    reply = _new("reply") | said | ({"action": action} if action else {})
    called_file(call)

    def answered(comment: Json) -> Json:
        changed = {"replies": [*comment["replies"], reply], "modifiedTime": reply["createdTime"]}
        return comment | changed | ({"resolved": _ACTIONS[action]} if action else {})

    _change(call, answered)
    return masked(reply, mask)


def update_reply(call: Call) -> Json:
    """Change what a reply says."""
    mask = needed_mask(call, REPLY)
    said = _said(call.body, REPLY, "reply") | {"modifiedTime": timestamp()}
    return masked(_change_reply(call, lambda reply: reply | said), mask)


def delete_reply(call: Call) -> None:
    """Take a reply away; that it was there stays."""
    _change_reply(call, _without_words)


def _change_reply(call: Call, change: Callable[[Json], Json]) -> Json:
    called_file(call)
    made: list[Json] = []

    def with_reply(comment: Json) -> Json:
        new = change(_reply(call, comment))
        made.append(new)
        replies = [new if item["id"] == new["id"] else item for item in comment["replies"]]
        return comment | {"replies": replies, "modifiedTime": timestamp()}

    _change(call, with_reply)
    return made[0]
