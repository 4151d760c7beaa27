"""Decides what a browser gets before it may see a page: a cookie for a token, or a sentence."""

from html import escape
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from cjm_sheets.service.page.headers import SAFE
from cjm_sheets.service.page.tongue import language_of
from cjm_sheets.service.page.visitors import Cookie
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_WEEK = 7 * 24 * 3600
_CLOSED = N_("This page needs a link with a token. Open the link that you were given once more.")
_TITLE = N_("No way in")
_GO_ON = N_("Go on to the map")


def exchanged(scope: Scope, cookie: Cookie, *, secure: bool) -> Response:
    """Return the answer that puts a cookie in the place of the token in the address."""
    address = _without_token(scope)
    response: Response
    if Headers(scope=scope).get("sec-fetch-site", "none") in {"none", "same-origin"}:
        response = RedirectResponse(address, HTTPStatus.SEE_OTHER, SAFE)
    else:
        # From another site a browser would follow a redirect without the new, strict cookie.
        response = _onward(scope, address)
    response.set_cookie(
        cookie.name, cookie.value, max_age=_WEEK, httponly=True, samesite="strict", secure=secure
    )
    return response


def again(scope: Scope) -> Response | None:
    """Return a page that asks once more from here, if the browser kept its cookies back.

    It does so where somebody follows a link from another site, such as web mail.
    """
    headers = Headers(scope=scope)
    is_page = headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
    if not is_page or headers.get("sec-fetch-site") in {None, "none", "same-origin"}:
        return None
    return _onward(scope, _without_token(scope))


def closed(scope: Scope) -> Response:
    """Return the page that says what is missing."""
    language = language_of(scope)
    body = f"<h1>{escape(say(language, _TITLE))}</h1><p>{escape(say(language, _CLOSED))}</p>"
    return _page(language, say(language, _TITLE), body, HTTPStatus.UNAUTHORIZED)


def _onward(scope: Scope, address: str) -> Response:
    language, safe = language_of(scope), escape(address, quote=True)
    words = escape(say(language, _GO_ON))
    head = f'<meta http-equiv="refresh" content="0;url={safe}">'
    return _page(language, words, f'<p><a href="{safe}">{words}</a></p>', head=head)


def _page(
    language: str, title: str, body: str, status: int = HTTPStatus.OK, head: str = ""
) -> Response:
    text = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"</head><body><main>{body}</main></body></html>"
    )
    return HTMLResponse(text, status, SAFE)


def _without_token(scope: Scope) -> str:
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    rest = urlencode([(name, value) for name, value in query if name != "token"])
    path: str = "/" + scope["path"].lstrip("/\\")
    return path + (f"?{rest}" if rest else "")
