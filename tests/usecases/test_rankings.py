"""The ranking and what to research next stand in the workbook as the terminal says them."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import titles
from cjm_sheets.templates.ranking_sheets import RankedPain, advice
from cjm_sheets.usecases.check_map import Wanted
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.score_map import score_map
from cjm_sheets.usecases.write_findings import write_findings
from cjm_sheets.usecases.write_sheets import write_scores
from cjm_sheets.words.languages import LANGUAGES

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEAD = 5


def workbook(path: Path, wish: Wish) -> XlsxFile:
    path.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    return XlsxFile(path, XlsxBuilder)


def rows(path: Path, title: str) -> list[list[object]]:
    """Return the rows of the table of a sheet, from its second column on."""
    return list(itertools.takewhile(any, lines(path, title, HEAD + 1)))


def lines(path: Path, title: str, first: int) -> list[list[object]]:
    """Return the lines of a sheet from one on, from its second column on."""
    sheet = next(s for s in openpyxl.load_workbook(path).worksheets if s.title == title)
    return [[c.value for c in row] for row in sheet.iter_rows(min_row=first, min_col=2)]


def test_the_ranking_is_the_one_of_the_terminal(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    pains = [p for p in score_map(file).document()["pains"] if p["rank"]]
    written = rows(file.path, "Ranking")
    assert [row[0] for row in written] == [pain["rank"] for pain in pains]
    assert [row[5] for row in written] == [pain["row"] for pain in pains]
    for row, pain in zip(written, pains, strict=True):
        expected = [pain["evidenced"], pain["if_true"], pain["gap"]]
        assert row[1:4] == pytest.approx(expected, abs=1e-9)
        assert row[4] == pain["grade"]
    firm = next(line for line in score_map(file).lines("en") if "N12" in line)
    assert str(written[0][8]) in firm
    assert OpenXmlValidator().validate(file.path).errors == []


def test_the_rank_without_grades_stands_beside(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    without = {row[5]: row[9] for row in rows(file.path, "Ranking")}
    assert sorted(without.values(), key=str) == sorted(range(1, 13), key=str)
    # N1 has grade B, which takes 20 %: 60.4 / 0.8 is more than the 61.7 of N12 with grade A
    assert without["N1"] == 1
    assert without["N12"] != 1


def test_other_methods_stand_beside_with_whom_they_put_first_and_who_says_so(
    tmp_path: Path,
) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    said = score_map(file).document()
    head = lines(file.path, "Ranking", HEAD)[0]
    at = head.index("S × F × R")
    assert head[at : at + 4] == ["S × F × R", "RICE", "RPN", "Opportunity"]
    written = rows(file.path, "Ranking")
    for row, pain in zip(written, said["pains"], strict=False):
        assert row[at : at + 4] == pytest.approx(list(pain["methods"].values()))
    notes = [row[0] for row in lines(file.path, "Ranking", HEAD + len(written) + 2)]
    assert notes[0] == "1 of 4 other methods put N12 first too."
    assert said["other_methods"]["agree_on_first"] == 1
    for note, name in zip(notes[1:], ("Nielsen", "McBride", "IEC 60812", "Ulwick"), strict=True):
        assert name in str(note)


def test_the_ranking_says_on_what_its_first_place_rests(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    said = str(lines(file.path, "Ranking", 3)[0][0])
    assert "without E4 / E10 another pain would be first" in said
    assert "Without the trust grades N1 would be first" in said
    assert score_map(file).document()["first_place_rests_on"] == ["E4", "E10"]


def test_a_grade_that_leaves_nothing_does_not_hide_the_rank_without_grades(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    before = {row[5]: row[9] for row in rows(file.path, "Ranking")}
    since = file.read()
    settings = next(table for table in since.tables if table.spec.key == "Settings")
    at = settings.by_key["key"].cells.index("grade_B")
    line = settings.lines[at]
    file.apply(Changes(cells=(SetCell("Settings", line, "value", 0),)), since)
    write_scores(file, NOW)
    after = {row[5]: (row[0], row[9]) for row in rows(file.path, "Ranking")}
    assert int(str(after["N1"][0])) > 3, "grade B leaves nothing of its score"
    assert {id_: without for id_, (_, without) in after.items()} == before


def test_what_to_research_comes_with_what_is_missing(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    write_scores(file, NOW)
    written = rows(file.path, "Research next")
    gaps = [row[1] for row in written]
    assert gaps == sorted(gaps, key=float, reverse=True)  # type: ignore[arg-type] # numbers
    assert written[0][2] == "N8"
    assert "Ask at least five customers." in str(written[0][5])


@pytest.mark.parametrize(
    ("people", "sources", "said"),
    [
        (None, 0, "Ask at least five customers."),
        (4, 2, "Ask at least five customers."),
        (5, 1, "Ask more, and find a second source."),
        (29, 2, "Ask more people, up to thirty."),
        (30, 1, "Find a second kind of source."),
        (30, 2, "Ask more: the share is still unsure."),
    ],
)
def test_the_advice_follows_the_edges_of_the_grades(
    people: int | None, sources: int, said: str
) -> None:
    pain = RankedPain(1, "N1", "It hurts", "T1", "Pains", "C5", 10, 20, "D", "firm", 1,
                      people, sources)  # fmt: skip
    assert advice("en", pain).endswith(said)


def test_a_map_without_a_score_says_so(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(language="da"))
    write_scores(file, NOW)
    made = file.read().made
    assert [row[0] for row in rows(file.path, made["Ranking"])] == [
        "Ingen smertepunkter har point endnu."
    ]


def test_a_pain_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum"))
    file.apply(Changes(cells=(SetCell("Pains", 5, "pain", "=1+1 of them"),)), file.read())
    write_scores(file, NOW)
    sheet = openpyxl.load_workbook(file.path)["Ranking"]
    found = [c for row in sheet.iter_rows() for c in row if c.value == "=1+1 of them"]
    assert [cell.data_type for cell in found] == ["s"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_every_sheet_of_ours_is_one_that_a_sheet_can_bear(language: str) -> None:
    ours = [titles.of_role(language, role) for role in titles.ROLES]
    tables = [naming.table_label(language, table) for table in schema.TABLES]
    every = [title.casefold() for title in (*ours, *tables)]
    assert len(every) == len(set(every))
    assert max(map(len, every)) <= 31
    assert not set("".join(every)) & set("[]:*?/\\")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_begins_with_its_title_as_all_sheets_do(
    language: str, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "map.xlsx", Wish(starter="vacuum", language=language))
    file.apply(Changes(cells=(SetCell("Pains", 5, "severity", 9),)), file.read())
    write_findings(file, Wanted(NOW.date()), NOW)
    write_scores(file, NOW)
    book, made = openpyxl.load_workbook(file.path), file.read().made
    for role in ("Findings", "Ranking", "Research"):
        assert book[made[role]]["A1"].value == titles.of_role(language, role)
        link = book[made[role]]["A2"].hyperlink
        assert link is not None
        assert made["Start"] in link.location
