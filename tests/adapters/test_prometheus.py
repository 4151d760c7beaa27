"""Measurements add up, whoever made them, and reach Prometheus as it reads them."""

import threading
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cjm_sheets.adapters.fleet_sqlite.totals import SqliteTotals
from cjm_sheets.adapters.prometheus import as_text, served
from cjm_sheets.errors.machine import CannotListenError
from cjm_sheets.fleet import measures as of
from cjm_sheets.fleet.measures import Amounts, Measured, count, together

LABELS = {"fleet": 'a"b\\c\nd', "shard": ""}


def sample(seconds: float, kind: str = "reads") -> Measured:
    counts: Amounts = {}
    count(counts, of.RUNS, 1)
    count(counts, of.RUN_SECONDS, seconds)
    count(counts, of.REQUESTS, 2, kind)
    return Measured(counts, {(of.OLDEST.name, ""): 1000.0, (of.PAIRS.name, "failed"): seconds})


def values(text: bytes) -> dict[tuple[str, str], float]:
    found = {}
    for family in text_string_to_metric_families(text.decode()):
        assert family.documentation
        for each in family.samples:
            assert each.labels["fleet"] == LABELS["fleet"]
            labels = [each.labels.get(name, "") for name in ("le", "kind", "state", "result")]
            found[each.name, "".join(labels)] = each.value
    return found


def test_counters_go_on_and_states_are_replaced() -> None:
    both = together(sample(0.5), sample(20, "drive"))
    known = values(as_text(both, LABELS, lambda: 1600.0))
    assert known[of.RUNS.name, ""] == 2
    assert known[of.REQUESTS.name, "reads"] == known[of.REQUESTS.name, "drive"] == 2
    assert known[of.REQUESTS.name, "writes"] == 0
    assert known[of.PAIRS.name, "failed"] == 20
    assert known[of.AGE.name, ""] == 600
    name = of.RUN_SECONDS.name
    below = {end: known[f"{name}_bucket", end] for end in ("1.0", "15.0", "60.0", "+Inf")}
    assert below == {"1.0": 1, "15.0": 1, "60.0": 2, "+Inf": 2}
    assert (known[f"{name}_sum", ""], known[f"{name}_count", ""]) == (20.5, 2)


def test_a_histogram_bears_ends_that_another_version_had() -> None:
    old = Measured({(of.RUN_SECONDS.name, "0.7"): 3, (of.RUN_SECONDS.name, of.SUM): 1}, {})
    known = values(as_text(together(old, sample(2)), LABELS, lambda: 0.0))
    name = f"{of.RUN_SECONDS.name}_bucket"
    assert [known[name, end] for end in ("1.0", "5.0", "+Inf")] == [3, 4, 4]


def test_what_is_not_known_is_not_told() -> None:
    known = values(as_text(Measured({}, {}), LABELS, lambda: 0.0))
    assert (of.AGE.name, "") not in known
    assert known[of.RUNS.name, ""] == 0


def test_nothing_is_lost_where_many_add_at_once(tmp_path: Path) -> None:
    seen: list[float] = []

    def add() -> None:
        totals = SqliteTotals(tmp_path / "metrics.sqlite", "")
        for _ in range(20):
            with totals.adding(sample(0.5)) as known:
                seen.append(known.counts[of.RUNS.name, ""])

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(1, 81))
    with SqliteTotals(tmp_path / "metrics.sqlite", "2").adding(sample(1)) as other:
        assert other.counts[of.RUNS.name, ""] == 1  # another shard


def test_prometheus_can_ask_as_long_as_it_lasts() -> None:
    known = [sample(1)]
    with served(lambda: known[0], LABELS, ("127.0.0.1", 0), lambda: 1010.0) as port:
        address = f"http://127.0.0.1:{port}/metrics"
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert values(answer.read())[of.AGE.name, ""] == 10
        known[0] = together(known[0], sample(2))
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert values(answer.read())[of.RUNS.name, ""] == 2
        with (
            pytest.raises(CannotListenError),
            served(lambda: known[0], LABELS, ("127.0.0.1", port), lambda: 0.0),
        ):
            pass
    with served(lambda: known[0], LABELS, ("127.0.0.1", port), lambda: 0.0) as again:
        assert again == port


def test_a_name_that_is_no_address_is_told() -> None:
    with (
        pytest.raises(CannotListenError),
        served(lambda: sample(1), LABELS, ("no such host", 0), lambda: 0.0),
    ):
        pass
