"""Decides which values users added to the drop-down lists on the sheet of lists."""

from collections.abc import Iterable

from cjm_sheets.tables import lists, naming
from cjm_sheets.tables.table import Grid
from cjm_sheets.words.labels import label
from cjm_sheets.words.languages import LANGUAGES


def added_values(grids: Iterable[Grid]) -> dict[str, frozenset[str]]:
    """Return for each list the values that only the workbook knows, as they are compared."""
    titles = {naming.plain(label(code, "Lists", lists.LISTS_LABEL)) for code in LANGUAGES}
    titles.add(naming.plain(lists.LISTS_KEY))
    grid = next((grid for grid in grids if naming.plain(grid.sheet) in titles), None)
    if grid is None:
        return {}
    headers = _headers()
    found: dict[str, frozenset[str]] = {}
    for at, cell in enumerate(grid.rows[0] if grid.rows else ()):
        name = headers.get(naming.plain(cell)) if isinstance(cell, str) else None
        if name is None:
            continue
        below = (row[at] for row in grid.rows[1:] if at < len(row))
        texts = {naming.plain(text) for text in below if isinstance(text, str)} - {""}
        found[name] = frozenset(texts - naming.known_words(name).keys())
    return found


def _headers() -> dict[str, str]:
    """Return the names of the lists by their headers in all languages and by themselves."""
    headers = {
        naming.plain(label(code, f"list.{name}", english)): name
        for code in LANGUAGES
        for name, english in lists.LIST_LABELS.items()
    }
    return headers | {naming.plain(name): name for name in lists.LISTS}
