"""Decides what scoring a map gives: the ranking, how firm it is, as a document and as text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cjm_sheets.ports.store import Store
from cjm_sheets.scoring import report
from cjm_sheets.scoring.firmness import Firmness, firmness
from cjm_sheets.usecases.reading import Reading, read_map


@dataclass(frozen=True)
class Scored:
    """A map with its ranking."""

    reading: Reading

    @cached_property
    def firmness(self) -> Firmness:
        """How well the ranking holds under other weights."""
        return firmness(self.reading.scores, self.reading.workbook.settings)

    def document(self) -> dict[str, Any]:
        """Return the scores as a JSON-able document."""
        return report.document(self.reading.workbook, self.reading.scores, self.firmness)

    def lines(self, language: str) -> list[str]:
        """Return the ranking as lines of text."""
        reading = self.reading
        return report.lines(reading.workbook, reading.scores, self.firmness, language)


def score_map(store: Store) -> Scored:
    """Read a map and score it."""
    return Scored(read_map(store))
