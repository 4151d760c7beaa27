"""Decides which references lead nowhere, and what they may have meant."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.nearest import nearest_id
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model import ids
from cjm_sheets.tables import naming, schema, spec
from cjm_sheets.tables.codec import Value, as_text
from cjm_sheets.words.mark import N_

_EMPTY = N_("{value} is a row of {target} with nothing in it.")
_MEND_EMPTY = N_("Fill that row in, or refer to another one.")
_DID_YOU_MEAN = N_("Did you mean {nearest}? Else pick one from the list, or add the row.")

_NAMES = frozenset({"title", "name", "note", "activity", "opportunity", "pain", "high", "what"})
"""Columns by whose text people may refer to a row."""


@rule(
    "CJ004",
    Severity.ERROR,
    table="",
    reads=("*.*",),
    summary=N_("a reference leads to a row that does not exist"),
    message=N_("{value} is not the id of any row of {target}."),
    fix=N_("Pick one from the list, or add the row to {target}."),
)
def reference_to_nothing(view: View) -> Iterator[Found]:
    """CJ004: a reference leads to a row that does not exist.

    Why: what it should bring along (a reach, a source, a persona) is missing without a word.
    Fires: a pain at touchpoint T44 on a map of 12 touchpoints; evidence E1; E99; a stage S3 that
        has an id and nothing else; Checkout where T4 Checkout is meant.
    Silent: t4; T4 Product page; E1 Interviews in May; E1,E2 with a new line between; anything that
        refers to a sheet that is missing (that is CJ001); a formula that failed.
    """
    targets: dict[str, _Target] = {}
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.columns:
            to = column.kind.target
            if not column.kind.is_reference or not view.has(to, "id"):
                continue
            if to not in targets:
                targets[to] = _Target(view, to)
            target = targets[to]
            rows = view.row_ids(key)
            for at, value in enumerate(decoded.columns.get(column.key, ())):
                if value is None or value in target.rows:
                    continue
                for id_ in _lost(value, target):
                    found = Found(key, decoded.lines[at], rows[at], column.key, id_)
                    yield _found(view, found, target)


class _Target:
    """The rows to which a column refers: those with something in them, and all ids that stand."""

    def __init__(self, view: View, key: str) -> None:
        decoded = view.tables[key]
        cells = decoded.table.by_key["id"].cells
        self.of: spec.Table = schema.BY_KEY[key]
        self.rows = frozenset(view.row_ids(key)) - {""}
        self.ids = self.rows | {ids.tidy(cell) for cell in cells if isinstance(cell, str)}
        names = next((c.key for c in self.of.columns if c.key in _NAMES), "")
        self._named = (decoded.values(names), view.row_ids(key))

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """The ids of the rows by their names, as these are compared."""
        pairs = zip(*self._named, strict=True)
        return {naming.plain(as_text(name)): id_ for name, id_ in pairs if name}


def _lost(value: Value, target: _Target) -> Iterator[str]:
    """Yield what in a cell of references names no row with something in it."""
    match value:
        case str() if value not in target.rows:
            yield value
        case tuple():
            lost = [id_ for id_ in value if id_ not in target.rows]
            some_found = len(lost) < len(value)
            yield from (id_ for id_ in lost if not some_found or _looks_like_an_id(id_, target))


def _looks_like_an_id(text: str, target: _Target) -> bool:
    """Tell whether a word beside a known id is meant as an id, and not as words about it."""
    if ids.is_id(text, target.of.prefix):
        return any(letter.isdigit() for letter in text)
    return text[1:].isdigit() and any(text[0] == table.prefix for table in schema.TABLES)


def _found(view: View, found: Found, target: _Target) -> Found:
    """Return a finding with the words that fit it."""
    facts = {"target": view.sheet(target.of.key)}
    value = found.value or ""
    if value in target.ids:
        return replace(found, facts=facts, message=_EMPTY, fix=_MEND_EMPTY)
    typed = naming.plain(view.shown(found.table, found.column, found.line))
    nearest = target.by_name.get(typed) or nearest_id(value, target.rows)
    if nearest:
        return replace(found, facts=facts | {"nearest": nearest}, fix=_DID_YOU_MEAN)
    return replace(found, facts=facts)
