"""Shows that a foreign file is read apart as it would be here, and that no failure gets across."""

import os
import pickle
import sys
import time
from pathlib import Path

import pytest

from cjm_sheets import wiring
from cjm_sheets.adapters.xlsx_file import apart_answer
from cjm_sheets.adapters.xlsx_file.apart import Limits, read_apart
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import (
    DamagedWorkbookError,
    IsAFolderError,
    NoSuchFileError,
    NotAWorkbookError,
    OnlyReadError,
    ReadingBrokeOffError,
    UnsafeWorkbookError,
)
from cjm_sheets.ports.store import Changes, SetCell, Snapshot
from cjm_sheets.tables import schema
from cjm_sheets.words.failures import sentence
from tests.adapters.xlsx_file.sample import Sample
from tests.adapters.xlsx_file.test_bad_workbooks import EXPECTED, FOLDER

TIGHT = Limits(memory=500 << 20, answer=64 << 20, seconds=30, waiting=60.0)
STEPS = """
import os, signal, subprocess, sys, time
from pathlib import Path
from cjm_sheets.adapters.xlsx_file import apart_child
from cjm_sheets.errors.workbook import DamagedWorkbookError
Path(sys.argv[-1] + ".pid").write_text(str(os.getpid()))
def read_any(data, file):
    {step}
apart_child.read_any = read_any
sys.exit(apart_child.main(sys.argv[1:]))
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx").tables().save()


def direct(path: Path) -> Snapshot | CjmError:
    try:
        return XlsxFile(path).read()
    except CjmError as error:
        return error


def apart(
    path: Path, allowed: Limits = TIGHT, command: tuple[str, ...] | None = None
) -> Snapshot | CjmError:
    try:
        if command:
            return read_apart(str(path), None, allowed, command)
        return read_apart(str(path), None, allowed)
    except CjmError as error:
        return error


def stumbling(path: Path, step: str, allowed: Limits = TIGHT) -> CjmError:
    """Return what is said of a reading that goes wrong in this way; its process must be gone."""
    began = time.monotonic()
    said = apart(path, allowed, (sys.executable, "-c", STEPS.format(step=step)))
    assert time.monotonic() - began < allowed.waiting + 3
    assert isinstance(said, CjmError)
    assert said.facts["file"] == str(path)
    assert said.exit_code == 3
    assert len(sentence(said, "en").splitlines()) == 1
    assert_gone(Path(f"{path}.pid"))
    return said


def assert_gone(noted: Path) -> None:
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text()), 0)


def test_the_map_is_the_same(good: Path) -> None:
    here = XlsxFile(good).read()
    assert wiring.foreign_workbook(str(good)).read() == here
    there = read_apart(good.name, good.read_bytes())
    assert there == here
    assert all(table.spec is schema.BY_KEY[table.spec.key] for table in there.tables)


def test_the_failures_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n")
    for path, of in (
        (tmp_path / "none.xlsx", NoSuchFileError),
        (tmp_path, IsAFolderError),
        (tmp_path / "a.csv", NotAWorkbookError),
    ):
        here, there = direct(path), apart(path)
        assert isinstance(there, of)
        assert str(there) == str(here)


def test_bytes_keep_the_name_under_which_they_came() -> None:
    with pytest.raises(NotAWorkbookError) as raised:
        read_apart("upload.xlsx", b"a;b\n1;2\n")
    assert raised.value.facts == {"file": "upload.xlsx", "kind": "csv"}


def test_it_is_only_read(good: Path) -> None:
    store, before = wiring.foreign_workbook(str(good)), good.read_bytes()
    since = store.read()
    assert store.apply(Changes(), since).stamp == since.stamp
    with pytest.raises(OnlyReadError):
        store.apply(Changes(cells=(SetCell("Pains", 5, "pain", "x"),)), since)
    with pytest.raises(OnlyReadError):
        store.refuse_if_busy()
    assert good.read_bytes() == before


@pytest.mark.parametrize("stem", EXPECTED)
def test_bad_workbooks_apart_as_here(stem: str) -> None:
    path = FOLDER / f"{stem}.xlsx"
    if not path.exists():
        pytest.skip(f"the bad workbooks are not in {FOLDER}: set CJM_SHEETS_SHARED")
    here, began = direct(path), time.monotonic()
    there = apart(path)
    assert time.monotonic() - began < TIGHT.waiting
    if isinstance(here, Snapshot):
        assert there == here
    else:
        assert (type(there), str(there)) == (type(here), str(here))


def test_memory_without_end(good: Path) -> None:
    said = stumbling(good, "x = []\n    while True: x.append(bytearray(1 << 20))")
    assert isinstance(said, UnsafeWorkbookError)
    assert said.facts["place"] == "500 MB"


def test_an_abort_as_of_a_reader_that_gets_no_memory(good: Path) -> None:
    said = stumbling(good, "os.abort()")
    assert isinstance(said, UnsafeWorkbookError)


def test_work_without_end(good: Path) -> None:
    said = stumbling(good, "while True: pass", Limits(seconds=1, waiting=20.0))
    assert isinstance(said, UnsafeWorkbookError)
    assert said.facts["place"] == "CPU"


@pytest.mark.parametrize(
    "step",
    [
        "time.sleep(600)",
        "os.closerange(1, 50)\n    time.sleep(600)",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    time.sleep(600)",
    ],
)
def test_waiting_without_end(good: Path, step: str) -> None:
    said = stumbling(good, step, Limits(waiting=2.0))
    assert isinstance(said, UnsafeWorkbookError)
    assert said.facts["place"] == "2 s"


def test_what_the_process_started_goes_with_it(good: Path) -> None:
    pipe = good.with_suffix(".pipe")
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    shell = f"exec > {pipe}; echo here; exec sleep 600"
    code = f"import subprocess, time; subprocess.Popen(['sh', '-c', {shell!r}]); time.sleep(600)"
    said = apart(good, Limits(waiting=4.0), (sys.executable, "-c", code))
    assert isinstance(said, UnsafeWorkbookError)
    os.set_blocking(listening, True)  # ends when nobody is left who could write
    with os.fdopen(listening, "rb") as pipe_end:
        began = time.monotonic()
        assert pipe_end.read() == b"here\n"
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("os._exit(0)", "0"),
        ("os._exit(9)", "9"),
        ("raise RuntimeError", "1"),
        ("Path(file + '.new').write_text('x' * 9000)", "1"),
    ],
)
def test_a_crash(good: Path, step: str, reason: str) -> None:
    said = stumbling(good, step)
    assert isinstance(said, ReadingBrokeOffError)
    assert said.facts["reason"] == reason
    assert not Path(f"{good}.new").exists() or not Path(f"{good}.new").read_bytes()


def test_what_a_reader_prints_is_no_answer(good: Path) -> None:
    said = stumbling(good, "print('noise', flush=True); raise DamagedWorkbookError(file, 'here')")
    assert isinstance(said, DamagedWorkbookError)


def test_no_secrets_get_there(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CJM_SHEETS_TOKEN", "secret")
    step = "raise DamagedWorkbookError(file, os.environ.get('CJM_SHEETS_TOKEN', 'none'))"
    assert stumbling(good, step).facts["place"] == "none"


def test_modules_beside_the_workbook_are_not_taken(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (good.parent / "zlib.py").write_text("raise SystemExit(9)")
    (good.parent / "pickle.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(good.parent)
    assert read_apart(good.name).tables


class Harm:
    """Runs a command when it is unpickled by somebody careless."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def test_an_answer_that_would_run_something(good: Path) -> None:
    harm = pickle.dumps(("", Harm(f"touch {good}.harm")))
    code = f"import sys; sys.stdout.buffer.write({harm!r})"
    assert isinstance(apart(good, TIGHT, (sys.executable, "-c", code)), ReadingBrokeOffError)
    assert not Path(f"{good}.harm").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"garbage",
        b"",
        pickle.dumps(("CjmError", "no facts")),
        pickle.dumps(("spec", {})),
        pickle.dumps(("UnknownError", {"file": "x"})),
        pickle.dumps(("", None)),
        apart_answer.packed(DamagedWorkbookError("a", "b"))[:-4],
    ],
)
def test_answers_that_are_none(good: Path, content: bytes) -> None:
    code = f"import sys; sys.stdout.buffer.write({content!r})"
    assert isinstance(apart(good, TIGHT, (sys.executable, "-c", code)), ReadingBrokeOffError)


def test_an_answer_without_end(good: Path) -> None:
    code = "import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 20))"
    said = apart(good, Limits(answer=4 << 20, waiting=20.0), (sys.executable, "-c", code))
    assert isinstance(said, UnsafeWorkbookError)
    assert said.facts["place"] == "4 MB"


def test_a_program_that_is_not_there(good: Path) -> None:
    said = apart(good, TIGHT, (str(good.parent / "no-python"),))
    assert isinstance(said, ReadingBrokeOffError)
