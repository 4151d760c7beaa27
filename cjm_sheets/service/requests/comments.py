"""Decides what the requests about comments on cells do: a thread is kept with its anchor.

Replies and changes of what was said are refused as not supported; Drive's methods have those.
"""

import secrets

from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.spreadsheet import Spreadsheet

_KIND, _THREAD = "commentAnchors", "thread"
"""Where threads are kept: answers show them among the comments of the spreadsheet instead."""
_BYTES = 8


@handles("insertComment", "content", "coordinate")
def insert_comment(book: Spreadsheet, request: Json) -> Json:
    """Begin a thread on a cell."""
    place, content = request.get("coordinate", {}), request.get("content", "")
    if not content:
        refuse("A comment needs content.")
    sheet = book.grid(place.get("sheetId", 0))
    row, column = place.get("rowIndex", 0), place.get("columnIndex", 0)
    range_ = {
        "sheetId": sheet.id, "startRowIndex": row, "endRowIndex": row + 1,
        "startColumnIndex": column, "endColumnIndex": column + 1,
    }  # fmt: skip
    book.box(range_)
    identity, anchor = secrets.token_hex(_BYTES), secrets.token_hex(_BYTES)
    thread: Json = {
        "commentId": identity,
        "anchorId": anchor,
        "headPost": {"postId": identity, "content": content},
        "status": "OPEN",
    }
    kept = {"anchorId": anchor, "range": range_, _THREAD: thread}
    sheet.objects[_KIND] = [*sheet.listed(_KIND), kept]
    return {"commentThread": thread}


@handles("deleteComment", "commentId")
def delete_comment(book: Spreadsheet, request: Json) -> Json:
    """Take a thread away."""
    identity = request.get("commentId", "")
    for sheet in book.sheets:
        left = [item for item in sheet.listed(_KIND) if item[_THREAD]["commentId"] != identity]
        if len(left) < len(sheet.listed(_KIND)):
            sheet.objects[_KIND] = left
            return {}
    return refuse(f"No comment with id: {identity}")
