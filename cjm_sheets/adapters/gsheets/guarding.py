"""Decides how steps become batches that cannot overwrite unseen what colleagues do meanwhile.

Each batch takes the record tab of the write before away and adds its own, under an id that all
programs derive: the second of two writes that follow the same one is refused as a whole. First of
all it copies the rows that it touches into that tab, and it asks for all of it back.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cjm_sheets.adapters.gsheets.reading import Sheet, free_title
from cjm_sheets.adapters.gsheets.record import (
    ADD,
    DROP,
    SET,
    TITLE,
    Faces,
    Head,
    Record,
    Touch,
    at,
    faces_of,
    tab_id,
    texts,
)
from cjm_sheets.adapters.gsheets.writing import Request, Step
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid

MOST_BYTES = 1_800_000
"""Of one request's body; Google advises 2 MB."""

ANSWER = (
    "updatedSpreadsheet(sheets(properties(sheetId,title),data(startRow,startColumn,"
    "rowData(values(userEnteredValue,effectiveValue,formattedValue)))))"
)
"""What a write asks for."""


@dataclass(frozen=True, slots=True)
class Before:
    """A shared copy as it was read: its sheets by id, their filters, and its last record.

    `leftovers` are record tabs of ours that cannot be read any more.
    """

    spreadsheet: str
    generation: int
    has_record: bool
    sheets: Mapping[int, Sheet]
    filters: Mapping[int, Request]
    leftovers: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """The title of the next record tab: somebody may have a tab of that title already."""
        gone = {*self.leftovers}
        if self.has_record:
            gone.add(tab_id(self.spreadsheet, self.generation))
        return free_title(TITLE, [s.title for s in self.sheets.values() if s.id not in gone])


@dataclass(frozen=True, slots=True)
class Batch:
    """One request that writes, and the record that it leaves."""

    body: Request
    record: Record


def parts(steps: Sequence[Step]) -> list[list[Step]]:
    """Return steps in parts that each fit into one request, in their order."""
    made: list[list[Step]] = [[]]
    size = 0
    for step in steps:
        # What is touched goes into the record as well.
        more = len(json.dumps([step.requests, [[*map(str, (t.was, t.new))] for t in step.touches]]))
        if made[-1] and size + more > MOST_BYTES:
            made.append([])
            size = 0
        made[-1].append(step)
        size += more
    return made


def batch(steps: Sequence[Step], heads: Iterable[Head], before: Before, generation: int) -> Batch:
    """Return the request that carries steps out, as the write of a generation."""
    touches = tuple(touch for step in steps for touch in step.touches)
    touched = {touch.sheet for touch in touches}
    record = Record(generation, tuple(_relied_on(heads, touches)), touches)
    note = texts(record)
    requests: list[Request] = []
    if before.has_record:
        requests.append({"deleteSheet": {"sheetId": tab_id(before.spreadsheet, before.generation)}})
    requests += [{"deleteSheet": {"sheetId": sheet}} for sheet in before.leftovers]
    requests.append(_tab(record, len(note), before))
    filters = {sheet: each for sheet, each in before.filters.items() if sheet in touched}
    # A copy passes over rows that a filter hides, and then repeats what it has. One of which we do
    # not know, since it came after our reading, goes as well: without it nothing would be lost but
    # a look, with it what a colleague typed.
    hiding = dict.fromkeys((*filters, *(each.sheet for each in record.copied)))
    requests += [{"clearBasicFilter": {"sheetId": sheet}} for sheet in hiding]
    requests += _copies(record, len(note), before)
    requests.append(_note(record, note, before))
    requests += [request for step in steps for request in step.requests]
    for sheet, basic in filters.items():
        requests += _filter_again(sheet, basic, touches)
    body = {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseRanges": [a1.title(before.title), *_written(touches, before)],
    }
    return Batch(body, record)


def _relied_on(heads: Iterable[Head], touches: Iterable[Touch]) -> Iterator[Head]:
    """Yield headers with the labels of the columns that are written, or tell rows apart.

    A row that goes is known by all that stands in it.
    """
    columns: dict[int, set[int]] = {}
    for touch in touches:
        if touch.kind != DROP:
            columns.setdefault(touch.sheet, set()).update(touch.knows, touch.new)
    for head in heads:
        known = columns.get(head.sheet, set())
        labels = {column: label for column, label in head.labels.items() if column in known}
        if labels:
            yield Head(head.sheet, head.index, labels)


def _tab(record: Record, lines: int, before: Before) -> Request:
    """Return the request that adds the record tab."""
    width = max((before.sheets[each.sheet].columns for each in record.copied), default=0)
    size = {"rowCount": lines + len(record.copied), "columnCount": 1 + width}
    return {
        "addSheet": {
            "properties": {
                "sheetId": tab_id(before.spreadsheet, record.generation),
                "title": before.title,
                "hidden": True,
                "gridProperties": size,
            }
        }
    }


def _copies(record: Record, lines: int, before: Before) -> Iterator[Request]:
    """Yield the requests that copy the rows, as values, neighbours together."""
    tab = tab_id(before.spreadsheet, record.generation)
    placed = list(enumerate(record.copied, start=lines))
    for (sheet, _), run in groupby(
        placed, key=lambda each: (each[1].sheet, each[1].index - each[0])
    ):
        rows = list(run)
        (to, first), count = rows[0], len(rows)
        width = before.sheets[sheet].columns
        source = _area(sheet, first.index, count, 0, width)
        del source["startColumnIndex"]  # as good as 0, and shorter
        yield {
            "copyPaste": {
                "source": source,
                "destination": _area(tab, to, count, 1, width),
                "pasteType": "PASTE_VALUES",
            }
        }


def _area(sheet: int, index: int, rows: int, column: int, columns: int) -> Request:
    return {
        "sheetId": sheet,
        "startRowIndex": index,
        "endRowIndex": index + rows,
        "startColumnIndex": column,
        "endColumnIndex": column + columns,
    }


def _note(record: Record, note: Sequence[str], before: Before) -> Request:
    """Return the request that writes the note beside the copies."""
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in note]
    start = {"sheetId": tab_id(before.spreadsheet, record.generation)}  # from its first cell on
    return {"updateCells": {"start": start, "rows": rows, "fields": "*"}}


def _filter_again(sheet: int, basic: Request, touches: Iterable[Touch]) -> Iterator[Request]:
    """Yield the request that sets a filter again, over the rows that it has by then.

    A row that comes right below its last one is in it, too. A filter of which no row is left is not
    set again.
    """
    area = dict(basic.get("range", {}))
    start, end = area.get("startRowIndex", 0), area.get("endRowIndex")
    own = [touch for touch in touches if touch.sheet == sheet]
    gone = [touch.index for touch in own if touch.kind == DROP]
    come = [touch.index for touch in own if touch.kind == ADD]
    above = sum(index <= start for index in come) - sum(index < start for index in gone)
    if above:
        area["startRowIndex"] = start + above
    if end is not None:
        more = sum(index <= end for index in come) - sum(index < end for index in gone)
        area["endRowIndex"] = end + more
        if area["endRowIndex"] <= start + above:
            return
    yield {"setBasicFilter": {"filter": {**basic, "range": area}}}


# ---- what comes back ---------------------------------------------------------------


def _written(touches: Sequence[Touch], before: Before) -> list[str]:
    """Return the places of the rows that were written, neighbours together."""
    places = sorted({(sheet, then) for (sheet, _), then in places_then(touches).items()})
    found = []
    for (sheet, _), run in groupby(
        enumerate(places), key=lambda each: (each[1][0], each[1][1] - each[0])
    ):
        rows = [index for _, (_, index) in run]
        title = a1.title(before.sheets[sheet].title)
        found.append(f"{title}!{rows[0] + 1}:{rows[-1] + 1}")
    return found


def places_then(touches: Iterable[Touch]) -> dict[tuple[int, int], int]:
    """Return where rows lie once rows above them have come and gone, by sheet and 0-based place.

    A row that goes itself, after something was written into it, lies nowhere.
    """
    come: dict[int, list[int]] = {}
    gone: dict[int, list[int]] = {}
    rows = []
    for touch in touches:
        kept = {ADD: come, DROP: gone}.get(touch.kind)
        if kept is not None:
            kept.setdefault(touch.sheet, []).append(touch.index)
        else:
            rows.append((touch.sheet, touch.index))
    for places in (*come.values(), *gone.values()):
        places.sort()
    lost = {(sheet, index) for sheet, places in gone.items() for index in places}
    return {
        (sheet, index): index
        + bisect_right(come.get(sheet, ()), index)
        - bisect_left(gone.get(sheet, ()), index)
        for sheet, index in rows
        if (sheet, index) not in lost
    }


def not_as_written(record: Record, grids: Mapping[int, Grid]) -> bool:
    """Tell whether a row that came back says anything else than was written into it."""
    places = places_then(record.touches)
    return any(
        _differs(faces_of(grids[touch.sheet], places[touch.sheet, touch.index]), touch.new)
        for touch in record.touches
        if touch.kind == SET and touch.sheet in grids and (touch.sheet, touch.index) in places
    )


def _differs(row: Sequence[Any], new: Faces) -> bool:
    return any(at(row, column) != said for column, said in new.items())
