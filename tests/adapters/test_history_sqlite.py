"""The diary of runs in its file: found again, private, and older files brought up kindly."""

import errno
import os
import sqlite3
import stat
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.history_sqlite import SqliteHistory
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.model.past import Entry, Run

WHEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
ENTRY = Entry("sheet", "Pains", "N1", "pain", '"old"', '"new"')
RUN = Run("bcdfghj", WHEN, "map.xlsx", "google", "1AbC", 4, "mia@example.org", entries=(ENTRY,))
FIRST = """
create table run (
    id integer primary key, began text not null, workbook text not null,
    spreadsheet text not null, finished integer not null default 0
);
create table entry (
    run integer not null references run (id), side text not null, sheet text not null,
    row text not null, field text not null, before text not null, after text not null
);
create index entry_by_row on entry (sheet, row);
insert into run values (7, '2026-02-01T08:00:00+00:00', 'old.xlsx', '1AbC', 1);
insert into entry values (7, 'workbook', 'Pains', 'N1', 'severity', '"4"', '"3"');
insert into entry values (7, 'sheet', 'Pains', 'N2', '', '{"pain": "x"}', '""');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_a_run_is_found_by_number_key_and_shared_copy(path: Path) -> None:
    history = SqliteHistory(path)
    number = history.begin(RUN)
    noted = replace(RUN, number=number)
    assert history.find(str(number)) == noted
    history.finish(number)
    done = replace(noted, finished=True)
    assert history.find("bcdfghj") == done
    assert history.runs("google", "1AbC") == (done,)
    assert history.runs("local", "1AbC") == ()
    assert history.runs("google", "other") == ()
    assert history.find("99") is None
    assert history.find("") is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_made_by_looking(path: Path) -> None:
    assert SqliteHistory(path).runs("google", "1AbC") == ()
    assert not path.exists()


def test_a_file_of_the_first_version_is_brought_up(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(FIRST)
    history = SqliteHistory(path)
    (old,) = history.runs("google", "1AbC")
    assert (old.number, old.key, old.workbook, old.kind) == (7, "", "old.xlsx", "sync")
    assert old.entries == (
        Entry("workbook", "Pains", "N1", "severity", '"4"', '"3"'),
        Entry("sheet", "Pains", "N2", "", '{"pain": "x"}', "null"),
    )
    assert history.begin(RUN) == 8
    assert [run.number for run in history.runs("google", "1AbC")] == [7, 8]
    assert history.find("") is None


def test_several_runs_bring_up_one_file_at_once(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(FIRST)
    numbers: list[int] = []
    jobs = [
        threading.Thread(target=lambda: numbers.append(SqliteHistory(path).begin(RUN)))
        for _ in range(6)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert sorted(numbers) == [8, 9, 10, 11, 12, 13]


def test_a_file_of_a_newer_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("pragma user_version = 99")
    before = path.read_bytes()
    with pytest.raises(OwnFolderError, match="newer"):
        SqliteHistory(path).begin(RUN)
    assert path.read_bytes() == before


def test_a_file_that_is_none_is_one_sentence(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(OwnFolderError):
        SqliteHistory(path).runs("google", "1AbC")
    with pytest.raises(OwnFolderError):
        SqliteHistory(path).find(str(10**30))


def test_a_folder_that_takes_no_file_is_told_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "history.sqlite"
    for using in (SqliteHistory(path).be_ready, lambda: SqliteHistory(path).begin(RUN)):
        with pytest.raises(OwnFolderError) as raised:
            using()
        assert raised.value.facts == {"folder": str(path), "reason": os.strerror(errno.ENOENT)}


def test_being_ready_makes_a_file_for_its_owner_and_changes_nothing_else(path: Path) -> None:
    SqliteHistory(path).be_ready()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    number = SqliteHistory(path).begin(RUN)
    SqliteHistory(path).be_ready()
    assert SqliteHistory(path).find(str(number)) == replace(RUN, number=number)
