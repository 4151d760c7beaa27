"""Texts in bulk: pasted, split, trimmed; rows without duplicates, shuffled, filled on."""

import pytest

from cjm_sheets.service.requests.sorting import shuffled
from cjm_sheets.service.requests.splitting import html_rows
from tests.service.calls import Api, Book, Json, RefusedCallError, grid, lines


@pytest.fixture
def book(api: Api) -> Book:
    return api.create(sheets=[{"properties": {"sheetId": 0, "title": "Sheet1"}}])


def raw(book: Book, range_: str) -> list[list[object]]:
    return book.values(range_, valueRenderOption="UNFORMATTED_VALUE")


def test_delimited_text_is_pasted_as_if_typed_and_the_grid_grows(book: Book) -> None:
    data = 'name,n\n"one, two",50%\n=1+1,\'7\n'
    request = {"coordinate": {"rowIndex": 998, "columnIndex": 1}, "data": data, "delimiter": ","}
    book.batch({"pasteData": request})
    assert book.values("B999:C1001") == [["name", "n"], ["one, two", "50%"], ["2", "7"]]
    assert raw(book, "C1000:C1001") == [[0.5], ["7"]]
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1001


def test_html_is_pasted_cell_by_cell(book: Book) -> None:
    data = "<p>before<table><tr><th>a</th><th>b</th></tr><tr><td>1<br>2</td><td>x &lt; y</table>"
    book.batch({"pasteData": {"coordinate": {}, "data": data, "html": True}})
    assert book.values("A1:B2") == [["a", "b"], ["1\n2", "x < y"]]
    assert html_rows("plain  text") == [["plain text"]]


def test_what_cannot_be_pasted_is_refused(book: Book) -> None:
    with pytest.raises(RefusedCallError, match="delimiter or html"):
        book.batch({"pasteData": {"coordinate": {}, "data": "a"}})
    paste: Json = {"coordinate": {}, "data": "a", "delimiter": ",", "type": "PASTE_FORMAT"}
    with pytest.raises(RefusedCallError, match="PASTE_FORMAT") as refusal:
        book.batch({"pasteData": paste})
    assert refusal.value.code == 501


@pytest.mark.parametrize(
    ("how", "texts", "found"),
    [
        ({"delimiterType": "COMMA"}, ["a, b,3"], [["a", "b", 3]]),
        ({"delimiterType": "SEMICOLON"}, ["a,b;c"], [["a,b", "c"]]),
        ({"delimiterType": "PERIOD"}, ["1.2", "x"], [[1, 2], ["x"]]),
        ({"delimiterType": "SPACE"}, ["one 2"], [["one", 2]]),
        ({"delimiterType": "CUSTOM", "delimiter": " - "}, ["a - b"], [["a", "b"]]),
        ({"delimiterType": "AUTODETECT"}, ["a;b c", "d;e"], [["a", "b c"], ["d", "e"]]),
        ({}, ["a,b", "c"], [["a", "b"], ["c"]]),
    ],
)
def test_a_column_of_texts_is_split(
    book: Book, how: Json, texts: list[str], found: list[list[object]]
) -> None:
    book.write("A1", [[text] for text in texts], "RAW")
    book.batch({"textToColumns": {"source": grid(0, 0, 2, 0, 1)} | how})
    assert raw(book, "A1:C2") == found


def test_splitting_grows_the_grid_and_wants_one_column(api: Api) -> None:
    small = {"sheetId": 0, "gridProperties": {"rowCount": 3, "columnCount": 1}}
    book = api.create(sheets=[{"properties": small}])
    book.write("A1", [["a,b,c"]])
    book.batch({"textToColumns": {"source": grid(0, 0, 1, 0, 1), "delimiterType": "COMMA"}})
    assert book.values("A1:C1") == [["a", "b", "c"]]
    with pytest.raises(RefusedCallError, match="exactly one column"):
        book.batch({"textToColumns": {"source": grid(0, 0, 1, 0, 2)}})
    with pytest.raises(RefusedCallError, match="must not be empty"):
        book.batch({"textToColumns": {"source": grid(0, 0, 1, 0, 1), "delimiterType": "CUSTOM"}})


def test_whitespace_is_trimmed_in_texts_only(book: Book) -> None:
    book.write("A1:C2", [[" a\t b ", "= 1+1", " = 2"], [3, "same", "  "]], "RAW")
    book.write("B1", [["=LEN(A1)"]])
    reply = book.batch({"trimWhitespace": {"range": grid(0, 0, 2, 0, 3)}})["replies"][0]
    assert reply == {"trimWhitespace": {"cellsChangedCount": 3}}
    assert book.formulas("A1:C2") == [["a b", "=LEN(A1)", "= 2"], [3, "same"]]
    again = book.batch({"trimWhitespace": {"range": grid(0, 0, 2, 0, 3)}})["replies"]
    assert again == [{"trimWhitespace": {}}]


def test_rows_that_repeat_an_earlier_one_go(book: Book) -> None:
    book.write("A1:C5", [["a", 1, "x"], ["A", 1, "y"], ["b", 1, "z"], ["a", "1", "v"], ["", "", 9]])
    request = {"range": grid(0, 0, 5, 0, 2)}
    reply = book.batch({"deleteDuplicates": request})["replies"][0]
    assert reply == {"deleteDuplicates": {"duplicatesRemovedCount": 2}}
    assert book.values("A1:C5") == [
        ["a", "1", "x"],
        ["b", "1", "y"],
        ["", "", "z"],
        ["", "", "v"],
        ["", "", "9"],
    ]
    by_number = request | {"comparisonColumns": [lines(0, "COLUMNS", 1, 2)]}
    book.batch({"deleteDuplicates": by_number})
    assert book.values("A1:B2") == [["a", "1"]]
    outside = request | {"comparisonColumns": [lines(0, "COLUMNS", 2, 3)]}
    with pytest.raises(RefusedCallError, match="must lie in the range"):
        book.batch({"deleteDuplicates": outside})


def test_a_shuffle_loses_and_invents_no_row(book: Book) -> None:
    rows: list[list[object]] = [[n, f"=A{n}*2"] for n in range(1, 31)]
    book.write("A1:B30", rows)
    book.batch({"randomizeRange": {"range": grid(0, 0, 30, 0, 2)}})
    found = raw(book, "A1:B30")
    assert sorted(found) == [[n, n * 2] for n in range(1, 31)]
    assert shuffled(range(30), "seed") == shuffled(range(30), "seed")
    assert shuffled(range(30), "seed") != shuffled(range(30), "other")
    assert {tuple(shuffled(range(3), None)) for _ in range(200)} > {(0, 1, 2), (2, 1, 0)}


@pytest.mark.parametrize(
    ("typed", "alternate", "filled"),
    [
        ([5], False, [5, 5, 5]),
        ([5], True, [6, 7, 8]),
        ([1, 3], False, [5, 7, 9]),
        ([1, 3], True, [1, 3, 1]),
        ([0.1, 0.2], False, [0.3, 0.4, 0.5]),
        (["2024-02-28"], False, [45_351, 45_352, 45_353]),
        (["2024-02-28"], True, [45_350, 45_350, 45_350]),
        (["2024-01-01", "2024-01-08"], False, [45_306, 45_313, 45_320]),
        (["2024-01-31", "2024-03-31"], False, [45_443, 45_504, 45_565]),
        (["Step 1"], False, ["Step 2", "Step 3", "Step 4"]),
        (["Step 01", "Step 03"], False, ["Step 05", "Step 07", "Step 09"]),
        (["Step 1"], True, ["Step 1", "Step 1", "Step 1"]),
        (["Mon", "Wed"], False, ["Fri", "Sun", "Tue"]),
        (["november"], False, ["december", "january", "february"]),
        (["a", "b"], False, ["a", "b", "a"]),
        (["a", "TRUE"], False, ["a", True, "a"]),
    ],
)
def test_values_are_filled_on(
    book: Book, typed: list[object], alternate: object, filled: list[object]
) -> None:
    book.write("A1", [[value] for value in typed])
    end = len(typed) + 3
    request = {"range": grid(0, 0, end, 0, 1), "useAlternateSeries": alternate}
    book.batch({"autoFill": request})
    found = [row[0] for row in raw(book, f"A{len(typed) + 1}:A{end}")]
    assert found == pytest.approx(filled) if isinstance(filled[0], float) else found == filled


def test_formulas_and_formats_are_filled_on_in_each_direction(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.write("A1:B2", [[1, "=A1*2"], [2, "=A2*2"]])
    book.batch(
        {"repeatCell": {"range": grid(0, 1, 2, 0, 1), "cell": bold, "fields": "userEnteredFormat"}}
    )
    down = {"source": grid(0, 0, 2, 0, 2), "dimension": "ROWS", "fillLength": 2}
    book.batch({"autoFill": {"sourceAndDestination": down}})
    assert book.formulas("A1:B4") == [[1, "=A1*2"], [2, "=A2*2"], [3, "=A3*2"], [4, "=A4*2"]]
    cells = book.sheet(fields="sheets.data.rowData.values.userEnteredFormat")["data"][0]["rowData"]
    assert [bool(row and row["values"][0]) for row in cells] == [False, True, False, True]
    across = {"source": grid(0, 0, 1, 1, 2), "dimension": "COLUMNS", "fillLength": -1}
    book.batch({"autoFill": {"sourceAndDestination": across}})
    assert book.formulas("A1:B1") == [["=#REF!*2", "=A1*2"]]
    back = {"source": grid(0, 1, 4, 0, 1), "dimension": "ROWS", "fillLength": -1}
    book.batch({"autoFill": {"sourceAndDestination": back}})
    assert book.formulas("A1") == [[1]]


def test_a_series_that_is_not_known_says_so(book: Book) -> None:
    book.write("A1:A3", [[1], [2], [4]])
    with pytest.raises(RefusedCallError, match="no even steps") as refusal:
        book.batch({"autoFill": {"range": grid(0, 0, 5, 0, 1)}})
    assert refusal.value.code == 501
    far = {"source": grid(0, 0, 1, 0, 1), "dimension": "ROWS", "fillLength": 2000}
    with pytest.raises(RefusedCallError, match="leaves the grid"):
        book.batch({"autoFill": {"sourceAndDestination": far}})
    with pytest.raises(RefusedCallError, match="Either range"):
        book.batch({"autoFill": {}})
    assert book.batch({"autoFill": {"range": grid(0, 5, 9, 5, 6)}})["replies"] == [{}]
