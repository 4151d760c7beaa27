"""Decides how the cost of a sync is measured: requests and bytes, beside tools that push tables.

    python scripts/benchmarks/sync_requests.py

Four tables of a starter map (maps, stages, touchpoints, pains) are brought to a spreadsheet of the
embedded service: at first, when nothing changed, and when one cell changed. Each tool does it as
its own pages show: it opens the spreadsheet, then writes each table. What travels is counted on the
wire, request lines, headers and bodies; calls to Drive are counted apart. Before the last job a
colleague types into another cell, and the last column says whether that is still there afterwards.
Ours brings all tables of the map, with formats, drop-downs and live formulas.

A tool that is not installed is left out.
"""

import contextlib
import importlib.util
import re
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

TABLES = ("Maps", "Stages", "Touchpoints", "Pains")
GOOGLE = ("sheets.googleapis.com", "www.googleapis.com", "docs.google.com")
_LINE = re.compile(rb"(?:GET|POST|PUT|PATCH|DELETE) (\S+) HTTP/1\.1\r\n")
_MINE, _THEIRS = "changed in the workbook", "typed by a colleague"
_PIECE = 1 << 16

Values = dict[str, list[list[Any]]]
"""Tables by title: a header, then rows."""


# ---- the wire ----------------------------------------------------------------------------------
@dataclass
class Wire:
    """A way to the service on which all that passes is counted."""

    target: tuple[str, int]
    sheets: int = 0
    drive: int = 0
    sent: int = 0
    received: int = 0
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        """Where clients are sent to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        """Pass on what comes, until the program ends."""
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        """Count anew."""
        self.sheets = self.drive = self.sent = self.received = 0

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            server = socket.create_connection(self.target)
            for ends in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pump, args=ends, daemon=True).start()

    def _pump(self, source: socket.socket, to: socket.socket, asks: bool) -> None:  # noqa: FBT001 - one of two directions
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if asks:
                    self.sent += len(piece)
                    for path in _LINE.findall(piece):
                        is_drive = path.startswith((b"/drive", b"/upload"))
                        self.drive += is_drive
                        self.sheets += not is_drive
                else:
                    self.received += len(piece)
                to.sendall(piece)
        for end in (source, to):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def redirected(url: str, base: str) -> str:
    """Return an address of Google as the service has it."""
    parts, there = urlsplit(url), urlsplit(base)
    if parts.netloc not in GOOGLE:
        return url
    return urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))


# ---- the tools ---------------------------------------------------------------------------------
Push = Callable[[str, Values], None]
"""Writes tables into the spreadsheet of this id."""


def _signed_in(token: str, base: str) -> tuple[Any, Any]:
    """Return credentials and a session of requests whose calls to Google go to the service."""
    from google.auth.credentials import Credentials  # noqa: PLC0415 - only where a tool wants it
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415 - the same
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - the same

    class Bearer(Credentials):
        """Credentials that are one token."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call] # google-auth ships few types
            self.token = token

        valid = True

        def refresh(self, request: object) -> None:
            """Refuse: the token lasts."""
            raise AssertionError(request)

    class Redirect(HTTPAdapter):
        """Sends calls to another address than they name."""

        def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as requests has it
            """Send a call."""
            request.url = redirected(request.url, base)
            return super().send(request, *args, **kwargs)

    credentials = Bearer()
    session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call] # the same
    for host in GOOGLE:
        session.mount(f"https://{host}", Redirect())
    return credentials, session


def _gspread(token: str, base: str) -> Push:
    import gspread  # noqa: PLC0415 - only in its own run

    credentials, session = _signed_in(token, base)

    def push(key: str, values: Values) -> None:
        book = gspread.Client(auth=credentials, session=session).open_by_key(key)
        for title, rows in values.items():
            book.worksheet(title).update(rows)

    return push


def _gspread_dataframe(token: str, base: str) -> Push:
    import gspread  # noqa: PLC0415 - only in its own run
    import pandas as pd  # noqa: PLC0415 - the same
    from gspread_dataframe import set_with_dataframe  # noqa: PLC0415 - the same

    credentials, session = _signed_in(token, base)

    def push(key: str, values: Values) -> None:
        book = gspread.Client(auth=credentials, session=session).open_by_key(key)
        for title, rows in values.items():
            frame = pd.DataFrame(rows[1:], columns=rows[0])
            set_with_dataframe(book.worksheet(title), frame, resize=True)

    return push


def _pygsheets(token: str, base: str) -> Push:
    import httplib2  # noqa: PLC0415 - only in its own run
    import pygsheets  # noqa: PLC0415 - the same

    credentials, _ = _signed_in(token, base)

    class Redirected(httplib2.Http):  # type: ignore[misc] # httplib2 ships no types
        """Sends calls to another address than they name."""

        def request(self, uri: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as httplib2 has it
            """Send a call."""
            kwargs.pop("connection_type", None)
            return super().request(redirected(uri, base), *args, **kwargs)

    def push(key: str, values: Values) -> None:
        client = pygsheets.authorize(custom_credentials=credentials, http=Redirected())
        book = client.open_by_key(key)
        for title, rows in values.items():
            book.worksheet_by_title(title).update_values("A1", rows)

    return push


def _gspread_pandas(token: str, base: str) -> Push:
    import pandas as pd  # noqa: PLC0415 - only in its own run
    from gspread_pandas import Spread  # noqa: PLC0415 - the same
    from gspread_pandas.client import Client  # noqa: PLC0415 - the same

    credentials, session = _signed_in(token, base)

    def push(key: str, values: Values) -> None:
        client = Client(creds=credentials, session=session)
        client.session = session
        spread = Spread(key, client=client)
        for title, rows in values.items():
            frame = pd.DataFrame(rows[1:], columns=rows[0])
            spread.df_to_sheet(frame, index=False, sheet=title, replace=False)

    return push


TOOLS: dict[str, tuple[Callable[[str, str], Push], str]] = {
    "gspread": (_gspread, "gspread"),
    "gspread-dataframe": (_gspread_dataframe, "gspread_dataframe"),
    "pygsheets": (_pygsheets, "pygsheets"),
    "gspread-pandas": (_gspread_pandas, "gspread_pandas"),
}


# ---- the jobs ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cost:
    """What a job cost, and whether the colleague's edit is still there (None: there was none)."""

    sheets: int
    drive: int
    sent: int
    received: int
    survived: bool | None = None

    def told(self) -> str:
        """Return the cost in a cell of the table that is printed."""
        drive = f"+{self.drive}" if self.drive else "  "
        return f"{self.sheets:4}{drive:3}{self.sent:9,} B"


def measured(wire: Wire, job: Callable[[], object]) -> Cost:
    """Return what a job costs."""
    wire.reset()
    job()
    return Cost(wire.sheets, wire.drive, wire.sent, wire.received)


class Map:
    """A starter map as a workbook file, and a way to look into spreadsheets that nobody counts."""

    def __init__(self, folder: Path, address: str, token: str) -> None:
        from cjm_sheets import wiring  # noqa: PLC0415 - after the path is set
        from cjm_sheets.usecases.new_map import Wish  # noqa: PLC0415 - the same

        self.path = folder / "map.xlsx"
        wiring.new_workbook(str(self.path), Wish(language="en", starter="vacuum"))
        self.address, self.token = address, token

    def tables(self) -> Values:
        """Return the four tables as lists of values."""
        from cjm_sheets import wiring  # noqa: PLC0415 - after the path is set

        found: Values = {}
        for table in wiring.workbook_file(str(self.path)).read().tables:
            if table.spec.key in TABLES:
                keys = [key for key in table.by_key if not table.spec.by_key[key].computed]
                rows = [[_plain(table.cell(key, n)) for key in keys] for n in table.lines]
                filled = [row for row in rows if any(cell != "" for cell in row[1:])]
                found[table.sheet] = [[table.by_key[key].label for key in keys], *filled]
        return found

    def call(self, verb: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Speak to the service beside the wire."""
        import requests  # noqa: PLC0415 - as above

        headers = {"Authorization": f"Bearer {self.token}"}
        url = self.address + path
        return requests.request(verb, url, json=body, headers=headers, timeout=60).json()

    def made(self, titles: Sequence[str]) -> str:
        """Make an empty spreadsheet with these tabs."""
        size = {"rowCount": 1000, "columnCount": 60}
        sheets = [{"properties": {"title": title, "gridProperties": size}} for title in titles]
        key: str = self.call("POST", "/v4/spreadsheets", {"sheets": sheets})["spreadsheetId"]
        return key

    def types(self, key: str, cell: str, text: str) -> None:
        """Let a colleague type into a cell."""
        path = f"/v4/spreadsheets/{key}/values/{cell}?valueInputOption=RAW"
        self.call("PUT", path, {"values": [[text]]})

    def says(self, key: str, text: str) -> bool:
        """Tell whether a text stands anywhere on the touchpoints of a spreadsheet."""
        found = self.call("GET", f"/v4/spreadsheets/{key}/values/Touchpoints")
        return any(text in row for row in found.get("values", ()))


def _plain(cell: object) -> Any:  # noqa: ANN401 - JSON
    return "" if cell is None else cell if isinstance(cell, str | int | float | bool) else str(cell)


def pushed(tool: Push, of: Map, wire: Wire) -> list[Cost]:
    """Return what the jobs cost with a tool that writes tables."""
    values = of.tables()
    key = of.made(list(values))
    costs = [measured(wire, lambda: tool(key, values)) for _ in range(2)]
    row, column = 3, values["Touchpoints"][0].index("What they think")
    values["Touchpoints"][row][column] = _MINE
    of.types(key, f"Touchpoints!{chr(65 + column)}3", _THEIRS)
    last = measured(wire, lambda: tool(key, values))
    return [*costs, Cost(last.sheets, last.drive, last.sent, last.received, of.says(key, _THEIRS))]


def synced(of: Map, wire: Wire, token: str) -> list[Cost]:
    """Return what the jobs cost with ours, which merges."""
    import os  # noqa: PLC0415 - here alone

    from cjm_sheets import wiring  # noqa: PLC0415 - after the path is set
    from cjm_sheets.ports.store import Changes, SetCell  # noqa: PLC0415 - the same
    from cjm_sheets.sync.steps import Options  # noqa: PLC0415 - the same
    from cjm_sheets.usecases.sync_map import Synced, sync_map  # noqa: PLC0415 - the same

    os.environ |= {"CJM_SHEETS_ENDPOINT": wire.address, "CJM_SHEETS_TOKEN": token}
    book = wiring.workbook_file(str(of.path))
    done: list[Synced] = []

    def sync(target: str | None) -> None:
        link = wiring.link_to(target) if target else None
        with wiring.sharing("") as around:
            done.append(sync_map(book, link, Options(), around, dry_run=False))

    costs = [measured(wire, lambda: sync("new")), measured(wire, lambda: sync(None))]
    key = done[0].link.spreadsheet
    before = book.read()
    steps = next(table for table in before.tables if table.spec.key == "Touchpoints")
    line = steps.lines[2]
    book.apply(Changes(cells=(SetCell("Touchpoints", line, "thought", _MINE),)), before)
    header = of.call("GET", f"/v4/spreadsheets/{key}/values/Touchpoints!1:1")["values"][0]
    column = chr(65 + header.index(steps.by_key["thought"].label))
    of.types(key, f"Touchpoints!{column}3", _THEIRS)
    last = measured(wire, lambda: sync(None))
    return [*costs, Cost(last.sheets, last.drive, last.sent, last.received, of.says(key, _THEIRS))]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the address and the token of a service of its own."""
    from cjm_sheets.service.running import RunningService  # noqa: PLC0415 - after the path is set

    with RunningService(folder) as service:
        yield service.url, service.token


def main() -> int:
    """Measure and print; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "service") as (url, token):
        host = urlsplit(url)
        wire = Wire((str(host.hostname), int(host.port or 0)))
        wire.start()
        of = Map(Path(folder), url, token)
        found = {
            name: pushed(make(token, wire.address), of, wire)
            for name, (make, package) in TOOLS.items()
            if importlib.util.find_spec(package)
        }
        found = {"cjm-sheets": synced(of, wire, token)} | found
    print("requests to Sheets (+ to Drive) and bytes sent, four tables of a starter map")
    print(f"{'':20}{'first push':>20}{'nothing changed':>20}{'one cell':>20}   colleague's edit")
    for name, costs in found.items():
        cells = "".join(f"{cost.told():>20}" for cost in costs)
        print(f"{name:20}{cells}   {'kept' if costs[-1].survived else 'lost'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
