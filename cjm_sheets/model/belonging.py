"""Decides to which map a row of any table belongs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cjm_sheets.model.workbook import Workbook


@dataclass(frozen=True)
class Belonging:
    """Finds the map of a row by what the row refers to, step by step."""

    workbook: Workbook

    def map_of(self, table: str, line: int) -> str:
        """Return the id of the map of the row in a line; "" if it belongs to none or to several.

        In a workbook with a single map everything belongs to that.
        """
        row = self._rows.get((table, line))
        return (self._of(table, row) if row is not None else "") or self._only

    def _of(self, table: str, row: Any) -> str:  # noqa: ANN401 - a row of any table
        by_reference: dict[str, Callable[[], str]] = {
            "Maps": lambda: row.id,
            "Personas": lambda: self._personas.get(row.id, ""),
            "Stages": lambda: row.map,
            "Touchpoints": lambda: self._stages.get(row.stage, ""),
            "Blueprint": lambda: self._touchpoints.get(row.touchpoint, ""),
            "DayMoments": lambda: self._touchpoints.get(row.touchpoint, ""),
            "Empathy": lambda: self._personas.get(row.persona, ""),
            "Pains": lambda: self._touchpoints.get(row.touchpoint, ""),
            "Highs": lambda: self._touchpoints.get(row.touchpoint, ""),
            "Opportunities": lambda: self._of_pains(row.pains),
            "Actions": lambda: (
                row.map or self._of_pains(row.pains) or self._opportunities.get(row.opportunity, "")
            ),
            "Metrics": lambda: (
                self._stages.get(row.stage, "") or self._touchpoints.get(row.touchpoint, "")
            ),
        }
        return by_reference.get(table, str)()

    @cached_property
    def _only(self) -> str:
        maps = self.workbook.maps
        return maps[0].id if len(maps) == 1 else ""

    @cached_property
    def _rows(self) -> dict[tuple[str, int], Any]:
        book = self.workbook
        tables: dict[str, tuple[Any, ...]] = {
            "Maps": book.maps,
            "Personas": book.personas,
            "Stages": book.stages,
            "Touchpoints": book.touchpoints,
            "Blueprint": book.blueprint,
            "DayMoments": book.day_moments,
            "Empathy": book.empathy,
            "Pains": book.pains,
            "Highs": book.highs,
            "Opportunities": book.opportunities,
            "Actions": book.actions,
            "Metrics": book.metrics,
        }
        return {(key, row.line): row for key, rows in tables.items() for row in rows}

    @cached_property
    def _stages(self) -> dict[str, str]:
        return {row.id: row.map or self._only for row in reversed(self.workbook.stages)}

    @cached_property
    def _touchpoints(self) -> dict[str, str]:
        steps = reversed(self.workbook.touchpoints)
        return {row.id: self._stages.get(row.stage, "") for row in steps}

    @cached_property
    def _pains(self) -> dict[str, str]:
        pains = reversed(self.workbook.pains)
        return {row.id: self._touchpoints.get(row.touchpoint, "") for row in pains}

    @cached_property
    def _opportunities(self) -> dict[str, str]:
        return {row.id: self._of_pains(row.pains) for row in self.workbook.opportunities}

    @cached_property
    def _personas(self) -> dict[str, str]:
        """The map of each persona that only one map names."""
        named = [(persona, row.id) for row in self.workbook.maps for persona in row.personas]
        return {
            persona: _single(id_ for other, id_ in named if other == persona)
            for persona in dict(named)
        }

    def _of_pains(self, pains: Iterable[str]) -> str:
        return _single(self._pains.get(pain, "") for pain in pains)


def _single(maps: Iterable[str]) -> str:
    """Return the map that all of these are, "" if they differ or there is none."""
    different = set(maps) - {""}
    return different.pop() if len(different) == 1 else ""
