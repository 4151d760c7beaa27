"""Decides what the sheets Start, Calc and Retention show at first: the results of their formulas.

The numbers of pains come with the results of the live formulas; here they are only counted,
ordered and looked up, as the formulas beside them do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cjm_sheets.tables import lists, naming, schema
from cjm_sheets.tables.settings import OFFERS
from cjm_sheets.tables.table import Raw
from cjm_sheets.templates import content
from cjm_sheets.templates.content import Content
from cjm_sheets.templates.plan import Shown

Results = Mapping[str, Mapping[str, Sequence[Shown]]]
"""What live formulas show: table key to column key to one value for each row, blank ones too."""

TOP = 5
"""Pains that Start lists."""

TELLING_GAP = 10
"""A gap of so many points is worth asking more customers."""

ASKED = 3
"""Pains that Start lists with the widest gaps."""

STATUSES = ("done", "not-needed", "doing", "to-do")
"""What a step of the work can be, in the order in which Calc counts them from 1."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found in a workbook on a day: its grade from A to F, and how much of what."""

    grade: str
    errors: int
    warnings: int
    notes: int
    day: date


@dataclass(frozen=True)
class Facts:
    """The rows of a workbook with the results of their formulas, and its health if it is known."""

    content: Content
    results: Results
    health: Health | None = None

    def column(self, table: str, key: str) -> tuple[Shown, ...]:
        """Return what a column shows in each row of its table, "" where nothing stands."""
        if schema.BY_KEY[table].by_key[key].computed:
            known = self.results.get(table, {}).get(key)
            if known is None:
                return ("",) * len(content.typed_rows(self.content, table))
            return tuple("" if value is None else value for value in known)
        if table not in self._typed:
            self._typed[table] = content.typed_rows(self.content, table)
        return tuple(_shown(row.get(key)) for row in self._typed[table])

    def filled(self, table: str, *keys: str) -> int:
        """Return in how many rows of a table all these columns show something."""
        rows = zip(*(self.column(table, key) for key in keys), strict=False)
        return sum(all(value != "" for value in row) for row in rows)

    @cached_property
    def _typed(self) -> dict[str, tuple[Mapping[str, Raw], ...]]:
        """The typed rows of tables that were asked for, as many columns of them are."""
        return {}

    def setting(self, key: str) -> float | None:
        """Return a number of Settings; None where it is missing or no number."""
        first = {offer.key: offer.value for offer in OFFERS}
        value = self.content.settings.get(key, first[key])
        return value if isinstance(value, int | float) else None

    @cached_property
    def scores(self) -> tuple[tuple[float, int], ...]:
        """The shown scores, worst first, each with its row; of equal ones the upper row first."""
        scored = [
            (value, row)
            for row, value in enumerate(self.column("Pains", "evidenced"))
            if isinstance(value, int | float)
        ]
        return tuple(sorted(scored, key=lambda pair: (-pair[0], pair[1])))

    @cached_property
    def unscored(self) -> int | None:
        """The first row with a pain that has no score."""
        pairs = zip(self.column("Pains", "pain"), self.column("Pains", "evidenced"), strict=False)
        return next(
            (n for n, (pain, score) in enumerate(pairs) if pain != "" and score == ""), None
        )

    @cached_property
    def gaps(self) -> tuple[tuple[float, int], ...]:
        """The gaps that are wide enough to tell something, each with its row, widest first."""
        gaps = [
            (value, row)
            for row, value in enumerate(self.column("Pains", "gap"))
            if isinstance(value, int | float) and value >= TELLING_GAP
        ]
        return tuple(sorted(gaps, key=lambda pair: (-pair[0], pair[1])))

    @cached_property
    def work(self) -> tuple[tuple[int | None, int], ...]:
        """The first row of each step of the work, with its status by its number in STATUSES."""
        steps, statuses = (
            [f"{value}".casefold() for value in self.column("Steps", key)]
            for key in ("step", "status")
        )
        found = []
        for words in step_words():
            row = next((n for n, step in enumerate(steps) if step in words), None)
            status = statuses[row] if row is not None else ""
            code = next((n for n, of in enumerate(status_words(), 1) if status in of), 0)
            found.append((row, code or len(STATUSES)))
        return tuple(found)

    def pain(self, key: str, row: int) -> Shown:
        """Return what a column of Pains shows in a row."""
        return self.column("Pains", key)[row]


def step_words() -> tuple[tuple[str, ...], ...]:
    """Return for each step of the work what it is called in all languages, without case."""
    return _words("workflow_step", tuple(lists.LISTS["workflow_step"]))


def status_words() -> tuple[tuple[str, ...], ...]:
    """Return for each status but the last what it is called in all languages, without case."""
    return _words("step_status", STATUSES[:-1])


def _words(name: str, keys: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    every = (naming.every_word(name, key) for key in keys)
    return tuple(tuple(dict.fromkeys(word.casefold() for word in words)) for words in every)


def _shown(value: object) -> Shown:
    return "" if value is None or not isinstance(value, Shown) else value
