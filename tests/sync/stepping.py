"""Runs the command and kills it as it is about to do its nth thing that outlives it, on any system.

    python stepping.py NUMBER NOTES COMMAND...     0 lets it live, and notes what it did

What counts: files opened to be written, renamed, linked, deleted or flushed, folders made,
requests sent and answers awaited, statements for SQLite. What SQLite does within a statement is not
seen from here; strace sees it (see traced.py).
"""

import http.client
import os
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__)
_EVENTS = {
    "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "os.chown", "os.truncate",
    "sqlite3.connect",
}  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """What was done so far, and when that ends."""

    def __init__(self, last: int) -> None:
        self.last, self.done = last, list[str]()

    def step(self, what: str) -> None:
        self.done.append(what)
        if len(self.done) == self.last:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    def hear(self, event: str, facts: tuple[Any, ...]) -> None:
        """Be told by Python what it does."""
        if event == "open" and isinstance(facts[0], str) and facts[2] & _WRITES:
            self.step(f"open {Path(facts[0]).suffix}")
        elif event in _EVENTS:
            self.step(event)
        elif event == "ctypes.dlsym" and "rename" in str(facts[1]):
            self.step("exchange")

    def before(self, of: Any, name: str) -> None:
        """Count what Python does not tell of."""
        does = getattr(of, name)

        def counted(*given: Any, **named: Any) -> Any:
            self.step(name)
            return does(*given, **named)

        setattr(of, name, counted)


def counted_statements(steps: Steps) -> None:
    """Count each statement for SQLite."""

    class Counted(sqlite3.Connection):
        def execute(self, *given: Any) -> sqlite3.Cursor:
            steps.step(f"sqlite {given[0].split()[0]}")
            return super().execute(*given)

        def executemany(self, *given: Any) -> sqlite3.Cursor:
            steps.step("sqlite many")
            return super().executemany(*given)

    connect = sqlite3.connect

    def connected(*given: Any, **named: Any) -> sqlite3.Connection:
        found: sqlite3.Connection = connect(*given, factory=Counted, **named)
        return found

    setattr(sqlite3, "connect", connected)  # noqa: B010 - its type has too many forms to meet


def main(number: int, notes: Path, words: list[str]) -> None:
    from cjm_sheets.cli.main import main as command  # noqa: PLC0415 - nothing counts before this

    steps = Steps(number)
    steps.before(os, "fsync")
    steps.before(socket.socket, "sendall")
    steps.before(http.client.HTTPResponse, "begin")
    counted_statements(steps)
    sys.addaudithook(steps.hear)
    try:
        command(words)
    finally:
        steps.last = 0
        if not number:
            notes.write_text("\n".join(steps.done), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
