"""Decides which adapter reads and writes a workbook file, and what is made of its plan."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.errors.asked import FileExistsAlreadyError
from cjm_sheets.ports.store import Store

if TYPE_CHECKING:
    from cjm_sheets.ports.builder import Builder
    from cjm_sheets.ports.sheets import SheetStore
    from cjm_sheets.usecases.new_map import Wish


heard_notes: ContextVar[list[str]] = ContextVar("notes", default=[])  # noqa: B039 - see notes


@contextmanager
def notes() -> "Iterator[list[str]]":
    """Give the notes of all workbooks written meanwhile, as they come."""
    heard: list[str] = []
    before = heard_notes.set(heard)
    try:
        yield heard
    finally:
        heard_notes.reset(before)


def workbook_file(path: str) -> "SheetStore":
    """Return the store of a closed workbook file of any kind that we read."""
    from cjm_sheets.adapters.xlsx_file.doors import store_of
    from cjm_sheets.ports.noted import Noted

    return Noted(store_of(Path(path), builder), heard_notes.get().append)


def workbooks_meant(name: str) -> tuple[str, ...]:
    """Return the workbook files that a name, pattern or folder stands for; raises InputError."""
    from cjm_sheets.adapters.workbook_paths import meant

    return meant(name)


def without_locks(names: Sequence[str]) -> tuple[str, ...]:
    """Return file names without those of lock files, unless there are no others."""
    from cjm_sheets.adapters.workbook_paths import without_locks as without

    return without(names)


def foreign_workbook(path: str) -> "Store":
    """Return the store of a file that nobody vouches for; it is read apart, and only read."""
    from cjm_sheets.adapters.xlsx_file.apart import ForeignFile

    return ForeignFile(Path(path))


def builder() -> "Builder":
    """Return what makes sheets and workbooks from their plans."""
    from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder

    return XlsxBuilder()


def starters() -> tuple[tuple[str, str, str], ...]:
    """Return name, kind of map and language of each sample that there is."""
    from cjm_sheets.adapters.starter_files import StarterFiles

    return StarterFiles().known()


def new_workbook(path: str, wish: "Wish", *, macros: bool = False) -> str:
    """Make a workbook file, and the module beside it that Excel runs; return the module's path.

    There is a module, and else "", if `macros` asks for one or the name ends in .xlsm. Either all
    files are made or none; what is there already stays as it is.

    Raises:
        FileExistsAlreadyError, CannotReplaceError, UnknownTemplateError, UnknownEndingError,
        NotAModuleNameError
    """
    from cjm_sheets.adapters.new_file import write_new
    from cjm_sheets.adapters.starter_files import StarterFiles
    from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
    from cjm_sheets.adapters.xlwings_files import standalone_project
    from cjm_sheets.usecases.new_map import new_map
    from cjm_sheets.usecases.ways_in import way_in

    way = way_in(path, wish.language, macros=macros)
    target, beside = Path(path), Path(path).with_suffix(".py")
    for file in (target, beside) if way.module else (target,):
        if file.exists():
            raise FileExistsAlreadyError(str(file))
    builder = XlsxBuilder(standalone_project() if way.button else b"")
    now = datetime.now().astimezone()
    made = new_map(wish, StarterFiles(), builder, now, button=way.button)
    if not way.module:
        write_new(target, made)
        return ""
    write_new(beside, way.module.encode())
    try:
        write_new(target, made)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return str(beside)


def write_text(path: str, content: str) -> None:
    """Write a drawing, or another text; an older one is replaced. Raises CannotReplaceError."""
    from cjm_sheets.adapters.new_file import write_over

    write_over(Path(path), content.encode())
