"""Decides how people are told of values that a write replaced unseen."""

import json
from collections.abc import Mapping, Sequence

from cjm_sheets.adapters.gsheets.mending import lost
from cjm_sheets.adapters.gsheets.record import Astray, Face, at
from cjm_sheets.model.past import Entry
from cjm_sheets.tables.characters import writable
from cjm_sheets.tables.table import Table


def entries(misses: Sequence[Astray], tables: Mapping[int, Table]) -> tuple[Entry, ...]:
    """Return a history entry for each value; `tables` by the ids of their sheets.

    Columns and rows are called what the table calls them now, which is the best that can be said.
    """
    found = []
    for each in lost(misses):
        table = tables.get(each.sheet)
        keys = {} if table is None else {c.at - 1: c.key or c.label for c in table.columns}
        names = [] if table is None else [table.by_key[key].at - 1 for key in table.spec.identity]
        row = " ".join(_text(at(each.image, column)) for column in names)
        key = "" if table is None else table.spec.key
        column = keys.get(each.column, str(each.column + 1))
        before, after = (
            "null" if said is None else json.dumps(_text(said), ensure_ascii=False)
            for said in (each.before, each.after)
        )
        found.append(Entry("sheet", key, row.strip(), column, before, after))
    return tuple(found)


def _text(said: Face) -> str:
    match said:
        case None:
            return ""
        case (str(code),):
            return code
        case float() if said.is_integer():
            return str(int(said))
    return writable(str(said))
