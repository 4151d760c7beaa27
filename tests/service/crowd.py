"""Clients that write without pause, each value once, and know what was acknowledged.

A client keeps to itself what it wrote last and what it was about to write, so that somebody can
hold that against what a service shows afterwards, whatever became of the service meanwhile.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

Json = dict[str, Any]
TIMEOUT = (5, 60)
TOKEN = "crowd"  # noqa: S105  of a service on the loopback address that lives for a test
TABS = ("Log", "Left", "Right")
WIDTH = 3
LENGTH = 400
"""Rows of a spreadsheet that a client makes."""


class Server:
    """The service as a program of its own, that can be killed."""

    def __init__(self, folder: Path) -> None:
        words = ["serve", "--port", "0", "--json", "--token", TOKEN, "--data", str(folder)]
        command = [sys.executable, "-m", "cjm_sheets", *words]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def url(self) -> str:
        """Wait until it listens; return the address."""
        assert self.process.stdout is not None
        url: str = json.loads(self.process.stdout.readline())["url"]
        return url

    def kill(self) -> None:
        """End it as a power cut would, at this very moment."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Give the address of a service in a process of its own."""
    server = Server(folder)
    try:
        yield server.url()
    finally:
        server.kill()


@dataclass
class Place:
    """A spreadsheet of a service, over one kept connection."""

    url: str
    id: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"
        self.session.trust_env = False

    def ask(self, verb: str, path: str, body: Json | None = None, **query: Any) -> Any:
        """Return the JSON of an answer; AssertionError for a refusal."""
        address = f"{self.url}/v4/spreadsheets{path}"
        answer = self.session.request(verb, address, json=body, params=query, timeout=TIMEOUT)
        assert answer.ok, answer.text
        return answer.json()

    def values(self, *ranges: str) -> list[list[list[str]]]:
        """Return the values of ranges, all read at one moment."""
        found = self.ask("GET", f"/{self.id}/values:batchGet", ranges=ranges)
        return [one.get("values", []) for one in found["valueRanges"]]

    def ends(self) -> list[str]:
        """Return the first and the last cell of a spreadsheet that a client made."""
        (first, last) = self.values("A1", f"A{LENGTH}")
        return [first[0][0], last[0][0]]

    def create(self, clients: int) -> str:
        """Make the spreadsheet that all clients share."""
        grid = {"rowCount": clients + 1, "columnCount": WIDTH}
        sheets = [
            {"properties": {"sheetId": at, "title": title, "gridProperties": grid}}
            for at, title in enumerate(TABS)
        ]
        self.id = str(self.ask("POST", "", {"sheets": sheets})["spreadsheetId"])
        return self.id


def _cell(sheet: int, row: int, text: str) -> Json:
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


@dataclass
class Writer:
    """One client: its number, what was acknowledged, and what is on its way."""

    number: int
    count: int = 0
    appended: Counter[str] = field(default_factory=Counter)
    pair: str = ""
    own: str = ""
    made: dict[str, str] = field(default_factory=dict)
    pending: tuple[str, str] = ("", "")
    seconds: list[float] = field(default_factory=list)

    def work(self, place: Place, until: float, clients: int) -> None:
        """Write until a moment, checking what can be checked on the way."""
        dice = random.Random(self.number * 1000 + self.count)  # noqa: S311  repeatable
        while time.monotonic() < until:
            began = time.perf_counter()
            self.step(place, dice)
            self.seconds.append(time.perf_counter() - began)
            other = dice.randrange(clients) + 1
            (left, right) = place.values(f"Left!A{other}", f"Right!A{other}")
            assert left == right, f"half a batch: {left} and {right}"

    def step(self, place: Place, dice: random.Random) -> None:
        """Write one thing."""
        kind = dice.choice(("append", "pair", "own") * 4 + ("make",))
        self.count += 1
        text = f"{self.number}-{self.count}"
        self.pending = kind, text
        match kind:
            case "append":
                path = f"/{place.id}/values/{quote('Log!A1:C1', safe='')}:append"
                body: Json = {"values": [[text] * WIDTH]}
                place.ask("POST", path, body, valueInputOption="RAW")
                self.appended[text] += 1
            case "pair":
                requests_ = [_cell(at, self.number, text) for at in (1, 2)]
                place.ask("POST", f"/{place.id}:batchUpdate", {"requests": requests_})
                self.pair = text
            case "make":
                data = [{"rowData": _cell(0, 0, text)["updateCells"]["rows"] * LENGTH}]
                body = {"properties": {"title": text}, "sheets": [{"data": data}]}
                self.made[str(place.ask("POST", "", body)["spreadsheetId"])] = text
            case _:
                own = f"Left!B{self.number + 1}"
                (rows,) = place.values(own)
                assert rows == ([[self.own]] if self.own else []), f"{rows} is not {self.own}"
                path = f"/{place.id}/values/{quote(own, safe='')}"
                place.ask("PUT", path, {"values": [[text]]}, valueInputOption="RAW")
                self.own = text
        self.pending = "", ""


def settled(place: Place, writers: list[Writer]) -> None:
    """Hold what a service shows against what its clients know; learn what became of the pending."""
    last = max(writer.number for writer in writers) + 1
    log, left, right, own = place.values(
        "Log", f"Left!A1:A{last}", f"Right!A1:A{last}", f"Left!B1:B{last}"
    )
    assert all(row == [row[0]] * WIDTH for row in log), "half a row"
    rows = Counter(row[0] for row in log)
    assert left == right, "half a batch"
    for writer in writers:
        kind, text = writer.pending
        if kind == "append" and rows[text]:
            writer.appended[text] += 1
        writer.pair = _settled(left, writer, writer.pair, text if kind == "pair" else "")
        writer.own = _settled(own, writer, writer.own, text if kind == "own" else "")
        writer.pending = "", ""
        for file_id, title in list(writer.made.items())[-3:]:
            assert Place(place.url, file_id, place.session).ends() == [title] * 2
    acknowledged = sum((writer.appended for writer in writers), Counter[str]())
    assert rows == acknowledged, f"lost or doubled: {rows - acknowledged}, {acknowledged - rows}"
    _check_order([row[0] for row in log])


def _settled(column: list[list[str]], writer: Writer, known: str, pending: str) -> str:
    shown = column[writer.number] if writer.number < len(column) else []
    found = shown[0] if shown else ""
    assert found in ([known, pending] if pending else [known]), f"{found} is not {known}"
    return found


def _check_order(texts: list[str]) -> None:
    """Each client's rows stand in the order in which it wrote them."""
    last: dict[str, int] = {}
    for text in texts:
        client, _, number = text.partition("-")
        assert last.get(client, 0) < int(number), f"{text} stands too late"
        last[client] = int(number)


def crowd(url: str, file_id: str, numbers: list[int], seconds: float, clients: int) -> list[Writer]:
    """Let some clients of a crowd work at once, each in a thread; return what they know."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  of the process that works

    writers = [Writer(number) for number in numbers]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(numbers)) as pool:
        list(pool.map(lambda writer: writer.work(Place(url, file_id), until, clients), writers))
    return writers
