"""What the pages say in tables is what the program does: scores, settings, layers, counts."""

import re
import tomllib
from datetime import date

import click
import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.cli.main import main
from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.fleet.reading import ENTRY_KEYS, FLEET_KEYS, read_fleet
from cjm_sheets.model.scales import Settings
from cjm_sheets.scoring import grades
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import ranking
from cjm_sheets.service.requests import batch, registry
from cjm_sheets.usecases.new_map import Wish, content_of
from cjm_sheets.words.languages import LANGUAGES, NAMES
from tests.docs.pages import PAGES, ROOT
from tests.scoring.example import ROWS, workbook


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table(name: str, first_heading: str) -> list[list[str]]:
    """Return the cells of the table of a page whose first heading is this one."""
    found = re.search(rf"^\| {re.escape(first_heading)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)",
                      page(name), re.MULTILINE)  # fmt: skip
    assert found is not None, first_heading
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]


def test_the_worked_example_comes_out_as_shown() -> None:
    scores = score_pains(workbook())
    ranks = {each.position: each for each in ranking(scores)}
    rows = [
        [
            row[0],
            str(row[1]),
            f"{row[2]}/{row[3]}" if row[2] else f"guess {row[4]:.0%}".replace("%", " %"),
            f"{row[5]:.2f}"[1:],
            "yes" if row[6] else "no",
            str(row[7]),
            f"{score.frequency_low:.3f}"[1:],
            score.grade,
            f"{score.if_true:.1f} ({ranks[score.position].rank_if_true})",
            f"{score.evidenced:.1f} ({ranks[score.position].rank})",
        ]
        for row, score in zip(ROWS, scores, strict=True)
    ]
    assert table("docs/scoring.md", "pain") == rows


def test_the_settings_are_as_the_page_on_scores_says() -> None:
    text, settings = page("docs/scoring.md"), Settings()
    assert "counts .10, .25, .50, .75, 1.00" in text
    assert settings.severity == pytest.approx((0.10, 0.25, 0.50, 0.75, 1.00))
    assert "A leaves 1.0 of a score, B 0.8, C 0.5, D 0.2" in text
    left = [settings.grade_factor(grade) for grade in "ABCD"]
    assert left == pytest.approx([1.0, 0.8, 0.5, 0.2])
    assert "z = 1.2816" in text
    assert settings.z == pytest.approx(1.2816)


@pytest.mark.parametrize(
    ("people", "sources"), [(30, 2), (30, 1), (29, 2), (5, 2), (29, 1), (5, 0), (4, 2), (None, 3)]
)
def test_the_grades_are_as_the_page_on_scores_says(people: int | None, sources: int) -> None:
    def fits(row: list[str]) -> bool:
        asked, kinds = row[1:]
        n = people or 0
        many = {"30 or more": n >= 30, "5 to 29": 5 <= n < 30}.get(asked, n < 5)
        return many and {"2 or more": sources >= 2, "fewer": sources < 2}.get(kinds, True)

    (row,) = [row for row in table("docs/scoring.md", "grade") if fits(row)]
    assert row[0] == grades.grade(people, sources)


def test_the_layers_are_those_that_the_linter_holds() -> None:
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    held = [
        [name for name in re.split(r"\s*\|\s*", layer) if not name.startswith("(")]
        for layer in layers
    ]
    said = [re.findall(r"`(\w+)`", row[0]) for row in table("docs/architecture.md", "layer")]
    assert said == held


def test_the_exit_codes_are_all_told() -> None:
    assert [row[0] for row in table("docs/commands.md", "code")] == ["0", "1", "2", "3", "4", "5"]


def test_the_service_answers_as_many_requests_as_its_page_says() -> None:
    assert batch.run_batch is not None  # it is what fills the registry
    said = re.search(r"(\d+) of the (\d+) kinds of request", page("docs/service.md"))
    assert said is not None
    assert (int(said[1]), int(said[2])) == (len(registry.supported()), len(registry.KNOWN))


def has_sample(language: str) -> bool:
    try:
        content_of(Wish(language=language, starter="vacuum"), StarterFiles(), date(2026, 3, 1))
    except UnknownTemplateError:
        return False
    return True


def test_the_limits_are_those_of_today() -> None:
    readme = page("README.md")
    for text in (f"The {len(all_rules())} rules", f"{len(all_rules())} rules, findings"):
        assert text in readme + page("CHANGELOG.md")
    spoken = [code for code in LANGUAGES if has_sample(code)]
    assert spoken == list(LANGUAGES), "README.md and docs/languages.md say all six"
    assert len(LANGUAGES) == len(NAMES) == 6
    for name in ("English", "German", "Danish", "Latvian", "Afrikaans", "Russian"):
        assert name in readme


def test_the_fleet_file_of_the_page_is_one_and_its_keys_are_told() -> None:
    text = page("docs/fleet.md")
    (block,) = re.findall(r"^```text\n(\[fleet\].*?)^```$", text, re.MULTILINE | re.DOTALL)
    fleet = read_fleet(block, "fleet.toml", {rule.id for rule in all_rules()})
    assert [entry.wish.direction for entry in fleet.entries] == ["both", "push"]
    told = {row[0].strip("`"): row[1] for row in table("docs/fleet.md", "key")}
    assert {key for key, place in told.items() if place != "`[fleet]`"} == set(ENTRY_KEYS)
    assert {key for key, place in told.items() if place != "`[[pair]]`"} == set(FLEET_KEYS)


def test_every_verb_is_shown_in_the_readme() -> None:
    shown = set(re.findall(r"^\$ cjm-sheets ([\w-]+)", page("README.md"), re.MULTILINE))
    assert shown == set(main.list_commands(click.Context(main)))


def test_every_page_can_be_reached_from_the_index() -> None:
    index = page("docs/index.md")
    for path in PAGES:
        name = path.relative_to(ROOT / "docs").as_posix() if path.name != "README.md" else ""
        if name and name != "index.md" and not re.fullmatch(r"rules/CJ\d+\.md", name):
            assert f"({name})" in index, name
