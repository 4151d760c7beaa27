"""Decides which conflicts of the last sync nobody has settled in the workbook since."""

from collections.abc import Iterable, Iterator, Mapping

from cjm_sheets.model.pending import Pending
from cjm_sheets.tables.codec import Decoded, as_text


def unsettled(
    pending: Iterable[Pending], tables: Mapping[str, Decoded]
) -> Iterator[tuple[Pending, int]]:
    """Yield each conflict with the index of its row: the row is there, the cell as it was then."""
    rows: dict[str, dict[str, int]] = {}
    for each in pending:
        if each.kind != "conflict" or each.table not in tables:
            continue
        decoded = tables[each.table]
        if each.table not in rows:
            rows[each.table] = {name: at for at, name in reversed([*enumerate(decoded.names)])}
        at = rows[each.table].get(each.row)
        if at is not None and as_text(decoded.values(each.column)[at]) == each.ours:
            yield each, at
