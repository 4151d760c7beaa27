"""Decides what the demonstration shows: the whole loop on a sample map, with a colleague in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cjm_sheets.ports.colleague import Colleague, Seen
from cjm_sheets.ports.store import Changes, SetCell, Snapshot, Store
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases import sync_report
from cjm_sheets.usecases.check_map import Checked, Wanted, check
from cjm_sheets.usecases.draw_map import drawn
from cjm_sheets.usecases.reading import read_map
from cjm_sheets.usecases.score_map import Scored
from cjm_sheets.usecases.sync_map import LOCAL, Link, Surroundings, Synced, sync_map
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_SHEET = "Touchpoints"
_OWN_COLUMN = N_("Who checks")
_NEW_STEP = N_("She recommends it to a friend")
_NEW_ACTION = N_("Sends her sister a picture of the clean stairs")
_THEIR_WHY = N_("The shop called back within the hour")
_OUR_WHY = N_("Nobody called back for two days")
_OUR_THOUGHT = N_("If it breaks again, I want to know whom to call")
_FORMULA = "=9/20"


@dataclass(frozen=True)
class Scene:
    """Where the demonstration plays: a workbook that was made for it, and what surrounds it."""

    workbook: Store
    picture: str
    put_picture: Callable[[str], None]
    around: Surroundings
    colleague: Callable[[Link], Colleague]
    language: str
    tell: Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """What happened, for those who want it as data."""

    checked: Checked
    scored: Scored
    first: Synced
    back: Synced
    again: Synced
    before: Seen
    after: Seen
    workbook: str = ""
    picture: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether the colleague's column, formula and order are still there."""
        same_order = tuple(row for row in self.after.ids if row in self.before.ids)
        return (
            self.after.headers == self.before.headers
            and self.after.formulas == self.before.formulas
            and same_order == self.before.ids
        )

    def document(self) -> dict[str, Any]:
        """Return what happened as a JSON-able document."""
        back, again = sync_report.document(self.back), sync_report.document(self.again)
        return {
            "schema": "cjm-sheets/1",
            "workbook": self.workbook,
            "map": self.picture,
            "spreadsheet": self.back.link.spreadsheet,
            "url": self.back.shared_copy,
            "findings": self.checked.document()["findings"],
            "ranking": self.scored.document()["pains"],
            "pushed": back["pushed"],
            "pulled": back["pulled"],
            "conflicts": back["conflicts"],
            "colleague_kept": self.kept,
            "second_sync": {
                "pushed": len(again["pushed"]),
                "pulled": len(again["pulled"]),
                "requests": again["requests"],
            },
        }


def demonstrate(scene: Scene) -> Shown:
    """Show the loop; the workbook must be the sample that `new --starter vacuum` makes."""

    def tell(text: str, **facts: object) -> None:
        scene.tell(say(scene.language, text, **facts))

    today = scene.around.clock.today()
    reading = read_map(scene.workbook)
    checked = check(reading, Wanted(today, scene.language))
    scored = Scored(reading)
    tell(N_("1. A sample map, checked and scored: {file}"), file=scene.workbook.name)
    for line in (*checked.lines(scene.language), "", *scored.lines(scene.language)):
        scene.tell(f"   {line}" if line else "")
    scene.put_picture(drawn(reading, scene.picture, today))
    tell(N_("2. Its wall map: {file}"), file=scene.picture)
    first = sync_map(scene.workbook, Link(LOCAL), Options(), scene.around, dry_run=False)
    tell(
        N_("3. Shared: {n} rows pushed to {address}"),
        n=len(first.plan.pushed),
        address=first.shared_copy,
    )
    colleague = scene.colleague(first.link)
    _colleague_works(colleague, reading.snapshot, scene.language)
    before = colleague.look(_table(reading.snapshot).sheet)
    tell(
        N_(
            "4. A colleague edits the shared copy with plain gspread: changes a mood, adds a step,"
            " a column and a formula, and sorts the sheet."
        )
    )
    _we_work(scene.workbook, scene.language)
    tell(N_("5. Meanwhile you edit the workbook, one cell being the colleague's."))
    back = sync_map(scene.workbook, None, Options(), scene.around, dry_run=False)
    tell(N_("6. Sync:"))
    for line in sync_report.lines(back, scene.language):
        scene.tell(f"   {line}")
    after = colleague.look(_table(reading.snapshot).sheet)
    again = sync_map(scene.workbook, None, Options(), scene.around, dry_run=False)
    tell(N_("7. Sync again:"))
    for line in sync_report.lines(again, scene.language):
        scene.tell(f"   {line}")
    scene.put_picture(drawn(read_map(scene.workbook), scene.picture, today))
    shown = Shown(
        checked, scored, first, back, again, before, after, scene.workbook.name, scene.picture
    )
    if shown.kept:
        tell(N_("The colleague's column, formula and order are as they were."))
    return shown


def _table(snapshot: Snapshot) -> Table:
    """Return the table on which the demonstration plays."""
    return next(table for table in snapshot.tables if table.spec.key == _SHEET)


def _colleague_works(colleague: Colleague, snapshot: Snapshot, language: str) -> None:
    """Do what colleagues do to a shared sheet, in an order in which it could all go wrong."""
    table = _table(snapshot)
    label = {key: placed.label for key, placed in table.by_key.items()}
    ids = [str(cell) for cell in table.by_key["id"].cells if cell]
    last_stage = str(table.cell("stage", table.lines[_last(table)]))
    mood = table.cell("emotion", table.lines[3])
    colleague.edit(table.sheet, ids[3], label["emotion"], 0 if mood == -1 else -1)
    colleague.edit(table.sheet, ids[4], label["reach"], _FORMULA)
    colleague.edit(table.sheet, ids[0], label["why"], say(language, _THEIR_WHY))
    colleague.add_row(
        table.sheet,
        {
            label["stage"]: last_stage,
            label["order"]: 99,
            label["name"]: say(language, _NEW_STEP),
            label["action"]: say(language, _NEW_ACTION),
            label["emotion"]: 2,
        },
    )
    colleague.add_column(table.sheet, say(language, _OWN_COLUMN), ["Mia", "Jo", "Mia", "Ana"])
    colleague.sort(table.sheet, label["emotion"])


def _last(table: Table) -> int:
    """Return the place of the last row that has a stage."""
    return max(at for at, cell in enumerate(table.by_key["stage"].cells) if cell)


def _we_work(workbook: Store, language: str) -> None:
    """Edit the workbook as a person with the file open would."""
    snapshot = workbook.read()
    table = _table(snapshot)
    workbook.apply(
        Changes(
            cells=(
                SetCell(_SHEET, table.lines[0], "why", say(language, _OUR_WHY)),
                SetCell(_SHEET, table.lines[1], "thought", say(language, _OUR_THOUGHT)),
            )
        ),
        snapshot,
    )
