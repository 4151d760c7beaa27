"""Decides how a table of the page is marked up, so that it can be read, heard and copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from cjm_sheets.drawing.svg import escape
from cjm_sheets.words.catalogue import say


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, and perhaps a class, a link, or the part of a row's header."""

    words: str
    kind: str = ""
    link: str = ""
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, perhaps with an id and a class."""

    cells: tuple[Cell, ...]
    id: str = ""
    kind: str = ""


def table(language: str, heads: Sequence[tuple[str, str]], rows: Iterable[Row]) -> str:
    """Return a table without its empty columns; heads are (English words, class of the column)."""
    body = tuple(rows)
    used = [any(row.cells[at].words for row in body) for at, _ in enumerate(heads)]
    top = "".join(
        f'<th scope="col"{_kind(kind)}>{escape(say(language, words))}</th>'
        for words, kind in compress(heads, used)
    )
    lines = "".join(_row(replace(row, cells=tuple(compress(row.cells, used)))) for row in body)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _row(row: Row) -> str:
    named = f' id="{row.id}"' if row.id else ""
    return f"<tr{named}{_kind(row.kind)}>{''.join(map(_cell, row.cells))}</tr>\n"


def _cell(cell: Cell) -> str:
    words = escape(cell.words).replace("\n", "<br>")
    inside = f'<a href="#{cell.link}">{words}</a>' if cell.link else words
    if cell.kind.startswith("grade") and cell.words:
        return f'<td><span class="{cell.kind}">{inside}</span></td>'
    isolated = ' dir="auto"' if cell.words else ""
    if cell.heads:
        return f'<th scope="row"{isolated}>{inside}</th>'
    return f"<td{_kind(cell.kind)}{isolated}>{inside}</td>"
