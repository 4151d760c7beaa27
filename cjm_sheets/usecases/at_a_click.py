"""Decides what each button does to a workbook that is open, and what is said of it afterwards.

Each is the use case of the verb of the same name, on what is on the screen, in the language of the
workbook; nothing is asked, so that nobody has to answer.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from cjm_sheets.checks import report
from cjm_sheets.errors.asked import NothingToExplainError, UnknownMacroError
from cjm_sheets.errors.sharing import NotLinkedError
from cjm_sheets.errors.workbook import DamagedBaseError
from cjm_sheets.ports.clock import Chance, Clock
from cjm_sheets.ports.sheets import SheetStore
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables import a1
from cjm_sheets.tables.codec import as_text
from cjm_sheets.tables.table import Grid, Raw
from cjm_sheets.templates import map_shape, titles
from cjm_sheets.usecases import sync_report
from cjm_sheets.usecases.as_content import facts_of
from cjm_sheets.usecases.check_map import Checked, Wanted, check
from cjm_sheets.usecases.explain import explain_rule, explain_score
from cjm_sheets.usecases.fix_map import plan_fix, write_fix
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.usecases.score_map import Scored
from cjm_sheets.usecases.sync_map import Link, Surroundings, Synced, sync_map
from cjm_sheets.usecases.write_findings import write_findings
from cjm_sheets.usecases.write_sheets import draw_in_workbook, write_scores
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

CHECKING = N_("Checking …")
SCORING = N_("Scoring …")
DRAWING = N_("Drawing …")
MENDING = N_("Mending …")
SYNCING = N_("Bringing both copies in step …")
READING = N_("Reading …")

_LISTED = N_("They are listed on the sheet {sheet}, and marked on their cells.")
_SCORED = N_("Scores, map and ranking say what the workbook says now.")
_FIRST = N_("First: {pain}")
_NO_SCORE = N_("No pain has a score yet.")
_DRAWN = N_("The sheet {sheet} is drawn anew.")
_LEFT = N_("Left to mend by hand:")
_NOTHING_FOUND = N_("Nothing was found.")
_MOST_LINES = 25
"""As many lines as a message box shows on a small screen."""

_RULE = re.compile(r"CJ[0-9]{3}")
_PAIN_SHEETS = ("Ranking", "Research")


@dataclass(frozen=True, slots=True)
class Selected:
    """The cell under the cursor: its sheet, its line and column from 1 on, and what it shows."""

    sheet: str
    line: int
    column: int
    text: str = ""


@dataclass(frozen=True)
class Desk:
    """All that a button needs: the workbook, the time, and how to say what goes on.

    `language` is that of the workbook; `progress` shows a sentence (in English; it is translated
    there). What is written to the store within `at_once` stays as a whole, or not at all. `sharing`
    gives what a sync needs, `link` what an address leads to; `target` is the shared copy that
    somebody names, None for the one that the workbook remembers.
    """

    store: SheetStore
    language: str
    at_once: Callable[[], AbstractContextManager[None]]
    clock: Clock
    chance: Chance
    selected: Selected
    progress: Callable[[str], None]
    sharing: Callable[[], AbstractContextManager[Surroundings]]
    link: Callable[[str], Link]
    target: Link | None = None


def press(name: str, desk: Desk) -> tuple[str, ...]:
    """Do what a button of this name does; return what is said of it, line by line.

    Raises:
        UnknownMacroError: there is no such button.
        CjmError: what the use case raises.
    """
    button = BUTTONS.get(name.strip().lower())
    if button is None:
        raise UnknownMacroError(name, ", ".join(BUTTONS))
    if button is _sync:
        # What crossed stays on the other side: each step of a sync is whole by itself, and to take
        # back one that went well would part the copies.
        return _short(button(desk))
    with desk.at_once():
        return _short(button(desk))


def _short(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return as many lines as can be seen at once, and how many there are besides."""
    return lines if len(lines) <= _MOST_LINES else (*lines[: _MOST_LINES - 1], "…")


def _check(desk: Desk) -> tuple[str, ...]:
    desk.progress(CHECKING)
    now = desk.clock.now().astimezone()
    checked = write_findings(desk.store, Wanted(now.date(), desk.language), now)
    return _found(checked)


def _found(checked: Checked) -> tuple[str, ...]:
    """Return how much was found, and where it is listed."""
    snapshot = checked.reading.snapshot
    language = snapshot.language
    if not checked.findings:
        return (say(language, _NOTHING_FOUND),)
    sheet = snapshot.made.get("Findings", titles.findings(language))
    return (report.summary(checked.findings, language), say(language, _LISTED, sheet=sheet))


def _score(desk: Desk) -> tuple[str, ...]:
    desk.progress(SCORING)
    write_scores(desk.store, desk.clock.now().astimezone())
    return _ranked(read_map(desk.store))


def _ranked(reading: Reading) -> tuple[str, ...]:
    """Return which pain comes first, and how firm that is."""
    language, workbook = reading.snapshot.language, reading.workbook
    standings = Scored(reading).firmness.standings
    done = say(language, _SCORED)
    if not standings:
        return (done, say(language, _NO_SCORE))
    first = workbook.pains[standings[0].position]
    said = say(language, _FIRST, pain=f"{first.id} {first.pain or ''}".strip())
    missing = len(reading.scores) - len(standings)
    if not missing:
        return (done, said)
    without = count(language, "{n} pain has no score.", "{n} pains have no score.", missing)
    return (done, said, without)


def _draw(desk: Desk) -> tuple[str, ...]:
    desk.progress(DRAWING)
    draw_in_workbook(desk.store, desk.clock.now().astimezone())
    return (_drawn(read_map(desk.store)),)


def _drawn(reading: Reading) -> str:
    language = reading.snapshot.language
    sheet = reading.snapshot.made.get("Map", titles.map_sheet(language))
    return say(language, _DRAWN, sheet=sheet)


def _fix(desk: Desk) -> tuple[str, ...]:
    desk.progress(MENDING)
    now = desk.clock.now().astimezone()
    language = desk.language
    wanted = Wanted(now.date(), language)
    fixed = plan_fix(desk.store, wanted, desk.chance.below)
    if not fixed.does_nothing:
        write_fix(desk.store, fixed, wanted, now)
    left = (say(language, _LEFT), *fixed.left_lines(language)) if fixed.left else ()
    told = fixed.lines(language)
    room = _MOST_LINES - len(left) - 1
    shown = told if len(told) <= room else [*told[: room - 1], "…"]
    return (*shown, *left)


def _sync(desk: Desk) -> tuple[str, ...]:
    """Sync with the copy that the workbook remembers, else with the one of the selected address."""
    desk.progress(SYNCING)
    try:
        synced = _synced(desk, desk.target)
    except (NotLinkedError, DamagedBaseError):
        pasted = desk.selected.text.strip()
        if not pasted.startswith(("https://", "http://")):
            raise
        synced = _synced(desk, desk.link(pasted))
    return tuple(sync_report.lines(synced, desk.language))


def _synced(desk: Desk, target: Link | None) -> Synced:
    with desk.sharing() as around:
        return sync_map(desk.store, target, Options(), around, dry_run=False)


def _main(desk: Desk) -> tuple[str, ...]:
    """Check, score and draw; the numbers are those of the same moment."""
    now = desk.clock.now().astimezone()
    desk.progress(SCORING)
    write_scores(desk.store, now)
    reading = read_map(desk.store)
    said = list(_ranked(reading))
    facts = facts_of(reading, now.date())
    if map_shape.has_map(facts.content):
        desk.progress(DRAWING)
        draw_in_workbook(desk.store, now)
        said.append(_drawn(reading))
    return (*_check(desk), "", *said)


def _explain(desk: Desk) -> tuple[str, ...]:
    """Explain what is under the cursor: a pain, a finding, or what was found in the cell."""
    desk.progress(READING)
    reading = read_map(desk.store)
    language = reading.snapshot.language
    selected = desk.selected
    row = _row(reading, selected)
    pains = {pain.id for pain in reading.workbook.pains}
    lies = reading.decoded.get("Pains")
    on_pains = lies is not None and lies.table.sheet == selected.sheet
    if not on_pains and (rule := next((t for t in row if _RULE.fullmatch(t)), "")):
        return tuple(explain_rule(rule, language).splitlines())
    listed = {reading.snapshot.made.get(role) for role in _PAIN_SHEETS}
    if on_pains or selected.sheet in listed:
        pain = next((text for text in _first_words(row) if text in pains), "")
        if pain:
            return explain_score(desk.store, pain, language).lines
    found = _findings_on(reading, selected, Wanted(desk.clock.today(), language))
    if found:
        return tuple(found)
    raise NothingToExplainError(a1.place(selected.sheet, selected.line, selected.column))


def _row(reading: Reading, selected: Selected) -> tuple[str, ...]:
    """Return the texts of the line under the cursor."""
    snapshot = reading.snapshot
    for decoded in reading.decoded.values():
        table = decoded.table
        if table.sheet == selected.sheet and selected.line in table.lines:
            at = selected.line - table.lines[0]
            return _texts([column.cells[at] for column in table.columns])
    grid = next((grid for grid in snapshot.others if grid.sheet == selected.sheet), None)
    return _texts(_line(grid, selected.line)) if grid else ()


def _line(grid: Grid, line: int) -> tuple[Raw, ...]:
    return grid.rows[line - 1] if line <= len(grid.rows) else ()


def _texts(cells: "tuple[Raw, ...] | list[Raw]") -> tuple[str, ...]:
    return tuple(as_text(cell) if isinstance(cell, str) else "" for cell in cells)


def _first_words(texts: tuple[str, ...]) -> list[str]:
    """Return the first word of each text: a pain is listed by its id and its words."""
    return [text.split()[0] for text in texts if text.split()]


def _findings_on(reading: Reading, selected: Selected, wanted: Wanted) -> list[str]:
    """Return what is found in the cell, and the page of the first rule that found it."""
    cell = a1.cell(selected.line, selected.column)
    found = [
        finding
        for finding in check(reading, wanted).findings
        if finding.place[0] == selected.sheet and finding.place[1].replace("$", "") == cell
    ]
    if not found:
        return []
    said = [line for each in found for line in (f"{each.rule}: {each.message}", each.fix, "")]
    return [*said, *explain_rule(found[0].rule, wanted.language).splitlines()]


BUTTONS: Mapping[str, Callable[[Desk], tuple[str, ...]]] = {
    "main": _main,
    "check": _check,
    "score": _score,
    "draw": _draw,
    "fix": _fix,
    "sync": _sync,
    "explain": _explain,
}
"""The buttons by the names of their macros."""
