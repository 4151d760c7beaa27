"""Which workbooks a fleet file means, and what they are called on every machine."""

from pathlib import Path

from cjm_sheets.adapters.fleet_paths import pairs_of, state_folder
from cjm_sheets.adapters.workbook_paths import meant
from cjm_sheets.errors.workbook import NoSuchFileError, NoWorkbookInFolderError
from cjm_sheets.fleet.settings import Entry, Fleet, Wish


def fleet(*names: str, shards: int = 1, shard: int | None = None) -> Fleet:
    entries = (Entry(name, name, "new", Wish(), shard, 1) for name in names)
    return Fleet(tuple(entries), shards=shards)


def files(folder: Path, *names: str) -> str:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return str(folder / "fleet.toml")


def test_names_patterns_and_folders(tmp_path: Path) -> None:
    file = files(tmp_path, "maps/a.xlsx", "maps/b.xlsx", "maps/~$a.xlsx", "x/deep/c.xlsx", "d.xlsx")
    wanted = fleet("d.xlsx", "maps", "maps/*.xlsx", "x/**/*.xlsx", "missing.xlsx")
    pairs, unmeant = pairs_of(wanted, file, meant)
    assert [pair.key for pair in pairs] == [
        "d.xlsx",
        "maps/a.xlsx",
        "maps/b.xlsx",
        "x/deep/c.xlsx",
        # It may come: until then its own sync says that it is not there.
        "missing.xlsx",
    ]
    # What two entries mean belongs to the first of them.
    assert [pair.entry.workbook for pair in pairs][1:3] == ["maps", "maps"]
    assert unmeant == ()


def test_names_that_stand_for_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    file = files(tmp_path, "a.xlsx")
    pairs, unmeant = pairs_of(fleet("empty", "b*.xlsx", "a.xlsx"), file, meant)
    assert [pair.key for pair in pairs] == ["a.xlsx"]
    assert [type(each) for each in unmeant] == [NoWorkbookInFolderError, NoSuchFileError]


def test_a_workbook_elsewhere_is_called_by_its_whole_path(tmp_path: Path) -> None:
    file = files(tmp_path, "fleet/fleet.toml", "other/a.xlsx")
    file = str(tmp_path / "fleet" / "fleet.toml")
    (pair,), _ = pairs_of(fleet("../other/a.xlsx"), file, meant)
    assert pair.key == (tmp_path / "other" / "a.xlsx").as_posix()


def test_shards_do_not_depend_on_the_place_of_the_fleet(tmp_path: Path) -> None:
    names = [f"maps/{n}.xlsx" for n in range(40)]
    dealt = []
    file = ""
    for place in ("one", "two"):
        file = files(tmp_path / place, *names)
        wanted = fleet("maps/*.xlsx", shards=3)
        parts = [{p.key for p in pairs_of(wanted, file, meant, n)[0]} for n in (1, 2, 3)]
        assert set.union(*parts) == set(names)
        assert sum(map(len, parts)) == 40
        assert min(map(len, parts)) > 4
        dealt.append(parts)
    assert dealt[0] == dealt[1]
    fixed = fleet("maps/*.xlsx", shards=3, shard=2)
    assert [len(pairs_of(fixed, file, meant, n)[0]) for n in (1, 2, 3)] == [0, 40, 0]


def test_each_fleet_file_has_its_own_state(tmp_path: Path) -> None:
    places = {state_folder(tmp_path, str(tmp_path / name)) for name in ("a/f.toml", "b/f.toml")}
    assert len(places) == 2
    assert all(place.parent == tmp_path / "fleets" for place in places)
    assert state_folder(tmp_path, "f.toml") == state_folder(tmp_path, str(Path("f.toml").resolve()))
