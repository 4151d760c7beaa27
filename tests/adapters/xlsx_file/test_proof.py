"""Shows that a wrong step while writing is found before the file is replaced, whatever it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file import deflate, growth, patch, plain_cells, proof, sheet_patch
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.ports.store import AddRow, Changes, SetCell, SetResult
from tests.adapters.xlsx_file.packages import SHEET, changed, parts
from tests.adapters.xlsx_file.sample import Sample

NUMBER = Changes(cells=(SetCell("Stages", 5, "target", 7), SetCell("Stages", 6, "target", 8)))
TEXT = Changes(cells=(SetCell("Stages", 5, "name", "new"),))
DAY_LESS = Changes(cells=(SetCell("Stages", 5, "name", None),))
RESULT = Changes(results=(SetResult("Stages", 5, "attainment", 0.5),))
ROW = Changes(added=(AddRow("Pains", None, {"id": "N2", "pain": "second"}),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Sample(tmp_path / "map.xlsx", blank=0).tables().save()


def refused(path: Path, changes: Changes) -> str:
    """Return where a change is refused; the file must be what it was."""
    before = path.read_bytes()
    store = XlsxFile(path)
    since = store.read()
    with pytest.raises(CannotWriteSafelyError) as raised:
        store.apply(changes, since)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return str(raised.value.facts["place"])


def spoil(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, how: Callable[..., object]
) -> None:
    """Let what a function returns be spoilt."""
    right = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *words, **more: how(right(*words, **more)))


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        (NUMBER, b"<v>8</v>", b"<v>9</v>"),
        (NUMBER, b' s="', b' s="99" t="b" x="'),
        (TEXT, b"new", b"now"),
        (TEXT, b"</t>", b"</u>"),
        (RESULT, b"<v>0.5</v>", b"<v>0.25</v>"),
        (RESULT, b"Stages[", b"Stagez["),
        (DAY_LESS, b"/>", b"><v>0</v></c>"),
    ],
    ids=["value", "kind", "text", "tag", "result", "formula", "emptied"],
)
def test_a_wrong_cell(
    path: Path, monkeypatch: pytest.MonkeyPatch, changes: Changes, old: bytes, new: bytes
) -> None:
    met: list[bytes] = []

    def wrong(cells: list[bytes]) -> list[bytes]:
        met.extend(cell for cell in cells if old in cell)
        return [cell.replace(old, new) for cell in cells]

    spoil(monkeypatch, plain_cells, "_new", wrong)
    assert refused(path, changes).startswith("Stages!")
    assert met


def test_a_row_that_is_not_what_it_must_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, sheet_patch.SheetPatch, "_copied", lambda raw: raw.replace(b"<f>", b"<f>1+"))
    assert refused(path, ROW).startswith("Pains!")


def test_a_row_in_which_another_cell_changes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, sheet_patch.SheetPatch, "run", _other_cell)
    assert refused(path, ROW) == "Pains!A5"


def _other_cell(done: sheet_patch.Patched) -> sheet_patch.Patched:
    at = done.xml.index(b'<c r="A5"')
    end = done.xml.index(b"</c>", at) + len(b"</c>")
    done.xml = done.xml[:at] + done.xml[end:]
    return done


def test_what_precedes_or_follows_the_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(
        monkeypatch, growth, "grown_ranges", lambda tail: tail.replace(b"mergeCell", b"mergedCel")
    )
    assert refused(path, ROW) == "Pains"


def test_a_table_that_does_not_grow(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(
        monkeypatch, patch, "grown_table", lambda xml: xml.replace(b'ref="A4:AE6"', b'ref="A4:AE5"')
    )
    refused(path, ROW)


@pytest.mark.parametrize("where", ["xl/theme/theme1.xml", SHEET])
def test_a_part_that_is_not_as_it_was_made(
    path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def wrong(data: bytes) -> bytes:
        at = data.index(where.encode()) + len(where) + 20
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    spoil(monkeypatch, proof, "rebuild", wrong)
    before = path.read_bytes()
    store = XlsxFile(path)
    since = store.read()
    with pytest.raises(Exception, match=r"."):
        store.apply(TEXT, since)
    assert path.read_bytes() == before


def test_packing_that_went_wrong(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, deflate, "crc32", lambda crc: crc ^ 1)
    with pytest.raises(Exception, match=r"."):
        XlsxFile(path).read()


ODD = {
    "a comment": (b"<sheetData>", b"<sheetData><!-- <row r='1'/> -->"),
    "CDATA": (b"</row>", b"<![CDATA[</row>]]></row>"),
    "an instruction": (b"</row>", b"<?own </row>?></row>"),
    "a comment that follows": (b"</worksheet>", b"<!-- end --></worksheet>"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_hides_tags_is_refused(path: Path, kind: str) -> None:
    old, new = ODD[kind]
    xml = parts(path)[SHEET]
    changed(path, **{SHEET: xml.replace(old, new, 1)})
    assert refused(path, TEXT)


@pytest.mark.parametrize("changes", [NUMBER, TEXT, RESULT], ids=["numbers", "text", "result"])
def test_cells_that_are_written_in_other_ways(path: Path, changes: Changes) -> None:
    plain = path.read_bytes()
    store = XlsxFile(path)
    store.apply(changes, store.read())
    wanted = store.read()
    path.write_bytes(plain)
    xml = parts(path)[SHEET]
    for old, new in ((b'<row r="', b'<row x14ac:dyDescent="1" r="'), (b'<c r="', b'<c  r = "')):
        xml = xml.replace(old, new)
    odd = xml.replace(b"x14ac:dyDescent", b"customFormat")
    changed(path, **{SHEET: odd})
    store.apply(changes, store.read())
    assert store.read().tables == wanted.tables
