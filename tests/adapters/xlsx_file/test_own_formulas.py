"""Formulas of workbooks said in full: filled down, and with cells for columns of tables."""

import pytest

from cjm_sheets.adapters.xlsx_file.own_formulas import shifted, without_tables
from cjm_sheets.tables.table import Grid

GRID = Grid(
    "My sheet", ((None, "ID", "Pain's", "n"), (None, "N1", "wait", 3), (None, "N2", "x", 4))
)
TABLES = {"pains": (GRID, (1, 2, 3, 4))}


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("=A1+$A1+A$1+$A$1", "=B3+$A3+B$1+$A$1"),
        ("=A1&\"A1\"&'A1'!A1", "=B3&\"A1\"&'A1'!B3"),
        ("=Sheet1!A1:B2", "=Sheet1!B3:C4"),
        ("=SUM(A:B)+SUM($A:B)+SUM(1:2)+SUM($1:$2)", "=SUM(B:C)+SUM($A:C)+SUM(3:4)+SUM($1:$2)"),
        ("=LOG10(A1)+my.A1+A1_x", "=LOG10(B3)+my.A1+A1_x"),
        ("=Pains[[#This Row],[A1]]", "=Pains[[#This Row],[A1]]"),
    ],
)
def test_a_formula_that_was_filled_down(formula: str, found: str) -> None:
    assert shifted(formula, 2, 1) == found
    assert shifted(formula, 0, 0) == formula


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("=SUM(Pains[n])", "=SUM('My sheet'!$D$2:$D$3)"),
        ("=PAINS[[#This Row],[n]]*2", "='My sheet'!$D$3*2"),
        ("=MATCH(1,Pains[[#All],[n]],0)", "=MATCH(1,'My sheet'!$D$1:$D$3,0)"),
        ("=Pains[[#Headers],[n]]", "='My sheet'!$D$1"),
        ("=ROWS(Pains[])", "=ROWS('My sheet'!$B$2:$D$3)"),
        ("=ROWS(Pains[#All])", "=ROWS('My sheet'!$B$1:$D$3)"),
        ("=SUM(Pains[[ID]:[n]])", "=SUM('My sheet'!$B$2:$D$3)"),
        ("=Pains[[#This Row],[Pain''s]]", "='My sheet'!$C$3"),
        ("=Pains[other]+Others[n]", "=#REF!+#REF!"),
        ("=Pains[[#Totals],[n]]", "=#REF!"),
        ('="Pains[n]"', '="Pains[n]"'),
        ("=_xlfn.CONCAT(_xlfn._xlws.SORT(A1:A2))", "=CONCAT(SORT(A1:A2))"),
    ],
)
def test_columns_of_tables_become_cells(formula: str, found: str) -> None:
    assert without_tables(formula, (3, 9), TABLES) == found
