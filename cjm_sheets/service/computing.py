"""Decides when formulas are computed anew: only when something that they can see has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cjm_sheets.service.area import area_of
from cjm_sheets.service.formulas import Book, Tab, calculate
from cjm_sheets.service.references import Corner, Reference, titles_in
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Row, Sheet

_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that formulas can see: the tabs, the names, the language, the day."""

    sheets: Sequence[Sheet]
    names: Sequence[Json]
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class _Input:
    """A tab as it was when formulas were computed."""

    sheet_id: int
    title: str
    size: tuple[int, int]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Computed:
    """Computed values by (sheet id, row, column), and what they were computed from."""

    values: dict[tuple[int, int, int], Json]
    inputs: tuple[_Input, ...]
    mentioned: dict[str, int | None]
    names: tuple[Json, ...]
    language: str
    day: date

    def holds(self, scene: Scene) -> bool:
        """Say whether computing anew would give the same."""
        if (self.names, self.language, self.day) != (
            tuple(scene.names),
            scene.language,
            scene.day,
        ):
            return False
        sheets = {sheet.id: sheet for sheet in scene.sheets}
        seen = {kept.sheet_id for kept in self.inputs}
        return (
            _homes(self.mentioned, scene) == self.mentioned
            and all(_input(sheets.get(kept.sheet_id)) == kept for kept in self.inputs)
            and not any(_formulas(sheet) for id_, sheet in sheets.items() if id_ not in seen)
        )


def computed(scene: Scene, old: Computed | None) -> Computed:
    """Return the values of all formulas; ``old`` itself when it still holds."""
    if old is not None and old.holds(scene):
        return old
    results = calculate(_book(scene))
    ids = [sheet.id for sheet in scene.sheets]
    values = {(ids[at], row, column): value for (at, row, column), value in results.items()}
    formulas = {sheet.id: _formulas(sheet) for sheet in scene.sheets}
    titles = titles_in(text for texts in formulas.values() for text in texts)
    mentioned = _homes(dict.fromkeys(titles), scene)
    named = {area_of(named["range"]).sheet for named in scene.names}
    involved = {id_ for id_, texts in formulas.items() if texts} | set(mentioned.values()) | named
    inputs = (_input(sheet) for sheet in scene.sheets if sheet.id in involved)
    return Computed(
        values,
        tuple(kept for kept in inputs if kept is not None),
        mentioned,
        tuple(scene.names),
        scene.language,
        scene.day,
    )


def _homes(titles: dict[str, int | None], scene: Scene) -> dict[str, int | None]:
    ids = {sheet.title.casefold(): sheet.id for sheet in scene.sheets}
    return {title: ids.get(title) for title in titles}


def _input(sheet: Sheet | None) -> _Input | None:
    if sheet is None:
        return None
    size = sheet.row_count, sheet.column_count
    return _Input(sheet.id, sheet.title, size, list(sheet.rows))


def _formulas(sheet: Sheet) -> set[str]:
    found: set[str] = set()
    for _, _, cell in sheet.cells():
        value = cell.get("userEnteredValue")
        if value is not None and "formulaValue" in value:
            found.add(value["formulaValue"])
    return found


def _book(scene: Scene) -> Book:
    tabs = [
        Tab(sheet.title, sheet.row_count, sheet.column_count, _typed_rows(sheet))
        for sheet in scene.sheets
    ]
    today = float((scene.day - _EPOCH).days)
    return Book(tabs, dict(_references(scene)), scene.language, today)


def _typed_rows(sheet: Sheet) -> list[dict[int, Json]]:
    name = "userEnteredValue"
    return [{at: cell[name] for at, cell in row.items() if name in cell} for row in sheet.rows]


def _references(scene: Scene) -> Iterator[tuple[str, Reference]]:
    sheets = {sheet.id: sheet for sheet in scene.sheets}
    for named in scene.names:
        area = area_of(named["range"])
        sheet = sheets.get(area.sheet)
        if sheet is not None:
            box = area.within(sheet.row_count, sheet.column_count)
            start = Corner(box.top, box.left, row_fixed=True, column_fixed=True)
            end = Corner(box.bottom - 1, box.right - 1, row_fixed=True, column_fixed=True)
            yield named["name"], Reference(sheet.title, start, None if end == start else end)
