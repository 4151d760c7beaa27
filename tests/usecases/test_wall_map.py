"""A drawing beside a workbook keeps up with it, and nothing of anybody else's is touched."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from cjm_sheets.drawing.seal import is_ours, sealed
from cjm_sheets.errors import UnforeseenError
from cjm_sheets.errors.asked import NotOurDrawingError
from cjm_sheets.errors.workbook import CannotReplaceError, FileNotReadableError
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases import wall_map
from cjm_sheets.usecases.draw_map import drawn
from cjm_sheets.usecases.reading import Reading, reading_of
from tests.stores.memory import MemoryStore, sheet

TODAY = date(2026, 3, 1)
FILE = "maps/map.html"


@dataclass
class Folder:
    """A folder in memory."""

    files: dict[str, bytes] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    broken: Exception | None = None

    def read(self, path: str) -> bytes | None:
        if isinstance(self.broken, FileNotReadableError):
            raise self.broken
        return self.files.get(path)

    def write(self, path: str, content: bytes) -> None:
        if self.broken:
            raise self.broken
        self.files[path] = content
        self.written.append(path)


def reading(name: str = "A step", due: date | None = None) -> Reading:
    actions: dict[str, Raw] = {"id": "A1", "action": "Do it", "due": due}
    return reading_of(
        MemoryStore(
            sheet("Stages", {"id": "S1", "name": "Buy"}),
            sheet("Touchpoints", {"id": "T1", "name": name, "stage": "S1"}, keys="id name stage"),
            sheet("Actions", actions, keys="id action due"),
            name="map.xlsx",
        ).read()
    )


def refresh(of: Reading, folder: Folder, today: date = TODAY) -> wall_map.Wall:
    return wall_map.refresh("maps/map.xlsx", of, today, folder)


def test_it_is_drawn_once_and_again_when_it_would_look_otherwise() -> None:
    folder = Folder()
    assert refresh(reading(), folder) == wall_map.Wall(FILE, is_new=True)
    assert refresh(reading(), folder) == wall_map.Wall(FILE)
    assert refresh(reading("Another step"), folder).is_new
    assert b"Another step" in folder.files[FILE]
    del folder.files[FILE]
    assert refresh(reading("Another step"), folder).is_new
    assert folder.written == [FILE] * 3


def test_a_day_on_which_something_is_overdue_draws_it_anew() -> None:
    folder, late = Folder(), reading(due=date(2026, 3, 10))
    assert refresh(late, folder).is_new
    assert not refresh(late, folder, date(2026, 3, 10)).is_new
    assert refresh(late, folder, date(2026, 3, 11)).is_new


def test_what_another_version_drew_or_the_command_drew_is_replaced() -> None:
    for page in (
        sealed('<meta charset="utf-8">\n<p>drawn otherwise</p>\n', "map.xlsx"),
        drawn(reading("Before"), "any.html", TODAY),
    ):
        folder = Folder({FILE: page.encode()})
        assert refresh(reading(), folder).is_new
        assert b"A step" in folder.files[FILE]


PAGE = drawn(reading("Before"), FILE, TODAY)
THEIRS = {
    "somebody's page": "<html><head><title>Mine</title></head></html>",
    "an empty file": "",
    "no text": "\xff\xfe",
    "a drawing that somebody changed": PAGE.replace("Before", "After"),
    "one with a note at its end": PAGE + "<!-- ours -->",
    "one without its seal": "\n".join(
        line for line in PAGE.splitlines() if "generator" not in line
    ),
    "one of another workbook": drawn(
        replace(reading(), snapshot=replace(reading().snapshot, title="map.xlsm")), FILE, TODAY
    ),
}


@pytest.mark.parametrize("what", THEIRS)
def test_what_is_somebody_elses_stays(what: str) -> None:
    before = THEIRS[what].encode("latin-1" if what == "no text" else "utf-8")
    folder = Folder({FILE: before})
    wall = refresh(reading(), folder)
    assert isinstance(wall.error, NotOurDrawingError)
    assert wall.error.facts == {"file": FILE, "workbook": "map.xlsx"}
    assert (folder.files, folder.written) == ({FILE: before}, [])


def test_nothing_that_goes_wrong_is_raised() -> None:
    full = CannotReplaceError(FILE, "No space left on device")
    closed = FileNotReadableError(FILE, "Permission denied")
    for why in (full, closed):
        assert refresh(reading(), Folder(broken=why)).error is why
    assert isinstance(refresh(reading(), Folder(broken=KeyError())).error, UnforeseenError)


@pytest.mark.parametrize("name", ['a "b" & <c>.xlsx', "a  b\n.xlsx", "\udcffx.xlsx", "ü" * 80])
def test_any_name_can_be_sealed(name: str) -> None:
    page = sealed(drawn(reading(), FILE, TODAY), name)
    page.encode("utf-8")
    assert is_ours(page, name)
    assert not is_ours(page, "x.xlsx")
