"""The story of a score names every cell it was read from, and can be reckoned again from them."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.usecases.explain import explain_score
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.score_map import score_map
from cjm_sheets.words.languages import LANGUAGES

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a filled-in workbook that no test changes."""
    path = tmp_path_factory.mktemp("explain") / "map.xlsx"
    path.write_bytes(new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), NOW))
    return path


def told(path: Path, row: str, language: str = "en") -> tuple[dict[str, Any], str]:
    """Return the document and the text of a story."""
    story = explain_score(XlsxFile(path), row, language)
    return json.loads(json.dumps(story.document(), allow_nan=False)), "\n".join(story.lines)


def test_the_cells_hold_what_was_read(path: Path) -> None:
    said, text = told(path, "n1")
    book = openpyxl.load_workbook(path, data_only=True)

    def held(cell: str) -> Any:
        sheet, _, place = cell.partition("!")
        return book[sheet][place].value

    for key in ("severity", "hit", "observed"):
        (cell,) = said["cells"][key]
        assert held(cell) == said["typed"][key]
    (cell,) = said["cells"]["reach"]
    assert cell.startswith("Touchpoints!")
    assert held(cell) == said["factors"]["reach"]
    assert held(said["cells"]["moment_of_truth"][0]) == "yes"
    assert [held(cell) for cell in said["cells"]["sources"]] == ["interview", "user test"]
    assert [held(cell) for cell in said["cells"]["settings"]] == [0.75, 1, 1, 1, 1.2816, 0.8, 1.25]
    every = [cell for cells in said["cells"].values() for cell in cells]
    assert f"Read from: {', '.join(every)}." in text


def test_the_score_can_be_reckoned_again_from_the_story(path: Path) -> None:
    said, text = told(path, "N1")
    factors = said["factors"]
    mean = (factors["severity"] * factors["frequency"] * factors["reach"]) ** (1 / 3)
    assert said["if_true"] == pytest.approx(100 * mean * factors["moment"])
    low = (factors["severity"] * factors["frequency_low"] * factors["reach"]) ** (1 / 3)
    assert said["evidenced"] == pytest.approx(100 * low * factors["moment"] * 0.8)
    assert "Score shown: 100 × mean(0.75, 0.573, 0.8) × 1.077 × 0.8 = 60.4" in text


def test_it_says_of_the_rank_what_score_says(path: Path) -> None:
    ranked = {pain["row"]: pain for pain in score_map(XlsxFile(path)).document()["pains"]}
    for row in ("N12", "N8"):
        said, text = told(path, row)
        for key in (
            "rank", "rank_if_true", "rank_without_grades", "tied_with", "firm_share", "best_rank",
            "worst_rank", "methods", "value_at_risk", "value_low", "value_high", "grade",
            "pain", "if_true", "evidenced", "gap",
        ):  # fmt: skip
            assert said[key] == ranked[row][key], key
        assert f"Rank {said['rank']} of 12 (" in text


def test_it_says_what_would_raise_the_grade(path: Path) -> None:
    said, text = told(path, "N1")
    assert [(way["people"], way["kinds"], way["grade"]) for way in said["raises"]] == [(12, 0, "A")]
    assert "  12 more people: trust A; the score shown would be 77.0 if the share held" in text
    _, best = told(path, "N4")
    assert "Trust A is the highest there is." in best
    assert "Value at risk a year: 19,367 to 26,957 EUR." in best
    _, guess = told(path, "N8")
    assert "  5 more people and 1 more kind of source: trust B;" in guess
    assert "Value at risk" not in guess
    assert told(path, "N8")[0]["cells"].keys() & {"hit", "observed", "guess"} == {"guess"}
    assert told(path, "N1")[0]["cells"].keys() & {"hit", "observed", "guess"} == {"hit", "observed"}


def test_the_metric_of_the_step_comes_along(path: Path) -> None:
    said, text = told(path, "N1")
    assert [figure["row"] for figure in said["metrics"]] == ["K2"]
    assert "Metric at this step: Product page to basket (conversion) 9 % (8.6 to 9.4," in text
    assert told(path, "N4")[0]["metrics"] == []


def test_what_is_missing_is_said_and_nothing_invented(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "map.xlsx"
    copy.write_bytes(path.read_bytes())
    file = XlsxFile(copy)
    changes = (
        SetCell("Pains", 5, "severity", None),
        SetCell("Pains", 5, "hit", "many"),
        SetCell("Pains", 5, "touchpoint", None),
        SetCell("Pains", 5, "evidence", None),
    )
    file.apply(Changes(cells=changes), file.read())
    said, text = told(copy, "N1")
    assert (said["rank"], said["evidenced"], said["rank_without_grades"]) == (None, None, None)
    assert said["typed"]["hit"] is None
    assert said["cells"]["sources"] == []
    assert said["cells"]["reach"][0].startswith("Pains!")
    assert "moment_of_truth" not in said["cells"]
    assert "No score yet" in text
    assert "How severe it is, from 1 to 5, is not known (Pains!D5)." in text
    assert "How many people have it is not known (Pains!H5)." in text
    assert "How many customers pass there is not known (Pains!M5)." in text
    assert "nan" not in text
    assert "Rank" not in text
    assert "What would raise trust D:" in text
    assert "would be" not in text


def test_a_guess_beside_zeros_and_a_moment_without_a_factor(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "map.xlsx"
    copy.write_bytes(path.read_bytes())
    file = XlsxFile(copy)
    settings = next(table for table in file.read().tables if table.spec.key == "Settings")
    line = settings.lines[settings.by_key["key"].cells.index("moment_factor")]
    changes = (
        SetCell("Pains", 5, "hit", 0),
        SetCell("Pains", 5, "observed", 0),
        SetCell("Pains", 5, "guess", 0.4),
        SetCell("Settings", line, "value", None),
    )
    file.apply(Changes(cells=changes), file.read())
    said, text = told(copy, "N1")
    assert said["factors"]["frequency"] == 0.4
    read = [said["cells"][key] for key in ("hit", "observed", "guess")]
    assert read == [["Pains!H5"], ["Pains!I5"], ["Pains!J5"]]
    assert "A guess of 40 % (Pains!J5) counts as two people; at least" in text
    assert "A moment of truth, but Settings do not say what it counts." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_numbers(path: Path, language: str) -> None:
    said, text = told(path, "N1", language)
    english = told(path, "N1")[0]
    assert {**said, "lines": 0} == {**english, "lines": 0}
    assert "Pains!D5" in text
    assert re.search(r"\b2311|2\.311", text)
    assert "{" not in text
