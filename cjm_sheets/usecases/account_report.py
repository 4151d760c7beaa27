"""Decides how it is told who is signed in: as a document of stable shape, and in sentences."""

from typing import Any

from cjm_sheets.ports.accounts import Account
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_KINDS = {
    "user": N_("Signed in as a person: {name}."),
    "service_account": N_("Signed in as a service account: {name}."),
    "default": N_("Signed in by the surroundings (application default credentials): {name}."),
}


def document(account: Account | None, *, works: bool | None) -> dict[str, Any]:
    """Return who is signed in as a JSON-able document; works is null where nobody asked."""
    return {
        "signed_in": account is not None,
        "kind": account.kind if account else None,
        "account": account.name if account else None,
        "source": account.source if account else None,
        "works": works,
    }


def lines(account: Account, language: str, *, works: bool | None) -> list[str]:
    """Return who is signed in, in sentences."""
    name = account.name or say(language, N_("an account whose name nobody told"))
    told = [say(language, _KINDS[account.kind], name=name)]
    if account.source:
        told.append(say(language, N_("Kept in: {file}"), file=account.source))
    if account.kind == "service_account":
        told.append(say(language, N_("Share your spreadsheets with this address as an editor.")))
    if works:
        told.append(say(language, N_("Google takes these credentials.")))
    elif works is not None:
        told.append(
            say(language, N_("Google does not take them any more. Sign in: cjm-sheets auth login"))
        )
    return told


def signed_out(account: Account | None, language: str) -> list[str]:
    """Return what signing out did, in sentences."""
    if account is None:
        return [say(language, N_("Nobody was signed in here; nothing was deleted."))]
    told = [say(language, N_("Signed out; {file} is deleted."), file=account.source)]
    if account.kind == "service_account":
        told.append(
            say(language, N_("The key itself stays good until it is deleted in Google Cloud."))
        )
    return told
