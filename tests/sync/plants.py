"""Decides which bugs are planted into sync, to see that the random machine would find them.

Each leaves out one thing that keeps edits from being lost, and nothing else.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from cjm_sheets.adapters.gsheets import guarding, record, store
from cjm_sheets.adapters.gsheets.guarding import Batch, Before
from cjm_sheets.adapters.gsheets.store import SharedCopy
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Store
from cjm_sheets.sync import plan as planning
from cjm_sheets.sync.apply import Done, carry_out
from cjm_sheets.sync.plan import Copies
from cjm_sheets.sync.steps import Plan
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases import sync_map
from tests.stores.memory import MemoryStore

Plant = Callable[[pytest.MonkeyPatch], None]


def base_too_early(patch: pytest.MonkeyPatch) -> None:
    """The workbook remembers what was agreed on before the shared copy has it."""

    def too_early(plan: Plan, workbook: Store, shared: Store, copies: Copies) -> Done:
        done = carry_out(replace(plan, to_shared=Changes()), workbook, shared, copies)
        if not plan.to_shared.is_nothing:
            shared.apply(plan.to_shared, copies.shared)
        return done

    patch.setattr(sync_map, "carry_out", too_early)


def ids_after_the_push(patch: pytest.MonkeyPatch) -> None:
    """New rows of the workbook get their ids there only once the shared copy has them."""

    def too_late(plan: Plan, workbook: Store, shared: Store, copies: Copies) -> Done:
        if not plan.to_shared.is_nothing:
            shared.apply(plan.to_shared, copies.shared)
        return carry_out(replace(plan, to_shared=Changes()), workbook, shared, copies)

    patch.setattr(sync_map, "carry_out", too_late)


def pre_image_ignored(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at the copies of the rows that a write was about to touch."""
    patch.setattr(record, "astray", lambda *_: ())
    patch.setattr(guarding, "not_as_written", lambda *_: False)


def last_record_ignored(patch: pytest.MonkeyPatch) -> None:
    """What a job left that died right after its write is looked at by nobody."""
    seen = store._seen  # noqa: SLF001 - this is where a bug would be

    def without(answer: Mapping[str, Any], spreadsheet: str) -> Any:
        return replace(seen(answer, spreadsheet), astray=())

    patch.setattr(store, "_seen", without)


def no_file_check(patch: pytest.MonkeyPatch) -> None:
    """A workbook is replaced by what was read and changed, though somebody saved it since."""
    read, apply = MemoryStore.read, MemoryStore.apply
    as_read: dict[tuple[int, str], list[list[list[Raw]]]] = {}

    def remembering(self: MemoryStore) -> Snapshot:
        snapshot = read(self)
        as_read[id(self), snapshot.stamp] = [[[*row] for row in each.rows] for each in self.sheets]
        return snapshot

    def blindly(self: MemoryStore, changes: Changes, since: Snapshot) -> Outcome:
        there = as_read.get((id(self), since.stamp), [])
        for sheet, rows in zip(self.sheets, there, strict=False):
            if not changes.is_nothing and not self.busy:
                sheet.rows = [[*row] for row in rows]
        return apply(self, changes, replace(since, stamp=str(self.writes)))

    patch.setattr(MemoryStore, "read", remembering)
    patch.setattr(MemoryStore, "apply", blindly)


def filter_ignored(patch: pytest.MonkeyPatch) -> None:
    """Rows are copied and written while a filter hides some of them."""
    batch = guarding.batch

    def unfiltered(steps: Any, heads: Any, before: Before, generation: int) -> Batch:
        made = batch(steps, heads, replace(before, filters={}), generation)
        asked = [each for each in made.body["requests"] if "clearBasicFilter" not in each]
        return replace(made, body={**made.body, "requests": asked})

    patch.setattr(guarding, "batch", unfiltered)


def late_job_passes(patch: pytest.MonkeyPatch) -> None:
    """A job that comes late takes the generation of now for the one that it read."""
    write = SharedCopy._write  # noqa: SLF001 - this is where a bug would be

    def late(self: SharedCopy, *given: Any) -> None:
        with pytest.MonkeyPatch.context() as here:
            # The steps of jobs are counted without this request, which no job makes.
            here.setattr(self._transport, "gate", lambda: None, raising=False)
            now = store._seen(self._ask(), self.spreadsheet)  # noqa: SLF001
        self._seen = replace(self._seen, record=now.record, sheets=now.sheets)
        write(self, *given)

    patch.setattr(SharedCopy, "_write", late)


def id_reused(patch: pytest.MonkeyPatch) -> None:
    """Ids are not drawn: each side takes the next one that is free there."""

    def next_free(prefix: str, taken: Container[str], _draw: object) -> str:
        return next(id_ for n in count() if (id_ := f"{prefix}A{n:04}") not in taken)

    patch.setattr(planning, "new_id", next_free)


JOBS = "a_job_begins a_job_goes_on a_job_ends a_whole_sync"
ROWS = "a_colleague_sorts a_colleague_deletes_a_row a_colleague_adds_a_row"
FOUND: Mapping[Plant, str] = {
    base_too_early: f"a_person_types the_service_fails {JOBS}",
    pre_image_ignored: f"a_person_types a_colleague_types {ROWS} {JOBS}",
    last_record_ignored: f"a_person_types a_colleague_types {ROWS} {JOBS}",
    no_file_check: f"a_person_types a_colleague_types {JOBS}",
    id_reused: f"a_person_adds_a_row {JOBS}",
}
"""Bugs that some hundreds of random runs find, and what has to happen for each to do harm.

The others do harm in the rarest cases alone.
"""

TOLD: Mapping[Plant, str] = {
    # A job dies when the workbook remembers an edit that the shared copy has not got yet.
    base_too_early: """
        a_person_types who=0 place=0 key=action
        a_job_begins who=0
        a_job_goes_on steps=5
        a_job_ends kills=1
    """,
    # A colleague types between a job's reading and its writing, into the very cell.
    pre_image_ignored: """
        a_person_types who=0 place=0 key=action
        a_job_begins who=0
        a_job_goes_on steps=3
        a_colleague_types place=0 key=action how=types
        a_job_ends kills=0
    """,
    # The same, and the job dies before it can look at what it wrote.
    last_record_ignored: """
        a_person_types who=0 place=0 key=action
        a_job_begins who=0
        a_job_goes_on steps=3
        a_colleague_types place=0 key=action how=types
        a_job_goes_on steps=2
        a_job_ends kills=1
    """,
    # A person saves the workbook while a job is about to write into it.
    no_file_check: """
        a_colleague_types place=0 key=action how=types
        a_job_begins who=0
        a_job_goes_on steps=4
        a_person_types who=0 place=1 key=action
        a_job_ends kills=0
    """,
    # Two people add a row each, and a job dies that gave one of them its id.
    id_reused: """
        a_person_adds_a_row who=0 place=3
        a_person_adds_a_row who=1 place=3
        a_job_begins who=0
        a_job_goes_on steps=5
        a_job_ends kills=1
        a_whole_sync who=1
        a_whole_sync who=0
    """,
    # A job dies between the push of a new row and its id; the person goes on with that row.
    ids_after_the_push: """
        a_person_adds_a_row who=0 place=3
        a_job_begins who=0
        a_job_goes_on steps=5
        a_job_ends kills=1
        a_person_types who=0 place=3 key=action
    """,
    # A colleague types into a row that a filter hides, between a job's reading and its writing.
    filter_ignored: """
        a_colleague_filters place=0 hides=1
        a_person_types who=0 place=0 key=action
        a_job_begins who=0
        a_job_goes_on steps=3
        a_colleague_types place=0 key=action how=types
        a_job_ends kills=0
    """,
    # Two jobs have read; the first overwrites a colleague's edit and dies before it can look.
    late_job_passes: """
        a_person_types who=0 place=0 key=action
        a_person_types who=1 place=1 key=action
        a_job_begins who=0
        a_job_goes_on steps=3
        a_job_begins who=1
        a_job_goes_on place=1 steps=3
        a_colleague_types place=0 key=action how=types
        a_job_goes_on place=0 steps=2
        a_job_ends place=0 kills=1
        a_job_ends kills=0
    """,
}
"""Each bug, and a case in which it does harm."""
