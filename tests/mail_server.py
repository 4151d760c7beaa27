"""Decides how tests get a mail server: their own, on loopback, that keeps what it takes."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme  # gives certificates that nobody else trusts
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port

PASSWORD = "not/a real:secret"  # noqa: S105 - of a server that lives as long as a test
NAMED = "maps%40example.org:not%2Fa%20real%3Asecret"
"""Name and password as they stand in an address."""
SENDER = "Journey maps <maps@example.org>"


@dataclass
class Taken:
    """A mail as it was taken, and how."""

    to: list[str]
    message: EmailMessage
    was_secure: bool
    signed_in: bool

    def body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert isinstance(part, EmailMessage)
        return str(part.get_content())


@dataclass
class Box:
    """What a server took, and whom it refuses; `refuse` maps addresses to answers."""

    taken: list[Taken] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        self.asked += 1
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the same
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        message = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        assert server.transport is not None
        secure = server.transport.get_extra_info("ssl_object") is not None
        signed_in = bool(session.authenticated)
        self.taken.append(Taken([*envelope.rcpt_tos], message, secure, signed_in))
        return "250 OK"


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int
    box: Box
    authority: Path | None

    def surroundings(self, user: str = "") -> dict[str, str]:
        """Return what a command needs to find it; `user` is USER:PASSWORD."""
        named = f"{user}@" if user else ""
        trust = {"SSL_CERT_FILE": str(self.authority)} if self.authority else {}
        return {
            "CJM_SHEETS_SMTP": f"smtp://{named}localhost:{self.port}",
            "CJM_SHEETS_MAIL_FROM": SENDER,
            **trust,
        }


def _known(_server: Any, _session: Any, _envelope: Any, _kind: str, told: Any) -> AuthResult:
    good = isinstance(told, LoginPassword) and told.password == PASSWORD.encode()
    return AuthResult(success=good, handled=good)  # otherwise the server answers


@contextmanager
def mail_server(folder: Path, *, tls: str = "", signs_in: bool = False) -> Iterator[Served]:
    """Give a server; `tls` is "starttls", "smtps", or "" for none."""
    box, authority = Box(), None
    more: dict[str, Any] = {}
    if tls:
        issuer = trustme.CA()
        authority = folder / "authority.pem"
        issuer.cert_pem.write_to_path(authority)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        issuer.issue_cert("localhost").configure_cert(context)
        more = {"ssl_context": context} if tls == "smtps" else {"tls_context": context}
        if tls == "starttls":
            more["require_starttls"] = True
    if signs_in:
        # On a line that is secure from the start it does not see that, and would offer nothing.
        by_itself = tls == "starttls"
        more |= {"authenticator": _known}
        more |= {"auth_required": by_itself, "auth_require_tls": by_itself}
    port = free_port()
    controller = Controller(box, "localhost", port, **more)
    controller.start()
    try:
        yield Served(port, box, authority)
    finally:
        controller.stop()
