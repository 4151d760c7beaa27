"""Decides when a sync draws the map of a shared copy, and for which steps.

A first push draws it, and whoever asks for it has it drawn anew: for what both sides agree on once
the plan is carried out, else for what the shared copy says. All other syncs leave it, since its
formulas say what the tables say.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cjm_sheets.merge.rows import Content as Said
from cjm_sheets.merge.rows import Identity
from cjm_sheets.sync.plan import Copies
from cjm_sheets.sync.steps import Clash, Options, Plan
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import Unread
from cjm_sheets.templates.content import Content, Row
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.map_shared import SharedMap, shared_map
from cjm_sheets.usecases.as_content import content_of
from cjm_sheets.usecases.new_map import results_of
from cjm_sheets.usecases.reading import reading_of


def with_wall(plan: Plan, copies: Copies, options: Options, today: date) -> Plan:
    """Return a plan that also draws the map: with the tables when they are made, or if asked to."""
    is_first = bool(plan.to_shared.tables) and not copies.shared.tables
    if not options.pushes or not (is_first or options.draws):
        return plan
    return replace(plan, to_shared=replace(plan.to_shared, wall=_drawn(plan, copies, today)))


def _drawn(plan: Plan, copies: Copies, today: date) -> SharedMap | None:
    """Return the map of what a plan brings about, in the language of the shared copy."""
    ours = content_of(reading_of(copies.workbook))
    clashes = {(c.table, c.row, c.column): c for c in plan.conflicts}
    rows = {key: _rows(key, of, clashes) for key, of in plan.base.tables.items()}
    settings = {f"{row['key']}": row.get("value") for row in rows.get("Settings", ())}
    known = {key: value for key, value in settings.items() if isinstance(value, int | float | str)}
    content = Content(
        ours.map_type,
        copies.shared.language or copies.workbook.language,
        rows,
        {**ours.settings, **known},
        illustrative=ours.illustrative,
    )
    return shared_map(Facts(content, results_of(content, today)))


def _rows(
    table: str, rows: Mapping[Identity, Said], clashes: Mapping[tuple[str, str, str], Clash]
) -> tuple[Row, ...]:
    """Return the rows of a table, with the ids and keys by which they are known."""
    of, found = schema.BY_KEY[table], []
    for identity, said in rows.items():
        row = {**said, **dict(zip(of.identity, identity, strict=True))}
        for column in of.typed:
            clash = clashes.get((table, " ".join(identity), column.key))
            if clash is not None:
                row[column.key] = clash.shared
        found.append({key: value for key, value in row.items() if not isinstance(value, Unread)})
    return tuple(found)
