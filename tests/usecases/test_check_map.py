"""Checking a map gives the rules what scoring knows, and only to the rules that ask."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.scoring import firmness_plain
from cjm_sheets.usecases.check_map import Wanted, check_map
from cjm_sheets.usecases.new_map import Wish, new_map

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def retail(tmp_path: Path) -> XlsxFile:
    path = tmp_path / "retail.xlsx"
    wish = Wish("current", "en", starter="retail")
    path.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    return XlsxFile(path)


def test_ranks_that_are_tied_are_found_in_a_workbook(retail: XlsxFile) -> None:
    findings = check_map(retail, Wanted(date(2026, 11, 25), select=["CJ080"])).findings
    assert [finding.message for finding in findings] == [
        "The order of N2, N4 turns as soon as one weight moves by a tenth."
    ]


def test_ties_are_not_worked_out_for_other_rules(
    retail: XlsxFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(firmness_plain, "tied_at_the_top")
    assert check_map(retail, Wanted(date(2026, 11, 25), ignore=["CJ080"])) is not None
    with pytest.raises(ImportError):
        check_map(retail, Wanted(date(2026, 11, 25), select=["CJ080"]))
