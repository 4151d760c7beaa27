"""Decides how a text file that a person wrote is read."""

from pathlib import Path

from cjm_sheets.errors.workbook import FileNotReadableError, IsAFolderError, NoSuchFileError


def read_text(path: str) -> str:
    """Return what a text file says, in UTF-8, with or without a mark of that at its beginning.

    Raises:
        NoSuchFileError, IsAFolderError, FileNotReadableError
    """
    try:
        return Path(path).read_text("utf-8-sig")
    except FileNotFoundError:
        raise NoSuchFileError(path) from None
    except IsADirectoryError:
        raise IsAFolderError(path) from None
    except OSError as error:
        raise FileNotReadableError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise FileNotReadableError(path, "UTF-8") from error
