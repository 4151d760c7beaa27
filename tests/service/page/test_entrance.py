"""Where the service may be reached from: with a certificate or a proxy, never open to all."""

import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from cjm_sheets.cli.main import main
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.machine import (
    BadCertificateError,
    BadProxyError,
    OpenToOthersError,
    WithoutNameError,
)
from cjm_sheets.service.entrance import Entrance
from cjm_sheets.service.running import RunningService, Setting
from tests.service.calls import TIMEOUT, Api

PROXY = "https://maps.example.org"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what has to be refused


@pytest.mark.parametrize(
    ("entrance", "error"),
    [
        (Entrance(EVERYWHERE), OpenToOthersError),
        (Entrance("192.0.2.7"), OpenToOthersError),
        (Entrance("maps.example.org"), OpenToOthersError),
        (Entrance("192.0.2.7", certificate="a.pem"), OpenToOthersError),
        (Entrance(key="a.pem"), OpenToOthersError),
        (Entrance("::", "a.pem", "b.pem"), WithoutNameError),
        (Entrance("192.0.2.7", "none.pem", "none.pem"), BadCertificateError),
        (Entrance(proxy="http://maps.example.org"), BadProxyError),
        (Entrance(proxy="maps.example.org"), BadProxyError),
        (Entrance(proxy="https://maps.example.org/sub"), BadProxyError),
    ],
)
def test_what_would_let_others_read_along_is_refused(
    entrance: Entrance, error: type[CjmError]
) -> None:
    with pytest.raises(error):
        entrance.check()


def test_the_command_says_so_in_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--host", EVERYWHERE, "--data", str(tmp_path)], "cjm-sheets")
    assert ended.value.code == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "--tls-cert" in said
    assert "--behind-proxy" in said


def test_loopback_and_a_proxy_are_let_through() -> None:
    for entrance in (Entrance(), Entrance("localhost"), Entrance("::1"), Entrance(proxy=PROXY)):
        entrance.check()
    assert Entrance(proxy=PROXY).public_address(1) == PROXY
    assert Entrance("::1").address(8) == "http://[::1]:8"


def asked(service: RunningService, path: str, **headers: str) -> requests.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    address = service.url + path
    return requests.get(address, headers=sent, timeout=TIMEOUT, allow_redirects=False)


def test_behind_a_proxy_only_its_name_is_answered(tmp_path: Path) -> None:
    with RunningService(tmp_path, setting=Setting(Entrance(proxy=PROXY))) as service:
        bearer, name = f"Bearer {service.token}", "maps.example.org"
        place = f"/?token={service.token}"
        entered = asked(service, place, Host=name)
        assert entered.status_code == 303
        assert "; Secure" in entered.headers["Set-Cookie"]
        assert asked(service, place).status_code == 403
        assert asked(service, place, Host="evil.example").status_code == 403
        ours = {"Authorization": bearer, "Host": name}
        assert asked(service, "/drive/v3/files", **ours).status_code == 200
        assert asked(service, "/drive/v3/files", **ours, Origin=PROXY).status_code == 200
        for origin in (f"http://{name}", "https://evil.example", f"{PROXY}:8443"):
            assert asked(service, "/drive/v3/files", **ours, Origin=origin).status_code == 403
        # Programs on this machine, such as a sync, still reach the interfaces.
        assert asked(service, "/drive/v3/files", Authorization=bearer).status_code == 200


def test_addresses_in_answers_are_those_of_the_proxy(tmp_path: Path) -> None:
    with RunningService(tmp_path, setting=Setting(Entrance(proxy=PROXY))) as service:
        book = Api(service).create("Far")
        headers = {
            "Authorization": f"Bearer {service.token}",
            "Host": "maps.example.org",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
        }
        address = f"{service.url}/v4/spreadsheets/{book.id}"
        answer = requests.get(address, headers=headers, timeout=TIMEOUT).json()
        assert answer["spreadsheetUrl"].startswith(f"{PROXY}/spreadsheets/d/")


def test_with_a_certificate_it_speaks_https(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine.")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
         certificate], check=True, capture_output=True,
    )  # fmt: skip
    entrance = Entrance("localhost", str(certificate), str(key))
    entrance.check()
    with RunningService(tmp_path / "data", setting=Setting(entrance)) as service:
        assert service.url.startswith("https://localhost:")
        port = urlsplit(service.url).port
        context = ssl.create_default_context(cafile=str(certificate))
        with (
            socket.create_connection(("localhost", port), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as secure,
        ):
            head = f"Host: localhost:{port}\r\nAuthorization: Bearer {service.token}"
            ask = f"GET /drive/v3/files HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n"
            secure.sendall(ask.encode())
            said = b"".join(iter(lambda: secure.recv(4096), b""))
            secure.unwrap()
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"drive#fileList" in said


def test_programs_get_the_address_at_which_they_reach_it() -> None:
    assert Entrance(EVERYWHERE, proxy=PROXY).address(5) == "http://127.0.0.1:5"
