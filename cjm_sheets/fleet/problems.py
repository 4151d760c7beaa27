"""Decides how problems of a fleet file are gathered while it is read: each with its line."""

from dataclasses import dataclass, field

from cjm_sheets.errors.fleet import FleetProblem
from cjm_sheets.fleet.lines import Path


@dataclass(slots=True)
class Problems:
    """What is wrong so far, and the lines of the text that is read."""

    lines: dict[Path, int]
    found: list[FleetProblem] = field(default_factory=list)

    def add(self, path: Path, kind: str, **facts: object) -> None:
        """Note a problem of a place; one that has no line of its own has that of what holds it."""
        self.found.append(FleetProblem(self.line(path), kind, facts))

    def line(self, path: Path) -> int:
        """Return the line of a place, from 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def in_order(self) -> tuple[FleetProblem, ...]:
        """Return all problems from the top of the file to its end."""
        return tuple(sorted(self.found, key=lambda each: each.line))
