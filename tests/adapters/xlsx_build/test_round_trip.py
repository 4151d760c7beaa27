"""What the builder writes, the reader reads: the same map, without a blank row or a stray table."""

from dataclasses import replace
from pathlib import Path

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.to_model import to_model
from cjm_sheets.templates import titles
from cjm_sheets.templates.content import as_tables
from cjm_sheets.templates.map_types import MAP_TYPES, tables
from cjm_sheets.usecases.new_map import Wish, content_of, planned
from cjm_sheets.words.languages import LANGUAGES
from tests.adapters.xlsx_build.made import NOW, VACUUM, made
from tests.templates.growing import growing

_WISHES = (VACUUM, *(Wish(kind) for kind in MAP_TYPES), *(Wish(language=c) for c in LANGUAGES[1:]))


@pytest.mark.parametrize("wish", _WISHES, ids=lambda w: f"{w.starter or w.map_type}-{w.language}")
def test_a_new_workbook_reads_as_it_was_meant(wish: Wish, tmp_path: Path) -> None:
    file = tmp_path / "new.xlsx"
    file.write_bytes(made(wish))
    snapshot = XlsxFile(file).read()
    content = content_of(wish, StarterFiles(), NOW.date())
    assert snapshot.language == wish.language
    assert {t.spec.key for t in snapshot.tables} == set(tables(content.map_type))
    ours = to_model(map(decode, as_tables(content)), wish.language)
    assert to_model(map(decode, snapshot.tables), snapshot.language) == ours
    for table in snapshot.tables:
        assert table.own_columns == ()
        assert len(table.by_key) == len(table.spec.columns)


def test_the_map_is_no_table_however_much_it_looks_like_one(tmp_path: Path) -> None:
    for language in LANGUAGES:
        content = replace(content_of(VACUUM, StarterFiles(), NOW.date()), language=language)
        for at, book in enumerate((planned(content, NOW), growing(content, NOW))):
            file = tmp_path / f"{at}-{language}.xlsx"
            file.write_bytes(XlsxBuilder().build(book))
            read_from = {table.sheet for table in XlsxFile(file).read().tables}
            assert titles.map_sheet(language) not in read_from
            assert "CalcMap" not in read_from
            assert len(read_from) == len(tables(content.map_type))
