from dataclasses import replace

import pytest

from cjm_sheets.drawing.choose import view
from cjm_sheets.drawing.content import Asked, View
from cjm_sheets.drawing.mood import curves, marks, runs
from cjm_sheets.errors.asked import NoSuchMapError
from cjm_sheets.model.journey import (
    Action,
    EmpathyNote,
    Map,
    Opportunity,
    Pain,
    Persona,
    Stage,
    Touchpoint,
)
from cjm_sheets.model.workbook import Workbook
from tests.drawing import samples

TWO_MAPS = Workbook(
    maps=(Map("M1", "Today"), Map("M2", "Tomorrow", "future", based_on=("M1",))),
    stages=(Stage("S2", "M1", 2, "Buy"), Stage("S1", "M1", 1, "Find"), Stage("S3", "M2", 1, "Get")),
    touchpoints=(
        Touchpoint("T2", "S1", order=2, name="second"),
        Touchpoint("T1", "S1", order=1, name="first"),
        Touchpoint("T3", "S3", order=1, name="tomorrow", resolves=("N1", "N9")),
        Touchpoint("T4", "", order=1, name="nowhere"),
    ),
    pains=(Pain("N1", "T2", pain="hurts"), Pain("N2", "T9", pain="hurts somewhere")),
    opportunities=(Opportunity("O1", ("N1",)), Opportunity("O2", ())),
    actions=(Action("A1", "O1"), Action("A2", map="M2"), Action("A3", pains=("N2",))),
)


def seen(book: Workbook, map_id: str | None = None) -> View:
    return view(Asked(book, (), "en", map_id))


def names(of: View) -> list[str]:
    return [at.touchpoint.name if at.touchpoint else "-" for at in of.columns]


def test_stages_and_steps_stand_in_their_order_and_the_rest_behind_them() -> None:
    of = seen(TWO_MAPS)
    assert names(of) == ["first", "second", "-", "nowhere", "-"]
    assert [(b.stage.name if b.stage else None, b.columns) for b in of.bands] == [
        ("Find", 2),
        ("Buy", 1),
        (None, 2),
    ]


def test_what_hangs_on_a_pain_stands_below_its_step() -> None:
    of = seen(TWO_MAPS)
    assert [r.pain.id for r in of.columns[1].hung.pains] == ["N1"]
    assert [o.id for o in of.columns[1].hung.opportunities] == ["O1"]
    assert [a.id for a in of.columns[1].hung.actions] == ["A1"]
    assert [r.pain.id for r in of.columns[-1].hung.pains] == ["N2"]
    assert [o.id for o in of.columns[-1].hung.opportunities] == ["O2"]
    assert [a.id for a in of.columns[-1].hung.actions] == ["A3"]


def test_the_other_map_shows_only_what_is_its_own() -> None:
    of = seen(TWO_MAPS, "M2")
    assert names(of) == ["tomorrow", "-"]
    assert of.based_on == ("Today",)
    assert [p.id for p in of.columns[0].hung.resolves] == ["N1"]
    assert [a.id for a in of.actions] == ["A2"]
    assert of.ranking == ()


def test_an_unknown_map_is_refused() -> None:
    with pytest.raises(NoSuchMapError):
        seen(TWO_MAPS, "M7")


def test_of_steps_with_the_same_id_the_first_takes_what_hangs_on_it() -> None:
    steps = (Touchpoint("T1", "S1", name="one"), Touchpoint("T1", "S1", name="two"))
    book = Workbook(stages=(Stage("S1"),), touchpoints=steps, pains=(Pain("N1", "T1"),))
    of = seen(book)
    assert names(of) == ["one", "two"]
    assert [len(at.hung.pains) for at in of.columns] == [1, 0]


def test_pains_are_ranked_by_the_score_shown() -> None:
    of = view(Asked(samples.VACUUM, samples.SCORES, "en"))
    assert [r.pain.id for r in of.ranking] == ["N2", "N6", "N3", "N4", "N5", "N1", "N7"]
    assert [r.rank for r in of.ranking] == [1, 2, 3, 4, 5, 6, None]


def test_personas_are_those_of_the_map_then_of_its_steps_then_all() -> None:
    everybody = (Persona("P1", "One"), Persona("P2", "Two"))
    step = Touchpoint("T1", personas=("P2",))
    assert seen(Workbook(personas=everybody)).personas == everybody
    by_step = seen(Workbook(personas=everybody, touchpoints=(step,)))
    assert by_step.personas == everybody[1:]
    by_map = Workbook(maps=(Map("M1", personas=("P1", "P7")),), personas=everybody)
    assert seen(replace(by_map, touchpoints=(step,))).personas == everybody[:1]


def test_notes_belong_to_empathy_maps() -> None:
    book = Workbook(maps=(Map("M1", type="empathy"),), empathy=(EmpathyNote("Y1", note="So slow"),))
    assert len(seen(book).notes) == 1
    assert not seen(replace(book, maps=(Map("M1"),))).notes


# ---- the emotion curve ------------------------------------------------------------


def way(*moods: int | None) -> Workbook:
    steps = tuple(Touchpoint(f"T{i}", "S1", order=i, emotion=mood) for i, mood in enumerate(moods))
    return Workbook(stages=(Stage("S1"),), touchpoints=steps)


def test_a_missing_mood_leaves_a_gap() -> None:
    of = seen(way(1, 2, None, -1, 7, 0))
    (curve,) = curves(of)
    assert list(runs(curve, of)) == [[0, 1], [3], [5]]


def test_peak_and_end_are_marked() -> None:
    of = seen(way(0, 2, -2, 2, -1))
    (curve,) = curves(of)
    assert marks(curve, of) == {1: ["peak"], 2: ["low point"], 4: ["end"]}
    flat = seen(way(0, 0))
    assert marks(curves(flat)[0], flat) == {1: ["end"]}


def test_each_persona_with_an_own_way_has_an_own_line() -> None:
    people = (Persona("P1", "One"), Persona("P2", "Two"), Persona("P3", "Three"))
    book = replace(way(1, 2, -1), personas=people)
    first, second, third = book.touchpoints
    split = replace(book, touchpoints=(first, replace(second, personas=("P1",)), third))
    of = seen(replace(split, maps=(Map("M1", personas=("P1", "P2", "P3")),)))
    assert [(c.names, c.columns) for c in curves(of)] == [
        ("One", (0, 1, 2)),
        ("Two, Three", (0, 2)),
    ]
    assert [list(runs(c, of)) for c in curves(of)] == [[[0, 1, 2]], [[0, 2]]]
