"""What colleagues open: the look of a fresh shared copy, and what becomes of it, over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cjm_sheets import wiring
from cjm_sheets.adapters.gsheets.reading import own_id
from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import Transport
from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.errors.sharing import BrokenFormulasError
from cjm_sheets.ports.sheets import SheetStore
from cjm_sheets.ports.store import Changes, NewTable, SetCell
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables import a1, naming, schema
from cjm_sheets.tables.formulas import FORMULAS
from cjm_sheets.tables.table import CellError, Table
from cjm_sheets.templates import titles
from cjm_sheets.usecases.check_formulas import refuse_broken_formulas
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.failures import sentence
from tests.sync.world import Chance, Clock, Diary

Json = dict[str, Any]


@cache
def file_of(wish: Wish) -> bytes:
    return new_map(wish, StarterFiles(), XlsxBuilder(), Clock().now())


class Shared:
    """A starter as a workbook, its shared copy at the service, and a colleague who opens it."""

    def __init__(self, transport: Transport, path: Path, language: str, starter: str) -> None:
        self.transport = transport
        self.colleague = Transport(transport.endpoint)
        self.language = language
        clock = Clock()
        wish = Wish(language=language, starter=starter)
        path.write_bytes(file_of(wish))
        self.workbook: SheetStore = wiring.workbook_file(str(path))
        self.copy: SharedCopy = create(transport, "A map", language)
        opened = Opened(Link("local", self.copy.spreadsheet), self.copy, lambda: transport.traffic)
        self.around = Surroundings(lambda _: opened, lambda _, __: opened, Diary(), clock, Chance())
        self._target: Link | None = Link("local")
        self.sync()

    def sync(self, **options: bool) -> Synced:
        done = sync_map(self.workbook, self._target, Options(**options), self.around, dry_run=False)  # type: ignore[arg-type] # flags only
        self._target = None
        return done

    def ours(self, table: str, row: str, column: str, value: Any) -> None:
        """Edit the workbook."""
        before = self.workbook.read()
        of = next(each for each in before.tables if each.spec.key == table)
        line = next(n for n in of.lines if of.cell("id", n) == row)
        self.workbook.apply(Changes(cells=(SetCell(table, line, column, value),)), before)

    def book(self) -> Json:
        """Return the whole shared copy as anybody sees it."""
        url = f"{self.transport.endpoint.address}/v4/spreadsheets/{self.copy.spreadsheet}"
        found: Json = self.colleague.request("get", url, {"includeGridData": "true"}).json()
        return found

    def batch(self, *requests: Json) -> None:
        """Do what a colleague does."""
        url = f"{self.transport.endpoint.address}/v4/spreadsheets/{self.copy.spreadsheet}"
        self.colleague.request("post", f"{url}:batchUpdate", json={"requests": list(requests)})

    def sheet(self, title: str) -> Json:
        return next(s for s in self.book()["sheets"] if s["properties"]["title"] == title)

    @property
    def map(self) -> Json:
        return self.sheet(titles.map_sheet(self.language))

    @property
    def map_id(self) -> int:
        return int(self.map["properties"]["sheetId"])


Make = Callable[..., Shared]


@pytest.fixture
def make(transport: Transport, service: RunningService, tmp_path: Path) -> Make:
    assert urlsplit(service.url).hostname == "127.0.0.1"
    return lambda language="en", starter="vacuum": Shared(
        transport, tmp_path / "map.xlsx", language, starter
    )


def shown(sheet: Json) -> list[list[str]]:
    """Return what each line of a sheet shows."""
    rows = sheet["data"][0].get("rowData", [])
    return [[c.get("formattedValue", "") for c in row.get("values", [])] for row in rows]


def typed(book: Json) -> Json:
    """Return a spreadsheet without the record of writes."""
    kept = [s for s in book["sheets"] if s["properties"]["title"] != "_cjm"]
    return {"sheets": kept, "namedRanges": book["namedRanges"]}


@pytest.mark.parametrize(("language", "starter"), [("en", "vacuum"), ("de", "bank"), ("ru", "b2b")])
def test_the_first_push_makes_all_of_it_in_three_requests(
    make: Make, language: str, starter: str
) -> None:
    shared = make(language, starter)
    traffic = shared.transport.traffic
    # Drive makes it, which is not counted here; it is filled, and read back for formulas that fail.
    assert (traffic.read, traffic.write) == (1, 1)
    book = shared.book()
    names = [s["properties"]["title"] for s in book["sheets"]]
    assert names[:2] == [titles.start(language), titles.map_sheet(language)]
    for sheet in book["sheets"]:
        said = [cell for line in shown(sheet) for cell in line]
        assert not [cell for cell in said if cell.startswith("#")], sheet["properties"]["title"]
    tables = {s["properties"]["title"]: s for s in book["sheets"] if s.get("bandedRanges")}
    assert len(tables) >= 12
    for sheet in tables.values():
        grid = sheet["properties"]["gridProperties"]
        assert grid["frozenRowCount"] == 1
        assert grid["frozenColumnCount"] >= 1
        assert "tabColor" in sheet["properties"] or "tabColorStyle" in sheet["properties"]
        assert all(each["warningOnly"] for each in sheet["protectedRanges"])
        assert all(each["description"] for each in sheet["protectedRanges"])
    before = book
    again = shared.sync()
    assert again.plan.writes_nothing
    assert typed(shared.book()) == typed(before)


def test_the_rules_are_few(make: Make) -> None:
    counts = {
        s["properties"]["title"]: len(s.get("conditionalFormats", []))
        for s in make().book()["sheets"]
    }
    # Each lane of the map has its own.
    assert 0 < counts.pop("Map") < 40
    assert counts["Touchpoints"] == 3
    assert counts["Pains"] == 9
    assert counts["Actions"] == 3
    assert counts["Maps"] == 2
    assert sum(counts.values()) < 32


def test_the_first_sheet_leads_to_the_others_by_their_ids(make: Make) -> None:
    shared = make("de")
    book = shared.book()
    ids = {s["properties"]["sheetId"]: s["properties"]["title"] for s in book["sheets"]}
    links = {}
    for row in shared.sheet("Start")["data"][0]["rowData"]:
        for cell in row.get("values", []):
            formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
            if "#gid=" in formula:
                links[int(formula.split("#gid=")[1].split('"')[0])] = cell["formattedValue"]
    assert links.items() <= ids.items()
    hidden = {s["properties"]["title"] for s in book["sheets"] if s["properties"].get("hidden")}
    assert set(links.values()) == set(ids.values()) - hidden - {"Start"}
    text = [cell for line in shown(shared.sheet("Start")) for cell in line]
    assert say("de", "Whom to ask") in text


def test_bands_and_rules_take_in_the_rows_that_come(make: Make) -> None:
    shared = make()
    (before,) = shared.sheet("Pains")["bandedRanges"]
    sheet = shared.sheet("Pains")["properties"]
    last = sheet["gridProperties"]["rowCount"]
    more = {"sheetId": sheet["sheetId"], "dimension": "ROWS", "length": 5}
    shared.batch({"appendDimension": more})
    after = shared.sheet("Pains")
    assert before["range"].get("endRowIndex", last) == last
    for area in (
        after["bandedRanges"][0]["range"],
        *(r for rule in after["conditionalFormats"] for r in rule["ranges"]),
    ):
        assert area.get("endRowIndex", last + 5) == last + 5


def test_the_map_says_what_the_tables_say(make: Make) -> None:
    shared = make()
    lines = shown(shared.map)
    stages = next(line for line in lines if len(line) > 1 and line[1] == "Stage")
    assert [stage for stage in stages[2:] if stage] == [
        "Awareness", "Interest, comparison, decision", "Purchase, preparation",
        "Installation, activation, feedback",
    ]  # fmt: skip
    (chart,) = shared.map["charts"]
    basic = chart["spec"]["basicChart"]
    assert basic["chartType"] == "LINE"
    # Two people who go different ways have a line each.
    assert len(basic["series"]) == 2
    for series, name in zip(basic["series"], ("Curious Colleen", "Ready Ruben"), strict=True):
        (area,) = series["series"]["sourceRange"]["sources"]
        assert lines[area["startRowIndex"]][area["startColumnIndex"]] == name
    # A step that one of them does not come past is an empty cell, which a line passes over.
    felt = [line for line in lines if line[1:2] in (["Curious Colleen"], ["Ready Ruben"])]
    assert [moods[2:].count("") for moods in felt] == [1, 0]


def test_the_map_follows_the_tables_without_being_written(make: Make) -> None:
    shared = make()
    before, formulas = shown(shared.map), worked_out(shared.map)
    sent = shared.transport.traffic
    shared.ours("Touchpoints", "T2", "thought", "A new thought")
    shared.ours("Touchpoints", "T2", "emotion", 2)
    shared.sync()
    now = shared.transport.traffic
    assert (now.read - sent.read, now.write - sent.write) == (1, 1)
    after = shown(shared.map)
    changed = {
        (column, cell)
        for old, new in zip(before, after, strict=True)
        for column, (was, cell) in enumerate(zip(old, new, strict=True))
        if was != cell
    }
    # The mood stands in its lane, and for both people in the lines of the curve.
    assert changed == {(3, "A new thought"), (3, "+2"), (3, "2")}
    assert worked_out(shared.map) == formulas
    # What a colleague changes is there at once, before any sync.
    names = shared.sheet("Touchpoints")
    header = shown(names)[0].index("Step")
    shared.batch(written(names["properties"]["sheetId"], 1, header, "It breaks for good"))
    assert "It breaks for good" in {cell for line in shown(shared.map) for cell in line}


@pytest.mark.parametrize(("language", "starter"), [("en", "vacuum"), ("de", "bank"), ("lv", "b2b")])
def test_the_map_shows_in_sheets_what_it_shows_in_the_workbook(
    make: Make, language: str, starter: str
) -> None:
    shared = make(language, starter)
    grids = {grid.sheet: grid for grid in shared.workbook.read().others}
    rows = grids[titles.map_sheet(language)].rows
    ours = [[cell for cell in row if cell not in {None, "", "←"}] for row in rows]
    wall = shared.map["data"][0]["rowData"]
    theirs = []
    for row in wall:
        cells = row.get("values", ())
        values = [next(iter(c.get("effectiveValue", {}).values()), "") for c in cells]
        theirs.append([value for value in values if value != ""])
    told = sum(len(chart["spec"]["basicChart"]["series"]) for chart in shared.map["charts"])
    assert len(theirs) - told == len(ours)
    for mine, other in zip(ours, theirs, strict=False):
        assert other == [pytest.approx(c) if isinstance(c, float) else c for c in mine]


def worked_out(sheet: Json) -> list[list[str]]:
    """Return the formulas of a sheet."""
    return [
        [c.get("userEnteredValue", {}).get("formulaValue", "") for c in row.get("values", [])]
        for row in sheet["data"][0]["rowData"]
    ]


_UNSEEN = 25


def test_any_one_cell_takes_two_requests_and_few_bytes(make: Make) -> None:
    shared = make("de")
    for table, row, column, value in (
        ("Touchpoints", "T2", "emotion", 2),
        ("Touchpoints", "T2", "name", "Ein anderer Schritt"),
        ("Touchpoints", "T2", "stage", "S2"),
        ("Touchpoints", "T3", "order", 1.5),
        ("Touchpoints", "T4", "reach", 0.33),
        ("Touchpoints", "T6", "moment_of_truth", "ja"),
        ("Touchpoints", "T5", "personas", "P2"),
        ("Pains", "N1", "severity", 2),
        ("Pains", "N1", "touchpoint", "T6"),
        (
            "Pains",
            "N2",
            "pain",
            "Ganz andere Worte dafür, was hier weh tut, und noch ein paar mehr",
        ),
        ("Stages", "S1", "name", "Ein anderer Abschnitt"),
        ("Personas", "P1", "summary", "Sie hat wenig Zeit und weiß genau, was sie nicht will"),
        ("Maps", "M1", "title", "Ein anderer Titel"),
        ("Evidence", "E1", "link", "https://example.org/study"),
    ):
        before = shared.transport.traffic
        shared.ours(table, row, column, value)
        shared.sync()
        now = shared.transport.traffic
        place = f"{table} {row} {column}"
        assert (now.read - before.read, now.write - before.write) == (1, 1), place
        # The wire has some bytes more (hosts, connections) than our own count sees.
        assert now.bytes_sent - before.bytes_sent + _UNSEEN < 2_500, place


def test_a_write_that_does_not_change_the_map_leaves_it_alone(make: Make) -> None:
    shared = make()
    before = shared.map
    shared.ours("Evidence", "E1", "link", "https://example.org/study")
    shared.sync()
    assert shared.map == before


def with_one_more_step(shared: Shared) -> None:
    before = shared.workbook.read()
    touchpoints = next(t for t in before.tables if t.spec.key == "Touchpoints")
    free = next(n for n in touchpoints.lines if not touchpoints.cell("name", n))
    cells = {"name": "One more step", "stage": touchpoints.cell("stage", touchpoints.lines[0])}
    changes = tuple(SetCell("Touchpoints", free, key, value) for key, value in cells.items())
    shared.workbook.apply(Changes(cells=changes), before)


def test_steps_come_and_the_map_is_drawn_anew_for_whoever_asks(make: Make) -> None:
    shared = make(starter="retail")
    lines = shown(shared.map)
    wide, tall = max(map(len, lines)), len(lines)
    rules, curve = len(shared.map["conditionalFormats"]), shared.map["charts"][0]["spec"]
    for line, column, text in ((2, wide, "beside"), (tall + 1, 1, "below")):
        shared.batch(written(shared.map_id, line, column, text))
    with_one_more_step(shared)
    shared.sync()
    said = [cell for line in shown(shared.map) for cell in line]
    assert "One more step" not in said
    assert any(cell.startswith("1 steps are not on this map") for cell in said)
    shared.sync(draws=True)
    after = shown(shared.map)
    said = [cell for line in after for cell in line]
    assert said.count("beside") == said.count("below") == 1
    assert said.count("One more step") >= 1
    assert not any("not on this map" in cell for cell in said)
    assert [s["properties"]["title"] for s in shared.book()["sheets"]].count("CalcMap") == 1
    assert len(shared.map["conditionalFormats"]) == rules
    (area,) = curve["basicChart"]["domains"][0]["domain"]["sourceRange"]["sources"]
    (now,) = shared.map["charts"][0]["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"][
        "sources"
    ]
    assert now["endColumnIndex"] == area["endColumnIndex"] + 1
    assert shared.sync(draws=True).plan.to_shared.wall is not None
    assert shown(shared.map) == after


def written(sheet: int, line: int, column: int, text: str) -> Json:
    return {
        "updateCells": {
            "start": {"sheetId": sheet, "rowIndex": line, "columnIndex": column},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
            "fields": "userEnteredValue",
        }
    }


@pytest.mark.parametrize(("line", "column"), [(10, 3), (5, 14), (8, 1)])
def test_a_map_into_which_somebody_typed_is_theirs(make: Make, line: int, column: int) -> None:
    shared = make()
    shared.batch(written(shared.map_id, line, column, "What I think"))
    mine = shared.map
    with_one_more_step(shared)
    shared.sync(draws=True)
    kept = shown(shared.sheet("Map"))
    assert kept[line][column] == "What I think"
    assert shared.map["merges"] == mine["merges"]
    drawn = [c for each in shown(shared.sheet("Map (2)")) for c in each]
    assert "One more step" in drawn
    assert shared.sync().plan.writes_nothing


@pytest.mark.parametrize("language", ["de", "ru"])
def test_what_a_colleague_takes_away_stays_away(make: Make, language: str) -> None:
    shared = make(language)
    title = titles.map_sheet(language)
    dressed = [s for s in shared.book()["sheets"] if s.get("bandedRanges")]
    shared.batch(
        {"deleteSheet": {"sheetId": shared.map_id}},
        {"deleteSheet": {"sheetId": shared.sheet(titles.start(language))["properties"]["sheetId"]}},
        *(
            {"deleteBanding": {"bandedRangeId": band["bandedRangeId"]}}
            for sheet in dressed
            for band in sheet["bandedRanges"]
        ),
        *(
            {"deleteProtectedRange": {"protectedRangeId": guard["protectedRangeId"]}}
            for sheet in dressed
            for guard in sheet["protectedRanges"]
        ),
        *(
            {"deleteConditionalFormatRule": {"sheetId": s["properties"]["sheetId"], "index": 0}}
            for s in dressed
            for _ in s.get("conditionalFormats", [])
        ),
    )
    assert shared.sync().plan.writes_nothing
    shared.ours("Touchpoints", "T2", "thought", "A new thought")
    shared.sync()
    assert shared.sync().plan.writes_nothing
    book = shared.book()
    assert not [s for s in book["sheets"] if s.get("bandedRanges") or s.get("protectedRanges")]
    assert not [s for s in book["sheets"] if s.get("conditionalFormats")]
    assert title not in {s["properties"]["title"] for s in book["sheets"]}
    shared.sync(draws=True)
    assert "A new thought" in {cell for line in shown(shared.map) for cell in line}


def test_a_map_that_was_renamed_and_lost_its_curve_is_still_drawn(make: Make) -> None:
    shared = make(starter="retail")
    (chart,) = shared.map["charts"]
    properties = {"sheetId": shared.map_id, "title": "Our wall"}
    step = shared.sheet("Touchpoints")["properties"]["sheetId"]
    shared.batch(
        {"updateSheetProperties": {"properties": properties, "fields": "title"}},
        {"updateSheetProperties": {"properties": {"sheetId": step, "title": 'Our "steps"'},
                                   "fields": "title"}},
        {"deleteEmbeddedObject": {"objectId": chart["chartId"]}},
    )  # fmt: skip
    shared.ours("Touchpoints", "T1", "name", "Another first step")
    shared.ours("Stages", "S1", "name", "Another first stage")
    shared.sync()
    wall = shared.sheet("Our wall")
    said = {cell for line in shown(wall) for cell in line}
    assert {"Another first step", "Another first stage"} <= said
    with_one_more_step(shared)
    shared.sync(draws=True)
    wall = shared.sheet("Our wall")
    assert "One more step" in {cell for line in shown(wall) for cell in line}
    assert "charts" not in wall


def test_cells_that_a_colleague_merged_across_the_edge_are_left(make: Make) -> None:
    shared = make()
    wide = max(map(len, shown(shared.map)))
    across = {
        "sheetId": shared.map_id, "startRowIndex": 2, "endRowIndex": 3,
        "startColumnIndex": wide - 1, "endColumnIndex": wide + 2,
    }  # fmt: skip
    shared.batch({"mergeCells": {"range": across, "mergeType": "MERGE_ALL"}})
    merged = shared.map["merges"]
    with_one_more_step(shared)
    shared.sync(draws=True)
    assert shared.sheet("Map")["merges"] == merged
    assert "One more step" in {c for line in shown(shared.sheet("Map (2)")) for c in line}


@pytest.mark.parametrize("column", [1, 3])
@pytest.mark.parametrize(
    ("asked", "later"),
    [({"draws": True}, {}), ({"redraws": True}, {"redraws": True})],
    ids=["drawn", "keeps up"],
)
def test_what_somebody_types_into_the_map_in_the_moment_of_a_write_is_told(
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    column: int,
    asked: dict[str, bool],
    later: dict[str, bool],
) -> None:
    shared = make()
    lines = shown(shared.map)
    line = next(n for n, cells in enumerate(lines) if "What they think" in cells)
    typing = written(shared.map_id, line, column, "typed in between")
    ask, waiting = shared.transport.request, [typing]

    def interrupted(method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        if endpoint.endswith(":batchUpdate") and waiting:
            shared.batch(waiting.pop())
        return ask(method, endpoint, *args, **kwargs)

    monkeypatch.setattr(shared.transport, "request", interrupted)
    with_one_more_step(shared)
    done = shared.sync(**asked)
    assert not waiting
    assert '"typed in between"' in [entry.before for entry in done.recovered]
    said = [c for s in shared.book()["sheets"] for cells in shown(s) for c in cells]
    assert "One more step" in said
    assert shared.sync(**later).plan.writes_nothing


def of_somebody(transport: Transport) -> SharedCopy:
    """Make a spreadsheet with a sheet that might be taken for one of ours."""
    start = {"properties": {"sheetId": own_id("Start"), "title": "Start"}}
    url = f"{transport.endpoint.address}/v4/spreadsheets"
    made = transport.request("post", url, json={"sheets": [start]}).json()
    return SharedCopy(transport, made["spreadsheetId"])


def test_a_first_push_into_a_spreadsheet_of_somebody_adds_and_takes_nothing(
    transport: Transport, tmp_path: Path
) -> None:
    theirs = of_somebody(transport)
    sheet = theirs.read().others[0].sheet
    url = f"{transport.endpoint.address}/v4/spreadsheets/{theirs.spreadsheet}"
    transport.request("post", f"{url}:batchUpdate", json={"requests": [
        written(own_id("Start"), 0, 0, "mine")
    ]})  # fmt: skip
    shared = Shared.__new__(Shared)
    shared.transport, shared.colleague, shared.language = transport, transport, "en"
    path = tmp_path / "map.xlsx"
    path.write_bytes(file_of(Wish(starter="retail")))
    shared.workbook, shared.copy = wiring.workbook_file(str(path)), theirs
    link = Link("local", theirs.spreadsheet)
    opened = Opened(link, theirs, lambda: transport.traffic)
    shared.around = Surroundings(lambda _: opened, lambda _, __: opened, Diary(), Clock(), Chance())
    sync_map(shared.workbook, link, Options(), shared.around, dry_run=False)
    assert shown(shared.sheet(sheet)) == [["mine"]]
    titles_ = [s["properties"]["title"] for s in shared.book()["sheets"]]
    assert titles_[:3] == [sheet, f"{sheet} (2)", "Map"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_formula_that_fails_where_the_copy_is_fails_the_first_push(
    make: Make, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setitem(FORMULAS["Pains"], "gap", "=NO_SUCH_FUNCTION([@hit])")
    with pytest.raises(BrokenFormulasError) as failure:
        make(language)
    facts = failure.value.facts
    title = a1.title(naming.table_label(language, schema.BY_KEY["Pains"]))
    assert str(facts["cells"]).startswith(f"{title}!")
    assert int(f"{facts['count']}") > 12
    assert f"{facts['count']}" in sentence(failure.value, language)


def test_errors_on_sheets_of_others_are_their_own(transport: Transport, tmp_path: Path) -> None:
    theirs = of_somebody(transport)
    url = f"{transport.endpoint.address}/v4/spreadsheets/{theirs.spreadsheet}"
    wrong = written(own_id("Start"), 0, 0, "")
    wrong["updateCells"]["rows"][0]["values"][0] = {"userEnteredValue": {"formulaValue": "=1/0"}}
    transport.request("post", f"{url}:batchUpdate", json={"requests": [wrong]})
    path = tmp_path / "map.xlsx"
    path.write_bytes(file_of(Wish(starter="retail")))
    link = Link("local", theirs.spreadsheet)
    opened = Opened(link, theirs, lambda: transport.traffic)
    around = Surroundings(lambda _: opened, lambda _, __: opened, Diary(), Clock(), Chance())
    sync_map(wiring.workbook_file(str(path)), link, Options(), around, dry_run=False)
    assert theirs.read().others[0].rows[0][0] == CellError("#DIV/0!")


def test_a_map_without_settings_shows_blanks_until_it_has_them(
    transport: Transport, tmp_path: Path
) -> None:
    shared = create(transport, "A map", "en")
    path = tmp_path / "map.xlsx"
    path.write_bytes(file_of(Wish(starter="retail")))
    store = wiring.workbook_file(str(path))
    whole = store.read()
    lacking = replace(whole, tables=tuple(t for t in whole.tables if t.spec.key != "Settings"))
    shown_scores = []
    for snapshot in (lacking, whole):
        new = [
            NewTable(t.spec, tuple(t.by_key), _rows_of(t), "en")
            for t in snapshot.tables
            if t.spec.key not in {known.spec.key for known in shared.read().tables}
        ]
        shared.apply(Changes(tables=tuple(new)), shared.read())
        refuse_broken_formulas(shared, replace(whole, tables=(), others=()))
        (pains,) = (t for t in shared.read().tables if t.spec.key == "Pains")
        shown_scores.append([*filter(None, pains.by_key["evidenced"].cells)])
    assert shown_scores[0] == []
    assert len(shown_scores[1]) > 5


def _rows_of(table: Table) -> tuple[dict[str, Any], ...]:
    typed = [key for key in table.by_key if not table.spec.by_key[key].computed]
    return tuple({key: table.cell(key, line) for key in typed} for line in table.lines)
