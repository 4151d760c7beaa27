"""Decides which service holds a shared copy, and with which credentials it is asked."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.sharing import BadLinkError
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.wiring.own import chance, clock, login
from cjm_sheets.wiring.service import LOCAL, local_service

if TYPE_CHECKING:
    from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
    from cjm_sheets.adapters.whereabouts import Service
    from cjm_sheets.ports.accounts import Accounts
    from cjm_sheets.ports.permissions import Permissions
    from cjm_sheets.ports.quota import Quota
    from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings

_ADDRESS = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)")
_ID = re.compile(r"[A-Za-z0-9_-]{20,}")
_GOOGLE_HOSTS = frozenset({"docs.google.com", "sheets.google.com"})
GOOGLE = "google"
QUOTA_FILE = "quota.sqlite"
"""Where all who run fleets as this user of this machine keep the budget of their requests."""


def link_to(target: str) -> "Link":
    """Return the shared copy that a person means by local, new, an address or an id.

    Raises:
        BadLinkError: it is none of these.
    """
    from cjm_sheets.usecases.sync_map import Link

    elsewhere = os.environ.get("CJM_SHEETS_ENDPOINT", "").rstrip("/")
    if target == LOCAL:
        return Link(LOCAL)
    if target == "new":
        return Link(elsewhere or GOOGLE)
    found = _ADDRESS.search(target)
    if found:
        parts = urlsplit(target if "://" in target else f"https://{target}")
        google = parts.hostname in _GOOGLE_HOSTS
        return Link(GOOGLE if google else f"{parts.scheme}://{parts.netloc}", found[1])
    if _ID.fullmatch(target):
        return Link(elsewhere or GOOGLE, target)
    raise BadLinkError(target)


@contextmanager
def sharing(credentials: str = "", *, local: "Service | None" = None) -> "Iterator[Surroundings]":
    """Give what a sync needs; a local service that was started for it stops at the end.

    `local` is a service that runs on this machine already, if one is known.
    """
    with ExitStack() as running:
        yield Sharing(credentials, running, local).surroundings()


@contextmanager
def permissions_of(link: "Link", credentials: str = "") -> "Iterator[tuple[str, Permissions]]":
    """Give the address of a shared copy, and who may open it."""
    from cjm_sheets.adapters.gsheets.permissions import DrivePermissions
    from cjm_sheets.adapters.gsheets.store import SharedCopy

    with ExitStack() as running:
        transport = Sharing(credentials, running, None).transport(link)
        address = SharedCopy(transport, link.spreadsheet).name
        yield address, DrivePermissions(transport, link.spreadsheet)


@dataclass
class Sharing:
    """Opens and makes shared copies at the services that links name.

    A service of this machine that is needed is started once, whatever it is needed for.
    """

    credentials: str
    running: ExitStack
    local: "Service | None"

    def open(self, link: "Link") -> "Opened":
        """Return a shared copy that is there."""
        from cjm_sheets.adapters.gsheets.store import SharedCopy
        from cjm_sheets.usecases.sync_map import Opened

        transport = self.transport(link)
        copy = SharedCopy(transport, link.spreadsheet)
        account = transport.endpoint.account
        return Opened(link, copy, lambda: transport.traffic, account)

    def make(self, link: "Link", like: Snapshot) -> "Opened":
        """Return a new shared copy, named like the workbook and in its language."""
        from cjm_sheets.adapters.gsheets.store import create
        from cjm_sheets.usecases.sync_map import Link, Opened

        transport = self.transport(link)
        copy = create(transport, Path(like.title).stem, like.language, link.key)
        made = Link(link.service, copy.spreadsheet)
        return Opened(made, copy, lambda: transport.traffic, transport.endpoint.account)

    def find(self, link: "Link", like: Snapshot) -> "Opened | None":
        """Return the shared copy that was made under the key of a link, None if none was."""
        from cjm_sheets.adapters.gsheets.store import find
        from cjm_sheets.usecases.sync_map import Link, Opened

        transport = self.transport(link)
        copy = find(transport, Path(like.title).stem, like.language, link.key)
        if copy is None:
            return None
        made = Link(link.service, copy.spreadsheet)
        return Opened(made, copy, lambda: transport.traffic, transport.endpoint.account)

    def sign_in(self, link: "Link") -> None:
        """Raise what an asking would raise for want of credentials."""
        self.endpoint(link)

    def transport(self, link: "Link") -> "Transport":
        """Return a way to the service that a link names."""
        from cjm_sheets.adapters.gsheets.transport import Transport

        endpoint = self.endpoint(link)
        return Transport(endpoint, _counting(endpoint, link.service))

    def surroundings(self) -> "Surroundings":
        """Return what a sync needs."""
        from cjm_sheets.adapters import whereabouts
        from cjm_sheets.adapters.history_sqlite import SqliteHistory
        from cjm_sheets.usecases.sync_map import Surroundings

        return Surroundings(
            open=self.open,
            make=self.make,
            history=SqliteHistory(whereabouts.made_home() / "history.sqlite"),
            clock=clock(),
            chance=chance(),
            login=login(),
            find=self.find,
            sign_in=self.sign_in,
        )

    def endpoint(self, link: "Link") -> "Endpoint":
        """Return the service that a link names, signed in."""
        from cjm_sheets.adapters import whereabouts
        from cjm_sheets.adapters.gsheets.transport import Endpoint

        if link.service == LOCAL:
            if self.local is None:
                self.local = self.running.enter_context(local_service())
            return Endpoint(self.local.url, self.local.token)
        if link.service != GOOGLE:
            return Endpoint(link.service, _token_for(link.service))
        from cjm_sheets.adapters.gsheets.sign_in import google_endpoint

        named = self.credentials or os.environ.get("CJM_SHEETS_CREDENTIALS", "")
        return google_endpoint(named, whereabouts.home())


def accounts(named: str = "", *, offline: bool = False) -> "Accounts":
    """Return who is signed in to Google; `named` is a key file that somebody names."""
    from cjm_sheets.adapters import whereabouts
    from cjm_sheets.adapters.gsheets.accounts import GoogleAccounts

    if offline:
        # Else Google's library asks the network whether this is one of Google's machines.
        os.environ["NO_GCE_CHECK"] = "true"
    return GoogleAccounts(whereabouts.home(), named or os.environ.get("CJM_SHEETS_CREDENTIALS", ""))


def _counting(endpoint: "Endpoint", service: str) -> "Quota | None":
    """Return what counts requests beside those of fleets, None where no fleet asks this service."""
    from cjm_sheets.adapters import whereabouts

    file = whereabouts.home() / QUOTA_FILE
    if service == LOCAL or not file.exists():
        return None
    from cjm_sheets.adapters.fleet_sqlite.quota import CountingQuota
    from cjm_sheets.adapters.gsheets.payer import payer
    from cjm_sheets.fleet.budget import Payer

    return CountingQuota(file, Payer(*payer(endpoint)))


def _token_for(service: str) -> str:
    """Return the token for a service, if it is the one that the surroundings name.

    A workbook can name any address; a token that is sent to whom the workbook names is given away.

    Raises:
        NotSignedInError: the token in the surroundings is for another service.
    """
    if os.environ.get("CJM_SHEETS_ENDPOINT", "").rstrip("/") != service:
        raise NotSignedInError(f"CJM_SHEETS_ENDPOINT ({service})")  # noqa: TRY003 - where to look
    return os.environ.get("CJM_SHEETS_TOKEN", "")
