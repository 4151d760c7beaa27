"""Decides the palette and the styles of a workbook: calm, few colours, each with one meaning."""

from dataclasses import dataclass

from cjm_sheets.templates.plan import Style

INK = "#24303C"
QUIET = "#5F6B77"
DEEP = "#1D3A4C"
RULE = "#E1E6EB"
STRIPE = "#FAFBFC"
COMPUTED = "#F4F1F9"
COMPUTED_STRIPE = "#EFEBF6"
COMPUTED_INK = "#51427A"
AMBER = "#FCE7B2"
BAR = "#DDD4EE"
BAR_STRONG = "#C3B3E2"

RED, ROSE, PALE_ROSE = "#F2AFA5", "#F9D3CB", "#FCEAE5"
GREEN, MINT, PALE_MINT = "#96D0CB", "#C2E4E1", "#DCF0EF"
SAND = "#F8EBC8"


@dataclass(frozen=True, slots=True)
class Tone:
    """The colour of a band of columns: strong for its title, pale for the headers below it."""

    strong: str
    pale: str


TONES = {
    "blue": Tone("#2C5F86", "#E9F0F6"),
    "clay": Tone("#B2603F", "#F9EEE8"),
    "plum": Tone("#6A5190", "#EFEAF5"),
    "slate": Tone("#52606D", "#EDF0F2"),
    "red": Tone("#A33B3E", "#F8EAEA"),
    "green": Tone("#3E7A5C", "#E8F2EC"),
    "ochre": Tone("#8C6A1E", "#F7F0DF"),
}

_TABS = {
    "Touchpoints": "blue", "Pains": "red", "Evidence": "slate", "Opportunities": "green",
    "Actions": "green", "Highs": "green",
}  # fmt: skip
TAB_OF_OTHERS = "#B8C1CA"


def tab(table: str) -> str:
    """Return the colour of the tab of a table."""
    return TONES[_TABS[table]].strong if table in _TABS else TAB_OF_OTHERS


TITLE = Style(size=16, bold=True, color=DEEP)
LEAD = Style(size=10, color=QUIET)
NOTICE = Style(size=10, color="#7A5A10", italic=True)
BACK = Style(size=12, bold=True, color=QUIET, align="left", indent=1)

BODY = Style(color=INK, line=RULE, wrap=True)


def band(tone: Tone) -> Style:
    """Return the style of a band's title and of the cells that it runs over."""
    return Style(size=9, bold=True, color="#FFFFFF", fill=tone.strong, align="left", indent=1)


def header(tone: Tone, *, computed: bool) -> Style:
    """Return the style of a column's header."""
    return Style(
        size=9,
        bold=True,
        color=COMPUTED_INK if computed else INK,
        fill="#E6DFF1" if computed else tone.pale,
        line="#D3DAE1",
        align="center",
        wrap=True,
    )
