import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from cjm_sheets.drawing import tidy
from cjm_sheets.drawing.html import draw_html
from cjm_sheets.drawing.svg import escape
from cjm_sheets.model.journey import Map
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from tests.drawing import hostile, samples

_VOID = {"meta", "br"}


class Balance(HTMLParser):
    """Checks that every element is closed where it was opened, and collects ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attrs} & {"href", "src", "id"}
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    assert balance.open == []
    return balance


@given(hostile.workbooks(), hostile.scores, hostile.days)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_page_is_whole_whatever_the_cells_hold(
    workbook: Workbook, scores: tuple[PainScore, ...], as_of: date | None
) -> None:
    page = read(draw_html(workbook, scores, "en", as_of=as_of))
    assert not page.tags & {"script", "img", "iframe", "link", "object", "form"}
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "en")
    assert set(re.findall(r"https?://[^\"'\s)]+", page)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_this_style_sheet_only() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "en")
    look = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = b64encode(sha256(look.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert " style=" not in page


def test_the_page_names_its_language_and_title() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "de")
    assert '<html lang="de">' in page
    assert "<title>Buying a vacuum that lasts</title>" in page
    assert page.count("<h1") == 1


def test_the_ranking_has_both_scores_and_the_grade() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "de")
    row = page[page.index('<tr id="pain-1"') :]
    words = re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split()
    assert words[0] == "1"
    assert words[-8:-6] == ["50,5", "51,3"]
    assert words[-6] == "A"


def test_empty_columns_are_left_out() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "en")
    ideas = page[page.index("<h2>Opportunities") : page.index("<h2>Actions")]
    assert "Share it would remove" in ideas
    assert "Owner" not in ideas


def test_words_stand_in_the_tables_as_they_were_typed() -> None:
    page = draw_html(samples.VACUUM, samples.SCORES, "en")
    for row in (*samples.PAINS, *samples.HIGHS, *samples.OPPORTUNITIES, *samples.ACTIONS):
        words = next(
            getattr(row, name)
            for name in ("pain", "high", "opportunity", "action")
            if isinstance(getattr(row, name, None), str)
            and getattr(row, name)
            and name != "map"
            and not (name == "opportunity" and hasattr(row, "action"))
        )
        assert escape(tidy.text(words)) in page


def test_an_empty_workbook_gives_a_page_with_a_sentence() -> None:
    page = draw_html(Workbook(), (), "en")
    assert "Nothing is on this map yet." in page
    assert "<table" not in page


def test_a_title_of_markup_stays_text() -> None:
    page = draw_html(Workbook(maps=(Map(title="</title><script>x</script>"),)), (), "en")
    assert "<script>" not in page
