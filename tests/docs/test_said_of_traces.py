"""The tables of events and measures are what a fleet tells."""

import re

from cjm_sheets.fleet.measures import MEASURES
from cjm_sheets.usecases.fleet_events import EVENTS
from tests.docs.test_said import table


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_all_events_are_told_with_all_that_is_told_of_them() -> None:
    told: dict[str, tuple[str, ...]] = {}
    for name, _, facts in table("docs/fleet.md", "event"):
        same = told["pair_kept"] if facts.startswith("the same") else ()
        told[names(name)[0]] = (*same, *names(facts))
    assert told == dict(EVENTS)


def test_all_measures_are_told_with_their_labels() -> None:
    told = [
        (names(name)[0], kind, *(names(label) or [""]))
        for name, kind, label, _ in table("docs/fleet.md", "measure")
    ]
    assert told == [
        (each.name, each.kind, *([each.label, *each.values] if each.label else [""]))
        for each in MEASURES
    ]
