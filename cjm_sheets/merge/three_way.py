"""Decides what becomes of one cell of which three copies are known: the whole table of the merge.

|                     | result                                                       |
|---------------------|--------------------------------------------------------------|
| both sides the same | Agreed                                                       |
| only the workbook differs from the base | Push: its value goes to the shared copy  |
| only the shared copy differs            | Pull: its value goes to the workbook     |
| all differ, lists of references         | Merged element by element                |
| all differ                              | Conflict: both keep their own            |
| the value would land on a formula       | Conflict, unless both say the same       |
| one side shows a formula's error        | as if that side had not changed          |

No base (None) and an empty cell of the base are the same: what only one side says is then taken
over, and nothing is taken away.
"""

from dataclasses import dataclass

from cjm_sheets.tables.codec import Unread, Value


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one side: what it says, and whether a person put a formula there."""

    value: Value
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """Both sides say this."""

    value: Value


@dataclass(frozen=True, slots=True)
class Push:
    """The shared copy takes over the workbook's value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Pull:
    """The workbook takes over the shared copy's value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides take over what both together say."""

    value: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides keep their own; somebody has to choose."""

    base: Value
    workbook: Value
    shared: Value


Decision = Agreed | Push | Pull | Merged | Conflict


def decide(base: Value, workbook: Cell, shared: Cell) -> Decision:
    """Return what becomes of a cell.

    >>> decide("a", Cell("a"), Cell("b"))
    Pull(value='b')
    >>> decide(("E1",), Cell(("E1", "E2")), Cell(("E3",)))
    Merged(value=('E2', 'E3'))
    """
    ours, theirs = _unless_failed(workbook, base), _unless_failed(shared, base)
    match (ours != base, theirs != base):
        case (False, False):
            return Agreed(base)
        case (True, True) if ours == theirs:
            return Agreed(ours)
        case (True, False) if not shared.formula:
            return Push(ours)
        case (False, True) if not workbook.formula:
            return Pull(theirs)
        case (True, True) if _are_references(base, ours, theirs) and not (
            workbook.formula or shared.formula
        ):
            return Merged(_together(base, ours, theirs))
    return Conflict(base, ours, theirs)


def _unless_failed(cell: Cell, base: Value) -> Value:
    """Return what a cell says; a formula's error says nothing new."""
    return base if isinstance(cell.value, Unread) and cell.value.failed else cell.value


def _are_references(*values: Value) -> bool:
    """Tell whether all values are lists of references (or empty), and one of them is not empty."""
    return all(v is None or isinstance(v, tuple) for v in values) and any(values)


def _together(base: Value, ours: Value, theirs: Value) -> tuple[str, ...] | None:
    """Return the references that either side added and neither took away, in a steady order."""
    before, one, other = (v if isinstance(v, tuple) else () for v in (base, ours, theirs))
    kept = [
        ref
        for ref in dict.fromkeys((*one, *other))
        if ref not in before or (ref in one and ref in other)
    ]
    return tuple(kept) or None
