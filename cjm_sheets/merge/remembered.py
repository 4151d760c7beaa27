"""Decides what a workbook itself remembers of what runs replaced, and for how long.

A run on a machine that is thrown away afterwards leaves no other trace. One text of a cell's length
is kept: when it is full, the oldest values go first. Rows and cells that were blank before are left
out, since nothing was lost with them.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from typing import Any

from cjm_sheets.merge.base import CHUNK, PAST, Base, past_of, with_past
from cjm_sheets.model.past import Entry, Run

_MOST_PLAIN = 20 * CHUNK
_MOST = 20_000_000  # bytes; a damaged record must not fill the memory


def with_run(texts: Sequence[str], run: Run) -> tuple[str, ...]:
    """Return the texts of a base that remembers one more run, if that replaced anything."""
    entries = tuple(_packable(entry for entry in run.entries if entry.replaced))
    if not entries:
        return tuple(texts)
    kept = (*runs_of(past_of(texts)), replace(run, entries=entries))
    return with_past(texts, _as_text(kept))


def _packable(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries until there are far more than could be packed: packing is what takes time."""
    size = 0
    for entry in entries:
        size += len(entry.before) + len(entry.after)
        yield entry
        if size > _MOST_PLAIN:
            return


def remembered(base: Base) -> tuple[Run, ...]:
    """Return the runs that a workbook remembers, oldest first."""
    return tuple(
        replace(run, service=base.service, spreadsheet=base.spreadsheet)
        for run in runs_of(base.past)
    )


def runs_of(past: str) -> tuple[Run, ...]:
    """Return the runs in such a text, oldest first; () if it cannot be read."""
    try:
        packed = base64.b64decode(past.removeprefix(PAST), validate=True)
        return tuple(map(_run, json.loads(zlib.decompressobj().decompress(packed, _MOST) or "[]")))
    except (ValueError, TypeError, zlib.error, binascii.Error):
        return ()


def _run(kept: Any) -> Run:  # noqa: ANN401 - JSON
    key, when, workbook, generation, who, kind, entries = kept
    return Run(
        key, datetime.fromisoformat(when), workbook, "", "", generation, who, kind,
        finished=True, entries=tuple(Entry(*entry) for entry in entries),
    )  # fmt: skip


def _as_text(runs: Sequence[Run]) -> str:
    """Return the text that keeps as many of the newest values as fit into one cell."""
    kept = list(runs)
    while len(text := _whole(kept)) > CHUNK:
        if len(kept) > 1:
            del kept[: max(1, len(kept) // 8)]
        else:
            # One run that is too long alone: half of it is more than nothing.
            entries = kept[0].entries
            kept = [replace(kept[0], entries=entries[: len(entries) // 2])]
            if not kept[0].entries:
                return ""
    return text


def _whole(runs: Sequence[Run]) -> str:
    """Return all runs as one text."""
    said = [
        [
            run.key, run.when.isoformat(), run.workbook, run.generation, run.who, run.kind,
            [astuple(entry) for entry in run.entries],
        ]
        for run in runs
    ]  # fmt: skip
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return PAST + base64.b64encode(zlib.compress(plain.encode(), 9)).decode()
