"""A person who saves the workbook at any step of a run: what they saved is merged, never lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, Outcome, SetCell, Snapshot
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.adapters.xlsx_file.sample import Sample
from tests.sync.world import Chance, Clock, Diary

Save = Callable[[Path], None]
STEPS = 7
"""More than a run has: the last ones save after it, which must do no harm either."""


def person(path: Path, *changes: SetCell | AddRow | DropRow) -> None:
    """Change the file as a person does who knows nothing of a sync."""
    store = XlsxFile(path)
    kinds = (SetCell, AddRow, DropRow)
    cells, added, dropped = (tuple(c for c in changes if isinstance(c, kind)) for kind in kinds)
    store.apply(Changes(cells=cells, added=added, dropped=dropped), store.read())  # type: ignore[arg-type] # sorted by kind


class Watched(XlsxFile):
    """A workbook that somebody saves right before its nth use."""

    def __init__(self, path: Path, step: int, save: Save) -> None:
        super().__init__(path)
        self.left, self.save = step, save

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.save(self.path)

    def read(self) -> Snapshot:
        self._step()
        return super().read()

    def refuse_if_busy(self) -> None:
        self._step()
        super().refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        self._step()
        return super().apply(changes, since)


SAVES: dict[str, Save] = {
    "another cell": lambda path: person(path, SetCell("Touchpoints", 7, "name", "saved")),
    "the same cell": lambda path: person(path, SetCell("Touchpoints", 5, "name", "saved")),
    "the pulled cell": lambda path: person(path, SetCell("Touchpoints", 6, "name", "saved")),
    "a row": lambda path: person(path, AddRow("Touchpoints", None, {"name": "saved"})),
    "a row less": lambda path: person(path, DropRow("Touchpoints", 7)),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("saves")) as running:
        yield running


class Run:
    """A workbook file and its shared copy in step; then an edit on each side."""

    def __init__(self, service: RunningService, path: Path) -> None:
        self.path = path
        self.transport = Transport(Endpoint(service.url, service.token))
        self.copy = create(self.transport, "A map", "en")
        self.link: Link | None = Link("local")
        self.history, self.chance = Diary(), Chance()
        self.sync(XlsxFile(path))
        self.link = None
        person(path, SetCell("Touchpoints", 5, "name", "typed here"))
        person(path, AddRow("Touchpoints", None, {"name": "new here"}))
        theirs = SharedCopy(self.transport, self.copy.spreadsheet)
        there = theirs.read()
        (line,) = (t.lines[1] for t in there.tables if t.spec.key == "Touchpoints")
        theirs.apply(Changes(cells=(SetCell("Touchpoints", line, "name", "typed there"),)), there)

    def sync(self, workbook: XlsxFile, prefer: str = "") -> Synced:
        opened = Opened(
            Link("local", self.copy.spreadsheet), self.copy, lambda: self.transport.traffic
        )
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, Clock(), self.chance
        )
        return sync_map(workbook, self.link, Options(prefer), around, dry_run=False)

    def said(self) -> tuple[set[Raw], set[Raw]]:
        """Return the names of touchpoints on both sides."""
        sides = []
        for store in (XlsxFile(self.path), self.copy):
            table = next(t for t in store.read().tables if t.spec.key == "Touchpoints")
            sides.append({*table.by_key["name"].cells} - {None, ""})
        return sides[0], sides[1]


@pytest.mark.parametrize("kind", SAVES)
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_save_at_every_step(
    service: RunningService, tmp_path: Path, step: int, kind: str
) -> None:
    run = Run(service, Sample(tmp_path / "map.xlsx").tables().save())
    watched = Watched(run.path, step, SAVES[kind])
    run.sync(watched)
    if watched.left > 0:
        SAVES[kind](run.path)
    run.sync(XlsxFile(run.path))
    ours, theirs = run.said()
    typed = {"typed here", "new here", "typed there"} | (
        {"saved"} if kind != "a row less" else set()
    )
    kept = " ".join(entry.before for entry in run.history.entries)
    replaced = {"typed here"} if kind == "the same cell" else set()  # by the person who saved
    assert {t for t in typed - replaced if t not in ours | theirs and f'"{t}"' not in kept} == set()
    run.sync(XlsxFile(run.path), prefer="sheet")
    ours, theirs = run.said()
    assert ours == theirs
    assert {"new here", "Box <new>"} - ours == (
        {"Box <new>"} if "less" in kind or "another" in kind else set()
    )
    assert run.sync(XlsxFile(run.path)).plan.writes_nothing
