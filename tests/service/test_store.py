"""How spreadsheets are kept: in pieces, for readers at any time; and folders of old versions."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from contextvars import ContextVar
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.service.creation import empty_spreadsheet
from cjm_sheets.service.database import FolderInUseError, NewerFolderError
from cjm_sheets.service.pieces import PIECE_ROWS, Layout, laid_out, restored
from cjm_sheets.service.refusals import RefusedError
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.sheet import Row
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE, Change, Draft, Store

WAIT = 10


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "data")) as opened:
        yield opened


def cell(text: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": text}}


def with_rows(rows: list[Row]) -> Spreadsheet:
    book = empty_spreadsheet("Rows")
    book.sheets[0].rows = rows
    return book


def added(store: Store, title: str, rows: int = 1) -> str:
    book = empty_spreadsheet(title)
    book.sheets[0].rows = [{0: cell(f"{title} {n}")} for n in range(rows)]
    file = store.new_file(title)
    book.id = file["id"]
    store.add(Draft(book, file))
    return book.id


EDITS = st.lists(
    st.tuples(st.sampled_from(["put", "insert", "delete", "append", "empty"]), st.integers(0, 200)),
    min_size=1,
    max_size=12,
)


def edited(rows: list[Row], kind: str, at: int, mark: str) -> list[Row]:
    place = at % (len(rows) + 1)
    row: Row = {at % 3: cell(mark)}
    match kind:
        case "put" if rows:
            return [*rows[: place - 1], row, *rows[place:]] if place else [row, *rows[1:]]
        case "insert":
            return [*rows[:place], *([row] * (at % 5)), *rows[place:]]
        case "delete":
            return [*rows[:place], *rows[place + at % 70 :]]
        case "empty" if place < len(rows):
            return [*rows[:place], {}, *rows[place + 1 :]]
        case _:
            return [*rows, row]


@given(st.integers(0, 150), st.lists(EDITS, min_size=1, max_size=6))
def test_what_is_written_piece_by_piece_is_the_whole(
    size: int, batches: list[list[tuple[str, int]]]
) -> None:
    rows: list[Row] = [{0: cell(str(n))} for n in range(size)]
    disk: dict[int, str] = {}
    layout = Layout()
    for number, batch in enumerate([[], *batches]):
        for step, (kind, at) in enumerate(batch):
            rows = edited(rows, kind, at, f"{number}.{step}")
        changes = laid_out(with_rows(list(rows)), layout)
        for part in changes.gone:
            del disk[part]
        disk |= changes.written
        layout = changes.layout
        pieces = {piece.number for piece in layout.tabs[0].pieces}
        assert disk.keys() == {layout.tabs[0].number} | pieces
        assert layout.size() == len(layout.head) + sum(map(len, disk.values()))
        book, again = restored(layout.head, disk.__getitem__)
        assert book.sheets[0].rows == rows
        assert again == layout


def test_an_edit_writes_its_piece_and_no_other() -> None:
    rows: list[Row] = [{0: cell(str(n))} for n in range(1000)]
    whole = laid_out(with_rows(rows), Layout()).layout
    put = [*rows]
    put[500] = {0: cell("new")}
    book = with_rows(put)
    book.sheets[0].properties = whole.tabs[0].sheet.properties
    assert len(laid_out(book, whole).written) == 1
    inserted = laid_out(with_rows([*rows[:500], {0: cell("new")}, *rows[500:]]), whole)
    assert len(inserted.written) <= 3
    appended = whole
    for number in range(PIECE_ROWS * 16):
        rows = [*rows, {0: cell(f"appended {number}")}]
        appended = laid_out(with_rows(rows), appended).layout
    assert len(appended.tabs[0].pieces) <= len(whole.tabs[0].pieces) + 17


def test_the_state_on_the_disk_is_what_readers_saw(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        file_id = added(store, "Kept", 100)
        with store.editing(file_id) as draft:
            draft.book.sheets[0].put_row(40, {1: cell("edited")})
            draft.file["starred"] = True
        seen, file = store.book(file_id).stored(), store.file(file_id)
    with closing(Store(tmp_path)) as store:
        assert (store.book(file_id).stored(), store.file(file_id)) == (seen, file)
        assert store.files() == [file]


def test_the_list_of_files_follows_each_change(store: Store) -> None:
    first, second, third = (added(store, title) for title in ("First", "Second", "Third"))
    assert {file["id"]: file["name"] for file in store.files()} == {
        first: "First", second: "Second", third: "Third",
    }  # fmt: skip
    with store.editing(second) as draft:
        draft.file["name"] = "Renamed"
    store.remove(third)
    listed = store.files()
    assert [(file["name"], file["version"]) for file in listed] == [
        ("Renamed", "2"),
        ("First", "1"),
    ]
    assert listed[1] is store.files()[1]


def test_a_refused_edit_leaves_nothing(store: Store) -> None:
    file_id = added(store, "Whole")
    before, changes = store.book(file_id).stored(), store.last_change()
    with pytest.raises(RefusedError), store.editing(file_id) as draft:
        run_batch(draft.book, [{"appendCells": {"rows": [{}], "fields": "*"}}, {"nonsense": {}}])
    assert (store.book(file_id).stored(), store.last_change()) == (before, changes)


def test_readers_and_other_edits_wait_for_no_edit(store: Store) -> None:
    first, second = added(store, "First"), added(store, "Second")
    done = threading.Event()

    def others() -> None:
        assert store.book(first).sheets[0].cell(0, 0) == cell("First 0")
        assert len(store.files()) == 2
        with store.editing(second) as draft:
            draft.book.sheets[0].put_row(0, {0: cell("edited meanwhile")})
        done.set()

    with store.editing(first) as draft:
        draft.book.sheets[0].put_row(0, {0: cell("not yet")})
        thread = threading.Thread(target=others)
        thread.start()
        assert done.wait(WAIT)
        thread.join()
    assert store.book(first).sheets[0].cell(0, 0) == cell("not yet")
    assert store.book(second).sheets[0].cell(0, 0) == cell("edited meanwhile")


def test_edits_of_one_spreadsheet_follow_each_other(store: Store) -> None:
    file_id = added(store, "Counter")

    def count() -> None:
        for _ in range(50):
            with store.editing(file_id) as draft:
                old = int(draft.book.sheets[0].cell(0, 1).get("note", "0"))
                draft.book.sheets[0].put_row(0, {1: {"note": str(old + 1)}})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.book(file_id).sheets[0].cell(0, 1) == {"note": "200"}
    assert store.file(file_id)["version"] == "201"


def test_a_change_that_fails_on_the_disk_is_nowhere_and_spoils_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = added(store, "First"), added(store, "Second")

    def spoilt(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")  # noqa: TRY003

    with monkeypatch.context() as patch:
        patch.setattr("cjm_sheets.service.store_sqlite.write_parts", spoilt)
        with pytest.raises(sqlite3.OperationalError, match="full"), store.editing(first) as draft:
            draft.book.sheets[0].put_row(0, {0: cell("lost")})
    assert store.book(first).sheets[0].cell(0, 0) == cell("First 0")
    with store.editing(second) as draft:
        draft.book.sheets[0].put_row(0, {0: cell("written")})
    assert store.book(second).sheets[0].cell(0, 0) == cell("written")
    assert store.file(first)["version"] == "1"


def test_memory_holds_what_there_is_room_for(tmp_path: Path) -> None:
    with closing(Store(tmp_path, room=20_000)) as store:
        ids = [added(store, f"Book {n}", 50) for n in range(40)]
        held = [store.book(file_id) for file_id in ids]
        assert store.book(ids[-1]) is held[-1]
        assert store.book(ids[0]) is not held[0]
        assert store.book(ids[0]).stored() == held[0].stored()
        with store.editing(ids[1]) as draft:
            draft.book.sheets[0].put_row(0, {0: cell("after it had left")})
        for file_id in ids[2:]:
            store.book(file_id)
        assert store.book(ids[1]).sheets[0].cell(0, 0) == cell("after it had left")
        store.remove(ids[2])
        with pytest.raises(RefusedError):
            store.book(ids[2])


FIRST_VERSION = """
create table files (id text primary key, file text not null, book text not null);
create table changes (
    number integer primary key autoincrement,
    file_id text not null,
    time text not null,
    removed integer not null
);
"""


def test_a_folder_of_the_first_version_is_carried_over(tmp_path: Path) -> None:
    books = []
    with closing(sqlite3.connect(tmp_path / "service.sqlite")) as connection:
        connection.executescript(FIRST_VERSION)
        for number in range(3):
            book = with_rows([{0: cell(f"{number}.{row}"), 2: {"note": "n"}} for row in range(70)])
            book.id = f"id{number}"
            book.sheets[0].axes["ROWS"][3] = {"pixelSize": 40}
            books.append(book)
            file = {"id": book.id, "name": "Rows", "modifiedTime": f"2026-01-0{number + 1}"}
            file |= {"version": "7", "mimeType": SPREADSHEET_TYPE}
            values = (book.id, json.dumps(file), json.dumps(book.stored()))
            connection.execute("insert into files values (?, ?, ?)", values)
            change = "insert into changes (file_id, time, removed) values (?, 'then', 0)"
            connection.execute(change, (book.id,))
        connection.commit()
    for _ in range(2):
        with closing(Store(tmp_path)) as store:
            assert [store.book(book.id).stored() for book in books] == [b.stored() for b in books]
            assert [file["id"] for file in store.files()] == ["id2", "id1", "id0"]
            assert store.last_change() == 3
    with closing(Store(tmp_path)) as store:
        with store.editing("id1") as draft:
            draft.book.sheets[0].put_row(0, {})
        assert store.file("id1")["version"] == "8"
        assert store.last_change() == 4


def test_a_folder_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "service.sqlite")) as connection:
        connection.execute("pragma user_version = 3")
    with pytest.raises(NewerFolderError, match="A newer version of the service has written"):
        Store(tmp_path)


def test_a_folder_has_one_store(tmp_path: Path) -> None:
    with closing(Store(tmp_path)), pytest.raises(FolderInUseError):
        Store(tmp_path)


WHO = ContextVar("who", default="nobody")


def test_watchers_hear_of_each_change_in_order_and_by_whom(store: Store) -> None:
    heard: list[tuple[str, Change]] = []
    store.watch(lambda change: heard.append((WHO.get(), change)))
    file_id = added(store, "Watched")
    first = store.book(file_id)

    def count(who: str) -> None:
        WHO.set(who)
        for number in range(20):
            with store.editing(file_id) as draft:
                draft.book.sheets[0].put_row(number, {1: cell(who)})

    threads = [threading.Thread(target=count, args=(who,)) for who in ("ann", "bob", "cyd")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.remove(file_id)
    changes = [change for _, change in heard]
    assert (changes[0].old, changes[0].new, changes[1].old) == (None, first, first)
    assert changes[-1].new is None
    assert all(one.new is two.old for one, two in pairwise(changes))
    assert Counter(who for who, _ in heard) == {"nobody": 2, "ann": 20, "bob": 20, "cyd": 20}
    for who, change in heard[1:-1]:
        assert change.old is not None
        assert change.new is not None
        new = [new for new, old in zip_longest(change.new.sheets[0].rows, change.old.sheets[0].rows)
               if new != old]  # fmt: skip
        assert all(row == {1: cell(who)} for row in new)


def test_a_watcher_that_fails_spoils_nothing(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_: Change) -> None:
        raise ZeroDivisionError

    store.watch(failing)
    file_id = added(store, "Watched")
    assert store.book(file_id).properties["title"] == "Watched"
    assert "A watcher failed" in caplog.text


def test_a_tab_that_goes_takes_its_parts_along() -> None:
    book = with_rows([{0: cell(str(n))} for n in range(100)])
    book.sheets.append(empty_spreadsheet("Other").sheets[0].copy())
    book.sheets[1].properties = book.sheets[1].properties | {"sheetId": 5}
    whole = laid_out(book, Layout())
    book.sheets = book.sheets[1:]
    changes = laid_out(book, whole.layout)
    assert whole.written.keys() - changes.gone == {changes.layout.tabs[0].number}
