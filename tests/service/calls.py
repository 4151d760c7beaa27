"""Speaks to the embedded service without gspread: raw calls, each answer held against Google's."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests

from cjm_sheets.service.running import RunningService
from tests.service.discovery import body_problems, problems

Json = dict[str, Any]
TIMEOUT = (5, 30)


class RefusedCallError(AssertionError):
    """The service answered with an error; its code, status, sentence."""

    def __init__(self, error: Json) -> None:
        super().__init__(error["message"])
        self.code: int = error["code"]
        self.status: str = error.get("status", "")
        self.message: str = error["message"]
        self.violations: list[Json] = [
            violation
            for detail in error.get("details", [])
            for violation in detail.get("fieldViolations", [])
        ]


@dataclass(frozen=True)
class Api:
    """A client of a running service."""

    service: RunningService

    def call(
        self,
        verb: str,
        path: str,
        body: Json | None = None,
        *,
        body_unchecked: Json | None = None,
        **query: Any,
    ) -> Any:
        """Return the JSON of an answer (text where it is none); check both sides by discovery."""
        if body is not None:
            assert body_problems(verb, path, body) == []
        else:
            body = body_unchecked
        answer = requests.request(
            verb,
            self.service.url + path,
            json=body,
            params=query,
            headers={"Authorization": f"Bearer {self.service.token}"},
            timeout=TIMEOUT,
        )
        if answer.status_code >= 400:
            raise RefusedCallError(answer.json()["error"])
        if answer.headers.get("Content-Type") != "application/json":
            return answer.text
        content = answer.json()
        assert problems(verb, path, content) == []
        return content

    def create(self, title: str = "Test", **parts: Any) -> "Book":
        answer = self.call("POST", "/v4/spreadsheets", {"properties": {"title": title}} | parts)
        return Book(self, answer["spreadsheetId"])


@dataclass(frozen=True)
class Book:
    """One spreadsheet of the service."""

    api: Api
    id: str

    def get(self, **query: Any) -> Json:
        answer: Json = self.api.call("GET", f"/v4/spreadsheets/{self.id}", **query)
        return answer

    def batch(self, *requests_: Json, fields: str = "", **rest: Any) -> Json:
        query: Json = {"fields": fields} if fields else {}
        body = {"requests": list(requests_)} | rest
        path = f"/v4/spreadsheets/{self.id}:batchUpdate"
        answer: Json = self.api.call("POST", path, body, **query)
        return answer

    def values(self, range_: str, **query: Any) -> list[list[Any]]:
        path = f"/v4/spreadsheets/{self.id}/values/{quote(range_, safe='')}"
        found: list[list[Any]] = self.api.call("GET", path, **query).get("values", [])
        return found

    def formulas(self, range_: str) -> list[list[Any]]:
        return self.values(range_, valueRenderOption="FORMULA")

    def write(self, range_: str, values: list[list[Any]], option: str = "USER_ENTERED") -> Json:
        path = f"/v4/spreadsheets/{self.id}/values/{quote(range_, safe='')}"
        body = {"values": values}
        answer: Json = self.api.call("PUT", path, body, valueInputOption=option)
        return answer

    def sheet(self, index: int = 0, **query: Any) -> Json:
        found: Json = self.get(**query)["sheets"][index]
        return found


def grid(sheet: int, top: int, bottom: int, left: int, right: int) -> Json:
    """Return a GridRange."""
    return {
        "sheetId": sheet,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def lines(sheet: int, dimension: str, start: int, end: int) -> Json:
    """Return a DimensionRange."""
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": end}
