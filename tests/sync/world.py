"""Decides what a world of two copies is in tests of sync: both in memory, with a diary."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

from cjm_sheets.model.past import Entry, Run
from cjm_sheets.ports.store import Traffic
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.stores.memory import MemoryStore, Sheet, sheet

KEYS = "id stage order name channel action emotion reach evidence"


class Diary:
    """A history in memory."""

    def __init__(self) -> None:
        self.noted: list[Run] = []

    @property
    def entries(self) -> list[Entry]:
        return [entry for run in self.noted for entry in run.entries]

    @property
    def unfinished(self) -> int:
        return sum(not run.finished for run in self.noted)

    def be_ready(self) -> None:
        """Paper is always there."""

    def begin(self, run: Run) -> int:
        self.noted.append(replace(run, number=len(self.noted) + 1, finished=False))
        return len(self.noted)

    def finish(self, number: int) -> None:
        self.noted[number - 1] = replace(self.noted[number - 1], finished=True)

    def runs(self, service: str, spreadsheet: str) -> tuple[Run, ...]:
        asked = (service, spreadsheet)
        return tuple(run for run in self.noted if (run.service, run.spreadsheet) == asked)

    def find(self, name: str) -> Run | None:
        return next((run for run in self.noted if name in {str(run.number), run.key}), None)


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)

    def today(self) -> date:
        return date(2026, 3, 1)


class Chance:
    """Draws that are the same in every run."""

    def __init__(self) -> None:
        self.draws = random.Random(1)  # noqa: S311 - a test wants the same draws again

    def below(self, limit: int) -> int:
        return self.draws.randrange(limit)


class World:
    """A workbook and its shared copy, in step after the first sync."""

    def __init__(self, *sheets: Sheet) -> None:
        self.workbook = MemoryStore(*sheets, name="map.xlsx", removes=False)
        self.shared = MemoryStore(name="https://example.org/spreadsheets/d/abc")
        self.history = Diary()
        self.made = False
        self.chance = Chance()

    def sync(
        self, *, dry_run: bool = False, target: Link | None = None, **options: object
    ) -> Synced:
        opened = Opened(Link("local", "abc"), self.shared, Traffic)
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, Clock(), self.chance
        )
        target = target if self.made else Link("local")
        self.made = self.made or not dry_run
        asked = Options(**options)  # type: ignore[arg-type] # passed on as given
        done = sync_map(self.workbook, target, asked, around, dry_run=dry_run)
        assert not self.history.unfinished
        return done

    def edit(
        self, side: MemoryStore, row: str, key: str, value: Raw, table: str = "Touchpoints"
    ) -> None:
        there, at = side.column(table, key)
        _, ids = side.column(table, "id")
        next(r for r in there.rows if r[ids] == row)[at] = value

    def edit_setting(self, key: str, value: Raw) -> None:
        there, at = self.workbook.column("Settings", "value")
        _, keys = self.workbook.column("Settings", "key")
        next(r for r in there.rows if r[keys] == key)[at] = value

    def value(self, side: MemoryStore, row: str, key: str, table: str = "Touchpoints") -> Raw:
        return next(r for r in side.rows(table) if r["id"] == row)[key]


def touchpoints(*rows: dict[str, Raw], language: str = "en") -> Sheet:
    return sheet("Touchpoints", *rows, language=language, keys=KEYS)


def row(number: int, **cells: Raw) -> dict[str, Raw]:
    return {"id": f"T{number}", "stage": "S1", "order": number, "name": f"Step {number}", **cells}
