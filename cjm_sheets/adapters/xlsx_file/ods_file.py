"""Decides what map the bytes of an OpenDocument spreadsheet (.ods) hold, after a guard's look."""

from cjm_sheets.adapters.xlsx_file.ods_content import PART, read_content
from cjm_sheets.adapters.xlsx_file.open_file import stamp
from cjm_sheets.adapters.xlsx_file.package import Package, measured
from cjm_sheets.adapters.xlsx_file.zip_directory import inflate
from cjm_sheets.errors.workbook import NotAWorkbookError
from cjm_sheets.ports.gathered import gathered
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.templates import titles

_MIMETYPE, _MANIFEST = "mimetype", "META-INF/manifest.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_OURS = {_SPREADSHEET, _SPREADSHEET + b"-template"}
_NAME_AT, _NAME_LENGTH_AT = 30, 26


def is_opendocument(start: bytes) -> bool:
    """Tell whether a file begins as the format says: with an entry that tells what it is."""
    name = start[_NAME_AT : _NAME_AT + start[_NAME_LENGTH_AT]] if len(start) > _NAME_AT else b""
    return start.startswith(b"PK\3\4") and name == _MIMETYPE.encode()


def read_ods(data: bytes, file: str) -> Snapshot:
    """Return the map in an OpenDocument spreadsheet; an InputError says why it cannot be read."""
    package = measured(data, file)
    if package.part(_MIMETYPE).strip() not in _OURS:
        raise NotAWorkbookError(file, "other-opendocument")
    _refuse_encrypted(package)
    found = read_content(package.part(PART), file)
    return gathered(found.grids(), titles.roles(found.names), stamp(data), file)


def _refuse_encrypted(package: Package) -> None:
    """Refuse what needs a password: either all parts do, or one that holds all others."""
    entry = package.by_name.get(_MANIFEST.casefold())
    # Only searched: no parser sees it, so that an old one's declaration does no harm.
    manifest = inflate(package.data, entry, package.file) if entry else b""
    if b"encryption-data" in manifest or package.has("encrypted-package"):
        raise NotAWorkbookError(package.file, "encrypted")
