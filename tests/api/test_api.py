"""A program reads a workbook as values and frames, and writes exactly what it changed."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cjm_sheets as cjm
from cjm_sheets import wiring
from cjm_sheets.errors.asked import (
    CannotTakeError,
    ComputedColumnError,
    NoSuchColumnError,
    NoSuchRowError,
    UnknownTableError,
)
from cjm_sheets.errors.workbook import ChangedMeanwhileError
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import Unread
from cjm_sheets.usecases.sync_map import sync_map

DAY = date(2026, 11, 26)


@pytest.fixture
def book(tmp_path: Path) -> cjm.Book:
    return cjm.new(tmp_path / "vacuum.xlsx", starter="vacuum", language="de")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> cjm.Book:
    """A book that is only read."""
    path = tmp_path_factory.mktemp("kept") / "vacuum.xlsx"
    return cjm.new(path, starter="vacuum", language="lv")


# ---- reading ----------------------------------------------------------------------


def test_a_table_says_what_the_model_says(kept: cjm.Book) -> None:
    frame = kept.table("Pains", today=DAY)
    assert list(frame.index) == [pain.id for pain in kept.model.pains]
    assert list(frame["severity"]) == [pain.severity for pain in kept.model.pains]
    assert list(frame["line"]) == [pain.line for pain in kept.model.pains]
    assert list(frame["evidence"]) == [pain.evidence for pain in kept.model.pains]
    assert frame["evidenced"].tolist() == pytest.approx([s.evidenced for s in kept.reading.scores])


def test_every_table_becomes_a_frame(kept: cjm.Book) -> None:
    for key, decoded in kept.reading.decoded.items():
        frame = kept.table(key, today=DAY)
        assert len(frame) == len(decoded.lines)
        helpers = {column.key for column in decoded.table.spec.columns if column.helper}
        assert helpers.isdisjoint(frame.columns)
    assert kept.table("Settings").loc["severity_5", "value"] == 1


def test_findings_are_a_sequence_and_a_frame(book: cjm.Book) -> None:
    assert len(book.check(["CJ00"], today=DAY)) == 0
    worse = book.set("Pains", "N3", "evidence", None)
    found = worse.check(["CJ031"], today=DAY)
    assert [finding.row for finding in found] == ["N3"]
    assert found[0].rule == "CJ031"
    assert (found.grade, found.counts["warning"]) == ("B", 1)
    frame = found.to_frame()
    assert frame.loc[0, "cell"] == found[0].cell
    assert list(frame.columns)[:3] == ["rule", "severity", "map"]


def test_the_ranking_is_a_frame(kept: cjm.Book) -> None:
    ranking = kept.ranking()
    frame = ranking.to_frame()
    assert list(frame["rank"]) == sorted(frame["rank"])
    assert set(frame.index) == {pain.id for pain in kept.model.pains}
    assert frame.loc["N1", "evidenced"] == kept.reading.scores[0].evidenced
    assert ranking.firmness.top3_share == ranking.document()["top3_share"]


def test_the_map_is_drawn(kept: cjm.Book, tmp_path: Path) -> None:
    kept.draw(tmp_path / "map.svg", today=DAY)
    assert (tmp_path / "map.svg").read_text("utf-8").startswith("<")


def test_rules_say_what_they_are() -> None:
    ids = [rule.id for rule in cjm.rules()]
    assert "CJ031" in ids
    assert ids == sorted(ids)


def put(frame: pd.DataFrame, row: str, column: str, value: object) -> None:
    """Put a value into a cell as it is, even where it is a tuple."""
    values = list(frame[column])
    values[list(frame.index).index(row)] = value
    frame[column] = pd.Series(values, index=frame.index, dtype=frame[column].dtype)


# ---- writing ----------------------------------------------------------------------


def test_a_frame_as_it_was_read_writes_nothing(book: cjm.Book) -> None:
    path = Path(book.source.name)
    before = path.read_bytes()
    for key in book.tables:
        if len(schema.BY_KEY[key].identity) == 1:
            assert book.changes(key, book.table(key)) == ()
            assert book.update(key, book.table(key)) is book
    assert path.read_bytes() == before


def test_what_a_frame_changes_is_written_and_nothing_else(book: cjm.Book) -> None:
    frame = book.table("Pains")
    frame.loc["N3", "severity"] = 2
    frame.loc["N4", "kind"] = "price"
    put(frame, "N5", "evidence", ("E1", "E2"))
    frame.loc["N6", "pain"] = None
    changes = book.changes("Pains", frame)
    assert [(c.row, c.column) for c in changes] == [
        ("N3", "severity"), ("N4", "kind"), ("N5", "evidence"), ("N6", "pain"),
    ]  # fmt: skip
    after = book.update("Pains", frame)
    assert after.model.pains[2].severity == 2
    assert after.model.pains[3].kind == "price"
    assert after.model.pains[4].evidence == ("E1", "E2")
    assert after.model.pains[5].pain == ""
    assert after.model.touchpoints == book.model.touchpoints
    assert after.changes("Pains", after.table("Pains")) == ()
    (raw,) = [t for t in after.reading.snapshot.tables if t.spec.key == "Pains"]
    assert raw.cell("kind", after.model.pains[3].line) == "Preis"


def test_part_of_a_frame_is_enough(book: cjm.Book) -> None:
    part = pd.DataFrame({"severity": [5]}, index=["N7"])
    assert book.update("Schmerzpunkte", part).model.pains[6].severity == 5


def test_rows_are_added_with_ids_that_nobody_has(book: cjm.Book) -> None:
    after = book.add(
        "Pains",
        [
            {"touchpoint": "T3", "pain": "Zu schwer", "severity": 3, "hit": 2, "observed": 9},
            {"id": "N99", "touchpoint": "T4", "pain": "Zu laut"},
        ],
    )
    drawn, named = after.model.pains[-2:]
    assert (drawn.pain, drawn.severity, named.id) == ("Zu schwer", 3, "N99")
    assert drawn.id not in {pain.id for pain in book.model.pains}
    assert after.reading.scores[-2].evidenced is not None
    with pytest.raises(CannotTakeError):
        after.add("Pains", [{"id": "N99", "pain": "twice"}])


@pytest.mark.parametrize(
    ("column", "value", "meant"),
    [
        ("severity", 3.0, 3),
        ("reach", "0.5", None),
        ("reach", 0.5, 0.5),
        ("severity", 6, None),
        ("severity", 2.5, None),
        ("severity", True, None),
        ("reach", float("inf"), None),
        ("kind", "Preis", "price"),
        ("kind", "cheapness", None),
        ("touchpoint", "T999", None),
        ("evidence", ["E2", "E1"], ("E2", "E1")),
        ("evidence", ["E999"], None),
        ("pain", 5, None),
        ("id", "N77", None),
    ],
)
def test_a_column_takes_what_fits(book: cjm.Book, column: str, value: Any, meant: Any) -> None:
    before = Path(book.source.name).read_bytes()
    if meant is None:
        with pytest.raises(CannotTakeError) as refused:
            book.set("Pains", "N2", column, value)
        said = cjm.sentence(refused.value)
        assert said.startswith(f"Schmerzpunkte N2: {column} cannot take ")
        assert cjm.sentence(refused.value, "de") != said
        assert Path(book.source.name).read_bytes() == before
    else:
        assert getattr(book.set("Pains", "N2", column, value).model.pains[1], column) == meant


@pytest.mark.parametrize("value", [DAY, pd.Timestamp(DAY), "2026-11-26"])
def test_a_day_may_come_in_several_ways(book: cjm.Book, value: object) -> None:
    assert book.set("Evidence", "E1", "date", value).model.evidence[0].date == DAY


def test_what_does_not_exist_is_named(book: cjm.Book) -> None:
    with pytest.raises(UnknownTableError):
        book.table("Nothing")
    with pytest.raises(NoSuchRowError):
        book.set("Pains", "N999", "pain", "x")
    with pytest.raises(NoSuchColumnError):
        book.set("Pains", "N1", "colour", "x")
    with pytest.raises(ComputedColumnError):
        book.set("Pains", "N1", "if_true", 3)
    frame = book.table("Pains")
    frame.loc["N1", "if_true"] = 3.0
    with pytest.raises(ComputedColumnError):
        book.changes("Pains", frame)
    with pytest.raises(cjm.Error):
        cjm.open("nowhere.xlsx")


def test_a_book_that_somebody_changed_meanwhile_is_not_written(book: cjm.Book) -> None:
    other = cjm.open(book.source.name)
    other.set("Pains", "N1", "severity", 1)
    now = Path(book.source.name).read_bytes()
    with pytest.raises(cjm.Error):
        book.set("Pains", "N1", "severity", 2)
    assert Path(book.source.name).read_bytes() == now


def test_what_a_column_cannot_read_stays_unless_it_is_changed(book: cjm.Book) -> None:
    store = wiring.workbook_file(book.source.name)
    line = book.model.pains[0].line
    typed = (SetCell("Pains", line, "severity", "hoch"), SetCell("Pains", line, "kind", "Laune"))
    store.apply(Changes(cells=typed), store.read())
    again = cjm.open(book.source.name)
    frame = again.table("Pains")
    assert frame["severity"].isna()["N1"]
    assert frame.loc["N1", "kind"] == "Laune"
    assert again.changes("Pains", frame) == ()
    frame.loc["N1", "severity"] = 4
    assert [c.column for c in again.changes("Pains", frame)] == ["severity"]


TYPED = {
    "severity": st.integers(1, 5),
    "hit": st.integers(0, 50),
    "reach": st.floats(0, 1),
    "kind": st.sampled_from(["waiting", "price", "trust"]),
    "pain": st.text(st.characters(codec="cp1257", exclude_categories=["Cc"]), max_size=20),
    "evidence": st.lists(st.sampled_from(["E1", "E2", "E3"]), max_size=3, unique=True).map(tuple),
}
EDIT = st.sampled_from(list(TYPED)).flatmap(
    lambda column: st.tuples(
        st.integers(0, 11), st.just(column), st.one_of(st.none(), TYPED[column])
    )
)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(st.lists(EDIT, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_exactly_the_changed_cells_are_found(
    kept: cjm.Book, edits: list[tuple[int, str, Any]]
) -> None:
    frame = kept.table("Pains", today=DAY)
    for at, column, value in edits:
        put(frame, str(frame.index[at]), column, value)
    decoded = kept.reading.decoded["Pains"]
    wanted = {}
    for at, column, value in edits:
        wanted[at, column] = value
    differing = {
        (frame.index[at], column)
        for (at, column), value in wanted.items()
        if not _same(decoded.values(column)[at], value)
    }
    assert {(c.row, c.column) for c in kept.changes("Pains", frame)} == differing


def _same(before: Any, value: Any) -> bool:
    assert not isinstance(before, Unread)
    if isinstance(value, str):
        value = value if value.strip() else None
    return bool(before == value) or (before is None and value == ())


# ---- starting -----------------------------------------------------------------------


def test_the_import_alone_loads_nothing_slow() -> None:
    asked = "import sys, cjm_sheets; sys.exit(len({'pandas', 'cjm_sheets.api'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        cjm.nothing  # noqa: B018 - asked for on purpose


# ---- a shared copy ----------------------------------------------------------------------


def test_a_shared_copy_is_read_and_written_by_its_address(
    book: cjm.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RunningService(tmp_path / "service") as service:
        monkeypatch.setenv("CJM_SHEETS_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("CJM_SHEETS_ENDPOINT", service.url)
        monkeypatch.setenv("CJM_SHEETS_TOKEN", service.token)
        with wiring.sharing() as around:
            synced = sync_map(
                wiring.workbook_file(book.source.name),
                wiring.link_to("new"),
                Options(),
                around,
                dry_run=False,
            )
        address = f"{service.url}/spreadsheets/d/{synced.link.spreadsheet}/edit"
        shared = cjm.open(address)
        assert shared.model.pains == book.model.pains
        assert shared.language == "de"
        after = shared.set("Pains", "N3", "severity", 1)
        assert after.model.pains[2].severity == 1
        assert cjm.open(address).model.pains[2].severity == 1
        with pytest.raises(ChangedMeanwhileError):
            shared.set("Pains", "N4", "severity", 1)  # as it was before
        assert cjm.open(book.source.name).model.pains[2].severity != 1
