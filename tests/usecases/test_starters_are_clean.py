"""Every sample passes all checks without error or warning; a blank workbook says nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.usecases.check_map import Wanted, check_map
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.words.languages import LANGUAGES

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SAMPLES = [Wish(kind, starter=name, language=code) for name, kind, code in StarterFiles().known()]
BLANKS = [Wish(kind, language=code) for kind in MAP_TYPES for code in LANGUAGES]


def told(wish: Wish, folder: Path) -> list[str]:
    """Return what is found in a new workbook: severity, rule and cell."""
    path = folder / "map.xlsx"
    path.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    findings = check_map(XlsxFile(path), Wanted(NOW.date())).findings
    return [f"{each.severity.value} {each.rule} {each.cell}" for each in findings]


@pytest.mark.parametrize("wish", SAMPLES, ids=lambda w: f"{w.starter}-{w.map_type}-{w.language}")
def test_a_sample_is_free_of_errors_and_warnings(wish: Wish, tmp_path: Path) -> None:
    assert [line for line in told(wish, tmp_path) if not line.startswith("info")] == []


@pytest.mark.parametrize("wish", BLANKS, ids=lambda w: f"{w.map_type}-{w.language}")
def test_a_blank_workbook_is_not_scolded(wish: Wish, tmp_path: Path) -> None:
    assert told(wish, tmp_path) == []


def test_there_are_samples_in_every_language() -> None:
    assert {wish.language for wish in SAMPLES} == set(LANGUAGES)
    assert len(SAMPLES) >= 9 * len(LANGUAGES)
