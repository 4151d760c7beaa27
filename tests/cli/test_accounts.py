"""Sharing with people and signing in as people type it."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.cli.conftest import Run
from tests.cli.service import Served, serving
from tests.oauth import PLANTED, REFRESH, FakeGoogle, agree, fake_google


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "spreadsheets") as service:
        yield service


def test_people_are_let_in_and_stopped(run: Run, served: Served) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    made = run("sync", "map.xlsx", "--to", "new", "--json", **served.surroundings).document

    def access(*words: str) -> dict[str, str]:
        ran = run("share", "map.xlsx", *words, "--json", **served.surroundings)
        assert ran.code == 0, ran.err
        assert ran.document["spreadsheet"] == made["spreadsheet"]
        return {each["who"]: each["role"] for each in ran.document["access"]}

    (owner,) = access()
    given = access("--with", "mia@example.org", "--with", "jo@example.org", "--role", "writer")
    assert given == {owner: "owner", "mia@example.org": "writer", "jo@example.org": "writer"}
    other = access("--with", "mia@example.org", "--role", "commenter")
    assert other == {**given, "mia@example.org": "commenter"}
    assert access("--with", "mia@example.org", "--role", "writer") == given
    assert access("--anyone", "--stop", "JO@example.org") == {
        owner: "owner", "mia@example.org": "writer", "anyone": "reader",
    }  # fmt: skip
    told = run("share", "map.xlsx", "--list", **served.surroundings)
    assert "mia@example.org: may edit\nAnyone with the address: may read" in told.out
    assert f"Shared copy: {made['spreadsheet']['url']}" in told.out
    assert access("--stop", "anyone") == {owner: "owner", "mia@example.org": "writer"}
    url = f"{served.url}/drive/v3/files/{made['spreadsheet']['id']}/permissions?fields=*"
    headers = {"Authorization": f"Bearer {served.token}"}
    there = requests.get(url, headers=headers, timeout=10).json()["permissions"]
    assert len(there) == 2


def test_a_copy_on_this_machine_is_said_to_be_out_of_reach(run: Run) -> None:
    run("new", "map.xlsx", "--starter", "vacuum", "-q")
    assert run("share", "map.xlsx").code == 2
    run("sync", "map.xlsx", "--to", "local", "-q")
    told = run("share", "map.xlsx", "--with", "mia@example.org")
    assert told.code == 0
    assert "people elsewhere cannot reach it" in told.out
    for words, says in (
        (("--with", "nobody"), "nobody is no e-mail address"),
        (("--stop", "jo@example.org"), "jo@example.org cannot be stopped"),
        (("--list", "--anyone"), "--list changes nothing"),
    ):
        ran = run("share", "map.xlsx", *words)
        assert ran.code == 2
        assert says in ran.err
    shared = run("share", "map.xlsx", "--json").document
    assert len(shared["access"]) == 2
    assert not shared["reachable_from_elsewhere"]


# ---- signing in -------------------------------------------------------------------------


@pytest.fixture
def google(tmp_path: Path) -> Iterator[FakeGoogle]:
    with fake_google() as one:
        (tmp_path / "client.json").write_text(json.dumps(one.client))
        yield one


def signed_in(folder: Path, *words: str) -> tuple[int, str]:
    """Sign in as a person who agrees in the browser; return the code and all that was said."""
    surroundings = surroundings_of(folder)
    command = [sys.executable, "-m", "cjm_sheets", "auth", "login", "--client", "client.json"]
    with subprocess.Popen(
        [*command, "--no-browser", *words], cwd=folder, env=surroundings, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        said = process.stderr.readline()
        address = process.stderr.readline().strip()
        assert agree(address) == 200
        out, err = process.communicate(timeout=60)
    return process.returncode, f"{said}{out}{err}"


def surroundings_of(folder: Path) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("CJM_SHEETS_", "GOOGLE_"))}
    return kept | {
        "CJM_SHEETS_HOME": str(folder / "home"),
        "CJM_SHEETS_LANGUAGE": "en",
        "HOME": str(folder),
        "APPDATA": str(folder),
        "NO_GCE_CHECK": "true",
        "OAUTHLIB_INSECURE_TRANSPORT": "1",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def nothing_planted(said: str) -> None:
    assert not [secret for secret in PLANTED if secret in said]


def test_signing_in_and_out(run: Run, google: FakeGoogle, tmp_path: Path) -> None:
    code, said = signed_in(tmp_path)
    assert code == 0, said
    assert "Signed in as a person" in said
    nothing_planted(said)
    token = tmp_path / "home" / "token.json"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert json.loads(token.read_text())["refresh_token"] == REFRESH
    more: dict[str, Any] = surroundings_of(tmp_path)
    who = run("auth", "status", "--offline", "--json", **more)
    assert (who.code, who.document["kind"], who.document["source"]) == (0, "user", str(token))
    out = run("auth", "logout", **more)
    assert out.code == 0, out.err
    assert google.asked[-1] == ("/revoke", {"token": REFRESH})
    assert not token.exists()
    nobody = run("auth", "status", **more)
    assert nobody.code == 4
    assert "cjm-sheets auth login" in nobody.err
    nothing_planted(who.out + out.out + out.err + nobody.err)


def test_debugging_a_sign_in_that_fails_shows_no_secret(google: FakeGoogle, tmp_path: Path) -> None:
    google.mood = "refuses"
    code, said = signed_in(tmp_path, "--debug", "-v")
    assert code == 1
    assert "SignInFailedError" in said
    nothing_planted(said)
    assert google.asked
    assert not (tmp_path / "home" / "token.json").exists()
