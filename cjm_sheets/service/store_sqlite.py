"""Decides how spreadsheets and their files are kept: JSON in SQLite, a transaction a call."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cjm_sheets.service.refusals import Json, no_spreadsheet, not_found
from cjm_sheets.service.spreadsheet import Spreadsheet

SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"
FOLDER_TYPE = "application/vnd.google-apps.folder"
_KEPT_REVISIONS = 30
_LOCK_SECONDS = 1.0
_TABLES = """
begin immediate;
create table if not exists files (id text primary key, file text not null, book text not null);
create table if not exists changes (
    number integer primary key autoincrement,
    file_id text not null,
    time text not null,
    removed integer not null
);
commit;
"""


@dataclass(slots=True)
class Draft:
    """What a call may change: the spreadsheet, and its File as Drive holds it.

    The spreadsheet of a folder has no tabs. A quiet change is one of the File alone: it makes no
    revision, and the time of the last change stays as it is.
    """

    book: Spreadsheet
    file: Json
    is_quiet: bool = False


class FolderInUseError(OSError):
    """Another running service holds the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another service is running on the data folder {folder}.")


def _opened(folder: Path) -> sqlite3.Connection:
    """Return the database, locked for this process: two services would undo each other's work."""
    path = folder / "service.sqlite"
    connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, check_same_thread=False)
    try:
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.executescript(_TABLES)
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise FolderInUseError(folder) from error
        raise
    return connection


class Store:
    """All spreadsheets of a data folder. Safe to use from several threads.

    Raises ``FolderInUseError`` when another process has the folder.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._books: dict[str, Spreadsheet] = {}
        self._connection = _opened(folder)

    def close(self) -> None:
        """Close the database; the store is of no use after that."""
        with self._lock:
            self._connection.close()

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
        with self._lock:
            self._write(draft)

    def book(self, file_id: str) -> Spreadsheet:
        """Return a spreadsheet, to be read only; raises ``RefusedError`` for an unknown id."""
        with self._lock:
            found = self._books.get(file_id)
            if found is None:
                found = self._books[file_id] = Spreadsheet.restored(self._row(file_id, "book"))
            return found

    def file(self, file_id: str) -> Json:
        """Return the File of a spreadsheet; raises ``RefusedError`` for an unknown id."""
        with self._lock:
            return self._row(file_id, "file")

    def _row(self, file_id: str, column: str) -> Json:
        query = {
            "book": "select book from files where id = ?",
            "file": "select file from files where id = ?",
        }[column]
        row = self._connection.execute(query, (file_id,)).fetchone()
        if row is None:
            raise not_found()
        content: Json = json.loads(row[0])
        return content

    def files(self) -> list[Json]:
        """Return all Files, the one changed last first."""
        with self._lock:
            rows = self._connection.execute("select file from files order by rowid desc").fetchall()
        found: list[Json] = [json.loads(row[0]) for row in rows]
        return sorted(found, key=lambda file: str(file["modifiedTime"]), reverse=True)

    @contextmanager
    def editing(self, file_id: str) -> Iterator[Draft]:
        """Give a draft to change; it is kept when the block ends, dropped if it raises."""
        with self._lock:
            draft = Draft(self.book(file_id).copy(), self.file(file_id))
            title, name = draft.book.properties["title"], draft.file["name"]
            yield draft
            if draft.book.properties["title"] != title:
                draft.file["name"] = draft.book.properties["title"]
            elif draft.file["name"] != name:
                draft.book.properties = draft.book.properties | {"title": draft.file["name"]}
            if not draft.is_quiet:
                _revise(draft)
            self._write(draft)

    @contextmanager
    def filing(self, file_id: str) -> Iterator[Json]:
        """Give the File alone to change: it is changed in place, and quietly."""
        with self.editing(file_id) as draft:
            draft.is_quiet = True
            yield draft.file

    def _write(self, draft: Draft) -> None:
        file = draft.file
        file["version"] = str(int(file["version"]) + 1)
        texts = (file["id"], json.dumps(file), json.dumps(draft.book.stored()))
        with self._connection:
            self._connection.execute(
                "insert into files (id, file, book) values (?, ?, ?)"
                " on conflict (id) do update set file = excluded.file, book = excluded.book",
                texts,
            )
            self._note(file["id"], removed=False)
        self._books[file["id"]] = draft.book

    def _note(self, file_id: str, *, removed: bool) -> None:
        self._connection.execute(
            "insert into changes (file_id, time, removed) values (?, ?, ?)",
            (file_id, timestamp(), removed),
        )

    def remove(self, file_id: str) -> None:
        """Delete a spreadsheet for good; raises ``RefusedError`` for an unknown id."""
        with self._lock:
            self.file(file_id)
            with self._connection:
                self._connection.execute("delete from files where id = ?", (file_id,))
                self._note(file_id, removed=True)
            self._books.pop(file_id, None)

    def last_change(self) -> int:
        """Return the number of the latest change; 0 before the first."""
        with self._lock:
            row = self._connection.execute("select max(number) from changes").fetchone()
        return int(row[0] or 0)

    def changes_from(self, number: int, most: int) -> list[tuple[int, str, str, bool]]:
        """Return (number, file id, time, removed) of changes, the latest of each file, in order."""
        with self._lock:
            rows = self._connection.execute(
                "select max(number), file_id, time, removed from changes where number >= ?"
                " group by file_id order by 1 limit ?",
                (number, most),
            ).fetchall()
        return [(int(row[0]), row[1], row[2], bool(row[3])) for row in rows]


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
