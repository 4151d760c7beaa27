"""googleapis and google-spreadsheet, the clients that people use in Node.js."""

import base64
import io
import json
import subprocess
from typing import Any

import openpyxl
import pytest

from cjm_sheets.service.running import RunningService
from tests.programs import NODE_FOLDER, node
from tests.service.calls import Api, Book

pytestmark = pytest.mark.node


@pytest.fixture(autouse=True)
def _there() -> None:
    """Skip before the service is asked for, which wants to be used."""
    node()


def seen_by(client: str, service: RunningService) -> dict[str, Any]:
    command = [node(), str(NODE_FOLDER / "google_clients.mjs"), client, service.url, service.token]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def roles(api: Api, file_id: str) -> list[str]:
    listed = api.call("GET", f"/drive/v3/files/{file_id}/permissions")["permissions"]
    return [item["role"] for item in listed]


def first_cell(sheet: dict[str, Any]) -> dict[str, Any]:
    cell: dict[str, Any] = sheet["data"][0]["rowData"][0]["values"][0]
    return cell


def test_googleapis(service: RunningService, api: Api) -> None:
    seen = seen_by("googleapis", service)
    book = Book(api, seen["spreadsheetId"])
    written = [["pain", "n"], ["wait", "3"], ["noise", "4"], ["sum", "7"], ["=text", "5"]]
    assert book.values("Pains") == written
    assert seen["values"] == written
    assert seen["exported"] == "pain,n\r\nwait,3\r\nnoise,4\r\nsum,7\r\n=text,5"
    bold = first_cell(book.sheet(includeGridData="true"))
    assert bold["userEnteredFormat"]["textFormat"]["bold"] is True
    assert roles(api, book.id) == ["owner", "writer"]
    assert seen["uploaded"]["parents"] == [seen["folder"]]
    assert seen["listed"] == [{"id": seen["uploaded"]["id"], "name": "Uploaded by Node"}]
    assert Book(api, seen["uploaded"]["id"]).values("A1:B2") == [["name", "n"], ["é", "7"]]
    assert Book(api, seen["copied"]).values("Pains!B4") == [["7"]]
    assert (seen["comment"], seen["me"]) == ("Why?", True)
    assert seen["missing"] == [404, "notFound", "File not found: nowhere."]


def test_google_spreadsheet(service: RunningService, api: Api) -> None:
    seen = seen_by("google-spreadsheet", service)
    book = Book(api, seen["spreadsheetId"])
    assert book.get()["properties"]["title"] == seen["title"] == "Renamed by google-spreadsheet"
    assert book.values("Pains") == [["pain", "n"], ["wait", "5", "6"], ["10", "7"]]
    assert book.formulas("Pains!A3:C3") == [["=B2*2", 7]]
    assert seen["rows"] == [{"pain": "wait", "n": "5"}, {"pain": "10", "n": "7"}]
    sheet = book.sheet(1, includeGridData="true")
    head = first_cell(sheet)
    assert head["userEnteredFormat"]["textFormat"]["bold"] is True
    assert head["note"] == "where it begins"
    assert len(sheet["merges"]) == sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert roles(api, book.id) == seen["permissions"] == ["owner", "commenter"]
    assert seen["csv"] == "pain,n,\r\nwait,5,6\r\n10,7,"
    workbook = openpyxl.load_workbook(io.BytesIO(base64.b64decode(seen["workbook"])))
    assert workbook["Pains"]["C2"].value == "=B2+1"
