"""Sharing changes only what is asked for, and is told in every language."""

from dataclasses import replace

import pytest

from cjm_sheets.errors.sharing import BadEmailError, NotSharedWithError
from cjm_sheets.ports.permissions import ANYONE, Access, Role
from cjm_sheets.usecases.share_map import Shared, Wish, share_map, wish_for
from cjm_sheets.usecases.sync_map import Link
from cjm_sheets.words.languages import LANGUAGES

OWNER = Access("0", "owner@example.org", "owner")
MIA = Access("1", "mia@example.org", "reader")


class Doors:
    """Who may open a spreadsheet, in memory; every change is noted."""

    def __init__(self, *access: Access) -> None:
        self.access = list(access)
        self.done: list[tuple[str, str, str]] = []

    def listed(self) -> tuple[Access, ...]:
        return tuple(self.access)

    def give(self, who: str, role: Role) -> None:
        self.done.append(("give", who, role))
        self.access.append(Access(who, who, role))

    def change(self, access: Access, role: Role) -> None:
        self.done.append(("change", access.who, role))
        self.access[self.access.index(access)] = replace(access, role=role)

    def take(self, access: Access) -> None:
        self.done.append(("take", access.who, ""))
        self.access.remove(access)


def share(doors: Doors, wish: Wish, service: str = "google") -> Shared:
    return share_map(Link(service, "1AbC"), "https://example.org/1AbC", doors, wish)


def test_who_has_the_access_already_keeps_it() -> None:
    doors = Doors(OWNER, MIA)
    shared = share(doors, Wish(("MIA@example.org", "owner@example.org"), "reader"))
    assert (shared.given, doors.done) == ((), [])


def test_another_role_changes_the_one_there_is() -> None:
    doors = Doors(OWNER, MIA)
    shared = share(doors, Wish(("mia@example.org", "jo@example.org"), "writer"))
    assert doors.done == [
        ("change", "mia@example.org", "writer"),
        ("give", "jo@example.org", "writer"),
    ]
    assert [each.role for each in shared.access] == ["owner", "writer", "writer"]


def test_who_cannot_be_stopped_stops_nothing_else() -> None:
    doors = Doors(OWNER, MIA)
    for who in ("jo@example.org", "owner@example.org", ANYONE):
        with pytest.raises(NotSharedWithError):
            share(doors, Wish(stop=("mia@example.org", who)))
    assert doors.done == []


def test_only_addresses_are_taken() -> None:
    assert wish_for(["a@b.dk"], "reader", [ANYONE], anyone=True) == Wish(
        ("a@b.dk", ANYONE), "reader", (ANYONE,)
    )
    for text in ("", "a", "a@b", "a b@c.dk", "@c.dk", ANYONE):
        with pytest.raises(BadEmailError):
            wish_for([text], "reader", [], anyone=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(language: str) -> None:
    roles = ("owner", "writer", "commenter", "reader", "organizer", "fileOrganizer", "new")
    doors = Doors(*(Access(role, f"{role}@example.org", role) for role in roles))
    doors.give(ANYONE, "reader")
    told = share(doors, Wish()).lines(language)
    assert len(told) == len(roles) + 2
    assert len(set(told)) == len(told)
    assert told[-1].endswith("https://example.org/1AbC")
    here = share(doors, Wish(), "local").lines(language)
    assert "https" not in here[-1]
    assert ("cannot reach" in here[-1]) == (language == "en")
