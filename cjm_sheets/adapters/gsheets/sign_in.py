"""Decides with whose credentials Google is asked: the first ones found where people keep them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import google.auth
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from cjm_sheets.adapters.gsheets.transport import Endpoint
from cjm_sheets.errors import NotSignedInError

SCOPES = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/spreadsheets",
)


def google_endpoint(named: str, home: Path) -> Endpoint:
    """Return Google with the first usable credentials.

    Looked for in this order: `named` (a key file; "" for none), our own folder, the surroundings
    (application default credentials), and the files that gspread uses.

    Raises:
        NotSignedInError: there are none; says where was looked.
    """
    looked: list[str] = []
    for path in _files(named, home):
        looked.append(str(path))
        if path.is_file():
            found = _from_file(path)
            if found is not None:
                return found
    if named:
        # Whoever names a file means it: another account's would be a surprise.
        raise NotSignedInError(named)
    try:
        found_credentials, _ = google.auth.default(scopes=SCOPES)
    except (DefaultCredentialsError, ValueError) as missing:
        looked.append("GOOGLE_APPLICATION_CREDENTIALS")
        raise NotSignedInError(", ".join(looked)) from missing
    account = getattr(found_credentials, "service_account_email", "") or ""
    return Endpoint(credentials=found_credentials, account=account)


def _files(named: str, home: Path) -> Iterator[Path]:
    """Return the files in which credentials may be."""
    if named:
        yield Path(named)
        return
    yield home / "credentials.json"
    gspread = Path(os.environ.get("APPDATA", Path.home() / ".config")) / "gspread"
    yield gspread / "service_account.json"
    yield gspread / "authorized_user.json"


def _from_file(path: Path) -> Endpoint | None:
    """Return the credentials in a key file, None if it holds none that we know."""
    try:
        return _from_content(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _from_content(kept: Any) -> Endpoint | None:  # noqa: ANN401 - JSON
    """Return the credentials in what a key file holds; ValueError if they are broken."""
    made: Credentials
    match kept:
        case {"type": "service_account", "client_email": str(account)}:
            made = service_account.Credentials.from_service_account_info(kept, scopes=SCOPES)  # type: ignore[no-untyped-call] # google-auth has no types
            return Endpoint(credentials=made, account=account)
        case {"refresh_token": str()}:
            made = user.Credentials.from_authorized_user_info(kept, SCOPES)  # type: ignore[no-untyped-call] # the same
            return Endpoint(credentials=made, account=str(kept.get("account", "")))
    return None
