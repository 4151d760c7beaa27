"""Files that go in and come out: what crosses, what is refused, who is let in."""

import base64
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import requests
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from cjm_sheets.service.running import RunningService, Setting
from cjm_sheets.wiring import local_service, workbooks
from tests.programs import soffice
from tests.service.calls import TIMEOUT, Api, Book, RefusedCallError, grid

Json = dict[str, Any]
SHARED = Path(os.environ.get("CJM_SHEETS_SHARED", "../shared"))
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD = "/upload/drive/v3/files"
PATIENCE = (5, 180)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    folder = tmp_path_factory.mktemp("files")
    with RunningService(folder, setting=Setting(workbooks=workbooks())) as running:
        yield running


@pytest.fixture(scope="module")
def api(service: RunningService) -> Api:
    return Api(service)


def sent(
    service: RunningService, verb: str, path: str, content: bytes, **headers: str
) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(
        verb,
        service.url + path,
        data=content,
        headers={"Authorization": f"Bearer {service.token}"} | named,
        timeout=PATIENCE,
        allow_redirects=False,
    )


def uploaded(
    service: RunningService, content: bytes, kind: str = XLSX, name: str = "Up"
) -> requests.Response:
    described = json.dumps({"name": name, "mimeType": SPREADSHEET}).encode()
    body = (
        b"--part\r\nContent-Type: application/json\r\n\r\n%b\r\n"
        b"--part\r\nContent-Type: %b\r\n\r\n%b\r\n--part--\r\n"
    ) % (described, kind.encode(), content)
    way = "multipart/related; boundary=part"
    return sent(service, "POST", f"{UPLOAD}?uploadType=multipart", body, Content_Type=way)


def exported(service: RunningService, file_id: str, **query: Any) -> requests.Response:
    return requests.get(
        f"{service.url}/spreadsheets/d/{file_id}/export",
        params=query,
        headers={"Authorization": f"Bearer {service.token}"},
        timeout=PATIENCE,
    )


def sheet_of(content: bytes, title: str = "Sheet1") -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(content))[title]
    assert isinstance(found, Worksheet)
    return found


def workbook() -> bytes:
    made = openpyxl.Workbook()
    tab = made.active
    assert isinstance(tab, Worksheet)
    tab.title = "It's ours"
    for row in (["n", "double"], [1, "=A2*2"], [2, "=A3*2"], ["0012", "=1/0"], [True, None]):
        tab.append(row)
    tab["D1"] = datetime(2023, 3, 15, tzinfo=UTC).replace(tzinfo=None)
    tab["D1"].number_format = "yyyy-mm-dd"
    tab["E1"].comment = Comment("a note", "me")
    tab.merge_cells("G1:H2")
    tab.row_dimensions[3].hidden = True
    hidden = made.create_sheet("Calc")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "=SUM(numbers)"
    made.defined_names["numbers"] = DefinedName("numbers", attr_text="'It''s ours'!$A$2:$A$3")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_workbook_brings_all_but_its_looks(service: RunningService, api: Api) -> None:
    answer = uploaded(service, workbook(), name="Ours.xlsx")
    assert answer.json()["name"] == "Ours"
    book = Book(api, answer.json()["id"])
    assert book.values("'It''s ours'!A1:D5") == [
        ["n", "double", "", "3/15/2023"],
        ["1", "2"],
        ["2", "4"],
        ["0012", "#DIV/0!"],
        ["TRUE"],
    ]
    assert book.formulas("'It''s ours'!B2:B3") == [["=A2*2"], ["=A3*2"]]
    assert book.values("Calc!A1") == [["3"]]
    first, calc = book.get(includeGridData="true")["sheets"]
    assert first["data"][0]["rowData"][0]["values"][4]["note"] == "a note"
    assert first["data"][0]["rowMetadata"][2]["hiddenByUser"] is True
    assert calc["properties"]["hidden"] is True
    (merge,) = first["merges"]
    assert (merge["startColumnIndex"], merge["endColumnIndex"], merge["endRowIndex"]) == (6, 8, 2)


def filled_down(xml: bytes) -> bytes:
    """Return a sheet whose C2 and C3 share a formula, as Excel writes it and openpyxl does not."""
    first = b'<c r="C2"><f t="shared" ref="C2:C3" si="0">A2+$B$2</f></c>'
    xml, found = re.subn(rb'<c r="C2">.*?</c>', first, xml)
    assert found == 1
    second = rb'\1<c r="C3"><f t="shared" si="0"/></c>'
    xml, found = re.subn(rb'(<c r="B3".*?</c>)', second, xml)
    assert found == 1
    return xml


def test_shared_formulas_and_table_names_are_said_in_full(
    service: RunningService, api: Api
) -> None:
    made = openpyxl.Workbook()
    tab = made.active
    assert isinstance(tab, Worksheet)
    for row in (["n", "m", "x"], [1, 10, None], [2, 20, None], [3, 30, None]):
        tab.append(row)
    table = Table(displayName="Pains", ref="A1:B4")
    tab.add_table(table)
    tab["C2"], tab["D2"], tab["E2"] = "=A2", "=SUM(Pains[m])", "=Pains[[#This Row],[n]]+1"
    out = io.BytesIO()
    made.save(out)
    into = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, filled_down(content) if name.endswith("sheet1.xml") else content)
    book = Book(api, uploaded(service, into.getvalue()).json()["id"])
    assert book.formulas("C2:C3") == [["=A2+$B$2"], ["=A3+$B$2"]]
    assert book.values("C2:E2") == [["11", "60", "2"]]
    assert book.formulas("D2:E2") == [["=SUM(Sheet!$B$2:$B$4)", "=Sheet!$A$2+1"]]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it says what it does not read
def test_our_own_workbook_scores_there_as_here(
    service: RunningService, api: Api, tmp_path: Path
) -> None:
    from cjm_sheets.usecases.new_map import Wish  # noqa: PLC0415 - slow to load
    from cjm_sheets.wiring import new_workbook  # noqa: PLC0415 - the same

    path = tmp_path / "map.xlsx"
    new_workbook(str(path), Wish(language="de", starter="vacuum"))
    book = Book(api, uploaded(service, path.read_bytes(), name="Karte.xlsx").json()["id"])
    formulas = book.formulas("Schmerzpunkte!A5:AC9")
    assert any(str(cell).startswith("=") for row in formulas for cell in row)
    there = book.values("Schmerzpunkte!A5:AC9", valueRenderOption="UNFORMATTED_VALUE")
    here = openpyxl.load_workbook(path, data_only=True)["Schmerzpunkte"]
    numbers = 0
    for line, row in enumerate(there, 5):
        for column, value in enumerate(row, 1):
            cached = here.cell(line, column).value
            if isinstance(value, int | float) and isinstance(cached, int | float):
                assert value == pytest.approx(cached)
                numbers += 1
    assert numbers > 20


def test_what_is_no_workbook_is_refused_with_a_sentence(service: RunningService) -> None:
    for content, said in (
        (b"a;b\n1;2\n", "csv"),
        (b"PK\3\4 nothing", ""),
        (b"%PDF-1.4", "PDF"),
    ):
        answer = uploaded(service, content)
        assert answer.status_code == 400
        message = answer.json()["error"]["message"]
        assert said.casefold() in message.casefold()
        assert message.endswith(".")


@pytest.mark.skipif(
    not (SHARED / "data" / "bad-workbooks").is_dir(),
    reason=f"no bad workbooks in {SHARED}: set CJM_SHEETS_SHARED",
)
def test_no_hostile_workbook_ends_the_service(service: RunningService) -> None:
    seen = set()
    for path in sorted((SHARED / "data" / "bad-workbooks").iterdir()):
        answer = uploaded(service, path.read_bytes(), name=path.name)
        assert answer.status_code in {200, 400}, (path.name, answer.text)
        seen.add(answer.status_code)
    assert seen == {200, 400}


def test_tables_of_text_become_cells(service: RunningService, api: Api) -> None:
    answer = uploaded(service, 'name\tn\nÄ "x"\t=1+1\n'.encode(), "text/tab-separated-values")
    book = Book(api, answer.json()["id"])
    assert book.values("A1:B2") == [["name", "n"], ['Ä "x"', "2"]]
    quoted = b'\xef\xbb\xbfa,"line 1\nline 2"\r\n,3.5'
    book = Book(api, uploaded(service, quoted, "text/csv").json()["id"])
    assert book.values("A1:B2") == [["a", "line 1\nline 2"], ["", "3.5"]]
    assert uploaded(service, b"\xff\xfe", "text/csv").status_code == 400
    assert uploaded(service, b"x", "image/png").status_code == 501
    wide = uploaded(service, b",".join([b"x"] * 18_279), "text/csv")
    assert "above the limit of 10000000 cells" in wide.json()["error"]["message"]


def test_pieces_may_come_again_and_are_asked_for(service: RunningService, api: Api) -> None:
    started = sent(
        service,
        "POST",
        f"{UPLOAD}?uploadType=resumable",
        json.dumps({"name": "Pieces", "mimeType": SPREADSHEET}).encode(),
        Content_Type="application/json; charset=UTF-8",
        X_Upload_Content_Type="text/csv",
    )
    assert started.status_code == 200
    place = started.headers["Location"].removeprefix(service.url)

    def piece(content: bytes, span: str) -> requests.Response:
        return sent(service, "PUT", place, content, Content_Range=f"bytes {span}")

    assert "Range" not in piece(b"", "*/8").headers
    assert piece(b"a,b\n", "0-3/8").headers["Range"] == "bytes=0-3"
    assert piece(b"a,b\n", "0-3/8").headers["Range"] == "bytes=0-3"
    assert piece(b"", "*/8").status_code == 308
    assert piece(b"x", "7-7/8").status_code == 400
    assert piece(b"1,2,", "4-9/8").status_code == 400
    done = piece(b"1,2\n", "4-7/8")
    assert done.status_code == 200
    assert Book(api, done.json()["id"]).values("A1:B2") == [["a", "b"], ["1", "2"]]
    assert piece(b"", "*/8").status_code == 404


@pytest.mark.parametrize(
    ("query", "kind", "content"),
    [
        ("uploadType=multipart", "multipart/related; boundary=b", b"--c\r\n\r\n--c--"),
        ("uploadType=multipart", "multipart/related", b"--b\r\n\r\n\r\n--b--"),
        ("uploadType=multipart", "multipart/related; boundary=b", b"--b\r\n\r\n{}\r\n--b--"),
        ("uploadType=multipart", "text/csv", b"a,b"),
        ("uploadType=carrier", "text/csv", b"a,b"),
        ("", "text/csv", b"a,b"),
        ("uploadType=resumable", "application/json", b"[]"),
        ("uploadType=resumable", "application/json", b"{"),
    ],
)
def test_broken_uploads_are_refused(
    service: RunningService, query: str, kind: str, content: bytes
) -> None:
    answer = sent(service, "POST", f"{UPLOAD}?{query}", content, Content_Type=kind)
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["domain"] == "global"


def test_content_in_base64_and_an_unknown_type_are_understood(
    service: RunningService, api: Api
) -> None:
    body = (
        b"--b\nContent-Type: application/json\n\n"
        b'{"name": "B", "mimeType": "application/vnd.google-apps.spreadsheet"}\n'
        b"--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(workbook())
        + b"\n--b--"
    )
    way = 'multipart/related; boundary="b"'
    answer = sent(service, "POST", f"{UPLOAD}?uploadType=multipart", body, Content_Type=way)
    assert Book(api, answer.json()["id"]).values("Calc!A1") == [["3"]]


def test_an_upload_needs_the_token_and_comes_from_no_other_page(service: RunningService) -> None:
    place = f"{service.url}{UPLOAD}?uploadType=media"
    bare = requests.post(place, data=b"a", headers={"Content-Type": "text/csv"}, timeout=TIMEOUT)
    assert bare.status_code == 401
    asked = requests.post(
        f"{place}&token={service.token}", data=b"a", headers={"Content-Type": "text/csv"},
        timeout=TIMEOUT,
    )  # fmt: skip
    assert asked.status_code == 401
    foreign = sent(service, "POST", UPLOAD, b"a", Origin="https://evil.example")
    assert foreign.status_code == 403
    beside = sent(service, "POST", "/drive/v3/files", b"a", Content_Type="text/csv")
    assert beside.status_code == 415


@pytest.fixture(scope="module")
def rich(api: Api) -> Book:
    """Return a German spreadsheet with something of everything that an export takes along."""
    book = api.create(
        "Reich: Ä/Ö",
        sheets=[{"properties": {"title": "Sheet1", "sheetId": 0}}, {"properties": {"title": "b"}}],
    )
    book.batch(
        {
            "updateSpreadsheetProperties": {
                "properties": {"locale": "de_DE"},
                "fields": "locale",
            }
        }
    )
    book.write(
        "A1:C3", [["Name", "n", "Anteil"], ["Tür; groß", "1,5", "25%"], ["x", "=SUM(B2;1)", True]]
    )
    book.write("b!A1", [["=Sheet1!B3*2"]])
    look = {
        "backgroundColor": {"red": 1, "green": 0.5},
        "textFormat": {"bold": True, "foregroundColor": {"blue": 1}},
        "horizontalAlignment": "CENTER",
        "wrapStrategy": "WRAP",
        "borders": {"bottom": {"style": "SOLID"}},
    }
    sizes = {"pixelSize": 200}
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    words = [{"userEnteredValue": word} for word in ("ja", "nein")]
    named = {"name": "head", "range": grid(0, 0, 1, 0, 3)}
    frozen = {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}}
    book.batch(
        {
            "repeatCell": {
                "range": grid(0, 0, 1, 0, 3),
                "cell": {"userEnteredFormat": look},
                "fields": "userEnteredFormat",
            }
        },
        {
            "updateCells": {
                "start": {"sheetId": 0},
                "rows": [{"values": [{"note": "Anfang"}]}],
                "fields": "note",
            }
        },
        {"mergeCells": {"range": grid(0, 4, 6, 0, 2), "mergeType": "MERGE_ALL"}},
        {"updateDimensionProperties": {"range": span, "properties": sizes, "fields": "pixelSize"}},
        {
            "updateSheetProperties": {
                "properties": frozen,
                "fields": "gridProperties.frozenRowCount",
            }
        },
        {
            "setDataValidation": {
                "range": grid(0, 9, 10, 0, 1),
                "rule": {"condition": {"type": "ONE_OF_LIST", "values": words}},
            }
        },
        {"addNamedRange": {"namedRange": named}},
    )
    return book


def test_a_workbook_holds_what_the_spreadsheet_shows(service: RunningService, rich: Book) -> None:
    content = exported(service, rich.id, format="xlsx").content
    whole = openpyxl.load_workbook(io.BytesIO(content))
    tab, shown = whole["Sheet1"], openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert whole.sheetnames == ["Sheet1", "b"]
    assert [[cell.value for cell in row] for row in tab["A1:C3"]] == [
        ["Name", "n", "Anteil"],
        ["Tür; groß", 1.5, 0.25],
        ["x", "=SUM(B2,1)", True],
    ]
    assert shown["Sheet1"]["B3"].value == 2.5
    assert shown["b"]["A1"].value == 5
    head = tab["A1"]
    assert head.font.b
    assert head.fill.start_color.rgb == "FFFF8000"
    assert head.font.color.rgb == "FF0000FF"
    assert (head.alignment.horizontal, head.alignment.wrap_text) == ("center", True)
    assert head.border.bottom.style == "thin"
    assert head.comment.text == "Anfang"
    assert tab["C2"].number_format == "0%"
    assert tab.freeze_panes == "A2"
    assert [str(area) for area in tab.merged_cells.ranges] == ["A5:B6"]
    assert tab.column_dimensions["B"].width == pytest.approx(28, abs=1)
    (rule,) = tab.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("A10", '"ja,nein"')
    assert whole.defined_names["head"].attr_text == "'Sheet1'!$A$1:$C$1"


def test_each_tab_leaves_by_its_number(service: RunningService, rich: Book) -> None:
    tabs = {tab["properties"]["title"]: tab["properties"] for tab in rich.get()["sheets"]}
    answer = exported(service, rich.id, format="csv", gid=tabs["b"]["sheetId"])
    assert answer.text == "5"
    assert answer.headers["Content-Type"].startswith("text/csv")
    named = answer.headers["Content-Disposition"]
    assert "filename*=UTF-8''Reich%3A%20%C3%84%2F%C3%96%20-%20b.csv" in named
    assert exported(service, rich.id, format="tsv").text.startswith("Name\tn\tAnteil\r\nTür; groß")
    linked = requests.get(
        f"{service.url}/spreadsheets/d/{rich.id}/export",
        params={"format": "csv", "gid": tabs["b"]["sheetId"], "token": service.token},
        timeout=TIMEOUT,
    )
    assert linked.text == "5"  # as from a link that a person follows
    assert exported(service, rich.id, format="csv", gid=77).status_code == 400
    assert exported(service, rich.id, format="html").status_code == 501
    assert exported(service, "nowhere", format="csv").status_code == 404
    assert exported(service, rich.id, format="csv", portrait="false").status_code == 400


@pytest.mark.office
def test_libreoffice_makes_pdf_and_ods(service: RunningService, api: Api, rich: Book) -> None:
    soffice()
    path = f"/drive/v3/files/{rich.id}/export"
    ods = "application/x-vnd.oasis.opendocument.spreadsheet"
    headers = {"Authorization": f"Bearer {service.token}"}
    for kind, start in ((ods, b"PK\3\4"), ("application/pdf", b"%PDF")):
        answer = requests.get(
            service.url + path, params={"mimeType": kind}, headers=headers, timeout=PATIENCE
        )
        assert answer.content.startswith(start)
    del api


def test_what_is_not_installed_is_named(
    service: RunningService, api: Api, rich: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    del service
    with pytest.raises(RefusedCallError, match="LibreOffice Calc is not installed") as refusal:
        api.call("GET", f"/drive/v3/files/{rich.id}/export", mimeType="application/pdf")
    assert refusal.value.code == 501


@pytest.mark.parametrize("kind", ["application/zip", "text/html"])
def test_other_formats_of_google_are_named(api: Api, rich: Book, kind: str) -> None:
    with pytest.raises(RefusedCallError, match=f"exports as {kind}") as refusal:
        api.call("GET", f"/drive/v3/files/{rich.id}/export", mimeType=kind)
    assert refusal.value.code == 501


def test_formats_of_nobody_are_no_conversion(api: Api, rich: Book) -> None:
    with pytest.raises(RefusedCallError, match="conversion is not supported"):
        api.call("GET", f"/drive/v3/files/{rich.id}/export", mimeType="image/png")


def test_what_leaves_comes_back_the_same(service: RunningService, api: Api, rich: Book) -> None:
    content = exported(service, rich.id, format="xlsx").content
    back = Book(api, uploaded(service, content).json()["id"])
    was = rich.values("Sheet1", valueRenderOption="UNFORMATTED_VALUE")
    assert back.values("Sheet1", valueRenderOption="UNFORMATTED_VALUE") == was
    assert back.values("b!A1") == [["5"]]


def test_the_service_that_a_sync_starts_reads_and_writes_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJM_SHEETS_HOME", str(tmp_path))
    with local_service() as there:
        headers = {"Authorization": f"Bearer {there.token}"}
        place = f"{there.url}/drive/v3/about?fields=exportFormats"
        formats = requests.get(place, headers=headers, timeout=TIMEOUT).json()["exportFormats"]
        made = requests.post(
            f"{there.url}/v4/spreadsheets", json={}, headers=headers, timeout=TIMEOUT
        ).json()["spreadsheetId"]
        path = f"{there.url}/spreadsheets/d/{made}/export"
        content = requests.get(path, headers=headers, timeout=TIMEOUT).content
    assert XLSX in formats[SPREADSHEET]
    assert sheet_of(content).title == "Sheet1"


def test_functions_of_google_alone_keep_their_result(service: RunningService, api: Api) -> None:
    book = api.create("Google's own")
    book.write("A1", [['=IFERROR(REGEXEXTRACT("ab1","[0-9]"),"none")']])
    cell = sheet_of(exported(service, book.id, format="xlsx").content)["A1"]
    assert isinstance(cell.value, str)
    assert cell.value.startswith("=IFERROR(__xludf.DUMMYFUNCTION(")
