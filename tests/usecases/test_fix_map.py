"""What is mended without judgement, what is left alone, and that a second run has nothing to do."""

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.checks.mends.safe import MENDED
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import EPOCH
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.check_map import Wanted, check_map
from cjm_sheets.usecases.fix_map import Fixed, plan_fix, write_fix
from tests.stores.memory import MemoryStore, sheet

TODAY = date(2026, 6, 30)
WANTED = Wanted(TODAY)


def fix(store: MemoryStore) -> Fixed:
    chance = Random(1)  # noqa: S311 - test data
    fixed = plan_fix(store, WANTED, chance.randrange)
    write_fix(store, fixed, WANTED, datetime(2026, 6, 30, tzinfo=UTC))
    return fixed


def changes(fixed: Fixed) -> dict[str, Raw]:
    return {shown.cell: shown.mend.after for shown in fixed.mends}


MAPS = sheet("Maps", {"id": "M1", "title": "x", "type": "current"})
STAGES = sheet(
    "Stages",
    {"id": "S1", "map": "M1", "order": 1, "name": "a"},
    {"id": "S2", "map": "M1", "order": 2, "name": "b"},
)


@pytest.mark.parametrize(
    ("table", "row", "column", "after"),
    [
        ("Pains", {"id": "N1", "pain": "slow "}, "pain", "slow"),
        ("Pains", {"id": "n1 ", "pain": "slow"}, "id", "N1"),
        ("Pains", {"id": "N1", "pain": " GrÃ¼ÃŸe"}, "pain", "Grüße"),
        ("Pains", {"id": "N1", "pain": "x", "severity": "4"}, "severity", 4),
        ("Pains", {"id": "N1", "pain": "x", "reach": "45 %"}, "reach", 0.45),
        ("Pains", {"id": "N1", "pain": "x", "reach": "0,45"}, "reach", 0.45),
        ("Pains", {"id": "N1", "pain": "x", "kind": "waitng"}, "kind", "waiting"),
        ("Pains", {"id": "N1", "pain": "x", "kind": "warten "}, "kind", "warten"),
        ("Touchpoints", {"id": "T1", "name": "x", "channel": "web site"}, "channel", "website"),
        ("Evidence", {"id": "E1", "source": "survey", "date": "31.3.2026"}, "date", "2026-03-31"),
        ("Evidence", {"id": "E1", "source": "survey", "date": "3/31/2026"}, "date", "2026-03-31"),
    ],
)
def test_what_can_mean_one_thing_only_is_mended(
    table: str, row: dict[str, Any], column: str, after: Raw
) -> None:
    store = MemoryStore(sheet(table, row))
    (shown,) = fix(store).mends
    assert (shown.mend.column, shown.mend.line) == (column, 2)
    assert (str(shown.mend.after) if column == "date" else shown.mend.after) == after
    assert fix(store).mends == ()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("Pains", {"id": "N1", "pain": "x", "severity": "high"}),
        ("Pains", {"id": "N1", "pain": "x", "severity": "6"}),
        ("Pains", {"id": "N1", "pain": "x", "severity": "2.5"}),
        ("Pains", {"id": "N1", "pain": "x", "observed": "1.030"}),
        ("Pains", {"id": "N1", "pain": "k?be"}),
        ("Pains", {"id": "N1", "pain": "x", "kind": "weird"}),
        ("Pains", {"id": "N1", "pain": "two\nlines  and\u00a0a no-break blank"}),
        ("Evidence", {"id": "E1", "source": "survey", "date": "3/4/2026"}),
        ("Touchpoints", {"id": "T1", "name": "x", "channel": "shop"}),
    ],
)
def test_what_needs_judgement_is_left_alone(table: str, row: dict[str, Any]) -> None:
    store = MemoryStore(sheet(table, row))
    assert fix(store).mends == ()
    assert store.writes == 0


def test_a_row_without_id_gets_one_that_nobody_has_or_means() -> None:
    pains = sheet("Pains", {"id": "N1", "pain": "a"}, {"pain": "b"}, {"id": "N-7", "pain": "c"})
    ideas = sheet("Opportunities", {"id": "O1", "opportunity": "x", "pains": "N1; N2"})
    store = MemoryStore(pains, ideas)
    drawn = changes(fix(store))
    assert set(drawn) == {"Pains!A3", "Pains!A4"}
    assert len({"N1", "N2", *drawn.values()}) == 4
    assert fix(store).mends == ()


def test_ids_that_rows_refer_to_or_that_stand_there_twice_are_left_alone() -> None:
    steps = sheet("Touchpoints", {"id": "T-1", "name": "a"}, {"id": "T2", "name": "b"})
    twice = sheet(
        "Pains", {"id": "N1", "touchpoint": "T-1", "pain": "a"}, {"id": "N1", "pain": "b"}
    )
    assert fix(MemoryStore(steps, twice)).mends == ()


def test_numbers_that_are_missing_follow_the_way() -> None:
    steps = sheet(
        "Touchpoints",
        {"id": "T1", "stage": "S1", "order": 1, "name": "a"},
        {"id": "T2", "stage": "S2", "order": 3, "name": "b"},
        {"id": "T3", "stage": "S1", "name": "c"},
        {"id": "T4", "stage": "S2", "order": "4", "name": "d"},
    )
    store = MemoryStore(MAPS, STAGES, steps)
    fixed = fix(store)
    assert changes(fixed) == {"Touchpoints!D4": 2, "Touchpoints!D5": 4}
    assert fix(store).mends == ()


def test_each_stage_goes_on_counting_by_itself() -> None:
    steps = sheet(
        "Touchpoints",
        {"id": "T1", "stage": "S1", "order": 1, "name": "a"},
        {"id": "T2", "stage": "S2", "order": 1, "name": "b"},
        {"id": "T3", "stage": "S2", "order": 1, "name": "c"},
        {"id": "T4", "stage": "S2", "order": 5, "name": "d"},
    )
    store = MemoryStore(MAPS, STAGES, steps)
    assert changes(fix(store)) == {"Touchpoints!D4": 2, "Touchpoints!D5": 3}


def test_a_formula_is_never_touched() -> None:
    pains = sheet("Pains", {"id": "N1", "pain": "slow ", "severity": "4"})
    for at in range(1, len(pains.header) + 1):
        pains.formulas[2, at] = "A1"
    store = MemoryStore(pains)
    assert fix(store).mends == ()


ODD = st.sampled_from(
    [
        *(
            "",
            " ",
            "3",
            " 3",
            "0,45",
            "45 %",
            "1,234",
            "website ",
            "websit",
            "wating",
            "yes",
            "ja ",
        ),
        *("31.3.2026", "3/4/2026", "2026-03-31", "GrÃ¼ÃŸe ", "k?be", "slow\u00a0", "\u200b"),
        *("t1", "T1 ", "n-1", "E1; e2", "\ufffd", "Ð¿Ñ€Ð¸", 3, 2.5, -1, True, 46000, None),
    ]
)
KEYS = st.sampled_from(["Maps", "Stages", "Touchpoints", "Pains", "Evidence"])


@st.composite
def dirty(draw: st.DrawFn) -> list[tuple[str, list[dict[str, Any]]]]:
    tables = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=5, unique=True)):
        columns = [column.key for column in schema.BY_KEY[key].typed]
        row = st.dictionaries(st.sampled_from(columns), ODD, min_size=1)
        tables.append((key, draw(st.lists(row, max_size=4))))
    return tables


@given(dirty())
@settings(max_examples=150, deadline=None)
def test_a_second_run_changes_nothing_and_nothing_else_is_touched(
    tables: list[tuple[str, list[dict[str, Any]]]],
) -> None:
    store = MemoryStore(*(sheet(key, *rows) for key, rows in tables))
    before = store.read()
    planned = fix(store)
    after = store.read()
    told = {(shown.mend.table, shown.mend.line, shown.mend.column) for shown in planned.mends}
    assert _differences(before, after) <= told
    assert fix(store).mends == ()
    assert store.read().tables == after.tables
    assert planned.left == check_map(store, WANTED).findings
    assert {shown.mend.rule for shown in planned.mends} <= set(MENDED)


def _differences(before: Snapshot, after: Snapshot) -> set[tuple[str, int, str]]:
    found = set()
    for old, new in zip(before.tables, after.tables, strict=True):
        assert [column.label for column in old.columns] == [column.label for column in new.columns]
        for one, other in zip(old.columns, new.columns, strict=True):
            cells = zip(old.lines, one.cells, other.cells, strict=True)
            found |= {
                (old.spec.key, line, one.key or "")
                for line, cell, now in cells
                if (type(cell), cell) != (type(now), now)
            }
    return found


def test_a_day_is_written_as_one() -> None:
    store = MemoryStore(sheet("Evidence", {"id": "E1", "source": "survey", "date": "2026-03-31"}))
    fix(store)
    (table,) = store.read().tables
    cell = table.cell("date", 2)
    assert isinstance(cell, date)
    assert (cell - EPOCH).days == 46112
