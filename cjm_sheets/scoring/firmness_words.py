"""Decides in which words a person hears how firm a rank is; never in decimals."""

from collections.abc import Sequence

from cjm_sheets.scoring.firmness import Firmness, Standing
from cjm_sheets.scoring.weight_grid import SETS
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

FIRM = 0.9
"""Part of the weightings in which a rank holds that is called firm; policy."""

FAIRLY = 0.5
"""Part of the weightings in which a rank holds that is called fairly firm; policy."""

_FIRST = N_("first in {share} % of {sets} weightings: firm")
_FIRM = N_("rank {rank} in {share} % of {sets} weightings: firm")
_FAIRLY = N_(
    "rank {rank} in {share} % of {sets} weightings ({best} to {worst} in all): fairly firm"
)
_LOOSE = N_("rank {best} to {worst}: get data first")
_TOP = N_("the same three at the top in {share} % of {sets} weightings")
_TIED = N_("tied with {pains}")
_STANDS = N_("The first place does not rest on any single source.")
_RESTS = N_(
    "The first place rests on single sources: without {sources} another pain would be first."
)
_WITHOUT_TOO = N_("Without the trust grades {pain} would be first too.")
_WITHOUT = N_("Without the trust grades {pain} would be first: a rule of ours decides here.")


def rank_in_words(standing: Standing, language: str) -> str:
    """Return how firmly a pain holds its rank, such as `first in 97 % of 125 weightings: firm`."""
    if standing.firm_share >= FIRM:
        text = _FIRST if standing.rank == 1 else _FIRM
    else:
        text = _FAIRLY if standing.firm_share >= FAIRLY else _LOOSE
    return say(
        language,
        text,
        share=_percent(standing.firm_share),
        sets=SETS,
        rank=standing.rank,
        best=standing.best_rank,
        worst=standing.worst_rank,
    )


def standing_in_words(standing: Standing, ids: Sequence[str], language: str) -> str:
    """Return how firm a rank is and with whom it is tied; `ids` are those of all pains in order."""
    firm = rank_in_words(standing, language)
    if not standing.tied_with:
        return firm
    tied = tie_in_words(tuple(ids[at] for at in standing.tied_with), language)
    return f"{firm}; {tied}"


def top_sentence(firm: Firmness, language: str) -> str:
    """Return how often the three first pains stay the same ones, "" where there are no others."""
    if firm.top3_share is None or len(firm.standings) <= 3:  # noqa: PLR2004 - else it must be
        return ""
    said = top_in_words(firm.top3_share, language)
    return f"{said[:1].upper()}{said[1:]}."


def top_in_words(share: float, language: str) -> str:
    """Return how often the three first pains stay the same ones."""
    return say(language, _TOP, share=_percent(share), sets=SETS)


def first_place_in_words(sources: Sequence[str], language: str) -> str:
    """Return on which evidence the first place rests; `sources` are the ids that decide alone."""
    if not sources:
        return say(language, _STANDS)
    return say(language, _RESTS, sources=" / ".join(sources))


def without_grades_in_words(first: str, without: str, language: str) -> str:
    """Return which pain would be first if grades did not count, and whether that is ours."""
    return say(language, _WITHOUT_TOO if without == first else _WITHOUT, pain=without)


def tie_in_words(ids: tuple[str, ...], language: str) -> str:
    """Return with which neighbours a pain is tied."""
    return say(language, _TIED, pains=", ".join(ids))


def _percent(share: float) -> int:
    """Return a share in whole per cent; only what holds always is called 100."""
    return min(round(100 * share), 99) if share < 1 else 100
