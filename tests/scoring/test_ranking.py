"""In which order pains stand, how firmly, and on which evidence the first place rests."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.model.journey import Evidence, Pain
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import report
from cjm_sheets.scoring.firmness import firmness
from cjm_sheets.scoring.firmness_plain import tied_at_the_top
from cjm_sheets.scoring.firmness_words import rank_in_words
from cjm_sheets.scoring.leave_one_out import decisive_evidence
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import first, ranking
from cjm_sheets.scoring.weight_grid import SETS, SMALL_MOVE, TOP
from tests.scoring.example import workbook


def _pain(id_: str, severity: int, share: float, reach: float, n: int = 1000) -> Pain:
    return Pain(id=id_, pain=id_, severity=severity, hit=round(share * n), observed=n, reach=reach)


def _order(pains: Sequence[Pain], settings: Settings = Settings()) -> list[str]:  # noqa: B008 - frozen
    scores = score_pains(Workbook(pains=tuple(pains), settings=settings))
    return [scores[each.position].id for each in ranking(scores)]


def test_pains_without_a_score_have_no_rank() -> None:
    assert _order([Pain(id="N1", pain="?"), _pain("N2", 3, 0.5, 0.5)]) == ["N2"]


def test_equal_scores_go_by_score_if_true_and_then_by_id() -> None:
    twins = [_pain("N3", 3, 0.5, 0.5), _pain("N2", 3, 0.5, 0.5)]
    nobody = [replace(_pain("N5", 3, 0, 0.5), hit=0), replace(_pain("N4", 3, 0, 0.5), hit=0)]
    assert _order([*nobody, *twins]) == ["N2", "N3", "N4", "N5"]


def test_scores_that_differ_only_by_rounding_are_equal() -> None:
    first, second = _pain("N2", 3, 0.5, 0.25), replace(_pain("N1", 2, 0.5, 0.5))
    assert _order([first, second]) == ["N1", "N2"]  # .5 * .25 and .25 * .5


def test_without_scores_there_is_no_firmness() -> None:
    book = Workbook(pains=(Pain(id="N1", pain="?"),))
    assert firmness(score_pains(book), book.settings).standings == ()
    assert firmness(score_pains(book), book.settings).top3_share is None


def test_a_single_pain_is_first_whatever_the_weights() -> None:
    book = Workbook(pains=(_pain("N1", 3, 0.5, 0.5),))
    firm = firmness(score_pains(book), book.settings)
    (standing,) = firm.standings
    assert (standing.firm_share, standing.best_rank, standing.worst_rank) == (1.0, 1, 1)
    assert firm.top3_share == 1.0
    assert rank_in_words(standing, "en") == "first in 100 % of 125 weightings: firm"


def test_a_pain_that_nobody_has_stays_last_in_every_weighting() -> None:
    pains = (replace(_pain("N1", 5, 0, 1), hit=0), _pain("N2", 1, 0.01, 0.01))
    book = Workbook(pains=pains)
    last = firmness(score_pains(book), book.settings).standings[-1]
    assert (last.position, last.best_rank, last.worst_rank, last.tied_with) == (0, 2, 2, ())


def test_two_pains_that_nobody_has_are_tied() -> None:
    pains = (replace(_pain("N1", 5, 0, 1), hit=0), replace(_pain("N2", 1, 0, 1), hit=0))
    book = Workbook(pains=pains)
    assert [s.tied_with for s in firmness(score_pains(book), book.settings).standings] == [
        (1,),
        (0,),
    ]


SHARE = st.floats(0.01, 1)
PAINS = st.lists(
    st.builds(
        lambda severity, share, reach: (severity, share, reach),
        st.integers(1, 5),
        SHARE,
        SHARE,
    ),
    min_size=2,
    max_size=6,
)


def _book(rows: Sequence[tuple[int, float, float]], settings: Settings) -> Workbook:
    pains = tuple(_pain(f"N{i}", *row) for i, row in enumerate(rows))
    return Workbook(pains=pains, settings=settings)


@given(PAINS)
def test_the_grid_agrees_with_scoring_all_over_under_each_set(
    rows: list[tuple[int, float, float]],
) -> None:
    book = _book(rows, Settings())
    scores = score_pains(book)
    firm = firmness(scores, book.settings)
    base = [each.position for each in ranking(scores)]
    held, top = dict.fromkeys(base, 0), 0
    steps = (0.5, 0.75, 1, 1.25, 1.5)
    for a in steps:
        for b in steps:
            for c in steps:
                under = score_pains(replace(book, settings=Settings(a, b, c)))
                shown = {at: f"{under[at].evidenced:.10g}" for at in base}
                if len(set(shown.values())) < len(shown):
                    return  # the two ways may break an exact tie differently
                order = [each.position for each in ranking(under)]
                top += set(order[:3]) == set(base[:3])
                for rank, at in enumerate(order):
                    held[at] += base[rank] == at
    assert {s.position: round(s.firm_share * SETS) for s in firm.standings} == held
    assert round((firm.top3_share or 0) * SETS) == top


@given(PAINS, st.sampled_from([(1, 1, 1), (2, 1, 0), (0.5, 3, 1)]))
def test_neighbours_are_tied_if_and_only_if_a_small_move_turns_them(
    rows: list[tuple[int, float, float]], weights: tuple[float, float, float]
) -> None:
    book = _book(rows, Settings(*weights))
    scores = score_pains(book)
    standings = firmness(scores, book.settings).standings
    for above, below in itertools.pairwise(standings):
        differences = []
        for index in range(3):
            for step in range(-10, 11):
                moved = list(weights)
                moved[index] *= 1 + SMALL_MOVE * step / 10
                under = score_pains(replace(book, settings=Settings(moved[0], moved[1], moved[2])))
                high = under[above.position].evidenced or 0
                differences.append(high - (under[below.position].evidenced or 0))
        if abs(min(differences)) > 1e-7:
            assert (below.position in above.tied_with) == (min(differences) < 0)
            assert (above.position in below.tied_with) == (min(differences) < 0)


def test_the_first_place_that_rests_on_one_source_is_found_out() -> None:
    first = replace(_pain("N1", 3, 0.5, 0.5), evidence=("E1", "E2"))  # A, else B
    second = replace(_pain("N2", 3, 0.42, 0.5), evidence=("E1", "E3"))
    third = replace(_pain("N3", 3, 0.1, 0.5), evidence=())
    evidence = tuple(
        Evidence(id=id_, source=source)
        for id_, source in (("E1", "survey"), ("E2", "review"), ("E3", "analytics"))
    )
    book = Workbook(pains=(third, first, second), evidence=evidence)
    scores = score_pains(book)
    assert ranking(scores)[0].position == 1
    # without E1 both fall to B and the order stays; without E2 only the first one falls
    assert decisive_evidence(book, scores) == (1,)


def test_no_scores_rest_on_no_evidence() -> None:
    assert decisive_evidence(Workbook(), ()) == ()


def test_thousands_of_pains_are_ranked_over_the_whole_grid() -> None:
    many = Workbook(
        pains=tuple(
            _pain(f"N{i}", i % 5 + 1, (i * 7 % 97 + 1) / 98, (i * 13 % 89 + 1) / 90)
            for i in range(2000)
        )
    )
    begun = time.process_time()
    firm = firmness(score_pains(many), many.settings)
    assert len(firm.standings) == 2000
    assert time.process_time() - begun < 30  # guards against a quadratic slip, not a benchmark
    assert all(s.best_rank <= s.rank <= s.worst_rank for s in firm.standings)


def test_ranks_count_from_one_without_gaps() -> None:
    ranked = ranking(score_pains(workbook()))
    assert [each.rank for each in ranked] == [1, 2, 3, 4, 5, 6]
    assert sorted(each.rank_if_true for each in ranked) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("language", ["en", "xx"])
def test_words_exist_in_every_language_at_least_in_english(language: str) -> None:
    book = workbook()
    firm = firmness(score_pains(book), book.settings)
    assert all(
        "125" in rank_in_words(s, language) or "data" in rank_in_words(s, language)
        for s in firm.standings
    )


@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.sampled_from([0.0, 0.2, 0.5, 0.9]),
            st.sampled_from([0.1, 0.3, 0.35, 0.9]),
        ),
        max_size=9,
    )
)
def test_ties_at_the_top_are_those_of_the_whole_ranking(
    numbers: list[tuple[int, float, float]],
) -> None:
    pains = tuple(_pain(f"N{at}", *each) for at, each in enumerate(numbers, start=1))
    scores = score_pains(Workbook(pains=pains))
    standings = [s for s in firmness(scores, Settings()).standings if scores[s.position].evidenced]
    groups: list[list[int]] = []
    for rank, each in enumerate(standings, start=1):
        if groups and groups[-1][-1] in each.tied_with:
            groups[-1].append(each.position)
        elif rank <= TOP:
            groups.append([each.position])
        else:
            break
    expected = tuple(tuple(group) for group in groups if len(group) > 1)
    assert tied_at_the_top(scores, Settings()) == expected


def test_ties_at_the_top_of_nothing() -> None:
    assert tied_at_the_top((), Settings()) == ()
    twins = score_pains(Workbook(pains=(_pain("N1", 3, 0.5, 0.5), _pain("N2", 3, 0.5, 0.5))))
    assert tied_at_the_top(twins, Settings(weight_reach=None)) == ()
    assert tied_at_the_top(twins, Settings()) == ((0, 1),)


@given(PAINS)
def test_the_first_pain_is_the_one_that_the_ranking_puts_first(
    rows: list[tuple[int, float, float]],
) -> None:
    scores = score_pains(_book([*rows, rows[0]], Settings()))
    assert first(scores) == ranking(scores)[0].position
    assert first(()) is None


def test_a_long_ranking_is_told_in_a_time_that_grows_with_its_length() -> None:
    many = _book([(at % 5 + 1, 0.5, (at % 97 + 1) / 98) for at in range(20_000)], Settings())
    scores = score_pains(many)
    firm = firmness(scores, many.settings)
    begun = time.process_time()
    told = report.lines(many, scores, firm, "en")
    assert len(told) > 20_000
    assert time.process_time() - begun < 30  # guards against a quadratic slip, not a benchmark
