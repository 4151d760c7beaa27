"""What is asked of Excel to put an add-in there, and what is left on the machine.

No Excel runs here: one is simulated behind the real `xlwings.engines`, as far as it is asked.
"""

import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from cjm_sheets.adapters.excel_program import ExcelProgram, StartFolder
from cjm_sheets.adapters.new_file import write_over
from cjm_sheets.errors.excel import NoExcelError
from cjm_sheets.errors.workbook import CannotReplaceError, FileNotReadableError


class Program:
    """An Excel with a start folder, running or not."""

    def __init__(self, folder: Path, *, running: bool, broken: bool = False) -> None:
        self.folder, self.is_running, self.broken = folder, running, broken
        self.quits = 0
        self.name, self.type, self.apps = "excel", "desktop", self
        self.pid = 7

    def __iter__(self) -> Iterator["Program"]:
        return iter([self] if self.is_running else [])

    def add(self, **_: Any) -> "Program":
        self.is_running = True
        return self

    def quit(self) -> None:
        self.quits += 1

    @property
    def startup_path(self) -> str:
        if self.broken:
            raise OSError(-2147418111, "the call was rejected by the callee")
        return str(self.folder)


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    def installed(**how: Any) -> Program:
        program = Program(tmp_path, **how)
        engine = xlwings.main.Engine(impl=program)
        monkeypatch.setitem(xlwings.engines.engines_by_name, "excel", engine)
        return program

    return installed


def test_a_running_excel_tells_its_folder_and_stays(excel: Any, tmp_path: Path) -> None:
    program = excel(running=True)
    assert ExcelProgram().start_folder() == str(tmp_path)
    assert program.quits == 0


def test_one_that_does_not_run_is_started_and_ended(excel: Any, tmp_path: Path) -> None:
    program = excel(running=False)
    assert ExcelProgram().start_folder() == str(tmp_path)
    assert program.quits == 1


@pytest.mark.parametrize("running", [True, False])
def test_one_that_does_not_answer_is_told(excel: Any, running: bool) -> None:  # noqa: FBT001 - drawn
    program = excel(running=running, broken=True)
    with pytest.raises(NoExcelError):
        ExcelProgram().start_folder()
    assert program.quits == (0 if running else 1)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Excel may be here.")
def test_without_excel_it_is_told() -> None:
    with pytest.raises(NoExcelError):
        ExcelProgram().start_folder()


# ---- which Python is started -------------------------------------------------------------


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(xlwings, "USER_CONFIG_FILE", str(tmp_path / ".xlwings/xlwings.conf"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONDA_DEFAULT_ENV", "CONDA_EXE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_workbooks_with_a_button_learn_of_this_python_once(home: Path) -> None:
    written = ExcelProgram().remember_python()
    assert Path(written).read_text(encoding="locale") == f'"INTERPRETER_WIN","{sys.executable}"\n'
    Path(written).write_text("mine")
    assert ExcelProgram().remember_python() == ""
    assert (home / ".xlwings/xlwings.conf").read_text() == "mine"


def test_a_home_that_takes_no_file_is_told(home: Path) -> None:
    (home / ".xlwings").write_text("a file where the folder should be")
    with pytest.raises(CannotReplaceError):
        ExcelProgram().remember_python()


@pytest.mark.usefixtures("home")
def test_anaconda_on_windows_gets_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "maps")
    monkeypatch.setenv("CONDA_EXE", "/opt/conda/Scripts/conda.exe")
    assert ExcelProgram().python_settings() == {"INTERPRETER_WIN": sys.executable}
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert ExcelProgram().python_settings() == {"CONDA PATH": "/opt/conda", "CONDA ENV": "maps"}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("fails", [False, True])
def test_macos_gets_the_script_without_which_nothing_starts(
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,  # noqa: FBT001 - drawn
) -> None:
    """Xlwings has the command on macOS alone, so that here it is only seen how it is called."""
    calls = []

    def run(words: tuple[str, ...], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append(words)
        return subprocess.CompletedProcess(words, int(fails), "", "no such folder\n")

    monkeypatch.setattr(subprocess, "run", run)
    ExcelProgram().let_start_python()
    assert calls == []
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert ExcelProgram().python_settings() == {"INTERPRETER_MAC": sys.executable}
    if fails:
        with pytest.raises(CannotReplaceError, match="no such folder"):
            ExcelProgram().let_start_python()
    else:
        ExcelProgram().let_start_python()
    assert [words[-2:] for words in calls] == [("runpython", "install")]


# ---- the folder --------------------------------------------------------------------------


def test_the_add_in_comes_and_goes(tmp_path: Path) -> None:
    folder = StartFolder(str(tmp_path), write_over)
    assert folder.read() is None
    folder.put(b"one")
    folder.put(b"two")
    assert folder.read() == b"two"
    assert folder.path == str(tmp_path / "cjm-sheets.xlam")
    folder.take()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    folder = StartFolder(str(tmp_path / "none"), write_over)
    assert folder.read() is None
    with pytest.raises(CannotReplaceError):
        folder.put(b"one")
    with pytest.raises(CannotReplaceError):
        folder.take()
    (tmp_path / "cjm-sheets.xlam").mkdir()
    with pytest.raises(FileNotReadableError):
        StartFolder(str(tmp_path), write_over).read()
