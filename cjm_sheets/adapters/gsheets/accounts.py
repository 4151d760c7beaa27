"""Decides what signing in, asking who is, and signing out do to credentials on this machine."""

from collections.abc import Callable
from pathlib import Path

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import Request

from cjm_sheets.adapters.gsheets import token_file
from cjm_sheets.adapters.gsheets.consent import client_config, consent
from cjm_sheets.adapters.gsheets.sign_in import SCOPES, Found, client_files, find, usable
from cjm_sheets.errors.accounts import NoKeyError, NotRevokedError
from cjm_sheets.errors.sharing import UnreachableError
from cjm_sheets.ports.accounts import Account

_TIMEOUT = 30.0  # seconds for one short request
_PATIENCE = 300.0  # seconds in which a person agrees, or does not


class GoogleAccounts:
    """Who is signed in to Google on this machine; `named` is a key file that somebody names."""

    def __init__(self, home: Path, named: str = "", patience: float = _PATIENCE) -> None:
        self._home = home
        self._named = named
        self._patience = patience

    def current(self) -> Account:
        """Return who would be asked with; NotSignedInError if nobody."""
        return _account(find(self._named, self._home), self._home)

    def works(self) -> bool:
        """Ask Google whether these credentials are good; UnreachableError if it says nothing."""
        found = find(self._named, self._home)
        try:
            found.credentials.refresh(Request())  # type: ignore[no-untyped-call] # google-auth has no types
        except RefreshError:
            return False
        except (GoogleAuthError, requests.RequestException, TypeError) as error:
            # A TypeError is google-auth's, of a token service that answers with a page.
            raise UnreachableError("Google", type(error).__name__) from None
        return True

    def consent(self, client: str, show: Callable[[str], None]) -> Account:
        """Let a person agree in a browser, and keep what comes of it."""
        config = client_config(client, client_files(self._home))
        token_file.keep(self._home, consent(config, SCOPES, show, self._patience))
        return GoogleAccounts(self._home).current()

    def keep_key(self, file: str) -> Account:
        """Keep the key of a service account; NoKeyError if the file holds none."""
        content = token_file.kept(Path(file))
        found = usable(content, file) if content is not None else None
        if content is None or found is None or found.kind != "service_account":
            raise NoKeyError(file)
        token_file.keep(self._home, content)
        return GoogleAccounts(self._home).current()

    def forget(self) -> Account | None:
        """Take back what was kept here, and delete it; None if nothing was."""
        path = self._home / token_file.NAME
        content = token_file.kept(path)
        if content is None:
            token_file.delete(path)
            return None
        kind = "service_account" if content.get("type") == "service_account" else "user"
        name = str(content.get("client_email", ""))
        token_file.delete(path)
        token, uri = content.get("refresh_token"), str(content.get("token_uri", ""))
        if token and not _revoked(str(token), uri):
            raise NotRevokedError(str(path))
        return Account("user" if kind == "user" else "service_account", name, str(path), ours=True)


def _account(found: Found, home: Path) -> Account:
    """Return credentials as an account."""
    ours = found.source == str(home / token_file.NAME)
    return Account(found.kind, found.account, found.source, ours)


def _revoked(token: str, token_uri: str) -> bool:
    """Tell Google that a token is good no more; return whether it heard, or knew already."""
    address = token_uri.removesuffix("/token") + "/revoke"
    try:
        answer = requests.post(address, data={"token": token}, timeout=_TIMEOUT)
    except requests.RequestException:
        return False
    # 400 says that the token was taken back before.
    return answer.status_code in {200, 400}
