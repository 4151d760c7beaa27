"""Who pays for a request is told apart as Google does, and no secret is kept of it."""

from google.oauth2 import credentials as user

from cjm_sheets.adapters.gsheets.payer import payer
from cjm_sheets.adapters.gsheets.transport import Endpoint


def person(client: str, token: str, **more: str) -> user.Credentials:
    return user.Credentials(  # type: ignore[no-untyped-call] # google-auth has no types
        None, refresh_token=token, client_id=client, client_secret=token, **more
    )  # fmt: skip


def test_projects_and_users() -> None:
    mia = Endpoint(credentials=person("123-abc.apps", "secret-1"), account="mia@example.org")
    assert payer(mia) == ("123", "mia@example.org")
    nameless = [Endpoint(credentials=person("123-abc.apps", f"secret-{n}")) for n in (1, 2)]
    users = {payer(each)[1] for each in nameless}
    assert len(users) == 2
    assert not any("secret" in each for each in users)
    paid = person("123-abc.apps", "secret-1", quota_project_id="paid")
    assert payer(Endpoint(credentials=paid))[0] == "paid"


def test_a_service_of_ones_own_is_a_project() -> None:
    project, name = payer(Endpoint("http://127.0.0.1:1", "secret"))
    assert project == "http://127.0.0.1:1"
    assert "secret" not in name
