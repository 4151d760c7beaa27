import math
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjm_sheets.drawing import styles, tidy
from cjm_sheets.drawing.choose import view
from cjm_sheets.drawing.content import Asked
from cjm_sheets.drawing.scene import scene
from cjm_sheets.drawing.shapes import Group, Rect, Scene, Text
from cjm_sheets.model.journey import Map, Stage, Touchpoint
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from tests.drawing import hostile, samples
from tests.drawing.geometry import Box, bare, walk, written

_RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def drawn(workbook: Workbook, scores: tuple[PainScore, ...] = (), language: str = "en") -> Scene:
    return scene(view(Asked(workbook, scores, language, as_of=date(2026, 3, 20))))


def lanes(of: Scene) -> list[tuple[Group, Box]]:
    return [(s, box) for s, box in walk(of.shapes) if isinstance(s, Group) and s.role == "lane"]


def titles(of: Scene) -> list[str]:
    return [lane.title for lane, _ in lanes(of)]


def assert_tidy(of: Scene) -> None:
    """Assert that nothing leaves the page or its lane, and that no cards overlap."""
    page = Box(0, 0, of.width, of.height)
    for shape, box in walk(of.shapes):
        if isinstance(shape, Rect | Text):
            assert page.holds(box), shape
    for lane, at in lanes(of):
        inside = list(walk(lane.shapes, 0, at.top))
        for shape, box in inside:
            if isinstance(shape, Text):
                assert at.holds(box), (lane.title, shape)
        cards = [box for s, box in inside if isinstance(s, Group) and s.role == "card"]
        assert not any(one.overlaps(other) for one, other in combinations(cards, 2)), lane.title
    tops = sorted((box.top, box.bottom) for _, box in lanes(of))
    assert all(a[1] <= b[0] + 0.01 for a, b in pairwise(tops))


_UPPER = ["What they want", "Steps", "What they do", "What they think", "What they ask"]


def test_a_map_has_the_lanes_that_have_content() -> None:
    few = replace(
        samples.VACUUM,
        touchpoints=samples.TOUCHPOINTS[3:7],
        pains=samples.PAINS[:1],
        highs=samples.HIGHS[1:2],
        opportunities=samples.OPPORTUNITIES[:1],
        actions=samples.ACTIONS[:1],
    )
    found = titles(drawn(few, samples.SCORES))
    assert found[:5] == _UPPER
    assert found[5].startswith("Mood from step to step: Product page −2, Ask the chatbot +1")
    assert found[6:8] == ["What they feel, and why", "Reach"]
    assert found[8:] == ["Pains", "Highs", "Opportunities", "Actions"]


def test_a_dense_map_has_pains_and_highs_together_and_ideas_in_strips() -> None:
    found = drawn(samples.VACUUM, samples.SCORES)
    assert titles(found)[8:] == ["Pains and highs", "Opportunities", "Actions"]
    (ideas,) = [lane for lane, _ in lanes(found) if lane.title == "Opportunities"]
    cards = [at for s, at in walk(ideas.shapes) if isinstance(s, Group) and s.role == "card"]
    assert len({at.top for at in cards}) == 1
    assert len({at.left for at in cards}) == len(samples.OPPORTUNITIES)
    assert bare("Not tied to a stage") not in written(found.shapes)


def test_the_sample_is_tidy_and_in_proportion_to_a3() -> None:
    of = drawn(samples.VACUUM, samples.SCORES)
    assert_tidy(of)
    assert math.isclose(of.width / of.height, math.sqrt(2), rel_tol=0.01)


def test_the_smallest_writing_of_the_sample_prints_at_six_and_a_half_points() -> None:
    of = drawn(samples.VACUUM, samples.SCORES)
    sizes = [shape.font.size for shape, _ in walk(of.shapes) if isinstance(shape, Text)]
    points = min(sizes) * 0.75 * min(styles.A3_WIDTH / of.width, styles.A3_HEIGHT / of.height)
    assert points >= 6.5


def test_a_crowded_map_still_prints_legibly() -> None:
    steps = tuple(
        replace(samples.TOUCHPOINTS[i % 9], id=f"T{i + 1}", stage=f"S{i // 4 + 1}", order=i)
        for i in range(14)
    )
    pains = tuple(replace(p, touchpoint="T4") for p in samples.PAINS[:4]) + samples.PAINS[4:]
    of = drawn(replace(samples.VACUUM, touchpoints=steps, pains=pains), samples.SCORES)
    assert_tidy(of)
    assert 10.5 * 0.75 * styles.A3_WIDTH / of.width >= 6
    found = written(of.shapes)
    assert found.count("Productpage:") >= 1


def test_a_map_of_sixty_steps_is_wider_and_its_columns_have_the_least_width() -> None:
    steps = tuple(
        replace(samples.TOUCHPOINTS[i % 9], id=f"T{i}", stage="S1", order=i) for i in range(60)
    )
    of = drawn(replace(samples.VACUUM, touchpoints=steps))
    assert of.width >= 60 * styles.NARROWEST
    assert_tidy(of)


@given(hostile.workbooks(), hostile.scores, st.sampled_from(["en", "de", "ru"]))
@_RELAXED
def test_any_workbook_is_drawn_tidily(
    workbook: Workbook, scores: tuple[PainScore, ...], language: str
) -> None:
    assert_tidy(drawn(workbook, scores, language))


@given(hostile.workbooks(), hostile.scores)
@_RELAXED
def test_no_text_of_the_map_is_lost(workbook: Workbook, scores: tuple[PainScore, ...]) -> None:
    one_map = replace(workbook, maps=workbook.maps[:1])
    found = written(drawn(one_map, scores).shapes)
    texts = [
        *(t.name for t in one_map.touchpoints),
        *(t.action for t in one_map.touchpoints),
        *(p.pain for p in one_map.pains),
        *(h.high for h in one_map.highs),
        *(o.opportunity for o in one_map.opportunities),
        *(a.action for a in one_map.actions),
        *(s.name for s in one_map.stages),
    ]
    for text in texts:
        assert bare(tidy.text(text)) in found


def test_a_long_cell_makes_its_lane_taller_and_is_not_cut() -> None:
    long = "word " * 400
    steps = (replace(samples.TOUCHPOINTS[0], action=long), *samples.TOUCHPOINTS[1:])
    of = drawn(replace(samples.VACUUM, touchpoints=steps))
    assert bare(long) in written(of.shapes)
    assert_tidy(of)


def test_an_empty_workbook_gives_a_friendly_sentence() -> None:
    of = drawn(Workbook())
    assert "Nothingisonthismapyet." in written(of.shapes)
    assert lanes(of) == []


def test_stages_without_steps_and_steps_without_stage_have_named_columns() -> None:
    book = Workbook(
        maps=(Map("M1", "Map"),),
        stages=(Stage("S1", "M1", 1, "Notice"),),
        touchpoints=(Touchpoint("T1", "S7", name="Lost step"),),
    )
    found = written(drawn(book).shapes)
    assert bare("No step yet") in found
    assert bare("Not tied to a stage") in found
    assert bare("Lost step") in found


def test_unscored_pains_say_what_is_missing() -> None:
    found = written(drawn(samples.VACUUM, samples.SCORES).shapes)
    assert bare("No score yet; missing: how many had it, out of how many") in found


def test_what_is_overdue_depends_on_the_day() -> None:
    assert "overdue" in written(drawn(samples.VACUUM).shapes)
    of = scene(view(Asked(samples.VACUUM, (), "en")))
    assert "overdue" not in written(of.shapes)


def test_illustrative_numbers_are_named_so() -> None:
    assert bare("The numbers on this map are illustrative.") in written(
        drawn(samples.VACUUM).shapes
    )
    measured = replace(samples.VACUUM, maps=(replace(samples.MAP, version="3"),))
    assert "illustrative" not in written(drawn(measured).shapes)


def test_the_footnote_counts_sources_and_people() -> None:
    assert bare("Rests on 5 sources with 1,442 people.") in written(drawn(samples.VACUUM).shapes)
    unknown = replace(samples.VACUUM, evidence=())
    assert bare("No evidence is linked yet") in written(drawn(unknown).shapes)
