"""Workbooks as files: open in a program, moved, restored from a backup, copied; sheets renamed.

A real file and the service. The base travels in the file, so that each knows what it knew.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.sharing import MassDeletionError
from cjm_sheets.errors.workbook import OpenElsewhereError
from cjm_sheets.service.running import RunningService
from tests.sync.real import Pair, left, pair


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Pair:
    return pair(service, tmp_path)


def test_an_open_workbook_pushes_and_pulls_later(both: Pair) -> None:
    both.types("T1", "name", "ours")
    both.text("T2", "name", "theirs")
    before = both.path.read_bytes()
    lock = both.path.with_name(f"~${both.path.name}")
    lock.write_bytes(b"\x04Dana")
    done = both.sync()
    assert isinstance(done.waiting, OpenElsewhereError)
    assert both.path.read_bytes() == before
    assert both.says("T1", "name") == ("ours", "ours")
    lock.unlink()
    both.sync()
    assert both.says("T2", "name") == ("theirs", "theirs")
    assert both.is_quiet()


def test_a_moved_workbook_goes_on(both: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    both.path = Path(shutil.move(both.path, folder / "Our map, final.xlsx"))
    both.types("T1", "name", "ours")
    both.text("T2", "name", "theirs")
    both.sync()
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.says("T2", "name") == ("theirs", "theirs")
    assert both.is_quiet()


def test_last_months_backup_undoes_nobodys_work(both: Pair, tmp_path: Path) -> None:
    backup = tmp_path / "backup.xlsx"
    both.types("T1", "action", "at the time of the backup")
    both.sync()
    shutil.copy(both.path, backup)
    both.types("T1", "name", "ours since")
    both.sync()
    both.text("T2", "name", "theirs since")
    both.text("T3", "action", "theirs too")
    both.sync()
    shutil.copy(backup, both.path)
    both.types("T3", "name", "typed into the backup")
    done = both.sync()
    assert done.plan.conflicts == ()
    assert both.says("T1", "name") == ("ours since", "ours since")
    assert both.says("T2", "name") == ("theirs since", "theirs since")
    assert both.says("T3", "action") == ("theirs too", "theirs too")
    assert both.says("T3", "name") == ("typed into the backup", "typed into the backup")
    assert both.is_quiet()


def test_a_row_deleted_since_the_backup_does_not_come_back(both: Pair, tmp_path: Path) -> None:
    backup = tmp_path / "backup.xlsx"
    shutil.copy(both.path, backup)
    place = both.place("T2", "name")
    area = {
        "sheetId": place["sheetId"], "dimension": "ROWS",
        "startIndex": place["rowIndex"], "endIndex": place["rowIndex"] + 1,
    }  # fmt: skip
    both.ask({"deleteDimension": {"range": area}})
    both.sync()
    shutil.copy(backup, both.path)
    both.sync()
    assert names(both) == (["Advert", "Box <new>"], ["Advert", "Box <new>"])
    assert both.is_quiet()


def names(both: Pair) -> tuple[list[Any], list[Any]]:
    """Return the names of touchpoints on both sides."""
    said = []
    for store in (XlsxFile(both.path), both.other()):
        table = next(t for t in store.read().tables if t.spec.key == "Touchpoints")
        said.append([name for name in table.by_key["name"].cells if name])
    return said[0], said[1]


def test_a_copy_for_a_colleague_is_another_workbook_of_the_same_map(
    both: Pair, tmp_path: Path
) -> None:
    ours, theirs = both.path, tmp_path / "for Dana.xlsx"
    shutil.copy(ours, theirs)
    both.types("T1", "name", "ours")
    both.sync()
    both.path = theirs
    both.types("T2", "name", "Dana's")
    both.types("T1", "action", "Dana's too")
    both.sync()
    both.path = ours
    both.sync()
    for path in (ours, theirs):
        both.path = path
        assert both.says("T1", "name") == ("ours", "ours")
        assert both.says("T2", "name") == ("Dana's", "Dana's")
        assert both.says("T1", "action") == ("Dana's too", "Dana's too")
        assert both.is_quiet()


def test_both_copies_edit_one_cell(both: Pair, tmp_path: Path) -> None:
    ours, theirs = both.path, tmp_path / "for Dana.xlsx"
    shutil.copy(ours, theirs)
    both.types("T1", "name", "ours")
    both.sync()
    both.path = theirs
    both.types("T1", "name", "Dana's")
    assert [clash.row for clash in both.sync().plan.conflicts] == ["T1"]
    assert both.says("T1", "name") == ("Dana's", "ours")
    both.sync(prefer="workbook")
    both.path = ours
    both.sync()
    assert both.says("T1", "name") == ("Dana's", "Dana's")


def test_the_sheet_that_remembers_is_deleted(both: Pair) -> None:
    both.types("T1", "name", "ours")
    both.text("T2", "name", "theirs")
    book = openpyxl.load_workbook(both.path)
    del book["_cjm"]
    book.save(both.path)
    done = both.sync(first=True)
    assert {clash.row for clash in done.plan.conflicts} == {"T1", "T2"}
    assert both.says("T1", "name") == ("ours", "Advert")
    assert both.says("T2", "name") == ("Shop & go", "theirs")
    both.text("T1", "name", "ours")
    both.types("T2", "name", "theirs")
    both.sync()
    assert both.is_quiet()


def test_a_sheet_renamed_in_the_workbook_is_followed(both: Pair) -> None:
    both.by_hand(lambda sheet: setattr(sheet, "title", "Our steps"))
    both.types("T1", "name", "ours")
    both.text("T2", "name", "theirs")
    assert left(both.sync()) == []
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.says("T2", "name") == ("theirs", "theirs")
    assert both.is_quiet()


def test_a_sheet_deleted_in_the_workbook_stops_and_asks(both: Pair) -> None:
    book = openpyxl.load_workbook(both.path)
    del book["Touchpoints"]
    book.save(both.path)
    before = both.path.read_bytes()
    with pytest.raises(MassDeletionError):
        both.sync()
    assert both.path.read_bytes() == before
    assert both.held("T1", "name")["formattedValue"] == "Advert"
    done = both.sync(allow_mass_delete=True)
    assert ("table", "Touchpoints") in left(done)
    assert both.held("T1", "name")["formattedValue"] == "Advert"


def test_a_sheet_copied_in_the_workbook_is_ones_own(both: Pair) -> None:
    book = openpyxl.load_workbook(both.path)
    book.copy_worksheet(book["Touchpoints"]).title = "Touchpoints before"
    book.save(both.path)
    both.types("T1", "name", "ours")
    both.sync()
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.is_quiet()
