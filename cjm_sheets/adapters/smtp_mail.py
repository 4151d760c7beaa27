"""Decides how a mail server is spoken to: over TLS wherever a password is sent, and not for long.

The standard library speaks SMTP. Addresses and passwords come from the surroundings; what a server
says is repeated only as far as it can hold none of them.
"""

import ipaddress
import smtplib
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as MAIL_FORM
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from cjm_sheets.errors.fleet import (
    MailServerError,
    NoSenderError,
    NotDeliveredError,
    PlainPasswordError,
)
from cjm_sheets.ports.mail import Letter

_PATIENCE = 30.0  # seconds for each answer
_PORTS = {"smtp": 587, "smtps": 465}
_IPV4 = 4
_NO_ADDRESS = "an address is smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST"
_NO_WAY = "it knows no way to sign in"
_PLAIN_LETTERS = "name and password may have plain letters only"
_LONGEST = 160  # signs of what a server says
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_ENOUGH = 2  # so many lines in a row that broke off tell that the next one will, too


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over; `secure` is TLS from the start, not only where it is offered."""

    host: str
    port: int
    secure: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """What it is called before others."""
        return f"{self.host}:{self.port}"


def server_of(address: str) -> Server:
    """Return the server of an address such as ``smtp://USER:PASSWORD@HOST:587``.

    Raises:
        MailServerError: it is none. What is wrong is not repeated: it may be the password.
    """
    wrong = MailServerError("CJM_SHEETS_SMTP", _NO_ADDRESS)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise wrong from None
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if not host or rest or parts.scheme not in _PORTS or any(map(str.isspace, address)):
        raise wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port, parts.scheme == "smtps", user, password)


def sender_of(text: str) -> Address:
    """Return who sends, from an address, or a name with one in angle brackets.

    Raises:
        NoSenderError
    """
    name, spec = parseaddr(text)
    with suppress(ValueError):
        # Of several the first one would be taken.
        if text.isprintable() and text.strip().removesuffix(">").endswith(spec):
            return _address(spec, name)
    raise NoSenderError


def _address(spec: str, name: str = "") -> Address:
    """Return an address, its domain as mail servers know it; raises ValueError."""
    local, at, domain = spec.rpartition("@")
    if not (local and at and domain) or not spec.isprintable():
        raise ValueError(spec)
    return Address(name, local, domain.encode("idna").decode())


def message(letter: Letter, sender: Address) -> EmailMessage:
    """Return a letter as it travels: text and page in one, and marked as written by a program.

    Raises:
        ValueError: the address of the letter is none.
    """
    made = EmailMessage(MAIL_FORM)
    made["From"] = sender
    made["To"] = _address(letter.to)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = f"<{letter.mark}@{sender.domain}>"
    # So that nobody's absence is announced to a program (RFC 3834, and Exchange's own word).
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made["Content-Language"] = letter.language
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return made


class SmtpMail:
    """A mail server that is spoken to once there is a letter, and as long as it answers."""

    def __init__(self, server: Server, sender: Address) -> None:
        self._server = server
        self._sender = sender
        self._line: smtplib.SMTP | None = None
        self._broken = 0

    def send(self, letter: Letter) -> None:
        """Hand over a letter.

        Raises:
            NotDeliveredError, MailServerError, PlainPasswordError: see ports.mail.
        """
        try:
            made = message(letter, self._sender)
            to = _address(letter.to).addr_spec
        except ValueError:
            raise NotDeliveredError(letter.to, "no e-mail address") from None
        self._line = line = self._line or self._connected()
        try:
            self._hand_over(line, made, to)
        except smtplib.SMTPSenderRefused as error:
            raise self._unusable(self._said(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise self._refused(letter, self._said(code, text)) from None
        except smtplib.SMTPResponseException as error:
            raise self._refused(letter, self._said(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPNotSupportedError:
            raise self._refused(letter, "the server takes no address with such letters") from None
        except (OSError, smtplib.SMTPException) as error:
            raise self._broken_off(letter, _reason(error)) from None
        self._broken = 0

    def _hand_over(self, line: smtplib.SMTP, made: EmailMessage, to: str) -> None:
        """Send a message; the library's own way would change lines that begin with From."""
        sender, options, form = self._sender.addr_spec, [], MAIL_FORM
        line.ehlo_or_helo_if_needed()
        if not (sender + to).isascii():
            if not line.has_extn("smtputf8"):
                raise smtplib.SMTPNotSupportedError
            options, form = ["SMTPUTF8", "BODY=8BITMIME"], MAIL_FORM.clone(utf8=True)
        line.sendmail(sender, [to], made.as_bytes(policy=form), options)

    def close(self) -> None:
        """Let go of the server, politely where it still answers."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    # ---- the way there ---------------------------------------------------------------

    def _connected(self) -> smtplib.SMTP:
        """Return a line to the server that is signed in."""
        try:
            line = self._opened()
        except smtplib.SMTPResponseException as error:
            raise self._unusable(self._said(error.smtp_code, error.smtp_error)) from None
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise self._unusable(_reason(error)) from None
        try:
            self._greet(line)
        except BaseException:
            line.close()
            raise
        return line

    def _opened(self) -> smtplib.SMTP:
        server, way = self._server, ssl.create_default_context()
        # The name is that of no machine: it goes into the mail, and finding one can take long.
        if server.secure:
            return smtplib.SMTP_SSL(
                server.host, server.port, "localhost", timeout=_PATIENCE, context=way
            )
        return smtplib.SMTP(server.host, server.port, "localhost", timeout=_PATIENCE)

    def _greet(self, line: smtplib.SMTP) -> None:
        """Say who we are, change to TLS where that is offered, and sign in."""
        server = self._server
        try:
            here = _end(line, "getsockname")
            line.local_hostname = f"[{here}]" if here.version == _IPV4 else f"[IPv6:{here}]"
            line.ehlo_or_helo_if_needed()
            if not server.secure and line.has_extn("starttls"):
                line.starttls(context=ssl.create_default_context())
            if server.user:
                self._sign_in(line)
        except smtplib.SMTPResponseException as error:
            raise self._unusable(self._said(error.smtp_code, error.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise self._unusable(_reason(error)) from None

    def _sign_in(self, line: smtplib.SMTP) -> None:
        server = self._server
        if not (isinstance(line.sock, ssl.SSLSocket) or _is_here(line)):
            raise PlainPasswordError(server.place)
        line.ehlo_or_helo_if_needed()
        try:
            line.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            # Some servers repeat what they were told.
            reason = f"{error.smtp_code}, name and password were not accepted"
            raise self._unusable(reason) from None
        except smtplib.SMTPNotSupportedError:
            raise self._unusable(_NO_WAY) from None
        except UnicodeError:
            raise self._unusable(_PLAIN_LETTERS) from None

    # ---- what went wrong -------------------------------------------------------------

    def _unusable(self, reason: str) -> MailServerError:
        self._drop()
        return MailServerError(self._server.place, reason)

    def _refused(self, letter: Letter, reason: str) -> NotDeliveredError:
        """Return that a letter was refused; the line stays, unless the server closed it."""
        if self._line is not None and self._line.sock is None:
            self._drop()
        self._broken = 0
        return NotDeliveredError(letter.to, reason)

    def _broken_off(self, letter: Letter, reason: str) -> NotDeliveredError | MailServerError:
        """Return that the line broke off; where that goes on, nobody waits for each letter."""
        self._broken += 1
        if self._broken >= _ENOUGH:
            return self._unusable(reason)
        self._drop()
        return NotDeliveredError(letter.to, reason)

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _said(self, code: int, text: bytes | str) -> str:
        """Return what the server said, in one short line without name and password."""
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        server = self._server
        secrets = [server.password, server.user]
        both = f"\0{server.user}\0{server.password}"
        secrets += [b64encode(each.encode()).decode() for each in (both, *secrets)]
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            said = said.replace(secret, "…")
        said = " ".join("".join(s if s.isprintable() else " " for s in said).split())
        return f"{code} {said[:_LONGEST]}".strip().rstrip(".")


def _is_here(line: smtplib.SMTP) -> bool:
    """Tell whether a line leaves this machine at no place."""
    return _end(line, "getpeername").is_loopback


def _end(line: smtplib.SMTP, which: str) -> _Ip:
    """Return the address at one end of a line."""
    if line.sock is None:
        raise smtplib.SMTPServerDisconnected
    return ipaddress.ip_address(str(getattr(line.sock, which)()[0]).partition("%")[0])


def _reason(error: Exception) -> str:
    """Return why a line broke off, in the system's words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate: {error.verify_message}".rstrip(".")
    words = error.strerror if isinstance(error, OSError) else ""
    return (words or str(error) or type(error).__name__).split("\n", 1)[0].rstrip(".")
