"""Each map of a workbook has its rows, in the order of the way."""

from cjm_sheets.model.belonging import Belonging
from cjm_sheets.model.by_map import MapRows, by_map
from cjm_sheets.model.journey import Evidence, Map, Pain, Persona, Stage, Touchpoint
from cjm_sheets.model.workbook import Workbook

BOOK = Workbook(
    maps=(
        Map("M1", personas=("P1",), line=2),
        Map("M2", personas=("P2", "P1"), line=3),
        Map("", line=4),
    ),
    personas=(Persona("P1", line=2), Persona("P2", evidence=("E2",), line=3)),
    stages=(
        Stage("S3", "M1", line=2),
        Stage("S2", "M1", 2, line=3),
        Stage("S1", "M1", 1, line=4),
        Stage("S4", "M2", line=5),
        Stage("S5", "M9", line=6),
    ),
    touchpoints=(
        Touchpoint("T1", "S2", order=2, line=2),
        Touchpoint("T2", "S2", order=1, evidence=("E1",), line=3),
        Touchpoint("T3", "S1", line=4),
        Touchpoint("T4", "S1", order=9, line=5),
        Touchpoint("T5", "S4", line=6),
        Touchpoint("T6", "", line=7),
    ),
    pains=(Pain("N1", "T5", evidence=("E3",), line=2), Pain("N2", "T9", line=3)),
    evidence=(Evidence("E1", line=2), Evidence("E2", line=3), Evidence("E3", line=4)),
)


def _maps(book: Workbook) -> tuple[MapRows, ...]:
    return by_map(book, Belonging(book))


def test_rows_come_in_the_order_of_the_way() -> None:
    first, second, nameless = _maps(BOOK)
    assert [row.id for row in first.stages] == ["S1", "S2", "S3"]
    assert [row.id for row in first.touchpoints] == ["T4", "T3", "T2", "T1"]
    assert [row.id for row in first.touchpoints_of("S2")] == ["T2", "T1"]
    assert [row.id for row in second.touchpoints] == ["T5"]
    assert [row.id for row in second.pains] == ["N1"]
    assert [nameless.stages, nameless.touchpoints, nameless.pains] == [(), (), ()]


def test_evidence_of_a_map_is_what_its_rows_name() -> None:
    first, second, nameless = _maps(BOOK)
    assert [row.id for row in first.evidence] == ["E1"]
    assert [row.id for row in second.evidence] == ["E2", "E3"]
    assert [row.id for row in second.personas] == ["P1", "P2"]
    assert nameless.evidence == ()


def test_a_single_map_has_everything() -> None:
    stray = Touchpoint("T1", "S9", line=2)
    for only in (Map("M1", line=2), Map("", line=2)):
        (rows,) = _maps(Workbook((only,), touchpoints=(stray,), evidence=(Evidence("E9", line=2),)))
        assert rows.touchpoints == (stray,)
        assert [row.id for row in rows.evidence] == ["E9"]
