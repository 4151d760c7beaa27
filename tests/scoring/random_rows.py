"""Decides what people might type into a workbook: mostly sound values, and all that goes wrong."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cjm_sheets.tables.table import Raw
from tests.scoring import sheets

Row = Mapping[str, Raw]
Choose = Sequence[Raw]

SEVERITY: Choose = (*range(1, 6), *range(1, 6), None, 6, 2.5, "3", 0)
HIT: Choose = (0, 1, 2, 3, 3, 9, 40, None, None, "nine", 2.5, -1)
OBSERVED: Choose = (0, 3, 5, 12, 40, 40, 200, 200, None, None, "many", -4)
SHARE: Choose = (0, 0.2, 0.5, 0.9, 1, 0.2, 0.5, 0.9, None, None, None, 45, "half", -0.5)
YES: Choose = (True, "yes", "JA", "jā", "no", None, None, "да ", "perhaps", False)
EVIDENCE: Choose = ("E1; E2", "e1,E3", "E11", "E1\nE4 E5", None, None, "E77", "E2;E2", "E1;;E6")
STEP: Choose = ("T1", "T2 Product page", "t3", "T4 Shop; more", "T99", None, "T5", "T6")
SOURCE: Choose = ("survey", "interview", "review", "tea party", "what? ever|so", None)


def random_rows(seed: int, today: date) -> sheets.Rows:
    """Return the rows of the tables that formulas read or lie in; the same for the same seed."""
    typed = _Typed(random.Random(seed), today)  # noqa: S311 - test data
    steps = typed.table(typed.step, 8)
    steps[2] = typed.step(3)  # the first of two T3 has more than its id, so that Python sees it too
    return {
        "Maps": typed.table(typed.map, 4),
        "Stages": typed.table(typed.stage, 8),
        "Touchpoints": steps,
        "Pains": typed.table(typed.pain, 40),
        "Opportunities": typed.table(typed.opportunity, 25),
        "Actions": typed.table(typed.action, 8),
        "Evidence": typed.table(typed.evidence, 12),
        "Settings": typed.settings(),
    }


@dataclass
class _Typed:
    """Draws what somebody might type."""

    pick: random.Random
    today: date

    def table(self, of: Callable[[int], Row], many: int) -> list[Row]:
        """Return rows, some of which a template filled in no further than their id, some blank."""
        rows: list[Row] = []
        for row in map(of, range(1, many + 1)):
            chance = self.pick.random()
            rows.append(row if chance < 0.9 else {"id": row["id"]} if chance < 0.95 else {})
        return rows

    def some(self, *choices: Raw) -> Raw:
        """Return one of several cells."""
        return self.pick.choice(choices)

    def pain(self, i: int) -> Row:
        """Return a pain; more than half have sound numbers, some share an id."""
        row = {
            "id": f"N{i}" if i % 9 else "n2",
            "touchpoint": self.some(*STEP),
            "pain": self.some("slow", "dear", "far", "loud", None),
            "severity": self.some(*SEVERITY),
            "hit": self.some(*HIT),
            "observed": self.some(*OBSERVED),
            "guess": self.some(*SHARE),
            "reach": self.some(*SHARE),
            "evidence": self.some(*EVIDENCE),
            "extra_churn": self.some(*SHARE),
        }
        return row | self.sound_numbers(i) if self.pick.random() < 0.6 else row

    def sound_numbers(self, i: int) -> dict[str, Raw]:
        """Return what a pain needs for a score."""
        return {
            "pain": "slow",
            "severity": self.pick.randint(1, 5),
            "hit": i % 8,
            "observed": self.some(9, 40),
            "reach": self.pick.random(),
        }

    def step(self, i: int) -> Row:
        """Return a touchpoint; the fifth has the id of the third."""
        return {
            "id": f"T{i}" if i != 5 else "T3",
            "name": "step",
            "reach": self.some(*SHARE),
            "moment_of_truth": self.some(*YES),
        }

    def evidence(self, i: int) -> Row:
        """Return a source; the seventh has the id of the first."""
        return {
            "id": f"E{i}" if i != 7 else "E1",
            "source": self.some(*SOURCE),
            "finding": "this",
        }

    def opportunity(self, i: int) -> Row:
        """Return an idea for up to three pains."""
        glue = self.pick.choice(("; ", ",", "\n", " "))
        named = self.pick.sample(range(1, 40), self.pick.randint(0, 3))
        return {
            "id": f"O{i}",
            "pains": glue.join(f"n{n}" for n in named) or None,
            "opportunity": "idea",
            "relief": self.some(0, 0.5, 1, None, 1.5, "all"),
            "effort": self.some(1, 3, 5, None, 0, "big"),
        }

    def action(self, i: int) -> Row:
        """Return an action that is due about today."""
        due = self.today + timedelta(days=self.pick.randint(-2, 2))
        return {
            "id": f"A{i}",
            "action": "do it",
            "due": self.some(due, due, None, "soon"),
            "status": self.some("done", "DOING", "verworfen", None, "our own"),
        }

    def stage(self, i: int) -> Row:
        """Return a stage with a target, or something like it."""
        return {
            "id": f"S{i}",
            "name": "stage",
            "better": self.some("higher", "lower", "Niedriger", None),
            "target": self.some(0, 2, 80, None, "high"),
            "actual": self.some(0, 4, 60, None, "low"),
        }

    def map(self, i: int) -> Row:
        """Return a map that was reviewed, or not."""
        return {
            "id": f"M{i}",
            "title": "map",
            "cadence_days": self.some(30, 90, None, 0, "often"),
            "last_reviewed": self.some(date(2026, 1, 31), None, "never"),
        }

    def settings(self) -> list[Row]:
        """Return settings in any order; at times with a weight of 0, without a row or a value."""
        changed: dict[str, Raw] = {
            "customers": 1000,
            "review_days": self.some(90, None),
            "annual_value": self.some(200, None, "dear"),
            "weight_reach": self.some(1, 0, 2.5),
            "weight_severity": self.some(*(1,) * 9, -1),
            "moment_factor": self.some(1.25, 1.25, None, 0),
            "grade_C": self.some(0.5, 0.5, None),
        }
        rows: list[Row] = [
            {"key": key, "value": changed.get(key, value)} for key, value in sheets.SETTINGS
        ]
        if self.pick.random() < 0.3:
            rows = [row for row in rows if row["key"] != "severity_4"]
        self.pick.shuffle(rows)
        return rows
