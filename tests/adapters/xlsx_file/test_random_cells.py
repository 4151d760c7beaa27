"""Shows that any cells written into any sheet read as written, here and in another program."""

import datetime as dt
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, SetCell
from cjm_sheets.tables import schema
from cjm_sheets.tables.table import Raw
from tests.adapters.xlsx_file.sample import Sample

COLUMNS = [column.key for column in schema.STAGES.columns if column.key != "id"]
TYPED = [column.key for column in schema.STAGES.typed if column.key != "id"]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
VALUES: st.SearchStrategy[Raw] = st.one_of(
    st.none(),
    TEXT,
    st.sampled_from(["=A1", "_x0041_", "_x000D_", "'quoted", " ", "a\r\nb"]),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)),
)
PLACES = st.tuples(st.integers(5, 8), st.sampled_from(COLUMNS))


def decoded(value: object) -> object:
    """Undo the escapes of Excel, which openpyxl leaves in texts; empty texts are no cells."""
    if isinstance(value, str):
        return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value) or None
    return value.date() if isinstance(value, dt.datetime) else value


@settings(max_examples=40, deadline=None)
@given(
    cells=st.dictionaries(PLACES, VALUES, max_size=8),
    rows=st.lists(st.dictionaries(st.sampled_from(TYPED), VALUES, min_size=1), max_size=4),
)
def test_cells_and_rows_read_as_written(
    cells: dict[tuple[int, str], Raw], rows: list[dict[str, Raw]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Sample(Path(folder) / "map.xlsx").tables(["Stages", "Pains"]).save()
        store = XlsxFile(path)
        before = store.read()
        changes = Changes(
            cells=tuple(
                SetCell("Stages", line, key, value) for (line, key), value in cells.items()
            ),
            added=tuple(
                AddRow("Stages", None, {"id": f"S9{i}", **row}) for i, row in enumerate(rows)
            ),
        )
        store.apply(changes, before)
        after = store.read()
        stages, was = after.tables[0], before.tables[0]
        lies = openpyxl.load_workbook(path)["Stages"]
    new = {stages.cell("id", line): line for line in stages.lines}
    for (line, key), value in cells.items():
        column = stages.by_key[key].at
        assert stages.cell(key, line) == (None if value == "" else value)
        assert decoded(lies.cell(line, column).value) == (None if value == "" else value)
    for i, row in enumerate(rows):
        line = new[f"S9{i}"]
        assert all(stages.cell(key, line) == (row[key] if row[key] != "" else None) for key in row)
    written = {line for line, _ in cells} | {new[f"S9{i}"] for i in range(len(rows))}
    for line in set(was.lines) - written:
        assert all(stages.cell(key, line) == was.cell(key, line) for key in stages.by_key)
    assert after.tables[1] == before.tables[1]
