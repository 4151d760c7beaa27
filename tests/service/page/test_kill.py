"""The service is killed while people edit: no change without its history, none carried out twice.

With CJM_SHEETS_LONG=1 it is killed 60 times, else some.
"""

import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.service.calls import Json
from tests.service.crowd import TIMEOUT, TOKEN, Server
from tests.service.page.sharing import column, shared, started, typed

KILLS = 60 if os.environ.get("CJM_SHEETS_LONG") else 6
EDITS_A_ROW = 3


@dataclass
class Editor:
    """Somebody who writes one number after the other into a cell, and adds rows, on the page."""

    id: str
    sheet: int
    column: int
    first: str
    url: str = ""
    number: int = 0
    rows: int = 0
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"
        self.session.trust_env = False

    def get(self, rest: str) -> Json:
        answer = self.session.get(f"{self.url}/page/{self.id}/{rest}", timeout=TIMEOUT)
        found: Json = answer.json()
        return found

    def post(self, rest: str, body: Json) -> Json:
        address = f"{self.url}/page/{self.id}/{rest}"
        answer = self.session.post(address, json=body, timeout=TIMEOUT)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def work_until_it_dies(self) -> None:
        try:
            while True:
                self.step()
        except requests.RequestException:
            return

    def step(self) -> None:
        """Do the next thing, under a key that stays the same until it is acknowledged."""
        if self.number < EDITS_A_ROW * (self.rows + 1):
            self.write()
        else:
            self.post("rows", {"sheetId": self.sheet, "key": f"row {self.rows}"})
            self.rows += 1

    def write(self) -> None:
        wish = {
            "sheetId": self.sheet, "row": 1, "rowId": "T1", "column": self.column,
            "heading": "Step", "before": str(self.number) if self.number else self.first,
            "after": str(self.number + 1),
        }  # fmt: skip
        answer = self.post("edits", {"edits": [wish], "key": f"edit {self.number}"})
        assert answer["results"][0]["state"] == "done"  # it would be "same", were it done twice
        self.number += 1

    def ids(self) -> list[str]:
        (tab,) = (tab for tab in self.get("content")["tabs"] if tab["id"] == self.sheet)
        return [row["id"] for row in tab["rows"] if row["id"]]

    def told(self) -> list[int]:
        """Return the numbers that the history tells, the first one first."""
        entries = self.get("history")["entries"]
        cells = [entry for entry in entries if entry["kind"] == "cell" and entry["row"] == 1]
        return [int(entry["after"]) for entry in reversed(cells) if entry["heading"] == "Step"]


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    """Give a list for the servers that are started, so that none outlives the test."""
    found: list[Server] = []
    yield found
    for server in found:
        server.kill()


def test_a_kill_leaves_no_change_untold_and_none_done_twice(
    tmp_path: Path, servers: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJM_SHEETS_HOME", str(tmp_path / "home"))
    with started(tmp_path) as service:
        id_ = shared(service, tmp_path)
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {service.token}"
        content = session.get(f"{service.url}/page/{id_}/content", timeout=TIMEOUT).json()
    steps = next(tab for tab in content["tabs"] if tab["table"] == "Touchpoints")
    first = typed(steps, steps["rows"][0], "Step")
    editor = Editor(id_, steps["id"], column(steps, "Step")["at"], first)
    count = len([row for row in steps["rows"] if row["id"]])
    dice = random.Random(2026)  # noqa: S311  when to kill
    unanswered = 0
    for _ in range(KILLS):
        servers.append(Server(tmp_path))
        editor.url = servers[-1].url()
        worker = threading.Thread(target=editor.work_until_it_dies)
        worker.start()
        time.sleep(dice.uniform(0.2, 1.0))
        servers[-1].kill()
        worker.join()
        servers.append(Server(tmp_path))
        editor.url = servers[-1].url()
        told, added = editor.told(), len(editor.ids()) - count
        last = told[-1] if told else 0
        assert told == list(range(last - len(told) + 1, last + 1))
        assert last in {editor.number, editor.number + 1}
        assert added in {editor.rows, editor.rows + 1}
        unanswered += last > editor.number or added > editor.rows
        editor.step()  # what got no answer is sent again, under the same key
        assert (editor.told() or [0])[-1] == editor.number
        assert len(editor.ids()) - count == editor.rows
        servers[-1].kill()
    print(  # noqa: T201  the figures, for who runs it with -s
        f"\n{KILLS} kills: {editor.number} edits and {editor.rows} rows acknowledged,"
        f" {unanswered} kills between a change and its answer"
    )
    assert editor.number > KILLS
