"""Starters are whole: every reference names a row, every id counts, nothing is stale."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.tables import codec, lists, schema, spec
from cjm_sheets.tables.codec import Unread, Value
from cjm_sheets.templates import starter
from cjm_sheets.templates.content import Content, Row, as_tables
from cjm_sheets.words.languages import LANGUAGES

TODAY = date(2026, 3, 31)
_FILES = StarterFiles()
_ALL = _FILES.known()


@pytest.fixture(params=_ALL, ids=".".join)
def content(request: pytest.FixtureRequest) -> Content:
    return made(*request.param)


def made(name: str, map_type: str, language: str) -> Content:
    return starter.parse(*_FILES.written(name, map_type, language), language, TODAY)


def _values(content: Content) -> Iterator[tuple[spec.Table, spec.Column, Value]]:
    for key, rows in content.rows.items():
        of = schema.BY_KEY[key]
        for row in rows:
            for column, value in row.items():
                yield of, of.by_key[column], value


def test_ids_count_on_from_one(content: Content) -> None:
    for key, rows in content.rows.items():
        prefix = schema.BY_KEY[key].prefix
        assert [row["id"] for row in rows] == [f"{prefix}{n}" for n in range(1, len(rows) + 1)]


def test_references_name_rows_that_are_there(content: Content) -> None:
    ids = {row["id"] for rows in content.rows.values() for row in rows}
    for _, column, value in _values(content):
        if column.kind.is_reference:
            named = value if isinstance(value, tuple) else (value,)
            assert ids.issuperset(named), (column.key, value)


def test_list_values_are_keys_of_their_lists(content: Content) -> None:
    for _, column, value in _values(content):
        if column.kind.name == "list":
            assert value in lists.LISTS[column.kind.target], (column.key, value)


def test_a_reader_finds_nothing_in_it_that_a_column_cannot_take(content: Content) -> None:
    for table in as_tables(content):
        decoded = codec.decode(table)
        for key in decoded.columns:
            unread = [value for value in decoded.values(key) if isinstance(value, Unread)]
            assert unread == [], (table.spec.key, key)


def test_the_rows_are_complete(content: Content) -> None:
    for key, rows in content.rows.items():
        needed = {column.key for column in schema.BY_KEY[key].columns if column.required}
        for row in rows:
            assert needed <= row.keys(), (key, row["id"])


def test_texts_neither_run_as_formulas_nor_tell_who_somebody_is(content: Content) -> None:
    for _, column, value in _values(content):
        if isinstance(value, str):
            assert value[:1] not in {"=", "+", "-", "@", ""}, (column.key, value)
            assert "@" not in value


def _column(rows: Sequence[Row], key: str) -> list[Value]:
    return [row.get(key) for row in rows]


def _journeys(content: Content) -> Iterator[tuple[Value, list[Row]]]:
    """Yield the type of each map that has an order of events, and its steps."""
    for row in content.rows["Maps"]:
        if row["type"] != "empathy":
            stages = {stage["id"] for stage in content.rows["Stages"] if stage["map"] == row["id"]}
            steps = content.rows["Touchpoints"]
            yield row["type"], [step for step in steps if step["stage"] in stages]


def test_the_journey_goes_up_and_down_and_ends_well(content: Content) -> None:
    for map_type, steps in _journeys(content):
        moods = [mood for mood in _column(steps, "emotion") if isinstance(mood, int)]
        assert len(moods) == len(steps)
        if map_type != "future":  # nobody plans for a low
            assert (min(moods), max(moods)) == (-2, 2)
        assert moods[-1] > 0
        assert _column(steps, "order") == list(range(1, len(steps) + 1))
        assert 1 <= _column(steps, "moment_of_truth").count(True) <= 3


def test_no_severe_pain_lies_at_a_step_that_feels_good_or_rests_on_few_voices(
    content: Content,
) -> None:
    mood = {row["id"]: row["emotion"] for row in content.rows.get("Touchpoints", ())}
    for pain in content.rows.get("Pains", ()):
        severity, felt = pain["severity"], mood[pain["touchpoint"]]
        assert isinstance(severity, int)
        assert isinstance(felt, int)
        people = pain.get("observed", 0)
        assert isinstance(people, int)
        if severity >= 4:
            assert felt <= 0, pain["id"]
            assert people >= 5, pain["id"]
        assert pain.get("evidence"), pain["id"]


def test_nothing_is_stale_on_the_day_it_is_made(content: Content) -> None:
    for _, column, value in _values(content):
        if column.kind.name == "date":
            assert isinstance(value, date)
            assert TODAY - timedelta(days=182) < value < TODAY + timedelta(days=182)
    logged = content.rows.get("Changes", ())
    changes = [row["date"] for row in logged if row.get("significant")]
    for reviewed in _column(content.rows["Maps"], "last_reviewed"):
        assert isinstance(reviewed, date)
        assert all(isinstance(day, date) and day <= reviewed for day in changes)
    open_actions = [row for row in content.rows["Actions"] if row["status"] != "done"]
    assert all(isinstance(row["due"], date) and row["due"] > TODAY for row in open_actions)


_COLLEEN = (
    "partner",
    "Self-employed",
    "two incomes, no children",
    "Quality",
    "short of time",
    "research",
    "Tired of sifting content",
    "delivered at home",
)
_DEEDS = (
    "benefits fast",
    "happy customers",
    "order of information",
    "Service tools",
    "comparison with competitors",
    "Chatbot",
    "Comparison tool with benefits and cost",
    "Benefit-first statements",
    "every landing page",
    "Social campaign of customers",
    "quotes become testimonials",
)


def test_colleen_is_who_the_product_says_she_is() -> None:
    content = made("vacuum", "current", "en")
    colleen = content.rows["Personas"][0]
    assert colleen["name"] == "Curious Colleen"
    assert colleen["age"] == 32
    told = " ".join(f"{value}" for value in colleen.values())
    for fact in _COLLEEN:
        assert fact in told, fact
    deeds = " ".join(
        f"{row.get('opportunity')} {row.get('action')}"
        for table in ("Opportunities", "Actions")
        for row in content.rows[table]
    )
    for fact in _DEEDS:
        assert fact in deeds, fact
    assert content.illustrative


_STARTERS = (
    ("b2b", "current"),
    ("bank", "blueprint"),
    ("bank", "current"),
    ("retail", "current"),
    ("travel", "current"),
    ("travel", "day"),
    ("vacuum", "current"),
    ("vacuum", "empathy"),
    ("vacuum", "future"),
)


def test_every_starter_is_there_in_every_language() -> None:
    there = [(*starter_of, language) for starter_of in _STARTERS for language in LANGUAGES]
    assert sorted(_ALL) == sorted(there)


def test_a_starter_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownTemplateError) as caught:
        _FILES.written("spaceship", "current", "en")
    assert caught.value.facts["name"] == "spaceship (current, en)"
    assert "vacuum (current, en)" in str(caught.value.facts["known"])


_HEAD = '[starter]\nmap_type = "current"\n'


@pytest.mark.parametrize(
    "wrong",
    [
        '[[Planes]]\nid = "P1"',
        '[[Pains]]\nid = "N1"\npian = "a slip"',
        '[[Pains]]\nid = "N1"\nif_true = 5',
        '[[Changes]]\nid = "C1"\ndate = "2026-01-01"',
    ],
)
def test_a_slip_in_a_starter_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"Planes|pian|if_true|2026-01-01"):
        starter.parse(_HEAD + wrong, "", "en", TODAY)


_ROWS = _HEAD + '[[Pains]]\nid = "N1"\npain = "Slow"\nseverity = 4\n'


def test_words_of_another_language_stand_in_the_place_of_the_english_ones() -> None:
    content = starter.parse(_ROWS, '[Pains.N1]\npain = "Langsam"', "de", TODAY)
    assert content.language == "de"
    assert content.rows["Pains"] == ({"id": "N1", "pain": "Langsam", "severity": 4},)


@pytest.mark.parametrize(
    "words",
    [
        '[Pains.N2]\npain = "Langsam"',
        '[Pains.N1]\npain = "Langsam"\nseverity = "vier"',
        '[Pains.N1]\npain = "Langsam"\n[Highs.H1]\nhigh = "Schnell"',
        "[Pains]",
    ],
)
def test_a_word_too_many_or_too_few_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"N1|N2|severity|Highs"):
        starter.parse(_ROWS, words, "de", TODAY)


def test_all_languages_of_a_starter_say_the_same() -> None:
    for name, map_type, language in _ALL:
        english, other = made(name, map_type, "en"), made(name, map_type, language)
        assert english.rows.keys() == other.rows.keys()
        for key, rows in english.rows.items():
            of = schema.BY_KEY[key]
            for one, two in zip(rows, other.rows[key], strict=True):
                assert one.keys() == two.keys()
                for column in one:
                    if not of.by_key[column].kind.is_text:
                        assert one[column] == two[column], (name, language, key, column)
