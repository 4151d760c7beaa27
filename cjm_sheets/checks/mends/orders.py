"""Decides which numbers stages and touchpoints get where their order is not clear."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cjm_sheets.checks.mends.mend import Mend, cells
from cjm_sheets.checks.order import counts_by_stage
from cjm_sheets.checks.rules.structure.order_out_of_step import order_out_of_step
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Stage, Touchpoint
from cjm_sheets.tables import schema

_Rows = Sequence[Stage] | Sequence[Touchpoint]


def order_numbers(view: View) -> Iterator[Mend]:
    """Yield new numbers for the stages and touchpoints of maps whose order is not clear.

    The order of the way stays: by the numbers that are there, then as the rows lie. Where each
    stage counts from one, it goes on doing so.
    """
    wrong = {(found.table, found.line) for found in order_out_of_step.find(view)}
    for rows in view.maps:
        if any(("Stages", row.line) in wrong for row in rows.stages):
            yield from _numbered(view, "Stages", rows.stages)
        if not any(("Touchpoints", row.line) in wrong for row in rows.touchpoints):
            continue
        if counts_by_stage(rows.touchpoints):
            for _, steps in groupby(rows.touchpoints, key=lambda row: row.stage):
                yield from _numbered(view, "Touchpoints", tuple(steps))
        else:
            yield from _numbered(view, "Touchpoints", rows.touchpoints)


def _numbered(view: View, key: str, rows: Iterable[Stage | Touchpoint]) -> Iterator[Mend]:
    """Yield the numbers from 1 on for rows, where they are not there already."""
    typed = {line for line, _, _ in cells(view, key, schema.BY_KEY[key].by_key["order"])}
    for number, row in enumerate(rows, start=1):
        if row.order != number and row.line in typed:
            yield Mend("CJ007", key, row.line, row.id, "order", number)
