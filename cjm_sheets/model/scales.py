"""Decides the scales, weights and limits by which a map is judged, unless its Settings say so."""

from dataclasses import dataclass, field

SEVERITY = (0.10, 0.25, 0.50, 0.75, 1.00)
"""What severity 1 to 5 counts in a score; policy, not statistics."""

GRADE_FACTOR = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.2}
"""What the quality of the evidence leaves of a score; policy, not statistics."""

Z_ONE_SIDED_90 = 1.2816
"""The 90 % quantile of the standard normal distribution, to four decimals."""

LIMITS = {
    "stages_fewest": 3,
    "stages_most": 12,
    "touchpoints_in_stage": 15,
    "touchpoints_in_map": 100,
    "personas_in_map": 2,
    "alike_share": 0.85,
    "few_people": 5,
    "small_sample": 30,
    "unrated_share": 0.2,
    "flat_range": 1,
    "one_stage_share": 0.6,
    "moments_most": 3,
    "severe_from": 4,
    "worst_share": 0.5,
}
"""From where on the checks find fault, unless Settings say otherwise; shares are 0 to 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the Settings table holds; a value that is missing or no number there is None here.

    Weights are plain numbers of at least 0, of which only the proportion counts. `severity` holds
    five factors for severity 1 to 5, `grades` one factor for each of A to D. Days are whole days.
    Shares lie between 0 and 1; `annual_value` is in `currency` a customer and year.
    """

    weight_severity: float | None = 1.0
    weight_frequency: float | None = 1.0
    weight_reach: float | None = 1.0
    severity: tuple[float | None, ...] = SEVERITY
    grades: tuple[tuple[str, float | None], ...] = tuple(GRADE_FACTOR.items())
    moment_factor: float | None = 1.25
    z: float | None = Z_ONE_SIDED_90
    review_days: float | None = 90
    overdue_days: float | None = 182
    evidence_days: float | None = 365
    customers: float | None = None
    annual_value: float | None = None
    retention_now: float | None = None
    retention_target: float | None = None
    currency: str = ""
    severities: tuple[tuple[str, str], ...] = field(default=())
    """Severity that the workbook gives a rule: (rule id, error | warning | info | off)."""

    limits: tuple[tuple[str, float], ...] = field(default=())
    """Limits of checks that differ from LIMITS: (key, number)."""

    def limit(self, key: str) -> float:
        """Return a limit of the checks, the usual one where Settings have none."""
        return dict(self.limits).get(key, LIMITS[key])

    def grade_factor(self, grade: str) -> float | None:
        """Return the factor of a grade A to D, None if it is missing."""
        return dict(self.grades).get(grade)
