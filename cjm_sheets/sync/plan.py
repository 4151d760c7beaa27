"""Decides all that one sync does, from what both sides and the base say; writes nothing.

What becomes of a cell is the table in merge.three_way, what becomes of a row the one in table_plan.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.errors.sharing import MassDeletionError, OtherMapError
from cjm_sheets.errors.workbook import MissingColumnError
from cjm_sheets.merge.base import Base, to_texts
from cjm_sheets.merge.rows import Content, Identity, SideRow, name_rows, retyped, same_row
from cjm_sheets.model.ids import is_drawn, is_id, new_id
from cjm_sheets.model.pending import Pending
from cjm_sheets.ports.store import Changes, NewTable, Snapshot
from cjm_sheets.sync import draft as drafting
from cjm_sheets.sync.draft import Draft, Pair
from cjm_sheets.sync.sides import Side, common_columns, follow, keep_apart, named, only, rows_of
from cjm_sheets.sync.steps import NotCarried, Options, Plan
from cjm_sheets.sync.table_plan import TablePlan
from cjm_sheets.tables import schema, spec
from cjm_sheets.tables.codec import Decoded, as_text, decode, encode
from cjm_sheets.tables.table import Table

Draw = Callable[[int], int]


@dataclass(frozen=True)
class Copies:
    """What is known before planning: the base, and both sides as they were read."""

    base: Base
    workbook: Snapshot
    shared: Snapshot


def plan(copies: Copies, options: Options, draw: Draw) -> Plan:
    """Return what to do so that both sides agree; draw(n) returns a number from 0 to n - 1.

    Raises:
        MissingColumnError: a table of the workbook has no ids.
        MassDeletionError: more than half of a table vanished on one side, or its whole sheet.
        OtherMapError: the spreadsheet was never synced with this workbook and holds another map.
    """
    ours = {table.spec.key: decode(table) for table in copies.workbook.tables}
    theirs = {
        # Nothing pre-fills ids in a shared copy: a row with one is a row, whatever else is gone.
        table.spec.key: decode(table, ids_are_rows=True)
        for table in copies.shared.tables
    }
    _guard_ids(ours)
    _guard_sheets(copies.base, ours, theirs, options)
    draft = Draft()
    apart = _without_identity(theirs, draft)
    pairs = {
        key: _pair(copies, ours[key], theirs.get(key) or _empty_like(ours[key]), draw)
        for key in ours
        if key not in apart
    }
    _guard_other_map(copies, pairs)
    pairs = _led_to_new_ids(pairs, draft)
    for of in schema.TABLES:
        if of.key in pairs:
            draft.tables[of.key] = TablePlan(pairs[of.key], options, draft).decide()
        elif of.key in apart:
            draft.tables[of.key] = dict(copies.base.tables.get(of.key, {}))
        elif of.key in theirs:
            draft.left.append(NotCarried("table", of.key, theirs[of.key].table.sheet, "sheet"))
    if options.pushes:
        missing = [ours[key] for key in ours if key not in theirs]
        _make_sheets(missing, copies.workbook.language, draft)
    return _finished(copies, draft)


def has_lost_rows(base: Base, workbook: Snapshot) -> bool:
    """Tell whether rows may have gone from a workbook since the last sync."""
    for table in workbook.tables:
        known = base.tables.get(table.spec.key, {})
        columns = [table.by_key[key].cells for key in table.spec.identity if key in table.by_key]
        now = set(zip(*columns, strict=True))
        if any(identity not in now for identity in known):
            return True
    return False


def _without_identity(theirs: Mapping[str, Decoded], draft: Draft) -> frozenset[str]:
    """Return the tables of the shared copy whose rows cannot be told apart, and note them.

    They are left alone: without its ids every row would look deleted and made anew.
    """
    apart = set()
    for key, decoded in theirs.items():
        of = decoded.table.spec
        for name in of.identity:
            if name not in decoded.columns:
                apart.add(key)
                draft.left.append(NotCarried("ids", key, of.by_key[name].label, "sheet"))
                break
    return frozenset(apart)


def _guard_other_map(copies: Copies, pairs: Mapping[str, Pair]) -> None:
    """Stop if a spreadsheet that was never synced with this workbook holds another map."""
    if copies.base.tables:
        return
    alike = [
        same_row(pair.workbook.rows[identity], pair.shared.rows[identity])
        for pair in pairs.values()
        if pair.of.identity == ("id",)
        for identity in pair.workbook.identities
        if identity in pair.shared.at
    ]
    other = alike.count(False)
    if other > 2 and other * 2 > len(alike):  # noqa: PLR2004 - one or two may be edits
        raise OtherMapError(copies.shared.title, other, len(alike))


def _guard_ids(ours: Mapping[str, Decoded]) -> None:
    """Stop if rows of the workbook cannot be told apart."""
    for decoded in ours.values():
        for key in decoded.table.spec.identity:
            if key not in decoded.columns:
                label = decoded.table.spec.by_key[key].label
                raise MissingColumnError(decoded.table.sheet, label)


def _guard_sheets(
    base: Base, ours: Mapping[str, Decoded], theirs: Mapping[str, Decoded], options: Options
) -> None:
    """Stop if a whole sheet that both sides had is gone on one of them.

    With --allow-mass-delete it is made again where it is gone; its rows never count as deleted.
    """
    for side, there, other in (("workbook", ours, theirs), ("sheet", theirs, ours)):
        for key, rows in base.tables.items():
            if rows and key not in there and not options.allow_mass_delete:
                sheet = other[key].table.sheet if key in other else key
                raise MassDeletionError(sheet, side, len(rows), len(rows))


def _empty_like(ours: Decoded) -> Decoded:
    """Return a table as the other side will have it once its sheet is made: without rows."""
    table = ours.table
    columns = tuple(replace(c, cells=()) for c in table.columns if c.key is not None)
    empty = Table(table.spec, "", 1, (), columns, 1)
    return Decoded(empty, (), dict.fromkeys(ours.columns, ()))


def _pair(copies: Copies, ours: Decoded, theirs: Decoded, draw: Draw) -> Pair:
    """Return a table of both sides, with every row named."""
    of = ours.table.spec
    columns = common_columns(of, ours, theirs)
    is_made_now = theirs.table.sheet == ""
    before = {} if is_made_now else dict(copies.base.tables.get(of.key, {}))
    rows, shared_rows = rows_of(ours), rows_of(theirs)
    workbook = named(rows, ours, [row.identity for row in rows])
    shared = named(shared_rows, theirs, [row.identity for row in shared_rows])
    language = copies.workbook.language
    languages = (language, copies.shared.language or language)
    pair = Pair(of, columns, before, workbook, shared, *languages)
    if of.identity != ("id",):
        return pair
    return _identified(pair, draw, known=of.key in copies.base.tables)


def _identified(pair: Pair, draw: Draw, *, known: bool) -> Pair:
    """Return a table whose rows have ids, with new ones where there must be.

    known: there is a base of this table. Without one nothing is known of what is new, so rows that
    share an id cannot be told apart.
    """
    of = pair.of
    ours, theirs = _judged(pair.workbook, pair.columns), _judged(pair.shared, pair.columns)
    taken = {row.identity[0] for row in (*ours, *theirs)} | {i[0] for i in pair.before}

    def new() -> Identity:
        drawn = new_id(of.prefix, taken, draw)
        taken.add(drawn)
        return (drawn,)

    base = {i: only(c, pair.columns) for i, c in pair.before.items()}
    there = {row.identity: row.content for row in theirs if any(row.identity)}
    names = name_rows(ours, base, there, new)
    here = _by_name(names, ours)
    shared_names = name_rows(theirs, base, here, new, lambda i: is_id(i[0], of.prefix))
    shown = _by_name(shared_names, theirs)
    followed = retyped(shown, here, base, lambda i: is_drawn(i[0], of.prefix))
    workbook = replace(pair.workbook, identities=tuple(followed.get(n, n) for n in names))
    shared = replace(pair.shared, identities=shared_names)
    before = {followed.get(identity, identity): c for identity, c in pair.before.items()}
    if known:
        workbook = keep_apart(workbook, before, shared.rows, new)
    return replace(pair, before=before, workbook=workbook, shared=shared)


def _judged(side: Side, columns: Sequence[spec.Column]) -> list[SideRow]:
    """Return the rows of a side with what they say in the columns that both sides have."""
    rows = zip(side.lines, side.shown, side.contents, strict=True)
    return [SideRow(line, shown, only(content, columns)) for line, shown, content in rows]


def _by_name(names: Sequence[Identity], rows: Sequence[SideRow]) -> dict[Identity, Content]:
    """Return what rows say by the names that they have got."""
    return {name: row.content for name, row in zip(names, rows, strict=True)}


def _led_to_new_ids(pairs: Mapping[str, Pair], draft: Draft) -> dict[str, Pair]:
    """Note the workbook's new ids, and return the tables with its references led to them.

    Only where an old id no longer belongs to a row of the workbook: then what named it there meant
    the row that got a new one. A copied row leaves references with the row it was copied from.
    """
    renamed = {pair.of.key: _renamed(pair.workbook) for pair in pairs.values()}
    led: dict[str, Pair] = {}
    for key, pair in pairs.items():
        drafting.set_ids(draft.ids, pair.workbook)
        contents = tuple(follow(c, pair.of, renamed) for c in pair.workbook.contents)
        workbook = replace(pair.workbook, contents=contents)
        for identity, was in zip(workbook.identities, pair.workbook.contents, strict=True):
            for column in pair.columns:
                now = workbook.rows[identity].get(column.key)
                if now != was.get(column.key):
                    raw = encode(now, column, pair.workbook_language)
                    drafting.set_cell(draft.ids, workbook, identity, column, raw)
        led[key] = replace(pair, workbook=workbook)
    return led


def _renamed(side: Side) -> dict[str, str]:
    """Return the new ids of rows by the old ones that no row of this side has any more."""
    if side.decoded.table.spec.identity != ("id",):
        return {}
    return {
        was[0]: now[0]
        for was, now in zip(side.shown, side.identities, strict=True)
        if was != now and was[0] and was not in side.at
    }


def _make_sheets(missing: list[Decoded], language: str, draft: Draft) -> None:
    """Turn rows added to sheets that are not there yet into the making of these sheets."""
    for ours in missing:
        of = ours.table.spec
        rows = tuple(row.cells for row in draft.to_shared.added if row.table == of.key)
        draft.to_shared.added = [row for row in draft.to_shared.added if row.table != of.key]
        keys = tuple(column.key for column in ours.table.columns if column.key is not None)
        draft.to_shared.tables.append(NewTable(of, keys, rows, language))


def _finished(copies: Copies, draft: Draft) -> Plan:
    """Return the plan, with the new base if anything is to be remembered."""
    changed = draft.tables != copies.base.tables
    pending = _pending(copies, draft, changed=changed)
    base = (
        replace(
            copies.base,
            generation=_generation(copies),
            tables=draft.tables,
            pending=pending,
        )
        if changed
        else replace(copies.base, pending=pending)
    )
    reminds = not changed and pending != copies.base.pending
    return Plan(
        ids=draft.ids.done(),
        to_shared=replace(draft.to_shared.done(), generation=_generation(copies)),
        to_workbook=draft.to_workbook.done(to_texts(base) if changed else None),
        base=base,
        pushed=tuple(draft.pushed),
        pulled=tuple(draft.pulled),
        conflicts=tuple(draft.conflicts),
        restored=tuple(draft.restored),
        left=tuple(draft.left),
        reminder=Changes(memory=to_texts(base)) if reminds else Changes(),
    )


def _generation(copies: Copies) -> int:
    """Return the number of the state that this sync brings about: above all that were before."""
    return max(copies.base.generation, copies.shared.generation) + 1


def _pending(copies: Copies, draft: Draft, *, changed: bool) -> tuple[Pending, ...]:
    """Return what is left to settle after this sync.

    A row that came back is remembered until both sides agree on something new.
    """
    before = () if changed else copies.base.pending
    conflicts = (
        Pending(
            "conflict",
            clash.table,
            clash.row,
            clash.column,
            as_text(clash.workbook),
            as_text(clash.shared),
            as_text(clash.base),
        )
        for clash in draft.conflicts
    )
    restored = (Pending("restored", each.table, each.row, "", each.side) for each in draft.restored)
    kept = (each for each in before if each.kind == "restored")
    return tuple(dict.fromkeys((*conflicts, *kept, *restored)))
