"""Decides which eight maps and sets of edits are synced where runs are killed or refused."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cjm_sheets import wiring
from cjm_sheets.ports.store import AddRow, DropRow, SetCell
from cjm_sheets.usecases.new_map import Wish
from tests.sync.real_pair import Kept, Pair, lines_of, serving, table_of

Change = Callable[[Pair], None]


@dataclass(frozen=True)
class Case:
    """A map in a language, what both people do before the run, and how the run ends."""

    name: str
    starter: str
    language: str
    change: Change
    words: tuple[str, ...] = ()
    code: int = 0
    linked: bool = True

    def kept(self, place: Path) -> Kept:
        """Make both sides in a folder, in step, let people edit them, and put them aside."""
        (place / "maps").mkdir(parents=True)
        with serving(place) as service:
            pair = Pair(service, place)
            wish = Wish(language=self.language, starter=self.starter)
            wiring.new_workbook(str(pair.workbook), wish)
            if self.linked:
                first = pair.sync("--to", "new")
                assert first.code == 0, first.err
                pair.spreadsheet = pair.shared()
            self.change(pair)
            port = urlsplit(service.url).port
        assert port
        return Kept(pair, port)


def set_here(pair: Pair, table: str, at: int, column: str, value: str | float) -> SetCell:
    """Return the marketer's edit of the nth row of a table."""
    there = table_of(pair.file().read(), table)
    return SetCell(table, lines_of(there, "id")[at], column, value)


def type_there(pair: Pair, table: str, at: int, column: str, value: str | float) -> None:
    """Let the colleague edit the nth row of a table."""
    there = table_of(pair.copy.read(), table)
    pair.types(there.place(column, lines_of(there, "id")[at]), value)


def first_push(pair: Pair) -> None:
    pair.saves(
        set_here(pair, "Touchpoints", 0, "name", "edited before there was a copy"),
        AddRow("Pains", None, {"pain": "new before there was a copy", "severity": 4}),
    )


def both_ways(pair: Pair) -> None:
    """Cells and rows without ids on both sides."""
    pair.saves(
        set_here(pair, "Touchpoints", 0, "name", "typed here"),
        set_here(pair, "Pains", 0, "severity", 1),
        AddRow("Touchpoints", None, {"stage": "S1", "order": 90, "name": "new here"}),
        AddRow("Pains", None, {"touchpoint": "T1", "pain": "new pain here", "severity": 5}),
    )
    type_there(pair, "Touchpoints", 1, "name", "typed there")
    type_there(pair, "Pains", 1, "severity", 2)
    pair.adds("Touchpoints", {"stage": "S1", "order": "91", "name": "new there"})


def pulled(pair: Pair) -> None:
    type_there(pair, "Pains", 0, "severity", 1)
    type_there(pair, "Stages", 0, "customer_goal", "a goal typed there")


def pushed(pair: Pair) -> None:
    pair.saves(
        set_here(pair, "Stages", 0, "name", "=1+1 is a name"),
        set_here(pair, "Touchpoints", 2, "thought", "first line\nsecond line 🙂"),
    )


def rows_come_and_go(pair: Pair) -> None:
    there = table_of(pair.copy.read(), "Pains")
    pair.deletes(there, lines_of(there, "id")[-1])
    pair.adds("Pains", {"touchpoint": "T1", "pain": "came there"})
    here = table_of(pair.file().read(), "Pains")
    pair.saves(DropRow("Pains", lines_of(here, "id")[0]))
    pair.saves(AddRow("Pains", None, {"touchpoint": "T2", "pain": "came here", "severity": 3}))


def conflict(pair: Pair) -> None:
    """The same cell on both sides, and another one on each."""
    pair.saves(
        set_here(pair, "Touchpoints", 0, "name", "one name"),
        set_here(pair, "Touchpoints", 1, "thought", "a thought here"),
    )
    type_there(pair, "Touchpoints", 0, "name", "another name")
    type_there(pair, "Touchpoints", 2, "thought", "a thought there")


def settled(pair: Pair) -> None:
    """A conflict of the last sync, which this one settles; the list of conflicts empties."""
    conflict(pair)
    assert pair.sync().code == 1
    pair.saves(set_here(pair, "Touchpoints", 3, "name", "after the conflict"))


def deleted_here_edited_there(pair: Pair) -> None:
    """An edit wins against a deletion; long texts everywhere make the run a large one."""
    here = table_of(pair.file().read(), "Touchpoints")
    lines = lines_of(here, "id")
    pair.saves(
        DropRow("Touchpoints", lines[-1]),
        *(SetCell("Touchpoints", n, "why", f"{n} " + "weil es so ist " * 90) for n in lines[:-1]),
    )
    type_there(pair, "Touchpoints", -1, "name", "bleibt")
    for at in range(3):
        type_there(pair, "Stages", at, "customer_goal", f"{at} " + "ein Ziel " * 200)


EIGHT = (
    Case("first push", "vacuum", "en", first_push, ("--to", "new"), linked=False),
    Case("both ways", "vacuum", "en", both_ways),
    Case("pulled", "travel", "lv", pulled),
    Case("pushed", "b2b", "ru", pushed),
    Case("rows come and go", "vacuum", "da", rows_come_and_go),
    Case("conflict", "retail", "en", conflict, code=1),
    Case("conflict settled", "bank", "af", settled, ("--prefer", "sheet")),
    Case("deleted here, edited there", "vacuum", "de", deleted_here_edited_there),
)
