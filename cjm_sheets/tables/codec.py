"""Decides what a cell means: raw cells to canonical values, and values to the cells to write.

A canonical value is None (missing), str, bool, int, float, date, a tuple of ids, or Unread. Two
cells say the same exactly if their canonical values are equal: `Laden` and `store`, `T4` and
`T4 Product page`, text with either kind of line end.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from cjm_sheets.model import ids
from cjm_sheets.tables import circles, naming, spec
from cjm_sheets.tables.calc import YES_BESIDE_THE_LISTS
from cjm_sheets.tables.characters import writable
from cjm_sheets.tables.kinds import Kind
from cjm_sheets.tables.table import CellError, Raw, ShownNumber, Table

EPOCH = date(1899, 12, 30)
"""Day 0 of serial dates; exact from 1900-03-01 on, which is all that a journey map needs."""

_LAST_DAY = 2_958_465  # 9999-12-31
_TEXTS = {"text", "long", "url"}
_TIDY_IDS = re.compile(r"[A-Z0-9]*(?:\n[A-Z0-9]+)*")
_NOTHING = type(None)
_EQUAL_IS_THE_SAME = {str, int, float, date, datetime}
"""Types of which two cells that are equal are read alike."""

_LIKE_EXCEL = 15
"""Significant digits that a spreadsheet shows of a number."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something stands in the cell that its column cannot take; it is kept as it is.

    `failed` tells that it is the error of a formula, not something that a person typed.
    """

    shown: str
    failed: bool = False


Value = None | str | bool | int | float | date | tuple[str, ...] | Unread


@dataclass(frozen=True)
class Decoded:
    """A table with canonical values: for each present column one value per row of `lines`.

    Rows with nothing but an id, prefilled and computed cells are left out.
    """

    table: Table
    lines: tuple[int, ...]
    columns: Mapping[str, tuple[Value, ...]]

    @cached_property
    def identities(self) -> tuple[tuple[str, ...], ...]:
        """What tells each row from the others: the text of its identity columns."""
        parts = [self.texts(key) for key in self.table.spec.identity]
        return tuple(zip(*parts, strict=True)) if parts else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each row is called: its id, or what stands in its identity columns."""
        return tuple(" ".join(filter(None, identity)) for identity in self.identities)

    def values(self, key: str) -> tuple[Value, ...]:
        """Return the values of a column; all missing if the sheet has no such column."""
        return self.columns.get(key, (None,) * len(self.lines))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a column as text, "" where nothing stands."""
        return tuple(as_text(value) for value in self.values(key))


def as_text(value: Value) -> str:
    """Return a value as a person would type it."""
    match value:
        case None:
            return ""
        case Unread(shown):
            return shown
        case tuple():
            return "; ".join(value)
        case bool():
            return "yes" if value else "no"
        case float():
            return number_text(value)
    return str(value)


def number_text(number: float) -> str:
    """Return a number as a spreadsheet shows it without a format.

    >>> number_text(46085.0), number_text(0.1 + 0.2)
    ('46085', '0.3')
    """
    return f"{number:.{_LIKE_EXCEL}g}"


@circles.not_looked_for()
def decode(table: Table, *, ids_are_rows: bool = False) -> Decoded:
    """Return the canonical values of a table, without its blank rows.

    ids_are_rows: a row with an id and nothing else counts, too; where ids are never pre-filled it
    is a row of which the rest was cleared.
    """
    columns = {
        key: _decode_column(placed.cells, table.spec.by_key[key])
        for key, placed in table.by_key.items()
        if not table.spec.by_key[key].computed
    }
    blank: Sequence[int] = range(len(table.lines))
    for key, values in columns.items():
        nothing = _nothing(table.spec, key, ids_are_rows=ids_are_rows)
        if blank and nothing is not None:
            blank = [i for i in blank if values[i] is None or values[i] in nothing]
    if not blank:
        return Decoded(table, table.lines, columns)
    filled = sorted(set(range(len(table.lines))).difference(blank))
    columns = {key: tuple([v[i] for i in filled]) for key, v in columns.items()}
    return Decoded(table, tuple([table.lines[i] for i in filled]), columns)


def _nothing(of: spec.Table, key: str, *, ids_are_rows: bool) -> tuple[Value, ...] | None:
    """Return what says in a column no more than a fresh template; None if all says nothing.

    A row tells something if a cell of a column that is not prefilled does, or if a person changed a
    value that the template proposes.
    """
    column = of.by_key[key]
    if column.default is not None:
        return (column.default,)
    prefilled = (column.kind.name == "id" and not (ids_are_rows and key == "id")) or key == "order"
    return None if prefilled else ()


def _decode_column(cells: tuple[Raw, ...], column: spec.Column) -> tuple[Value, ...]:
    """Return the values of one column: cells that say the same are read once.

    Whole columns that are as they should be already are found out at once, since in large tables
    hardly two texts are the same.
    """
    if column.kind.name in _TEXTS and _is_canonical(cells):
        return cells  # type: ignore[return-value] # texts and None, as was found out
    if column.kind.name == "id" and _are_ids(cells):
        return cells  # type: ignore[return-value] # the same
    read = reader(column.kind)
    kinds = set(map(type, cells)) - {_NOTHING}
    if len(kinds) > 1 or not kinds <= _EQUAL_IS_THE_SAME:
        return tuple([None if cell is None or cell == "" else read(cell) for cell in cells])
    known: dict[Raw, Value] = {
        cell: read(cell) for cell in set(cells) if cell is not None and cell != ""
    }
    return tuple(map(known.get, cells))


def _joined(cells: tuple[Raw, ...]) -> str | None:
    """Return all texts of a column as one; None if anything else, or a blank text, is there."""
    texts = [cell for cell in cells if cell is not None]
    if not {str}.issuperset(map(type, texts)) or not all(texts):
        return None
    return None if any(map(str.isspace, texts)) else "\n".join(texts)  # type: ignore[arg-type] # as found out


def _is_canonical(cells: tuple[Raw, ...]) -> bool:
    """Tell whether a column holds nothing but texts that are read as they stand."""
    whole = _joined(cells)
    if whole is None or "\r" in whole:
        return False
    return whole.isascii() or (unicodedata.is_normalized("NFC", whole) and writable(whole) == whole)


def _are_ids(cells: tuple[Raw, ...]) -> bool:
    """Tell whether a column holds nothing but ids that are read as they stand."""
    whole = _joined(cells)
    return whole is not None and bool(_TIDY_IDS.fullmatch(whole))


def value_of(cell: Raw, column: spec.Column) -> Value:
    """Return the canonical value of one cell."""
    return None if cell is None or cell == "" else reader(column.kind)(cell)


def reader(kind: Kind) -> Callable[[Raw], Value]:
    """Return the function that reads one filled cell of a kind."""
    match kind.name:
        case "list" | "yes_no":
            words = naming.known_words(kind.target)
            return (
                (lambda c: _yes_no(c, words))
                if kind.name == "yes_no"
                else (lambda c: _choice(c, words))
            )
        case name:
            return _READERS[name]


def _shown(cell: Raw) -> str:
    """Return what a person sees in a cell."""
    if isinstance(cell, str):
        return writable(cell)
    match cell:
        case CellError(shown) | ShownNumber(shown=shown):
            return shown
        case bool():
            return str(cell).upper()
        case float() | int():
            return number_text(cell)
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell)


def _text(cell: Raw) -> Value:
    if isinstance(cell, CellError):
        return Unread(cell.code, failed=True)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    text = _shown(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else None


def _id(cell: Raw) -> Value:
    return (
        Unread(cell.code, failed=True)
        if isinstance(cell, CellError)
        else ids.tidy(_shown(cell)) or None
    )


def _number(cell: Raw) -> Value:
    """Return a number; a text is none, even one that looks like it.

    A spreadsheet does not count with the text "12" either, so what we read is what formulas see;
    and whether "1.234" and "1,5" are thousands or decimals, only the person knows who typed them.
    """
    if isinstance(cell, CellError):
        return Unread(cell.code, failed=True)
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return Unread(_shown(cell)) if _shown(cell).strip() else None
    return int(cell) if cell == int(cell) else cell


def _date(cell: Raw) -> Value:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case CellError(code):
            return Unread(code, failed=True)
        case bool():
            return Unread(_shown(cell))
        case float() | int() if 1 <= cell <= _LAST_DAY:
            return EPOCH + timedelta(days=int(cell))
    return Unread(_shown(cell)) if _shown(cell).strip() else None


def _yes_no(cell: Raw, words: Mapping[str, str]) -> Value:
    if isinstance(cell, bool):
        return cell
    if not isinstance(cell, str):
        return Unread(_shown(cell), failed=isinstance(cell, CellError))
    word = naming.plain(cell)
    if not word:
        return None
    key = "yes" if word in YES_BESIDE_THE_LISTS else words.get(word)
    return Unread(cell) if key is None else key == "yes"


def _choice(cell: Raw, words: Mapping[str, str]) -> Value:
    text = _shown(cell)
    word = naming.plain(text)
    if not word:
        return None
    return words.get(word) or Unread(text, failed=isinstance(cell, CellError))


def _ref(cell: Raw) -> Value:
    if type(cell) is str:  # nearly always, and there may be very many
        return ids.id_of_reference(cell) or None
    if isinstance(cell, CellError):
        return Unread(cell.code, failed=True)
    return ids.id_of_reference(_shown(cell)) or None


def _refs(cell: Raw) -> Value:
    if type(cell) is str:
        return ids.ids_of_references(cell) or None
    if isinstance(cell, CellError):
        return Unread(cell.code, failed=True)
    return ids.ids_of_references(_shown(cell)) or None


def _any(cell: Raw) -> Value:
    return (
        _number(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool)
        else (_text(cell))
    )


_READERS: dict[str, Callable[[Raw], Value]] = {
    "id": _id,
    "text": _text,
    "long": _text,
    "url": _text,
    "int": _number,
    "num": _number,
    "pct": _number,
    "date": _date,
    "ref": _ref,
    "refs": _refs,
    "any": _any,
}


def encode(value: Value, column: spec.Column, language: str) -> Raw:
    """Return the cell to write for a value, with list values in a language."""
    match value:
        case Unread(shown):
            return shown
        case tuple():
            return "; ".join(value)
        case bool() if column.kind.name == "yes_no":
            return naming.word(language, "yes_no", "yes" if value else "no")
        case str() if column.kind.name == "list":
            return naming.word(language, column.kind.target, value)
    return value
