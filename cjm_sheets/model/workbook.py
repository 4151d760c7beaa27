"""Decides what a workbook of journey maps holds: the rows of all its tables, and its language."""

from dataclasses import dataclass

from cjm_sheets.model import journey
from cjm_sheets.model.scales import Settings


@dataclass(frozen=True, slots=True)
class Workbook:
    """All rows of all tables, in the order in which they lie on their sheets.

    An absent table is the same as an empty one here; what the file really has is in its tables.
    """

    maps: tuple[journey.Map, ...] = ()
    personas: tuple[journey.Persona, ...] = ()
    stages: tuple[journey.Stage, ...] = ()
    touchpoints: tuple[journey.Touchpoint, ...] = ()
    blueprint: tuple[journey.BlueprintStep, ...] = ()
    day_moments: tuple[journey.DayMoment, ...] = ()
    empathy: tuple[journey.EmpathyNote, ...] = ()
    pains: tuple[journey.Pain, ...] = ()
    highs: tuple[journey.High, ...] = ()
    opportunities: tuple[journey.Opportunity, ...] = ()
    actions: tuple[journey.Action, ...] = ()
    evidence: tuple[journey.Evidence, ...] = ()
    metrics: tuple[journey.Metric, ...] = ()
    changes: tuple[journey.Change, ...] = ()
    steps: tuple[journey.WorkStep, ...] = ()
    mutes: tuple[journey.Mute, ...] = ()
    settings: Settings = Settings()  # noqa: RUF009 - frozen, so that sharing one is safe
    language: str = "en"
