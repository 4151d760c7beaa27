"""Shows what grows with a table that gets rows, and what stays because it is something else."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes
from tests.adapters.xlsx_file.packages import changed, errors, parts
from tests.adapters.xlsx_file.rich import OWN, PAINS, rich
from tests.adapters.xlsx_file.sample import Sample
from tests.adapters.xlsx_file.steps import apply, pains

BOOK, CACHE = "xl/workbook.xml", "xl/pivotCache/pivotCacheDefinition1.xml"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the parts of a rich workbook of which the table Pains got two rows: lines 9 and 10."""
    path = rich(tmp_path_factory.mktemp("grown") / "map.xlsm")
    known = errors(path)
    apply(path, *pains("N8", "N9"))
    assert errors(path) == known
    return {
        name: part.decode()
        for name, part in parts(path).items()
        if name.endswith((".xml", ".rels"))
    }


@pytest.mark.parametrize(
    ("part", "said"),
    {
        "a sum on another sheet": (OWN, "<f>SUM(Pains!F5:F10)</f>"),
        "a count with $": (OWN, "<f>COUNTA(Pains!$D$5:$D$10)</f>"),
        "the table": ("xl/tables/table3.xml", 'ref="A4:AE10"'),
        "a validation": (PAINS, 'sqref="F5:F10"'),
        "a scale of colours": (PAINS, '<conditionalFormatting sqref="F5:G10">'),
        "the condition of a look": (PAINS, "<formula>COUNTIF($D$5:$D$10,$D5)&gt;1</formula>"),
        "icons of newer programs": (PAINS, "<xm:sqref>J5:J10</xm:sqref>"),
        "a check of newer programs": (PAINS, "<xm:sqref>E5:E10</xm:sqref>"),
        "ignored errors": (PAINS, '<ignoredError sqref="A5:A10"'),
        "a sparkline": (PAINS, "<xm:f>Pains!F5:F10</xm:f>"),
        "a name": (BOOK, '<definedName name="pains_all">Pains!$D$5:$D$10</definedName>'),
        "a print area": (BOOK, ">Pains!$A$1:$M$10</definedName>"),
        "a chart": ("xl/charts/chart1.xml", "<c:f>Pains!$F$5:$F$10</c:f>"),
        "words of a chart": ("xl/charts/chart2.xml", "<c:f>Pains!$D$5:$D$10</c:f>"),
        "a chart on a sheet of its own": ("xl/charts/chart3.xml", "<c:f>Pains!$F$5:$F$10</c:f>"),
        "a pivot table": (CACHE, '<worksheetSource ref="A4:F10" sheet="Pains"/>'),
    }.values(),
)
def test_what_covers_the_table_grows_with_it(
    grown: Mapping[str, str], part: str, said: str
) -> None:
    assert said in grown[part]


@pytest.mark.parametrize(
    ("part", "said"),
    {
        "a name of one cell": (BOOK, '<definedName name="one_pain">Pains!$D$5</definedName>'),
        "words in a formula": (OWN, '<f>Pains!F5&amp;" Pains!F5:F8"</f>'),
        "another workbook": (OWN, '<f>SUM([1]Sheet1!A1:A3)&amp;"x"</f>'),
        "a part of the column": (PAINS, '<f t="array" ref="AH5:AH6">F5:F6*2</f>'),
        "repeated rows": (BOOK, ">Pains!$4:$4</definedName>"),
        "a formula of one cell": (PAINS, '<f t="array" ref="AG8">_xlfn.UNIQUE(A5:A5)</f>'),
    }.values(),
)
def test_what_is_something_else_stays(grown: Mapping[str, str], part: str, said: str) -> None:
    assert said in grown[part]


FORMULAS = {
    "=SUM(Pains!B5:B6)": "=SUM(Pains!B5:B8)",
    "=SUM('Pains'!$B$4:$D$6)": "=SUM('Pains'!$B$4:$D$8)",
    "=SUM(pains!B1:B6,Pains!C5:C6)": "=SUM(pains!B1:B8,Pains!C5:C8)",
    '=IF(A1="","say ""Pains!B5:B6""",MAX(Pains!B5:B6))':
        '=IF(A1="","say ""Pains!B5:B6""",MAX(Pains!B5:B8))',
    "=SUM(Pains!B6:B6)": None,
    "=SUM(Pains!B5:B7)": None,
    "=SUM(Pains!B5:B60)": None,
    "=SUM(Pains!B$5:B6)": None,
    "=SUM(Pains!B5:ZZ6)": None,
    "=SUM(Stages:Pains!B5:B6)": None,
    "='[prices.xlsx]Pains'!B5": None,
    "=SUM('[1]Pains'!B5:B6)": None,
    "=SUM('My Pains'!B5:B6)": None,
    "=SUM(Stages!B5:B6)": None,
    "=SUM(B5:B6)": None,
    "=SUM(Pains!B:B)": None,
    "=SUM(Pains[B5:B6])": None,
}  # fmt: skip


def two_rows(path: Path) -> Sample:
    """Return a workbook in the making whose table Pains lies on the lines 5 and 6."""
    rows = ({"id": "N1", "pain": "one", "severity": 2}, {"id": "N2", "pain": "two", "severity": 3})
    return Sample(path, blank=0).tables(["Pains"], {"Pains": rows})


def test_formulas_follow_where_they_mean_the_table(tmp_path: Path) -> None:
    sample = two_rows(tmp_path / "map.xlsx")
    own = sample.book.add_worksheet("Own")
    for line, formula in enumerate(FORMULAS):
        own.write_formula(line, 25, formula)
    path = sample.save()
    apply(path, *pains("N8", "N9"))
    found = {grid.sheet: grid for grid in XlsxFile(path).read().others}["Own"].formulas
    wanted = [after or before for before, after in FORMULAS.items()]
    assert [found[line, 26] for line in range(1, len(FORMULAS) + 1)] == wanted


def test_formulas_on_the_sheet_of_the_table(tmp_path: Path) -> None:
    sample = two_rows(tmp_path / "map.xlsx")
    sheet = sample.sheets["Pains"]
    above, beside, running = (0, 5), (4, 40), (5, 30)
    sheet.write_formula(*above, "=AVERAGE(F5:F6)")
    sheet.write_formula(*beside, "=COUNTA(D5:D6)")
    sheet.write_formula(*running, "=SUM(F$5:F6)+SUM(F5:F6)")
    path = sample.save()
    apply(path, *pains("N8", "N9"))
    xml = parts(path)["xl/worksheets/sheet1.xml"]
    assert b"<f>AVERAGE(F5:F8)</f>" in xml
    assert b"<f>COUNTA(D5:D8)</f>" in xml
    assert b"<f>SUM(F$5:F6)+SUM(F5:F6)</f>" in xml, "in the table a formula is that of its row"


def test_a_formula_that_cells_share_follows_with_all_of_them(tmp_path: Path) -> None:
    sample = two_rows(tmp_path / "map.xlsx")
    own = sample.book.add_worksheet("Own")
    for line in range(3):
        own.write_formula(line, 0, f"=A{line}")
    path = sample.save()
    part = "xl/worksheets/sheet2.xml"
    xml = parts(path)[part]
    master = b'<f t="shared" ref="A1:A3" si="0">SUM(Pains!F$5:F$6)+SUM(Pains!F5:F6)</f>'
    for old, new in (
        (b"<f>A0</f>", master), (b"<f>A1</f>", b'<f t="shared" si="0"/>'),
        (b"<f>A2</f>", b'<f t="shared" si="0"/>'),
    ):  # fmt: skip
        assert old in xml
        xml = xml.replace(old, new)
    changed(path, **{part: xml})
    apply(path, *pains("N8", "N9"))
    now = b'<f t="shared" ref="A1:A3" si="0">SUM(Pains!F$5:F$8)+SUM(Pains!F5:F6)</f>'
    assert now in parts(path)[part]


def test_a_filter_over_a_plain_list_follows(tmp_path: Path) -> None:
    sample = two_rows(tmp_path / "map.xlsx")
    sample.book.define_name("Pains!_xlnm._FilterDatabase", "=Pains!$A$4:$AE$6")
    path = sample.save()
    part, rels = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    xml = re.sub(rb"<tableParts.*?</tableParts>", b"", parts(path)[part])
    filtered = b'</sheetData><autoFilter ref="A4:AE6"><sortState ref="A5:AE6"/></autoFilter>'
    xml = xml.replace(b"</sheetData>", filtered)
    types = re.sub(rb"<Override[^>]*/table1.xml[^>]*>", b"", parts(path)["[Content_Types].xml"])
    changed(path, **{part: xml, rels: None, "xl/tables/table1.xml": None,
                     "[Content_Types].xml": types})  # fmt: skip
    apply(path, *pains("N8", "N9"))
    assert b'<autoFilter ref="A4:AE8"><sortState ref="A5:AE8"/>' in parts(path)[part]
    assert b"Pains!$A$4:$AE$8</definedName>" in parts(path)["xl/workbook.xml"]


def test_what_speaks_of_another_table_stays(tmp_path: Path) -> None:
    path = rich(tmp_path / "map.xlsm")
    since = XlsxFile(path).read()
    XlsxFile(path).apply(Changes(added=tuple(pains("N8"))), since)
    before = parts(path)
    since = XlsxFile(path).read()
    table = next(table for table in since.tables if table.spec.key == "Stages")
    assert table.last_line == 6
    XlsxFile(path).apply(
        Changes(added=(AddRow("Stages", None, {"id": "S9", "name": "Use"}),)), since
    )
    after = parts(path)
    untouched = (PAINS, OWN, CACHE, "xl/charts/chart1.xml", "xl/tables/table3.xml", BOOK)
    assert all(after[part] == before[part] for part in untouched), "they speak of another table"
