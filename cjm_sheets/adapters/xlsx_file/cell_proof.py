"""Decides whether the cells that were changed say what was meant, before the file is put in place.

The new cells are read by the reader of workbooks, in handfuls of some thousands; what they
calculate is searched in old and new ones alike. That nothing else changed is shown elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import small_xml
from cjm_sheets.adapters.xlsx_file.edits import Place
from cjm_sheets.adapters.xlsx_file.read_back import says
from cjm_sheets.adapters.xlsx_file.read_cells import read_cells
from cjm_sheets.adapters.xlsx_file.row_proof import Changed
from cjm_sheets.adapters.xlsx_file.sheet_scan import errors_in, formulas_in
from cjm_sheets.adapters.xlsx_file.styles import Styles
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Raw

_HANDFUL = 20_000
_SPREAD = 400_000
"""Cells of the rectangle around a handful: the reader lays all of it out."""


@dataclass
class CellProof:
    """Gathers changed cells of one sheet in their order, and reads them now and then.

    `formulas` are those that a cell is meant to get (its text) or lose (None).
    """

    title: str
    styles: Styles
    since_1904: bool
    formulas: Mapping[Place, str | None]
    places: list[Place] = field(default_factory=list)
    values: list[Raw] = field(default_factory=list)
    old: list[bytes] = field(default_factory=list)
    new: list[bytes] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)

    def add(
        self, places: Sequence[Place], old: Sequence[bytes], new: Sequence[bytes],
        values: Sequence[Raw],
    ) -> None:  # fmt: skip
        """Take cells: where they are, their XML before and after, and what they must say."""
        if not places:
            return
        if self.places and self._spread(places) > _SPREAD:
            self.end()
        if self._spread(places) > _SPREAD:
            for one in zip(places, old, new, values, strict=True):
                self._take(*([part] for part in one))  # type: ignore[arg-type] # as they came
                self.end()
            return
        self._take(places, old, new, values)
        if len(self.places) >= _HANDFUL:
            self.end()

    def add_changed(self, cells: Iterable[Changed]) -> None:
        """Take cells of rows that were looked at closely."""
        each = list(cells)
        self.add(
            [cell.place for cell in each],
            [cell.old for cell in each],
            [cell.new for cell in each],
            [cell.value for cell in each],
        )

    def _take(
        self, places: Sequence[Place], old: Sequence[bytes], new: Sequence[bytes],
        values: Sequence[Raw],
    ) -> None:  # fmt: skip
        self.places += places
        self.columns.update(column for _, column in places)
        self.old += old
        self.new += new
        self.values += values

    def _spread(self, more: Sequence[Place]) -> int:
        """Return how many cells the rectangle around all cells would have."""
        columns = self.columns | {column for _, column in more}
        first = self.places[0][0] if self.places else more[0][0]
        return (more[-1][0] - first + 1) * (max(columns) - min(columns) + 1)

    def end(self) -> None:
        """Read what was gathered; raises CannotWriteSafelyError naming the first wrong cell."""
        if self.places:
            wrong = self._wrong()
            if wrong is not None:
                raise CannotWriteSafelyError(self.styles.file, a1.place(self.title, *wrong))
        for of in (self.places, self.values, self.old, self.new, self.columns):
            of.clear()

    def _wrong(self) -> Place | None:
        """Return the first cell that does not say what it must."""
        # In one row, whatever their lines: each cell says itself where it is.
        body = b'<row r="%d">%b</row>' % (self.places[0][0], b"".join(self.new))
        # A number cannot break a cell; what people type could, and the reader lets some of it pass.
        typed = not {*map(type, self.values)} <= {int, float} or b"<f" in body
        if typed and not small_xml.is_well_formed(b"<rows>%b</rows>" % body, whole=False):
            return self.places[0]
        try:
            now = read_cells(body, self.places, self.styles.xml, since_1904=self.since_1904)
        except ValueError:
            return self.places[0]
        return self._first_formula(body) or self._first_value(body, now)

    def _first_formula(self, body: bytes) -> Place | None:
        """Return the first cell that calculates what it must not."""
        was = b"".join(self.old)
        wanted = dict(formulas_in(was, 0, len(was))) if b"<f" in was else {}
        for place, text in self.formulas.items():
            if text is None:
                wanted.pop(place, None)
        for place in self.places if self.formulas else ():
            text = self.formulas.get(place)
            if text is not None:
                wanted[place] = f"={text}"
        now = dict(formulas_in(body, 0, len(body))) if b"<f" in body else {}
        return min((place for place, _ in wanted.items() ^ now.items()), default=None)

    def _first_value(self, body: bytes, now: list[Raw]) -> Place | None:
        """Return the first cell that says something else."""
        wanted = self.values
        if now == wanted and bool not in {*map(type, now), *map(type, wanted)}:
            return None
        errors = dict(errors_in(body, 0, len(body)))
        for place, value, is_now in zip(self.places, wanted, now, strict=True):
            shown = CellError(errors[place]) if place in errors else is_now
            if not says(shown, value, since_1904=self.since_1904):
                return place
        return None
