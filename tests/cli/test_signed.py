"""Whatever command writes into a signed workbook says once that it has to be signed again."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.signature import BROKEN
from tests.adapters.xlsx_file.packages import parts
from tests.adapters.xlsx_file.signed import PARTS, sign
from tests.cli.conftest import Run


@pytest.fixture
def signed(run: Run, tmp_path: Path) -> Path:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    return sign(tmp_path / "map.xlsx")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "map.xlsx", "--write"),
        ("score", "map.xlsx", "--write"),
        ("score", "map.xlsx", "--write", "--json"),
        ("draw", "map.xlsx", "--in-workbook"),
        ("add", "map.xlsx", "Blueprint"),
        ("sync", "map.xlsx", "--to", "local"),
    ],
    ids=" ".join,
)
def test_it_is_said_once(run: Run, signed: Path, words: tuple[str, ...]) -> None:
    before = signed.read_bytes()
    was = parts(signed)
    said = run(*words)
    assert signed.read_bytes() != before
    assert said.err.count(BROKEN) == 1
    assert BROKEN not in said.out
    assert {name: parts(signed)[name] for name in PARTS} == {name: was[name] for name in PARTS}


def test_a_command_that_only_reads_says_nothing_of_it(run: Run, signed: Path) -> None:
    assert BROKEN not in run("check", str(signed)).err
    assert BROKEN not in run("score", str(signed)).err
