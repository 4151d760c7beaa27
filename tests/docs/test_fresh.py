"""What scripts/make_docs.py makes is what lies in docs/, and it notices when that is not so."""

from pathlib import Path

import pytest

from scripts import make_docs


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return make_docs.pages()


def test_the_generated_files_are_fresh(made: dict[str, str]) -> None:
    """If this fails, run: python scripts/make_docs.py."""
    assert make_docs.stale(made) == []


def test_the_pictures_are_small_enough_to_load_quickly(made: dict[str, str]) -> None:
    for name in ("map.svg", "map-part.svg"):
        assert len(made[name].encode()) < 400_000


def test_what_is_stale_missing_or_left_over_is_named(made: dict[str, str], tmp_path: Path) -> None:
    make_docs.update(made, tmp_path)
    assert make_docs.stale(made, tmp_path) == []
    (tmp_path / "commands.md").write_text("old", "utf-8")
    (tmp_path / "map.svg").unlink()
    (tmp_path / "rules" / "CJ999.md").write_text("a rule that was taken back", "utf-8")
    assert make_docs.stale(made, tmp_path) == [
        "docs/commands.md: stale",
        "docs/map.svg: missing",
        "docs/rules/CJ999.md: there is no such rule",
    ]
    make_docs.update(made, tmp_path)
    assert make_docs.stale(made, tmp_path) == []


def test_a_wall_map_built_otherwise_is_not_cut_somewhere() -> None:
    with pytest.raises(ValueError, match="built otherwise"):
        make_docs.part_of("<svg/>")


def test_the_command_reference_knows_every_verb(made: dict[str, str]) -> None:
    verbs = ("demo", "new", "check", "explain", "score", "draw", "sync", "serve")
    for verb in verbs:
        assert f"\n## {verb}\n\n```text\nUsage: cjm-sheets {verb} " in made["commands.md"]
