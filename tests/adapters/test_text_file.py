"""A text that a person wrote is read, or it is said why not."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.text_file import read_text
from cjm_sheets.errors.workbook import FileNotReadableError, IsAFolderError, NoSuchFileError


def test_texts_of_editors(tmp_path: Path) -> None:
    path = tmp_path / "fleet.toml"
    path.write_bytes("\ufeff# ā\r\n".encode())
    assert read_text(str(path)) == "# ā\n"


def test_what_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        read_text(str(tmp_path / "none"))
    with pytest.raises(IsAFolderError):
        read_text(str(tmp_path))
    (tmp_path / "old").write_bytes("# ä".encode("cp1252"))
    with pytest.raises(FileNotReadableError):
        read_text(str(tmp_path / "old"))
