"""Decides what the tab in Excel's ribbon shows: a button a macro, in groups, in a language."""

from dataclasses import dataclass

from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class RibbonButton:
    """A button: the macro that it runs, its words, the picture of Excel's that it bears, its key.

    `key` is what people press after Alt and the key of the tab.
    """

    macro: str
    label: str
    tip: str
    picture: str
    key: str
    large: bool


@dataclass(frozen=True, slots=True)
class RibbonGroup:
    """Buttons beside one another, under a name."""

    label: str
    buttons: tuple[RibbonButton, ...]


@dataclass(frozen=True, slots=True)
class RibbonTab:
    """The tab, and what the add-in says where it cannot run anything.

    `no_workbook`: none is open. `own_settings`: the open one brings settings for the add-in, which
    could start any program.
    """

    label: str
    key: str
    groups: tuple[RibbonGroup, ...]
    no_workbook: str
    own_settings: str


SETTINGS = "cjm-sheets.conf"
"""The sheet where the add-in keeps its settings, and where no workbook may have any."""

_TAB = N_("Journey map")
_NO_WORKBOOK = N_("Open the workbook with the map first.")
_OWN_SETTINGS = N_(
    "This workbook has a sheet {sheet}, which could make a click start any program. Nothing was"
    " run. Delete that sheet if you trust the rest of the workbook."
)
_GROUPS = (
    (
        N_("This map"),
        (
            (
                "main",
                N_("Check, score and draw"),
                N_("Finds what an expert would send back, ranks the pains and draws the map."),
                "MacroPlay",
                "M",
            ),
            ("check", N_("Check the map"), N_("Marks on the cells what to mend."), "Spelling", "C"),
            (
                "score",
                N_("Score the pains"),
                N_("Ranks the pains by facts."),
                "SortDescendingExcel",
                "S",
            ),
            ("draw", N_("Draw the map"), N_("Draws the sheet Map anew."), "ChartInsert", "D"),
            ("fix", N_("Mend the map"), N_("Mends what needs no judgement."), "FormatPainter", "F"),
        ),
    ),
    (
        N_("Under the cursor"),
        (
            (
                "explain",
                N_("Explain this"),
                N_("Says where the score of this pain comes from, or what this finding means."),
                "Help",
                "E",
            ),
        ),
    ),
    (
        N_("Shared copy"),
        (
            (
                "sync",
                N_("Sync"),
                N_("Brings this workbook and its copy in Google Sheets in step, both ways."),
                "RefreshAll",
                "Y",
            ),
        ),
    ),
)
_LARGE = {"main", "explain", "sync"}


def ribbon(language: str) -> RibbonTab:
    """Return the tab in a language."""
    groups = tuple(
        RibbonGroup(
            say(language, title),
            tuple(
                RibbonButton(
                    macro, say(language, label), say(language, tip), picture, key, macro in _LARGE
                )
                for macro, label, tip, picture, key in buttons
            ),
        )
        for title, buttons in _GROUPS
    )
    return RibbonTab(
        say(language, _TAB),
        "J",
        groups,
        say(language, _NO_WORKBOOK),
        say(language, _OWN_SETTINGS, sheet=SETTINGS),
    )
