"""A digest reads well in every language and form, however hostile names are, and however many."""

from datetime import UTC, date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cjm_sheets.fleet.digest import Digest, Span, detailed, digest
from cjm_sheets.fleet.due import Pair
from cjm_sheets.fleet.settings import DAY, Entry, Wish
from cjm_sheets.ports.journal import Clashed, Known, News, Noted, Review
from cjm_sheets.ports.standings import Health, Standing
from cjm_sheets.usecases.digest_document import document
from cjm_sheets.usecases.digest_html import as_html
from cjm_sheets.usecases.digest_markdown import as_markdown, code, plain
from cjm_sheets.usecases.digest_words import SHOWN, one_line, subject
from cjm_sheets.words.languages import LANGUAGES
from tests.drawing.hostile import NASTY

NOW, TODAY = 20_000.0 * DAY + 6 * 3600, date(2024, 10, 4)
SPAN = Span(NOW - DAY, NOW, TODAY, TODAY + timedelta(days=7))


def pair(key: str, name: str = "all", workbook: str = "maps/*.xlsx") -> Pair:
    return Pair(key, key, Entry(name, workbook, "new", Wish(), None, 1))


def sample(number: int = 1, text: str = "Severity is 9.") -> Digest:
    """Return a digest with everything that one can tell, of several pairs."""
    findings = {f"e{n}": Noted("CJ035", text, "Pains!F7") for n in range(7)}
    known = Known(
        {**findings, "w1": Noted("CJ100", text, "Maps!C5")},
        (Clashed("Pains!F7", "P3 Severity", "“4”", "“5”"),),
        (Review("Vacuum", "2024-10-01"), Review("", "2024-10-09")),
    )
    health = Health(conflicts=7, review="2024-10-01")
    pairs, at, news = [], {}, {}
    for n in range(number):
        key = f"maps/{n:05}.xlsx"
        pairs.append(pair(key))
        at[key] = Standing(key, synced=NOW - DAY, health=health)
        news[key] = News(12, 3, frozenset(known.findings), frozenset({"i9"}))
    pairs += [pair("fails.xlsx", "The board", "fails.xlsx"), pair("behind.xlsx"), pair("fine.xlsx")]
    at["fails.xlsx"] = Standing("fails.xlsx", synced=NOW - DAY, failures=4, said=text)
    at["behind.xlsx"] = Standing("behind.xlsx", synced=NOW - 5 * DAY, waits=True, said=text)
    at["fine.xlsx"] = Standing("fine.xlsx", synced=NOW)

    def ask(keys: object) -> dict[str, Known]:
        return {key: known for key in keys if key.startswith("maps/")}  # type: ignore[attr-defined]

    return detailed(digest(pairs, at, news, ask, SPAN), ask, SHOWN)


def test_a_digest_as_it_is_read() -> None:
    assert as_markdown(sample(), "en", UTC, is_mail=True) == (
        "# Journey maps: 1 pair keeps failing, 7 conflicts to settle\n\n"
        "From 2024-10-03 06:00 to 2024-10-04 06:00.\n\n"
        "- 1 pair keeps failing.\n"
        "- 7 conflicts to settle.\n"
        "- 1 map is due for review.\n"
        "- 1 pair is out of step for long.\n"
        "- 1 map is to be reviewed before the next digest.\n"
        "- New findings: 7 errors, 1 warning, 0 notes.\n"
        "- 1 finding is gone.\n"
        "- Values moved: 12 to the shared copy, 3 to the workbook.\n"
        "- Nothing to tell of 1 pair.\n\n"
        "## The board (`fails.xlsx`)\n\n"
        "- It failed 4 times in a row.\n"
        "  - Severity is 9.\n\n"
        "## `maps/00000.xlsx`\n\n"
        "- 7 conflicts to settle.\n"
        "  - Pains!F7 P3 Severity: “4” in the workbook, “5” in the shared copy\n"
        "  - … and 6 more\n"
        "- New findings: 7 errors, 1 warning, 0 notes.\n"
        "  - CJ035 Pains!F7: Severity is 9.\n"
        "  - CJ035 Pains!F7: Severity is 9.\n"
        "  - CJ035 Pains!F7: Severity is 9.\n"
        "  - CJ035 Pains!F7: Severity is 9.\n"
        "  - CJ035 Pains!F7: Severity is 9.\n"
        "  - … and 3 more\n"
        "- 1 map is due for review.\n"
        "  - Vacuum: 2024-10-01\n"
        "- 1 map is to be reviewed before the next digest.\n"
        "  - 2024-10-09\n"
        "- 1 finding is gone.\n"
        "- Values moved: 12 to the shared copy, 3 to the workbook.\n\n"
        "## `behind.xlsx`\n\n"
        "- Not in step since 2024-09-29 06:00, for 5 days.\n"
        "  - Severity is 9.\n\n"
        "---\n\n"
        "How all pairs stand is told by: cjm-sheets fleet status  \n"
        "You get this mail because the fleet file names you under tell.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it(language: str) -> None:
    made = sample(60)
    texts = [as_markdown(made, language, UTC, is_mail=True), as_html(made, language, UTC)]
    for text in texts:
        assert "{" not in text.split("</style>")[-1]
    lines = texts[0].splitlines()
    english = as_markdown(made, "en", UTC, is_mail=True).splitlines()
    assert len(lines) == len(english)
    if language != "en":
        # What both say alike is quoted: names, days, findings.
        alike = {one for one, other in zip(lines, english, strict=True) if one == other and one}
        assert all(
            any(sign in line for sign in ("CJ", "`maps/", "2024-", "Severity is", "`behind", "---",
                                          "The board"))
            for line in alike
        ), alike  # fmt: skip


def test_ten_thousand_pairs_stay_readable() -> None:
    made = sample(10_000)
    text, page = as_markdown(made, "en"), as_html(made, "en")
    assert len(text.splitlines()) < 700
    assert len(page.encode()) < 100_000
    assert "… and 9972 more pairs." in text
    assert "70000 conflicts to settle" in text
    assert len(document(made)["told"]) == 10_002


class Words(HTMLParser):
    """The words that a page shows, its elements, and all that it would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.words.append(data)


TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "div",
    "h1",
    "h2",
    "p",
    "ul",
    "li",
    "span",
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "style", "class"}


@settings(deadline=None)
@given(
    st.sampled_from([*NASTY, "](http://x) ![i](http://y)", "a\nb: c", "# no `heading`"]), st.text()
)
def test_nothing_in_names_and_texts_is_taken_for_the_page(nasty: str, text: str) -> None:
    whole = nasty + text
    pairs = [pair(whole, whole, whole), pair(f"b{whole}")]
    at = {each.key: Standing(each.key, synced=NOW, failures=3, said=whole) for each in pairs}
    made = digest(pairs, at, {}, lambda _: {}, SPAN)
    page = as_html(made, "en", UTC)
    page.encode()
    read = Words(page)
    assert read.tags <= TAGS
    assert read.attributes <= ATTRIBUTES
    assert read.open == []
    if one_line(whole):
        assert one_line(whole) in read.words
    subject(made, "en").encode("ascii")

    tokens = MarkdownIt("commonmark").parse(as_markdown(made, "en", UTC))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "code_inline", "softbreak", "text_special"}
    blocks = {token.type.rpartition("_")[0] or token.type for token in tokens}
    assert blocks <= {"heading", "inline", "bullet_list", "list_item", "paragraph"}


@given(st.text(min_size=1))
def test_markdown_shows_texts_as_they_are(text: str) -> None:
    wanted = one_line(text)
    (paragraph,) = shown(plain(text)) or [""]
    assert paragraph == wanted
    if wanted:
        (named,) = shown(code(wanted))
        assert named == wanted


def shown(markdown: str) -> list[str]:
    """Return the texts of all paragraphs; there is nothing else."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    return [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]


def test_a_first_digest_says_so() -> None:
    first = Digest(Span(0, NOW, TODAY, TODAY), 3, ())
    assert as_markdown(first, "en", UTC) == (
        "# Journey maps: nothing new\n\nThe first digest, 2024-10-04 06:00.\n\n"
        "- Nothing to tell of 3 pairs.\n"
    )


def test_a_document_has_a_stable_shape() -> None:
    told = document(sample())
    assert {key: told[key] for key in ("pairs", "quiet", "conflicts", "pushed", "pulled")} == {
        "pairs": 4, "quiet": 1, "conflicts": 7, "pushed": 12, "pulled": 3,
    }  # fmt: skip
    assert told["new_findings"] == {"error": 7, "warning": 1, "info": 0}
    assert told["since"] == "2024-10-03T06:00:00+00:00"
    about = told["told"][1]
    assert about["to_settle"][0]["shared_copy"] == "“5”"
    assert about["reviews"] == [
        {"map": "Vacuum", "day": "2024-10-01"}, {"map": "", "day": "2024-10-09"},
    ]  # fmt: skip
