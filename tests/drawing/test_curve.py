from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.drawing.curve import smooth

_MOODS = st.lists(st.sampled_from([-2, -1, 0, 1, 2]), min_size=2, max_size=30)
_GAPS = st.lists(st.floats(1, 500), min_size=30, max_size=30)


def along(start: float, numbers: tuple[float, ...], share: float) -> float:
    """Return y of a cubic step at a share of its way."""
    _, y1, _, y2, _, y3 = numbers
    rest = 1 - share
    return rest**3 * start + 3 * rest**2 * share * y1 + 3 * rest * share**2 * y2 + share**3 * y3


@given(_MOODS, _GAPS)
def test_the_curve_stays_between_neighbours_and_so_on_the_scale(
    moods: list[int], gaps: list[float]
) -> None:
    points = [(sum(gaps[:i]), float(mood)) for i, mood in enumerate(moods)]
    first, *steps = smooth(points)
    assert first == ("M", points[0])
    for (one, other), (letter, numbers) in zip(pairwise(points), steps, strict=True):
        assert letter == "C"
        assert numbers[4:] == other
        low, high = sorted((one[1], other[1]))
        heights = [along(one[1], numbers, share / 20) for share in range(21)]
        assert all(low - 1e-9 <= y <= high + 1e-9 for y in heights)
        assert all(-2 <= round(y, 9) <= 2 for y in heights)
        rising = [b - a for a, b in pairwise(heights)]
        assert all(r >= -1e-9 for r in rising) or all(r <= 1e-9 for r in rising)


def test_one_point_has_no_curve() -> None:
    assert smooth([(0, 1)]) == ()
    assert smooth([]) == ()
