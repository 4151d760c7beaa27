"""Decides which events a fleet's log tells of, and what is told of each."""

from collections.abc import Callable, Mapping
from typing import Any

from cjm_sheets.errors import CjmError
from cjm_sheets.fleet.due import Due, Why
from cjm_sheets.ports.observer import Event
from cjm_sheets.ports.quota import KINDS, Kind
from cjm_sheets.usecases.keep_pair import Kept
from cjm_sheets.usecases.wall_map import beside

Say = Callable[[CjmError], str]

_PAIR = ("workbook", "why")
_WORK = (
    "generation", "pushed", "pulled", "conflicts",
    "reads", "writes", "bytes_sent", "bytes_received", "seconds",
)  # fmt: skip
_ERROR = ("error", "message")
EVENTS: Mapping[str, tuple[str, ...]] = {
    "run_begun": ("pairs",),
    "feed_heard": ("service", "changes"),
    "feed_lost": ("service",),
    "feed_not_allowed": ("service", *_ERROR),
    "service_unreachable": ("service", *_ERROR),
    "pair_begun": _PAIR,
    "pair_kept": (*_PAIR, *_WORK),
    "pair_waits": (*_PAIR, *_WORK, *_ERROR),
    "pair_failed": (*_PAIR, *_WORK, "failures", *_ERROR),
    "map_drawn": ("workbook", "drawing"),
    "map_not_drawn": ("workbook", "drawing", *_ERROR),
    "requests_held": ("kind", "retry_after"),
    "stop_asked": (),
    "workbook_not_found": _ERROR,
    "run_ended": (
        "due", "kept", "waits", "failed", "left", "resting", "conflicts", *KINDS, "refused",
        "bytes_sent", "bytes_received", "seconds", "stopped", "exit_code",
    ),
    "run_failed": _ERROR,
    "metrics_not_written": _ERROR,
}  # fmt: skip
"""All events by name, with the names of their facts; both stay as they are."""


def pair_begun(due: Due) -> Event:
    """Return that a pair is taken up."""
    return Event("pair_begun", _pair(due))


def pair_ended(kept: Kept, say: Say) -> Event:
    """Return what became of a pair."""
    facts = _pair(kept.due) | {
        "generation": kept.standing.health.generation,
        "pushed": kept.pushed,
        "pulled": kept.pulled,
        "conflicts": kept.standing.health.conflicts,
        "reads": kept.traffic.read,
        "writes": kept.traffic.write,
        "bytes_sent": kept.traffic.bytes_sent,
        "bytes_received": kept.traffic.bytes_received,
        "seconds": round(kept.seconds, 3),
    }
    if kept.error is None:
        return Event("pair_kept", facts)
    why = error_facts(kept.error, say)
    if kept.waits:
        return Event("pair_waits", facts | why, "warning")
    return Event("pair_failed", facts | {"failures": kept.standing.failures} | why, "error")


def map_drawn(kept: Kept, say: Say) -> Event | None:
    """Return what became of the drawing beside a workbook, None if it is as it was."""
    wall = kept.wall
    if wall is None or not (wall.is_new or wall.error):
        return None
    facts = {"workbook": kept.due.pair.key, "drawing": beside(kept.due.pair.key)}
    if wall.error is None:
        return Event("map_drawn", facts)
    return Event("map_not_drawn", facts | error_facts(wall.error, say), "warning")


def held_elsewhere(refused: Mapping[Kind, int]) -> list[Event]:
    """Return the refusals that another machine met; it does not tell what it was asked to wait."""
    facts = (
        {"kind": kind, "retry_after": None} for kind in KINDS for _ in range(refused.get(kind, 0))
    )
    return [Event("requests_held", each, "warning") for each in facts]


def feed_heard(service: str, changes: int) -> Event:
    """Return that a service told what changed."""
    return Event("feed_heard", {"service": service, "changes": changes})


def feed_lost(service: str) -> Event:
    """Return that nobody knows what changed: all pairs of a service are looked at."""
    return Event("feed_lost", {"service": service}, "warning")


def not_to_be_asked(name: str, service: str, error: CjmError, say: Say) -> Event:
    """Return that a service, or its feed, cannot be asked."""
    return Event(name, {"service": service, **error_facts(error, say)}, "warning")


def failed(name: str, error: CjmError, say: Say) -> Event:
    """Return that a run, or something beside it, failed."""
    return Event(name, error_facts(error, say), "error")


def error_facts(error: CjmError, say: Say) -> dict[str, Any]:
    """Return what is told of a failure: its kind, which stays as it is, and a sentence."""
    return {"error": type(error).__name__, "message": say(error)}


def _pair(due: Due) -> dict[str, Any]:
    return {"workbook": due.pair.key, "why": Why(due.why).name.lower()}
