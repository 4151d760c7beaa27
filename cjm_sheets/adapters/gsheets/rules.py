"""Decides which cells of a shared copy take on a colour by what stands in them, in few rules.

A scale of colours does with one rule what the workbook does with one a value, and stands in for the
bars that the interface cannot make. Rules reach to the end of their sheet, so that rows which come
belong to them. A rule of Google's reaches another sheet only through INDIRECT.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.gsheets.formats import color
from cjm_sheets.tables import a1, naming
from cjm_sheets.templates import looks

Request = dict[str, Any]

_PAPER = "#FFFFFF"
_LINE = 2  # of the first row below a header


@dataclass(frozen=True, slots=True)
class _Where:
    """A sheet in the making, and where the columns of its table lie, from 1."""

    sheet: int
    at: Mapping[str, int]
    language: str

    def cell(self, key: str) -> str:
        return f"${a1.letters(self.at[key])}{_LINE}"

    def ranges(self, *keys: str) -> list[Request]:
        return [
            {
                "sheetId": self.sheet, "startRowIndex": _LINE - 1,
                "startColumnIndex": self.at[key] - 1, "endColumnIndex": self.at[key],
            }
            for key in keys
        ]  # fmt: skip

    def has(self, *keys: str) -> bool:
        return all(key in self.at for key in keys)

    def when(self, key: str, formula: str, fill: str = "", ink: str = "") -> Request:
        """Return a look that a column's cells take on while a formula holds."""
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        return self.on((key,), condition, fill, ink)

    def on(self, keys: tuple[str, ...], condition: Request, fill: str, ink: str = "") -> Request:
        """Return a look that cells take on while a condition holds."""
        look: Request = {"backgroundColor": color(fill)} if fill else {}
        if ink:
            look["textFormat"] = {"foregroundColor": color(ink), "bold": True}
        return {
            "ranges": self.ranges(*keys),
            "booleanRule": {"condition": condition, "format": look},
        }

    def scale(self, keys: tuple[str, ...], *points: tuple[float, str]) -> Request:
        """Return a scale of two or three colours at these values."""
        names = ("minpoint", "maxpoint") if len(points) == 2 else _THREE  # noqa: PLR2004 - two or three
        given = {
            name: {"type": "NUMBER", "value": f"{value:g}", "color": color(code)}
            for name, (value, code) in zip(names, points, strict=True)
        }
        return {"ranges": self.ranges(*keys), "gradientRule": given}


_THREE = ("minpoint", "midpoint", "maxpoint")


def rules(table: str, sheet: int, at: Mapping[str, int], language: str) -> list[Request]:
    """Return the requests for a table whose columns lie at these places, from 1."""
    where = _Where(sheet, at, language)
    found = [*_OF_TABLE.get(table, _none)(where), *_twice(where)]
    return [
        {"addConditionalFormatRule": {"rule": rule, "index": index}}
        for index, rule in enumerate(found)
    ]


def _none(_: _Where) -> Iterator[Request]:
    yield from ()


def _twice(where: _Where) -> Iterator[Request]:
    """Yield the rule that shows an id which stands in two rows."""
    if where.has("id"):
        letters = a1.letters(where.at["id"])
        formula = f"=COUNTIF(${letters}${_LINE}:${letters};{where.cell('id')})>1"
        yield where.when("id", formula, ink="#B00020")


def _maps(where: _Where) -> Iterator[Request]:
    if where.has("next_review"):
        late = {"type": "DATE_BEFORE", "values": [{"relativeDate": "TODAY"}]}
        yield where.on(("next_review",), late, looks.ROSE, "#8C1D18")


def _stages(where: _Where) -> Iterator[Request]:
    if where.has("attainment"):
        yield where.scale(("attainment",), (0, _PAPER), (1, looks.GREEN))


def _mood(where: _Where, key: str) -> Iterator[Request]:
    if where.has(key):
        yield where.scale((key,), (-2, looks.RED), (0, _PAPER), (2, looks.GREEN))


def _touchpoints(where: _Where) -> Iterator[Request]:
    yield from _mood(where, "emotion")
    if where.has("moment_of_truth"):
        cell = where.cell("moment_of_truth")
        formula = f'=ISNUMBER(MATCH(TRIM({cell});INDIRECT("cjm_yes");0))'
        yield where.when("moment_of_truth", formula, "#E3DAF0", looks.COMPUTED_INK)


def _day_moments(where: _Where) -> Iterator[Request]:
    yield from _mood(where, "mood")


def _pains(where: _Where) -> Iterator[Request]:
    if where.has("severity"):
        yield where.scale(("severity",), (1, _PAPER), (5, looks.RED))
    if where.has("hit", "observed"):
        for given, missing in (("hit", "observed"), ("observed", "hit")):
            half = f'=AND({where.cell(given)}<>"";{where.cell(missing)}="")'
            yield where.when(missing, half, looks.AMBER)
    if where.has("grade", "evidenced"):
        grade, score = where.cell("grade"), where.cell("evidenced")
        grades = {"A": looks.GREEN, "B": looks.MINT, "C": looks.SAND, "D": looks.PALE_ROSE}
        for letter, fill in grades.items():
            formula = f'=AND({grade}="{letter}";ISNUMBER({score}))'
            yield where.when("grade", formula, fill, looks.INK)
    if where.has("evidenced", "if_true"):
        yield where.scale(("evidenced", "if_true"), (0, _PAPER), (100, looks.BAR_STRONG))


def _actions(where: _Where) -> Iterator[Request]:
    if where.has("overdue"):
        yes = naming.word(where.language, "yes_no", "yes")
        late = {"type": "TEXT_EQ", "values": [{"userEnteredValue": yes}]}
        yield where.on(("overdue",), late, looks.ROSE, "#8C1D18")
    if where.has("status"):
        formula = f'=ISNUMBER(MATCH(TRIM({where.cell("status")});INDIRECT("cjm_closed");0))'
        yield where.when("status", formula, looks.MINT)


_OF_TABLE = {
    "Maps": _maps,
    "Stages": _stages,
    "Touchpoints": _touchpoints,
    "DayMoments": _day_moments,
    "Pains": _pains,
    "Actions": _actions,
}
