"""A fleet file is read whole, and each thing that is wrong with it is told with its line."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.errors.fleet import FleetFileError
from cjm_sheets.fleet.lines import lines_of
from cjm_sheets.fleet.reading import read_fleet
from cjm_sheets.fleet.settings import Entry, FailOn, Fleet, Wish
from cjm_sheets.words.failures import sentence
from cjm_sheets.words.fleet_file import KINDS
from cjm_sheets.words.languages import LANGUAGES

RULES = frozenset({"CJ031", "CJ035"})
WHOLE = """\
[fleet]  # for all
shards = 3
redis = "maps of the company"
quota_share = 0.8
every = "15m"
tell = "mia@example.org"
wall_map = true
shared_drive = true

[[pair]]
workbook = "maps/de/*.xlsx"
shared_copy = "new"
every = "1 d"
direction = "push"
tell = ["a@example.org", "b@example.org"]
fail_on = ["cj031"]
quota_share = 0.25
wall_map = false
shared_drive = false
shard = 2

[[pair]]
name = "vacuum"
workbook = "vacuum.xlsx"
"""


def test_a_whole_file() -> None:
    many = Wish(86_400, "push", ("a@example.org", "b@example.org"), FailOn("", ("CJ031",)), 0.25)
    one = Wish(900, "both", ("mia@example.org",), wall_map=True, shared_drive=True)
    assert read_fleet(WHOLE, "fleet.toml", RULES) == Fleet(
        (
            Entry("maps/de/*.xlsx", "maps/de/*.xlsx", "new", many, 2, 10),
            Entry("vacuum", "vacuum.xlsx", "remembered", one, None, 22),
        ),
        0.8,
        3,
        "maps of the company",
    )


PAIR = '[[pair]]\nworkbook = "a.xlsx"\n'
SHEET = "https://docs.google.com/spreadsheets/d/abcdefghijklmnopqrstuvw/edit"
WRONG = {
    "toml": ("x =", 1),
    "deep": ("x = " + "[" * 5000, 1),
    "unknown": (f'{PAIR}evry = "1h"\n', 3),
    "missing": ('[fleet]\n\n[[pair]]\nshared_copy = "new"\n', 3),
    "blank": (f'{PAIR}name = " "\n', 3),
    "text": (f"{PAIR}name = 3\n", 3),
    "texts": (f"{PAIR}tell = 3\n", 3),
    "choice": (f'{PAIR}\n# why\ndirection = "down"\n', 5),
    "share": (f"[fleet]\nquota_share = 1.5\n{PAIR}", 2),
    "yes_no": (f'{PAIR}wall_map = "yes"\n', 3),
    "whole": (f"[fleet]\nshards = 2\n{PAIR}shard = 3\n", 5),
    "every": (f'{PAIR}every = "soon"\n', 3),
    "email": (f'{PAIR}tell = [\n  "a@b.org",\n  "nobody",\n]\n', 5),
    "nobody": (f'[fleet]\n\ndigest = "daily"\n{PAIR}', 3),
    "rule": (f'{PAIR}fail_on = ["CJ031",\n"CJ999"]\n', 4),
    "shared_copy": (f'{PAIR}shared_copy = "there"\n', 3),
    "one_copy": (
        f'[[pair]]\nworkbook = "maps/"\nshared_copy = "{SHEET}"\n',
        3,
    ),
    "twice": (f"{PAIR}\n{PAIR}", 5),
    "table": (f"fleet = 3\n{PAIR}", 1),
    "pairs": ('\n[pair]\nworkbook = "a.xlsx"\n', 2),
    "no_pairs": ("[fleet]\nshards = 2\n", 1),
}


def test_every_kind_of_problem_has_a_case() -> None:
    assert set(WRONG) == KINDS


@pytest.mark.parametrize("kind", WRONG)
def test_a_problem_is_told_with_its_line(kind: str) -> None:
    text, line = WRONG[kind]
    with pytest.raises(FleetFileError) as caught:
        read_fleet(text, "fleet.toml", RULES)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.line) == (kind, line)
    said = {sentence(caught.value, language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    for each in said:
        assert each.startswith("fleet.toml, ")
        assert str(line) in each
        assert "{" not in each
        assert each.endswith(".")


def test_all_problems_are_told_at_once_in_their_order() -> None:
    text = (
        f'{PAIR}every = "0m"\ntell = ["x", 3]\n{PAIR}direction = 1\n[fleet]\nquota_share = true\n'
    )
    with pytest.raises(FleetFileError) as caught:
        read_fleet(text, "fleet.toml", RULES)
    told = [(each.line, each.kind) for each in caught.value.problems]
    assert told == [
        (3, "every"),
        (4, "text"),
        (4, "email"),
        (6, "twice"),
        (7, "choice"),
        (9, "share"),
    ]


def test_other_ways_to_write_the_same_have_their_lines() -> None:
    text = """
pair = [
  { workbook = "a.xlsx" },  # the first
  { workbook = "b.xlsx", 'every' = "1h" },
]
fleet.shards = 4
"""
    lines = lines_of(text)
    assert lines["pair", 1, "every"] == 4
    assert lines["fleet", "shards"] == 6
    fleet = read_fleet(text, "fleet.toml", RULES)
    assert [entry.line for entry in fleet.entries] == [3, 4]
    assert fleet.shards == 4


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Return the path of everything that a TOML text says."""
    children: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return (
        {path}
        if path and not children
        else {path} - {()}
        | {each for key, child in children for each in paths(child, (*path, key))}
    )


def test_every_place_of_a_file_has_a_line() -> None:
    assert paths(tomllib.loads(WHOLE)) - {("pair",)} <= set(lines_of(WHOLE))


@given(st.lists(st.sampled_from(["", "# é", 'tell = ["ā@b.org"]', 'every = "2h"']), max_size=6))
def test_a_line_is_that_of_the_text_whatever_stands_above(above: list[str]) -> None:
    kept = [each for number, each in enumerate(above) if not each or each not in above[:number]]
    text = "\n".join(["[[pair]]", 'workbook = "a.xlsx"', *kept, "shard = 9"])
    with pytest.raises(FleetFileError) as caught:
        read_fleet(text, "fleet.toml", RULES)
    assert [each.line for each in caught.value.problems] == [len(text.split("\n"))]
