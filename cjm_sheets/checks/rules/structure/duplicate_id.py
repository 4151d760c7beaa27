"""Decides which rows have an id that a row above them has already."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model import ids
from cjm_sheets.words.mark import N_


@rule(
    "CJ003",
    Severity.ERROR,
    table="",
    reads=("*.id",),
    summary=N_("two rows of a sheet have the same id"),
    message=N_("The id {value} stands in row {first} already."),
    fix=N_("Give one of the two an id of its own, and see which one others mean by {value}."),
)
def duplicate_id(view: View) -> Iterator[Found]:
    """CJ003: two rows of a sheet have the same id.

    Why: it mostly comes from a copied row; whoever refers to the id gets the first of the two, and
        the shared copy cannot tell them apart.
    Fires: T4 in rows 5 and 9; n2 and N2; N3 in a row that was filled in above only by its id, and
        in a pain further down.
    Silent: T4 and T04; a row with nothing but an id below the one that has it; rows without an id;
        T4 among touchpoints and T4 in a sheet of the user's own.
    """
    for key, decoded in view.tables.items():
        if not view.has(key, "id"):
            continue
        ids_there = view.row_ids(key)
        if len(decoded.lines) == len(decoded.table.lines) and _all_differ(ids_there):
            continue  # the common case, quickly
        filled = frozenset(decoded.lines)
        first: dict[str, int] = {}
        cells = decoded.table.by_key["id"].cells
        for line, cell in zip(decoded.table.lines, cells, strict=True):
            id_ = ids.tidy(cell) if isinstance(cell, str) else ""
            if not id_:
                continue
            if line in filled and id_ in first:
                yield Found(key, line, id_, "id", id_, {"first": first[id_]})
            first.setdefault(id_, line)


def _all_differ(row_ids: tuple[str, ...]) -> bool:
    """Tell whether no two rows have the same id."""
    return len(set(row_ids)) == len(row_ids)
