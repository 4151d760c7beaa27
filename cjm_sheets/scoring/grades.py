"""Decides which grade evidence deserves: policy, computed from what stands there, never typed."""

MANY = 30
"""People from which on a share is more than an impression."""

SOME = 5
"""People from which on there is something to go by."""

TRIANGULATED = 2
"""Kinds of source from which on one does not depend on a single way of looking."""


def grade(n: float | None, sources: int) -> str:
    """Return A to D for n people observed (None: unknown) and a number of kinds of source.

    >>> grade(30, 2), grade(30, 1), grade(5, 2), grade(5, 1), grade(4, 9), grade(None, 2)
    ('A', 'B', 'B', 'C', 'D', 'D')
    """
    people = n or 0
    if people < SOME:
        return "D"
    steps = (people >= MANY) + (sources >= TRIANGULATED)
    return "CBA"[steps]
