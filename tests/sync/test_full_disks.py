"""A disk takes no more, or a folder no changes, somewhere in a sync: nothing is half, nothing lost.

A run that is refused anything comes to its end, or says one plain sentence; what it left is as
before or as after one of its steps; and a run that is refused nothing then comes to what it should.
A sample is tried, with CJM_SHEETS_LONG=1 every call and every size.
"""

import errno
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from tests.sync.eight_maps import EIGHT, Case
from tests.sync.hindered import SCRIPT
from tests.sync.real_pair import Kept, Pair, Ran
from tests.sync.test_killed_syncs import LONG, Expected
from tests.sync.traced import Step, recorded, refused_at, strace

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="What refuses a file here is only there on Linux and its relatives."
)

REASONS = {
    **dict.fromkeys(("write", "pwrite64", "ftruncate", "openat", "mkdir", "link"), "ENOSPC"),
    **dict.fromkeys(("fsync", "fdatasync", "rename", "renameat2"), "EIO"),
    **dict.fromkeys(("unlink", "chmod"), "EROFS"),
}
SAMPLE = 1
BY_NAME = {case.name: case for case in EIGHT}
TRIED = EIGHT if LONG else [BY_NAME["first push"]]
PAGE = 4096


class Setting:
    """A case that is ready to be tried as often as it is needed."""

    def __init__(self, case: Case, place: Path) -> None:
        self.case, self.place = case, place
        self.kept: Kept = case.kept(place / "kept")
        with self.kept.copied(place / "expected") as pair:
            self.expected = Expected(case, pair)

    @contextmanager
    def pair(self) -> Iterator[Pair]:
        with self.kept.copied(self.place / "try") as pair:
            yield pair

    def check(self, pair: Pair, ran: Ran) -> bool:
        """Check what a run left that was refused something; return whether it said so."""
        assert "Traceback" not in ran.err, ran.err
        said = ran.code not in {0, 1}
        if said:
            assert ran.code in {2, 5}, ran
            assert len(ran.err.splitlines()) == 1, ran.err
        self.expected.check_killed(pair)
        self.expected.check_healed(pair)
        return said


Settings = Callable[[Case], Setting]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Give what makes a case ready, once for all tests."""
    return lru_cache(lambda case: Setting(case, tmp_path_factory.mktemp("disks")))


def of_files(step: Step) -> bool:
    """Tell whether a call is about files, not about what is said or sent."""
    return step.name in REASONS and not (step.name == "write" and step.about[:2] in {"1,", "2,"})


@pytest.mark.strace
@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
def test_each_call_that_writes_is_refused(settings: Settings, case: Case) -> None:
    strace()
    setting = settings(case)
    with setting.pair() as pair:
        steps = [step for step in recorded(pair, case.words) if of_files(step)]
    dice = random.Random(case.name)  # noqa: S311 - a test wants the same draws again
    told, wrong = 0, []
    chosen = steps if LONG else dice.sample(steps, SAMPLE)
    for step in chosen:
        with setting.pair() as pair:
            try:
                told += setting.check(pair, refused_at(pair, step, REASONS[step.name], case.words))
            except AssertionError as error:
                wrong.append(f"{step}: {error}")
                print(wrong[-1])  # noqa: T201
    print(f"\n{case.name}: {len(chosen)} calls refused, {told} said so, {len(wrong)} wrong")  # noqa: T201
    assert wrong == []


def hindered(pair: Pair, case: Case, *how: str) -> Ran:
    """Run a sync that is not allowed everything."""
    return pair.process(sys.executable, str(SCRIPT), *how, words=case.words)


def test_no_file_grows_beyond_a_size(settings: Settings) -> None:
    case = BY_NAME["both ways"]
    setting = settings(case)
    with setting.pair() as pair:
        most = max(pair.workbook.stat().st_size, (pair.home / "history.sqlite").stat().st_size)
    sizes = [*range(0, most + 4 * PAGE, PAGE if LONG else most // 2), 2 * most]
    said = []
    for size in sizes:
        with setting.pair() as pair:
            said.append(setting.check(pair, hindered(pair, case, "size", str(size))))
    assert said[0]
    assert not said[-1]
    print(f"\n{len(sizes)} sizes, at {sum(said)} of them the run said that it could not")  # noqa: T201


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[None]:
    """Put a disk of its own at a folder."""
    options = f"size={size}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "cjm-sheets-test", str(at)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("This system has no command that gives a test a small disk.")
    if done.returncode:
        pytest.skip("Only the system's administrator may give a test a small disk.")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)  # noqa: S607


def fill(folder: Path, free: int) -> None:
    """Leave so many bytes of a disk."""
    with (folder / "ballast").open("wb") as file:
        there = os.statvfs(folder)
        file.write(b"\0" * max(0, there.f_bavail * there.f_frsize - free))


@pytest.mark.parametrize("place", ["maps", "home"])
@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
def test_a_disk_that_is_full(settings: Settings, place: str, case: Case) -> None:
    setting = settings(case)
    room = 40 if place == "maps" else 30
    pages = range(room + 1) if LONG else (0, room)
    disk = setting.place / "try" / place
    said = []
    for free in pages:
        with setting.pair() as pair, moved_onto(disk, 4 << 20):
            fill(disk, free * PAGE)
            ran = pair.process(words=case.words)
            (disk / "ballast").unlink()
            said.append(setting.check(pair, ran))
    assert said[0]
    assert not said[-1]
    print(f"\n{place}: {len(said)} rooms, in {sum(said)} of them the run said it was not enough")  # noqa: T201


@contextmanager
def moved_onto(folder: Path, size: int) -> Iterator[None]:
    """Let a folder lie on a disk of its own, with what is in it."""
    folder.mkdir(exist_ok=True)
    files = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}
    with small_disk(folder, size):
        for name, content in files.items():
            (folder / name).write_bytes(content)
        yield


@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
def test_a_folder_of_maps_that_is_only_read(settings: Settings, case: Case) -> None:
    setting = settings(case)
    with setting.pair() as pair:
        before = pair.workbook.read_bytes()
        pair.folder.chmod(0o555)
        ran = hindered(pair, case, "obedient")
        assert ran.code == 5
        assert os.strerror(errno.EACCES) in ran.err
        assert pair.workbook.read_bytes() == before
        assert pair.beside() == []
        assert hindered(pair, case, "obedient").code == 5
        # A shared copy that the workbook cannot remember would be made again by each run.
        assert pair.spreadsheets() == (1 if case.linked else 0)
        pair.folder.chmod(0o755)
        assert setting.check(pair, ran)


@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
@pytest.mark.parametrize("made", [True, False])
def test_a_folder_of_ours_that_is_only_read(settings: Settings, case: Case, made: bool) -> None:  # noqa: FBT001
    setting = settings(case)
    with setting.pair() as pair:
        if not made:  # the history is new, on another machine
            for entry in pair.home.glob("*"):
                entry.unlink()
        pair.home.mkdir(exist_ok=True)
        pair.home.chmod(0o555)
        before = pair.workbook.read_bytes()
        ran = hindered(pair, case, "obedient")
        assert ran.code == 2
        assert str(pair.home) in ran.err
        assert pair.workbook.read_bytes() == before
        assert pair.spreadsheets() == (1 if case.linked else 0)
        pair.home.chmod(0o755)
        assert setting.check(pair, ran)
