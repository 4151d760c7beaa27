"""Every column of every table has one place, and people see first what they need first."""

from itertools import pairwise

import pytest

from cjm_sheets.tables import formulas, schema
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.templates import layout, leads, map_types
from cjm_sheets.templates.conditions import conditions
from cjm_sheets.templates.content import HEADER_LINE, Content
from cjm_sheets.templates.start_words import FILL, STEPS
from cjm_sheets.templates.table_sheet import table_sheet
from cjm_sheets.words.languages import LANGUAGES

_ANY = [(kind, key) for kind in map_types.MAP_TYPES for key in schema.BY_KEY]


@pytest.mark.parametrize(("kind", "key"), _ANY)
def test_every_column_has_one_place(kind: str, key: str) -> None:
    keys = [p.column.key for p in layout.placed(key, kind)]
    assert sorted(keys) == sorted(schema.BY_KEY[key].by_key)


@pytest.mark.parametrize(("kind", "key"), _ANY)
def test_the_row_id_comes_first_and_helpers_come_last(kind: str, key: str) -> None:
    placed = layout.placed(key, kind)
    assert placed[0].column.key == schema.BY_KEY[key].identity[0]
    helpers = [p.column.helper for p in placed]
    assert helpers == sorted(helpers)


@pytest.mark.parametrize(("kind", "key"), _ANY)
def test_a_fold_opens_from_the_column_before_it(kind: str, key: str) -> None:
    placed = layout.placed(key, kind)
    assert not placed[0].folded
    for before, p in pairwise(placed):
        assert before.opens_fold == (p.folded and not before.folded)


@pytest.mark.parametrize(("kind", "key"), _ANY)
def test_titles_of_bands_fit_over_what_is_shown(kind: str, key: str) -> None:
    for language in LANGUAGES:
        sheet = table_sheet(Content(kind, language, {}), key, {})
        titles = {cell.column: cell.value for cell in sheet.cells if cell.line == HEADER_LINE - 1}
        room: dict[int, float] = {}
        starts = 0
        for at, look in enumerate(sheet.columns, start=1):
            starts = at if titles.get(at) else starts
            room[starts] = room.get(starts, 0) + (0 if look.hidden else look.width)
        for at, title in titles.items():
            if title is not None and room[at]:
                assert len(f"{title}") <= room[at], (language, title)


def test_the_touchpoints_of_each_kind_of_map_show_what_the_design_says() -> None:
    shown = {
        "current": "id stage name channel action thought emotion why reach moment_of_truth owner"
        " evidence",
        "future": "id stage name channel action emotion expectation need resolves owner",
        "day": "id name channel emotion",
        "blueprint": "id stage name channel action emotion moment_of_truth owner",
    }
    for kind, keys in shown.items():
        seen = [p.column.key for p in layout.placed("Touchpoints", kind) if not p.folded]
        assert sorted(seen) == sorted(keys.split()), kind


def test_pains_show_what_a_score_needs_and_what_it_is() -> None:
    seen = {p.column.key for p in layout.placed("Pains", "current") if not p.folded}
    needed = (
        "id touchpoint pain severity hit observed guess frequency evidence sources grade if_true"
        " evidenced gap"
    )
    assert seen >= set(needed.split())


def test_the_needed_columns_are_never_folded_away() -> None:
    for key, of in schema.BY_KEY.items():
        folded = {p.column.key for p in layout.placed(key, "current") if p.folded}
        needed = {column.key for column in of.columns if column.required} - {"order"}
        assert not folded & needed, key


@pytest.mark.parametrize("kind", map_types.MAP_TYPES)
def test_formulas_find_the_tables_that_they_read(kind: str) -> None:
    there = map_types.tables(kind)
    assert len(set(there)) == len(there)
    for table in set(there) & formulas.FORMULAS.keys():
        for text in formulas.FORMULAS[table].values():
            for other in schema.BY_KEY:
                if f"{other}[" in text:
                    assert other in there, (table, other)


def test_every_sheet_has_its_lead_and_every_first_sheet_its_step() -> None:
    assert leads.LEADS.keys() == schema.BY_KEY.keys()
    assert FILL.keys() == map_types.MAP_TYPES.keys()
    for of in map_types.MAP_TYPES.values():
        assert STEPS.keys() >= set(of.first)


def test_every_column_that_people_see_has_a_hint() -> None:
    seen = {f"{of.key}.{c.key}" for of in schema.TABLES for c in of.columns if not c.helper}
    assert seen <= HINTS.keys()


def test_conditions_speak_of_columns_that_are_there() -> None:
    for key in schema.BY_KEY:
        at = {p.column.key: n for n, p in enumerate(layout.placed(key, "current"), start=1)}
        for rule in conditions(key, at, (5, 9)):
            assert (rule.first_line, rule.last_line) == (5, 9)
            assert 1 <= rule.column <= len(at)
