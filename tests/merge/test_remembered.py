"""What a workbook remembers of past runs: bounded, whole, and no hindrance to older records."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.merge.base import CHUNK, Base, BrokenBaseError, from_texts, pending_of, to_texts
from cjm_sheets.merge.packing import as_json, from_json
from cjm_sheets.merge.remembered import remembered, runs_of, with_run
from cjm_sheets.model.past import Entry, Run
from cjm_sheets.model.pending import Pending
from tests.merge.test_base import PENDING, TABLES, VALUES

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def run(number: int, *entries: Entry) -> Run:
    when = START + timedelta(hours=number)
    return Run(
        f"k{number}",
        when,
        "map.xlsx",
        "local",
        "1AbC",
        number,
        "mia",
        finished=True,
        entries=entries,
    )


def entry(text: str, row: str = "N1", before: str = "old") -> Entry:
    return Entry("sheet", "Pains", row, "pain", as_json(before or None), as_json(text))


def base_of(texts: tuple[str, ...]) -> Base:
    found = from_texts(texts)
    assert found is not None
    return found


@given(TABLES, st.lists(PENDING, max_size=3).map(tuple), st.integers(1, 4))
def test_runs_come_back_beside_all_else(
    tables: dict[str, dict[tuple[str], dict[str, object]]], pending: tuple[Pending, ...], most: int
) -> None:
    before = Base(2, "local", "1AbC", tables, pending)  # type: ignore[arg-type] # as in test_base
    texts = to_texts(before)
    runs = tuple(run(i, entry(f"new {i}")) for i in range(most))
    for each in runs:
        texts = with_run(texts, each)
    after = base_of(texts)
    assert remembered(after) == runs
    assert (after.tables, after.pending) == (before.tables, before.pending)
    assert pending_of(texts) == pending
    assert to_texts(after) == texts


def test_what_was_blank_before_is_not_remembered() -> None:
    texts = to_texts(Base(2, "local", "1AbC"))
    assert with_run(texts, run(1, entry("new", before=""))) == texts
    mixed = with_run(texts, run(1, entry("new", before=""), entry("newer", "N2")))
    assert [each.entries for each in remembered(base_of(mixed))] == [(entry("newer", "N2"),)]


def noise(seed: int, length: int) -> str:
    """Return a text that cannot be packed small."""
    blocks = range(length // 64 + 1)
    return "".join(hashlib.sha256(f"{seed} {i}".encode()).hexdigest() for i in blocks)[:length]


def test_the_oldest_go_first_and_the_text_never_outgrows_a_cell() -> None:
    texts = to_texts(Base(2, "local", "1AbC"))
    for number in range(60):
        texts = with_run(texts, run(number, entry("x", before=noise(number, 2_000))))
        assert all(len(text) <= CHUNK for text in texts)
    kept = [each.key for each in remembered(base_of(texts))]
    assert kept == [f"k{i}" for i in range(60)][-len(kept) :]
    assert 10 < len(kept) < 60


def test_of_one_run_that_is_too_long_a_part_is_kept() -> None:
    entries = [entry("x", f"N{i}", noise(i, 5_000)) for i in range(40)]
    texts = with_run(to_texts(Base(2, "local", "1AbC")), run(1, *entries))
    (kept,) = remembered(base_of(texts))
    assert kept.entries == tuple(entries[: len(kept.entries)])
    assert kept.entries
    lone = with_run(to_texts(Base(2, "local", "1AbC")), run(1, entry("x", "N1", noise(1, 90_000))))
    assert remembered(base_of(lone)) == ()


def test_damage_of_the_record_is_noticed_and_never_read_as_a_run() -> None:
    texts = with_run(to_texts(Base(2, "local", "1AbC")), run(1, entry("new")))
    (at,) = [i for i, text in enumerate(texts) if text.startswith("~")]
    spoilt = [*texts]
    spoilt[at] = texts[at][:-4] + "AAAA"
    with pytest.raises(BrokenBaseError):
        from_texts(spoilt)
    for broken in ("", "~", "~AAAA", "~not base64", spoilt[at]):
        assert runs_of(broken) == ()


def test_a_record_without_runs_is_read_as_before() -> None:
    texts = to_texts(Base(2, "local", "1AbC", {}, (Pending("conflict", "Pains", "N1", "pain"),)))
    assert remembered(base_of(texts)) == ()
    assert not any(text.startswith("~") for text in texts)


@given(VALUES, st.dictionaries(st.sampled_from(["name", "date", "row"]), VALUES))
def test_values_come_back_from_json(value: object, content: dict[str, object]) -> None:
    assert from_json(as_json(value)) == value  # type: ignore[arg-type] # a value
    assert from_json(as_json(content)) == content  # type: ignore[arg-type] # the same
