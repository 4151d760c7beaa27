"""Decides what is remembered of who changed what in a map, and for how long."""

import json
import logging
from datetime import UTC, datetime

from cjm_sheets.service.page.diff import entries
from cjm_sheets.service.page.shelf import Shelf
from cjm_sheets.service.page.watched import Planned, Stored
from cjm_sheets.service.refusals import Json

_LOG = logging.getLogger(__name__)
KEPT = 2_000
"""Entries of each map; older ones go."""
_SHOWN = 200


def write_ahead(shelf: Shelf, planned: Planned) -> None:
    """Remember what a change does just before it is stored; it counts once its version is there."""
    found = entries(planned.old, planned.new) if planned.old is not None else []
    if not found:
        return
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    who = {"person": planned.who.is_person}
    file_id = planned.file_id
    lines = [
        (file_id, planned.version, now, planned.who.name, json.dumps(entry.json() | who))
        for entry in found
    ]
    with shelf.writing() as database:
        database.executemany(
            "insert into history (file_id, version, time, who, entry) values (?, ?, ?, ?, ?)", lines
        )
        database.execute(
            "delete from history where file_id = ? and number <= (select number from history"
            " where file_id = ? order by number desc limit 1 offset ?)",
            (file_id, file_id, KEPT),
        )


class Recorder:
    """Remembers each change before it is acknowledged, so that no kill leaves one untold."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def ahead(self, planned: Planned) -> None:
        """Remember what a change is about to do."""
        try:
            write_ahead(self._shelf, planned)
        except Exception:  # noqa: BLE001  the history of one change is lost, the change is not
            _LOG.exception("The history of a change is lost.")

    def void(self, planned: Planned) -> None:
        """Forget a change that could not be stored."""
        with self._shelf.writing() as database:
            for table in ("history", "answers"):
                query = f"delete from {table} where file_id = ? and version >= ?"  # noqa: S608  our own words
                database.execute(query, (planned.file_id, planned.version))

    def tell(self, stored: Stored) -> None:
        """Forget all of a map that is deleted."""
        if stored.new is None:
            with self._shelf.writing() as database:
                for table in ("history", "links", "answers"):
                    query = f"delete from {table} where file_id = ?"  # noqa: S608  our own words
                    database.execute(query, (stored.file_id,))


def told(shelf: Shelf, file_id: str, version: int, before: int | None = None) -> list[Json]:
    """Return entries up to a version, the latest first, older ones than number ``before``."""
    query = (
        "select number, time, who, entry from history where file_id = ? and version <= ?"
        " and number < ? order by number desc limit ?"
    )
    rows = shelf.rows(query, file_id, version, before or 2**62, _SHOWN)
    return [
        {"number": number, "time": time, "who": who} | json.loads(entry)
        for number, time, who, entry in rows
    ]
