"""Decides what follows when a block of cells is cut and pasted: references and ranges inside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cjm_sheets.service.area import Box
from cjm_sheets.service.moving import RangeMover
from cjm_sheets.service.references import Corner, Reference, rewritten
from cjm_sheets.service.refusals import Json, JsonValue
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import move_objects, rewrite_conditions, rewrite_formulas


@dataclass(frozen=True, slots=True)
class Relocation:
    """The cells of a block go to another place, which may lie on another tab."""

    source: Box
    home: str
    target: Box
    destination: str

    @property
    def sheet_id(self) -> int:
        """The sheet whose ranges follow."""
        return self.source.sheet

    @property
    def down(self) -> int:
        """How many rows down the cells go."""
        return self.target.top - self.source.top

    @property
    def across(self) -> int:
        """How many columns right the cells go."""
        return self.target.left - self.source.left

    def grid_range(self, range_: Json) -> Json | None:
        """Return a range, at its new place where it lies wholly inside the block."""
        names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
        if not all(name in range_ for name in names[1::2]):
            return range_
        top, bottom, left, right = (range_.get(name, 0) for name in names)
        if not self.source.covers(Box(self.source.sheet, top, bottom, left, right)):
            return range_
        bounds = top + self.down, bottom + self.down, left + self.across, right + self.across
        return Box(self.target.sheet, *bounds).json()

    def lines(self, range_: Json) -> Json | None:
        """Return rows or columns: they stay, only cells are cut."""
        return range_

    def cell(self, cell: Json) -> Json:
        """Return an anchor: what lies over cells is not cut with them."""
        return cell

    def column(self, index: int) -> int | None:
        """Return a column that a filter names; one that is cut with its filter follows it."""
        return index

    def reference(self, reference: Reference, home: str) -> Reference:
        """Return a reference of a formula on tab ``home``, following the block."""
        title = home if reference.title is None else reference.title
        if title.casefold() != self.home.casefold() or not self._covers(reference):
            return reference
        is_plain = reference.title is None and home.casefold() == self.destination.casefold()
        return replace(self._shifted(reference), title=None if is_plain else self.destination)

    def _covers(self, reference: Reference) -> bool:
        corners = (reference.start, reference.end or reference.start)
        return all(
            corner.row is not None
            and corner.column is not None
            and self.source.holds(corner.row, corner.column)
            for corner in corners
        )

    def _shifted(self, reference: Reference) -> Reference:
        def moved(corner: Corner) -> Corner:
            row, column = corner.row, corner.column
            return replace(
                corner,
                row=None if row is None else row + self.down,
                column=None if column is None else column + self.across,
            )

        end = None if reference.end is None else moved(reference.end)
        return replace(reference, start=moved(reference.start), end=end)


def relocate(book: Spreadsheet, move: Relocation) -> None:
    """Let formulas everywhere, ranges and rules follow; the cells themselves still stand."""
    rewrite_formulas(book, lambda formula, home: _followed(formula, home, move))
    move_objects(book, RangeMover(move))
    if move.source.sheet != move.target.sheet:
        home, target = book.grid(move.source.sheet), book.grid(move.target.sheet)
        for kind in ("merges", "protectedRanges"):
            gone = [item for item in home.listed(kind) if _lies_on(item, target.id)]
            home.objects[kind] = [item for item in home.listed(kind) if item not in gone]
            target.objects[kind] = [*target.listed(kind), *gone]


def _lies_on(item: Json, sheet_id: int) -> bool:
    place = item.get("range", item)
    return bool(place.get("sheetId", 0) == sheet_id)


def _followed(formula: str, home: str, move: Relocation) -> str:
    return rewritten(formula, lambda reference: move.reference(reference, home))


def carried(cell: Json, move: Relocation) -> Json:
    """Return a cell of the block as it reads on the tab it goes to."""
    if move.home.casefold() == move.destination.casefold():
        return cell
    change: Callable[[str], str] = lambda formula: rewritten(formula, _titled(move))  # noqa: E731
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None:
        cell = cell | {"userEnteredValue": {"formulaValue": change(formula)}}
    rule: JsonValue = cell.get("dataValidation")
    return cell if rule is None else cell | {"dataValidation": rewrite_conditions(rule, change)}


def _titled(move: Relocation) -> Callable[[Reference], Reference]:
    def rewrite(reference: Reference) -> Reference:
        title = move.home if reference.title is None else reference.title
        is_home = title.casefold() == move.destination.casefold()
        return replace(reference, title=None if is_home else title)

    return rewrite
