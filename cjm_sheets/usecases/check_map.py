"""Decides what checking a map is: read it, score it, run the rules, count what they find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cjm_sheets.checks import report
from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.runner import run_all
from cjm_sheets.checks.view import View
from cjm_sheets.merge.base import pending_of
from cjm_sheets.model.journey import Mute
from cjm_sheets.ports.store import Store
from cjm_sheets.tables import circles
from cjm_sheets.tables.user_lists import added_values
from cjm_sheets.usecases.reading import Reading, read_map

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Checked:
    """A map with its findings, and with those that somebody muted, each with its mute."""

    reading: Reading
    findings: tuple[Finding, ...]
    muted: tuple[tuple[Finding, Mute], ...] = ()

    def fails(self, threshold: str) -> bool:
        """Tell whether something was found that is at least as bad as a severity."""
        bad = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        return any(finding.severity in bad for finding in self.findings)

    def document(self, *, show_muted: bool = False) -> dict[str, Any]:
        """Return the findings as a JSON-able document."""
        return report.document(self.findings, self.muted, show_muted=show_muted)

    def lines(self, language: str) -> list[str]:
        """Return the findings as lines of text."""
        return report.lines(self.findings, language, self.muted)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules to run, on which day, in which language to speak of what they find."""

    today: date
    language: str = "en"
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


def check_map(store: Store, wanted: Wanted) -> Checked:
    """Read a map and check it."""
    return check(read_map(store), wanted)


def check(reading: Reading, wanted: Wanted) -> Checked:
    """Check a map that was read."""
    with circles.not_looked_for():
        ran = run_all(view_of(reading, wanted), wanted.select, wanted.ignore)
    return Checked(reading, ran.findings, ran.muted)


def view_of(reading: Reading, wanted: Wanted) -> View:
    """Return a map that was read as rules see it."""
    return View(
        reading.workbook,
        reading.decoded,
        reading.scores,
        wanted.today,
        added_values(reading.snapshot.others),
        wanted.language,
        pending_of(reading.snapshot.memory),
        lambda: _ties(reading),
    )


def _ties(reading: Reading) -> tuple[tuple[int, ...], ...]:
    """Return the ranks at the top that are as good as tied, worked out when a rule asks."""
    from cjm_sheets.scoring.firmness_plain import tied_at_the_top  # noqa: PLC0415 - see late imports

    return tied_at_the_top(reading.scores, reading.workbook.settings)
