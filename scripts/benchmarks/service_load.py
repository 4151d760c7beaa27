"""Decides how the embedded service is measured under load: beside a plain echo, as ratios.

    python scripts/benchmarks/service_load.py [SECONDS [SPREADSHEETS]]

The echo is a Starlette application of one route under the same uvicorn. Both run as programs of
their own, and the same client asks both in turns: first over one connection, then over fifty.
With a number of spreadsheets, that many are made first, to see what an idle fleet costs.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from scripts.benchmarks.http_load import (  # noqa: E402 - run by path: the path comes first
    TOKEN,
    Asked,
    Connection,
    ask,
    connected,
    load,
)

CLIENTS = (1, 50)
LARGE_ROWS = 10_000
_SERVICE = """
import sys
from pathlib import Path
from cjm_sheets.service.running import serve
serve(Path(sys.argv[1]), 0, sys.argv[2], lambda url: print(url, flush=True))
"""
_ECHO = """
import socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def echo(request):
    return Response(await request.body() or b'{"values":[["1"]]}', media_type="application/json")
app = Starlette(routes=[Route("/{path:path}", echo, methods=["GET", "POST", "PUT"])])
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
uvicorn.Server(config).run(sockets=[listener])
"""


@dataclass(frozen=True)
class Running:
    """A server in a process of its own."""

    url: str
    process: int


@contextmanager
def running(program: str, *arguments: str) -> Iterator[Running]:
    """Start a server in a process of its own, and stop it."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            yield Running(process.stdout.readline().strip(), process.pid)
        finally:
            process.terminate()


def cells(rows: int, columns: int) -> list[dict[str, Any]]:
    """Return RowData with texts, numbers and a format, as a first push sends them."""
    look = {"textFormat": {"bold": False}, "wrapStrategy": "WRAP"}
    return [
        {
            "values": [
                {
                    "userEnteredValue": {"stringValue": f"Touchpoint {row}.{column}"}
                    if column % 3
                    else {"numberValue": row + column},
                    "userEnteredFormat": look,
                }
                for column in range(columns)
            ]
        }
        for row in range(rows)
    ]


async def made(url: str, rows: int) -> str:
    """Return the id of a new spreadsheet with that many rows of fifteen columns."""
    body = {"sheets": [{"properties": {"sheetId": 0}, "data": [{"rowData": cells(rows, 15)}]}]}
    asked = Asked("POST", "/v4/spreadsheets?fields=spreadsheetId", json.dumps(body).encode())
    return str((await ask(url, asked))["spreadsheetId"])


def _push() -> bytes:
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": cells(240, 15), "fields": "*"}
    return json.dumps({"requests": [{"updateCells": update}]}).encode()


def _write(number: int) -> bytes:
    return json.dumps({"values": [[f"cell {number}"]]}).encode()


Job = Callable[[str, int], Asked]
JOBS: Mapping[str, tuple[int, Job]] = {
    "small read": (60, lambda book, _: Asked("GET", f"/v4/spreadsheets/{book}/values/A1:C3")),
    "small write": (
        60,
        lambda book, n: Asked(
            "PUT", f"/v4/spreadsheets/{book}/values/A1?valueInputOption=RAW", _write(n)
        ),
    ),
    "first push (240 x 15)": (
        240,
        lambda book, _: Asked("POST", f"/v4/spreadsheets/{book}:batchUpdate", _push()),
    ),
}
LARGE = f"one cell of {LARGE_ROWS:,} rows"


def line(name: str, clients: int, ours: list[float], echo: list[float], seconds: float) -> str:
    """Return a line of the table: rate, median, 99th percentile, and ratios to the echo."""

    def shown(times: list[float]) -> tuple[float, float, float]:
        ordered = sorted(times)
        last = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
        return len(times) / seconds, statistics.median(times) * 1000, last * 1000

    rate, middle, last = shown(ours)
    floor_rate, floor_middle, floor_last = shown(echo)
    return (
        f"{name:24}{clients:4}{rate:9.0f}/s{middle:9.2f}{last:9.2f} ms"
        f"   echo{floor_rate:8.0f}/s{floor_middle:8.2f}{floor_last:8.2f} ms"
        f"   ratio{floor_rate / rate:6.1f}{middle / floor_middle:6.1f}{last / floor_last:6.1f}"
    )


async def measure(service: str, echo: str, seconds: float) -> None:
    """Measure every job and print its line."""
    print(f"{'':24}{'':4}{'rate':>11}{'p50':>9}{'p99':>9}{'':44}rate   p50   p99")
    for name, (rows, job) in JOBS.items():
        books = [await made(service, rows) for _ in range(max(CLIENTS))]
        for clients in CLIENTS:
            asked = [job(book, n) for n, book in enumerate(books[:clients])]
            floor = await load(echo, asked, seconds)
            print(line(name, clients, await load(service, asked, seconds), floor, seconds))
    large = await made(service, LARGE_ROWS)
    for clients in CLIENTS:
        asked = [
            Asked("PUT", f"/v4/spreadsheets/{large}/values/A{n * 100 + 1}?valueInputOption=RAW",
                  _write(n))
            for n in range(clients)
        ]  # fmt: skip
        floor = await load(echo, asked, seconds)
        print(line(LARGE, clients, await load(service, asked, seconds), floor, seconds))


async def fleet(service: str, echo: str, seconds: float, size: int) -> None:
    """Make many spreadsheets, then measure what it costs to ask whether any of them changed."""
    body = json.dumps({"sheets": [{"data": [{"rowData": cells(20, 15)}]}]}).encode()
    one = Asked("POST", "/v4/spreadsheets?fields=spreadsheetId", body).bytes()
    connections = [await connected(service) for _ in range(max(CLIENTS))]
    books: list[str] = []

    async def make(connection: Connection) -> None:
        while len(books) < size:
            books.append("")
            at = len(books) - 1
            books[at] = json.loads(await connection.ask(one))["spreadsheetId"]

    began = time.perf_counter()
    await asyncio.gather(*(make(connection) for connection in connections))
    took = time.perf_counter() - began
    print(f"{size:,} spreadsheets of 20 x 15 made in {took:.0f} s ({size / took:.0f}/s)")
    for connection in connections:
        connection.close()
    start = await ask(service, Asked("GET", "/drive/v3/changes/startPageToken"))
    page = f"/drive/v3/changes?pageToken={start['startPageToken']}"
    jobs = {
        "nothing changed": [Asked("GET", page)],
        "a page of 100 files": [Asked("GET", "/drive/v3/files?pageSize=100")],
    }
    for name, asked in jobs.items():
        floor = await load(echo, asked, seconds)
        print(line(name, 1, await load(service, asked, seconds), floor, seconds))
    connection = await connected(service)
    times: list[float] = []
    for book in books[:: max(1, size // 300)]:
        began = time.perf_counter()
        await connection.ask(Asked("GET", f"/v4/spreadsheets/{book}/values/A1:C3").bytes())
        times.append(time.perf_counter() - began)
    connection.close()
    print(f"first read of one of them: median {statistics.median(times) * 1000:.1f} ms")


def memory(process: int) -> str:
    """Return what a process holds in memory, where the system tells."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return ""
    sizes = [each for each in status.read_text().splitlines() if each.startswith("VmRSS")]
    return f"memory of the service: {int(sizes[0].split()[1]) / 1024:.0f} MB"


def main(arguments: Sequence[str]) -> int:
    """Start both servers, measure and print; return the exit code."""
    seconds = float(arguments[0]) if arguments else 5.0
    with (
        tempfile.TemporaryDirectory() as folder,
        running(_SERVICE, str(Path(folder) / "data"), TOKEN) as service,
        running(_ECHO) as echo,
    ):
        if len(arguments) > 1:
            print(memory(service.process))
            asyncio.run(fleet(service.url, echo.url, seconds, int(arguments[1])))
            print(memory(service.process))
        asyncio.run(measure(service.url, echo.url, seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
