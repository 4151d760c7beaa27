"""Decides what a link to one map is: a random token with a role, kept as a hash, and revocable."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from cjm_sheets.service.page.shelf import Shelf
from cjm_sheets.service.refusals import Json, not_found, refuse

READ, EDIT = "read", "edit"
_LONGEST = 60
_MOST = 100
"""Links of one map: more are a mistake of a program."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was made for somebody: to which map, as whom, and what they may do."""

    id: str
    file_id: str
    role: str
    name: str


def make(shelf: Shelf, file_id: str, role: str, name: str) -> Json:
    """Make a link; the answer alone has its token, which nobody can ask for again."""
    if role not in {READ, EDIT}:
        refuse(f"A link has the role {READ} or {EDIT}.")
    if len(shelf.rows("select id from links where file_id = ?", file_id)) >= _MOST:
        refuse(f"A map has at most {_MOST} links.", HTTPStatus.CONFLICT)
    token, id_ = secrets.token_urlsafe(24), secrets.token_hex(8)
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    with shelf.writing() as database:
        database.execute(
            "insert into links (id, file_id, role, name, hash, created) values (?, ?, ?, ?, ?, ?)",
            (id_, file_id, role, " ".join(name.split())[:_LONGEST], _hash(token), now),
        )
    return {"id": id_, "token": token}


def found(shelf: Shelf, token: str) -> Link | None:
    """Return the link that a token belongs to, None for one that is unknown or revoked."""
    if not token:
        return None
    query = "select id, file_id, role, name from links where hash = ?"
    rows = shelf.rows(query, _hash(token))
    return Link(*rows[0]) if rows else None


def listed(shelf: Shelf, file_id: str) -> list[Json]:
    """Return the links of a map, without their tokens, the latest first."""
    query = "select id, role, name, created from links where file_id = ? order by rowid desc"
    names = ("id", "role", "name", "created")
    return [dict(zip(names, row, strict=True)) for row in shelf.rows(query, file_id)]


def revoke(shelf: Shelf, file_id: str, id_: str) -> None:
    """Let a link lead nowhere from now on."""
    with shelf.writing() as database:
        gone = database.execute("delete from links where id = ? and file_id = ?", (id_, file_id))
    if not gone.rowcount:
        raise not_found()


def _hash(token: str) -> str:
    """Return what is kept of a token; it is long and random, so that one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
