"""Decides what a program can ask of a book and change in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, overload

from cjm_sheets import wiring
from cjm_sheets.api import frames, writing
from cjm_sheets.api.sources import Source
from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.health import counts, grade
from cjm_sheets.errors.asked import ComputedColumnError
from cjm_sheets.errors.workbook import ChangedMeanwhileError
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.ports.store import Changes
from cjm_sheets.scoring.firmness import Firmness
from cjm_sheets.usecases.check_map import Wanted, check
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.usecases.recalculate import refresh_results, shown_results
from cjm_sheets.usecases.score_map import Scored

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Findings(Sequence[Finding]):
    """What an expert would send back, in the order of tables, lines and rules."""

    all: tuple[Finding, ...]
    muted: tuple[Finding, ...] = ()

    @property
    def grade(self) -> str:
        """The health of the map, A to D or F."""
        return grade(self.all)

    @property
    def counts(self) -> dict[str, int]:
        """The number of findings of each severity, worst first."""
        return counts(self.all)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row a finding, with the columns of the JSON output."""
        import pandas as pd  # noqa: PLC0415 - slow to load

        keys = [field.name for field in fields(Finding) if field.name != "line"]
        rows = [[str(getattr(finding, key)) for key in keys] for finding in self.all]
        return pd.DataFrame(rows, columns=keys, dtype="string")

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, at: int | slice) -> Finding | tuple[Finding, ...]:
        return self.all[at]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)


@dataclass(frozen=True)
class Ranking:
    """The pains with a score by rank, and how firm the ranking is."""

    scored: Scored

    @property
    def firmness(self) -> Firmness:
        """How well the ranking holds under other weights."""
        return self.scored.firmness

    def document(self) -> dict[str, Any]:
        """Return the whole as the JSON output has it."""
        return self.scored.document()

    def to_frame(self) -> "pd.DataFrame":
        """Return one row a pain, with the columns of the JSON output and the pain's id as index."""
        import pandas as pd  # noqa: PLC0415 - slow to load

        return pd.DataFrame(self.document()["pains"]).set_index("row")


@dataclass(frozen=True)
class Book:
    """A workbook or a shared copy as it was read at one moment.

    It never changes: what writes returns the book as it is afterwards. What was written is refused
    if somebody changed the file since this book was read.
    """

    source: Source
    reading: Reading

    @property
    def model(self) -> Workbook:
        """All rows of all tables as frozen values."""
        return self.reading.workbook

    @property
    def language(self) -> str:
        """The language that the workbook speaks."""
        return self.model.language

    @property
    def tables(self) -> tuple[str, ...]:
        """The keys of the tables that the workbook has."""
        return tuple(self.reading.decoded)

    def check(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        *,
        today: date | None = None,
        language: str = "en",
    ) -> Findings:
        """Return what an expert would send back.

        `select` and `ignore` are beginnings of rule ids; `today` is the machine's day if not given.
        """
        checked = check(self.reading, Wanted(_day(today), language, select, ignore))
        return Findings(checked.findings, tuple(finding for finding, _ in checked.muted))

    def ranking(self) -> Ranking:
        """Return the pains by what can be shown of them."""
        return Ranking(Scored(self.reading))

    def table(self, name: str, *, today: date | None = None) -> "pd.DataFrame":
        """Return a table with stable English keys as columns, the row ids as index.

        Numbers are Float64, shares between 0 and 1, yes/no boolean, dates datetime64, references to
        several rows tuples of ids, all else string; list values are their keys. A blank cell, and a
        number or date that cannot be read, is missing. Computed columns hold what Python computes
        on the day `today`; `line` is the 1-based row of the sheet.

        Raises:
            UnknownTableError: there is no such table, or the workbook does not have it.
        """
        decoded = writing.table_of(self.reading, name)
        results = shown_results(self.reading, _day(today))
        return frames.frame(decoded, results[decoded.table.spec.key])

    def draw(
        self,
        path: str | PathLike[str],
        *,
        map_id: str | None = None,
        today: date | None = None,
    ) -> None:
        """Draw the wall map, the first one or `map_id`, into a file that ends in .html or .svg."""
        from cjm_sheets.usecases.draw_map import drawn  # noqa: PLC0415 - only for drawing

        name = fspath(path)
        wiring.write_text(name, drawn(self.reading, name, _day(today), map_id))

    def changes(self, name: str, frame: "pd.DataFrame") -> tuple[writing.Change, ...]:
        """Return the cells in which a frame differs from the table, and write nothing.

        The frame's index are row ids; it may have some of the rows and some of the columns.

        Raises:
            Error: an unknown row or column, a value that its column cannot take, or a computed
                column that was changed.
        """
        decoded = writing.table_of(self.reading, name)
        self._guard_computed(name, frame)
        by_key = decoded.table.spec.by_key
        keys = [
            key
            for key in map(str, frame.columns)
            if key != "line" and not (key in by_key and by_key[key].computed)
        ]
        rows = ((row, dict(zip(keys, values, strict=True))) for row, values in _rows(frame, keys))
        return tuple(writing.changes(self.reading, decoded, rows))

    def update(self, name: str, frame: "pd.DataFrame") -> "Book":
        """Write the cells in which a frame differs from the table; see `changes`."""
        return self._written(self.changes(name, frame))

    def set(self, name: str, row: str, column: str, value: object) -> "Book":
        """Write one value into the row with an id."""
        decoded = writing.table_of(self.reading, name)
        rows = [(row, {column: value})]
        return self._written(tuple(writing.changes(self.reading, decoded, rows)))

    def add(self, name: str, rows: Iterable[Mapping[str, object]]) -> "Book":
        """Add rows at the end of a table; one without `id` gets an id that nobody has."""
        decoded = writing.table_of(self.reading, name)
        draw = wiring.chance().below
        return self._applied(Changes(added=writing.added(self.reading, decoded, rows, draw)))

    def _written(self, changes: Sequence[writing.Change]) -> "Book":
        return self._applied(Changes(cells=tuple(change.write for change in changes)))

    def _applied(self, changes: Changes) -> "Book":
        if changes.is_nothing:
            return self
        with self.source.store() as store:
            since = self.reading.snapshot
            if self.source.is_shared:
                # Many may change it at once, and it keeps no stamp: look before writing.
                now = store.read()
                if now.tables != since.tables:
                    raise ChangedMeanwhileError(self.source.name)
                since = now
            store.apply(changes, since)
            if not self.source.is_shared:  # which calculates by itself
                refresh_results(store, wiring.clock().today())
            return Book(self.source, read_map(store))

    def _guard_computed(self, name: str, frame: "pd.DataFrame") -> None:
        """Refuse a frame in which somebody changed what is calculated."""
        decoded = writing.table_of(self.reading, name)
        by_key = decoded.table.spec.by_key
        asked = [key for key in map(str, frame.columns) if key in by_key and by_key[key].computed]
        if not asked:
            return
        ours = self.table(name)
        for key in asked:
            there = ours[key].reindex(frame.index)
            if (
                not there.astype(object)
                .where(there.notna(), None)
                .equals(frame[key].astype(object).where(frame[key].notna(), None))
            ):
                raise ComputedColumnError(decoded.table.sheet, key)


def read(source: Source) -> Book:
    """Read a book from where it lies."""
    with source.store() as store:
        return Book(source, read_map(store))


def _rows(frame: "pd.DataFrame", keys: Sequence[str]) -> Iterator[tuple[object, tuple[Any, ...]]]:
    """Yield the index and the values of each row of a frame."""
    return zip(frame.index, frame[list(keys)].itertuples(index=False, name=None), strict=True)


def _day(today: date | None) -> date:
    return today or wiring.clock().today()
