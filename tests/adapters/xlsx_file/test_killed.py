"""Shows that a killed or refused process leaves a whole workbook behind, old or new."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.adapters.xlsx_file.sample import Sample

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed in another way")
SCRIPT, ROOT = Path(__file__).with_name("killing.py"), Path(__file__).parents[3]


@pytest.fixture
def path() -> Iterator[Path]:
    """A workbook in a folder of its own that everybody may read."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        maps = Path(folder) / "maps"
        maps.mkdir()
        yield Sample(maps / "map.xlsx").tables(["Stages"]).save()
        maps.chmod(0o755)


def tries(way: str, path: Path) -> list[Any]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), way, str(path)], capture_output=True, timeout=120,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_a_process_killed_at_any_moment_leaves_a_whole_file(path: Path) -> None:
    found = tries("at_random", path)
    assert len(found) == 30
    assert [said for said, _ in found if not str(said).startswith("text ")] == []
    assert len({said for said, _ in found}) > 1, "some of them were killed while they wrote"
    writes_again(path)


def test_a_process_killed_at_each_step_leaves_the_old_file_or_the_new_one(path: Path) -> None:
    found = tries("at_each_step", path)
    assert [said for said, _ in found] == ["Aware", "Aware", "after", "before"]
    writes_again(path)


def test_a_disk_that_takes_no_more(path: Path) -> None:
    before = path.read_bytes()
    assert tries("on_a_full_disk", path) == [["Aware", 0, os.strerror(errno.EFBIG)]]
    assert path.read_bytes() == before


def test_a_folder_that_is_only_read(path: Path) -> None:
    before = path.read_bytes()
    found = tries("in_a_folder_that_is_only_read", path)
    assert found == [["Aware", 0, os.strerror(errno.EACCES)]]
    assert path.read_bytes() == before


def test_the_owner_stays(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the system's administrator may give a file away")
    os.chown(path, 1234, 1235)
    writes_again(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1235)


def writes_again(path: Path) -> None:
    """Check that whatever a killed process left lies in nobody's way."""
    file = XlsxFile(path)
    file.apply(Changes(cells=(SetCell("Stages", 5, "name", "again"),)), file.read())
    assert file.read().tables[0].cell("name", 5) == "again"
