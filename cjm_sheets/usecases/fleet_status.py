"""Decides what is told of how a fleet stands, from what the last runs kept; no network is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from cjm_sheets.fleet.cost import Cost, cost
from cjm_sheets.fleet.due import Due, Pair, Why
from cjm_sheets.ports.standings import Standing
from cjm_sheets.words import moments
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_HEADS = (
    N_("Workbook"),
    N_("Last in step"),
    N_("State"),
    N_("Conflicts"),
    N_("Errors"),
    N_("Warnings"),
    N_("Grade"),
    N_("Next review"),
)
_STATES = {
    "never": N_("not synced yet"),
    "failed": N_("failed"),
    "waits": N_("the workbook was in use"),
    "due": N_("due"),
    "in_step": N_("in step"),
}


@dataclass(frozen=True)
class Row:
    """How one pair stands; `due` is why it would be taken up now, None if it would not."""

    pair: Pair
    standing: Standing
    due: Why | None

    @property
    def state(self) -> str:
        """In one word, a key of the sentences."""
        if self.standing.failures:
            return "failed"
        if self.standing.waits:
            return "waits"
        if not self.standing.synced:
            return "never"
        return "in_step" if self.due is None else "due"

    def late(self, today: date) -> bool:
        """Tell whether a map was to be reviewed by now."""
        review = self.standing.health.review
        return bool(review) and review < today.isoformat()


@dataclass(frozen=True)
class FleetStatus:
    """How a fleet stands at a moment (seconds since 1970)."""

    rows: Sequence[Row]
    least: Cost
    seconds: float
    now: float
    today: date

    def document(self) -> dict[str, Any]:
        """Return this as a JSON-able document."""
        oldest = min(
            (row.standing.synced for row in self.rows if row.standing.synced), default=None
        )
        return {
            "pairs": [self._one(row) for row in self.rows],
            "due": sum(row.due is not None for row in self.rows),
            "failed": sum(row.state == "failed" for row in self.rows),
            "conflicts": sum(row.standing.health.conflicts for row in self.rows),
            "overdue_reviews": sum(row.late(self.today) for row in self.rows),
            "oldest_age": None if oldest is None else round(self.now - oldest),
            "least_requests": {
                "reads": self.least.reads,
                "writes": self.least.writes,
                "drive": self.least.drive,
            },
            "least_seconds": round(self.seconds),
        }

    def _one(self, row: Row) -> dict[str, Any]:
        at, health = row.standing, row.standing.health
        return {
            "workbook": row.pair.key,
            "state": row.state,
            "due": None if row.due is None else row.due.name.lower(),
            "service": at.service or None,
            "spreadsheet": at.spreadsheet or None,
            "in_step": moments.iso(at.synced),
            "age": round(self.now - at.synced) if at.synced else None,
            "generation": health.generation,
            "conflicts": health.conflicts,
            "findings": {
                "error": health.errors, "warning": health.warnings, "info": health.infos,
            },
            "grade": health.grade or None,
            "next_review": health.review or None,
            "review_is_overdue": row.late(self.today),
            "failures": at.failures,
            "message": at.said or None,
        }  # fmt: skip

    def lines(self, language: str, zone: tzinfo | None = None) -> list[str]:
        """Return this as a table, and what a run would cost; times are those of where one is."""
        table = [[say(language, head) for head in _HEADS]]
        table += [self._cells(row, language, zone) for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        told = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in table
        ]
        told += [f"{row.pair.key}: {row.standing.said}" for row in self.rows if row.standing.said]
        words = N_(
            "Due: {due}. Requests of the next run, at the least: {requests}; minutes, within the"
            " quota: {minutes}."
        )
        due = sum(row.due is not None for row in self.rows)
        minutes = int(-(-self.seconds // 60))
        return [*told, say(language, words, due=due, requests=self.least.total, minutes=minutes)]

    def _cells(self, row: Row, language: str, zone: tzinfo | None) -> list[str]:
        at, health = row.standing, row.standing.health
        when = moments.shown(at.synced, zone)
        return [
            row.pair.key,
            when if at.synced else "–",
            say(language, _STATES[row.state]),
            str(health.conflicts),
            str(health.errors),
            str(health.warnings),
            health.grade or "–",
            health.review + (" !" if row.late(self.today) else "") or "–",
        ]


def fleet_status(
    pairs: Sequence[Pair],
    known: Mapping[str, Standing],
    dues: Sequence[Due],
    at: tuple[float, date],
    share: float,
) -> FleetStatus:
    """Return how pairs stand; `at` is the moment and the day, `share` the part of the quota."""
    now, today = at
    reasons = {due.pair.key: due.why for due in dues}
    rows = tuple(
        Row(pair, known.get(pair.key) or Standing(pair.key), reasons.get(pair.key))
        for pair in pairs
    )
    services = {row.standing.service for row in rows if row.standing.service}
    least = cost(dues, feeds=len(services))
    return FleetStatus(rows, least, least.seconds(share), now, today)
