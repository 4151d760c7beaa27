"""Shared copies that are gone, thrown away, copied, or that we may only look at or not even that.

A real file and the service: one sentence, the workbook as it was, nothing lost.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.transport import GOOGLE_DRIVE
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.sharing import NoSuchSpreadsheetError, NotAllowedError
from cjm_sheets.service.faults import Faults, Forbidden, On
from cjm_sheets.service.running import RunningService
from cjm_sheets.usecases.sync_map import linked_to
from tests.sync.real import Pair, pair

FAULTS = Faults()
FILES = f"{GOOGLE_DRIVE}/drive/v3/files"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("access"), faults=FAULTS) as running:
        yield running


@pytest.fixture
def both(service: RunningService, tmp_path: Path) -> Iterator[Pair]:
    made = pair(service, tmp_path)
    made.types("T1", "name", "ours")
    made.text("T2", "name", "theirs")
    yield made
    FAULTS.clear()


def crossed(both: Pair) -> None:
    both.sync()
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.says("T2", "name") == ("theirs", "theirs")
    assert both.is_quiet()


def test_one_in_the_trash_loses_nothing_and_can_come_back(both: Pair) -> None:
    url = f"{FILES}/{both.copy.spreadsheet}"
    both.transport.request("patch", url, json={"trashed": True})
    # Google still lets one read and write what lies in the trash, and so does the service.
    crossed(both)
    both.transport.request("patch", url, json={"trashed": False})
    assert both.is_quiet()


def test_one_that_is_gone_for_good_is_named_and_the_workbook_stays(both: Pair) -> None:
    before = both.path.read_bytes()
    both.transport.request("delete", f"{FILES}/{both.copy.spreadsheet}")
    with pytest.raises(NoSuchSpreadsheetError) as gone:
        both.sync()
    assert gone.value.facts["spreadsheet"] == both.copy.spreadsheet
    assert both.path.read_bytes() == before


def test_a_copy_of_it_is_nobodys_shared_copy(both: Pair) -> None:
    made = both.transport.request(
        "post", f"{FILES}/{both.copy.spreadsheet}/copy", json={"name": "A copy"}
    ).json()
    crossed(both)
    assert linked_to(XlsxFile(both.path).read()).spreadsheet == both.copy.spreadsheet
    ours, both.copy.spreadsheet = both.copy.spreadsheet, made["id"]
    assert both.says("T1", "name")[1] == "Advert"
    both.copy.spreadsheet = ours


def test_a_workbook_that_is_led_to_a_copy_of_it_goes_on_there(both: Pair) -> None:
    made = both.transport.request(
        "post", f"{FILES}/{both.copy.spreadsheet}/copy", json={"name": "A copy"}
    ).json()
    both.copy.spreadsheet = made["id"]
    # Nothing is known of what both agreed on there: what differs has to be settled.
    done = both.sync(prefer="workbook")
    assert done.link.spreadsheet == made["id"]
    assert both.says("T1", "name") == ("ours", "ours")
    assert both.is_quiet()


@pytest.mark.parametrize("point", ["READ *", "WRITE *"])
def test_access_that_was_taken_leaves_the_workbook_as_it_was(both: Pair, point: str) -> None:
    before = both.path.read_bytes()
    FAULTS.add(On(point, times=None), Forbidden())
    for _ in range(2):
        with pytest.raises(NotAllowedError):
            both.sync()
    assert both.path.read_bytes() == before
    FAULTS.clear()
    crossed(both)


def test_who_may_only_look_can_still_pull(both: Pair) -> None:
    FAULTS.add(On("WRITE *", times=None), Forbidden())
    both.sync(direction="pull")
    assert both.says("T2", "name") == ("theirs", "theirs")
    assert both.says("T1", "name") == ("ours", "Advert")
    assert both.sync(direction="pull").plan.writes_nothing
    FAULTS.clear()
    crossed(both)


def test_who_may_only_look_pulls_rows_without_ids_once(both: Pair) -> None:
    place = both.place("T3", "name")
    place["rowIndex"] += 1
    rows = [{"values": [{"userEnteredValue": {"stringValue": "new there"}}]}]
    both.ask({"updateCells": {"start": place, "rows": rows, "fields": "userEnteredValue"}})
    FAULTS.add(On("WRITE *", times=None), Forbidden())
    both.sync(direction="pull")
    assert both.sync(direction="pull").plan.writes_nothing
    FAULTS.clear()
    crossed(both)
    (table,) = [t for t in XlsxFile(both.path).read().tables if t.spec.key == "Touchpoints"]
    assert table.by_key["name"].cells.count("new there") == 1
