"""Decides where the service can be reached from, and what it takes to be reached by others."""

import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cjm_sheets.errors.machine import (
    BadCertificateError,
    BadProxyError,
    OpenToOthersError,
    WithoutNameError,
)
from cjm_sheets.service.guard import Doors

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Entrance:
    """What was typed: the address to listen on, a certificate, the name of a proxy in front."""

    host: str = LOOPBACK
    certificate: str = ""
    key: str = ""
    proxy: str = ""

    def check(self) -> None:
        """Raise what is wrong: nobody shall be let in over a network without encryption."""
        if self.proxy:
            parts = urlsplit(self.proxy)
            if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
                raise BadProxyError(self.proxy)
        if bool(self.certificate) != bool(self.key):
            raise OpenToOthersError(self.host)
        if not self.proxy and not self._is_loopback:
            if not self.certificate:
                raise OpenToOthersError(self.host)
            if _is_wildcard(self.host):
                raise WithoutNameError(self.host)
        if self.certificate:
            _check_certificate(self.certificate, self.key)

    @property
    def _is_loopback(self) -> bool:
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def _proxy_name(self) -> str:
        return _named(urlsplit(self.proxy).hostname or "")

    @property
    def doors(self) -> Doors:
        """The names under which calls come in."""
        if self.proxy:
            return Doors(frozenset({self._proxy_name}), is_secure=True, is_public=True)
        names = frozenset[str]() if self._is_loopback else frozenset({_named(self.host)})
        return Doors(names, is_secure=bool(self.certificate), is_public=not self._is_loopback)

    @property
    def settings(self) -> dict[str, Any]:
        """What uvicorn has to know; forwarded headers count only if they come from here."""
        tls = {"ssl_certfile": self.certificate, "ssl_keyfile": self.key}
        return {
            "proxy_headers": bool(self.proxy),
            "forwarded_allow_ips": LOOPBACK,
            **(tls if self.certificate else {}),
        }

    def address(self, port: int) -> str:
        """Return the address at which programs on this machine reach the service."""
        scheme = "https" if self.certificate else "http"
        host = LOOPBACK if _is_wildcard(self.host) else self.host
        return f"{scheme}://{_named(host)}:{port}"

    def public_address(self, port: int) -> str:
        """Return the address that people type."""
        return self.proxy.rstrip("/") or self.address(port)

    def family(self, port: int) -> tuple[socket.AddressFamily, Any]:
        """Return the kind of socket to listen on, and where."""
        found = socket.getaddrinfo(self.host, port, type=socket.SOCK_STREAM)
        family, _, _, _, place = found[0]
        return family, place


def _is_wildcard(host: str) -> bool:
    return host in {"0.0.0.0", "::", ""}  # noqa: S104 - refused, or closed by a proxy


def _named(host: str) -> str:
    """Return a host as it stands in addresses, IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host.lower()


def _check_certificate(certificate: str, key: str) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise BadCertificateError(certificate, error.strerror or str(error)) from error
