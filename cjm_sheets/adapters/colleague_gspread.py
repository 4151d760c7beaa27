"""Decides how the demonstration's colleague works: with plain gspread, as any script would."""

from collections.abc import MutableMapping
from typing import Any

import gspread
import requests
from google.auth.credentials import AnonymousCredentials

from cjm_sheets.ports.colleague import Seen

_GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")
_SECONDS = 60


class _Redirected(gspread.HTTPClient):
    """gspread's own client, led to another address."""

    address = ""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - gspread's
        """Send a request to our address instead of Google's."""
        for google in _GOOGLE:
            endpoint = endpoint.replace(google, self.address, 1)
        return super().request(method, endpoint, *args, **kwargs)


class GspreadColleague:
    """Edits one spreadsheet of a service."""

    def __init__(self, address: str, token: str, spreadsheet: str) -> None:
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        session.trust_env = False
        credentials = AnonymousCredentials()  # type: ignore[no-untyped-call] # google-auth has no types
        client = gspread.Client(auth=credentials, session=session, http_client=_Redirected)
        client.http_client.address = address  # type: ignore[attr-defined] # it is the class above
        client.set_timeout(_SECONDS)
        self._book = client.open_by_key(spreadsheet)

    def edit(self, sheet: str, row: str, column: str, value: str | float) -> None:
        """Type a value, or a formula, into the row with this id."""
        there = self._book.worksheet(sheet)
        line = there.col_values(1).index(row) + 1
        cell = gspread.utils.rowcol_to_a1(line, self._column(there, column))
        there.update([[value]], cell, raw=False)

    def add_row(self, sheet: str, cells: dict[str, str | float]) -> None:
        """Type a new row below the others, without an id."""
        there = self._book.worksheet(sheet)
        by_label: MutableMapping[str, Any] = dict(cells)
        line = [by_label.get(label, "") for label in there.row_values(1)]
        below = len(there.col_values(1)) + 1
        there.update([line], f"A{below}", raw=False)

    def add_column(self, sheet: str, header: str, values: list[str]) -> None:
        """Add a column of one's own to the right, filled from the first row on."""
        there = self._book.worksheet(sheet)
        at = len(there.row_values(1)) + 1
        if at > there.col_count:
            there.add_cols(1)
        first = gspread.utils.rowcol_to_a1(1, at)
        there.update([[header], *([value] for value in values)], first, raw=False)

    def sort(self, sheet: str, column: str) -> None:
        """Sort the rows of a sheet by a column, smallest first."""
        there = self._book.worksheet(sheet)
        last = gspread.utils.rowcol_to_a1(len(there.col_values(1)), there.col_count)
        there.sort((self._column(there, column), "asc"), range=f"A2:{last}")

    def look(self, sheet: str) -> Seen:
        """Return what the sheet shows."""
        there = self._book.worksheet(sheet)
        rows = there.get(value_render_option=gspread.utils.ValueRenderOption.formula)
        header, *body = rows
        formulas = [str(c) for row in body for c in row if isinstance(c, str) and c.startswith("=")]
        ids = tuple(str(row[0]) for row in body if row and row[0])
        return Seen(ids, tuple(str(label) for label in header), tuple(formulas))

    @staticmethod
    def _column(there: gspread.Worksheet, label: str) -> int:
        """Return the 1-based place of a column."""
        return there.row_values(1).index(label) + 1
