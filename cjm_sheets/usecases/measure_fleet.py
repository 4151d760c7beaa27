"""Decides what a run of a fleet adds to the measurements, and how the fleet stands after it."""

from collections import Counter
from collections.abc import Mapping

from cjm_sheets.fleet import measures as of
from cjm_sheets.fleet.measures import Amounts, Measured, count
from cjm_sheets.ports.quota import KINDS
from cjm_sheets.ports.standings import Standing
from cjm_sheets.usecases.fleet_ended import Ended
from cjm_sheets.usecases.fleet_status import Row
from cjm_sheets.usecases.keep_pair import Kept

_FINDINGS = 1


def measured(ended: Ended, known: Mapping[str, Standing]) -> Measured:
    """Return what a run adds to the counts, and how its pairs stand after it."""
    return Measured(_counts(ended), _stand(ended, known))


def _counts(ended: Ended) -> Amounts:
    counts: Amounts = {}
    count(counts, of.RUNS, 1)
    count(counts, of.RUN_SECONDS, ended.ran.seconds)
    for kept in ended.ran.kept:
        count(counts, of.PAIR_RESULTS, 1, _result(kept))
        count(counts, of.PAIR_SECONDS, kept.seconds)
    for kind in KINDS:
        count(counts, of.REQUESTS, ended.used.spent.get(kind, 0), kind)
        count(counts, of.REFUSED, ended.used.refused.get(kind, 0), kind)
    count(counts, of.SENT, ended.used.sent)
    count(counts, of.RECEIVED, ended.used.received)
    return counts


def _result(kept: Kept) -> str:
    if kept.waits:
        return "waits"
    return "kept" if kept.error is None else "failed"


def _stand(ended: Ended, known: Mapping[str, Standing]) -> Amounts:
    pairs = ended.ran.looked_at
    rows = [Row(pair, known.get(pair.key) or Standing(pair.key), None) for pair in pairs]
    states = Counter(row.state for row in rows)
    stand: Amounts = {(of.PAIRS.name, state): states[state] for state in of.STATES}
    stand[of.LEFT.name, ""] = ended.ran.left
    stand[of.CONFLICTS.name, ""] = sum(row.standing.health.conflicts for row in rows)
    agreed = [row.standing.synced for row in rows if row.standing.synced]
    if agreed:
        stand[of.OLDEST.name, ""] = min(agreed)
    stand[of.LAST_RUN.name, ""] = ended.at
    if ended.code <= _FINDINGS:
        stand[of.LAST_SUCCESS.name, ""] = ended.at
    return stand
