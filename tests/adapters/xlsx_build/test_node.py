"""SheetJS and ExcelJS, with which the web reads workbooks, read from ours what we wrote."""

import json
import subprocess
from pathlib import Path

import pytest

from cjm_sheets.usecases.new_map import Wish
from tests.adapters.xlsx_build.cells import Package
from tests.adapters.xlsx_build.made import made, some_wishes
from tests.programs import NODE_FOLDER, node

_CLOSE = 1e-12


@pytest.mark.node
def test_sheetjs_and_exceljs_read_every_cell(tmp_path: Path) -> None:
    wishes = some_wishes(0)
    files = {name: tmp_path / f"{name}.xlsx" for name in wishes}
    for name, path in files.items():
        path.write_bytes(made(wishes[name]))
    done = subprocess.run(
        [node(), str(NODE_FOLDER / "read.mjs"), *map(str, files.values())],
        capture_output=True,
        check=True,
        timeout=300,
    )
    assert done.stderr.decode() == ""
    read = json.loads(done.stdout)
    assert set(read) == {"SheetJS", "ExcelJS"}
    for reader, by_file in read.items():
        for name, path in files.items():
            assert _differences(wishes[name], by_file[str(path)]) == [], (reader, name)


def _differences(wish: Wish, read: list[tuple[str, dict[str, object]]]) -> list[str]:
    """Return the cells of which a reader says something else than is in the file."""
    package = Package(made(wish))
    assert [title for title, _ in read] == list(package.sheets())
    wrong = []
    for title, theirs in read:
        cells = package.cells(title).items()
        ours = {place: _plain(c.type, c.shown) for place, c in cells if c.shown != ""}
        places = ours.keys() | theirs.keys()
        wrong += [
            f"{title}!{place}: {ours.get(place)!r}, not {theirs.get(place)!r}"
            for place in sorted(places)
            if not _same(ours.get(place), theirs.get(place))
        ]
    return wrong


def _plain(kind: str, shown: str | float) -> object:
    return shown == "1" if kind == "b" else shown


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, int | float) and type(theirs) is not bool:
        return abs(ours - theirs) <= _CLOSE * max(1.0, abs(ours))
    return type(ours) is type(theirs) and ours == theirs
