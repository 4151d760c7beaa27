"""Decides how a sheet of ours is added: under which id and title, where, with what in view."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.gsheets.formats import color
from cjm_sheets.adapters.gsheets.reading import Sheet, free_title, own_id

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Making:
    """A sheet in the making, with where it goes among the others; frozen are lines and columns."""

    sheet: Sheet
    index: int

    def request(
        self, *, frozen: tuple[int, int] = (0, 0), tab: str = "", gridlines: bool = True
    ) -> Request:
        """Return the request that adds the sheet."""
        size: Request = {"rowCount": self.sheet.rows, "columnCount": self.sheet.columns}
        if any(frozen):
            size |= {"frozenRowCount": frozen[0], "frozenColumnCount": frozen[1]}
        if not gridlines:
            size["hideGridlines"] = True
        properties: Request = {
            "sheetId": self.sheet.id,
            "title": self.sheet.title,
            "index": self.index,
            "gridProperties": size,
        }
        if tab:
            properties["tabColorStyle"] = {"rgbColor": color(tab)}
        if self.sheet.hidden:
            properties["hidden"] = True
        return {"addSheet": {"properties": properties}}


class Places:
    """The ids and titles that the sheets of a spreadsheet bear, and where the next one goes."""

    def __init__(self, there: Sequence[Sheet]) -> None:
        self._ids = {sheet.id for sheet in there}
        self._titles = [sheet.title for sheet in there]
        self._next = len(there)

    def leave(self, title: str) -> None:
        """Take note that a sheet goes, so that its title is free."""
        self._titles.remove(title)
        self._next -= 1

    def make(self, name: str, title: str, size: tuple[int, int], *, hidden: bool = False) -> Making:
        """Return a sheet to make behind all others; a name gets the same id while it is free."""
        made = Sheet(_free_id(name, self._ids), free_title(title, self._titles), *size, hidden)
        self._ids.add(made.id)
        self._titles.append(made.title)
        self._next += 1
        return Making(made, self._next - 1)


def _free_id(name: str, taken: Iterable[int]) -> int:
    number = own_id(name)
    while number in taken or number == 0:
        number = (number + 1) & 0x7FFFFFFF
    return number
