"""Decides how calls are charged to the quota: who asks, how much is sent, what a refusal says."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cjm_sheets.service.quota import Quota, kind_of, refusal_answer


@dataclass(frozen=True, slots=True)
class Meter:
    """Middleware that counts every call of both interfaces and refuses what is too much."""

    app: ASGIApp
    quota: Quota

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a call, and let it through or refuse it."""
        kind = kind_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if kind is None:
            await self.app(scope, receive, send)
            return

        async def weighed(message: Message) -> None:
            self.quota.weigh(kind, bytes_out=len(message.get("body", b"")))
            await send(message)

        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        self.quota.weigh(kind, bytes_in=int(length) if length.isdigit() else 0)
        refusal = self.quota.admit(kind, _user(scope, headers))
        if refusal is None:
            await self.app(scope, receive, weighed)
        else:
            code, body = refusal_answer(refusal)
            await JSONResponse(body, code)(scope, receive, weighed)


def _user(scope: Scope, headers: Headers) -> str:
    """Return who asks: the quota user of Google's parameter or header, otherwise the token."""
    query: bytes = scope["query_string"]
    named = parse_qs(query.decode("latin-1")).get("quotaUser") if b"quotaUser=" in query else None
    return named[-1] if named else headers.get("x-goog-quota-user") or headers["authorization"]
