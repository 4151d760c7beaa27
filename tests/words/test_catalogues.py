"""The committed catalogues say what the source says, and the maker of them can be trusted."""

import subprocess
import sys
from pathlib import Path

import pytest

from cjm_sheets.words import catalogue as words
from cjm_sheets.words.mark import NN_
from scripts import make_catalogues as maker
from scripts.make_catalogues import Entry

SCRIPT = Path(maker.__file__)
ROWS = NN_("{n} row in {file}", "{n} rows in {file}")
LATVIAN = ("{n} rinda failā {file}", "{n} rindas failā {file}", "{n} rindu failā {file}")
RUSSIAN = ("{n} строка в {file}", "{n} строки в {file}", "{n} строк в {file}")


def written(po: Path, language: str, entry: Entry, *said: str) -> Path:
    """Write a catalogue in which an entry is translated so; return the .po file."""
    catalog = maker.updated([entry], language, po)
    for message in catalog:
        if message.id:
            message.string = said if entry.plural else said[0]
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(maker.as_po(catalog))
    po.with_suffix(".mo").write_bytes(maker.as_mo(catalog))
    return po


def wrong(entries: list[Entry], language: str, po: Path) -> list[str]:
    return list(maker.catalogue_problems(entries, language, po))


# ---- the committed catalogues -----------------------------------------------------


@pytest.mark.parametrize("domain", ["labels", "hints"])
def test_labels_and_hints_are_up_to_date(domain: str) -> None:
    assert maker.problems([domain]) == []


def test_messages_are_up_to_date() -> None:
    assert maker.problems(["messages"]) == []


def test_making_them_again_changes_no_byte(tmp_path: Path) -> None:
    for language in maker.TRANSLATED:
        for domain in ("labels", "hints"):
            committed = maker.place(maker.LOCALE, language, domain)
            copy = maker.place(tmp_path, language, domain)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(committed.read_bytes())
    maker.update(["labels", "hints"], tmp_path)
    for made in tmp_path.rglob("*.[mp]o"):
        text = made.read_bytes()
        assert text == (maker.LOCALE / made.relative_to(tmp_path)).read_bytes()
        assert b"-Date:" not in text


def test_the_header_gives_latvian_and_russian_three_forms(tmp_path: Path) -> None:
    forms = {
        language: dict(maker.updated([], language, tmp_path / "none.po").mime_headers)[
            "Plural-Forms"
        ].split(";")[0]
        for language in maker.TRANSLATED
    }
    assert {tongue for tongue, said in forms.items() if said == "nplurals=3"} == {"lv", "ru"}
    assert {tongue for tongue, said in forms.items() if said == "nplurals=2"} == {"de", "da", "af"}


def test_the_script_runs_by_its_path() -> None:
    run = subprocess.run(
        [sys.executable, SCRIPT, "--check", "labels"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


# ---- what is collected ------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('N_("A row")', [("A row", "")]),
        ('say(lang, "Hello {name}", name="Anna")', [("Hello {name}", "")]),
        ('words.say("Hello")', [("Hello", "")]),
        ('say(lang, "Yes" if on else "No")', [("Yes", ""), ("No", "")]),
        ('say(lang, "One sentence " "in two parts")', [("One sentence in two parts", "")]),
        ('say(lang, text)\nlen("no")\ndef say(lang, text="no"): ...', []),
        ('count(lang, "{n} row", "{n} rows", 3)', [("{n} row", "{n} rows")]),
        ('words.count("{n} row", "{n} rows", n)', [("{n} row", "{n} rows")]),
        ('NN_("{n} row", "{n} rows")', [("{n} row", "{n} rows")]),
        ('"a;b".count(";"), "aa".count("a", 0, 2), rows.count("a", "b")', []),
        (
            'say(lang, "{rows} left", rows=count(lang, "a", "b", 1))',
            [("{rows} left", ""), ("a", "b")],
        ),
    ],
)
def test_marked_texts_are_found(source: str, found: list[tuple[str, str]]) -> None:
    assert list(maker.marked(source)) == found


def test_a_sentence_names_all_its_files_once(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    (package / "till").mkdir(parents=True)
    (package / "a.py").write_text('N_("Paid"), N_("Paid")', "utf-8")
    (package / "till" / "b.py").write_text('say(lang, "Paid")', "utf-8")
    assert list(maker.messages(package)) == [
        Entry("", "Paid", files=("shop/a.py", "shop/till/b.py"))
    ]


def test_labels_of_two_places_stay_apart() -> None:
    contexts = {entry.context for entry in maker.collect("labels") if entry.text == "Status"}
    assert {"Maps.status", "Pains.status", "Actions.status"} <= contexts


# ---- updating ---------------------------------------------------------------------


def test_updating_keeps_translations_and_drops_what_nothing_uses(tmp_path: Path) -> None:
    old = written(tmp_path / "messages.po", "de", Entry("", "Keep me"), "Behalte mich")
    text = maker.as_po(maker.updated([Entry("", "Keep me"), Entry("", "New")], "de", old)).decode()
    assert 'msgid "Keep me"\nmsgstr "Behalte mich"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "fuzzy" not in text
    gone = maker.as_po(maker.updated([Entry("", "New")], "de", old)).decode()
    assert "Behalte" not in gone


def test_a_text_that_changed_a_little_starts_empty(tmp_path: Path) -> None:
    old = written(tmp_path / "messages.po", "de", Entry("", "Keep me"), "Behalte mich")
    assert (
        wrong([Entry("", "Keep me!")], "de", old)[-1] == "de/messages: 'Keep me!' is not translated"
    )


# ---- checking ---------------------------------------------------------------------


def test_a_good_catalogue_has_no_problems(tmp_path: Path) -> None:
    entry = Entry("", *ROWS)
    assert wrong([entry], "ru", written(tmp_path / "m.po", "ru", entry, *RUSSIAN)) == []
    one_named = ("Eine Zeile in {file}", "{n} Zeilen in {file}")
    alone = Entry("", "One row in {file}", "{n} rows in {file}")
    assert wrong([alone], "de", written(tmp_path / "m.po", "de", alone, *one_named)) == []


def test_a_missing_catalogue_is_a_problem(tmp_path: Path) -> None:
    found = wrong([Entry("Maps", "Maps")], "de", tmp_path / "labels.po")
    assert len(found) == 3
    assert "out of date" in found[0]
    assert ".mo file is stale" in found[1]
    assert found[2] == "de/labels: [Maps] 'Maps' is not translated"


def test_a_po_file_edited_without_compiling_is_a_problem(tmp_path: Path) -> None:
    po = written(tmp_path / "labels.po", "de", Entry("Maps", "Maps"), "Karten")
    po.write_text(po.read_text("utf-8").replace("Karten", "Landkarten"), "utf-8")
    assert wrong([Entry("Maps", "Maps")], "de", po) == [
        "de/labels: the .mo file is stale; run scripts/make_catalogues.py"
    ]


@pytest.mark.parametrize("said", ["Hallo {nmae}", "Hallo", "Hallo {name:>5}", "Hallo {name"])
def test_another_placeholder_is_a_problem(tmp_path: Path, said: str) -> None:
    entry = Entry("", "Hello {name}")
    found = wrong([entry], "de", written(tmp_path / "m.po", "de", entry, said))
    assert found == [f"de/m: 'Hello {{name}}': the placeholders differ in {said!r}"]


def test_the_first_form_of_latvian_has_to_name_the_number(tmp_path: Path) -> None:
    """It is also the form of 21 and 31."""
    entry = Entry("", *ROWS)
    said = ("Viena rinda failā {file}", *LATVIAN[1:])
    found = wrong([entry], "lv", written(tmp_path / "m.po", "lv", entry, *said))
    assert found == [f"lv/m: {ROWS[0]!r}: the placeholders differ in {said[0]!r}"]


def test_a_missing_form_and_a_fuzzy_mark_are_problems(tmp_path: Path) -> None:
    entry = Entry("", *ROWS)
    po = written(tmp_path / "m.po", "ru", entry, *RUSSIAN[:2], "")
    assert wrong([entry], "ru", po) == [f"ru/m: {ROWS[0]!r} is not translated"]
    po = written(tmp_path / "m.po", "ru", entry, *RUSSIAN)
    po.write_text(po.read_text("utf-8").replace('\nmsgid "{n}', '\n#, fuzzy\nmsgid "{n}'), "utf-8")
    assert f"ru/m: {ROWS[0]!r} is marked fuzzy" in wrong([entry], "ru", po)


# ---- plural forms -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "numbers"),
    [
        ("lv", LATVIAN, ((1, 21, 101), (2, 10, 11, 111), (0,))),
        ("ru", RUSSIAN, ((1, 21, 101), (2, 4, 22), (0, 5, 11, 12, 14, 111))),
        ("da", ("{n} række i {file}", "{n} rækker i {file}"), ((1,), (0, 2, 21))),
    ],
)
def test_each_number_gets_its_form(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: tuple[str, ...],
    numbers: tuple[tuple[int, ...], ...],
) -> None:
    written(maker.place(tmp_path, language, "messages"), language, Entry("", *ROWS), *said)
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    words.catalogue.cache_clear()
    try:
        for form, fitting in zip(said, numbers, strict=True):
            for number in fitting:
                expected = form.format(n=number, file="map.xlsx")
                assert words.count(language, *ROWS, number, file="map.xlsx") == expected
    finally:
        words.catalogue.cache_clear()
