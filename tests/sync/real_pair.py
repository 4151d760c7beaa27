"""Decides what two real sides are in tests: a workbook file, a service over HTTP, a history file.

The marketer's edits go through the writer of workbooks; the colleague's go over HTTP, as those of
any program.
"""

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import requests

from cjm_sheets.adapters.gsheets.store import SharedCopy
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.cli.main import main
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, Snapshot
from cjm_sheets.service.running import RunningService
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.usecases.sync_map import linked_to

ROOT = Path(__file__).parents[2]
Said = Mapping[str, frozenset[tuple[tuple[str, str], ...]]]
"""What one side says: for each table its rows, each the columns that people type, ids left out."""


@dataclass(frozen=True)
class Ran:
    """How a sync ended: its exit code, what it printed, and its document if it was asked for."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass
class Pair:
    """A workbook and its shared copy, each in a folder; a third one is ours, with the history.

    Whoever copies all three has another such pair, at the same address and with the same ids.
    """

    service: RunningService
    place: Path
    spreadsheet: str = ""
    typed: list[str] = field(default_factory=list)
    """What was typed on either side and has to be somewhere for ever."""

    @property
    def folder(self) -> Path:
        return self.place / "maps"

    @property
    def home(self) -> Path:
        return self.place / "home"

    @property
    def workbook(self) -> Path:
        return self.folder / "map.xlsx"

    @property
    def surroundings(self) -> dict[str, str]:
        return {
            "CJM_SHEETS_HOME": str(self.home),
            "CJM_SHEETS_LANGUAGE": "en",
            "CJM_SHEETS_ENDPOINT": self.service.url,
            "CJM_SHEETS_TOKEN": self.service.token,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def sync(self, *words: str) -> Ran:
        """Sync in this process, as the command does."""
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with (
            mock.patch.dict(os.environ, self.surroundings),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main(["sync", str(self.workbook), *words])
            except SystemExit as left:
                code = int(left.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    def process(self, *before: str, words: tuple[str, ...] = (), **more: str) -> Ran:
        """Sync in a process of its own, started by what stands `before` the command, if any."""
        return self.started(
            *before, sys.executable, "-m", "cjm_sheets", "sync", str(self.workbook), *words, **more
        )

    def started(self, *command: str, **more: str) -> Ran:
        """Run any command in the surroundings of this pair."""
        done = subprocess.run(
            command,
            capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
            env={**os.environ, **self.surroundings, **more}, cwd=self.folder,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    # ---- the marketer ----

    def file(self) -> XlsxFile:
        return XlsxFile(self.workbook)

    def saves(self, *changes: SetCell | AddRow | DropRow) -> None:
        """Change the workbook as somebody does who knows nothing of a sync."""
        store = self.file()
        store.apply(_sorted(changes), store.read())
        self._note(changes)

    # ---- the colleague ----

    @property
    def copy(self) -> SharedCopy:
        return SharedCopy(Transport(Endpoint(self.service.url, self.service.token)), self.shared())

    def shared(self) -> str:
        """Return the id of the shared copy, as the workbook remembers it."""
        return self.spreadsheet or linked_to(self.file().read()).spreadsheet

    def types(self, place: str, value: str | float) -> None:
        """Type into a cell of the shared copy."""
        params = {"valueInputOption": "RAW"}
        self._http("put", f"/values/{place}", params=params, json={"values": [[value]]})
        if isinstance(value, str):
            self.typed.append(value)

    def adds(self, key: str, cells: Mapping[str, str]) -> None:
        """Type a row without an id below the others of a table, where the sheet grows for it."""
        there = table_of(self.copy.read(), key)
        below = max(lines_of(there, [*cells][-1])) + 1
        grows = {"sheetId": self._sheet(there), "dimension": "ROWS", "length": 1}
        self._http("post", ":batchUpdate", json={"requests": [{"appendDimension": grows}]})
        for column, value in cells.items():
            self.types(there.place(column, below), value)

    def deletes(self, there: Table, line: int) -> None:
        """Delete a row of a sheet."""
        area = {
            "sheetId": self._sheet(there), "dimension": "ROWS",
            "startIndex": line - 1, "endIndex": line,
        }  # fmt: skip
        request = {"requests": [{"deleteDimension": {"range": area}}]}
        self._http("post", ":batchUpdate", json=request)

    def _sheet(self, there: Table) -> int:
        """Return the number by which the service knows a sheet."""
        found = self._http("get", "", params={"fields": "sheets.properties(title,sheetId)"})
        of = {s["properties"]["title"]: s["properties"]["sheetId"] for s in found["sheets"]}
        return int(of[there.sheet])

    def _http(self, verb: str, rest: str, **more: Any) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Authorization"] = f"Bearer {self.service.token}"
            address = f"{self.service.url}/v4/spreadsheets/{self.shared()}{rest}"
            answer = session.request(verb, address, timeout=60, **more)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    # ---- what there is ----

    def here(self) -> Said:
        return said(self.file().read())

    def there(self) -> Said:
        return said(self.copy.read())

    def remembered(self) -> int:
        """Return the generation that the workbook remembers; 0: it never had a shared copy."""
        return linked_to(self.file().read()).generation

    def spreadsheets(self) -> int:
        """Return how many spreadsheets the service has."""
        found = requests.get(
            f"{self.service.url}/drive/v3/files",
            headers={"Authorization": f"Bearer {self.service.token}"}, timeout=60,
        )  # fmt: skip
        return len(found.json()["files"])

    def opens(self) -> None:
        """Check that programs other than ours open the workbook, formulas and all."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not know and would leave out
            book = openpyxl.load_workbook(self.workbook)
        assert book.sheetnames
        book.close()

    def runs(self) -> list[tuple[int, str, int]]:
        """Return number, time and end of the runs in the history, after checking its file."""
        path = self.home / "history.sqlite"
        if not path.exists() or not path.stat().st_size:
            return []
        with closing(sqlite3.connect(path)) as file:
            assert file.execute("pragma integrity_check").fetchall() == [("ok",)]
            if not file.execute("select name from sqlite_master").fetchall():
                return []
            orphans = "select count(*) from entry where run not in (select id from run)"
            assert file.execute(orphans).fetchone() == (0,)
            found = file.execute("select id, began, finished from run order by id").fetchall()
        return [(int(number), str(began), int(finished)) for number, began, finished in found]

    def kept(self) -> str:
        """Return all that the history says was replaced."""
        path = self.home / "history.sqlite"
        with closing(sqlite3.connect(path)) as file:
            return "\n".join(before for (before,) in file.execute("select before from entry"))

    def beside(self) -> list[Path]:
        """Return what lies beside the workbook."""
        return sorted(entry for entry in self.folder.iterdir() if entry != self.workbook)

    def _note(self, changes: tuple[SetCell | AddRow | DropRow, ...]) -> None:
        for change in changes:
            if isinstance(change, SetCell) and isinstance(change.value, str):
                self.typed.append(change.value)
            if isinstance(change, AddRow):
                self.typed += [text for text in change.cells.values() if isinstance(text, str)]


TOKEN = "a token for tests"  # noqa: S105 - of a service that runs for a moment
_TRIES = 50


@contextlib.contextmanager
def serving(place: Path, port: int = 0) -> Iterator[RunningService]:
    """Run the service of a pair; with a port, where the pair that it is a copy of had it."""
    service = _started(place, port)
    try:
        yield service
    finally:
        service.__exit__(None, None, None)


def _started(place: Path, port: int) -> RunningService:
    """Start a service; somebody else may happen to call from its port just now."""
    for _ in range(_TRIES):
        try:
            return RunningService(place / "spreadsheets", TOKEN, port).__enter__()
        except OSError:
            time.sleep(0.2)
    return RunningService(place / "spreadsheets", TOKEN, port).__enter__()


@dataclass(frozen=True)
class Kept:
    """A pair that was put aside, to be copied as often as it is needed."""

    pair: Pair
    port: int

    @contextlib.contextmanager
    def copied(self, place: Path) -> Iterator[Pair]:
        """Give a copy in another folder while its service runs."""
        shutil.copytree(self.pair.place, place)
        try:
            with serving(place, self.port) as service:
                yield Pair(service, place, self.pair.spreadsheet, [*self.pair.typed])
        finally:
            shutil.rmtree(place)


def _sorted(changes: tuple[SetCell | AddRow | DropRow, ...]) -> Changes:
    return Changes(
        cells=tuple(each for each in changes if isinstance(each, SetCell)),
        added=tuple(each for each in changes if isinstance(each, AddRow)),
        dropped=tuple(each for each in changes if isinstance(each, DropRow)),
    )


def table_of(snapshot: Snapshot, key: str) -> Table:
    return next(table for table in snapshot.tables if table.spec.key == key)


def lines_of(table: Table, key: str) -> list[int]:
    """Return the lines in which something stands in a column."""
    return [line for line in table.lines if table.cell(key, line) not in {None, ""}]


def said(snapshot: Snapshot) -> Said:
    """Return what people typed on one side, apart from ids: new ones are drawn at random."""
    told: dict[str, frozenset[tuple[tuple[str, str], ...]]] = {}
    for table in snapshot.tables:
        decoded = decode(table)
        keys = [c.key for c in table.spec.typed if c.key != "id" and c.key in decoded.columns]
        rows = [
            tuple((key, decoded.texts(key)[at]) for key in keys if decoded.texts(key)[at])
            for at in range(len(decoded.lines))
        ]
        told[table.spec.key] = frozenset(row for row in rows if row)
        assert len([row for row in rows if row]) == len(told[table.spec.key]), "a row is twice"
    return {key: rows for key, rows in told.items() if rows}


def texts(side: Said) -> set[str]:
    """Return every text that a side says."""
    return {text for rows in side.values() for row in rows for _, text in row}


def computed(snapshot: Snapshot) -> dict[str, list[tuple[Raw, ...]]]:
    """Return what live formulas of a workbook show, by column."""
    return {
        f"{table.spec.key}.{column.key}": [column.cells]
        for table in snapshot.tables
        for column in table.columns
        if column.key is not None and table.spec.by_key[column.key].computed
    }


@contextlib.contextmanager
def sides_of_each_step(pair: Pair) -> Iterator[tuple[list[Said], list[Said]]]:
    """Give what the workbook and the shared copy said after each step of syncs meanwhile."""
    from cjm_sheets.adapters.xlsx_file import replace  # noqa: PLC0415 - looked up when it is used

    here, there = [pair.here()], []
    if pair.spreadsheet:
        there.append(pair.there())
    done = replace.replace_file

    def noted(path: Path, data: bytes, since: bytes) -> None:
        done(path, data, since)
        here.append(pair.here())

    with mock.patch.object(replace, "replace_file", noted):
        yield here, there
    there.append(pair.there())
