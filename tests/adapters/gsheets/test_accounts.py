"""Signing in and out: what is kept and how, where it is found; and no secret ever gets out."""

import json
import logging
import stat
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from cjm_sheets.adapters.gsheets import token_file
from cjm_sheets.adapters.gsheets.accounts import GoogleAccounts
from cjm_sheets.adapters.gsheets.sign_in import SCOPES, google_endpoint
from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.accounts import (
    NoClientError,
    NoKeyError,
    NotRevokedError,
    NotSignedInError,
    SignInFailedError,
)
from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.errors.sharing import UnreachableError
from cjm_sheets.words.failures import sentence
from cjm_sheets.words.languages import LANGUAGES
from tests.oauth import CODE, PLANTED, REFRESH, SECRET, FakeGoogle, agree, fake_google


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    # On this machine there is no TLS; the library asks to be told that this is meant.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with fake_google() as one:
        # Whatever a file says, the library refreshes tokens at Google alone.
        monkeypatch.setattr(
            "google.oauth2.credentials._GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{one.url}/token"
        )
        yield one


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "person"))
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "GCE_METADATA_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    return tmp_path / "home"


@pytest.fixture
def client(google: FakeGoogle, tmp_path: Path) -> str:
    path = tmp_path / "client.json"
    path.write_text(json.dumps(google.client))
    return str(path)


def person(visits: Callable[[str], object]) -> Callable[[str], None]:
    """Return a person who does something at the address, while the program waits."""
    return lambda address: threading.Thread(target=visits, args=(address,)).start()


def test_who_agrees_is_signed_in(google: FakeGoogle, home: Path, client: str) -> None:
    addresses: list[str] = []

    def visits(address: str) -> None:
        addresses.append(address)
        agree(address)

    account = GoogleAccounts(home).consent(client, person(visits))
    assert (account.kind, account.ours) == ("user", True)
    path = home / "token.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [each.name for each in home.iterdir()] == ["token.json"]
    asked = parse_qs(urlsplit(addresses[0]).query)
    assert asked["scope"] == [" ".join(SCOPES)]
    assert (asked["access_type"], asked["code_challenge_method"]) == (["offline"], ["S256"])
    (_, sent) = google.asked[0]
    assert sent["code"] == CODE
    assert len(sent["code_verifier"]) >= 43
    assert sent["redirect_uri"].startswith("http://127.0.0.1:")
    assert GoogleAccounts(home).works()


def test_an_answer_of_somebody_else_is_not_taken(home: Path, client: str) -> None:
    answers: list[int] = []

    def visits(address: str) -> None:
        others: tuple[dict[str, str], ...]
        others = ({"state": "guessed"}, {"state": ""}, {"code": "", "scope": ""}, {})
        answers.extend(agree(address, **other) for other in others)

    GoogleAccounts(home).consent(client, person(visits))
    assert answers == [404, 404, 404, 200]


MOODS = ["no refresh token", "other scopes", "refuses", "broken", "hotel"]


@pytest.mark.parametrize("mood", MOODS)
def test_no_secret_gets_out_of_a_sign_in_that_fails(
    google: FakeGoogle, home: Path, client: str, mood: str, caplog: pytest.LogCaptureFixture
) -> None:
    google.mood = mood
    with caplog.at_level(logging.DEBUG), pytest.raises(SignInFailedError) as failed:
        GoogleAccounts(home).consent(client, person(agree))
    assert google.asked
    nothing_planted(failed.value, caplog.text)
    assert not home.exists()


def nothing_planted(error: CjmError, *said: str) -> None:
    """Look for secrets in all that anybody could print of a failure."""
    whole = [*said, repr(error), "".join(traceback.format_exception(error))]
    whole += [sentence(error, language) for language in LANGUAGES]
    for text in whole:
        assert not [secret for secret in PLANTED if secret in text]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [({"error": "access_denied"}, "access_denied"), ({"error": REFRESH + " "}, "refused")],
)
def test_who_does_not_agree_is_not_signed_in(
    home: Path, client: str, answer: dict[str, str], reason: str
) -> None:
    with pytest.raises(SignInFailedError) as failed:
        GoogleAccounts(home).consent(client, person(lambda a: agree(a, **answer)))
    assert failed.value.facts == {"reason": reason}
    nothing_planted(failed.value)


def test_nobody_is_waited_for_for_ever(home: Path, client: str) -> None:
    with pytest.raises(SignInFailedError):
        GoogleAccounts(home, patience=0.05).consent(client, lambda _: None)


def test_without_a_client_there_is_nobody_to_ask(home: Path, tmp_path: Path) -> None:
    with pytest.raises(NoClientError):
        GoogleAccounts(home).consent("", lambda _: None)
    web = tmp_path / "web.json"
    web.write_text(json.dumps({"web": {"client_secret": SECRET}}))
    with pytest.raises(NoClientError) as failed:
        GoogleAccounts(home).consent(str(web), lambda _: None)
    nothing_planted(failed.value)


def test_credentials_are_found_in_this_order(home: Path, tmp_path: Path) -> None:
    person_ = {"refresh_token": REFRESH, "client_id": "x", "client_secret": SECRET}
    gspread = tmp_path / "person" / "gspread"
    named = tmp_path / "named.json"
    places = [
        gspread / "authorized_user.json", gspread / "service_account.json",
        home / "credentials.json", home / "token.json",
    ]  # fmt: skip
    with pytest.raises(NotSignedInError):
        GoogleAccounts(home).current()
    for path in places:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(person_))
        account = GoogleAccounts(home).current()
        assert (account.source, account.ours) == (str(path), path.name == "token.json")
    named.write_text(json.dumps(person_))
    assert GoogleAccounts(home, str(named)).current().source == str(named)
    named.write_text(json.dumps({"type": "service_account", "private_key": SECRET}))
    with pytest.raises(NotSignedInError) as failed:
        google_endpoint(str(named), home)
    nothing_planted(failed.value)


def test_a_key_of_a_service_account_is_kept_and_a_broken_one_is_not(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key.json"
    for text in ("", "[]", json.dumps({"client_secret": SECRET}), f'{{"{SECRET}'):
        path.write_text(text)
        with pytest.raises(NoKeyError) as failed:
            GoogleAccounts(home).keep_key(str(path))
        nothing_planted(failed.value)
    path.write_text(json.dumps({"type": "service_account", "client_email": "a@b.c"}))
    with pytest.raises(NoKeyError):
        GoogleAccounts(home).keep_key(str(path))
    assert not home.exists()
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    with pytest.raises(NotSignedInError) as unusable:
        GoogleAccounts(home).current()
    nothing_planted(unusable.value)


def test_who_signs_out_is_forgotten_here_and_there(
    google: FakeGoogle, home: Path, client: str
) -> None:
    accounts = GoogleAccounts(home)
    assert accounts.forget() is None
    accounts.consent(client, person(agree))
    gone = accounts.forget()
    assert gone is not None
    assert (gone.kind, gone.source) == ("user", str(home / "token.json"))
    assert google.asked[-1] == ("/revoke", {"token": REFRESH})
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("mood", ["broken", "gone"])
def test_a_token_that_cannot_be_taken_back_is_deleted_all_the_same(
    google: FakeGoogle, home: Path, client: str, mood: str
) -> None:
    GoogleAccounts(home).consent(client, person(agree))
    google.mood = mood
    if mood == "gone":
        content = json.loads((home / "token.json").read_text())
        token_file.keep(home, {**content, "token_uri": "http://127.0.0.1:9/token"})
    with pytest.raises(NotRevokedError) as failed:
        GoogleAccounts(home).forget()
    nothing_planted(failed.value)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("mood", ["refuses", "broken", "hotel"])
def test_no_secret_gets_out_where_a_kept_token_is_not_taken(
    google: FakeGoogle, home: Path, client: str, mood: str, caplog: pytest.LogCaptureFixture
) -> None:
    GoogleAccounts(home).consent(client, person(agree))
    google.mood = mood
    asked = Endpoint(google.url, credentials=google_endpoint("", home).credentials)
    with caplog.at_level(logging.DEBUG), pytest.raises(CjmError) as failed:
        Transport(asked).request("post", "https://sheets.googleapis.com/v4/spreadsheets", json={})
    assert isinstance(failed.value, NotSignedInError | UnreachableError)
    nothing_planted(failed.value, caplog.text)
    try:
        assert not GoogleAccounts(home).works()
    except UnreachableError as error:
        nothing_planted(error)


def test_a_folder_that_is_none_is_one_sentence(home: Path) -> None:
    home.write_text("")
    with pytest.raises(OwnFolderError) as failed:
        token_file.keep(home, {"refresh_token": REFRESH})
    nothing_planted(failed.value)


def test_a_full_disk_leaves_the_old_file_and_no_other(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = token_file.keep(home, {"refresh_token": "old"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OwnFolderError) as failed:
        token_file.keep(home, {"refresh_token": REFRESH})
    nothing_planted(failed.value)
    assert json.loads(path.read_text()) == {"refresh_token": "old"}
    assert [each.name for each in home.iterdir()] == ["token.json"]


def test_the_planted_secrets_would_be_found(google: FakeGoogle) -> None:
    google.mood = "refuses"
    said = requests.post(f"{google.url}/token", data={"token": REFRESH}, timeout=10).text
    assert REFRESH in said
    with pytest.raises(AssertionError):
        nothing_planted(SignInFailedError(said))
