"""Decides when the formulas in cells follow rows and columns that move: once for a whole batch.

Changes of the axes are noted as they come. A formula written between two of them must follow only
the later ones, so it is noted which were there before it. ``settle`` then rewrites each formula
once. A request that reads or copies formulas must be preceded by ``settle``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cjm_sheets.service.references import (
    AxisChange,
    Reference,
    after_changes,
    rewritten_with,
)
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Row, Sheet

_PARTS = ("userEnteredValue", "dataValidation")
"""The parts of a cell that hold formulas."""

Conditions = Callable[[Json, Callable[[str], str]], Json]


@dataclass(slots=True)
class Following:
    """The changes that formulas have yet to follow, and what was written since the first."""

    changes: list[AxisChange] = field(default_factory=list)
    written: dict[int, tuple[Json, int]] = field(default_factory=dict)
    """By identity of a cell's part: the part itself (which keeps the identity), changes before."""

    def note(self, old: Row, new: Row) -> None:
        """Note that a row was written: its new formulas stand in the grid as it is now."""
        if not self.changes:
            return
        for column, cell in new.items():
            before = old.get(column, {})
            for name in _PARTS:
                part = cell.get(name)
                if part is not None and part is not before.get(name):
                    self.written.setdefault(id(part), (part, len(self.changes)))

    def settle(self, sheets: Iterable[Sheet], conditions: Conditions) -> None:
        """Rewrite every formula in cells; nothing is left to follow after that."""
        if not self.changes:
            return
        for sheet in sheets:
            rewriter = _Rewriter(self, sheet.title, conditions)
            sheet.rows = [rewriter.row(row) for row in sheet.rows]
        self.changes, self.written = [], {}


class _Rewriter:
    """Rewrites the cells of one tab; remembers each reference, since rows repeat them."""

    def __init__(self, following: Following, title: str, conditions: Conditions) -> None:
        self._following = following
        self._home = title
        self._conditions = conditions
        self._known: dict[int, tuple[Callable[[Reference], Reference | None], dict[str, str]]] = {}

    def row(self, row: Row) -> Row:
        """Return the row itself when none of its formulas has changed."""
        changed: dict[int, Json] = {}
        for column, cell in row.items():
            new = self._cell(cell)
            if new is not cell:
                changed[column] = new
        return {**row, **changed} if changed else row

    def _cell(self, cell: Json) -> Json:
        value = cell.get("userEnteredValue")
        if value is not None and "formulaValue" in value:
            old = value["formulaValue"]
            new = self._formula(old, self._start(value))
            if new != old:
                cell = cell | {"userEnteredValue": {"formulaValue": new}}
        rule = cell.get("dataValidation")
        if rule is not None:
            start = self._start(rule)
            new_rule = self._conditions(rule, lambda formula: self._formula(formula, start))
            if new_rule != rule:
                cell = cell | {"dataValidation": new_rule}
        return cell

    def _start(self, part: Json) -> int:
        noted = self._following.written.get(id(part))
        return 0 if noted is None else noted[1]

    def _formula(self, formula: str, start: int) -> str:
        if start not in self._known:
            rewrite = after_changes(self._home, self._following.changes[start:])
            self._known[start] = rewrite, {}
        rewrite, known = self._known[start]
        return rewritten_with(formula, rewrite, known)
