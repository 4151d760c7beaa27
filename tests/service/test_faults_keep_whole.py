"""Whatever goes wrong, in whatever order: what was acknowledged is there, and nothing is half.

With CJM_SHEETS_LONG=1 there are more plans, and others each time.
"""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjm_sheets.service.faults import (
    Broken,
    Busy,
    Cut,
    Delay,
    Edit,
    Expired,
    Fault,
    Faults,
    Forbidden,
    FrontEnd,
    Missing,
    On,
    Trash,
    Truncated,
)
from cjm_sheets.service.running import RunningService
from cjm_sheets.service.store_sqlite import Store
from tests.service.calls import TIMEOUT, Api, Book

Json = dict[str, Any]
FEW = 25
EXAMPLES = 400 if os.environ.get("CJM_SHEETS_LONG") else FEW


def cell(sheet: int, row: int, text: str) -> Json:
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


COLLEAGUE: list[Json] = [cell(1, 9, "colleague"), {"deleteSheet": {"sheetId": 77}}]
"""Refused as a whole: its second request names a tab that is not there."""

FAULTS: list[Fault] = [
    Busy(),
    Broken(500),
    Broken(503, after=True),
    FrontEnd(),
    FrontEnd(after=True),
    Delay(0.01),
    Delay(0.01, after=True),
    Cut(),
    Cut(after=True),
    Truncated(0.9),
    Truncated(0),
    Expired(),
    Forbidden(),
    Missing(),
    Trash(),
    Trash(after=True),
    Edit(COLLEAGUE),
    Edit([cell(1, 5, "colleague")]),
    Edit([cell(1, 5, "colleague")], after=True),
]
ROUTES = ["* *", "READ *", "WRITE *", "POST *:batchUpdate", "POST *:append", "PUT *"]
POINTS = st.builds(
    On,
    route=st.sampled_from(ROUTES),
    nth=st.integers(1, 3),
    times=st.sampled_from([1, 2, None]),
    chance=st.sampled_from([1.0, 0.5]),
    since=st.none() | st.builds(On, route=st.sampled_from(ROUTES)),
)
RULES = st.lists(
    st.tuples(POINTS, st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)),
    min_size=2,
    max_size=5,
)
STEPS = st.lists(st.sampled_from(["pair", "append", "put", "bad", "read"]), min_size=6, max_size=12)


@dataclass
class Client:
    """Writes through faults; knows what was acknowledged and what is in doubt."""

    book: Book
    pair: set[str] = field(default_factory=lambda: {""})
    put: set[str] = field(default_factory=lambda: {""})
    appended: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    def ask(self, verb: str, path: str, body: Json | None = None, **query: str) -> bool | None:
        """Return whether a call was carried out; None if that is in doubt."""
        service = self.book.api.service
        try:
            answer = requests.request(
                verb,
                f"{service.url}/v4/spreadsheets/{self.book.id}{path}",
                json=body,
                params=query,
                headers={"Authorization": f"Bearer {service.token}"},
                timeout=TIMEOUT,
            )
        except requests.RequestException:
            return None
        return answer.ok or (None if answer.status_code >= 500 else False)

    def step(self, kind: str, text: str) -> None:
        match kind:
            case "pair":
                body: Json = {"requests": [cell(0, 0, text), cell(1, 0, text)]}
                self._learn(self.pair, text, self.ask("POST", ":batchUpdate", body))
            case "put":
                row = {"values": [[text]]}
                done = self.ask("PUT", "/values/A!A2", row, valueInputOption="RAW")
                self._learn(self.put, text, done)
            case "append":
                body = {"values": [[text]]}
                done = self.ask("POST", "/values/Log!A1:append", body, valueInputOption="RAW")
                if done is not False:
                    (self.appended if done else self.doubtful).append(text)
            case "bad":
                refused: Json = {"requests": [cell(0, 2, text), COLLEAGUE[1]]}
                assert self.ask("POST", ":batchUpdate", refused) is not True
            case _:
                self.ask("GET", "/values/A!A1")

    @staticmethod
    def _learn(possible: set[str], text: str, done: bool | None) -> None:  # noqa: FBT001
        if done:
            possible.clear()
        if done is not False:
            possible.add(text)

    def check(self) -> None:
        """Hold what is there against what is known."""
        left, right, log = (self.book.values(range_) for range_ in ("A!A1:A3", "B!A1:A10", "Log"))
        first = [*(row[0] if row else "" for row in left), "", "", ""]
        assert first[0] == (right[0][0] if right and right[0] else "")
        assert first[0] in self.pair
        assert first[1] in self.put
        assert not first[2]
        assert len(right) < 10
        rows = [row[0] for row in log]
        assert len(set(rows)) == len(rows)
        assert [text for text in rows if text not in self.doubtful] == self.appended
        assert set(rows) <= {*self.appended, *self.doubtful}


def test_no_fault_leaves_anything_half(tmp_path: Path) -> None:
    plan = Faults(seed=3)
    seen: dict[str, Json] = {}
    fired: set[type[Fault]] = set()

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == FEW,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(RULES, STEPS)
    def run(rules: list[tuple[On, list[Fault]]], steps: list[str]) -> None:
        plan.clear()
        titles = enumerate(("A", "B", "Log"))
        sheets = [{"properties": {"sheetId": at, "title": title}} for at, title in titles]
        client = Client(api.create(sheets=sheets))
        for on, faults in rules:
            plan.add(on, *faults)
        for number, kind in enumerate(steps):
            client.step(kind, f"{kind} {number}")
        fired.update(type(one.fault) for one in plan.fired)
        plan.clear()
        client.check()
        seen[client.book.id] = client.book.get(includeGridData="true")

    with RunningService(tmp_path, faults=plan) as service:
        api = Api(service)
        run()
        versions = {file["id"]: file["version"] for file in listed(api)}
    assert len(fired) > len({type(fault) for fault in FAULTS}) // 2
    with RunningService(tmp_path) as service:
        again = Api(service)
        address = (api.service.url, service.url)
        for file_id, content in seen.items():
            shown = Book(again, file_id).get(includeGridData="true")
            shown["spreadsheetUrl"] = shown["spreadsheetUrl"].replace(*reversed(address))
            assert shown == content
        assert {file["id"]: file["version"] for file in listed(again)} == versions
    with closing(Store(tmp_path)) as store:
        assert {row[1] for row in store.changes_from(0, 10_000)} == versions.keys()


def listed(api: Api) -> list[Json]:
    mask = "files(id,version)"
    ask: Callable[..., Any] = api.call
    files: list[Json] = ask("GET", "/drive/v3/files", pageSize=1000, fields=mask)["files"]
    return files
