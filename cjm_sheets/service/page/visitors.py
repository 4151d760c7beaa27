"""Decides who may see and edit which map: the owner all, a link's visitor the one of the link."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.service.page.links import EDIT, READ, Link, found
from cjm_sheets.service.page.shelf import Shelf

OWNER = "owner"
_IN_PATH = re.compile(r"/(?:spreadsheets/d|page)/([^/]+)")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who calls: the owner of the service, or somebody with links."""

    is_owner: bool = False
    links: tuple[Link, ...] = ()

    def role(self, file_id: str) -> str:
        """Return what the visitor is to a map: owner, edit, read, or "" for nobody."""
        if self.is_owner:
            return OWNER
        roles = {link.role for link in self.links if link.file_id == file_id}
        return next((role for role in (EDIT, READ) if role in roles), "")

    def name(self, file_id: str) -> str:
        """Return the name of the link on which the visitor came to a map."""
        return next((link.name for link in self.links if link.file_id == file_id), "")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that stands for a token."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Visitors:
    """Knows visitors by their tokens and cookies; ``token`` is that of the service."""

    shelf: Shelf | None
    token: str

    def knows(self, token: str) -> bool:
        """Tell whether a token is that of the service."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def cookie_for(self, token: str, path: str) -> Cookie | None:
        """Return the cookie for a token in an address; None if it opens nothing there."""
        if self.knows(token):
            return Cookie(self._owner_name, self._owner_value)
        link = self._link(token)
        if link is None or link.file_id != file_in(path):
            return None
        return Cookie(_link_name(link.file_id), token)

    def by_cookies(self, cookies: Mapping[str, str]) -> Visitor | None:
        """Return who comes with these cookies; None if they are nobody's."""
        given = cookies.get(self._owner_name, "")
        if given and hmac.compare_digest(given.encode(), self._owner_value.encode()):
            return Visitor(is_owner=True)
        mine = [value for name, value in cookies.items() if name.startswith(_PREFIX)]
        known = tuple(link for link in map(self._link, mine[:_MOST]) if link is not None)
        return Visitor(links=known) if known else None

    def _link(self, token: str) -> Link | None:
        return found(self.shelf, token) if self.shelf is not None else None

    @property
    def _owner_name(self) -> str:
        """The cookie's name; services on one machine share their cookies, and must not mix them."""
        return f"cjm_owner_{hashlib.sha256(self.token.encode()).hexdigest()[:8]}"

    @property
    def _owner_value(self) -> str:
        """A value that proves the token without being it."""
        return hmac.new(self.token.encode(), b"cjm-sheets page", hashlib.sha256).hexdigest()


_PREFIX = "cjm_link_"
_MOST = 50


def _link_name(file_id: str) -> str:
    return _PREFIX + hashlib.sha256(file_id.encode()).hexdigest()[:12]


def file_in(path: str) -> str:
    """Return the id of the map that the path of an address names, "" for none.

    >>> file_in("/page/abc/edits"), file_in("/")
    ('abc', '')
    """
    match = _IN_PATH.match(path)
    return match[1] if match else ""
