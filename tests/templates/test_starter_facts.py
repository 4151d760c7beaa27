"""The starters tell what the product says they tell: people, steps, pains and highs."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates import starter
from cjm_sheets.templates.content import Content, Row

_FILES = StarterFiles()
_TODAY = date(2026, 3, 31)

_QUADRANTS = ("says", "thinks", "does", "feels")
_SEVERE = 4


def _made(name: str, map_type: str) -> Content:
    return starter.parse(*_FILES.written(name, map_type, "en"), "en", _TODAY)


def _told(content: Content, *tables: str) -> str:
    """Return all words of some tables in lower case."""
    rows = (row for table in tables for row in content.rows[table])
    return " ".join(f"{value}" for row in rows for value in row.values()).casefold()


def _words(rows: Iterable[Row], column: str) -> list[str]:
    return [f"{row.get(column)}".casefold() for row in rows]


def _ids(value: Value) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


def _moods(steps: Iterable[Row]) -> list[int]:
    moods = [step["emotion"] for step in steps]
    assert all(isinstance(mood, int) for mood in moods)
    return [mood for mood in moods if isinstance(mood, int)]


# ---- retail ----------------------------------------------------------------------


def test_the_way_through_the_store_is_the_one_that_is_given() -> None:
    stages = _words(_made("retail", "current").rows["Stages"], "name")
    assert stages[:5] == [
        "browse online", "visit the store", "explore departments", "try on", "buy",
    ]  # fmt: skip


def _pains_of(content: Content, touchpoint: str, kind: str) -> list[Row]:
    step = next(row["id"] for row in content.rows["Touchpoints"] if row["name"] == touchpoint)
    return [p for p in content.rows["Pains"] if p["touchpoint"] == step and p["kind"] == kind]


def test_shoppers_suffer_from_long_tills_and_unfriendly_staff() -> None:
    content = _made("retail", "current")
    assert _pains_of(content, "Queue at the till", "waiting")
    assert _pains_of(content, "Ask for help", "service")
    for fact in ("long tills", "unfriendly staff"):
        assert fact in _told(content, "Evidence"), fact
        assert fact in _told(content, "Steps"), fact


@pytest.mark.parametrize(
    ("touchpoint", "fact"),
    [
        ("Advice at the mirror", "a useful recommendation"),
        ("Swap a size", "great service"),
        ("A personal offer", "a personal offer"),
    ],
)
def test_shoppers_are_delighted_by_what_is_given(touchpoint: str, fact: str) -> None:
    content = _made("retail", "current")
    step = next(row for row in content.rows["Touchpoints"] if row["name"] == touchpoint)
    assert fact in " ".join(f"{value}" for value in step.values()).casefold()
    (mood,) = _moods([step])
    assert mood > 0
    assert step["id"] in [row["touchpoint"] for row in content.rows["Highs"]]


def test_one_shopper_comes_back_and_one_comes_for_the_first_time() -> None:
    content = _made("retail", "current")
    assert _words(content.rows["Personas"], "name") == ["returning rosa", "first-time felix"]
    assert {row["medium"] for row in content.rows["Touchpoints"]} == {"online", "offline"}


# ---- b2b -------------------------------------------------------------------------


def test_everybody_who_has_a_say_in_a_software_purchase_is_there() -> None:
    content = _made("b2b", "current")
    (mine,) = content.rows["Maps"]
    assert mine["business_model"] == "b2b"
    people = content.rows["Personas"]
    roles = [row["buying_role"] for row in people]
    assert set(roles) == {"user", "influencer", "buyer", "decider", "gatekeeper"}
    assert mine["personas"] == tuple(row["id"] for row in people)
    assert "software" in _told(content, "Maps")


def test_a_software_purchase_goes_from_search_to_renewal() -> None:
    content = _made("b2b", "current")
    stages = _words(content.rows["Stages"], "name")
    assert "search" in stages[0]
    assert "renewal" in stages[-1]
    for fact in ("half a year", "large"):
        assert fact in _told(content, "Maps", "Steps"), fact


def test_firms_buy_for_efficiency_savings_growth_and_a_relationship() -> None:
    told = _told(_made("b2b", "current"), "Personas", "Opportunities", "Actions")
    for fact in ("efficiency", "savings", "growth", "relationship"):
        assert fact in told, fact


def test_firms_spend_more_and_take_longer_than_people_at_home() -> None:
    firms, homes = _made("b2b", "current"), _made("vacuum", "current")
    spent, usual = firms.settings["annual_value"], homes.settings["annual_value"]
    assert isinstance(spent, int | float)
    assert isinstance(usual, int | float)
    assert spent > 10 * usual
    assert len(firms.rows["Touchpoints"]) > len(homes.rows["Touchpoints"])


# ---- vacuum, as an empathy map ---------------------------------------------------


@pytest.mark.parametrize("map_type", ["empathy", "future"])
def test_colleen_is_the_same_on_every_map(map_type: str) -> None:
    known, other = (_made("vacuum", kind).rows["Personas"] for kind in ("current", map_type))
    for one, two in zip(known, other, strict=True):
        assert {**one, "evidence": ()} == {**two, "evidence": ()}


@pytest.mark.parametrize("quadrant", _QUADRANTS)
def test_colleen_fills_all_four_fields(quadrant: str) -> None:
    notes = _made("vacuum", "empathy").rows["Empathy"]
    mine = [row for row in notes if (row["persona"], row["quadrant"]) == ("P1", quadrant)]
    assert 4 <= len(mine) <= 6


def test_every_note_rests_on_research_that_came_first() -> None:
    content = _made("vacuum", "empathy")
    who = {row["id"]: row["who"] for row in content.rows["Evidence"]}
    asked = {row["id"]: row["date"] for row in content.rows["Evidence"]}
    built = next(row["date"] for row in content.rows["Steps"] if row["step"] == "build")
    assert isinstance(built, date)
    for note in content.rows["Empathy"]:
        sources = _ids(note["evidence"])
        dates = [asked[source] for source in sources]
        assert all(isinstance(day, date) and day < built for day in dates), note["id"]
        if note["persona"] == "P1":
            assert any(who[source] != "staff" for source in sources), note["id"]
    assert "user-test" in [row["source"] for row in content.rows["Evidence"]]


def test_the_empathy_map_tells_what_nobody_expected() -> None:
    content = _made("vacuum", "empathy")
    assert "surprised" in _told(content, "Steps")
    told = _told(content, "Empathy")
    for insight in ("guilty", "sorts by price first", "a friend has", "manual before she buys"):
        assert insight in told, insight


# ---- vacuum, as it shall be ------------------------------------------------------


def _steps(content: Content, map_id: str) -> list[Row]:
    stages = [row["id"] for row in content.rows["Stages"] if row["map"] == map_id]
    return [row for row in content.rows["Touchpoints"] if row["stage"] in stages]


def test_the_future_rests_on_the_present_and_has_a_vision_and_a_goal() -> None:
    present, future = _made("vacuum", "future").rows["Maps"]
    assert (present["id"], present["type"]) == ("M1", "current")
    assert (future["type"], future["based_on"]) == ("future", ("M1",))
    assert future["vision"]
    assert future["goal"]


def test_the_present_of_the_future_map_is_the_known_one() -> None:
    slim, full = _made("vacuum", "future"), _made("vacuum", "current")
    present = [row for row in slim.rows["Stages"] if row["map"] == "M1"]
    known = full.rows["Stages"], full.rows["Touchpoints"], full.rows["Pains"]
    mine = present, _steps(slim, "M1"), slim.rows["Pains"]
    for column, ours, theirs in zip(("name", "name", "pain"), mine, known, strict=True):
        assert set(_words(ours, column)) <= set(_words(theirs, column)), column


def _resolved(content: Content) -> Iterator[tuple[Row, tuple[str, ...]]]:
    for step in _steps(content, "M2"):
        yield step, _ids(step["resolves"])


def test_every_step_of_the_future_resolves_a_pain_of_the_present() -> None:
    content = _made("vacuum", "future")
    present = {step["id"] for step in _steps(content, "M1")}
    at = {row["id"]: row["touchpoint"] for row in content.rows["Pains"]}
    for step, pains in _resolved(content):
        assert pains, step["id"]
        assert {at[pain] for pain in pains} <= present, step["id"]


def test_no_severe_pain_is_forgotten() -> None:
    content = _made("vacuum", "future")
    resolved = {pain for _, pains in _resolved(content) for pain in pains}
    left = [row for row in content.rows["Pains"] if row["id"] not in resolved]
    assert {row["status"] for row in left} == {"accepted"}
    severe = [row for row in content.rows["Pains"] if _severity(row) >= _SEVERE]
    assert len(severe) >= 5


def _severity(pain: Row) -> int:
    severity = pain["severity"]
    assert isinstance(severity, int)
    return severity


def test_the_future_feels_better_than_what_it_resolves() -> None:
    content = _made("vacuum", "future")
    present = _steps(content, "M1")
    mood = dict(zip((step["id"] for step in present), _moods(present), strict=True))
    hurts = {row["id"]: mood[row["touchpoint"]] for row in content.rows["Pains"]}
    for step, pains in _resolved(content):
        (felt,) = _moods([step])
        assert all(felt > hurts[pain] for pain in pains), step["id"]


# ---- all -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "map_type"), [(n, t) for n, t, code in _FILES.known() if code == "en"]
)
def test_every_map_says_that_its_numbers_are_illustrative(name: str, map_type: str) -> None:
    content = _made(name, map_type)
    assert content.illustrative
    for version in _words(content.rows["Maps"], "version"):
        assert version.endswith("illustrative")
