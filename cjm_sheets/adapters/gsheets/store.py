"""Decides how a shared copy is made, read, and changed: one request each, if nobody interferes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from cjm_sheets.adapters.gsheets import founding, guarding, mending, record, start, wall
from cjm_sheets.adapters.gsheets.formats import color
from cjm_sheets.adapters.gsheets.guarding import Batch, Before
from cjm_sheets.adapters.gsheets.layout import lies, row_formulas
from cjm_sheets.adapters.gsheets.making import Places
from cjm_sheets.adapters.gsheets.publish import around, publish
from cjm_sheets.adapters.gsheets.reading import (
    COMMENTS,
    MASK,
    MASK_WITH_COMMENTS,
    MASK_WITH_NOTES,
    Sheet,
    filters_of,
    own_id,
    sheets_of,
    with_map,
)
from cjm_sheets.adapters.gsheets.record import Astray, Head, Record
from cjm_sheets.adapters.gsheets.told import entries
from cjm_sheets.adapters.gsheets.transport import GOOGLE_SHEETS, Transport
from cjm_sheets.adapters.gsheets.writing import (
    Place,
    Request,
    Step,
    cell_steps,
    note_steps,
    row_steps,
)
from cjm_sheets.errors.sharing import ColleaguesAtWorkError, RefusedError
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Traffic
from cjm_sheets.tables import schema
from cjm_sheets.tables.answered import grids_of
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid, Table
from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.map_shared import SharedMap

_SPREADSHEETS = f"{GOOGLE_SHEETS}/v4/spreadsheets"
_OWN = frozenset(own_id(table.key) for table in schema.TABLES)
_BAD_REQUEST = 400
_LATELY = 100
"""Writes by others that a workbook may not know of yet."""

_LOCALES = {
    "en": "en_US", "de": "de_DE", "da": "da_DK", "lv": "lv_LV", "af": "af_ZA", "ru": "ru_RU",
}  # fmt: skip


@dataclass(frozen=True)
class _Seen:
    """A shared copy as it was read last, or made."""

    sheets: Mapping[int, Sheet]
    grids: Mapping[int, Grid] = field(default_factory=dict)
    filters: Mapping[int, Request] = field(default_factory=dict)
    record: Record | None = None
    astray: tuple[Astray, ...] = ()
    drawn: wall.Drawn | None = None
    """The map that is drawn there, as far as it was asked for."""

    def titled(self, title: str) -> Sheet:
        """Return the sheet of this title."""
        return next(sheet for sheet in self.sheets.values() if sheet.title == title)


class SharedCopy:
    """A spreadsheet of the service, as a store of maps."""

    def __init__(
        self,
        transport: Transport,
        spreadsheet: str,
        sheets: Iterable[Sheet] = (),
        *,
        wanted: Mapping[str, Any] | None = None,
    ) -> None:
        """Open a spreadsheet; `wanted` is what a new one is to be, if it may be blank yet."""
        self._transport = transport
        self.spreadsheet = spreadsheet
        self._seen = _Seen({sheet.id: sheet for sheet in sheets})
        self._wanted = wanted
        self._mask = MASK
        self._minds_map = False

    @property
    def name(self) -> str:
        """The address at which people open it."""
        host = self._transport.endpoint.address or "https://docs.google.com"
        return f"{host}/spreadsheets/d/{self.spreadsheet}"

    @property
    def traffic(self) -> Traffic:
        """What was said over the network so far."""
        return self._transport.traffic

    def read(self) -> Snapshot:
        """Return all sheets, with one request."""
        answer = self._ask()
        self._seen = seen = _seen(answer, self.spreadsheet)
        hidden = _record_tabs(seen)
        # Of a sheet and its copy, which has the same headers and marks, the one of our id counts.
        order = sorted(seen.grids, key=lambda id_: id_ not in _OWN)
        grids = tuple(seen.grids[id_] for id_ in order if id_ not in hidden)
        tables = recognise(grids)
        taken = {table.sheet for table in tables}
        return Snapshot(
            title=answer["properties"]["title"],
            tables=tables,
            others=tuple(grid for grid in grids if grid.sheet not in taken),
            language=language_of(tables) if tables else "",
            stamp="",
            generation=seen.record.generation if seen.record else 0,
            overwritten=entries(seen.astray, _by_sheet(tables, seen)) if seen.astray else None,
        )

    def mind_notes(self) -> None:
        """Read the notes and comments on cells, too, from now on."""
        self._mask = MASK_WITH_COMMENTS

    def mind_map(self) -> None:
        """Read which map is drawn, too, from now on."""
        self._minds_map = True

    def would_redraw(self, of: SharedMap, since: Snapshot) -> bool:
        """Tell whether the map that was drawn is still ours, and is another one than this."""
        there = self._seen.drawn
        layout = {table.spec.key: lies(table) for table in since.tables}
        return there is not None and there.is_ours and not there.shows(of, layout)

    def refuse_if_busy(self) -> None:
        """Do nothing: many may change a spreadsheet at once."""

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply all changes with one request, which the service carries out whole or not at all.

        `since` is what was read last. Changes too large for one request take several.

        Raises:
            ColleaguesAtWorkError: somebody changed what was to be written, or another program wrote
                meanwhile. All that was overwritten is kept: read again, and mend.
        """
        layout = {table.spec.key: lies(table) for table in since.tables}
        seen = self._seen
        there, steps = tuple(seen.sheets.values()), list[Step]()
        if self._wanted and founding.is_blank(seen.sheets, seen.grids):
            there, steps = founding.furnish(self._wanted)
        beside = around(there, layout, since.others)
        steps += [Step((request,)) for request in publish(changes.tables, beside, changes.wall)]
        if changes.wall and since.tables:
            on_wall = seen.drawn
            if not self._minds_map:
                on_wall = wall.drawn(self._ask(wall.MASK), seen.sheets, seen.grids)
            steps += wall.steps(on_wall, changes.wall, Places(beside.sheets), layout)
        heads = []
        for table in since.tables:
            key = table.spec.key
            sheet = seen.titled(table.sheet)
            place = Place(table, sheet, seen.grids[sheet.id])
            cells = [change for change in changes.cells if change.table == key]
            steps += cell_steps(cells, place)
            steps += note_steps([note for note in changes.notes if note.table == key], place)
            steps += row_steps(changes, place, partial(row_formulas, layout, key))
            heads.append(place.head)
        if steps:
            self._write(steps, heads, changes.generation)
        return Outcome(stamp="")

    def mend(self, since: Snapshot) -> None:
        """Put right what the last write replaced unseen, and replace its record.

        Raises ColleaguesAtWorkError as apply does.
        """
        seen = self._seen
        layout = {table.spec.key: lies(table) for table in since.tables}
        tables = _by_sheet(since.tables, seen)

        def live(table: Table, line: int) -> dict[int, str]:
            made = row_formulas(layout, table.spec.key, line)
            return {table.by_key[key].at - 1: text for key, text in made.items()}

        sheets = {
            id_: mending.Lies(sheet, seen.grids[id_], partial(live, tables[id_]))
            if id_ in tables
            else mending.Lies(sheet, seen.grids[id_])
            for id_, sheet in seen.sheets.items()
        }
        self._write(mending.mend(seen.astray, sheets), (), 0)

    # ---- writing -------------------------------------------------------------------

    def _write(self, steps: Sequence[Step], heads: Sequence[Head], least: int) -> None:
        """Carry steps out, in as many batches as their size asks for."""
        seen = self._seen
        generation = seen.record.generation if seen.record else max(least - 1, 0)
        has_record = seen.record is not None
        ours = {record.tab_id(self.spreadsheet, n) for n in range(1, generation + _LATELY)}
        last = {record.tab_id(self.spreadsheet, generation)} if has_record else set[int]()
        leftovers = tuple(id_ for id_ in seen.sheets if id_ in ours - last)
        for part in guarding.parts(steps):
            before = Before(
                self.spreadsheet, generation, has_record, seen.sheets, seen.filters, leftovers
            )
            self._send(guarding.batch(part, heads, before, generation + 1))
            generation, has_record, leftovers = generation + 1, True, ()

    def _send(self, batch: Batch) -> None:
        """Send a batch; raise ColleaguesAtWorkError unless all was as it was taken to be."""
        url = f"{_SPREADSHEETS}/{self.spreadsheet}:batchUpdate"
        params = {"fields": guarding.ANSWER, "prettyPrint": "false"}
        try:
            answer = self._transport.request("post", url, params=params, json=batch.body).json()
        except RefusedError as refused:
            # Why, is said in words, which differ from language to language: see for ourselves.
            if refused.facts["status"] == _BAD_REQUEST and self._has_moved():
                raise ColleaguesAtWorkError(self.name) from refused
            raise
        updated = answer.get("updatedSpreadsheet", {})
        ids = [each["properties"].get("sheetId", 0) for each in updated.get("sheets", ())]
        grids = dict(zip(ids, grids_of(updated), strict=True))
        tab = grids.get(record.tab_id(self.spreadsheet, batch.record.generation))
        found = record.read(tab) if tab else None
        if tab is None or found is None or found[0] != batch.record:
            raise ColleaguesAtWorkError(self.name)
        if record.astray(*found, tab) or guarding.not_as_written(batch.record, grids):
            raise ColleaguesAtWorkError(self.name)

    def _has_moved(self) -> bool:
        """Tell whether anybody changed the shared copy since it was read."""
        return _seen(self._ask(), self.spreadsheet) != self._seen

    def _ask(self, mask: str = "") -> Any:  # noqa: ANN401 - JSON
        """Return what a mask names of the spreadsheet: what is minded, unless another is given."""
        usual = with_map(self._mask) if self._minds_map else self._mask
        params = {"fields": mask or usual, "prettyPrint": "false"}
        with_comments = not mask and self._mask == MASK_WITH_COMMENTS
        url = f"{_SPREADSHEETS}/{self.spreadsheet}"
        try:
            asked = params | COMMENTS if with_comments else params
            return self._transport.request("get", url, params=asked).json()
        except RefusedError as refused:
            if not with_comments or refused.facts["status"] != _BAD_REQUEST:
                raise
            # Comments came late to the interface, and not to every account at once.
            self._mask = MASK_WITH_NOTES
            return self._ask()


def _seen(answer: Mapping[str, Any], spreadsheet: str) -> _Seen:
    """Return a shared copy as an answer shows it."""
    sheets = sheets_of(answer)
    grids = {sheet.id: grid for sheet, grid in zip(sheets, grids_of(answer), strict=True)}
    by_id = {sheet.id: sheet for sheet in sheets}
    found = _last_record(grids, spreadsheet)
    seen = _Seen(by_id, grids, filters_of(answer), drawn=wall.drawn(answer, by_id, grids))
    if found is None:
        return seen
    last, lines, tab = found
    return replace(seen, record=last, astray=record.astray(last, lines, tab))


def _last_record(grids: Mapping[int, Grid], spreadsheet: str) -> tuple[Record, int, Grid] | None:
    """Return the record of the last write; one that lies in a tab which somebody copied is none."""
    for id_, grid in grids.items():
        found = record.read(grid)
        if found is not None and id_ == record.tab_id(spreadsheet, found[0].generation):
            return *found, grid
    return None


def _record_tabs(seen: _Seen) -> set[int]:
    """Return the sheets that hold records, also those of a spreadsheet that this is a copy of."""
    return {id_ for id_, grid in seen.grids.items() if record.read(grid) is not None}


def _by_sheet(tables: Iterable[Table], seen: _Seen) -> dict[int, Table]:
    """Return the tables by the ids of their sheets."""
    return {seen.titled(table.sheet).id: table for table in tables}


def create(transport: Transport, title: str, language: str, key: str = "") -> SharedCopy:
    """Make a new spreadsheet that can be found by a key; the first write furnishes it."""
    body = _wanted(title, language)
    spreadsheet, sheets = founding.made(transport, body, key)
    return SharedCopy(transport, spreadsheet, sheets, wanted=body)


def find(transport: Transport, title: str, language: str, key: str) -> SharedCopy | None:
    """Return what was made under a key, None if there is nothing; it may not be furnished yet."""
    spreadsheet = founding.found(transport, key)
    wanted = _wanted(title, language)
    return SharedCopy(transport, spreadsheet, wanted=wanted) if spreadsheet else None


def _wanted(title: str, language: str) -> dict[str, Any]:
    """Return a new spreadsheet in a language's locale, with one sheet that is to say what it is."""
    rows, columns = start.SIZE
    size = {"rowCount": rows, "columnCount": columns, "hideGridlines": True}
    first = {"sheetId": own_id(start.NAME), "title": titles.start(language), "gridProperties": size}
    first["tabColorStyle"] = {"rgbColor": color(looks.DEEP)}
    return {
        "properties": {"title": title, "locale": _LOCALES.get(language, "en_US")},
        "sheets": [{"properties": first}],
    }
