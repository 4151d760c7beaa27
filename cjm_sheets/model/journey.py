"""Decides what a journey map consists of: one frozen value per row of each table.

Text that is missing is "", lists of references that are missing are (), everything else that is
missing is None. List values are their stable keys. Shares (pct) lie between 0 and 1. The field
`line` is the 1-based row of the sheet in which the value lies (0: it lies in none); it is not part
of what the value is, so two values that differ only there are equal.
"""

from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - a field of the field is called date


def _line() -> int:
    """Return the default of every `line`, left out of comparisons."""
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Map:
    """One journey of one or two personas, in one state (as it is, as it should be, ...)."""

    id: str = ""
    title: str = ""
    type: str = ""
    business_model: str = ""
    goal: str = ""
    vision: str = ""
    scenario: str = ""
    scope_start: str = ""
    scope_end: str = ""
    personas: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    owner: str = ""
    shared_with: str = ""
    cadence_days: int | None = None
    last_reviewed: Date | None = None
    version: str = ""
    status: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the customer is."""

    id: str = ""
    name: str = ""
    summary: str = ""
    age: int | None = None
    occupation: str = ""
    household: str = ""
    lifestyle: str = ""
    habits: str = ""
    needs: str = ""
    goals: str = ""
    motivations: str = ""
    frustrations: str = ""
    decision_factors: str = ""
    message: str = ""
    channels: str = ""
    buying_role: str = ""
    buying_stage: str = ""
    share: float | None = None
    quote: str = ""
    evidence: tuple[str, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the way, with what the customer wants there."""

    id: str = ""
    map: str = ""
    order: int | None = None
    name: str = ""
    phase: str = ""
    customer_goal: str = ""
    question: str = ""
    answer: str = ""
    entry_signal: str = ""
    success_metric: str = ""
    better: str = ""
    target: float | None = None
    actual: float | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One meeting of customer and company, and what it is like."""

    id: str = ""
    stage: str = ""
    personas: tuple[str, ...] = ()
    order: int | None = None
    name: str = ""
    channel: str = ""
    medium: str = ""
    ownership: str = ""
    action: str = ""
    thought: str = ""
    question: str = ""
    emotion: int | None = None
    feeling: str = ""
    why: str = ""
    motivation: str = ""
    expectation: str = ""
    need: str = ""
    goal: str = ""
    goal_met: str = ""
    importance: int | None = None
    satisfaction: int | None = None
    impact: int | None = None
    moment_of_truth: bool | None = None
    reach: float | None = None
    drop_off: float | None = None
    owner: str = ""
    resolves: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class BlueprintStep:
    """What the company does behind one touchpoint."""

    id: str = ""
    touchpoint: str = ""
    physical_evidence: str = ""
    frontstage: str = ""
    backstage: str = ""
    support: str = ""
    people: str = ""
    policy: str = ""
    technology: str = ""
    process: str = ""
    failure_point: bool | None = None
    recovery: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class DayMoment:
    """One moment of the customer's day, with or without the brand."""

    id: str = ""
    touchpoint: str = ""
    time: str = ""
    place: str = ""
    platform: str = ""
    mood: int | None = None
    with_brand: bool | None = None
    activity: str = ""
    unmet_need: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class EmpathyNote:
    """Something a persona says, thinks, does or feels."""

    id: str = ""
    persona: str = ""
    quadrant: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Pain:
    """What hurts at a touchpoint, in the customer's words: hit of observed people had it."""

    id: str = ""
    touchpoint: str = ""
    persona: str = ""
    pain: str = ""
    kind: str = ""
    severity: int | None = None
    hit: float | None = None
    observed: float | None = None
    guess: float | None = None
    reach: float | None = None
    evidence: tuple[str, ...] = ()
    extra_churn: float | None = None
    status: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class High:
    """A great moment at a touchpoint."""

    id: str = ""
    touchpoint: str = ""
    persona: str = ""
    high: str = ""
    evidence: tuple[str, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An idea that would relieve one or more pains."""

    id: str = ""
    pains: tuple[str, ...] = ()
    opportunity: str = ""
    kind: str = ""
    relief: float | None = None
    effort: int | None = None
    owner: str = ""
    status: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody will do until when, and how one will see that it worked."""

    id: str = ""
    opportunity: str = ""
    pains: tuple[str, ...] = ()
    map: str = ""
    action: str = ""
    owner: str = ""
    due: Date | None = None
    status: str = ""
    kpi: str = ""
    baseline: float | None = None
    target: float | None = None
    after: float | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source from which something is known."""

    id: str = ""
    source: str = ""
    who: str = ""
    kind: str = ""
    date: Date | None = None
    sample_size: int | None = None
    link: str = ""
    finding: str = ""
    quote: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured figure at a stage or a touchpoint."""

    id: str = ""
    stage: str = ""
    touchpoint: str = ""
    name: str = ""
    definition: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    unit: str = ""
    date: Date | None = None
    source: str = ""
    cadence_days: int | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in the product or the service."""

    id: str = ""
    date: Date | None = None
    what: str = ""
    significant: bool | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class WorkStep:
    """A step of the work on the map, and whether it was done."""

    id: str = ""
    step: str = ""
    status: str = ""
    date: Date | None = None
    note: str = ""
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Mute:
    """A finding that somebody decided to live with, for a reason and for a time."""

    rule: str = ""
    table: str = ""
    row: str = ""
    reason: str = ""
    until: Date | None = None
    line: int = _line()
