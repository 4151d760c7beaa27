"""The service's pure parts by themselves: masks, addresses, typed text, shown text, references."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.service.a1 import (
    box_text,
    column_index,
    column_letters,
    parse_area,
    quoted_title,
    split_range,
)
from cjm_sheets.service.area import MAX_COLUMNS, Area, Box
from cjm_sheets.service.drive.query import parse_query
from cjm_sheets.service.fields import overlay, parse_mask, select
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.parsing import entered
from cjm_sheets.service.references import AxisChange, copied, followed, retitled
from cjm_sheets.service.refusals import RefusedError
from cjm_sheets.service.shifts import Deletion, Insertion, Move
from tests.service.calls import Json

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", {"a": {}}),
        ("a,b.c", {"a": {}, "b": {"c": {}}}),
        ("a/b(c,d.e/f)", {"a": {"b": {"c": {}, "d": {"e": {"f": {}}}}}}),
        ("a(b),a(c)", {"a": {"b": {}, "c": {}}}),
        ("a.b,a", {"a": {}}),
        ("a.*", {"a": {}}),
        ("a(*,b)", {"a": {}}),
        ("*", {}),
        (" a , b ( c ) ", {"a": {}, "b": {"c": {}}}),
    ],
)
def test_a_mask_is_a_tree(text: str, tree: Json) -> None:
    assert parse_mask(text) == tree


@pytest.mark.parametrize("text", ["a,", ",a", "a(b", "a)b", "a..b", "a b", "a()", "(a)", "a-b"])
def test_what_is_no_mask_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="Invalid field mask"):
        parse_mask(text)


def test_a_mask_selects_through_lists() -> None:
    value = {"sheets": [{"p": {"t": 1, "u": 2}, "d": 3}, {"p": {"u": 4}}], "x": 5}
    assert select(value, parse_mask("sheets/p(t)")) == {"sheets": [{"p": {"t": 1}}, {"p": {}}]}


def test_a_mask_overlays_sets_and_clears() -> None:
    old = {"a": {"b": 1, "c": 2}, "d": 3}
    assert overlay(old, {"a": {"b": 9}}, parse_mask("a.b")) == {"a": {"b": 9, "c": 2}, "d": 3}
    assert overlay(old, {}, parse_mask("a.b,d")) == {"a": {"c": 2}}
    assert overlay(old, {"d": 4}, parse_mask("*")) == {"d": 4}
    assert overlay({}, {"a": {"b": 1}}, parse_mask("a(b,c)")) == {"a": {"b": 1}}


@settings(deadline=None)
@given(st.integers(0, MAX_COLUMNS - 1))
def test_columns_go_there_and_back(index: int) -> None:
    assert column_index(column_letters(index)) == index


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B2", Area(0, 1, 2, 1, 2)),
        ("$B$2:c3", Area(0, 1, 3, 1, 3)),
        ("C3:B2", Area(0, 1, 3, 1, 3)),
        ("A2:C", Area(0, 1, None, 0, 3)),
        ("A:A", Area(0, None, None, 0, 1)),
        ("2:3", Area(0, 1, 3, None, None)),
        ("B2:5", Area(0, 1, 5, 1, None)),
        ("ZZZ1", Area(0, 0, 1, 18_277, 18_278)),
    ],
)
def test_addresses(text: str, area: Area) -> None:
    assert parse_area(text, 0) == area


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "AAAA1", "A1:B2:C3", "Sheet1", "A1 ", "Ä1"])
def test_what_is_no_address(text: str) -> None:
    assert parse_area(text, 0) is None


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Sheet1", "Sheet1"),
        ("D3", "'D3'"),
        ("R1C1", "'R1C1'"),
        ("My tab", "'My tab'"),
        ("It's", "'It''s'"),
        ("Åben", "'Åben'"),
        ("a!b", "'a!b'"),
        ("1st", "'1st'"),
    ],
)
def test_titles_are_quoted_where_they_must_be(title: str, quoted: str) -> None:
    assert quoted_title(title) == quoted
    text = box_text(title, Box(0, 0, 2, 0, 1))
    assert text == f"{quoted}!A1:A2"
    assert split_range(text) == (title, "A1:A2")


@pytest.mark.parametrize(
    ("text", "locale", "value", "pattern"),
    [
        ("42", "en_US", 42, None),
        ("0042", "en_US", 42, None),
        ("-1.5e3", "en_US", -1500, "0.00E+00"),
        (".5", "en_US", 0.5, None),
        ("2,000,000.01", "en_US", 2_000_000.01, "#,##0.00"),
        ("1,5", "de_DE", 1.5, None),
        ("1.234,5", "de_DE", 1234.5, "#,##0.00"),
        ("12,5 %", "lv_LV", 0.125, "0.00%"),
        ("50%", "en_US", 0.5, "0%"),
        ("TRUE", "en_US", True, None),
        ("2024-02-29", "en_US", 45_351, "yyyy-mm-dd"),
        ("2024-02-30", "en_US", "2024-02-30", None),
        ("3/4/2024", "en_US", 45_355, None),
        ("3/4/2024", "en_GB", 45_385, None),
        ("3/4", "en_US", 46_085, "m/d"),
        ("13/13", "en_US", "13/13", None),
        ("04.03.2024", "da_DK", 45_355, None),
        ("1.2", "ru_RU", 46_054, "d.m"),
        ("12:30", "en_US", 0.520833333333333, "h:mm"),
        ("1:30 PM", "en_US", 0.5625, "h:mm am/pm"),
        ("2024-03-04 06:00", "en_US", 45_355.25, "yyyy-mm-dd h:mm:ss"),
        ("25:00", "en_US", 25 / 24, "[h]:mm:ss"),
        ("1,2", "en_US", "1,2", None),
        ("'42", "en_US", "42", None),
        ("plain text", "en_US", "plain text", None),
        ("=", "en_US", "=", None),
        ("- 5 -", "en_US", "- 5 -", None),
    ],
)
def test_typed_text(text: str, locale: str, value: object, pattern: str | None) -> None:
    found = entered(text, locale, TODAY)
    assert found is not None
    (got,) = found.value.values()
    assert got == (pytest.approx(value) if isinstance(value, float) else value)
    assert type(got) is type(value) or isinstance(got, int | float)
    assert (found.number_format or {}).get("pattern") == pattern


def test_a_formula_is_kept_as_typed_and_nothing_is_nothing() -> None:
    formula = entered("=A1 + 1", "en_US", TODAY)
    assert formula is not None
    assert formula.value == {"formulaValue": "=A1 + 1"}
    assert entered("", "en_US", TODAY) is None


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.004, "0.00", "0.00"),
        (-0.004, "0.00", "0.00"),
        (7, "000", "007"),
        (0.25, "#.##", ".25"),
        (12.5, "0.0##", "12.5"),
        (-3, "0;(0)", "(3)"),
        (0, "0;-0;none", "none"),
        (5, '0" years"', "5 years"),
        (1500, "0.00E+00", "1.50E+03"),
        (45_355, "yyyy-mm-dd", "2024-03-04"),
        (45_355, "d.m.yy", "4.3.24"),
        (45_355, "ddd d mmmm", "Mon 4 March"),
        (45_355.75, "yyyy-mm-dd hh:mm", "2024-03-04 18:00"),
        (45_355.75, "h:mm am/pm", "6:00 PM"),
        (3.14, "@", "3.14"),
        (1e15, "", "1E+15"),
        (1 / 3, "", "0.3333333333"),
        (123456789012, "", "123456789012"),
    ],
)
def test_shown_numbers(number: float, pattern: str, text: str) -> None:
    kind = "DATE" if "yy" in pattern or "d " in pattern or "h:" in pattern else "NUMBER"
    number_format = {"type": kind, "pattern": pattern} if pattern else {}
    assert shown({"numberValue": number}, number_format, "en_US") == text


def test_a_number_that_is_no_day_is_shown_as_a_number() -> None:
    assert shown({"numberValue": 1e9}, {"type": "DATE"}, "en_US") == "1000000000"


def test_numbers_are_shown_in_the_language_of_the_spreadsheet() -> None:
    number_format = {"type": "NUMBER", "pattern": "#,##0.00"}
    assert shown({"numberValue": 1234.5}, number_format, "de_DE") == "1.234,50"
    assert shown({"numberValue": 1234.5}, number_format, "lv_LV") == "1\u00a0234,50"
    assert shown({"numberValue": 0.5}, {}, "da_DK") == "0,5"


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_can_be_shown_in_every_pattern(number: float) -> None:
    for pattern in ("", "0", "0.00", "#,##0", "0.0%", "0.00E+00", "@"):
        number_format = {"type": "NUMBER", "pattern": pattern}
        assert shown({"numberValue": number}, number_format, "en_US")


FORMULA = "=IF($B2<>\"B2\";SUM(T!$A$2:A$9;T!B:C;'My T'!A1)+LOG10(B2)+b2_x;B2)"


def test_references_follow_an_insertion_on_their_own_tab_only() -> None:
    insertion = AxisChange("T", rows=True, shift=Insertion(4, 2))
    assert followed(FORMULA, "Home", insertion) == FORMULA.replace("A$9", "A$11")
    home = AxisChange("home", rows=True, shift=Insertion(0, 1))
    assert followed(FORMULA, "Home", home) == (
        "=IF($B3<>\"B2\";SUM(T!$A$2:A$9;T!B:C;'My T'!A1)+LOG10(B3)+b2_x;B3)"
    )


def test_references_to_what_is_gone_are_lost() -> None:
    gone = AxisChange("T", rows=False, shift=Deletion(0, 2))
    assert followed("=T!A1+T!C1+SUM(T!A:D)+SUM(T!A1:B9)", "x", gone) == (
        "=#REF!+T!A1+SUM(T!A:B)+SUM(#REF!)"
    )


def test_copied_formulas_move_only_relative_parts() -> None:
    assert copied("=A1+$A1+A$1+$A$1+SUM(B2:C)", 2, 1) == "=B3+$A3+B$1+$A$1+SUM(C4:D)"
    assert copied("=A1", -1, 0) == "=#REF!"


def test_renamed_tabs_are_followed_whatever_they_are_called() -> None:
    assert retitled("=T!A1&'my t'!A1&\"T!A1\"", "My T", "It's") == "=T!A1&'It''s'!A1&\"T!A1\""


@settings(deadline=None)
@given(
    st.integers(0, 20),
    st.integers(1, 6),
    st.integers(0, 20),
    st.lists(st.text("ab", max_size=1), min_size=27, max_size=27),
)
def test_a_move_is_a_permutation_that_lists_agree_with(
    start: int, length: int, to: int, cells: list[str]
) -> None:
    end = start + length
    if start <= to <= end:
        return
    numbered = list(enumerate(cells))
    block = numbered[start:end]
    rest = numbered[:start] + numbered[end:]
    landing = to if to < start else to - length
    expected = rest[:landing] + block + rest[landing:]
    move = Move(start, end, to)
    for place, (old, _) in enumerate(expected):
        assert move.index(old) == place


@settings(deadline=None)
@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_a_deletion_leaves_the_rows_that_lists_leave(
    start: int, length: int, low: int, height: int
) -> None:
    deletion = Deletion(start, start + length)
    rows = [row for row in range(low, low + height) if not start <= row < start + length]
    span = deletion.span(low, low + height)
    assert (span is None) == (not rows)
    if span is not None:
        assert span == (deletion.index(rows[0]), (deletion.index(rows[-1]) or 0) + 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name = 'A map'", True),
        ('name="a MAP" and trashed=false', True),
        ("name contains 'map' and not trashed = true", True),
        ("name = 'x' or properties has { key='k' and value='it\\'s' }", True),
        ("appProperties has { key='k' and value='v' }", False),
        ("'root' in parents and (name = 'x' or name = 'y')", False),
        ("modifiedTime > '2024-01-01T00:00:00'", True),
        ("", True),
    ],
)
def test_searches(query: str, found: object) -> None:
    file = {
        "name": "A map",
        "trashed": False,
        "properties": {"k": "it's"},
        "modifiedTime": "2026-01-01T00:00:00Z",
    }
    assert parse_query(query, str)(file) is found


@pytest.mark.parametrize("query", ["name =", "name = 'x' and", "(name = 'x'", "name 'x'", "??"])
def test_what_is_no_search_is_refused(query: str) -> None:
    with pytest.raises(RefusedError):
        parse_query(query, str)
