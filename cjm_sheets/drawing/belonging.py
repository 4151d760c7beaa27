"""Decides which map a row belongs to: the one that its references lead to, else the first one."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from cjm_sheets.drawing import tidy
from cjm_sheets.model import journey
from cjm_sheets.model.workbook import Workbook


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


def by_id(rows: Iterable[T]) -> dict[str, T]:
    """Return rows by their ids; of rows with the same id the first, of those without id none."""
    found: dict[str, T] = {}
    for row in rows:
        if row.id:
            found.setdefault(row.id, row)
    return found


class Belonging:
    """The references of a workbook, looked up; maps are told by their index."""

    def __init__(self, book: Workbook) -> None:
        self._maps = {row.id: at for at, row in reversed(list(enumerate(book.maps))) if row.id}
        self._stages = by_id(book.stages)
        self._touchpoints = by_id(book.touchpoints)
        self.pains = by_id(book.pains)
        self._opportunities = by_id(book.opportunities)

    def stage_of(self, touchpoint: journey.Touchpoint) -> journey.Stage | None:
        """Return the stage that a touchpoint names, None if there is none."""
        return self._stages.get(touchpoint.stage)

    def of_stage(self, stage: journey.Stage | None) -> int:
        """Return the map of a stage."""
        return 0 if stage is None else self._maps.get(stage.map, 0)

    def of_touchpoint(self, touchpoint_id: str) -> int:
        """Return the map of the touchpoint with this id."""
        touchpoint = self._touchpoints.get(touchpoint_id)
        return 0 if touchpoint is None else self.of_stage(self.stage_of(touchpoint))

    def of_pains(self, ids: Iterable[str]) -> set[int]:
        """Return the maps of all pains with these ids; the first one if there are none."""
        known = (self.pains[i] for i in ids if i in self.pains)
        return {self.of_touchpoint(pain.touchpoint) for pain in known} or {0}

    def of_action(self, action: journey.Action) -> set[int]:
        """Return the map that an action names, else those of its pains."""
        if action.map in self._maps:
            return {self._maps[action.map]}
        return self.of_pains(self.pains_of_action(action))

    def pains_of_action(self, action: journey.Action) -> tuple[str, ...]:
        """Return the ids of the pains of an action, and of those of the idea behind it."""
        idea = self._opportunities.get(action.opportunity)
        return (*tidy.ids(action.pains), *(tidy.ids(idea.pains) if idea else ()))
