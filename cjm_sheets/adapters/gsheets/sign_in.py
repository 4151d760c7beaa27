"""Decides with whose credentials Google is asked: the first ones found where people keep them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import google.auth
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from cjm_sheets.adapters.gsheets.token_file import NAME, kept
from cjm_sheets.adapters.gsheets.transport import Endpoint
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.ports.accounts import Kind

SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/spreadsheets",
)
"""What the program asks to be let into: its own files, and spreadsheets that people name."""


@dataclass(frozen=True, slots=True)
class Found:
    """Credentials, whose they are, and where they were found ("": in the surroundings)."""

    credentials: Credentials
    kind: Kind
    account: str
    source: str


def google_endpoint(named: str, home: Path) -> Endpoint:
    """Return Google with the first usable credentials; NotSignedInError if there are none."""
    found = find(named, home)
    return Endpoint(credentials=found.credentials, account=found.account)


def find(named: str, home: Path) -> Found:
    """Return the first usable credentials.

    Looked for in this order: `named` (a key file; "" for none), our own folder (what `auth login`
    kept there, then a key file), the files that gspread uses, and the surroundings (application
    default credentials).

    Raises:
        NotSignedInError: there are none; says where was looked.
    """
    looked: list[str] = []
    for path in _files(named, home):
        looked.append(str(path))
        content = kept(path)
        found = usable(content, str(path)) if content is not None else None
        if found is not None:
            return found
    if named:
        # Whoever names a file means it: another account's would be a surprise.
        raise NotSignedInError(named)
    try:
        default, _ = google.auth.default(scopes=SCOPES)
    except (DefaultCredentialsError, ValueError):
        looked.append("GOOGLE_APPLICATION_CREDENTIALS")
        # Errors about key files may quote them.
        raise NotSignedInError(", ".join(looked)) from None
    return Found(default, "default", getattr(default, "service_account_email", "") or "", "")


def client_files(home: Path) -> tuple[Path, ...]:
    """Return the files in which an OAuth client may be: ours, and gspread's."""
    return home / "client_secret.json", _gspread() / "credentials.json"


def _files(named: str, home: Path) -> Iterator[Path]:
    """Return the files in which credentials may be."""
    if named:
        yield Path(named)
        return
    yield home / NAME
    yield home / "credentials.json"
    yield _gspread() / "service_account.json"
    yield _gspread() / "authorized_user.json"


def _gspread() -> Path:
    """Return the folder of gspread."""
    return Path(os.environ.get("APPDATA", Path.home() / ".config")) / "gspread"


def usable(content: dict[str, Any], source: str) -> Found | None:
    """Return the credentials in what a key file holds, None if it holds none that are whole."""
    made: Credentials
    try:
        match content:
            case {"type": "service_account", "client_email": str(account)}:
                made = service_account.Credentials.from_service_account_info(content, scopes=SCOPES)  # type: ignore[no-untyped-call] # google-auth has no types
                return Found(made, "service_account", account, source)
            case {"refresh_token": str()}:
                made = user.Credentials.from_authorized_user_info(content, SCOPES)  # type: ignore[no-untyped-call] # the same
                return Found(made, "user", str(content.get("account", "")), source)
    except ValueError:
        return None
    return None
