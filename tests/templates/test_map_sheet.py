"""The Map sheet shows each step, pain and idea once, in the order of the way, and follows it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.tables import a1, naming
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates import map_curve, map_shape, titles
from cjm_sheets.templates.content import Content, Row
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Book, Cell, Sheet
from cjm_sheets.usecases.new_map import Wish, content_of, planned
from cjm_sheets.words.languages import LANGUAGES
from tests.templates.growing import growing

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
_FILES = StarterFiles()


def _content(wish: Wish) -> Content:
    return content_of(wish, _FILES, NOW.date())


def _map(book: Book) -> Sheet:
    return book.sheets[1]


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.value for cell in cells if isinstance(cell.value, str) and cell.value]


def _line(sheet: Sheet, label: str, further: int = 0) -> list[Cell]:
    """Return the cells of the first line with a label in front, or of one further below."""
    line = next(c.line for c in sheet.cells if c.column == 2 and c.value == label) + further
    return [cell for cell in sheet.cells if cell.line == line and cell.column > 2]


VACUUM = _content(Wish(starter="vacuum"))


def test_it_stands_behind_start_and_says_what_the_map_is_called() -> None:
    book = planned(VACUUM, NOW)
    assert [sheet.title for sheet in book.sheets[:2]] == ["Start", "Map"]
    assert "Buying a vacuum that lasts" in _texts(_map(book).cells)
    assert any("illustrative" in text for text in _texts(_map(book).cells))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_title_is_not_that_of_any_table(language: str) -> None:
    title = titles.map_sheet(language)
    assert naming.plain(title) not in naming.known_titles()
    others = {titles.start(language), titles.retention(language), titles.lists_sheet(language)}
    assert title not in others
    assert title != "Map" or language in {"en", "de"}


def test_an_empathy_map_knows_no_way_and_has_no_such_sheet() -> None:
    for kind in MAP_TYPES:
        book = planned(_content(Wish(kind)), NOW)
        assert ("Map" in [sheet.title for sheet in book.sheets]) == (kind != "empathy"), kind


def test_the_steps_stand_in_the_order_of_the_way_with_all_that_belongs_to_them() -> None:
    sheet = _map(planned(VACUUM, NOW))
    steps = VACUUM.rows["Touchpoints"]
    assert _texts(_line(sheet, "Step")) == [row["name"] for row in steps]
    assert _texts(_line(sheet, "What they think")) == [row["thought"] for row in steps]
    assert [cell.value for cell in _line(sheet, "Mood")] == [row["emotion"] for row in steps]
    assert [cell.value for cell in _line(sheet, "Reach")] == [row["reach"] for row in steps]
    moments = [bool(row.get("moment_of_truth")) for row in steps]
    assert [cell.value != "" for cell in _line(sheet, "What decides")] == moments


def test_steps_typed_out_of_order_and_without_a_stage_find_their_place() -> None:
    stages: list[Row] = [
        {"id": "S1", "order": 2, "name": "use"},
        {"id": "S2", "order": 1, "name": "buy"},
    ]
    steps: list[Row] = [
        {"id": "T1", "stage": "S1", "order": 1, "name": "clean"},
        {"id": "T2", "order": 1, "name": "wonder"},
        {"id": "T3", "stage": "S2", "order": 2, "name": "pay"},
        {"id": "T4", "stage": "S2", "order": 1, "name": "ask"},
    ]
    content = Content("current", "en", {"Stages": stages, "Touchpoints": steps})
    for book in (planned(content, NOW), growing(content, NOW)):
        assert _texts(_line(_map(book), "Step"))[:4] == ["ask", "pay", "clean", "wonder"]
        assert _texts(_line(_map(book), "Stage"))[:3] == ["buy", "use", "Without a stage"]


def test_the_worst_pain_of_a_step_comes_first_and_none_is_left_out_in_silence() -> None:
    sheet = _map(planned(VACUUM, NOW))
    product_page = 4  # four pains hang there, three are shown
    first, second, third = (_line(sheet, "Pains", n)[product_page].value for n in (0, 2, 4))
    assert f"{first}".startswith("1. ")
    assert f"{second}".startswith("2. ")
    assert f"{third}".endswith("and 1 more")
    scores = [_line(sheet, "Pains", n)[product_page].value for n in (1, 3, 5)]
    assert scores == sorted(scores, key=float, reverse=True)  # type: ignore[arg-type] # numbers


def test_a_pain_without_a_score_says_so() -> None:
    pains: list[Row] = [{"id": "N1", "touchpoint": "T1", "pain": "too slow"}]
    steps: list[Row] = [{"id": "T1", "name": "wait"}]
    rows = {"Touchpoints": steps, "Pains": pains}
    sheet = _map(planned(Content("current", "en", rows), NOW))
    assert _texts(_line(sheet, "Pains")) == ["too slow"]
    assert _texts(_line(sheet, "Pains", 1)) == ["no score yet"]


def test_a_map_of_today_lies_above_the_one_of_tomorrow() -> None:
    rows: dict[str, list[Row]] = {
        "Maps": [
            {"id": "M1", "title": "soon", "type": "future", "based_on": "M2"},
            {"id": "M2", "title": "now", "type": "current"},
        ],
        "Stages": [
            {"id": "S1", "map": "M1", "order": 1, "name": "better"},
            {"id": "S2", "map": "M2", "order": 1, "name": "worse"},
        ],
        "Touchpoints": [
            {"id": "T1", "stage": "S1", "order": 1, "name": "new way"},
            {"id": "T2", "stage": "S2", "order": 1, "name": "old way"},
        ],
    }
    sheet = _map(planned(Content("current", "en", rows), NOW))
    named = [text for text in _texts(sheet.cells) if text.endswith(("way", "worse", "better"))]
    assert named == ["worse", "old way", "better", "new way"]
    assert len(sheet.charts) == 2


def test_a_long_way_goes_on_in_a_second_tier() -> None:
    steps: list[Row] = [{"id": f"T{n}", "order": n, "name": f"step {n}"} for n in range(1, 20)]
    content = Content("current", "en", {"Touchpoints": steps})
    tiers = map_shape.tiers(content)
    assert [len(tier.steps) for tier in tiers] == [10, 9]
    named = [t for t in _texts(_map(planned(content, NOW)).cells) if t.startswith("step ")]
    assert named == [f"step {n}" for n in range(1, 20)]


def test_people_who_go_other_ways_have_lines_of_their_own() -> None:
    (chart,) = _map(planned(VACUUM, NOW)).charts
    assert len(chart.legend) == 2
    assert [series.name for series in chart.series if not series.width] == [
        "peak", "low point", "end",
    ]  # fmt: skip
    assert chart.description
    (alone,) = _map(planned(_alone(), NOW)).charts
    assert alone.legend == ()


def _alone() -> Content:
    steps = [{**row, "personas": ()} for row in VACUUM.rows["Touchpoints"]]
    return Content("current", "en", {**VACUUM.rows, "Touchpoints": steps})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_map_asks_and_shows_its_stages(language: str) -> None:
    content = _content(Wish(language=language))
    sheet = _map(planned(content, NOW))
    bands = {cell.value for cell in sheet.cells if cell.line == 8 and cell.formula}
    assert bands == {"", *(row["name"] for row in content.rows["Stages"])}
    asked = [c for c in sheet.cells if c.column == 3 and c.line > 8 and c.formula and c.value]
    assert len(asked) >= 8


def test_an_empty_map_has_room_for_24_steps_and_tells_where_the_rest_is() -> None:
    content = _content(Wish())
    many: list[Row] = [
        {"id": f"T{n}", "stage": "S1", "order": n, "name": f"step {n}"} for n in range(1, 27)
    ]
    full = Content("current", "en", {**content.rows, "Touchpoints": many})
    texts = _texts(_map(growing(full, NOW)).cells)
    assert [t for t in texts if t.startswith("step ")] == [f"step {n}" for n in range(1, 25)]
    assert any(t.startswith("14 steps go on below") for t in texts)
    assert any(t.startswith("2 steps are not on this map") for t in texts)
    folded = _map(growing(full, NOW)).folded_lines
    assert {c.line for c in _map(growing(full, NOW)).cells if c.value == "step 13"} <= {*folded}


def test_no_cell_starts_like_a_formula_that_people_did_not_type() -> None:
    for wish in (Wish(starter="vacuum"), *(Wish(language=language) for language in LANGUAGES)):
        for text in _texts(_map(planned(_content(wish), NOW)).cells):
            assert text[0] not in "+-=@", text


def test_every_text_of_the_tables_is_a_formula_on_them() -> None:
    typed: set[Value] = {
        value
        for key in ("Touchpoints", "Pains", "Highs", "Opportunities", "Stages", "Maps")
        for row in VACUUM.rows[key]
        for column, value in row.items()
        if isinstance(value, str) and column != "id" and len(value) > 12
    }
    shown = [c for c in _map(planned(VACUUM, NOW)).cells if c.value in typed]
    assert len(shown) > 50
    assert [
        cell.value
        for cell in shown
        if "INDEX(" not in cell.formula and "CalcMap" not in cell.formula
    ] == []


def test_peak_and_end_are_those_of_the_whole_way() -> None:
    steps: list[Row] = [
        {"id": f"T{n}", "order": n, "name": f"step {n}", "emotion": mood}
        for n, mood in enumerate((0, 1, 2, 0, -1, 0, 0, 0, 0, 0, 2, 0, -2, 0, 0, 1), start=1)
    ]
    content = Content("current", "en", {"Touchpoints": steps})
    for book in (planned(content, NOW), growing(content, NOW)):
        cells = {c.column: c for c in book.sheets[-2].cells if c.line == 2}
        assert book.sheets[-2].title == "CalcMap"
        charts = _map(book).charts
        seen = {
            series.name: [
                at
                for at, chart in enumerate(charts)
                if cells[_column(chart.series[n].x)].value != map_curve.OUTSIDE
            ]
            for n, series in enumerate(charts[0].series)
        }
        assert (seen["peak"], seen["low point"], seen["end"]) == ([0], [1], [1])


def _column(place: str) -> int:
    return a1.number(place.split("$")[1])
