"""People, jobs, faults and kills in any order: nothing typed is lost, and both sides agree again.

CJM_SHEETS_SYNC_RUNS sets how many random runs there are; a nightly run sets 20,000.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
import stamina
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RULE_MARKER,
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cjm_sheets.errors.sharing import ColleaguesAtWorkError
from cjm_sheets.errors.workbook import ChangedMeanwhileError
from cjm_sheets.service.faults import (
    Broken,
    Busy,
    Cut,
    Expired,
    Fault,
    Faults,
    FrontEnd,
    On,
    Truncated,
)
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Raw, Table
from tests.service.in_memory import ServiceInMemory
from tests.sync.chaos import Book, Json, Stage, World, copied
from tests.sync.plants import FOUND, TOLD, Plant

RUNS = int(os.environ.get("CJM_SHEETS_SYNC_RUNS", "400"))
STEPS = 30
DEFAULTS: dict[str, dict[str, Any]] = {
    "a_person_types": {"clears": False},
    "a_job_begins": {"prefer": "", "allows": True},
    "a_job_goes_on": {"place": 0},
    "a_job_ends": {"place": 0},
}
"""What steps of a story are given unless they say otherwise."""

A_FEW, MANY = 20, 600
"""Runs in which a machine of few rules finds nothing without a bug, and something with one."""


FAULTS: list[Fault] = [
    Busy(), Broken(500), Broken(503), Broken(503, after=True), FrontEnd(), FrontEnd(after=True),
    Cut(), Cut(after=True), Truncated(0.5), Expired(),
]  # fmt: skip
WHO = st.integers(0, 1)
PLACE = st.integers(0, 9)
KEY = st.sampled_from(["name", "action"])


class Chaos(RuleBasedStateMachine):
    """Everything that may happen to a map that is shared, in any order."""

    stage: ClassVar[Stage]
    world: World

    @initialize()
    def begin(self) -> None:
        self.world = World(self.stage)

    # ---- a person and a workbook -------------------------------------------------------

    def book(self, who: int) -> Book:
        return self.world.books[who]

    def line(self, who: int, place: int) -> list[Raw] | None:
        filled = [line for line in self.book(who).lines if any(v is not None for v in line)]
        return filled[place % len(filled)] if filled else None

    @rule(who=WHO, place=PLACE, key=KEY, clears=st.booleans())
    def a_person_types(self, who: int, place: int, key: str, clears: bool) -> None:  # noqa: FBT001 - drawn
        line = self.line(who, place)
        if line is not None:
            at = self.book(who).column(key)
            self.world.replace([line[at]])
            line[at] = None if clears else self.world.token(line)
            self.book(who).touched()

    @rule(who=WHO, place=PLACE)
    def a_person_adds_a_row(self, who: int, place: int) -> None:
        book = self.book(who)
        new: list[Raw] = [None] * len(book.desk.sheets[0].header)
        new[book.column("name")] = self.world.token()
        book.lines.insert(place % (len(book.lines) + 1), new)
        book.touched()

    @rule(who=WHO, place=PLACE)
    def a_person_deletes_a_row(self, who: int, place: int) -> None:
        line = self.line(who, place)
        if line is not None:
            self.world.replace(line)
            self.book(who).lines.remove(line)
            self.book(who).touched()

    @rule(who=WHO, place=PLACE)
    def a_person_copies_a_row(self, who: int, place: int) -> None:
        line = self.line(who, place)
        if line is not None:
            self.world.copied |= {value for value in line if isinstance(value, str)}
            self.book(who).lines.insert(place % len(self.book(who).lines), [*line])
            self.book(who).touched()

    @rule(who=WHO)
    def a_person_sorts(self, who: int) -> None:
        self.book(who).lines.reverse()
        self.book(who).touched()

    @rule(who=WHO, place=PLACE)
    def a_person_clears_an_id(self, who: int, place: int) -> None:
        line = self.line(who, place)
        if line is not None:
            self.world.nameless(line)
            line[self.book(who).column("id")] = None
            self.book(who).touched()

    @rule(who=WHO)
    def a_person_opens_the_workbook_without_a_lock(self, who: int) -> None:
        self.book(who).open()

    @rule(who=WHO, closes=st.booleans())
    def a_person_saves(self, who: int, closes: bool) -> None:  # noqa: FBT001 - drawn
        book = self.book(who)
        if book.opened is not None:
            self.world.rewound = True
            book.save()
            if closes:
                book.opened = None

    @rule(who=WHO)
    def a_backup_is_made(self, who: int) -> None:
        store = self.book(who).store
        self.book(who).backups.append(copied(store, store.name))

    @rule(who=WHO, place=PLACE)
    def a_backup_is_restored(self, who: int, place: int) -> None:
        book = self.book(who)
        self.world.replaced |= self.world.only_in(book)
        self.world.rewound = True
        book.opened = None
        book.put(book.backups[place % len(book.backups)])

    @rule(who=WHO, busy=st.booleans())
    def a_workbook_is_locked(self, who: int, busy: bool) -> None:  # noqa: FBT001 - drawn
        self.book(who).store.busy = busy

    # ---- colleagues --------------------------------------------------------------------

    def found(self, place: int) -> tuple[Table, int, int] | None:
        """Return the table, its sheet and one of its filled lines (1-based)."""
        table = self.world.table()
        if table is None:
            return None
        filled = [
            line
            for line in table.lines
            if any(c.cells[line - table.lines[0]] not in {None, ""} for c in table.columns)
        ]
        return (table, self.world.sheet(table), filled[place % len(filled)]) if filled else None

    def write(self, sheet: int, line: int, at: int, value: Json) -> None:
        start = {"sheetId": sheet, "rowIndex": line - 1, "columnIndex": at - 1}
        rows = [{"values": [{"userEnteredValue": value} if value else {}]}]
        fields = "userEnteredValue"
        self.world.batch({"updateCells": {"start": start, "rows": rows, "fields": fields}})

    @staticmethod
    def said(table: Table, line: int) -> list[Raw]:
        return [column.cells[line - table.lines[0]] for column in table.columns]

    @staticmethod
    def area(sheet: int, dimension: str, index: int) -> Json:
        return {
            "sheetId": sheet, "dimension": dimension, "startIndex": index, "endIndex": index + 1,
        }  # fmt: skip

    @rule(place=PLACE, key=KEY, how=st.sampled_from(["types", "types", "clears", "formula"]))
    def a_colleague_types(self, place: int, key: str, how: str) -> None:
        found = self.found(place)
        if found is None or key not in found[0].by_key:
            return
        table, sheet, line = found
        said = self.said(table, line)
        self.world.replace([table.cell(key, line)])
        value: Json = {}
        if how == "types":
            value = {"stringValue": self.world.token(said)}
        elif how == "formula":
            value = {"formulaValue": f'="{self.world.token(said)}"'}
        self.write(sheet, line, table.by_key[key].at, value)

    @rule(place=PLACE, inserts=st.booleans())
    def a_colleague_adds_a_row(self, place: int, inserts: bool) -> None:  # noqa: FBT001 - drawn
        found = self.found(place)
        if found is None or "name" not in found[0].by_key:
            return
        table, sheet, line = found
        if inserts:
            area = self.area(sheet, "ROWS", line)
            self.world.batch({"insertDimension": {"range": area, "inheritFromBefore": True}})
        else:
            line = max(table.lines)
            while line > 1 and not any(self.said(table, line)):
                line -= 1
        at = table.by_key["name"].at
        self.write(sheet, line + 1, at, {"stringValue": self.world.token()})

    @rule(place=PLACE)
    def a_colleague_deletes_a_row(self, place: int) -> None:
        if found := self.found(place):
            table, sheet, line = found
            self.world.replace(self.said(table, line))
            self.world.batch({"deleteDimension": {"range": self.area(sheet, "ROWS", line - 1)}})

    @rule(column=st.integers(0, 5), order=st.sampled_from(["ASCENDING", "DESCENDING"]))
    def a_colleague_sorts(self, column: int, order: str) -> None:
        if found := self.found(0):
            table, sheet, _ = found
            rows = {"sheetId": sheet, "startRowIndex": 1, "endRowIndex": max(table.lines)}
            specs = [{"dimensionIndex": column, "sortOrder": order}]
            self.world.batch({"sortRange": {"range": rows, "sortSpecs": specs}})

    @rule(place=PLACE, to=PLACE, cuts=st.booleans())
    def a_colleague_pastes_a_row(self, place: int, to: int, cuts: bool) -> None:  # noqa: FBT001 - drawn
        found, target = self.found(place), self.found(to)
        if found is None or target is None:
            return
        table, sheet, line = found
        there = target[2] if to % 2 else max(table.lines)
        if there == line:
            return
        self.world.replace(self.said(table, there))
        if cuts:
            source = {"sheetId": sheet, "startRowIndex": line - 1, "endRowIndex": line}
            goal = {"sheetId": sheet, "rowIndex": there - 1, "columnIndex": 0}
            self.world.batch({"cutPaste": {"source": source, "destination": goal}})
            return
        # What is copied lives on in the copy, whoever replaced it elsewhere.
        row = {value for value in self.said(table, line) if isinstance(value, str)}
        self.world.copied |= row
        self.world.replaced -= row
        source, goal = (
            {"sheetId": sheet, "startRowIndex": at - 1, "endRowIndex": at} for at in (line, there)
        )
        self.world.batch({"copyPaste": {"source": source, "destination": goal}})

    @rule(place=PLACE, number=st.integers(0, 99))
    def a_colleague_changes_an_id(self, place: int, number: int) -> None:
        if (found := self.found(place)) and "id" in found[0].by_key:
            table, sheet, line = found
            taken = {table.cell("id", other) for other in table.lines}
            value = {"stringValue": f"T{number + 50}"} if number and number % 3 else {}
            if not value or value["stringValue"] not in taken:
                self.world.nameless(self.said(table, line))
                self.write(sheet, line, table.by_key["id"].at, value)

    @rule(at=st.integers(0, 9))
    def a_colleague_inserts_a_column(self, at: int) -> None:
        self.world.columns_move()
        if found := self.found(0):
            table, sheet, line = found
            at = min(at, max(column.at for column in table.columns))
            area = self.area(sheet, "COLUMNS", at)
            self.world.batch({"insertDimension": {"range": area, "inheritFromBefore": at > 0}})
            self.write(sheet, 1, at + 1, {"stringValue": f"Our own {at}"})
            self.write(sheet, line, at + 1, {"stringValue": self.world.token()})

    @rule(source=st.integers(0, 9), to=st.integers(0, 9))
    def a_colleague_moves_a_column(self, source: int, to: int) -> None:
        self.world.columns_move()
        if source not in {to, to - 1} and (found := self.found(0)):
            table, sheet, _ = found
            width = max(column.at for column in table.columns)
            if max(source, to) < width:
                area = self.area(sheet, "COLUMNS", source)
                self.world.batch({"moveDimension": {"source": area, "destinationIndex": to}})

    @rule(key=st.sampled_from(["id", "name", "action", "stage"]), number=st.integers(0, 3))
    def a_colleague_renames_a_column(self, key: str, number: int) -> None:
        if (found := self.found(0)) and key in found[0].by_key:
            table, sheet, _ = found
            text = f"What we call {key} {number}"
            self.write(sheet, table.header_line, table.by_key[key].at, {"stringValue": text})

    @rule(key=KEY)
    def a_colleague_deletes_a_column(self, key: str) -> None:
        self.world.columns_move()
        if (found := self.found(0)) and key in found[0].by_key:
            table, sheet, _ = found
            self.world.replace(table.by_key[key].cells)
            area = self.area(sheet, "COLUMNS", table.by_key[key].at - 1)
            self.world.batch({"deleteDimension": {"range": area}})

    @rule(number=st.integers(0, 2))
    def a_colleague_renames_the_tab(self, number: int) -> None:
        if found := self.found(0):
            properties = {"sheetId": found[1], "title": f"Our steps {number}"}
            asked = {"updateSheetProperties": {"properties": properties, "fields": "title"}}
            self.world.batch(asked)

    @rule()
    def a_colleague_copies_the_tab(self) -> None:
        # Of a copy and a copy of it nobody can tell which one is meant.
        world = self.world
        if (found := self.found(0)) and not world.in_a_copy:
            number = next(self.world.numbers)
            self.world.copies_of_tabs.add(number)
            copy = {"sourceSheetId": found[1], "newSheetId": number, "newSheetName": f"C{number}"}
            self.world.batch({"duplicateSheet": copy})

    @rule(place=PLACE, hides=st.booleans())
    def a_colleague_filters(self, place: int, hides: bool) -> None:  # noqa: FBT001 - drawn
        if (found := self.found(place)) and "name" in found[0].by_key:
            table, sheet, line = found
            area = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": max(table.lines)}
            hidden = [str(table.cell("name", line))] if hides else []
            at = table.by_key["name"].at - 1
            specs = [{"columnIndex": at, "filterCriteria": {"hiddenValues": hidden}}]
            basic = {"range": area, "filterSpecs": specs}
            self.world.batch({"setBasicFilter": {"filter": basic}})

    @rule(whole=st.booleans())
    def a_colleague_clears_everything(self, whole: bool) -> None:  # noqa: FBT001 - drawn
        if found := self.found(0):
            table, sheet, _ = found
            for column in table.columns:
                self.world.replace(column.cells)
            if whole:
                # A copy of the tab is what people work in from now on.
                self.world.rewound |= bool(self.world.copies_of_tabs)
                self.world.in_a_copy = bool(self.world.copies_of_tabs)
                self.world.copies_of_tabs.clear()
            area = {"sheetId": sheet, "startRowIndex": 1}
            clear = {"updateCells": {"range": area, "fields": "userEnteredValue"}}
            self.world.batch({"deleteSheet": {"sheetId": sheet}} if whole else clear)

    # ---- jobs --------------------------------------------------------------------------

    @rule(who=WHO, prefer=st.sampled_from(["", "", "workbook", "sheet"]), allows=st.booleans())
    def a_job_begins(self, who: int, prefer: str, allows: bool) -> None:  # noqa: FBT001 - drawn
        if sum(not job.over for job in self.world.jobs) < 3:
            self.world.begin(self.book(who), Options(prefer, allow_mass_delete=allows))

    @precondition(lambda self: any(not job.over for job in self.world.jobs))
    @rule(place=PLACE, steps=st.integers(1, 4))
    def a_job_goes_on(self, place: int, steps: int) -> None:
        jobs = [job for job in self.world.jobs if not job.over]
        for _ in range(steps):
            jobs[place % len(jobs)].step()

    @precondition(lambda self: any(not job.over for job in self.world.jobs))
    @rule(place=PLACE, kills=st.booleans())
    def a_job_ends(self, place: int, kills: bool) -> None:  # noqa: FBT001 - drawn
        jobs = [job for job in self.world.jobs if not job.over]
        job = jobs[place % len(jobs)]
        job.kill() if kills else job.finish()

    @rule(who=WHO)
    def a_whole_sync(self, who: int) -> None:
        self.world.begin(self.book(who), Options(allow_mass_delete=True))
        # The other jobs stand still meanwhile, and so does everybody else.
        met = self.world.jobs[-1].finish().met
        assert not isinstance(met, ChangedMeanwhileError | ColleaguesAtWorkError), met

    @rule(fault=st.sampled_from(FAULTS), nth=st.integers(1, 3))
    def the_service_fails(self, fault: Fault, nth: int) -> None:
        self.world.faults.add(On("* *", nth=nth), fault)

    # ---- and then it is quiet ------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.settle()
        finally:
            for job in self.world.jobs:
                job.kill()

    def settle(self) -> None:
        """Let edits stop and conflicts be settled; hold both sides against each other."""
        world = self.world
        for job in world.jobs:
            job.finish()
        assert [job.failed for job in world.jobs if job.failed] == []
        world.faults.clear()
        for book in world.books:
            book.store.busy = False
            world.rewound |= book.is_stale
            book.save()
            book.opened = None
        self.formulas_become_values()
        for prefer in ("", "sheet", "sheet"):
            for book in world.books:
                world.sync(book.store, prefer=prefer)
            assert world.lost() == set()
        for book in world.books:
            again = world.sync(book.store)
            assert again.plan.writes_nothing, again.plan
            assert again.traffic.write == 0
        assert world.rewound or world.doubled() == set()
        keys = world.keys()
        assert "id" in keys
        theirs = world.said(world.copy, keys)
        for book in world.books:
            assert world.said(book.store, keys) == theirs

    def formulas_become_values(self) -> None:
        """A value never replaces a formula; people settle that by pasting values."""
        table = self.world.table()
        if table is None:
            return
        sheet = self.world.sheet(table)
        places = {placed.at: key for key, placed in table.by_key.items()}
        for line, at in table.formulas:
            value = table.cell(places[at], line) if at in places else None
            if isinstance(value, str):
                self.write(sheet, line, at, {"stringValue": value})


def only(rules: str) -> type[Chaos]:
    """Return a machine in which nothing but this happens, the rules parted by blanks."""
    all_rules = {name for name, each in vars(Chaos).items() if hasattr(each, RULE_MARKER)}
    return type("Chaos", (Chaos,), dict.fromkeys(all_rules.difference(rules.split())))


def random_runs(machine: type[Chaos], runs: int, **options: Any) -> None:
    """Let a machine run on a service of its own."""
    chosen = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **options,
    )
    with staged(machine):
        run_state_machine_as_test(machine, settings=chosen)


@contextmanager
def staged(machine: type[Chaos]) -> Iterator[None]:
    """Give a machine a service of its own."""
    memory = Path("/dev/shm")  # noqa: S108 - where there is such a place, disks are left alone
    faults = Faults()
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        stamina.set_testing(True, attempts=6),
        ServiceInMemory(Path(folder), faults) as service,
    ):
        machine.stage = Stage(service, faults)
        yield


def test_nothing_is_lost_whatever_happens() -> None:
    # Where nobody sets how often, the runs are the same each time.
    random_runs(Chaos, RUNS, derandomize="CJM_SHEETS_SYNC_RUNS" not in os.environ)


@pytest.mark.skipif("CJM_SHEETS_LONG" not in os.environ, reason="long: CJM_SHEETS_LONG runs it")
@pytest.mark.parametrize("plant", FOUND, ids=lambda plant: plant.__name__)
def test_random_runs_find_a_bug(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = only(FOUND[plant])
    random_runs(machine, A_FEW, derandomize=True, database=None)
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        random_runs(
            machine, MANY, derandomize=True, database=None, phases=[Phase.generate],
            report_multiple_bugs=False,
        )  # fmt: skip


@pytest.mark.parametrize("plant", TOLD, ids=lambda plant: plant.__name__)
def test_a_case_shows_a_bug(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    with staged(Chaos):
        told(TOLD[plant])
        plant(monkeypatch)
        with pytest.raises(AssertionError):
            told(TOLD[plant])


HIDDEN = {
    "typed and hidden": ("types", "filters"),
    "hidden and typed": ("filters", "types"),
    "hidden and cleared": ("filters", "clears"),
    "hidden and sorted": ("filters", "sorts"),
}
DONE = {
    "types": "a_colleague_types place={place} key=action how=types",
    "filters": "a_colleague_filters place={place} hides=1",
    "clears": "a_colleague_clears_everything whole=0",
    "sorts": "a_colleague_sorts column=3 order=DESCENDING",
}


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("what", HIDDEN)
@pytest.mark.parametrize("kills", [0, 1])
def test_a_filter_that_comes_between_reading_and_writing_hides_nothing(
    what: str, place: int, kills: int
) -> None:
    first, second = (DONE[each].format(place=place) for each in HIDDEN[what])
    story = f"""
        a_person_types who=0 place={place} key=action
        a_job_begins who=0
        a_job_goes_on steps=3
        {first}
        {second}
        a_job_goes_on steps=2
        a_job_ends kills={kills}
    """
    with staged(Chaos):
        told(story)


def test_a_retyped_id_is_known_again_after_a_push_that_could_not_be_remembered() -> None:
    with staged(Chaos):
        told("""
            a_job_begins who=0
            a_person_deletes_a_row who=0 place=0
            a_colleague_changes_an_id place=8 number=2
            a_person_types who=0 place=3 key=name
            a_person_opens_the_workbook_without_a_lock who=0
        """)


def test_what_a_colleague_types_behind_the_end_of_a_row_that_goes_is_not_lost() -> None:
    with staged(Chaos):
        told("""
            a_person_deletes_a_row who=0 place=0
            a_job_begins who=0
            a_job_goes_on steps=3
            a_colleague_inserts_a_column at=7
            a_job_ends kills=0
        """)


def told(story: str) -> None:
    """Let just this happen, a step on each line: a rule, and what it is given."""
    machine = Chaos()
    machine.begin()
    for line in filter(None, map(str.strip, story.splitlines())):
        name, *given = line.split()
        said = dict(each.split("=") for each in given)
        chosen = {key: int(text) if text.isdigit() else text for key, text in said.items()}
        rule_of = getattr(machine, name)
        rule_of(**{**DEFAULTS.get(name, {}), **chosen})
    machine.teardown()
