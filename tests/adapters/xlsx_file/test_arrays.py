"""Formulas that calculate arrays keep the flags by which Excel knows them from older ones."""

from pathlib import Path

import pytest

from cjm_sheets.ports.store import SetResult
from tests.adapters.xlsx_file.packages import changed, errors, parts
from tests.adapters.xlsx_file.rich import PAINS, rich
from tests.adapters.xlsx_file.steps import apply, pains

FORMULA = "SUM(Pains[Severity]*Pains[Out of])"
ARRAY = f'<f t="array" ref="{{}}">{FORMULA}</f>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook with arrays in two columns of Pains: one of ours, T, and a person's own, AE."""
    path = rich(tmp_path / "map.xlsm")
    xml = parts(path)[PAINS].decode()
    for cell in ("T8", "AE8"):
        begin = xml.index(f'<c r="{cell}"')
        end = xml.index("</c>", begin)
        new = f'<c r="{cell}" s="1" cm="1">{ARRAY.format(cell)}<v>7</v>'
        xml = xml[:begin] + new + xml[end:]
    return changed(path, **{PAINS: xml.encode()})


def test_a_new_result_keeps_the_flag(path: Path) -> None:
    apply(path, SetResult("Pains", 8, "gap", 9.5))
    cell = f'<c r="T8" s="1" cm="1">{ARRAY.format("T8")}<v>9.5</v></c>'
    assert cell.encode() in parts(path)[PAINS]


def test_a_new_row_calculates_arrays_as_the_one_above(path: Path) -> None:
    known = errors(path)
    apply(path, *pains("N8", "N9"))
    xml = parts(path)[PAINS]
    for cell in ("T9", "T10", "AE9", "AE10"):
        assert f'<c r="{cell}" s="1" cm="1">{ARRAY.format(cell)}</c>'.encode() in xml
    assert errors(path) == known
