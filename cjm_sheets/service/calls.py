"""Decides what an interface function gets of an HTTP call, and how its parameters are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TypeAlias

from cjm_sheets.ports.workbooks import Workbooks
from cjm_sheets.service.bodies import checked_body, invalid_value, refusal
from cjm_sheets.service.fields import EVERYTHING, Mask, parse_mask
from cjm_sheets.service.interface import CHOICE, snake, type_address
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.store_sqlite import Store
from cjm_sheets.service.upload_sessions import Uploads

Query: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is more than JSON: its content, the type of that, a status and headers."""

    content: bytes
    kind: str = ""
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: path parameters, query, JSON body; ``url`` is the service's own address.

    ``content`` and ``headers`` (lower case) come with uploads alone, whose body is no JSON;
    ``workbooks`` is None where the service was started without a reader and writer of workbooks.
    """

    store: Store
    url: str
    path: dict[str, str]
    query: Query = field(default_factory=list)
    body: Json = field(default_factory=dict)
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    workbooks: Workbooks | None = None
    uploads: Uploads = field(default_factory=Uploads)

    def all(self, name: str) -> list[str]:
        """Return every value of a query parameter."""
        return [value for key, value in self.query if key == name]

    def one(self, name: str, default: str = "") -> str:
        """Return the last value of a query parameter."""
        return next(iter(reversed(self.all(name))), default)

    def flag(self, name: str) -> bool:
        """Return a yes/no parameter; raises ``RefusedError`` for anything else."""
        text = self.one(name, "false").lower()
        if text not in {"true", "false", "1", "0", ""}:
            raise refusal([invalid_value(snake(name), "TYPE_BOOL", text)])
        return text in {"true", "1"}

    def mask(self) -> Mask | None:
        """Return the mask of the ``fields`` parameter, None without one."""
        text = self.one("fields")
        return parse_mask(text) if text else None

    def whole_mask(self) -> Mask:
        """Return the mask of the ``fields`` parameter, or one that lets everything through."""
        return self.mask() or EVERYTHING

    def choice(self, name: str, *choices: str) -> str:
        """Return a parameter that must be one of some words, the first where absent."""
        text = self.one(name) or choices[0]
        if text not in choices:
            raise refusal([invalid_value(snake(name), type_address(CHOICE, "", name), text)])
        return text

    def taking(self, name: str, root: str = "") -> "Call":
        """Return the call with its body checked and in normal form.

        ``name`` is the object of the interface that it must be, ``root`` the field it is kept in.
        """
        return replace(self, body=checked_body(self.body, name, root))

    def with_body_in_query(self, *names: str) -> "Call":
        """Return the call with some fields of its body read as if they stood in the query."""
        found = [(name, str(self.body[name])) for name in names if self.body.get(name)]
        return replace(self, query=[*self.query, *found])

    def with_query(self, query: Query) -> "Call":
        """Return the call with another query."""
        return replace(self, query=query)

    def with_content(self, body: Json, content: bytes) -> "Call":
        """Return the call with another body, and the content that goes with it."""
        return replace(self, body=body, content=content)

    def page(self, spreadsheet_id: str) -> str:
        """Return the address of the page that shows a spreadsheet."""
        return f"{self.url}/spreadsheets/d/{spreadsheet_id}/edit"
