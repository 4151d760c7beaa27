"""Decides what is remembered of who changed what in a map, and for how long."""

import json
import logging
import queue
import threading
from datetime import UTC, datetime

from cjm_sheets.service.page.diff import entries
from cjm_sheets.service.page.shelf import Shelf
from cjm_sheets.service.page.watched import Stored
from cjm_sheets.service.refusals import Json

_LOG = logging.getLogger(__name__)
KEPT = 2_000
"""Entries of each map; older ones go."""
_SHOWN = 200


def record(shelf: Shelf, stored: Stored) -> None:
    """Remember what a change did; of a map that is deleted nothing stays."""
    if stored.new is None:
        with shelf.writing() as database:
            database.execute("delete from history where file_id = ?", (stored.file_id,))
            database.execute("delete from links where file_id = ?", (stored.file_id,))
            database.execute("delete from done where file_id = ?", (stored.file_id,))
        return
    found = entries(stored.old, stored.new) if stored.old is not None else []
    if not found:
        return
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    who = {"person": stored.who.is_person}
    texts = [json.dumps(entry.json() | who) for entry in found]
    lines = [(stored.file_id, now, stored.who.name, text) for text in texts]
    with shelf.writing() as database:
        database.executemany(
            "insert into history (file_id, time, who, entry) values (?, ?, ?, ?)", lines
        )
        database.execute(
            "delete from history where file_id = ? and number <= (select number from history"
            " where file_id = ? order by number desc limit 1 offset ?)",
            (stored.file_id, stored.file_id, KEPT),
        )


class Recorder:
    """Remembers changes one after the other beside the calls that make them, which do not wait."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._waiting: queue.Queue[Stored | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def tell(self, stored: Stored) -> None:
        """Remember a change soon."""
        self._waiting.put(stored)

    def settle(self) -> None:
        """Wait until all changes so far are remembered."""
        self._waiting.join()

    def close(self) -> None:
        """Remember what is waiting, and end."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            stored = self._waiting.get()
            try:
                if stored is None:
                    return
                record(self._shelf, stored)
            except Exception:  # noqa: BLE001  the history of one change is lost, that of the next one is not
                _LOG.exception("The history of a change is lost.")
            finally:
                self._waiting.task_done()


def told(shelf: Shelf, file_id: str, before: int | None = None) -> list[Json]:
    """Return entries, the latest first; ``before`` gives those older than one of that number."""
    query = (
        "select number, time, who, entry from history where file_id = ? and number < ?"
        " order by number desc limit ?"
    )
    rows = shelf.rows(query, file_id, before or 2**62, _SHOWN)
    return [
        {"number": number, "time": time, "who": who} | json.loads(entry)
        for number, time, who, entry in rows
    ]
