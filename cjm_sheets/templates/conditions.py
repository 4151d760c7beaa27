"""Decides which cells take on a colour by what stands in them: heat, mood, trust, gaps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cjm_sheets.tables import a1
from cjm_sheets.templates import looks
from cjm_sheets.templates.plan import Condition


@dataclass(frozen=True, slots=True)
class _Where:
    """Where the columns of a table lie, and its first and last data lines."""

    at: Mapping[str, int]
    first: int
    last: int

    def cell(self, key: str) -> str:
        """Return a column's cell on the first line, as a condition on any line refers to it."""
        return f"${a1.letters(self.at[key])}{self.first}"

    def when(self, key: str, formula: str, fill: str = "", color: str = "") -> Condition:
        """Return a condition on the cells of a column."""
        return Condition(
            self.at[key], self.first, self.last, "formula", formula, color, fill, bold=bool(color)
        )

    def bar(self, key: str, color: str, top: float) -> Condition:
        """Return a bar in the cells of a column."""
        return Condition(self.at[key], self.first, self.last, "bar", color=color, top=top)


def conditions(table: str, at: Mapping[str, int], lines: tuple[int, int]) -> tuple[Condition, ...]:
    """Return the conditions of a table whose columns lie at these places, over these lines."""
    where = _Where(at, *lines)
    rules = list(_OF_TABLE.get(table, _nothing)(where))
    if "id" in at:
        rules.append(Condition(at["id"], *lines, "duplicate", color="#B00020", bold=True))
    return tuple(rules)


def _nothing(_: _Where) -> Iterator[Condition]:
    yield from ()


def _mood(where: _Where, key: str) -> Iterator[Condition]:
    fills = {-2: looks.RED, -1: looks.PALE_ROSE, 1: looks.PALE_MINT, 2: looks.GREEN}
    for mood, fill in fills.items():
        yield where.when(key, f"={where.cell(key)}={mood}", fill)


def _touchpoints(where: _Where) -> Iterator[Condition]:
    yield from _mood(where, "emotion")
    moment = f"=ISNUMBER(MATCH(TRIM({where.cell('moment_of_truth')}),cjm_yes,0))"
    yield where.when("moment_of_truth", moment, "#E3DAF0", looks.COMPUTED_INK)


def _day_moments(where: _Where) -> Iterator[Condition]:
    yield from _mood(where, "mood")


def _pains(where: _Where) -> Iterator[Condition]:
    fills = {5: looks.RED, 4: looks.ROSE, 3: looks.PALE_ROSE, 2: "#FDF6F3"}
    for severity, fill in fills.items():
        yield where.when("severity", f"={where.cell('severity')}={severity}", fill)
    for given, missing in (("hit", "observed"), ("observed", "hit")):
        half = f'=AND({where.cell(given)}<>"",{where.cell(missing)}="")'
        yield where.when(missing, half, looks.AMBER)
    grade, score = where.cell("grade"), where.cell("evidenced")
    grades = {"A": looks.GREEN, "B": looks.MINT, "C": looks.SAND, "D": looks.PALE_ROSE}
    for letter, fill in grades.items():
        yield where.when("grade", f'=AND({grade}="{letter}",ISNUMBER({score}))', fill, looks.INK)
    yield where.bar("evidenced", looks.BAR_STRONG, 100)
    yield where.bar("if_true", looks.BAR, 100)


def _actions(where: _Where) -> Iterator[Condition]:
    late = f'=AND({where.cell("overdue")}<>"",{where.cell("overdue")}=cjm_word_yes)'
    yield where.when("overdue", late, looks.ROSE, "#8C1D18")
    closed = f"=ISNUMBER(MATCH(TRIM({where.cell('status')}),cjm_closed,0))"
    yield where.when("status", closed, looks.MINT)


def _stages(where: _Where) -> Iterator[Condition]:
    yield where.bar("attainment", looks.GREEN, 1)


_OF_TABLE: dict[str, Callable[[_Where], Iterator[Condition]]] = {
    "Touchpoints": _touchpoints,
    "DayMoments": _day_moments,
    "Pains": _pains,
    "Actions": _actions,
    "Stages": _stages,
}
