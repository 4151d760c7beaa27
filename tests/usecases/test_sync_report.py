"""What a sync says of what it left where it was: a sentence for each kind, in each language."""

import pytest

from cjm_sheets.merge.base import Base
from cjm_sheets.ports.store import Changes, Traffic
from cjm_sheets.sync.steps import NotCarried, Plan
from cjm_sheets.usecases.sync_map import Link, Synced
from cjm_sheets.usecases.sync_report import document, lines
from cjm_sheets.words.languages import LANGUAGES

KINDS = (
    "column", "table", "ids", "row", "length", "formula", "remarked", "locked", "locked_row",
    "looks",
)  # fmt: skip


def told(kind: str) -> Synced:
    left = (NotCarried(kind, "Touchpoints", "THIS ONE", "sheet"),)
    plan = Plan(Changes(), Changes(), Changes(), Base(), left=left)
    return Synced(plan, "", Link("local", "x"), Traffic(), dry_run=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_a_sentence(language: str) -> None:
    said = {
        kind: [line for line in lines(told(kind), language) if "THIS ONE" in line] for kind in KINDS
    }
    assert all(len(each) == 1 for each in said.values())
    assert len({each[0] for each in said.values()}) == len(KINDS)
    assert not any("{" in each[0] for each in said.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_program_is_told_the_kind_and_the_place(kind: str) -> None:
    assert document(told(kind))["left"] == [
        {"kind": kind, "table": "Touchpoints", "what": "THIS ONE", "side": "sheet"}
    ]
