"""Decides how the sheet of drop-down values looks: a column for each list, room for own values."""

from collections.abc import Iterable, Iterator

from cjm_sheets.tables import a1, lists, naming, schema
from cjm_sheets.templates import looks, offers, titles
from cjm_sheets.templates.plan import Cell, ColumnLook, Page, Sheet, Style
from cjm_sheets.words.labels import label

LAST_LINE = 60
"""Own values may be typed down to here."""

_VALUE = Style(line=looks.RULE, align="left", indent=1)


def used(tables: Iterable[str]) -> tuple[str, ...]:
    """Return the lists that tables offer, in the order of the lists."""
    kinds = {
        column.kind.target
        for key in tables
        for column in schema.BY_KEY[key].columns
        if column.kind.name in {"list", "yes_no"}
    }
    return tuple(name for name in lists.LISTS if name in kinds)


def lists_sheet(language: str, tables: Iterable[str]) -> Sheet:
    """Return the sheet; its headers stand on line 1, where a reader looks for them."""
    names = used(tables)
    cells = (cell for at, name in enumerate(names, start=1) for cell in _list(language, name, at))
    return Sheet(
        titles.lists_sheet(language),
        cells=tuple(cells),
        columns=tuple(ColumnLook(18) for _ in names),
        heights={1: 24},
        frozen=(1, 0),
        page=Page(repeat=(1, 1), across=3),
        tab="#B8C1CA",
    )


def names(language: str, tables: Iterable[str]) -> dict[str, str]:
    """Return the names of the lists' cells: all values there are, and room below."""
    sheet = a1.title(titles.lists_sheet(language))
    return {
        offers.LIST_NAME.format(name): f"{sheet}!${a1.letters(at)}$2:${a1.letters(at)}${LAST_LINE}"
        for at, name in enumerate(used(tables), start=1)
    }


def words(language: str, name: str) -> tuple[str, ...]:
    """Return a list as it stands in its column: its header, then its values."""
    title = label(language, f"list.{name}", lists.LIST_LABELS[name])
    return (title, *(naming.word(language, name, key) for key in lists.LISTS[name]))


def _list(language: str, name: str, at: int) -> Iterator[Cell]:
    tone = looks.TONES["slate"]
    title, *values = words(language, name)
    yield Cell(1, at, title, looks.header(tone, computed=False))
    for line, value in enumerate(values, start=2):
        yield Cell(line, at, value, _VALUE)
