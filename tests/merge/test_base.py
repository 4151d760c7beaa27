from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.merge.base import Base, BrokenBaseError, Rows, from_texts, to_texts
from cjm_sheets.tables.codec import Unread, Value

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.lists(TEXT, min_size=1, max_size=4).map(tuple),
    st.builds(Unread, TEXT, st.booleans()),
)
TABLES: st.SearchStrategy[dict[str, Rows]] = st.dictionaries(
    st.sampled_from(["Pains", "Touchpoints"]),
    st.dictionaries(
        st.tuples(TEXT), st.dictionaries(st.sampled_from(["name", "evidence"]), VALUES), max_size=5
    ),
    max_size=2,
)


@given(TABLES, st.integers(0, 10**6))
def test_a_base_comes_back_as_it_was(tables: dict[str, Rows], generation: int) -> None:
    base = Base(generation, "local", "1AbC", tables)
    texts = to_texts(base)
    assert from_texts(texts) == base
    assert all(len(text) <= 32_000 for text in texts)


def test_a_large_base_is_cut_into_cells() -> None:
    noise: Rows = {(f"T{i}",): {"name": f"{i * 7919 % 100_003:x} {i}"} for i in range(20_000)}
    texts = to_texts(Base(1, "google", "x", {"Touchpoints": noise}))
    assert len(texts) > 6
    assert from_texts(texts) == Base(1, "google", "x", {"Touchpoints": noise})


def test_no_texts_are_no_base() -> None:
    assert from_texts(()) is None
    assert from_texts(("cjm-sheets/1",)) is None


def test_every_damage_is_noticed() -> None:
    texts = list(
        to_texts(Base(3, "local", "1AbC", {"Pains": {("N1",): {"due": date(2026, 1, 2)}}}))
    )
    for at in range(len(texts)):
        damaged = [*texts]
        damaged[at] = damaged[at][:-1] + ("A" if damaged[at][-1] != "A" else "B")
        with pytest.raises(BrokenBaseError):
            from_texts(damaged)
    with pytest.raises(BrokenBaseError):
        from_texts(texts[:5])
