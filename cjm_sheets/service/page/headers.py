"""Decides what a browser may do with an answer of the page: nothing but what the page needs."""

import secrets

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

SAFE = {
    "Content-Security-Policy": _NOTHING,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""The headers of every answer of the page."""


def nonce() -> str:
    """Return a new nonce for the styles of one page."""
    return secrets.token_urlsafe(16)


def page_headers(style_nonce: str) -> dict[str, str]:
    """Return the headers of a page: scripts and data from here, styles with the nonce."""
    policy = (
        f"{_NOTHING}; script-src 'self'; style-src 'self' 'nonce-{style_nonce}'; "
        "connect-src 'self'; img-src 'self' data:; font-src data:"
    )
    return SAFE | {"Content-Security-Policy": policy}
