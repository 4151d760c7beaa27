"""Nothing that looks like a secret is written down, and nothing else is lost."""

import pytest

from cjm_sheets.fleet.discretion import HIDDEN, Discretion

LEAKS = {
    "redis://:hunter/2@b@host:6379/0": f"redis://{HIDDEN}@host:6379/0",
    "https://mia:hunter2@example.org/x": f"https://{HIDDEN}@example.org/x",
    "Authorization: Bearer abcdef.gh-123": f"Authorization: Bearer {HIDDEN}",
    "authorization: abcdef": f"authorization: {HIDDEN}",
    "{'Authorization': 'Bearer abcdefgh'}": f"{{'Authorization': '{HIDDEN}'}}",
    "?access_token=abcdefg&alt=json&key=N1234": f"?access_token={HIDDEN}&alt=json&key={HIDDEN}",
    "the token ya29.a0AfH6SMBx said no": f"the token {HIDDEN} said no",
    '{"refresh_token": "1//0gabc", "client_secret":"x\\"y"}': (
        f'{{"refresh_token": "{HIDDEN}", "client_secret":"{HIDDEN}"}}'
    ),
    "password=hunter2": f"password={HIDDEN}",
    "a -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- b": f"a {HIDDEN} b",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIcut": HIDDEN,
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln": HIDDEN,
}
PLAIN = (
    "HTTP 503, code: 4, key: N1",
    "http://127.0.0.1:8080/x/mia@example.org/y",
    "mia@example.org may not open maps/de.xlsx",
    "https://docs.google.com/spreadsheets/d/1kq0Xw7t/edit#gid=0",
    "fleet.toml, line 8: evry means nothing here.",
    "The basic idea of bearer bonds",
    "C:\\maps\\de.xlsx",
)


@pytest.mark.parametrize("text", LEAKS)
def test_what_looks_like_a_secret_is_left_out(text: str) -> None:
    assert Discretion().text(text) == LEAKS[text]
    assert Discretion().text(LEAKS[text]) == LEAKS[text]


@pytest.mark.parametrize("text", PLAIN)
def test_what_does_not_stays(text: str) -> None:
    assert Discretion().text(text) == text


def test_a_known_secret_is_left_out_however_it_is_written() -> None:
    discretion = Discretion(["short", ""])
    discretion.learn(["pa ss/wörd\n", "longer than short"])
    for form in ("pa ss/wörd\n", "pa%20ss%2Fw%C3%B6rd%0A", r"pa ss/wörd\n"):
        assert discretion.text(f"<{form}>") == f"<{HIDDEN}>"
    assert discretion.text("a short text") == "a short text"


def test_values_are_searched_to_their_ground() -> None:
    facts = {
        "headers": [{"Authorization": "x"}, ("Bearer abcdefgh", 3)],
        "access_token": ["anything"],
        "X-Api-Key": 5 * "k",
        "tokens": 12,
        "password": None,
        "of": ValueError("token=abcdefg"),
    }
    assert Discretion().of(facts) == {
        "headers": [{"Authorization": HIDDEN}, [f"Bearer {HIDDEN}", 3]],
        "access_token": HIDDEN,
        "X-Api-Key": HIDDEN,
        "tokens": 12,
        "password": None,
        "of": f"token={HIDDEN}",
    }
