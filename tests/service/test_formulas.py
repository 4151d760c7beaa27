"""Formulas through the service: computed values, the journey map's own formulas, refusals."""

import builtins
from typing import Any

import pytest

from cjm_sheets.service.formulas import Book as Calculated
from cjm_sheets.service.formulas import Tab, calculate
from tests.service.calls import Api, Book, RefusedCallError, grid, lines

PAINS: list[list[Any]] = [
    ["id", "pain", "grade", "severity_used", "low", "reach", "moment", "evidence_list"],
    ["N1", "long queue", "B", 1, 0.5, 1, 1, " E1 E2 E3 "],
    ["N2", "no answer", "A", 0.5, "", 1, 1, " E2 "],
    ["N3", "", "", "", "", "", "", " "],
]
EVIDENCE: list[list[Any]] = [
    ["id", "source", "row_no"],
    ["E1", "survey", 2],
    ["E2", "survey", 3],
    ["E3", "interview", 4],
    ["", "", 5],
]
LISTED = 'ISNUMBER(FIND(" "&UPPER(Evidence!$A$1:$A$5)&" ";$H2))'
FLAG = f'{LISTED}*(Evidence!$A$1:$A$5<>"")*(Evidence!$B$1:$B$5<>"")'
SOURCES = (
    f'=IF($B2="";"";SUMPRODUCT({FLAG}*(MATCH({FLAG}&"|"&Evidence!$B$1:$B$5;'
    f'{FLAG}&"|"&Evidence!$B$1:$B$5;0)=Evidence!$C$1:$C$5)))'
)
EVIDENCED = (
    '=IFERROR(IF(COUNT($D2;$E2;$F2;$G2;cjm_a;cjm_b;cjm_c)<7;"";100*MIN(1;'
    "MAX($D2;N(cjm_a=0))^cjm_a*MAX($E2;N(cjm_b=0))^cjm_b*MAX($F2;N(cjm_c=0))^cjm_c*$G2)"
    '*VLOOKUP($C2;cjm_grade;2;FALSE));"")'
)
REACH = (
    '=IF($H2<>"";IF(ISNUMBER($F2);IF(AND($F2>=0;$F2<=1);$F2;"");"");'
    'IF(ISNUMBER($D2);IF(ISNUMBER(INDEX(Evidence!$C$2:$C$5;$D2));1;"");""))'
)
PAYOFF = (
    '=IF(SUMPRODUCT(ISNUMBER(FIND(" "&UPPER(Pains!$A$2:$A$9)&" ";" N1 N2 "))'
    '*(Pains!$A$2:$A$9<>"");--ISNUMBER(Pains!$J$2:$J$9))=LEN(" N1 N2 ")'
    '-LEN(SUBSTITUTE(" N1 N2 ";" ";""))-1;"all scored";"")'
)


@pytest.fixture
def journey(api: Api) -> Book:
    names = ("Pains", "Evidence", "Calc")
    book = api.create(
        sheets=[{"properties": {"sheetId": n, "title": t}} for n, t in enumerate(names, 1)]
    )
    book.write("Pains!A1", PAINS, "RAW")
    book.write("Evidence!A1", EVIDENCE, "RAW")
    book.write("Calc!A1", [[0.5], [0.25], [0.25]], "RAW")
    book.write("Calc!C1", [["A", 1], ["B", 0.9], ["C", 0.7], ["D", 0.5]], "RAW")
    named = [("cjm_a", grid(3, 0, 1, 0, 1)), ("cjm_b", grid(3, 1, 2, 0, 1))]
    named += [("cjm_c", grid(3, 2, 3, 0, 1)), ("cjm_grade", grid(3, 0, 4, 2, 4))]
    book.batch(
        *({"addNamedRange": {"namedRange": {"name": n, "range": r}}} for n, r in named),
    )
    cells = [
        {"userEnteredValue": {"formulaValue": text}} for text in (SOURCES, EVIDENCED, REACH, PAYOFF)
    ]
    start = {"sheetId": 1, "rowIndex": 1, "columnIndex": 8}
    rows = [{"values": cells}]
    book.batch(
        {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
        {"copyPaste": {"source": grid(1, 1, 2, 8, 12), "destination": grid(1, 2, 4, 8, 12)}},
    )
    return book


def raw(book: Book, range_: str) -> list[list[Any]]:
    return book.values(range_, valueRenderOption="UNFORMATTED_VALUE")


def test_the_hard_formulas_of_a_map_are_computed(journey: Book) -> None:
    rows = raw(journey, "Pains!I2:L4")
    assert [row[0] for row in rows] == [2, 1, ""]
    assert rows[0][1] == pytest.approx(100 * 0.5**0.25 * 0.9)
    assert [row[1] for row in rows[1:]] == ["", ""]
    assert [row[2] for row in rows] == [1, 1, ""]
    assert rows[0][3] == ""


def test_they_are_computed_anew_when_something_changes(journey: Book) -> None:
    journey.write("Pains!E3", [[0.25]])
    rows = raw(journey, "Pains!I2:L4")
    assert rows[1][1] == pytest.approx(100 * 0.5**0.5 * 0.25**0.25)
    assert rows[0][3] == "all scored"


def test_they_still_hold_after_rows_came_in(journey: Book) -> None:
    before = raw(journey, "Pains!I2:L4")
    renamed = {"properties": {"sheetId": 2, "title": "Be lege"}, "fields": "title"}
    journey.batch(
        {"insertDimension": {"range": lines(2, "ROWS", 1, 3)}},
        {"insertDimension": {"range": lines(1, "ROWS", 1, 2)}},
        {"updateSheetProperties": renamed},
    )
    assert raw(journey, "Pains!I3:L5")[0][1:] == before[0][1:]
    formula = journey.formulas("Pains!I3")[0][0]
    assert "UPPER('Be lege'!$A$1:$A$7)" in formula
    assert formula.startswith('=IF($B3="";"";')


@pytest.mark.parametrize(
    ("formula", "shown", "kind"),
    [
        ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO"),
        ("=NOSUCHFUNCTION(1)", "#NAME?", "NAME"),
        ("=nosuchname+1", "#NAME?", "NAME"),
        ("=Nowhere!A1", "#REF!", "REF"),
        ("=B1", "#REF!", "REF"),
        ("=SUM(1", "#ERROR!", "ERROR"),
        ('="a"+1', "#VALUE!", "VALUE"),
        ("=NA()", "#N/A", "N_A"),
    ],
)
def test_errors_are_shown_as_sheets_shows_them(
    api: Api, formula: str, shown: str, kind: str
) -> None:
    book = api.create()
    book.write("B1", [[formula]])
    assert book.values("B1") == [[shown]]
    cell = book.sheet(includeGridData="true")["data"][0]["rowData"][0]["values"][1]
    assert cell["userEnteredValue"] == {"formulaValue": formula}
    assert cell["effectiveValue"]["errorValue"]["type"] == kind
    assert cell["formattedValue"] == shown


def test_a_comma_separates_nothing_where_it_marks_decimals(api: Api) -> None:
    book = api.create()
    book.write("A1", [["=IF(1=1,2,3)", "=IF(1=1;2;3)", '=LEN("a;b,c")']])
    assert raw(book, "A1:C1") == [[2, 2, 5]]
    properties = {"properties": {"locale": "de_DE"}, "fields": "locale"}
    book.batch({"updateSpreadsheetProperties": properties})
    assert book.values("A1:C1") == [["#ERROR!", "2", "5"]]
    book.write("A2", [["=1,5*2"]])
    assert raw(book, "A2") == [[3]]


def test_open_ranges_reach_the_edge_of_the_grid(api: Api) -> None:
    book = api.create()
    book.write("A1", [[1, "=SUM(A:A)"], [2, "=SUM(A2:A)"], [3, "=COUNT(1:1)"]])
    assert raw(book, "B1:B3") == [[6], [5], [2]]


def test_a_formula_that_only_names_an_empty_cell_shows_nothing(api: Api) -> None:
    book = api.create()
    book.write("A1", [["=E1", "=Sheet1!$E$1", "=E1+0"]])
    assert book.values("A1:C1") == [["", "", "0"]]
    book.write("E1", [[7]])
    assert book.values("A1:C1") == [["7", "7", "7"]]


def test_dates_and_percentages_count_as_numbers(api: Api) -> None:
    book = api.create()
    book.write("A1", [["2024-03-01", "50%", "=A1+1", "=B1*4"]])
    assert raw(book, "C1:D1") == [[45353, 2]]


def test_a_formula_must_begin_with_an_equals_sign(api: Api) -> None:
    cell = {"userEnteredValue": {"formulaValue": "1+1"}}
    update = {"start": {"sheetId": 0}, "rows": [{"values": [cell]}], "fields": "*"}
    with pytest.raises(RefusedCallError, match="equals sign"):
        api.create().batch({"updateCells": update})


def test_without_the_calculator_a_formula_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "cellrune":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    tab = Tab("Sheet1", 10, 10, [{0: {"formulaValue": "=1+1"}, 1: {"numberValue": 2}}])
    results = calculate(Calculated([tab], {}, "en", 46_000.0))
    error = results[0, 0, 0]["errorValue"]
    assert error["type"] == "NAME"
    assert "install" in error["message"]
    assert "cellrune" in error["message"]
    assert len(results) == 1


def test_the_numbers_of_several_rows_count_one_by_one(api: Api) -> None:
    book = api.create()
    book.write("A1", [[30], [10], [20], [10]], "RAW")
    ranks = [
        [f"=1+SUMPRODUCT((A$1:A$4<A{n})+(A$1:A$4=A{n})*(ROW(A$1:A$4)<ROW()))"] for n in range(1, 5)
    ]
    book.write("B1", ranks)
    book.write("C1", [['=SUMPRODUCT((A1:A4=10)*ROW(A1:A4))&"ROW(A1:A4)"'], ["=ROW(A3)"]])
    assert book.values("B1:B4") == [["4"], ["1"], ["3"], ["2"]]
    assert book.values("C1:C2") == [["6ROW(A1:A4)"], ["3"]]


def test_an_if_whose_last_argument_is_empty_shows_nothing(api: Api) -> None:
    book = api.create()
    book.write("A1", [["=IF(1>2;1;)", "=IF(2>1;1;)", "=IF(1>2;1;MAX(1;2))", "=N(IF(1>2;1;))"]])
    assert book.values("A1:D1") == [["", "1", "2", "0"]]
