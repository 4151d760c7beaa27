"""Decides how a closed workbook file is a store: read at one moment, changed if still the same."""

from pathlib import Path

from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import read_bytes, stamp
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.errors import ChangedMeanwhileError, NoTablesError
from cjm_sheets.ports.store import Changes, Outcome, Snapshot
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid

MEMORY = "_cjm"
"""The title of the hidden record sheet."""


class XlsxFile:
    """A workbook file that no program has open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[str, tuple[Grid, ...]] | None = None

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    def read(self) -> Snapshot:
        """Return the map in the file; raises an InputError that says why it cannot be read."""
        data = read_bytes(self.path)
        grids = read_grids(open_package(data, str(self.path)))
        shown = [grid for grid in grids if grid.sheet != MEMORY]
        tables = recognise(shown)
        if not tables:
            raise NoTablesError(str(self.path), ", ".join(grid.sheet for grid in shown))
        ours = {table.sheet for table in tables}
        self._seen = (stamp(data), grids)
        return Snapshot(
            title=self.name,
            tables=tables,
            others=tuple(grid for grid in shown if grid.sheet not in ours),
            language=language_of(tables),
            stamp=self._seen[0],
            memory=_memory(grids),
        )

    def refuse_if_busy(self) -> None:
        """Raise OpenElsewhereError if a spreadsheet program has the file open."""
        from cjm_sheets.adapters.xlsx_file.replace import refuse_if_open  # noqa: PLC0415 - as below

        refuse_if_open(self.path)

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
        from cjm_sheets.adapters.xlsx_file.replace import refuse_if_open, replace_file  # noqa: PLC0415

        refuse_if_open(self.path)
        data = read_bytes(self.path)
        if stamp(data) != since.stamp:
            raise ChangedMeanwhileError(str(self.path))
        before = self._seen[1] if self._seen and self._seen[0] == since.stamp else None
        new = patch(data, changes, since, str(self.path), before)
        if new != data:
            replace_file(self.path, new, since.stamp)
        return Outcome(stamp(new))


def _memory(grids: tuple[Grid, ...]) -> tuple[str, ...]:
    """Return the texts of the record sheet, from the top of its first column on."""
    rows = next((grid.rows for grid in grids if grid.sheet == MEMORY), ())
    return tuple(row[0] for row in rows if row and isinstance(row[0], str))
