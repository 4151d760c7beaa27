"""Decides what is measured of a fleet, under which names, and how measurements add up.

Names and units are as Prometheus has them. No label has more values when there are more pairs.
"""

from dataclasses import dataclass
from typing import Literal

from cjm_sheets.ports.quota import KINDS

_PREFIX = "cjm_sheets_fleet_"
_INFINITE = "+Inf"
SUM = "sum"
STATES = ("in_step", "never", "waits", "failed")
RESULTS = ("kept", "waits", "failed")

Key = tuple[str, str]
"""A measure, and the value of its label; of a histogram the upper end of a bucket, or SUM."""
Amounts = dict[Key, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: a name, a sentence, and the values of its label if it has one.

    `buckets` are the upper ends of those of a histogram, in seconds.
    """

    name: str
    help: str
    kind: Literal["counter", "gauge", "histogram"]
    label: str = ""
    values: tuple[str, ...] = ("",)
    buckets: tuple[float, ...] = ()

    @property
    def ends(self) -> tuple[str, ...]:
        """The upper ends of all buckets, as they are written."""
        return (*map(str, self.buckets), _INFINITE)

    def bucket(self, amount: float) -> str:
        """Return the bucket that an amount falls into."""
        return next((str(end) for end in self.buckets if amount <= end), _INFINITE)


def _name(name: str) -> str:
    return _PREFIX + name


RUNS = Measure(_name("runs_total"), "Runs that came to their end.", "counter")
RUN_SECONDS = Measure(
    _name("run_duration_seconds"), "How long runs took.", "histogram",
    buckets=(1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0),
)  # fmt: skip
PAIR_RESULTS = Measure(
    _name("pair_syncs_total"), "Pairs that were taken up, by what became of them.", "counter",
    "result", RESULTS,
)  # fmt: skip
PAIR_SECONDS = Measure(
    _name("pair_duration_seconds"), "How long single pairs took, waiting for the quota included.",
    "histogram", buckets=(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
)  # fmt: skip
REQUESTS = Measure(
    _name("requests_total"), "Requests that left, by what Google counts apart.", "counter",
    "kind", KINDS,
)  # fmt: skip
REFUSED = Measure(
    _name("requests_refused_total"), "Requests that were refused as too many (429).", "counter",
    "kind", KINDS,
)  # fmt: skip
SENT = Measure(_name("sent_bytes_total"), "Bytes of requests, with their headers.", "counter")
RECEIVED = Measure(_name("received_bytes_total"), "Bytes of answers, as they travelled.", "counter")
PAIRS = Measure(_name("pairs"), "Pairs by how they stand.", "gauge", "state", STATES)
LEFT = Measure(_name("left_pairs"), "Pairs that the last run left to the next one.", "gauge")
CONFLICTS = Measure(_name("conflicts"), "Conflicts that wait to be settled.", "gauge")
OLDEST = Measure(
    _name("oldest_agreed_timestamp_seconds"), "When the pair was in step that was so least lately.",
    "gauge",
)  # fmt: skip
AGE = Measure(
    _name("oldest_agreed_age_seconds"), "How long ago that was, when this was written.", "gauge"
)
LAST_RUN = Measure(
    _name("last_run_timestamp_seconds"), "When the last run came to its end.", "gauge"
)
LAST_SUCCESS = Measure(
    _name("last_success_timestamp_seconds"), "When a run last ended with nothing that failed.",
    "gauge",
)  # fmt: skip
MEASURES = (
    RUNS, RUN_SECONDS, PAIR_RESULTS, PAIR_SECONDS, REQUESTS, REFUSED, SENT, RECEIVED,
    PAIRS, LEFT, CONFLICTS, OLDEST, AGE, LAST_RUN, LAST_SUCCESS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted, and how things stand after it."""

    counts: Amounts
    stand: Amounts


def count(counts: Amounts, measure: Measure, amount: float, label: str = "") -> None:
    """Add to a counter; of a histogram an amount is one more observation."""
    if measure.kind == "histogram":
        _add(counts, (measure.name, measure.bucket(amount)), 1)
        label = SUM
    _add(counts, (measure.name, label), amount)


def together(before: Measured, fresh: Measured) -> Measured:
    """Return what was measured before with what is measured now."""
    counts = dict(before.counts)
    for key, amount in fresh.counts.items():
        _add(counts, key, amount)
    return Measured(counts, before.stand | fresh.stand)


def _add(counts: Amounts, key: Key, amount: float) -> None:
    counts[key] = counts.get(key, 0) + amount
