"""Decides what the hidden sheet Calc holds: the one place at which live formulas read Settings.

Every name is a cell or a range, never a named formula, since Google Sheets has no such names.
"""

from collections.abc import Callable
from dataclasses import dataclass

SHEET = "Calc"
FIRST_NAME = "cjm_z"
"""What stands in the first cell of Calc in a shared copy."""

YES_BESIDE_THE_LISTS = ("true", "wahr", "sand", "patiess", "waar", "истина")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of Calc with its rows of cells; a text that begins with = is a canonical formula."""

    name: str
    rows: tuple[tuple[str | float, ...], ...]


def setting(key: str) -> str:
    """Return the canonical formula that reads a number from Settings, blank if there is none."""
    found = f'INDEX(Settings[[#All],[value]],MATCH("{key}",Settings[[#All],[key]],0))'
    return f'=IFERROR(IF(ISNUMBER({found}),{found},""),"")'


def _share(weight: str) -> str:
    """Return the exponent of a weight: its part of all three, blank if they are not usable."""
    return (
        '=IF(COUNT(cjm_ws,cjm_wf,cjm_wr)<3,"",IF(OR(MIN(cjm_ws,cjm_wf,cjm_wr)<0,'
        f'cjm_ws+cjm_wf+cjm_wr=0),"",{weight}/(cjm_ws+cjm_wf+cjm_wr)))'
    )


def _one(name: str, formula: str) -> Named:
    return Named(name, ((formula,),))


def _words(name: str, words: tuple[str, ...]) -> Named:
    return Named(name, tuple((word,) for word in dict.fromkeys(words)))


def names(
    word: Callable[[str, str], str], every: Callable[[str, str], tuple[str, ...]]
) -> tuple[Named, ...]:
    """Return all names of Calc, in the order in which they lie.

    word(list, key) gives a list value in the workbook's language, every(list, key) gives it in all
    languages, so that a German word pasted into a Danish workbook counts the same.
    """
    return (
        _one(FIRST_NAME, setting("z")),
        _one("cjm_cadence", setting("review_days")),
        _one("cjm_customers", setting("customers")),
        _one("cjm_annual_value", setting("annual_value")),
        _one("cjm_retention_now", setting("retention_now")),
        _one("cjm_retention_target", setting("retention_target")),
        _one("cjm_ws", setting("weight_severity")),
        _one("cjm_wf", setting("weight_frequency")),
        _one("cjm_wr", setting("weight_reach")),
        _one("cjm_a", _share("cjm_ws")),
        _one("cjm_b", _share("cjm_wf")),
        _one("cjm_c", _share("cjm_wr")),
        _one("cjm_moment_factor", setting("moment_factor")),
        _one(
            "cjm_moment",
            '=IF(ISNUMBER(cjm_moment_factor),IF(cjm_moment_factor>0,cjm_moment_factor^(1/3),""),"")',
        ),
        _one("cjm_today", "=TODAY()"),
        _one("cjm_word_yes", word("yes_no", "yes")),
        _one("cjm_word_no", word("yes_no", "no")),
        Named("cjm_severity", tuple((i, setting(f"severity_{i}")) for i in range(1, 6))),
        Named("cjm_grade", tuple((grade, setting(f"grade_{grade}")) for grade in "ABCD")),
        _words("cjm_yes", (*every("yes_no", "yes"), *YES_BESIDE_THE_LISTS)),
        _words("cjm_closed", (*every("action_status", "done"), *every("action_status", "dropped"))),
        _words("cjm_lower", every("better", "lower")),
    )
