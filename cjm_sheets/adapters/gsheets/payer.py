"""Decides on whose account Google counts a request: which project, and which user of it."""

from hashlib import sha256

from cjm_sheets.adapters.gsheets.transport import Endpoint

_ENOUGH = 12


def payer(endpoint: Endpoint) -> tuple[str, str]:
    """Return names of project and user; they tell one from another, and hold no secret."""
    if endpoint.address:
        return endpoint.address, _name(endpoint.token)
    signed = endpoint.credentials
    client = str(getattr(signed, "client_id", "") or "")
    project = (
        getattr(signed, "quota_project_id", None)
        or getattr(signed, "project_id", None)
        # An OAuth client is named after the number of its project.
        or client.split("-", maxsplit=1)[0]
        or "google"
    )
    return str(project), endpoint.account or _name(str(getattr(signed, "refresh_token", "")))


def _name(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()[:_ENOUGH]
