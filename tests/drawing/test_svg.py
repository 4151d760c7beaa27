import re
from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings

from cjm_sheets.drawing.shapes import Circle, Font, Group, Path, Rect, Scene, Text, line
from cjm_sheets.drawing.svg import draw_svg, svg
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from tests.drawing import hostile, samples

_SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - what we have just written ourselves


@given(hostile.workbooks(), hostile.scores, hostile.days)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_drawing_is_well_formed_whatever_the_cells_hold(
    workbook: Workbook, scores: tuple[PainScore, ...], as_of: date | None
) -> None:
    text = draw_svg(workbook, scores, "en", as_of=as_of)
    root = parsed(text)
    assert root.tag == f"{_SVG}svg"
    known = {"svg", "title", "desc", "g", "rect", "circle", "path", "text", "tspan"}
    assert {element.tag.removeprefix(_SVG) for element in root.iter()} <= known
    assert draw_svg(workbook, scores, "en", as_of=as_of) == text


def test_coordinates_have_at_most_two_decimals() -> None:
    text = draw_svg(samples.VACUUM, samples.SCORES, "en")
    shapes = re.sub(r">[^<]*<|aria-label=\"[^\"]*\"", "><", text)
    assert not re.search(r"\.\d{3}", shapes)
    assert "nan" not in shapes
    assert "inf" not in shapes


def test_the_drawing_says_what_it_is() -> None:
    root = parsed(draw_svg(samples.VACUUM, samples.SCORES, "en"))
    titles = [element.text for element in root.findall(f"{_SVG}title")]
    (words,) = [element.text or "" for element in root.findall(f"{_SVG}desc")]
    assert titles == ["Buying a vacuum that lasts"]
    assert words.startswith("Journey map with 4 stages, 9 steps and 7 pains.")
    labels = {element.get("aria-label") for element in root.iter(f"{_SVG}g")}
    assert {"Pains and highs", "Actions", "Pain 1"} <= labels


def test_shapes_are_written_like_this() -> None:
    shapes = (
        Rect(1, 2, 3.005, 4, "#FFFFFF", "#000000", 2),
        Circle(5, 5, 2.5, "#123456"),
        Path(line(0, 0, 10, 10), "#000000", thickness=2, dash=(3, 1)),
        Group(
            4,
            0,
            (Text(0, 0, 50, ("a < b", "& c"), Font(10, bold=True), "#111111"),),
            title='Say "so"',
            id="here",
            link="there",
        ),
        Text(0, 0, 50, ("مرحبا",), Font(10), "#111111", rtl=True),
    )
    body = svg(Scene(100, 50, "T", "D", shapes), "en", links=True).split("\n")[3:-1]
    assert body == [
        '<rect x="1" y="2" width="3" height="4" rx="2" fill="#FFFFFF" stroke="#000000"/>',
        '<circle cx="5" cy="5" r="2.5" fill="#123456"/>',
        (
            '<path d="M0 0L10 10" fill="none" stroke="#000000" stroke-width="2" '
            'stroke-dasharray="3 1" stroke-linecap="round" stroke-linejoin="round"/>'
        ),
        (
            '<g transform="translate(4 0)" role="group" aria-label="Say &quot;so&quot;" id="here">'
            '<a href="#there">'
        ),
        (
            '<text font-size="10" font-weight="bold" fill="#111111"><tspan x="0" y="9.7">a &lt; b '
            '</tspan><tspan x="0" y="22.5">&amp; c</tspan></text>'
        ),
        "</a></g>",
        '<text font-size="10" direction="rtl" fill="#111111" x="50" y="9.7">مرحبا</text>',
    ]
