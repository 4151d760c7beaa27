"""A sync is killed at every call of the system that writes: nothing is half, nothing is lost.

Eight maps with edits on both sides; a process syncs them and is killed with SIGKILL as its nth
writing call begins. Then the sides are looked at, a second run has to come to what a run without a
kill comes to, and a third one has to be quiet. A sample of the calls is tried, with
CJM_SHEETS_LONG=1 each of them.
"""

import os
import random
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from tests.sync.eight_maps import EIGHT, Case
from tests.sync.real_pair import Kept, Pair, Said, computed, sides_of_each_step, texts
from tests.sync.stepping import SCRIPT
from tests.sync.traced import killed_at, recorded, strace

T = TypeVar("T")
LONG = bool(os.environ.get("CJM_SHEETS_LONG"))
SAMPLE = 2
"""How many calls of each map are tried in the short profile."""
TRIED = EIGHT if LONG else [case for case in EIGHT if case.name in {"first push", "conflict"}]
STEPPED = EIGHT if LONG else [case for case in EIGHT if case.name == "both ways"]


class Expected:
    """What a run that nobody kills comes to, and what both sides said on the way."""

    def __init__(self, case: Case, pair: Pair) -> None:
        self.case = case
        with sides_of_each_step(pair) as (self.here, self.there):
            ran = pair.sync(*case.words)
        assert ran.code == case.code, ran.err
        self.end: tuple[Said, Said] = pair.here(), pair.there()
        self.results = computed(pair.file().read())
        quiet(pair, case)

    def check_killed(self, pair: Pair) -> None:
        """Check what a killed run left."""
        pair.opens()
        pair.runs()
        assert pair.here() in self.here, "the workbook is neither as before nor as after a step"
        if pair.spreadsheet:
            assert pair.there() in self.there, "the shared copy is half"

    def check_healed(self, pair: Pair) -> None:
        """Check that the next run comes to what this one came to, and the one after is quiet."""
        ran = pair.sync(*(() if pair.remembered() else self.case.words), *self._prefer())
        assert ran.code == self.case.code, ran.err
        assert (pair.here(), pair.there()) == self.end
        assert computed(pair.file().read()) == self.results
        everywhere = texts(pair.here()) | texts(pair.there())
        kept = pair.kept()
        assert [text for text in pair.typed if text not in everywhere and text not in kept] == []
        runs = pair.runs()
        assert [began for _, began, _ in runs] == sorted(began for _, began, _ in runs)
        quiet(pair, self.case)

    def _prefer(self) -> tuple[str, ...]:
        return self.case.words if self.case.linked else ()


def quiet(pair: Pair, case: Case) -> None:
    """Check that a sync with nothing to do does nothing."""
    before, there, runs = pair.workbook.read_bytes(), pair.there(), pair.runs()
    ran = pair.sync("--json")
    assert ran.code == case.code, ran.err
    assert ran.document["requests"]["write"] == 0
    assert (ran.document["pushed"], ran.document["pulled"]) == ([], [])
    assert pair.workbook.read_bytes() == before
    assert (pair.there(), pair.runs()) == (there, runs)


def chosen(steps: list[T], case: Case) -> list[T]:
    """Return what is to be tried."""
    if LONG:
        return steps
    dice = random.Random(case.name)  # noqa: S311 - a test wants the same draws again
    return sorted(dice.sample(steps, SAMPLE), key=steps.index)


@pytest.mark.strace
@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.name)
def test_killed_at_each_call_that_writes(tmp_path: Path, case: Case) -> None:
    strace()
    kept = case.kept(tmp_path / "kept")
    with kept.copied(tmp_path / "expected") as pair:
        expected = Expected(case, pair)
    with kept.copied(tmp_path / "recorded") as pair:
        steps = recorded(pair, case.words)
    tried = [(str(step), partial(killed_at, step=step)) for step in chosen(steps, case)]
    check_all(case, expected, kept, tried, tmp_path)


@pytest.mark.parametrize("case", STEPPED, ids=lambda case: case.name)
def test_killed_at_each_step_that_python_sees(tmp_path: Path, case: Case) -> None:
    kept = case.kept(tmp_path / "kept")
    notes = tmp_path / "notes.txt"

    def stepped(pair: Pair, words: tuple[str, ...], number: int) -> bool:
        ran = pair.started(
            sys.executable, str(SCRIPT), str(number), str(notes),
            "sync", str(pair.workbook), *words,
        )  # fmt: skip
        assert "Traceback" not in ran.err, ran.err
        return ran.code not in {0, 1}

    with kept.copied(tmp_path / "expected") as pair:
        expected = Expected(case, pair)
    with kept.copied(tmp_path / "noted") as pair:
        assert not stepped(pair, case.words, 0)
    steps = [*enumerate(notes.read_text("utf-8").splitlines(), start=1)]
    assert {"sqlite commit", "fsync", "sendall", "begin", "open .part"} <= {s for _, s in steps}
    tried = [(f"{n}: {s}", partial(stepped, number=n)) for n, s in chosen(steps, case)]
    check_all(case, expected, kept, tried, tmp_path)


def check_all(
    case: Case,
    expected: Expected,
    kept: Kept,
    tried: Sequence[tuple[str, Callable[..., bool]]],
    place: Path,
) -> None:
    """Let each run be killed in its way, and check what comes of it."""
    wrong, kills = [], 0
    for step, killed in tried:
        with kept.copied(place / "try") as pair:
            was = killed(pair, words=case.words)
            kills += was  # one that had an answer in fewer parts comes to its end before the call
            try:
                if was:
                    expected.check_killed(pair)
                expected.check_healed(pair)
            except AssertionError as error:
                wrong.append(f"{step}: {error}")
                print(wrong[-1])  # noqa: T201
    print(f"\n{case.name}: {len(tried)} calls, {kills} kills, {len(wrong)} wrong")  # noqa: T201
    assert wrong == []
    assert kills > len(tried) * 0.9
