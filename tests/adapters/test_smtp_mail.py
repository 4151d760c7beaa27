"""Mail is handed over safely: encrypted where there is a password, with nothing smuggled in."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from cjm_sheets.adapters import smtp_mail
from cjm_sheets.adapters.smtp_mail import Server, SmtpMail, message, sender_of, server_of
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.fleet import (
    MailServerError,
    NoSenderError,
    NotDeliveredError,
    PlainPasswordError,
)
from cjm_sheets.ports.mail import Letter
from cjm_sheets.words.failures import sentence
from tests.mail_server import NAMED, PASSWORD, SENDER, Served, mail_server

TEXT = "From here\n.\nGrüße, привет"  # lines that mail has its own use for
LETTER = Letter("ann@example.org", "Karten: Ärger", TEXT, "<p>Grüße</p>", "de", "a1b2")


def mail(address: str) -> SmtpMail:
    return SmtpMail(server_of(address), sender_of(SENDER))


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Served]:
    with mail_server(tmp_path) as served:
        yield served


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://h", Server("h", 587, secure=False)),
        ("smtps://h", Server("h", 465, secure=True)),
        ("smtp://u:p%40ss@h:25/", Server("h", 25, False, "u", "p@ss")),  # noqa: FBT003 - as made
        ("smtps://[::1]:26", Server("::1", 26, secure=True)),
    ],
)
def test_addresses_of_servers(address: str, server: Server) -> None:
    assert server_of(address) == server
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "address",
    ["h", "http://u:hidden@h", "smtp://", "smtp://u:hidden@h:port", "smtp://u:hidden@h/x",
     "smtp://u:hidden@h ", "smtp://u:hid/den@h"],
)  # fmt: skip
def test_what_is_no_address_is_not_repeated(address: str) -> None:
    with pytest.raises(MailServerError) as caught:
        server_of(address)
    assert "hid" not in sentence(caught.value, "en")
    assert caught.value.__cause__ is None


def test_senders() -> None:
    assert sender_of("a@b.org").addr_spec == "a@b.org"
    assert str(sender_of("Žanis Ö <ž@müller.de>")) == "Žanis Ö <ž@xn--mller-kva.de>"
    for wrong in ("", "a", "a@", "@b", "a@b\nBcc: c@d", "a@b, c@d"):
        with pytest.raises(NoSenderError):
            sender_of(wrong)


def test_a_letter_says_the_same_twice_and_that_a_program_wrote_it() -> None:
    made = message(LETTER, sender_of(SENDER))
    assert made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]
    assert made["Message-ID"] == "<a1b2@example.org>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Date"]
    assert not [name for name in made if name.lower().startswith("list-")]
    assert all(line.isascii() for line in bytes(made).decode("ascii").splitlines())


@pytest.mark.parametrize("smuggled", ["a@b.org\r\nBcc: c@d.org", "a@b.org\nX: y", "a\0@b.org", "a"])
def test_nothing_is_smuggled_into_the_head_of_a_letter(smuggled: str, plain: Served) -> None:
    letter = Letter(smuggled, "s", "t", "<p>t</p>", "en", "a1")
    with closing(mail(f"smtp://localhost:{plain.port}")) as line, pytest.raises(NotDeliveredError):
        line.send(letter)
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        message(Letter("a@b.org", "s\nBcc: c@d.org", "t", "h", "en", "a1"), sender_of(SENDER))
    assert not plain.box.taken


def test_without_a_password_a_plain_line_will_do(plain: Served) -> None:
    with closing(mail(f"smtp://localhost:{plain.port}")) as line:
        line.send(LETTER)
        line.send(LETTER)
    first, _ = plain.box.taken
    assert (first.to, first.was_secure, first.signed_in) == (["ann@example.org"], False, False)
    assert first.message["Subject"] == LETTER.subject
    assert first.body("plain").strip().splitlines() == TEXT.splitlines()
    assert first.body("html").strip() == LETTER.html


@pytest.mark.parametrize(("tls", "scheme"), [("starttls", "smtp"), ("smtps", "smtps")])
def test_over_tls_with_a_password(
    tls: str, scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(tmp_path, tls=tls, signs_in=True) as served:
        address = f"{scheme}://{NAMED}@localhost:{served.port}"
        with pytest.raises(MailServerError) as caught, closing(mail(address)) as line:
            line.send(LETTER)  # nobody vouches for it
        assert "certificate" in sentence(caught.value, "en")
        monkeypatch.setenv("SSL_CERT_FILE", str(served.authority))
        with closing(mail(address)) as line:
            line.send(LETTER)
        wrong = address.replace("secret", "guess")
        with pytest.raises(MailServerError) as refused, closing(mail(wrong)) as line:
            line.send(LETTER)
        assert "535, name and password were not accepted" in sentence(refused.value, "en")
        (taken,) = served.box.taken
        assert taken.was_secure
        assert taken.signed_in
    for error in (caught.value, refused.value):
        assert "real:" not in f"{sentence(error, 'en')} {error!r} {error.__cause__!r}"
        assert error.__suppress_context__


def test_a_password_goes_over_no_plain_line(plain: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is none; here it is made to look like another machine."""
    monkeypatch.setattr(smtp_mail, "_is_here", lambda _: False)
    with closing(mail(f"smtp://{NAMED}@localhost:{plain.port}")) as line:
        with pytest.raises(PlainPasswordError) as caught:
            line.send(LETTER)
        assert caught.value.facts == {"server": f"localhost:{plain.port}"}
    assert not plain.box.taken


def test_a_refused_reader_stops_no_other(plain: Served) -> None:
    plain.box.refuse = {"b@example.org": "550 no such reader", "c@example.org": "421 full"}
    told: list[str] = []
    with closing(mail(f"smtp://localhost:{plain.port}")) as line:
        for name in "abcd":
            letter = Letter(f"{name}@example.org", "s", "t", "<p>t</p>", "en", name)
            try:
                line.send(letter)
            except NotDeliveredError as error:
                told.append(sentence(error, "en"))
    assert [taken.to for taken in plain.box.taken] == [["a@example.org"], ["d@example.org"]]
    assert "b@example.org was not taken (550 no such reader)" in told[0]
    assert "421 full" in told[1]


@contextlib.contextmanager
def answering(*lines: bytes) -> Iterator[int]:
    """Give the port of a server that says one line after another, and then hangs up."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)

        def serve() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    one, _ = server.accept()
                    with one:
                        one.settimeout(20)
                        for line in lines:
                            one.sendall(line + b"\r\n")
                            if not one.recv(4096):
                                break

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
        thread.join(30)


@pytest.mark.parametrize(
    "lines",
    [
        (b"554 go away",),
        (b"nonsense",),
        (b"220 here", b"250 here", b"530 you are " + PASSWORD.encode() + b" \x1b[2J"),
        (b"220 here", b"500 what", b"500 what"),
    ],
)
def test_a_server_that_is_none_is_told_in_a_sentence(lines: tuple[bytes, ...]) -> None:
    with answering(*lines) as port:
        line = mail(f"smtp://u:{PASSWORD.replace('/', '%2F').replace(' ', '%20')}@127.0.0.1:{port}")
        with closing(line):
            errors = [failing(line) for _ in range(2)]
    for error in errors:
        said = sentence(error, "en")
        assert PASSWORD not in said
        assert said.isprintable()
    assert isinstance(errors[-1], MailServerError)


def failing(line: SmtpMail) -> CjmError:
    with pytest.raises(CjmError) as caught:
        line.send(LETTER)
    return caught.value


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    error = failing(mail(f"smtp://127.0.0.1:{port}"))
    assert sentence(error, "en").startswith(f"The mail server 127.0.0.1:{port} cannot be used (")
    assert isinstance(failing(mail("smtp://nowhere.invalid")), MailServerError)


def test_who_hangs_is_not_waited_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp_mail, "_PATIENCE", 0.5)
    with (
        answering(b"220 here", b"250 here") as port,
        closing(mail(f"smtp://127.0.0.1:{port}")) as one,
    ):
        kinds = [type(failing(one)) for _ in range(2)]
    assert kinds == [NotDeliveredError, MailServerError]


def test_an_address_with_letters_of_its_own_is_taken(plain: Served) -> None:
    with closing(mail(f"smtp://localhost:{plain.port}")) as line:
        line.send(Letter("jānis@müller.de", "s", "t", "<p>t</p>", "lv", "a1"))
    (taken,) = plain.box.taken
    assert isinstance(taken.message, EmailMessage)
    assert taken.to == ["jānis@xn--mller-kva.de"]
