"""Decides how a closed workbook file is a store: read at one moment, changed if still the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.adapters.xlsx_file.contents import read_xlsx
from cjm_sheets.adapters.xlsx_file.open_file import read_bytes, stamp
from cjm_sheets.errors.workbook import CannotWriteSafelyError, ChangedMeanwhileError
from cjm_sheets.ports.store import Changes, Outcome, Snapshot
from cjm_sheets.tables.table import Grid

if TYPE_CHECKING:
    from cjm_sheets.adapters.xlsx_file.package import Package
    from cjm_sheets.ports.builder import Builder
    from cjm_sheets.ports.sheets import PutSheets

_Change = Callable[["Package", tuple[Grid, ...] | None], bytes]
"""From the parts of the file, and its sheets if they were read, to its new bytes."""


class XlsxFile:
    """A workbook file that no program has open."""

    def __init__(self, path: Path, builder: "Callable[[], Builder] | None" = None) -> None:
        """`builder` is asked for when whole sheets are to be written."""
        self.path = path
        self._builder = builder
        self._seen: tuple[str, tuple[Grid, ...]] | None = None

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    def read(self) -> Snapshot:
        """Return the map in the file; raises an InputError that says why it cannot be read."""
        found, grids = read_xlsx(read_bytes(self.path), str(self.path))
        self._seen = (found.stamp, grids)
        return found

    def refuse_if_busy(self) -> None:
        """Raise OpenElsewhereError if a spreadsheet program has the file open.

        Raises CannotReplaceError if the folder or the disk takes no new file.
        """
        from cjm_sheets.adapters.xlsx_file.replace import refuse_if_no_room, refuse_if_open  # noqa: PLC0415 - as below

        refuse_if_open(self.path)
        refuse_if_no_room(self.path)

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Write the changes into the file, all of them or none.

        Lines never move: a new row takes the first blank one after the data, `after` is no more
        than a wish. A row that is dropped leaves a blank one: its id and all that the schema knows
        of it are cleared, own columns, formats and live formulas stay. A result of a cell without a
        formula, and a cell of a column that the sheet lacks, are passed over. Raises
        OpenElsewhereError, ChangedMeanwhileError, CannotReplaceError, NoRoomError,
        TextTooLongError or CannotWriteSafelyError, each with the old file as it was.
        """
        if changes.is_nothing:
            return Outcome(since.stamp)
        # Late, since a run that only reads must not wait for it.
        from cjm_sheets.adapters.xlsx_file.patch import patch  # noqa: PLC0415

        def patched(package: "Package", _before: tuple[Grid, ...] | None) -> bytes:
            new = patch(package, changes, since)
            return self._with_results(new, changes) if changes.then_results else new

        done = self._replace(since, patched)
        return replace(done, with_results=changes.then_results is not None)

    def put_sheets(self, put: "PutSheets", since: Snapshot) -> Outcome:
        """Write whole sheets of ours into the file, all of them or none; raises as apply does."""
        from cjm_sheets.adapters.xlsx_file.put_sheets import put_sheets  # noqa: PLC0415 - as above

        if self._builder is None:
            raise CannotWriteSafelyError(str(self.path), f"{self.name}: {len(put.book.sheets)}")
        builder = self._builder()
        return self._replace(
            since, lambda package, before: put_sheets(package, put, builder, before)
        )

    def _with_results(self, new: bytes, changes: Changes) -> bytes:
        """Return the bytes with the results that follow from them.

        They go into the file with the values: a run that dies between the two would leave results
        that no later run has a reason to look at.
        """
        from cjm_sheets.adapters.xlsx_file.package import open_package  # noqa: PLC0415 - as above
        from cjm_sheets.adapters.xlsx_file.patch import patch  # noqa: PLC0415 - as above

        then, _ = read_xlsx(new, str(self.path))
        results = changes.then_results(then) if changes.then_results else ()
        if not results:
            return new
        return patch(open_package(new, str(self.path)), Changes(results=results), then)

    def _replace(self, since: Snapshot, change: _Change) -> Outcome:
        """Give the file other bytes, if it is still as it was when it was read."""
        from cjm_sheets.adapters.xlsx_file.package import open_package  # noqa: PLC0415 - as above
        from cjm_sheets.adapters.xlsx_file.replace import refuse_if_open, replace_file  # noqa: PLC0415 - as above
        from cjm_sheets.adapters.xlsx_file.signature import BROKEN, is_signed  # noqa: PLC0415 - as above

        refuse_if_open(self.path)
        data = read_bytes(self.path)
        if stamp(data) != since.stamp:
            raise ChangedMeanwhileError(str(self.path))
        before = self._seen[1] if self._seen and self._seen[0] == since.stamp else None
        package = open_package(data, str(self.path))
        new = change(package, before)
        if new == data:
            return Outcome(since.stamp)
        replace_file(self.path, new, data)
        return Outcome(stamp(new), (BROKEN,) if is_signed(package) else ())
