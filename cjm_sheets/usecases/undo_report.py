"""Decides how the undoing of a run is told: as a document of stable shape, and in sentences."""

from typing import Any

from cjm_sheets.merge.packing import from_json
from cjm_sheets.model.past import Entry
from cjm_sheets.usecases.sync_report import plain, shown
from cjm_sheets.usecases.tell_history import change_line
from cjm_sheets.usecases.undo_run import Kept, Undone
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_

_REASONS = {
    "changed": N_("changed since; it shows {now}"),
    "gone": N_("the row is gone"),
    "there": N_("there is a row of this name again"),
    "formula": N_("a formula stands there now; it shows {now}"),
    "no_column": N_("the workbook has no such column"),
    "unnamed": N_("the names of this row cannot be told apart"),
}
_COPIED = "own"


def document(undone: Undone) -> dict[str, Any]:
    """Return what was put back as a JSON-able document."""
    return {
        "run": undone.run.number or None,
        "key": undone.run.key,
        "undone": [_change(entry) for entry in undone.entries],
        "kept": [
            {**_change(each.entry), "reason": each.reason, "now": plain(from_json(each.now))}
            for each in undone.kept
        ],
        "as_run": undone.as_run.key if undone.as_run else None,
        "dry_run": undone.dry_run,
    }


def _change(entry: Entry) -> dict[str, Any]:
    """Return a change of the workbook."""
    return {
        "table": entry.table,
        "row": entry.row,
        "column": entry.column,
        "before": plain(from_json(entry.before)),
        "after": plain(from_json(entry.after)),
    }


def lines(undone: Undone, language: str) -> list[str]:
    """Return what was put back in sentences."""
    told = []
    if undone.entries:
        one, many = (
            NN_("{n} change would be put back:", "{n} changes would be put back:")
            if undone.dry_run
            else NN_("{n} change put back:", "{n} changes put back:")
        )
        told.append(count(language, one, many, len(undone.entries)))
        told += [f"  {change_line(entry, language)}" for entry in undone.entries]
    told += _copied(undone, language)
    kept = [each for each in undone.kept if each.reason != _COPIED]
    if kept:
        one, many = NN_(
            "{n} change of the run stays as it is:", "{n} changes of the run stay as they are:"
        )
        told.append(count(language, one, many, len(kept)))
        told += [f"  {_kept(each, language)}" for each in kept]
    if not undone.entries:
        told.append(say(language, N_("There is nothing to put back; nothing was written.")))
    elif not undone.dry_run:
        told.append(say(language, N_("The next sync carries this to the shared copy.")))
    return told


def _copied(undone: Undone, language: str) -> list[str]:
    """Return how many rows the run that shared the map only copied; there may be very many."""
    copied = sum(each.reason == _COPIED for each in undone.kept)
    one, many = NN_(
        "{n} row stays: the run that shared the map only copied it.",
        "{n} rows stay: the run that shared the map only copied them.",
    )
    return [count(language, one, many, copied)] if copied else []


def _kept(each: Kept, language: str) -> str:
    """Return in a line what stays, and why."""
    reason = say(language, _REASONS[each.reason], now=shown(from_json(each.now)))
    return f"{change_line(each.entry, language)} – {reason}"
