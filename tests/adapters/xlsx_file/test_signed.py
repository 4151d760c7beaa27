"""Shows that a digital signature stays as it is, and that it is said that it no longer fits."""

from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.signature import BROKEN
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from tests.adapters.xlsx_file.packages import changed, parts
from tests.adapters.xlsx_file.sample import Sample
from tests.adapters.xlsx_file.signed import ORIGIN, PARTS, sign

CELL = Changes(cells=(SetCell("Stages", 5, "name", "new"),))
AS_IT_IS = Changes(cells=(SetCell("Stages", 5, "name", "Aware"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx").tables().save()


def notes(path: Path, changes: Changes) -> tuple[str, ...]:
    store = XlsxFile(path)
    return store.apply(changes, store.read()).notes


def test_it_is_said_that_the_signature_no_longer_fits(path: Path) -> None:
    before = parts(sign(path))
    assert notes(path, CELL) == (BROKEN,)
    assert {name: parts(path)[name] for name in PARTS} == {name: before[name] for name in PARTS}


def test_a_signature_in_a_folder_of_another_name(path: Path) -> None:
    there = parts(sign(path))
    rels = there["_rels/.rels"].replace(b"_xmlsignatures/origin.sigs", b"seals/origin.sigs")
    moved = {name.replace("_xmlsignatures", "seals"): there[name] for name in PARTS}
    changed(path, **dict.fromkeys(PARTS), **moved, **{"_rels/.rels": rels})
    assert ORIGIN not in parts(path)
    assert notes(path, CELL) == (BROKEN,)


def test_nothing_is_said_where_nothing_was_written_or_signed(path: Path) -> None:
    assert notes(path, CELL) == ()
    Sample(path).tables().save()
    before = sign(path).read_bytes()
    assert notes(path, AS_IT_IS) == ()
    assert path.read_bytes() == before
