"""Bodies against Google's interface: what is misspelt, of a wrong type or set twice is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from cjm_sheets.service.bodies import checked_body
from cjm_sheets.service.interface import shape
from cjm_sheets.service.proto_text import proto_text
from cjm_sheets.service.refusals import RefusedError
from tests.service.calls import Api, Json, RefusedCallError
from tests.service.discovery import document

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_interface.py"
BOLD: Json = {"values": [{"userEnteredFormat": {"bold": 1}}]}
KIND = "type.googleapis.com/google.apps.sheets.v4"


def refused(body: Json, name: str = "BatchUpdateSpreadsheetRequest", root: str = "") -> list[str]:
    with pytest.raises(RefusedError) as refusal:
        checked_body(body, name, root)
    violations = refusal.value.details[0]["fieldViolations"]
    sentences = [str(violation["description"]) for violation in violations]
    assert refusal.value.message == "\n".join(sentences)
    return sentences


def requests(**kind: object) -> Json:
    return {"requests": [kind]}


def test_the_interface_is_that_of_the_installed_discovery_document() -> None:
    command = [sys.executable, str(SCRIPT), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    request = document("sheets.v4")["schemas"]["Request"]["properties"]
    assert set(shape("Request")) == set(request)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            {"request": []},
            'Invalid JSON payload received. Unknown name "request": Cannot find field.',
        ),
        (
            requests(addShet={}),
            (
                "Invalid JSON payload received. Unknown name \"addShet\" at 'requests[0]': "
                "Cannot find field."
            ),
        ),
        (
            requests(updateCells={"rows": [{}, BOLD]}),
            (
                'Invalid JSON payload received. Unknown name "bold" at '
                "'requests[0].update_cells.rows[1].values[0].user_entered_format': "
                "Cannot find field."
            ),
        ),
        (
            requests(addSheet={"properties": {"sheetId": "one"}}),
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"one\"",
        ),
        (
            requests(addSheet={"properties": {"sheetId": 3_000_000_000}}),
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), 3000000000",
        ),
        (
            requests(addSheet={"properties": {"title": 5}}),
            "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5",
        ),
        (
            requests(addSheet={"properties": {"hidden": "yes"}}),
            "Invalid value at 'requests[0].add_sheet.properties.hidden' (TYPE_BOOL), \"yes\"",
        ),
        (
            requests(addChart={"chart": {"spec": {"pieChart": {"legendPosition": "NONE"}}}}),
            (
                "Invalid value at 'requests[0].add_chart.chart.spec.pie_chart.legend_position' "
                f'({KIND}.PieChartSpec.PieChartLegendPosition), "NONE"'
            ),
        ),
        (
            requests(mergeCells={"range": "A1"}),
            f"Invalid value at 'requests[0].merge_cells.range' ({KIND}.GridRange), \"A1\"",
        ),
        (
            {"requests": ["addSheet"]},
            f"Invalid value at 'requests[0]' ({KIND}.Request), \"addSheet\"",
        ),
        (
            requests(addSheet={"properties": [{}]}),
            (
                'Invalid JSON payload received. Unknown name "properties" at '
                "'requests[0].add_sheet': Proto field is not repeating, cannot start list."
            ),
        ),
        (
            requests(addSheet={"properties": {"title": {}}}),
            (
                'Invalid JSON payload received. Unknown name "title" at '
                "'requests[0].add_sheet.properties': "
                "Proto field is not a message, cannot start an object."
            ),
        ),
        (
            requests(addSheet={}, deleteSheet={"sheetId": 1}),
            (
                "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. "
                "Cannot set 'deleteSheet'"
            ),
        ),
        (
            requests(addConditionalFormatRule={"rule": {"booleanRule": {}, "gradientRule": {}}}),
            (
                "Invalid value at 'requests[0].add_conditional_format_rule.rule' (oneof), "
                "oneof field 'rule' is already set. Cannot set 'gradientRule'"
            ),
        ),
    ],
)
def test_a_slip_is_told_with_its_place(body: Json, sentence: str) -> None:
    assert refused(body) == [sentence]


def test_every_slip_of_a_body_is_told_at_once() -> None:
    body = requests(addSheet={"properties": {"titel": "x", "sheetId": 1.5}, "fields": "*"})
    assert len(refused(body)) == 3
    assert len(refused({"values": ["a", {"b": 1}]}, "ValueRange", "data")) == 2
    assert refused({"values": "a"}, "ValueRange", "data") == [
        "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"a\""
    ]


def test_what_google_takes_is_brought_to_one_form() -> None:
    loose = {
        "requests": {
            "add_sheet": {
                "properties": {
                    "sheet_id": "7",
                    "hidden": "true",
                    "title": None,
                    "sheetType": "SHEET_TYPE_UNSPECIFIED",
                    "tabColor": {"red": "0.5"},
                }
            }
        }
    }
    strict = {"sheetId": 7, "hidden": True, "tabColor": {"red": 0.5}}
    asked = requests(addSheet={"properties": strict})
    assert checked_body(loose, "BatchUpdateSpreadsheetRequest") == asked
    nested = {"requests": [[asked["requests"][0]], [[]]]}
    assert checked_body(nested, "BatchUpdateSpreadsheetRequest") == asked
    masked = requests(updateCells={"fields": "user_entered_format.text_format"})
    found = checked_body(masked, "BatchUpdateSpreadsheetRequest")
    assert found == requests(updateCells={"fields": "userEnteredFormat.textFormat"})


def test_values_are_left_as_they_are() -> None:
    body: Json = {"values": [[None, 1, "a", True]], "majorDimension": "ROWS"}
    assert checked_body(body, "ValueRange", "data") == body


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "struct_value {\n}\n"),
        (
            {"a": [1, None]},
            (
                'struct_value {\n  fields {\n    key: "a"\n    value {\n      list_value {\n'
                "        values {\n          number_value: 1\n        }\n        values {\n"
                "          null_value: NULL_VALUE\n        }\n      }\n    }\n  }\n}\n"
            ),
        ),
        ([True], "list_value {\n  values {\n    bool_value: true\n  }\n}\n"),
    ],
)
def test_a_value_that_no_cell_can_hold_is_printed_as_google_prints_it(
    value: object, text: str
) -> None:
    assert proto_text(value) == text


def test_a_refusal_carries_its_violations_over_http(api: Api) -> None:
    book = api.create()
    body = {"requests": [{"addSheet": {"titel": "x"}}, {"addSheets": {}}]}
    with pytest.raises(RefusedCallError) as refusal:
        api.call("POST", f"/v4/spreadsheets/{book.id}:batchUpdate", body_unchecked=body)
    places = [violation["field"] for violation in refusal.value.violations]
    assert (refusal.value.code, refusal.value.status) == (400, "INVALID_ARGUMENT")
    assert places == ["requests[0].add_sheet", "requests[1]"]
    path = f"/v4/spreadsheets/{book.id}/values/A1"
    with pytest.raises(RefusedCallError) as refusal:
        api.call("PUT", path, {"values": [["a"]]}, valueInputOption="Text")
    assert refusal.value.message == (
        f"Invalid value at 'value_input_option' ({KIND}.ValueInputOption), \"Text\""
    )


def test_one_empty_request_and_no_request_at_all_are_refused(api: Api) -> None:
    book = api.create()
    with pytest.raises(RefusedCallError, match="No request set"):
        book.batch({})
    with pytest.raises(RefusedCallError, match="Must specify at least one request"):
        book.batch()
