"""Decides which rows make up each map of a workbook, in the order of the customer's way."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from cjm_sheets.model import journey
from cjm_sheets.model.belonging import Belonging
from cjm_sheets.model.workbook import Workbook

_Row = TypeVar("_Row", bound=Any)

NO_WAY = frozenset({"day", "empathy"})
"""Types of maps that have no stages one after the other."""


@dataclass(frozen=True, slots=True)
class MapRows:
    """One map with all rows that belong to it.

    Stages and touchpoints come in the order of the way: by their order, then as they lie; a
    touchpoint whose stage is unknown comes last. `personas` are those that the map names.
    `evidence` is what its rows name; all there is in a workbook with a single map. Other rows
    come as they lie.
    """

    row: journey.Map
    stages: tuple[journey.Stage, ...]
    touchpoints: tuple[journey.Touchpoint, ...]
    personas: tuple[journey.Persona, ...]
    blueprint: tuple[journey.BlueprintStep, ...]
    day_moments: tuple[journey.DayMoment, ...]
    empathy: tuple[journey.EmpathyNote, ...]
    pains: tuple[journey.Pain, ...]
    highs: tuple[journey.High, ...]
    opportunities: tuple[journey.Opportunity, ...]
    actions: tuple[journey.Action, ...]
    metrics: tuple[journey.Metric, ...]
    evidence: tuple[journey.Evidence, ...]

    @property
    def is_way(self) -> bool:
        """Tell whether the map has stages one after the other, unlike a day or an empathy map."""
        return self.row.type not in NO_WAY

    @property
    def is_begun(self) -> bool:
        """Tell whether somebody wrote down what customers meet, do or feel."""
        return bool(self.touchpoints or self.empathy or self.day_moments)

    def touchpoints_of(self, stage: str) -> tuple[journey.Touchpoint, ...]:
        """Return the touchpoints that name a stage, in the order of the way."""
        return tuple(row for row in self.touchpoints if row.stage == stage)


def by_map(workbook: Workbook, belonging: Belonging) -> tuple[MapRows, ...]:
    """Return the maps of a workbook with their rows, without rows of no map or of several."""

    def split(table: str, rows: Iterable[_Row]) -> dict[str, tuple[_Row, ...]]:
        found: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in rows:
            found[belonging.map_of(table, row.line)].append(row)
        return {key: tuple(of) for key, of in found.items()}

    ordered = sorted(workbook.stages, key=_order)
    places = {row.id: at for at, row in reversed(list(enumerate(ordered)))}
    way = sorted(
        workbook.touchpoints, key=lambda row: (places.get(row.stage, math.inf), _order(row))
    )
    parts: dict[str, Any] = {
        "touchpoints": split("Touchpoints", way),
        "blueprint": split("Blueprint", workbook.blueprint),
        "day_moments": split("DayMoments", workbook.day_moments),
        "empathy": split("Empathy", workbook.empathy),
        "pains": split("Pains", workbook.pains),
        "highs": split("Highs", workbook.highs),
        "opportunities": split("Opportunities", workbook.opportunities),
        "actions": split("Actions", workbook.actions),
        "metrics": split("Metrics", workbook.metrics),
    }
    parts["stages"] = split("Stages", ordered)
    if len(workbook.maps) > 1:
        for rows in parts.values():
            rows[""] = ()  # what belongs to no map does not belong to one without an id
    return tuple(
        _one(workbook, row, {key: rows.get(row.id, ()) for key, rows in parts.items()})
        for row in workbook.maps
    )


def _order(row: journey.Stage | journey.Touchpoint) -> float:
    """Return where a row comes among its like; behind all others without an order."""
    return math.inf if row.order is None else row.order


def _one(workbook: Workbook, row: journey.Map, parts: dict[str, Any]) -> MapRows:
    """Return a map with its parts, its personas and its evidence."""
    personas = tuple(each for each in workbook.personas if each.id and each.id in set(row.personas))
    naming = (*parts["touchpoints"], *parts["pains"], *parts["highs"], *parts["empathy"], *personas)
    named = {id_ for each in naming for id_ in each.evidence}
    only = len(workbook.maps) == 1
    evidence = tuple(each for each in workbook.evidence if only or each.id in named)
    return MapRows(row=row, personas=personas, evidence=evidence, **parts)
