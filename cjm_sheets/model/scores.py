"""Decides what is known of one pain after scoring; scoring computes it, everybody reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PainScore:
    """The numbers of one pain; None where an input is missing or impossible.

    Scores lie between 0 and 100, shares between 0 and 1, values in the map's currency a year.
    `position` is the index of the pain in the workbook's pains.
    """

    position: int
    id: str
    frequency: float | None
    n: float | None
    frequency_low: float | None
    frequency_high: float | None
    severity: float | None
    reach: float | None
    moment: float | None
    sources: int
    grade: str
    if_true: float | None
    evidenced: float | None
    value_at_risk: float | None = None
    value_low: float | None = None
    value_high: float | None = None

    @property
    def gap(self) -> float | None:
        """What better evidence could add: if true less evidenced."""
        if self.if_true is None or self.evidenced is None:
            return None
        return self.if_true - self.evidenced
