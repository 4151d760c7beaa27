from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.merge.base import Base, BrokenBaseError, Rows, from_texts, pending_of, to_texts
from cjm_sheets.model.pending import Pending
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


PENDING = st.builds(
    Pending, st.sampled_from(["conflict", "restored"]), TEXT, TEXT, TEXT, TEXT, TEXT
)


LINKS = st.sampled_from([("", ""), ("local", "1AbC"), ("https://sheets.example.org", "x")])
MAKING = st.sampled_from([("", ""), ("google", "bcdfg"), ("https://sheets.example.org", "bcd")])


@given(TABLES, st.integers(0, 10**6), st.lists(PENDING, max_size=5).map(tuple), LINKS, MAKING)
def test_a_base_comes_back_as_it_was(
    tables: dict[str, Rows],
    generation: int,
    pending: tuple[Pending, ...],
    link: tuple[str, str],
    making: tuple[str, str],
) -> None:
    base = Base(generation, *link, tables, pending, making=making)
    assert base.is_linked == bool(link[1])
    texts = to_texts(base)
    assert from_texts(texts) == base
    assert pending_of(texts) == pending
    assert all(0 < len(text) <= 32_000 for text in texts)


def test_of_very_much_to_settle_as_much_is_kept_as_fits() -> None:
    many = tuple(Pending("conflict", "Pains", f"N{i}", "pain", "x" * 500) for i in range(200))
    texts = to_texts(Base(1, "local", "x", {}, many))
    assert all(len(text) <= 32_000 for text in texts)
    kept = pending_of(texts)
    assert 20 < len(kept) < 200
    assert kept == many[: len(kept)]


def test_what_is_left_to_settle_is_nothing_where_it_cannot_be_read() -> None:
    for texts in ((), ("",), ("a", "["), ("[1]",), ('[["conflict"]]',), ("[]",)):
        assert pending_of(texts) == ()


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
        to_texts(
            Base(
                3,
                "local",
                "1AbC",
                {"Pains": {("N1",): {"due": date(2026, 1, 2)}}},
                (Pending("conflict", "Pains", "N1", "due", "1", "2"),),
            )
        )
    )
    for at in range(len(texts)):
        damaged = [*texts]
        damaged[at] = damaged[at][:-1] + ("A" if damaged[at][-1] != "A" else "B")
        with pytest.raises(BrokenBaseError):
            from_texts(damaged)
    with pytest.raises(BrokenBaseError):
        from_texts(texts[:5])
