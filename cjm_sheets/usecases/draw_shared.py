"""Decides when a sync draws the map of a shared copy, and for which steps.

A first push draws it, and whoever asks for it has it drawn anew: for what both sides agree on once
the plan is carried out, else for what the shared copy says. Who wants it to keep up has it drawn
anew when other steps or lanes belong on it. All other syncs leave it, since its formulas say what
the tables say.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from cjm_sheets.merge.rows import Content as Said
from cjm_sheets.merge.rows import Identity
from cjm_sheets.ports.store import Snapshot
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


def with_wall(
    plan: Plan,
    copies: Copies,
    options: Options,
    today: date,
    is_old: Callable[[SharedMap, Snapshot], bool],
) -> Plan:
    """Return a plan that also draws the map: with the tables when they are made, or if asked to.

    `is_old` tells whether the map that is drawn is ours, and another one. One that needs tables
    which are made in this very sync is drawn anew by the next one.
    """
    has_tables, makes_tables = bool(copies.shared.tables), bool(plan.to_shared.tables)
    is_first = makes_tables and not has_tables
    looks = options.redraws and has_tables and not makes_tables
    if not options.pushes or not (is_first or options.draws or looks):
        return plan
    wall = _drawn(plan, copies, today)
    if not (is_first or options.draws) and (wall is None or not is_old(wall, copies.shared)):
        return plan
    return replace(plan, to_shared=replace(plan.to_shared, wall=wall))


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
