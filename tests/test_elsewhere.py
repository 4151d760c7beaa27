"""What goes to another machine to keep a pair is small, has no secret, and is not done blindly."""

import pickle
from pathlib import Path

import pytest

from cjm_sheets import wiring
from cjm_sheets.adapters.fleet_paths import mark, marked
from cjm_sheets.errors.fleet import NotSharedStateError
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.fleet.due import Due, Pair, Why
from cjm_sheets.fleet.settings import Entry, Fleet, Wish

ENTRY = Entry("maps", "maps/*.xlsx", "new", Wish(), None, 1)
SECRET = "the-token"  # noqa: S105 - it is looked for


def due(folder: Path) -> Due:
    return Due(Pair("maps/a.xlsx", str(folder / "maps" / "a.xlsx"), ENTRY), Why.NEW, 0)


def test_what_crosses_the_network_is_small_and_holds_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "a.xlsx").write_bytes(b"")
    entries = "".join(f'[[pair]]\nworkbook = "{n}.xlsx"\n' for n in range(200))
    (tmp_path / "fleet.toml").write_text(f"[fleet]\nquota_share = 0.5\n{entries}")
    monkeypatch.setenv("CJM_SHEETS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CJM_SHEETS_TOKEN", SECRET)
    wish = wiring.FleetWish(str(tmp_path / "fleet.toml"), scheduler="tcp://127.0.0.1:1")
    with wiring.fleet_work(wish, str) as work:
        sent = pickle.dumps((work.means.keep, due(tmp_path)))
    assert len(sent) < 2000
    assert SECRET.encode() not in sent
    assert pickle.loads(sent) == (work.means.keep, due(tmp_path))  # noqa: S301 - our own


@pytest.mark.parametrize("there", [True, False])
def test_a_worker_that_sees_another_state_does_nothing(tmp_path: Path, *, there: bool) -> None:
    state = tmp_path / "fleets" / "fleet-1"
    if there:
        state.mkdir(parents=True)
        mark(state)
    site = wiring.Site(str(tmp_path), str(state), "another mark", "", "en", Fleet(()))
    with pytest.raises(NotSharedStateError):
        wiring.KeptElsewhere(site, "run")(due(tmp_path))
    assert not (state / "fleet.sqlite").exists()


def test_a_folder_of_state_keeps_its_mark(tmp_path: Path) -> None:
    assert marked(tmp_path) == ""
    first = mark(tmp_path)
    assert len(first) == 32
    assert (mark(tmp_path), marked(tmp_path)) == (first, first)
    with pytest.raises(OwnFolderError):
        mark(tmp_path / "none")
