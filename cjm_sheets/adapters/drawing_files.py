"""Decides how drawings beside workbooks are read and replaced."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cjm_sheets.errors.workbook import FileNotReadableError, IsAFolderError


@dataclass(frozen=True, slots=True)
class DrawingFiles:
    """Files of this machine; `put` replaces one in one step."""

    put: Callable[[Path, bytes], None]

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, None if there is none."""
        try:
            return Path(path).read_bytes()
        except FileNotFoundError:
            return None
        except IsADirectoryError as error:
            raise IsAFolderError(path) from error
        except OSError as error:
            raise FileNotReadableError(path, error.strerror or str(error)) from error

    def write(self, path: str, content: bytes) -> None:
        """Put a file there, whole or not at all, in place of an older one."""
        self.put(Path(path), content)
