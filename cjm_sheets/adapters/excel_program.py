"""Decides how this machine's Excel is asked for its start folder, and told of our Python.

What differs between Windows and macOS is left to xlwings: `App.startup_path` says where Excel
looks for add-ins, and its command `runpython install` puts the script into place without which
Excel on macOS starts nothing.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cjm_sheets.errors.excel import NoExcelError
from cjm_sheets.errors.workbook import CannotReplaceError, FileNotReadableError

_RUNPYTHON = "from xlwings.cli import main; main()"
_FILE = "cjm-sheets.xlam"


class ExcelProgram:
    """The Excel of this machine."""

    def start_folder(self) -> str:
        """Return the folder from which Excel loads add-ins when it starts."""
        import xlwings  # noqa: PLC0415 - takes more than a second

        excel = xlwings.engines.engines_by_name.get("excel")
        if excel is None:
            raise NoExcelError
        try:
            if running := excel.apps.active:
                return str(running.startup_path)
            started = excel.apps.add(visible=False)
            try:
                return str(started.startup_path)
            finally:
                started.quit()
        except Exception as refused:  # whatever COM or Apple events raise: it does not answer
            raise NoExcelError from refused

    def python_settings(self) -> dict[str, str]:
        """Return the settings by which the VBA finds the Python that runs now.

        One of Anaconda's on Windows needs its environment, which xlwings has two settings for.
        """
        environment, conda = os.environ.get("CONDA_DEFAULT_ENV"), os.environ.get("CONDA_EXE")
        if environment and conda and platform.system() == "Windows":
            return {"CONDA PATH": str(Path(conda).parent.parent), "CONDA ENV": environment}
        return {f"INTERPRETER_{'MAC' if _is_mac() else 'WIN'}": sys.executable}

    def remember_python(self) -> str:
        """Write xlwings' settings if there are none yet; return their file, or ""."""
        import xlwings  # noqa: PLC0415 - as above

        file = Path(xlwings.USER_CONFIG_FILE)
        if file.exists():
            return ""
        lines = "".join(f'"{name}","{value}"\n' for name, value in self.python_settings().items())
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="locale") as opened:  # as VBA reads it
                opened.write(lines)
        except (OSError, UnicodeEncodeError) as error:
            raise CannotReplaceError(str(file), str(error)) from error
        return str(file)

    def let_start_python(self) -> None:
        """Put xlwings' script into place, without which Excel on macOS starts nothing."""
        if not _is_mac():
            return
        command = (sys.executable, "-c", _RUNPYTHON, "runpython", "install")
        ran = subprocess.run(  # noqa: S603 - our own Python, with words of our own
            command, capture_output=True, check=False, text=True
        )
        if ran.returncode:
            raise CannotReplaceError("xlwings.applescript", ran.stderr.strip())


class StartFolder:
    """A folder with the add-in, or without it."""

    def __init__(self, folder: str, write: Callable[[Path, bytes], None]) -> None:
        """Take the folder, and what writes a file in one step, over an older one."""
        self._file, self._write = Path(folder) / _FILE, write

    @property
    def path(self) -> str:
        """The file of the add-in."""
        return str(self._file)

    def read(self) -> bytes | None:
        """Return the file, None if there is none."""
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FileNotReadableError(self.path, error.strerror or str(error)) from error

    def put(self, content: bytes) -> None:
        """Write the file, over an older one."""
        self._write(self._file, content)

    def take(self) -> None:
        """Remove the file."""
        try:
            self._file.unlink()
        except OSError as error:
            raise CannotReplaceError(self.path, error.strerror or str(error)) from error


def _is_mac() -> bool:
    return platform.system() == "Darwin"
