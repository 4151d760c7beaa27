"""What every store of maps must do; one subclass for each store says how to make one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, Snapshot, Store
from cjm_sheets.tables.codec import Decoded, Value, decode
from cjm_sheets.tables.table import Raw, Table

Rows = list[dict[str, Raw]]

TOUCHPOINTS: Rows = [
    {"id": "T1", "stage": "S1", "order": 1, "name": "Search", "channel": "website", "emotion": -1},
    {"id": "T2", "stage": "S1", "order": 2, "name": "Compare", "channel": "store", "reach": 0.4},
    {"id": "T3", "stage": "S2", "order": 3, "name": "Buy", "moment_of_truth": "yes"},
]
PAINS: Rows = [
    {"id": "N1", "touchpoint": "T1 Search", "pain": "All the same", "severity": 3, "hit": 9,
     "observed": 12, "evidence": "E1; E2"},
    {"id": "N2", "touchpoint": "T3", "pain": "Too slow", "severity": 4, "guess": 0.5},
]  # fmt: skip
ACTIONS: Rows = [
    {"id": "A1", "action": "Ask five customers", "owner": "Maya", "due": date(2026, 3, 1)},
]

HARD_TEXTS = [
    "=1+1",
    "+49 30 1234",
    "-",
    "@home",
    "'quoted",
    "  two blanks before",
    "line one\nline two",
    "<b>&amp;</b>",
    "0012",
    "3/4",
    "TRUE",
    "Ķēniņš Ülo № 5 — «да»",
    "😀",
    "_x0041_",
    "x" * 30_000,
]


class StoreContract:
    """Tests that every store passes."""

    def make(self, tables: Mapping[str, Rows]) -> Store:
        """Return a store that holds these tables."""
        raise NotImplementedError

    @pytest.fixture
    def store(self) -> Store:
        return self.make({"Touchpoints": TOUCHPOINTS, "Pains": PAINS, "Actions": ACTIONS})

    def test_reads_what_is_there(self, store: Store) -> None:
        values = _values(store.read())
        assert [row["id"] for row in values["Touchpoints"]] == ["T1", "T2", "T3"]
        assert values["Touchpoints"][0]["channel"] == "website"
        assert values["Touchpoints"][1]["reach"] == 0.4
        assert values["Touchpoints"][2]["moment_of_truth"] is True
        assert values["Pains"][0]["evidence"] == ("E1", "E2")
        assert values["Pains"][0]["touchpoint"] == "T1"
        assert values["Actions"][0]["due"] == date(2026, 3, 1)

    def test_changes_one_cell_and_no_other(self, store: Store) -> None:
        before = store.read()
        _apply(
            store, before, SetCell("Touchpoints", _line(before, "Touchpoints", 1), "name", "Ask")
        )
        expected = _values(before)
        expected["Touchpoints"][1]["name"] = "Ask"
        assert _values(store.read()) == expected

    @pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_text_comes_back_as_it_was(self, store: Store, text: str) -> None:
        before = store.read()
        _apply(store, before, SetCell("Touchpoints", _line(before, "Touchpoints", 0), "why", text))
        after = store.read()
        assert _values(after)["Touchpoints"][0]["why"] == text
        table = _table(after, "Touchpoints")
        assert (_line(after, "Touchpoints", 0), table.by_key["why"].at) not in table.formulas

    @pytest.mark.parametrize(
        ("key", "raw", "value"),
        [
            ("emotion", 2, 2),
            ("reach", 0.45, 0.45),
            ("reach", 1 / 3, 1 / 3),
            ("emotion", None, None),
            ("name", None, None),
            ("channel", "phone", "phone"),
            ("moment_of_truth", "no", False),
        ],
    )
    def test_values_come_back_as_they_were(
        self, store: Store, key: str, raw: Raw, value: Value
    ) -> None:
        before = store.read()
        _apply(store, before, SetCell("Touchpoints", _line(before, "Touchpoints", 0), key, raw))
        assert _values(store.read())["Touchpoints"][0].get(key) == value

    def test_dates_come_back_as_they_were(self, store: Store) -> None:
        before = store.read()
        day = date(2027, 12, 31)
        _apply(store, before, SetCell("Actions", _line(before, "Actions", 0), "due", day))
        assert _values(store.read())["Actions"][0]["due"] == day

    def test_adds_rows(self, store: Store) -> None:
        before = store.read()
        changes = Changes(
            added=(
                AddRow("Touchpoints", _line(before, "Touchpoints", 0), {"id": "T8", "name": "A"}),
                AddRow("Touchpoints", None, {"id": "T9", "name": "B", "emotion": 1}),
            )
        )
        store.apply(changes, before)
        after = {row["id"]: row for row in _values(store.read())["Touchpoints"]}
        assert set(after) == {"T1", "T2", "T3", "T8", "T9"}
        assert after["T8"]["name"] == "A"
        assert after["T9"]["emotion"] == 1

    def test_takes_rows_away(self, store: Store) -> None:
        before = store.read()
        store.apply(
            Changes(dropped=(DropRow("Touchpoints", _line(before, "Touchpoints", 1)),)), before
        )
        assert [row["id"] for row in _values(store.read())["Touchpoints"]] == ["T1", "T3"]

    def test_does_everything_at_once(self, store: Store) -> None:
        before = store.read()
        changes = Changes(
            cells=(
                SetCell("Touchpoints", _line(before, "Touchpoints", 2), "name", "Pay"),
                SetCell("Pains", _line(before, "Pains", 1), "severity", 5),
            ),
            added=(
                AddRow("Touchpoints", _line(before, "Touchpoints", 0), {"id": "T7", "name": "Z"}),
            ),
            dropped=(DropRow("Touchpoints", _line(before, "Touchpoints", 1)),),
        )
        store.apply(changes, before)
        values = _values(store.read())
        names = {row["id"]: row["name"] for row in values["Touchpoints"]}
        assert names == {"T1": "Search", "T7": "Z", "T3": "Pay"}
        assert values["Pains"][1]["severity"] == 5

    def test_many_new_rows_all_arrive(self, store: Store) -> None:
        before = store.read()
        rows = tuple(
            AddRow("Pains", None, {"id": f"N{i}", "pain": f"Pain {i}"}) for i in range(100, 160)
        )
        store.apply(Changes(added=rows), before)
        assert len(_values(store.read())["Pains"]) == 62


class GuardedStoreContract(StoreContract):
    """Tests for stores that can tell whether they changed since they were read."""

    def test_refuses_changes_to_what_it_was_before(self, store: Store) -> None:
        before = store.read()
        change = SetCell("Touchpoints", _line(before, "Touchpoints", 0), "name", "First")
        _apply(store, before, change)
        now = _values(store.read())
        with pytest.raises(Exception, match=r"."):
            _apply(store, before, replace(change, value="Second"))
        assert _values(store.read()) == now

    def test_nothing_to_do_changes_nothing(self, store: Store) -> None:
        before = store.read()
        store.apply(Changes(), before)
        assert store.read().stamp == before.stamp

    def test_remembers(self, store: Store) -> None:
        texts = ("cjm-sheets/1", "7", "local", "abc", "+=-@<>&" * 4_000)
        before = store.read()
        store.apply(Changes(memory=texts), before)
        assert store.read().memory == texts
        store.apply(Changes(memory=texts[:2]), store.read())
        assert store.read().memory == texts[:2]
        assert _values(store.read()) == _values(before)


def _apply(store: Store, since: Snapshot, change: SetCell) -> None:
    store.apply(Changes(cells=(change,)), since)


def _table(snapshot: Snapshot, key: str) -> Table:
    return next(table for table in snapshot.tables if table.spec.key == key)


def _decoded(snapshot: Snapshot, key: str) -> Decoded:
    return decode(_table(snapshot, key))


def _line(snapshot: Snapshot, key: str, index: int) -> int:
    return _decoded(snapshot, key).lines[index]


def _values(snapshot: Snapshot) -> dict[str, list[dict[str, Value]]]:
    """Return the values of all tables, without what is missing."""
    made = {}
    for table in snapshot.tables:
        decoded = decode(table)
        made[table.spec.key] = [
            {key: values[i] for key, values in decoded.columns.items() if values[i] is not None}
            for i in range(len(decoded.lines))
        ]
    return made
