"""Decides what becomes of a spreadsheet and its File when they are read, changed and removed.

Readers get the last state that is stored and wait for nobody who edits. Edits of one spreadsheet
follow each other; edits of different ones do not wait for each other, save for the disk.
"""

import json
import logging
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from cjm_sheets.service.database import Database, Step, write_parts
from cjm_sheets.service.open_books import ROOM, Locks, OpenBook, OpenBooks
from cjm_sheets.service.pieces import Layout, laid_out, restored
from cjm_sheets.service.refusals import Json, no_spreadsheet, not_found
from cjm_sheets.service.spreadsheet import Spreadsheet

_LOG = logging.getLogger(__name__)
SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"
FOLDER_TYPE = "application/vnd.google-apps.folder"
_KEPT_REVISIONS = 30


@dataclass(slots=True)
class Draft:
    """What a call may change: the spreadsheet, and its File as Drive holds it.

    The spreadsheet of a folder has no tabs. A quiet change is one of the File alone: it makes no
    revision, and the time of the last change stays as it is.
    """

    book: Spreadsheet
    file: Json
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What was stored: ``old`` is None for a new spreadsheet, ``new`` for one that is gone."""

    file_id: str
    old: Spreadsheet | None
    new: Spreadsheet | None


Watcher: TypeAlias = Callable[[Change], None]


class Store:
    """All spreadsheets of a data folder. Safe to use from several threads.

    ``room`` is how much stays in memory, in characters as stored. Raises ``FolderInUseError`` when
    another process has the folder.
    """

    def __init__(self, folder: Path, room: int = ROOM) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._database = Database(folder)
        self._open = OpenBooks(room)
        self._locks = Locks()
        self._files: dict[str, tuple[str, Json]] = {}
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Tell of each change from now on, once it is on the disk, in order.

        The watcher must be quick and not ask the store. It sees the context variables of whoever
        made the change.
        """
        self._watchers.append(watcher)

    def close(self) -> None:
        """Close the database; the store is of no use after that."""
        self._database.close()

    def new_file(self, name: str, kind: str = SPREADSHEET_TYPE) -> Json:
        """Return a File that is not stored yet, with a new id."""
        now = timestamp()
        return {
            "kind": "drive#file",
            "id": new_id(),
            "name": name,
            "mimeType": kind,
            "createdTime": now,
            "modifiedTime": now,
            "version": "0",
            "trashed": False,
            "permissions": [],
            "revisions": [["1", now]],
        }

    def add(self, draft: Draft) -> None:
        """Store a new spreadsheet with its File."""
        with self._locks.holding(draft.file["id"]):
            self._write(draft, None)

    def book(self, file_id: str) -> Spreadsheet:
        """Return a spreadsheet, to be read only; raises ``RefusedError`` for an unknown id."""
        return self._opened(file_id).book

    def file(self, file_id: str) -> Json:
        """Return the File of a spreadsheet; raises ``RefusedError`` for an unknown id."""
        found = self._open.get(file_id)
        text = found.file if found is not None else self._row(file_id)[0]
        content: Json = json.loads(text)
        return content

    def _opened(self, file_id: str) -> OpenBook:
        found = self._open.get(file_id)
        if found is not None:
            return found
        # Whoever edits this spreadsheet holds its lock: no older state can come after a newer one.
        with self._locks.holding(file_id):
            return self._held(file_id)

    def _held(self, file_id: str) -> OpenBook:
        """Return a spreadsheet whose lock is held."""
        found = self._open.get(file_id)
        if found is None:
            found = self._read(file_id)
            self._open.put(file_id, found)
        return found

    def _read(self, file_id: str) -> OpenBook:
        file, head = self._row(file_id)
        query = "select number, text from parts where file_id = ?"
        parts: dict[int, str] = dict(self._database.rows(query, file_id))
        book, layout = restored(head, parts.__getitem__)
        return OpenBook(book, file, layout)

    def _row(self, file_id: str) -> tuple[str, str]:
        query = "select file, head from files where id = ?"
        for file, head in self._database.rows(query, file_id):
            return file, head
        raise not_found()

    def files(self) -> list[Json]:
        """Return all Files, to be read only, the one changed last first."""
        rows = self._database.rows("select id, file from files order by rowid desc")
        known = self._files
        # Of thousands, a few have changed since the last time; the others are not parsed anew.
        files = {file_id: _read_again(text, known.get(file_id)) for file_id, text in rows}
        self._files = files
        found = [file for _, file in files.values()]
        return sorted(found, key=lambda file: str(file["modifiedTime"]), reverse=True)

    @contextmanager
    def editing(self, file_id: str) -> Iterator[Draft]:
        """Give a draft to change; it is kept when the block ends, dropped if it raises."""
        with self._locks.holding(file_id):
            opened = self._held(file_id)
            draft = Draft(opened.book.copy(), json.loads(opened.file))
            title, name = draft.book.properties["title"], draft.file["name"]
            yield draft
            if draft.book.properties["title"] != title:
                draft.file["name"] = draft.book.properties["title"]
            elif draft.file["name"] != name:
                draft.book.properties = draft.book.properties | {"title": draft.file["name"]}
            if not draft.is_quiet:
                _revise(draft)
            self._write(draft, opened)

    @contextmanager
    def filing(self, file_id: str) -> Iterator[Json]:
        """Give the File alone to change: it is changed in place, and quietly."""
        with self.editing(file_id) as draft:
            draft.is_quiet = True
            yield draft.file

    def _write(self, draft: Draft, old: OpenBook | None) -> None:
        file = draft.file
        file_id = str(file["id"])
        file["version"] = str(int(file["version"]) + 1)
        changes = laid_out(draft.book, Layout() if old is None else old.layout)
        opened = OpenBook(draft.book, json.dumps(file), changes.layout)

        def step(connection: sqlite3.Connection) -> None:
            connection.execute(
                "insert into files (id, file, head) values (?, ?, ?)"
                " on conflict (id) do update set file = excluded.file, head = excluded.head",
                (file_id, opened.file, changes.layout.head),
            )
            write_parts(connection, file_id, changes)
            _note(connection, file_id, removed=False)

        def then() -> None:
            self._open.put(file_id, opened)
            self._tell(Change(file_id, None if old is None else old.book, opened.book))

        self._change(step, then)

    def _change(self, step: Step, then: Callable[[], None]) -> None:
        # What follows may run in the thread of somebody whose change is written together with this.
        context = copy_context()
        self._database.change(step, lambda: context.run(then))

    def _tell(self, change: Change) -> None:
        for watcher in self._watchers:
            try:
                watcher(change)
            except Exception:  # noqa: BLE001  a change is stored, whatever becomes of the news of it
                _LOG.exception("A watcher failed on a change of %s", change.file_id)

    def remove(self, file_id: str) -> None:
        """Delete a spreadsheet for good; raises ``RefusedError`` for an unknown id."""

        def step(connection: sqlite3.Connection) -> None:
            connection.execute("delete from files where id = ?", (file_id,))
            connection.execute("delete from parts where file_id = ?", (file_id,))
            _note(connection, file_id, removed=True)

        def then() -> None:
            self._open.drop(file_id)
            self._tell(Change(file_id, opened.book, None))

        with self._locks.holding(file_id):
            opened = self._held(file_id)
            self._change(step, then)

    def last_change(self) -> int:
        """Return the number of the latest change; 0 before the first."""
        ((number,),) = self._database.rows("select max(number) from changes")
        return int(number or 0)

    def changes_from(self, number: int, most: int) -> list[tuple[int, str, str, bool]]:
        """Return (number, file id, time, removed) of changes, the latest of each file, in order."""
        query = (
            "select max(number), file_id, time, removed from changes where number >= ?"
            " group by file_id order by 1 limit ?"
        )
        rows = self._database.rows(query, number, most)
        return [(int(row[0]), row[1], row[2], bool(row[3])) for row in rows]


def _read_again(text: str, known: tuple[str, Json] | None) -> tuple[str, Json]:
    return known if known is not None and known[0] == text else (text, json.loads(text))


def _note(connection: sqlite3.Connection, file_id: str, *, removed: bool) -> None:
    connection.execute(
        "insert into changes (file_id, time, removed) values (?, ?, ?)",
        (file_id, timestamp(), removed),
    )


def _revise(draft: Draft) -> None:
    """Note in the File that its spreadsheet was changed; the latest such times are kept."""
    file = draft.file
    if file["mimeType"] == FOLDER_TYPE:
        raise no_spreadsheet()
    file["modifiedTime"] = timestamp()
    revision = [str(int(file["version"]) + 1), file["modifiedTime"]]
    file["revisions"] = [*file.get("revisions", []), revision][-_KEPT_REVISIONS:]


def new_id() -> str:
    """Return a random id of a file."""
    return "1" + secrets.token_urlsafe(33)[:43]


def timestamp() -> str:
    """Return the present time as Drive writes it."""
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
