"""Decides how the references in a formula follow when cells move or are copied."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from cjm_sheets.service.a1 import column_index, column_letters, quoted_title
from cjm_sheets.service.area import MAX_COLUMNS
from cjm_sheets.service.shifts import Shift

LOST = "#REF!"
_MAX_ROWS = 10_000_000

_TOKEN = re.compile(
    r"""
      "(?:[^"]|"")*"                                      # a text
    | \[[^\]]*\]                                          # a column of a table
    | (?P<title>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?       # a tab
      (?P<start>[$\w.]+)(?::(?P<end>[$\w.]+))?
      (?P<call>\s*\()?
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_ROW = re.compile(r"(\$?)([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference; an axis that is None is open (``A:A`` has no row)."""

    row: int | None
    column: int | None
    row_fixed: bool = False
    column_fixed: bool = False

    def text(self) -> str:
        """Return the address, ``$`` signs as they were."""
        column = "" if self.column is None else column_letters(self.column)
        row = "" if self.row is None else str(self.row + 1)
        return ("$" * self.column_fixed) + column + ("$" * self.row_fixed) + row


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a cell or a range; ``title`` is None when it means its own tab."""

    title: str | None
    start: Corner
    end: Corner | None

    def text(self) -> str:
        """Return the reference as a formula writes it."""
        tab = "" if self.title is None else f"{quoted_title(self.title)}!"
        tail = "" if self.end is None else f":{self.end.text()}"
        return f"{tab}{self.start.text()}{tail}"


Rewrite = Callable[[Reference], Reference | None]


def rewritten(formula: str, rewrite: Rewrite) -> str:
    """Return a formula with each reference replaced by what ``rewrite`` gives; None becomes #REF!.

    Texts in quotes, function names and names that look like addresses inside longer words are
    left alone, and so is every character between.
    """
    return rewritten_with(formula, rewrite, {})


def rewritten_with(formula: str, rewrite: Rewrite, known: dict[str, str]) -> str:
    """Return what ``rewritten`` does; ``known`` remembers each piece for the next formula."""
    if not formula.startswith("="):
        return formula

    def piece(match: re.Match[str]) -> str:
        old = match[0]
        new = known.get(old)
        if new is None:
            new = known[old] = _replaced(match, rewrite)
        return new

    return "=" + _TOKEN.sub(piece, formula[1:])


def _replaced(match: re.Match[str], rewrite: Rewrite) -> str:
    old = match[0]
    if match["start"] is None or match["call"] is not None:
        return old
    reference = _reference(match)
    if reference is None:
        return old
    new = rewrite(reference)
    if new == reference:
        return old
    return LOST if new is None else new.text()


def _reference(match: re.Match[str]) -> Reference | None:
    start = _corner(match["start"])
    end = _corner(match["end"]) if match["end"] is not None else None
    if start is None or (match["end"] is not None and end is None):
        return None
    if end is None and None in {start.row, start.column}:
        return None
    title = match["title"]
    if title is not None:
        title = title[:-1]
        if title.startswith("'"):
            title = title[1:-1].replace("''", "'")
    return Reference(title, start, end)


def _corner(text: str) -> Corner | None:
    if match := _CELL.fullmatch(text):
        column = column_index(match[2])
        corner = Corner(int(match[4]) - 1, column, bool(match[3]), bool(match[1]))
    elif match := _COLUMN.fullmatch(text):
        column = column_index(match[2])
        corner = Corner(None, column, column_fixed=bool(match[1]))
    elif match := _ROW.fullmatch(text):
        return Corner(int(match[2]) - 1, None, row_fixed=bool(match[1]))
    else:
        return None
    return corner if column < MAX_COLUMNS else None


def titles_in(formulas: Iterable[str]) -> set[str]:
    """Return the titles of tabs that formulas name, in folded case."""
    found: set[str] = set()

    def note(reference: Reference) -> Reference:
        if reference.title is not None:
            found.add(reference.title.casefold())
        return reference

    known: dict[str, str] = {}
    for formula in formulas:
        rewritten_with(formula, note, known)
    return found


def single_reference(formula: str) -> Reference | None:
    """Return the cell that a formula names, when that is all it does: ``=Pains!B2``."""
    match = _TOKEN.fullmatch(formula[1:].strip()) if formula.startswith("=") else None
    if match is None or match["start"] is None or match["call"] is not None:
        return None
    reference = _reference(match)
    return reference if reference is not None and reference.end is None else None


def copied(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it reads when copied that many rows down and columns right."""

    def moved(corner: Corner) -> Corner | None:
        row, column = corner.row, corner.column
        if row is not None and not corner.row_fixed:
            row += rows
        if column is not None and not corner.column_fixed:
            column += columns
        if not 0 <= (row or 0) < _MAX_ROWS or not 0 <= (column or 0) < MAX_COLUMNS:
            return None
        return replace(corner, row=row, column=column)

    def rewrite(reference: Reference) -> Reference | None:
        start = moved(reference.start)
        end = None if reference.end is None else moved(reference.end)
        if start is None or (end is None and reference.end is not None):
            return None
        return replace(reference, start=start, end=end)

    return rewritten(formula, rewrite)


@dataclass(frozen=True, slots=True)
class AxisChange:
    """Rows (or columns) of the tab ``title`` are shifted.

    With a ``band``, a half-open span of the other axis, only what lies wholly inside it moves.
    """

    title: str
    rows: bool
    shift: Shift
    band: tuple[int, int] | None = None

    def concerns(self, reference: "Reference") -> bool:
        """Say whether a reference to the tab lies inside the band."""
        if self.band is None:
            return True
        corners = [reference.start, reference.end or reference.start]
        others = [corner.column if self.rows else corner.row for corner in corners]
        return all(at is not None and self.band[0] <= at < self.band[1] for at in others)


def followed(formula: str, home: str, change: AxisChange) -> str:
    """Return a formula that stands on tab ``home``, its references following the change."""
    return rewritten(formula, after_changes(home, [change]))


def after_changes(home: str, changes: Sequence[AxisChange]) -> Rewrite:
    """Return what references on tab ``home`` become after changes, in their order."""
    tracks: dict[str, list[_Track]] = {}
    for change in changes:
        _add(tracks.setdefault(change.title.casefold(), []), change)

    def rewrite(reference: Reference) -> Reference | None:
        title = home if reference.title is None else reference.title
        for track in tracks.get(title.casefold(), ()):
            if track.change.concerns(reference):
                moved = track.moved(reference)
                if moved is None:
                    return None
                reference = moved
        return reference

    return rewrite


Ends = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Track:
    """Shifts of one axis that follow each other; ``known`` remembers where ends come to lie."""

    change: AxisChange
    shifts: list[Shift]
    known: dict[tuple[int | None, int | None, bool], Ends | None] = field(default_factory=dict)

    def moved(self, reference: Reference) -> Reference | None:
        axis = "row" if self.change.rows else "column"
        start: int | None = getattr(reference.start, axis)
        is_single = reference.end is None
        end: int | None = getattr(reference.end or reference.start, axis)
        key = start, end, is_single
        if key not in self.known:
            self.known[key] = self._ends(start, end, is_single=is_single)
        ends = self.known[key]
        if ends is None:
            return None
        if reference.end is None:
            return replace(reference, start=_with(reference.start, axis, ends[0]))
        return replace(
            reference,
            start=_with(reference.start, axis, ends[0]),
            end=_with(reference.end, axis, ends[1]),
        )

    def _ends(self, start: int | None, end: int | None, *, is_single: bool) -> Ends | None:
        for shift in self.shifts:
            if start is None or end is None:
                start, end = _half_open(start, shift), _half_open(end, shift)
            elif is_single:
                index = shift.index(start)
                if index is None:
                    return None
                start = end = index
            else:
                span = shift.span(min(start, end), max(start, end) + 1)
                if span is None:
                    return None
                first, last = span[0], span[1] - 1
                start, end = (first, last) if start <= end else (last, first)
        return start, end


def _add(tracks: list[_Track], change: AxisChange) -> None:
    """Add a change to the last track of its axis, unless one with a band comes between."""
    if change.band is None:
        for track in reversed(tracks):
            if track.change.band is not None:
                break
            if track.change.rows == change.rows:
                track.shifts.append(change.shift)
                return
    tracks.append(_Track(change, [change.shift]))


def _half_open(index: int | None, shift: Shift) -> int | None:
    """Follow an end of ``A2:C``: one that is there moves; a deleted first row leaves its place."""
    span = None if index is None else shift.span(index, _MAX_ROWS)
    return index if span is None else span[0]


def _with(corner: Corner, axis: str, index: int | None) -> Corner:
    return replace(corner, row=index) if axis == "row" else replace(corner, column=index)


def retitled(formula: str, old: str, new: str | None) -> str:
    """Return a formula after a tab was renamed, or deleted (``new`` None: #REF!)."""

    def rewrite(reference: Reference) -> Reference | None:
        if reference.title is None or reference.title.casefold() != old.casefold():
            return reference
        return None if new is None else replace(reference, title=new)

    return rewritten(formula, rewrite)
