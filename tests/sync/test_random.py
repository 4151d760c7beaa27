"""Two copies under random hands: whatever people do and whenever a sync runs, no edit is lost.

Every value that is typed is a text of its own, so that one can ask of each where it went: it is on
a side, or a person replaced it, or the history has it.
"""

import os
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cjm_sheets.tables.codec import Value, decode
from cjm_sheets.tables.table import Raw
from tests.stores.memory import MemoryStore
from tests.sync.world import World, row, touchpoints

EXAMPLES = int(os.environ.get("CJM_SHEETS_SYNC_RUNS", "60"))
"""Random worlds to try; a long run sets some thousands."""

COLUMNS = ("name", "action", "evidence")
SIDES = st.sampled_from(["workbook", "shared"])
PLACE = st.integers(0, 99)


class TwoCopies(RuleBasedStateMachine):
    """People edit both copies; syncs run in between, some of them die half way."""

    @initialize()
    def begin(self) -> None:
        self.numbers = count(1)
        self.typed: set[str] = set()
        self.replaced: set[str] = set()
        rows = [row(i, name=self.token(), action=self.token()) for i in range(1, 5)]
        self.world = World(touchpoints(*rows))
        self.world.sync()

    def token(self) -> str:
        text = f"word {next(self.numbers)}"
        self.typed.add(text)
        return text

    def side(self, name: str) -> MemoryStore:
        return self.world.workbook if name == "workbook" else self.world.shared

    def lines(self, name: str) -> list[list[Raw]]:
        return self.side(name).sheets[0].rows

    @rule(name=SIDES, place=PLACE, key=st.sampled_from(COLUMNS[:2]))
    def type_a_value(self, name: str, place: int, key: str) -> None:
        rows = self.filled(name)
        if rows:
            at = self.side(name).column("Touchpoints", key)[1]
            line = rows[place % len(rows)]
            self.replace(line[at])
            line[at] = self.token()

    @rule(name=SIDES, place=PLACE)
    def clear_a_value(self, name: str, place: int) -> None:
        rows = self.filled(name)
        if rows:
            at = self.side(name).column("Touchpoints", "action")[1]
            line = rows[place % len(rows)]
            self.replace(line[at])
            line[at] = None

    @rule(name=SIDES, place=PLACE, number=st.integers(1, 4))
    def cite_evidence(self, name: str, place: int, number: int) -> None:
        rows = self.filled(name)
        if rows:
            at = self.side(name).column("Touchpoints", "evidence")[1]
            line = rows[place % len(rows)]
            line[at] = f"{line[at]}; E{number}" if line[at] else f"E{number}"

    @rule(name=SIDES, place=PLACE)
    def add_a_row(self, name: str, place: int) -> None:
        there, at = self.side(name).column("Touchpoints", "name")
        new: list[Raw] = [None] * len(there.header)
        new[at] = self.token()
        there.rows.insert(place % (len(there.rows) + 1), new)

    @rule(name=SIDES, place=PLACE)
    def delete_a_row(self, name: str, place: int) -> None:
        rows = self.lines(name)
        if rows:
            for value in rows.pop(place % len(rows)):
                self.replace(value)

    @rule(name=SIDES, place=PLACE)
    def copy_a_row(self, name: str, place: int) -> None:
        rows = self.lines(name)
        if rows:
            rows.insert(place % len(rows), [*rows[place % len(rows)]])

    @rule(place=PLACE)
    def clear_an_id(self, place: int) -> None:
        rows = self.lines("shared")
        if rows:
            rows[place % len(rows)][self.side("shared").column("Touchpoints", "id")[1]] = None

    @rule(name=SIDES)
    def turn_the_order_round(self, name: str) -> None:
        self.lines(name).reverse()

    @rule()
    def sync(self) -> None:
        self.world.sync(allow_mass_delete=True)

    @rule()
    def sync_that_dies_before_the_workbook_is_written(self) -> None:
        workbook = self.world.workbook
        before = [[*line] for line in workbook.sheets[0].rows], workbook.memory
        self.world.sync(allow_mass_delete=True)
        workbook.sheets[0].rows, workbook.memory = before[0], before[1]

    @precondition(lambda self: hasattr(self, "world"))
    @invariant()
    def nothing_typed_is_lost(self) -> None:
        there = {
            value
            for name in ("workbook", "shared")
            for line in self.lines(name)
            for value in line
            if isinstance(value, str)
        }
        kept = " ".join(entry.before for entry in self.world.history.entries)
        lost = {text for text in self.typed - self.replaced - there if f'"{text}"' not in kept}
        assert not lost, lost

    def teardown(self) -> None:
        """When edits stop, one sync makes both sides equal and a second one changes nothing."""
        if not hasattr(self, "world"):
            return
        self.world.sync(allow_mass_delete=True, prefer="sheet")
        self.nothing_typed_is_lost()
        again = self.world.sync(allow_mass_delete=True)
        assert again.plan.writes_nothing
        ours, theirs = (self.values(name) for name in ("workbook", "shared"))
        assert ours == theirs

    def values(self, name: str) -> list[tuple[Value, ...]]:
        """Return what the rows of a side say, whatever their order and spelling."""
        (table,) = self.side(name).read().tables
        decoded = decode(table)
        columns = [decoded.values(key) for key in decoded.columns]
        return sorted(zip(*columns, strict=True), key=str)

    def filled(self, name: str) -> list[list[Raw]]:
        return [line for line in self.lines(name) if any(cell is not None for cell in line)]

    def replace(self, value: Raw) -> None:
        if isinstance(value, str):
            self.replaced.add(value)


TestTwoCopies = TwoCopies.TestCase
TestTwoCopies.settings = settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
