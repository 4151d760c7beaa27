"""Decides what is known of a run of a fleet at its end, and what of that the log tells."""

from dataclasses import dataclass

from cjm_sheets.ports.observer import Event
from cjm_sheets.ports.quota import KINDS, Used
from cjm_sheets.usecases.run_fleet import Ran


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to its end: what it did, how its command ends, what it asked of services.

    `at` is in seconds since 1970.
    """

    ran: Ran
    code: int
    used: Used
    at: float


def run_ended(ended: Ended) -> Event:
    """Return that a run came to its end, and what all of it came to."""
    ran = ended.ran
    waits = sum(each.waits for each in ran.kept)
    requests = {str(kind): ended.used.spent.get(kind, 0) for kind in KINDS}
    facts = {
        "due": ran.due,
        "kept": len(ran.kept) - len(ran.failures) - waits,
        "waits": waits,
        "failed": len(ran.failures),
        "left": ran.left,
        "resting": len(ran.resting),
        "conflicts": sum(each.standing.health.conflicts for each in ran.kept),
        **requests,
        "refused": sum(ended.used.refused.values()),
        "bytes_sent": ended.used.sent,
        "bytes_received": ended.used.received,
        "seconds": round(ran.seconds, 3),
        "stopped": ran.stopped,
        "exit_code": ended.code,
    }
    return Event("run_ended", facts)
